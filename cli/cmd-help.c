/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-args.h"
#include "ocg-error.h"
#include "ocg-help.h"

#include <glib/gi18n.h>

int
ocg_help (OcgCli *cli, GError **error)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_auto (GStrv) nearest = NULL;
  g_autofree char *list = NULL;

  for (guint i = 0; ocg_cli_operand (cli, i) != NULL; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? " " : "", ocg_cli_operand (cli, i));
  if (ocg_command_find (words->str) != NULL || ocg_command_is_group (words->str))
    {
      ocg_help_append (cli->out, words->str);
      return 0;
    }
  nearest = ocg_command_suggest (words->str);
  list = g_strjoinv (", ", nearest);
  if (*list != '\0')
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("There is no such command. The nearest are: %s."), list);
  else
    g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                         _ ("There is no such command. To see them all: openclawctl help"));
  return 0;
}
