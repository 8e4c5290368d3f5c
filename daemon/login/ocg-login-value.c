/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-login-value.h"

#include <math.h>
#include <string.h>

#include "../config/ocg-wipe.h"
#include "../wire/ocg-json.h"
#include "../wire/ocg-redact.h"

#define MAX_YEARS_MS (G_GINT64_CONSTANT (50) * 366 * 24 * 60 * 60 * 1000)
#define MAX_SECRET_SIZE (64 * 1024)
#define MAX_WORDS 300

JsonObject *
ocg_login_value_parse (const char *text, gsize length)
{
  static const char mark[] = "\xef\xbb\xbf";
  const char *bad = NULL;
  char *copy = NULL;
  JsonObject *root = NULL;

  if (length >= strlen (mark) && memcmp (text, mark, strlen (mark)) == 0)
    {
      text += strlen (mark);
      length -= strlen (mark);
    }
  if (g_utf8_validate_len (text, length, &bad))
    return ocg_json_parse_object (text, (gssize) length, NULL);
  copy = g_memdup2 (text, length);
  for (gsize done = 0; !g_utf8_validate_len (copy + done, length - done, &bad);)
    {
      done = (gsize) (bad - copy);
      copy[done++] = '?';
    }
  root = ocg_json_parse_object (copy, (gssize) length, NULL);
  ocg_wipe (copy, length);
  return root;
}

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

/* Takes the place of @words. */
static void
mask (char **words, const char *secret)
{
  char *masked = ocg_redact (*words, secret, G_MAXINT);

  ocg_wipe_text (*words);
  *words = masked;
}

/* A token that nobody here knows: long, of letters and digits. Possessive, so that it is one pass. */
static char *
mask_unknown (const char *text)
{
  g_autoptr (GRegex) regex
      = g_regex_new ("(?<![A-Za-z0-9_-])(?=[A-Za-z_-]*+[0-9])(?=[0-9_-]*+[A-Za-z])"
                     "[A-Za-z0-9_-]{20,}+", 0, 0, NULL);
  char *masked = g_regex_replace_literal (regex, text, -1, 0, "[redacted]", 0, NULL);

  return masked != NULL ? masked : g_strdup ("[redacted]");
}

char *
ocg_login_value_dup_words (JsonObject *root, const char *text, const char *const *secrets)
{
  static const char *const members[]
      = { "access_token", "refresh_token", "id_token", "device_code" };
  g_autofree char *unknown = NULL;
  g_autofree char *words = NULL;
  char *known = NULL;

  if (text == NULL)
    return NULL;
  known = g_strdup (text);
  for (; secrets != NULL && *secrets != NULL; secrets++)
    mask (&known, *secrets);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (ocg_json_get_string (root, members[i]) != NULL)
      mask (&known, ocg_json_get_string (root, members[i]));
  mask (&known, NULL);
  unknown = mask_unknown (known);
  g_free (known);
  words = ocg_redact (unknown, NULL, MAX_WORDS);
  if (*g_strstrip (words) == '\0')
    return NULL;
  return g_steal_pointer (&words);
}
