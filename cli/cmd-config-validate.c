/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-config-document.h"
#include "ocg-error.h"
#include "ocg-input.h"
#include "ocg-output.h"
#include "ocg-problem-list.h"
#include "ocg-sealed-file.h"

#include <unistd.h>

/* What is wrong with all files, or with all when @name, if not NULL, takes the place of one. */
static OcgProblemList *
look (OcgCli *cli, const char *name, OcgConfigDocument document, GError **error)
{
  int text = name != NULL ? ocg_sealed_file_new_from_input (name, OCG_CONFIG_DOCUMENT_MAX_SIZE,
                                                            error)
                          : -1;
  g_autoptr (OcgProblemList) problems = NULL;
  g_autoptr (GVariant) all = NULL;

  if (name != NULL && text == -1)
    return NULL;
  if (ocg_cli_connect (cli, error) != NULL)
    problems = ocg_problem_list_fetch (cli->client, text, ocg_config_document_to_string (document),
                                       error);
  if (text != -1)
    close (text);
  if (problems != NULL)
    all = ocg_config_document_get_all (cli->client, error);
  if (all == NULL)
    return NULL;
  /* People look for a mistake in the file that they named. */
  if (name != NULL)
    {
      OcgConfigDocument other = document == OCG_CONFIG_DOCUMENT_DESKTOP
                                    ? OCG_CONFIG_DOCUMENT_OPENCLAW
                                    : OCG_CONFIG_DOCUMENT_DESKTOP;

      ocg_problem_list_drop_file (problems, ocg_config_document_get_path (all, other));
      ocg_problem_list_rename_file (problems, ocg_config_document_get_path (all, document),
                                    ocg_input_describe (name));
    }
  else if (ocg_cli_has (cli, "document"))
    ocg_problem_list_keep_file (problems, ocg_config_document_get_path (all, document));
  return g_steal_pointer (&problems);
}

int
ocg_config_validate (OcgCli *cli, GError **error)
{
  OcgConfigDocument document;
  g_autoptr (OcgProblemList) problems = NULL;
  guint n_bad = 0;

  if (ocg_config_document_parse (ocg_cli_get (cli, "document"), &document, error))
    problems = look (cli, ocg_cli_operand (cli, 0), document, error);
  if (problems == NULL)
    return 0;
  if (ocg_cli_has (cli, "json"))
    ocg_cli_print_json (cli, ocg_problem_list_to_json (problems));
  else
    ocg_problem_list_append (problems, cli->out, ocg_output_has_style (STDOUT_FILENO));

  n_bad = ocg_problem_list_count (problems, OCG_SEVERITY_ERROR);
  if (ocg_cli_has (cli, "strict"))
    n_bad += ocg_problem_list_count (problems, OCG_SEVERITY_WARNING);
  return n_bad > 0 ? ocg_error_get_exit_code (OCG_ERROR_CONFIG_INVALID) : 0;
}
