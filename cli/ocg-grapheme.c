/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-grapheme.h"

#define ZERO_WIDTH_JOINER 0x200d
#define EMOJI_PRESENTATION 0xfe0f
#define KEYCAP 0x20e3

static guint
measure (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

static gboolean
is_between (gunichar c, gunichar first, gunichar last)
{
  return first <= c && c <= last;
}

/* Half of a flag. */
static gboolean
is_regional_indicator (gunichar c)
{
  return is_between (c, 0x1f1e6, 0x1f1ff);
}

static gboolean
is_skin_tone (gunichar c)
{
  return is_between (c, 0x1f3fb, 0x1f3ff);
}

/* Near enough to Extended_Pictographic, which GLib does not know: what joins with others, takes a
 * skin tone, or has a form in colour. */
static gboolean
is_pictograph (gunichar c)
{
  return is_between (c, 0x1f000, 0x1faff) || is_between (c, 0x2190, 0x2bff) || c == 0xa9
         || c == 0xae || c == 0x203c || c == 0x2049 || c == 0x2122 || c == 0x2139 || c == 0x3030
         || c == 0x303d || c == 0x3297 || c == 0x3299;
}

static gboolean
is_keycap_base (gunichar c)
{
  return is_between (c, '0', '9') || c == '#' || c == '*';
}

/* What belongs to the character in front of it. */
static gboolean
is_extender (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK
         || type == G_UNICODE_SPACING_MARK || g_unichar_iszerowidth (c);
}

const char *
ocg_grapheme_next (const char *text, guint *cells)
{
  gunichar base = g_utf8_get_char (text);
  const char *p = g_utf8_next_char (text);
  gboolean is_emoji = FALSE;

  *cells = measure (base);
  if (is_regional_indicator (base) && is_regional_indicator (g_utf8_get_char (p)))
    {
      is_emoji = TRUE;
      p = g_utf8_next_char (p);
    }
  while (*p != '\0')
    {
      gunichar c = g_utf8_get_char (p);
      const char *after = g_utf8_next_char (p);

      if (c == ZERO_WIDTH_JOINER && is_pictograph (base) && is_pictograph (g_utf8_get_char (after)))
        {
          is_emoji = TRUE;
          after = g_utf8_next_char (after);
        }
      else if ((c == EMOJI_PRESENTATION && is_pictograph (base))
               || (c == KEYCAP && is_keycap_base (base))
               || (is_skin_tone (c) && is_pictograph (base)))
        is_emoji = TRUE;
      else if (is_extender (c))
        *cells += measure (c);
      else
        break;
      p = after;
    }
  if (is_emoji)
    *cells = 2;
  return p;
}

/* Punctuation that does not begin a line, such as "，" and "」". */
static gboolean
stays_with_line (gunichar c)
{
  switch ((int) g_unichar_break_type (c))
    {
    case G_UNICODE_BREAK_CLOSE_PUNCTUATION:
    case G_UNICODE_BREAK_CLOSE_PARANTHESIS:
    case G_UNICODE_BREAK_EXCLAMATION:
    case G_UNICODE_BREAK_INFIX_SEPARATOR:
    case G_UNICODE_BREAK_NON_STARTER:
    case G_UNICODE_BREAK_CONDITIONAL_JAPANESE_STARTER:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
ocg_grapheme_may_break (const char *text, const char *next)
{
  gunichar here = g_utf8_get_char (text);
  gunichar there = g_utf8_get_char (next);

  if (there == ' ' || stays_with_line (there))
    return FALSE;
  if (here == ' ' || here == ',')
    return TRUE;
  return (g_unichar_iswide (here) || g_unichar_iswide (there))
         && g_unichar_break_type (here) != G_UNICODE_BREAK_OPEN_PUNCTUATION;
}
