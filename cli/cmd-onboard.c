/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-error.h"
#include "ocg-setup.h"

#include <glib/gi18n.h>

/* The word of a choice that asks for nothing. */
#define SKIP "skip"

static void
report_skipped (OcgCli *cli)
{
  g_autoptr (JsonObject) root = json_object_new ();

  json_object_set_string_member (root, "choice", SKIP);
  if (ocg_cli_has (cli, "json"))
    ocg_cli_print_json (cli, json_node_init_object (json_node_alloc (), root));
  else
    ocg_cli_print (cli, "%s\n",
                   _ ("Nothing has been changed. To set up a model later: openclawctl configure"));
}

static gboolean
check_options (OcgCli *cli, GError **error)
{
  if (ocg_cli_has (cli, "set-default") && ocg_cli_has (cli, "no-set-default"))
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("The options --%s and --%s contradict each other."), "set-default",
                 "no-set-default");
  else if (ocg_cli_has (cli, "non-interactive") && ocg_cli_get (cli, "auth-choice") == NULL)
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("With --non-interactive say what to set up: --auth-choice %s. To be asked, "
                    "leave out --non-interactive."),
                 "minimax-api");
  else
    return TRUE;
  return FALSE;
}

int
ocg_onboard (OcgCli *cli, GError **error)
{
  const char *word = ocg_cli_get (cli, "auth-choice");
  g_autoptr (OcgSetup) setup = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!check_options (cli, error))
    return 0;
  if (g_strcmp0 (word, SKIP) == 0)
    {
      report_skipped (cli);
      return 0;
    }
  setup = ocg_setup_new (cli, !ocg_cli_has (cli, "non-interactive"), error);
  if (setup == NULL)
    return 0;
  if (ocg_setup_run (setup, word, TRUE, &local_error))
    ocg_setup_report (setup);
  else if (local_error == NULL)
    report_skipped (cli);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return 0;
}
