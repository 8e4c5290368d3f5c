/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-prompt.h"

#include "ocg-input.h"
#include "ocg-names.h"

#include <unistd.h>

static void
strip_line_ends (GString *text)
{
  while (text->len > 0 && (text->str[text->len - 1] == '\n' || text->str[text->len - 1] == '\r'))
    g_string_truncate (text, text->len - 1);
}

static gboolean
append_standard_input (GString *prompt, GError **error)
{
  g_autoptr (GString) text = ocg_input_read_text ("-", OCG_MAX_REQUEST_SIZE, error);

  if (text == NULL)
    return FALSE;
  strip_line_ends (text);
  if (text->len > 0)
    g_string_append_printf (prompt, "%s%s", prompt->len > 0 ? "\n\n" : "", text->str);
  return TRUE;
}

char *
ocg_prompt_gather (GPtrArray *words, gboolean keeps_input, GError **error)
{
  g_autoptr (GString) prompt = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (prompt, "%s%s", i > 0 ? " " : "",
                            (const char *) g_ptr_array_index (words, i));
  if (!keeps_input && isatty (STDIN_FILENO) != 1 && !append_standard_input (prompt, error))
    return NULL;

  for (const char *p = prompt->str; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      return g_string_free (g_steal_pointer (&prompt), FALSE);
  return g_strdup ("");
}
