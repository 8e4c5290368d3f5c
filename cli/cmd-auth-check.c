/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-error.h"
#include "ocg-json-text.h"
#include "ocg-records.h"
#include "ocg-table.h"

#include <glib/gi18n.h>
#include <string.h>

/* A provider may be slow, and another region is asked after it; somebody may have to unlock the
 * keyring. */
#define CHECK_MS (150 * 1000)

#define EXIT_REFUSED 4

/* Of the profiles that are to be checked, aa{sv} as of ListCredentials(). */
static GVariant *
list_credentials (OcgDbusGatewayCredentials *proxy, const char *provider, GError **error)
{
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  GVariant *credentials = NULL;

  if (provider != NULL)
    g_variant_builder_add (options, "{sv}", "provider", g_variant_new_string (provider));
  ocg_dbus_gateway_credentials_call_list_credentials_sync (proxy, g_variant_builder_end (options),
                                                           &credentials, NULL, error);
  return credentials;
}

/* Whether @profile is what --profile says, as a name or as a whole. */
static gboolean
is_wanted (OcgCli *cli, const char *profile)
{
  const char *name = ocg_cli_get (cli, "profile");
  const char *colon = strchr (profile, ':');

  return name == NULL || g_str_equal (name, profile)
         || (colon != NULL && g_str_equal (name, colon + 1));
}

/* a{sv}: the answer and the profile; a failure of the call is a state, too. */
static GVariant *
check_one (OcgDbusGatewayCredentials *proxy, const char *profile)
{
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;
  GVariantDict dict;

  ocg_dbus_gateway_credentials_call_check_credential_sync (proxy, profile, ocg_client_options (),
                                                           NULL, &answer, NULL, NULL, &error);
  g_variant_dict_init (&dict, answer);
  g_variant_dict_insert (&dict, "profile", "s", profile);
  if (answer == NULL)
    {
      g_autoptr (OcgFailure) failure = ocg_failure_new_from_error (error);

      g_variant_dict_insert (&dict, "state", "s", "unknown");
      g_variant_dict_insert (&dict, "message", "s", ocg_failure_get_message (failure));
    }
  return g_variant_dict_end (&dict);
}

static const char *
name_state (const char *state)
{
  if (g_str_equal (state, "ok"))
    return _ ("ok");
  if (g_str_equal (state, "rejected"))
    return _ ("refused");
  return g_str_equal (state, "expired") ? _ ("expired") : _ ("unknown");
}

static void
print_table (OcgCli *cli, GVariant *checks)
{
  g_autoptr (OcgTable) table = ocg_table_new (2, _ ("PROFILE"), _ ("STATE"), _ ("ANSWER"), NULL);

  ocg_table_set_wraps (table, 2);
  for (gsize i = 0; i < g_variant_n_children (checks); i++)
    {
      g_autoptr (GVariant) check = g_variant_get_child_value (checks, i);

      ocg_table_add_row (table, ocg_record_get_string (check, "profile"),
                         name_state (ocg_record_get_string (check, "state")),
                         ocg_record_get_string (check, "message"), NULL);
    }
  ocg_table_append_to (table, cli->out, 0);
}

/* @credentials: aa{sv}. Floating. */
static GVariant *
check_all (OcgCli *cli, OcgDbusGatewayCredentials *proxy, GVariant *credentials)
{
  GVariantBuilder checks;

  g_variant_builder_init (&checks, G_VARIANT_TYPE ("aa{sv}"));
  for (gsize i = 0; i < g_variant_n_children (credentials); i++)
    {
      g_autoptr (GVariant) credential = g_variant_get_child_value (credentials, i);
      const char *profile = ocg_record_get_string (credential, "profile");

      if (is_wanted (cli, profile))
        g_variant_builder_add_value (&checks, check_one (proxy, profile));
    }
  return g_variant_builder_end (&checks);
}

static gboolean
has_refused (GVariant *checks)
{
  return ocg_records_have (checks, "state", "rejected")
         || ocg_records_have (checks, "state", "expired");
}

int
ocg_auth_check_all (OcgCli *cli, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  OcgDbusGatewayCredentials *proxy = client != NULL ? ocg_client_get_credentials (client, error)
                                                    : NULL;
  g_autoptr (GVariant) credentials = NULL;
  g_autoptr (GVariant) checks = NULL;

  if (proxy != NULL)
    credentials = list_credentials (proxy, ocg_cli_get (cli, "provider"), error);
  if (credentials == NULL)
    return 0;
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (proxy), CHECK_MS);
  checks = g_variant_ref_sink (check_all (cli, proxy, credentials));
  if (g_variant_n_children (checks) == 0)
    {
      g_set_error_literal (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING,
                           _ ("There is no such credential. To see all: openclawctl models auth "
                              "list"));
      return 0;
    }
  if (ocg_cli_has (cli, "json"))
    ocg_cli_print_json (cli, ocg_records_to_json ("checks", checks));
  else
    print_table (cli, checks);
  return has_refused (checks) ? EXIT_REFUSED : 0;
}
