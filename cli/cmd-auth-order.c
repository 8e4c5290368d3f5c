/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-error.h"
#include "ocg-records.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_NAME_LENGTH 128

/* Whether @name may be shown and sent: a key that stands in its place by mistake must not be. */
static gboolean
check_name (const char *name, GError **error)
{
  if (*name != '\0' && strlen (name) <= MAX_NAME_LENGTH && !ocg_args_may_be_secret (name)
      && strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-@+:") == strlen (name))
    return TRUE;
  g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                       _ ("The names of providers and profiles are short and made of letters, "
                          "digits and . _ - @ +. If a key stands there, replace that key: what "
                          "is on a command line can be seen by every program."));
  return FALSE;
}

/* (transfer full) (nullable) */
static char *
get_provider (OcgCli *cli, GError **error)
{
  const char *given = ocg_cli_get (cli, "provider");

  if (given == NULL)
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                   _ ("“%s” needs --provider, such as --provider minimax."),
                   cli->args->command->words);
      return NULL;
    }
  return check_name (given, error) ? g_ascii_strdown (given, -1) : NULL;
}

/* @name with the provider before it, unless it is there. (transfer full) */
static char *
complete_profile (const char *provider, const char *name)
{
  return strchr (name, ':') != NULL ? g_strdup (name) : g_strconcat (provider, ":", name, NULL);
}

static OcgDbusGatewayCredentials *
get_proxy (OcgCli *cli, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);

  return client != NULL ? ocg_client_get_credentials (client, error) : NULL;
}

/* (nullable) */
static GVariant *
list_credentials (OcgCli *cli, const char *provider, GError **error)
{
  OcgDbusGatewayCredentials *proxy = get_proxy (cli, error);
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  GVariant *credentials = NULL;

  g_variant_builder_add (options, "{sv}", "provider", g_variant_new_string (provider));
  if (proxy != NULL)
    ocg_dbus_gateway_credentials_call_list_credentials_sync (proxy, g_variant_builder_end (options),
                                                             &credentials, NULL, error);
  return credentials;
}

/* Whether auth.order says something of @provider. */
static gboolean
is_explicit (OcgCli *cli, const char *provider)
{
  OcgDbusGatewayConfig *config = ocg_client_get_config (cli->client, NULL);
  g_autofree char *path = g_strdup_printf ("auth.order[\"%s\"]", provider);
  g_autofree char *value = NULL;

  return config != NULL
         && ocg_dbus_gateway_config_call_get_sync (config, path, ocg_client_options (), &value,
                                                   NULL, NULL);
}

static void
print_order_json (OcgCli *cli, const char *provider, GVariant *credentials, gboolean has_order)
{
  g_autoptr (JsonObject) root = json_object_new ();
  JsonArray *order = json_array_new ();

  for (gsize i = 0; i < g_variant_n_children (credentials); i++)
    {
      g_autoptr (GVariant) credential = g_variant_get_child_value (credentials, i);

      json_array_add_string_element (order, ocg_record_get_string (credential, "profile"));
    }
  json_object_set_string_member (root, "provider", provider);
  json_object_set_boolean_member (root, "explicit", has_order);
  json_object_set_array_member (root, "order", order);
  ocg_cli_print_json (cli, json_node_init_object (json_node_alloc (), root));
}

int
ocg_auth_order_get (OcgCli *cli, GError **error)
{
  g_autofree char *provider = get_provider (cli, error);
  g_autoptr (GVariant) credentials = provider != NULL ? list_credentials (cli, provider, error)
                                                      : NULL;
  gboolean has_order = credentials != NULL && is_explicit (cli, provider);

  if (credentials == NULL)
    return 0;
  if (ocg_cli_has (cli, "json"))
    print_order_json (cli, provider, credentials, has_order);
  else if (ocg_cli_has (cli, "plain"))
    ocg_records_print_plain (cli, credentials, "profile");
  else if (g_variant_n_children (credentials) == 0)
    ocg_cli_print (cli,
                   _ ("There is no credential for %s. To store a key: openclawctl models auth add "
                      "--provider %s\n"),
                   provider, provider);
  else
    {
      if (has_order)
        /* TRANSLATORS: %s is a provider; a list of its profiles follows. */
        ocg_cli_print (cli, _ ("The credentials of %s are tried in the order that was set:\n"),
                       provider);
      else
        ocg_cli_print (cli, _ ("The credentials of %s are tried in the usual order:\n"), provider);
      ocg_records_print_plain (cli, credentials, "profile");
    }
  return 0;
}

