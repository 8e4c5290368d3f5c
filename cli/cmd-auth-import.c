/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-choice.h"
#include "ocg-error.h"
#include "ocg-import-table.h"
#include "ocg-output.h"
#include "ocg-records.h"

#include <glib/gi18n.h>

#define EXIT_INTERRUPTED 130

/* @only: (nullable) those of these finds that have @key; NULL: all. Returns: (nullable) */
static GVariant *
call (OcgCli *cli, gboolean dry_run, gboolean remove, GVariant *only, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  OcgDbusGatewayCredentials *proxy
      = client != NULL ? ocg_client_get_credentials (client, error) : NULL;
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  GVariant *finds = NULL;

  if (proxy == NULL)
    return NULL;
  g_variant_builder_add (options, "{sv}", "dry-run", g_variant_new_boolean (dry_run));
  g_variant_builder_add (options, "{sv}", "remove", g_variant_new_boolean (remove));
  if (only != NULL)
    g_variant_builder_add (options, "{sv}", "only", only);
  /* Somebody may have to unlock the keyring: that takes as long as it takes. */
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (proxy), G_MAXINT);
  ocg_dbus_gateway_credentials_call_import_plaintext_sync (
      proxy, g_variant_builder_end (options), &finds, NULL, error);
  return finds;
}

/* Floating. */
static GVariant *
list_ids (GVariant *finds, gboolean removable)
{
  GVariantBuilder ids;

  g_variant_builder_init (&ids, G_VARIANT_TYPE_STRING_ARRAY);
  for (gsize i = 0; i < g_variant_n_children (finds); i++)
    {
      g_autoptr (GVariant) find = g_variant_get_child_value (finds, i);

      if (!removable || ocg_record_get_boolean (find, "removable", FALSE))
        g_variant_builder_add (&ids, "s", ocg_record_get_string (find, "id"));
    }
  return g_variant_builder_end (&ids);
}

static guint
count (GVariant *finds, const char *state)
{
  guint n = 0;

  for (gsize i = 0; i < g_variant_n_children (finds); i++)
    {
      g_autoptr (GVariant) find = g_variant_get_child_value (finds, i);

      n += g_str_equal (ocg_record_get_string (find, "state"), state) ? 1 : 0;
    }
  return n;
}

static guint
count_removable (GVariant *finds)
{
  guint n = 0;

  for (gsize i = 0; i < g_variant_n_children (finds); i++)
    {
      g_autoptr (GVariant) find = g_variant_get_child_value (finds, i);

      n += ocg_record_get_boolean (find, "removable", FALSE) ? 1 : 0;
    }
  return n;
}

/* Shows what was printed so far: a question follows. */
static gboolean
show (OcgCli *cli, GError **error)
{
  gboolean ok = ocg_output_write (cli->out->str, cli->out->len, error);

  g_string_truncate (cli->out, 0);
  return ok;
}

/* 'y' or 'n', or what ends the questions. */
static char
ask (OcgCli *cli, const char *question, GError **error)
{
  /* TRANSLATORS: follows a question; y and n are what is typed. */
  g_autofree char *line = g_strdup_printf (_ ("%s [y/n] "), question);

  return show (cli, error) ? ocg_choice_ask (line, "yn") : OCG_CHOICE_END;
}

static void
print_nothing (OcgCli *cli)
{
  g_autoptr (GVariant) config
      = ocg_client_get_properties (cli->client, "org.openclaw.Gateway.Config", FALSE, NULL);
  const char *path = config != NULL ? ocg_record_get_string (config, "Path") : "openclaw.json";
  g_autofree char *folder = g_path_get_dirname (path);

  ocg_cli_print (cli, "%s\n", _ ("No key stands in a file as plain text."));
  ocg_cli_print (cli,
                 /* TRANSLATORS: %1$s is openclaw.json, %2$s its folder; the rest are files. */
                 _ ("Looked at: %1$s and what it includes; in %2$s: .env, "
                    "agents/*/agent/auth-profiles.json, credentials/oauth.json; "
                    "~/.minimax/oauth_creds.json\n"),
                 path, folder);
}

/* What is left to be said about the plain text. */
static void
print_rest (OcgCli *cli, GVariant *finds)
{
  if (count_removable (finds) > 0)
    ocg_cli_print (cli, "%s\n",
                   _ ("The plain text is still in the files. To take it out: openclawctl models "
                      "auth import --remove"));
}

