/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-auth-choice.h"
#include "ocg-auth-store.h"
#include "ocg-dialog.h"
#include "ocg-error.h"
#include "ocg-json-text.h"
#include "ocg-login.h"
#include "ocg-output.h"
#include "ocg-records.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* Whether @choice is a login that the options mean. */
static gboolean
is_meant (OcgCli *cli, GVariant *choice)
{
  const char *provider = ocg_cli_get (cli, "provider");
  const char *method = ocg_cli_get (cli, "method");

  return ocg_auth_choice_is_login (choice)
         && (provider == NULL
             || g_ascii_strcasecmp (provider, ocg_record_get_string (choice, "provider")) == 0)
         && (method == NULL || g_str_equal (method, ocg_record_get_string (choice, "login"))
             || g_str_equal (method, ocg_record_get_string (choice, "choice"))
             || g_str_equal (method, "oauth") || g_str_equal (method, "device-code"));
}

/* One choice for each provider that is meant, GVariant*. */
static GPtrArray *
list_logins (OcgCli *cli, GVariant *choices)
{
  GPtrArray *logins = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);

  for (gsize i = 0; i < g_variant_n_children (choices); i++)
    {
      g_autoptr (GVariant) choice = g_variant_get_child_value (choices, i);
      const char *provider = ocg_record_get_string (choice, "provider");
      gboolean is_known = FALSE;

      for (guint k = 0; k < logins->len && !is_known; k++)
        is_known = g_str_equal (ocg_record_get_string (g_ptr_array_index (logins, k), "provider"),
                                provider);
      if (!is_known && is_meant (cli, choice))
        g_ptr_array_add (logins, ocg_auth_choices_find_provider (choices, provider, "oauth"));
    }
  return logins;
}

static void
set_no_login (OcgCli *cli, GVariant *choices, GError **error)
{
  const char *provider = ocg_cli_get (cli, "provider");
  g_autoptr (GVariant) other = provider != NULL
                                   ? ocg_auth_choices_find_provider (choices, provider, NULL)
                                   : NULL;

  if (other != NULL && ocg_auth_choice_is_local (other))
    g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_SUPPORTED, _ ("%s needs no login and no key."),
                 provider);
  else if (other != NULL)
    g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_SUPPORTED,
                 _ ("%s has no login here, but takes a key: openclawctl models auth add --provider "
                    "%s"),
                 provider, provider);
  else
    g_set_error_literal (error, OCG_ERROR, OCG_ERROR_PROVIDER_NOT_CONFIGURED,
                         _ ("No provider with such a login is known. Those that are: openclawctl "
                            "models auth login --help"));
}

/* (transfer full) */
static GVariant *
choose_login (OcgCli *cli, OcgDialog *dialog, GVariant *choices, GError **error)
{
  g_autoptr (GPtrArray) logins = list_logins (cli, choices);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;
  guint chosen = 0;

  for (guint i = 0; i < logins->len; i++)
    g_ptr_array_add (items,
                     g_strdup (ocg_record_get_string (g_ptr_array_index (logins, i), "provider")));
  if (logins->len == 0)
    {
      set_no_login (cli, choices, error);
      return NULL;
    }
  if (logins->len > 1 && !ocg_output_is_terminal (STDIN_FILENO))
    {
      g_ptr_array_add (items, NULL);
      list = g_strjoinv (", ", (char **) items->pdata);
      g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                   /* TRANSLATORS: %s is a list such as "minimax-portal, qwen-portal". */
                   _ ("Say which one with --provider: %s."), list);
      return NULL;
    }
  if (logins->len > 1
      && !ocg_dialog_choose (dialog, _ ("Which provider?"), items, 0, &chosen, error))
    return NULL;
  return g_variant_ref (g_ptr_array_index (logins, chosen));
}

