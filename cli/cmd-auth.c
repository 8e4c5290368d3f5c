/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-auth-store.h"
#include "ocg-credential-table.h"
#include "ocg-duration.h"
#include "ocg-error.h"
#include "ocg-hint.h"
#include "ocg-output.h"
#include "ocg-records.h"
#include "ocg-secret-input.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

static OcgSecretInput *
read_secret (OcgCli *cli, const char *provider, const char *kind, GError **error)
{
  const char *named = ocg_cli_get (cli, "from-env");
  g_autofree char *usual = ocg_hint_get_key_variable (provider);
  g_autofree char *prompt = NULL;

  if (named != NULL)
    {
      gboolean is_usual = *named == '\0' || g_str_equal (named, usual);

      return ocg_secret_input_new_from_env (is_usual ? usual : named, is_usual, error);
    }
  if (g_str_equal (kind, "token"))
    /* TRANSLATORS: a prompt on the terminal; %s is a provider such as minimax. */
    prompt = g_strdup_printf (_ ("Token for %s (it is not shown): "), provider);
  else
    /* TRANSLATORS: a prompt on the terminal; %s is a provider such as minimax. */
    prompt = g_strdup_printf (_ ("API key for %s (it is not shown): "), provider);
  return ocg_secret_input_read (prompt, error);
}

/* {"profile": ...}, or @text. */
static void
print_result (OcgCli *cli, const char *profile, const char *text)
{
  g_autoptr (JsonObject) root = json_object_new ();

  if (ocg_cli_has (cli, "json"))
    {
      json_object_set_string_member (root, "profile", profile);
      ocg_cli_print_json (cli, json_node_init_object (json_node_alloc (), root));
    }
  else
    ocg_cli_print (cli, "%s\n", text);
}

/* Whether the gateway knows @provider, with or without models. */
static gboolean
check_provider (OcgCli *cli, const char *provider, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  OcgDbusGateway *gateway = client != NULL ? ocg_client_get_gateway (client, error) : NULL;
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();

  g_variant_builder_add (options, "{sv}", "all", g_variant_new_boolean (TRUE));
  g_variant_builder_add (options, "{sv}", "provider", g_variant_new_string (provider));
  return gateway != NULL
         && ocg_dbus_gateway_call_list_models_sync (gateway, g_variant_builder_end (options), NULL,
                                                    NULL, error);
}

/* When the token ends, from --expires-in: Unix ms, or 0. */
static gboolean
get_expiry (OcgCli *cli, gint64 *expires, GError **error)
{
  const char *text = ocg_cli_get (cli, "expires-in");
  gint64 duration_ms = 0;

  *expires = 0;
  if (text == NULL)
    return TRUE;
  if (!ocg_duration_parse (text, &duration_ms, error))
    return FALSE;
  *expires = g_get_real_time () / 1000 + duration_ms;
  return TRUE;
}

static int
store (OcgCli *cli, const char *kind, GError **error)
{
  g_autofree char *provider = NULL;
  g_autofree char *profile = ocg_auth_get_profile (cli, NULL, &provider, error);
  const char *region = ocg_cli_get (cli, "region");
  gboolean is_asked_for
      = ocg_cli_get (cli, "from-env") == NULL && ocg_output_is_terminal (STDIN_FILENO);
  g_autoptr (OcgSecretInput) secret = NULL;
  g_autofree char *text = NULL;
  gint64 expires = 0;

  /* Nobody should look up and type a key for nothing. */
  if (profile == NULL || !get_expiry (cli, &expires, error)
      || (is_asked_for && !check_provider (cli, provider, error)))
    return 0;
  secret = read_secret (cli, provider, kind, error);
  if (secret == NULL || ocg_cli_connect (cli, error) == NULL
      || !ocg_auth_store (cli->client, profile, kind, secret, region, expires, error))
    return 0;
  text = g_strdup_printf (_ ("Stored in the keyring as %s. To see its models: openclawctl models "
                             "list --provider %s"),
                          profile, provider);
  print_result (cli, profile, text);
  return 0;
}

int
ocg_auth_add (OcgCli *cli, GError **error)
{
  return store (cli, "api_key", error);
}

int
ocg_auth_paste_token (OcgCli *cli, GError **error)
{
  return store (cli, "token", error);
}

int
ocg_auth_list (OcgCli *cli, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  OcgDbusGatewayCredentials *proxy
      = client != NULL ? ocg_client_get_credentials (client, error) : NULL;
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  g_autoptr (GVariant) credentials = NULL;

  if (ocg_cli_get (cli, "provider") != NULL)
    g_variant_builder_add (options, "{sv}", "provider",
                           g_variant_new_string (ocg_cli_get (cli, "provider")));
  if (proxy == NULL
      || !ocg_dbus_gateway_credentials_call_list_credentials_sync (
          proxy, g_variant_builder_end (options), &credentials, NULL, error))
    return 0;

  if (ocg_cli_has (cli, "json"))
    ocg_cli_print_json (cli, ocg_records_to_json ("credentials", credentials));
  else if (ocg_cli_has (cli, "plain"))
    ocg_records_print_plain (cli, credentials, "profile");
  else
    ocg_credential_table_append (cli->out, credentials, 0);
  return 0;
}

/* The names under which keys are listed that are not in the keyring. */
static gboolean
check_is_of_keyring (const char *provider, const char *profile, GError **error)
{
  const char *name = profile + strlen (provider) + 1;

  if (g_str_equal (name, "env"))
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("The key %s comes from the environment of the gateway, not from the keyring. "
                    "Take the variable away where it is set, then restart the gateway."),
                 profile);
  else if (g_str_equal (name, "config"))
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 /* TRANSLATORS: %1$s is a profile such as minimax:config, %2$s its provider. */
                 _ ("The key %1$s comes from openclaw.json, not from the keyring. Take "
                    "models.providers.%2$s.apiKey out of that file."),
                 profile, provider);
  else
    return TRUE;
  return FALSE;
}

int
ocg_auth_remove (OcgCli *cli, GError **error)
{
  g_autofree char *provider = NULL;
  g_autofree char *profile = ocg_auth_get_profile (cli, NULL, &provider, error);
  gboolean ok = profile != NULL && check_is_of_keyring (provider, profile, error);
  OcgClient *client = ok ? ocg_cli_connect (cli, error) : NULL;
  OcgDbusGatewayCredentials *proxy = client != NULL ? ocg_auth_get_patient_proxy (client, error) : NULL;
  g_autofree char *text = NULL;

  if (proxy == NULL
      || !ocg_dbus_gateway_credentials_call_remove_credential_sync (
          proxy, profile, ocg_client_options (), NULL, error))
    return 0;
  text = g_strdup_printf (_ ("%s is removed from the keyring."), profile);
  print_result (cli, profile, text);
  return 0;
}