static int
set_order (OcgCli *cli, const char *provider, GStrv profiles, GError **error)
{
  OcgDbusGatewayCredentials *proxy = get_proxy (cli, error);
  g_autoptr (JsonObject) root = json_object_new ();
  JsonArray *order = NULL;

  if (proxy == NULL
      || !ocg_dbus_gateway_credentials_call_set_order_sync (
          proxy, provider, (const char *const *)profiles, ocg_client_options (), NULL, error))
    return 0;
  if (ocg_cli_has (cli, "json"))
    {
      order = json_array_new ();
      for (char **profile = profiles; *profile != NULL; profile++)
        json_array_add_string_element (order, *profile);
      json_object_set_string_member (root, "provider", provider);
      json_object_set_array_member (root, "order", order);
      ocg_cli_print_json (cli, json_node_init_object (json_node_alloc (), root));
    }
  else if (profiles[0] != NULL)
    {
      g_autofree char *list = g_strjoinv (", ", profiles);

      /* TRANSLATORS: %1$s is a provider, %2$s its profiles. */
      ocg_cli_print (cli, _ ("The credentials of %1$s are tried in this order: %2$s\n"), provider,
                     list);
    }
  else
    ocg_cli_print (cli, _ ("The credentials of %s are tried in the usual order again.\n"),
                   provider);
  return 0;
}

int
ocg_auth_order_set (OcgCli *cli, GError **error)
{
  g_autofree char *provider = get_provider (cli, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) profiles = NULL;
  const char *operand = NULL;

  if (provider == NULL)
    return 0;
  for (guint i = 0; (operand = ocg_cli_operand (cli, i)) != NULL; i++)
    {
      g_autofree char *profile = check_name (operand, error) ? complete_profile (provider, operand)
                                                             : NULL;

      if (profile == NULL)
        return 0;
      g_strv_builder_add (builder, profile);
    }
  profiles = g_strv_builder_end (builder);
  return set_order (cli, provider, profiles, error);
}

int
ocg_auth_order_clear (OcgCli *cli, GError **error)
{
  g_autofree char *provider = get_provider (cli, error);
  char *none[] = { NULL };

  return provider != NULL ? set_order (cli, provider, none, error) : 0;
}

static gboolean
clear_cooldown (OcgCli *cli, const char *profile, GError **error)
{
  OcgDbusGatewayCredentials *proxy = get_proxy (cli, error);

  return proxy != NULL
         && ocg_dbus_gateway_credentials_call_clear_cooldown_sync (
             proxy, profile, ocg_client_options (), NULL, error);
}

/* Adds each profile of @provider to @cleared once nothing keeps it from being used. */
static gboolean
clear_provider (OcgCli *cli, const char *provider, JsonArray *cleared, GError **error)
{
  g_autoptr (GVariant) credentials = list_credentials (cli, provider, error);

  if (credentials == NULL)
    return FALSE;
  for (gsize i = 0; i < g_variant_n_children (credentials); i++)
    {
      g_autoptr (GVariant) credential = g_variant_get_child_value (credentials, i);
      const char *profile = ocg_record_get_string (credential, "profile");

      if (!clear_cooldown (cli, profile, error))
        return FALSE;
      json_array_add_string_element (cleared, profile);
    }
  return TRUE;
}

/* One of a profile, a provider and --all says what is meant. */
static gboolean
clear (OcgCli *cli, JsonArray *cleared, GError **error)
{
  const char *name = ocg_cli_operand (cli, 0);
  const char *given = ocg_cli_get (cli, "provider");
  g_autofree char *provider = given != NULL ? g_ascii_strdown (given, -1) : NULL;
  g_autofree char *profile = NULL;

  if ((name != NULL && !check_name (name, error))
      || (provider != NULL && !check_name (provider, error)))
    return FALSE;
  if (name == NULL && ocg_cli_has (cli, "all"))
    return clear_cooldown (cli, "", error);
  if (name == NULL && provider != NULL)
    return clear_provider (cli, provider, cleared, error);
  if (name == NULL || (provider == NULL && strchr (name, ':') == NULL))
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                   _ ("“%s” needs a profile, such as minimax:default, or --provider, or "
                      "--all."),
                   cli->args->command->words);
      return FALSE;
    }
  profile = complete_profile (provider, name);
  if (!clear_cooldown (cli, profile, error))
    return FALSE;
  json_array_add_string_element (cleared, profile);
  return TRUE;
}

int
ocg_auth_clear_cooldown (OcgCli *cli, GError **error)
{
  g_autoptr (JsonArray) cleared = json_array_new ();
  g_autoptr (JsonObject) root = json_object_new ();
  gboolean all = ocg_cli_has (cli, "all");

  if (!clear (cli, cleared, error))
    return 0;
  if (ocg_cli_has (cli, "json"))
    {
      json_object_set_boolean_member (root, "all", all);
      json_object_set_array_member (root, "cleared", g_steal_pointer (&cleared));
      ocg_cli_print_json (cli, json_node_init_object (json_node_alloc (), root));
      return 0;
    }
  if (all)
    ocg_cli_print (cli, "%s\n", _ ("All credentials may be used again at once."));
  for (guint i = 0; i < json_array_get_length (cleared); i++)
    /* TRANSLATORS: %s is a profile such as minimax:default. */
    ocg_cli_print (cli, _ ("%s may be used again at once.\n"),
                   json_array_get_string_element (cleared, i));
  return 0;
}
