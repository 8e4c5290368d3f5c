/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-secret-option.h"

#include "ocg-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* "--minimax-api-key" of "--minimax-api-key=VALUE". */
static char *
get_name (const char *word)
{
  return g_strndup (word, strcspn (word, "="));
}

gboolean
ocg_secret_option_is_one (const char *word)
{
  static const char *const names[] = { "--token", "--key", "--secret", "--password" };
  g_autofree char *name = get_name (word);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      return TRUE;
  return g_str_has_prefix (name, "--")
         && (g_str_has_suffix (name, "-api-key") || g_str_has_suffix (name, "api-token"));
}

void
ocg_secret_option_refuse (const char *word, const char *command, GError **error)
{
  g_autofree char *name = get_name (word);

  g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
               /* TRANSLATORS: an option such as --minimax-api-key, then a command, twice. */
               _ ("%s is refused: what is on a command line can be seen by every program and stays "
                  "in the history of the shell. If a key stood there, replace it. Run “openclawctl "
                  "%s” without it to be asked for the key, send the key to standard input, or use "
                  "--from-env."),
               name, command);
}
