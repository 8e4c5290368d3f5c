/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "text.h"

#include <string.h>

void
text_quote (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *at = text; *at; at++)
    {
      guchar c = (guchar) *at;

      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", c);
      else if (c < 0x20)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_c (out, (char) c);
    }
  g_string_append_c (out, '"');
}

static gboolean
is_ideograph (gunichar c)
{
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf)
         || (c >= 0x3000 && c <= 0x303f) || (c >= 0xff00 && c <= 0xffef)
         || (c >= 0x20000 && c <= 0x2ffff);
}

gboolean
text_is_chinese (const char *text)
{
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c >= 0x3400 && is_ideograph (c) && c < 0xff00)
        return TRUE;
    }
  return FALSE;
}

/* The end of the word at @text, with the space after it. */
static const char *
word_end (const char *text)
{
  const char *at = text;

  if (is_ideograph (g_utf8_get_char (at)))
    {
      at = g_utf8_next_char (at);
      return is_ideograph (g_utf8_get_char (at)) ? g_utf8_next_char (at) : at;
    }
  while (*at && *at != ' ' && !is_ideograph (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  while (*at == ' ')
    at++;
  return at;
}

GPtrArray *
text_split (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  while (*text)
    {
      const char *end = word_end (text);

      g_ptr_array_add (words, g_strndup (text, end - text));
      text = end;
    }
  return words;
}