/* (nullable in @region) */
static gboolean
choose_region (OcgCli *cli, OcgDialog *dialog, GVariant *choice, char **region, GError **error)
{
  g_autoptr (GVariant) regions = ocg_auth_choice_get_regions (choice);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  const char *given = ocg_cli_get (cli, "region");
  g_autoptr (GVariant) chosen = NULL;
  guint index = 0;

  /* One region is no question. */
  if (given == NULL && regions != NULL && g_variant_n_children (regions) == 1)
    return TRUE;
  /* Nobody is there to be asked: the list of regions is the answer. */
  if (given == NULL && regions != NULL && !ocg_output_is_terminal (STDIN_FILENO))
    given = "";
  if (given != NULL)
    {
      chosen = ocg_auth_choice_find_region (choice, given, error);
      *region = chosen != NULL ? g_strdup (ocg_record_get_string (chosen, "id")) : NULL;
      return chosen != NULL;
    }
  if (regions == NULL)
    return TRUE;
  for (gsize i = 0; i < g_variant_n_children (regions); i++)
    {
      g_autoptr (GVariant) each = g_variant_get_child_value (regions, i);

      g_ptr_array_add (items, ocg_auth_choice_describe_region (each));
    }
  if (!ocg_dialog_choose (dialog, _ ("Where is your account?"), items, 0, &index, error))
    return FALSE;
  chosen = g_variant_get_child_value (regions, index);
  *region = g_strdup (ocg_record_get_string (chosen, "id"));
  return TRUE;
}

/* The login is kept; but the default that was asked for may not be. */
static void
check_default (OcgCli *cli, GVariant *details, GError **error)
{
  g_autofree const char **warnings = ocg_record_get_strv (details, "warnings");
  gboolean is_told = warnings != NULL && warnings[0] != NULL;

  if (!ocg_cli_has (cli, "set-default") || *ocg_record_get_string (details, "default-model") != '\0')
    return;
  g_set_error_literal (error, OCG_ERROR, OCG_ERROR_NOT_FOUND,
                       is_told ? warnings[0]
                               : _ ("You are logged in, but the default model stayed as it was."));
}

static void
report (OcgCli *cli, OcgDialog *dialog, GVariant *details)
{
  const char *model = ocg_record_get_string (details, "default-model");
  const char *profile = ocg_record_get_string (details, "profile");

  ocg_cli_print (cli, _ ("You are logged in. The login is in the keyring as %s.\n"), profile);
  if (*model != '\0')
    ocg_cli_print (cli, _ ("The default model is now %s.\n"), model);
  ocg_cli_print (cli, _ ("Its models: openclawctl models list --provider %s\n"),
                 ocg_record_get_string (details, "provider"));
  /* What follows is of a login that is there already. */
  ocg_dialog_write (dialog, cli->out->str);
  g_string_truncate (cli->out, 0);
  ocg_login_report (dialog, details);
}

/* @choice is a login whose plugin is on. */
static void
log_in (OcgCli *cli, OcgDialog *dialog, GVariant *choice, GError **error)
{
  g_autofree char *provider = NULL;
  g_autofree char *profile = ocg_auth_get_profile (cli, ocg_record_get_string (choice, "provider"),
                                                   &provider, error);
  g_autofree char *region = NULL;
  OcgLoginOptions options = {
    .method = ocg_record_get_string (choice, "login"),
    .provider = ocg_record_get_string (choice, "provider"),
    .set_default = ocg_cli_has (cli, "set-default"),
    .shows_qr = ocg_cli_has (cli, "qr"),
    .opens_browser = !ocg_cli_has (cli, "no-browser") && ocg_dialog_is_terminal (dialog),
  };
  g_autoptr (GVariant) details = NULL;
  g_autoptr (GError) local_error = NULL;

  if (profile == NULL || !choose_region (cli, dialog, choice, &region, error))
    return;
  options.region = region;
  options.name = strchr (profile, ':') + 1;
  details = ocg_login_run (cli->client, dialog, &options, error);
  if (details == NULL)
    return;
  check_default (cli, details, &local_error);
  if (ocg_cli_has (cli, "json"))
    ocg_cli_print_json (cli, ocg_json_from_variant (details));
  else if (local_error == NULL)
    report (cli, dialog, details);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
}

int
ocg_auth_login (OcgCli *cli, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  g_autoptr (GVariant) choices = client != NULL ? ocg_auth_choices_list (client, error) : NULL;
  g_autoptr (OcgDialog) dialog = ocg_dialog_new (ocg_cli_has (cli, "json"));
  g_autoptr (GVariant) choice = choices != NULL ? choose_login (cli, dialog, choices, error) : NULL;

  if (choice != NULL && ocg_auth_choice_check_plugin (choice, error))
    log_in (cli, dialog, choice, error);
  return 0;
}
