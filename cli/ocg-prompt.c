/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-prompt.h"

#include "ocg-error.h"
#include "ocg-names.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static gboolean
read_standard_input (GString *text, GError **error)
{
  char buffer[16 * 1024];

  while (text->len <= OCG_MAX_REQUEST_SIZE)
    {
      gssize n = read (STDIN_FILENO, buffer, sizeof buffer);

      if (n == 0)
        return TRUE;
      if (n > 0)
        g_string_append_len (text, buffer, n);
      else if (errno != EINTR)
        {
          g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                       _ ("The prompt could not be read from standard input: %s."),
                       g_strerror (errno));
          return FALSE;
        }
    }
  g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
               _ ("Standard input holds more than %d MiB, which is more than a request can."),
               OCG_MAX_REQUEST_SIZE / 1024 / 1024);
  return FALSE;
}

/* Editors of other systems put a byte order mark in front, which is no part of the text. */
static void
strip_byte_order_mark (GString *text)
{
  if (g_str_has_prefix (text->str, BYTE_ORDER_MARK))
    g_string_erase (text, 0, strlen (BYTE_ORDER_MARK));
}

static void
strip_line_ends (GString *text)
{
  while (text->len > 0 && (text->str[text->len - 1] == '\n' || text->str[text->len - 1] == '\r'))
    g_string_truncate (text, text->len - 1);
}

static gboolean
append_standard_input (GString *prompt, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!read_standard_input (text, error))
    return FALSE;
  strip_byte_order_mark (text);
  strip_line_ends (text);
  if (!g_utf8_validate_len (text->str, text->len, NULL))
    {
      g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                           _ ("Standard input is not valid UTF-8 text. Convert it, for example "
                              "with iconv."));
      return FALSE;
    }
  if (text->len > 0)
    g_string_append_printf (prompt, "%s%s", prompt->len > 0 ? "\n\n" : "", text->str);
  return TRUE;
}

char *
ocg_prompt_gather (GPtrArray *words, GError **error)
{
  g_autoptr (GString) prompt = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (prompt, "%s%s", i > 0 ? " " : "",
                            (const char *) g_ptr_array_index (words, i));
  if (isatty (STDIN_FILENO) != 1 && !append_standard_input (prompt, error))
    return NULL;

  for (const char *p = prompt->str; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      return g_string_free (g_steal_pointer (&prompt), FALSE);
  g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                       _ ("There is nothing to ask. Write the prompt behind the command, or send "
                          "it to standard input."));
  return NULL;
}
