/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-login-value.h"

#include <math.h>
#include <string.h>

#include "../wire/ocg-json.h"
#include "../wire/ocg-redact.h"

#define MAX_YEARS_MS (G_GINT64_CONSTANT (50) * 366 * 24 * 60 * 60 * 1000)
#define MAX_SECRET_SIZE (64 * 1024)
#define MAX_WORDS 300

gboolean
ocg_login_value_get_number (JsonObject *object, const char *member, double *value)
{
  const char *text = ocg_json_get_string (object, member);
  char *end = NULL;

  if (text == NULL)
    return ocg_json_get_double (object, member, value);
  /* Neither a hexadecimal number nor a word such as "nan". */
  if (*text == '\0' || strspn (text, G_CSET_DIGITS "+-.eE") != strlen (text))
    return FALSE;
  *value = g_ascii_strtod (text, &end);
  return *end == '\0' && isfinite (*value);
}

gint64
ocg_login_value_to_time (double value, gint64 now)
{
  double at = 0;

  if (!isfinite (value) || value <= 0)
    return 0;
  if (value < 1e9)
    at = (double) now + value * 1000;
  else if (value < 1e12)
    at = value * 1000;
  else
    at = value;
  if (at <= (double) now || at > (double) now + (double) MAX_YEARS_MS)
    return 0;
  return (gint64) at;
}

static gboolean
is_word (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > MAX_SECRET_SIZE)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]))
      return FALSE;
  return TRUE;
}

OcgSecret *
ocg_login_value_take_secret (JsonObject *object, const char *member)
{
  const char *text = ocg_json_get_string (object, member);
  OcgSecret *secret = NULL;

  if (text == NULL)
    return NULL;
  if (is_word (text))
    secret = ocg_secret_new (text, -1);
  ocg_secret_wipe ((char *) text, strlen (text));
  return secret;
}

char *
ocg_login_value_dup_words (const char *text)
{
  g_autofree char *words = text != NULL ? ocg_redact (text, NULL, MAX_WORDS) : NULL;

  if (words == NULL || *g_strstrip (words) == '\0')
    return NULL;
  return g_steal_pointer (&words);
}
