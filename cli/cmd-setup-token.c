/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-auth-store.h"
#include "ocg-dialog.h"
#include "ocg-error.h"
#include "ocg-json-text.h"
#include "ocg-output.h"

#include <glib/gi18n.h>
#include <unistd.h>

/* The one provider that has such tokens, and what keys of it, which they are taken for, begin
 * with. */
#define PROVIDER "anthropic"
#define KEY_PREFIX "sk-ant-api"

static void
explain (OcgDialog *dialog)
{
  ocg_dialog_say (dialog, "%s",
                  _ ("A setup token lets the gateway use a Claude subscription. To get one, run "
                     "this in another terminal, log in there, and copy what it prints:"));
  ocg_dialog_show (dialog, "  claude setup-token");
}

static OcgSecretInput *
read_token (OcgCli *cli, GError **error)
{
  g_autoptr (OcgDialog) dialog = ocg_dialog_new (ocg_cli_has (cli, "json"));
  g_autoptr (OcgSecretInput) token = NULL;

  if (ocg_output_is_terminal (STDIN_FILENO))
    explain (dialog);
  token = ocg_secret_input_read (_ ("Setup token (it is not shown): "), error);
  if (token == NULL || !ocg_secret_input_has_prefix (token, KEY_PREFIX))
    return g_steal_pointer (&token);
  g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
               _ ("That is an API key, not a setup token. Nothing has been stored. Store a key "
                  "with: openclawctl models auth add --provider %s"),
               PROVIDER);
  return NULL;
}

int
ocg_auth_setup_token (OcgCli *cli, GError **error)
{
  g_autofree char *provider = NULL;
  g_autofree char *profile = ocg_auth_get_profile (cli, PROVIDER, &provider, error);
  g_autoptr (OcgSecretInput) token = NULL;
  g_autoptr (JsonObject) root = json_object_new ();

  if (profile == NULL)
    return 0;
  if (!g_str_equal (provider, PROVIDER))
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_SUPPORTED,
                   _ ("Only %s has setup tokens. Store another token with: openclawctl models auth "
                      "paste-token --provider %s"),
                   PROVIDER, provider);
      return 0;
    }
  token = read_token (cli, error);
  if (token == NULL || ocg_cli_connect (cli, error) == NULL
      || !ocg_auth_store (cli->client, profile, "token", token, NULL, 0, error))
    return 0;
  json_object_set_string_member (root, "profile", profile);
  if (ocg_cli_has (cli, "json"))
    ocg_cli_print_json (cli, json_node_init_object (json_node_alloc (), root));
  else
    ocg_cli_print (cli,
                   _ ("Stored in the keyring as %s. To see its models: openclawctl models list "
                      "--provider %s"
                      "\n"),
                   profile, provider);
  return 0;
}