/* The second question. Returns the exit status. */
static int
offer_removal (OcgCli *cli, GVariant *finds, GError **error)
{
  g_autoptr (GVariant) result = NULL;
  char answer = 'n';

  if (count_removable (finds) == 0 || ocg_cli_has (cli, "keep"))
    return 0;
  if (ocg_cli_has (cli, "yes") || !ocg_choice_is_possible ())
    {
      print_rest (cli, finds);
      return 0;
    }
  answer = ask (cli,
                _ ("Take the plain text of these keys out of openclaw.json and .env now? OpenClaw "
                   "itself does not read the keyring, and has these keys no more then."),
                error);
  if (answer == 'y')
    {
      result = call (cli, FALSE, TRUE, list_ids (finds, TRUE), error);
      if (result != NULL)
        ocg_import_table_append (cli->out, result, TRUE);
    }
  else if (answer == 'n')
    print_rest (cli, finds);
  return answer == OCG_CHOICE_INTERRUPTED ? EXIT_INTERRUPTED : 0;
}

/* @finds: of the dry run. Returns the exit status. */
static int
import (OcgCli *cli, GVariant *finds, GError **error)
{
  gboolean remove = ocg_cli_has (cli, "remove");
  g_autoptr (GVariant) result = call (cli, FALSE, remove, list_ids (finds, FALSE), error);
  int status = 0;

  if (result == NULL)
    return 0;
  if (ocg_cli_has (cli, "json"))
    ocg_cli_print_json (cli, ocg_records_to_json ("finds", result));
  else
    {
      ocg_cli_print (cli, "\n");
      ocg_import_table_append (cli->out, result, TRUE);
      status = remove ? 0 : offer_removal (cli, result, error);
    }
  return status == 0 && count (result, "failed") > count (finds, "failed") ? 1 : status;
}

/* What the first question is. @finds: of the dry run. (transfer full) */
static char *
make_question (GVariant *finds)
{
  guint n_orders = 0;
  guint n_keys = 0;

  for (gsize i = 0; i < g_variant_n_children (finds); i++)
    {
      g_autoptr (GVariant) find = g_variant_get_child_value (finds, i);
      gboolean is_order = g_str_equal (ocg_record_get_string (find, "kind"), "order");

      if (!g_str_equal (ocg_record_get_string (find, "state"), "found"))
        continue;
      n_orders += is_order ? 1 : 0;
      n_keys += is_order ? 0 : 1;
    }
  if (n_keys > 0)
    return g_strdup_printf (
        ngettext ("Store %u key in the keyring?", "Store %u keys in the keyring?", n_keys), n_keys);
  return g_strdup (n_orders > 0 ? _ ("Write the order into openclaw.json?")
                                : _ ("Take the plain text out of the files?"));
}

/* Whether to go on; else @status is the exit status. */
static gboolean
confirm (OcgCli *cli, GVariant *finds, int *status, GError **error)
{
  g_autofree char *question = NULL;
  char answer;

  if (ocg_cli_has (cli, "yes"))
    return TRUE;
  if (!ocg_choice_is_possible ())
    {
      ocg_cli_print (cli, "%s\n",
                     _ ("Nothing was changed. To import without questions: openclawctl models auth "
                        "import --yes"));
      return FALSE;
    }
  question = make_question (finds);
  answer = ask (cli, question, error);
  if (answer == 'y')
    return TRUE;
  ocg_cli_print (cli, "%s\n", _ ("Nothing has been changed."));
  *status = answer == OCG_CHOICE_INTERRUPTED ? EXIT_INTERRUPTED : 0;
  return FALSE;
}

static gboolean
check_options (OcgCli *cli, GError **error)
{
  if (!ocg_cli_has (cli, "remove") || !ocg_cli_has (cli, "keep"))
    return TRUE;
  g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS, _ ("%s and %s exclude each other."),
               "--remove", "--keep");
  return FALSE;
}

int
ocg_auth_import (OcgCli *cli, GError **error)
{
  gboolean as_json = ocg_cli_has (cli, "json");
  gboolean only_look = ocg_cli_has (cli, "dry-run") || (as_json && !ocg_cli_has (cli, "yes"));
  g_autoptr (GVariant) finds
      = check_options (cli, error) ? call (cli, TRUE, FALSE, NULL, error) : NULL;
  guint n = finds != NULL ? count (finds, "found") : 0;
  int status = 0;

  if (finds == NULL)
    return 0;
  if (as_json && (only_look || g_variant_n_children (finds) == 0))
    ocg_cli_print_json (cli, ocg_records_to_json ("finds", finds));
  else if (g_variant_n_children (finds) == 0)
    print_nothing (cli);
  else if (!as_json)
    ocg_import_table_append (cli->out, finds, FALSE);
  if (only_look || g_variant_n_children (finds) == 0)
    return 0;

  if (n == 0 && !(ocg_cli_has (cli, "remove") && count_removable (finds) > 0))
    {
      if (as_json)
        ocg_cli_print_json (cli, ocg_records_to_json ("finds", finds));
      else
        {
          ocg_cli_print (cli, "%s\n", _ ("There is nothing to store."));
          status = offer_removal (cli, finds, error);
        }
      return status;
    }
  return confirm (cli, finds, &status, error) ? import (cli, finds, error) : status;
}
