/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-redact.h"

#include <string.h>

#define MASK "[redacted]"

/* Shorter secrets would mask ordinary words. */
#define MIN_SECRET_LENGTH 6

static char *
mask_patterns (const char *text)
{
  static gsize compiled = 0;

  if (g_once_init_enter (&compiled))
    {
      GRegex *regex = g_regex_new ("\\bsk-[\\w*.-]{4,}"
                                   "|\\bBearer\\s+[\\w*.~+/=-]{4,}"
                                   "|\\beyJ[\\w-]{6,}\\.[\\w.-]+",
                                   G_REGEX_CASELESS, 0, NULL);

      g_once_init_leave (&compiled, (gsize) regex);
    }
  return g_regex_replace_literal ((GRegex *) compiled, text, -1, 0, MASK, 0, NULL);
}

/* Characters that make text look like another. */
static gboolean
is_direction_control (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Servers repeat a key as it stood in a URL, too. */
static void
mask_secret (GString *text, const char *secret)
{
  g_autofree char *escaped = g_uri_escape_string (secret, NULL, FALSE);
  g_autofree char *base64 = g_base64_encode ((const guchar *) secret, strlen (secret));
  const char *body = g_str_has_prefix (secret, "sk-") ? secret + 3 : secret;

  g_string_replace (text, secret, MASK, 0);
  g_string_replace (text, escaped, MASK, 0);
  g_string_replace (text, base64, MASK, 0);
  if (strlen (body) >= MIN_SECRET_LENGTH * 2)
    g_string_replace (text, body, MASK, 0);
}

char *
ocg_redact (const char *text, const char *secret, glong max_chars)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *masked = NULL;
  g_autoptr (GString) out = g_string_new (valid);

  if (secret != NULL && strlen (secret) >= MIN_SECRET_LENGTH)
    mask_secret (out, secret);
  masked = mask_patterns (out->str);
  if (masked == NULL)
    return g_strdup (MASK);

  for (char *p = masked; *p != '\0'; p = g_utf8_next_char (p))
    {
      if ((unsigned char) *p < 0x20 || *p == 0x7f)
        *p = ' ';
      /* C1 controls are two bytes in UTF-8; terminals act on them too. */
      else if ((unsigned char) p[0] == 0xc2 && (unsigned char) p[1] < 0xa0)
        p[0] = p[1] = ' ';
      else if (is_direction_control (g_utf8_get_char (p)))
        memset (p, ' ', 3);
    }
  if (g_utf8_strlen (masked, -1) > max_chars)
    *g_utf8_offset_to_pointer (masked, max_chars) = '\0';
  return g_strdup (g_strstrip (masked));
}
