/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-json-text.h"
#include "ocg-names.h"
#include "ocg-records.h"
#include "ocg-table.h"

#include <glib/gi18n.h>

/* "200k" for 200000 tokens: the exact number is in --json. */
static char *
format_tokens (guint64 tokens)
{
  if (tokens >= 1000000)
    return g_strdup_printf ("%.3gM", (double) tokens / 1e6);
  if (tokens >= 1000)
    return g_strdup_printf ("%.0fk", (double) tokens / 1e3);
  return tokens > 0 ? g_strdup_printf ("%u", (guint) tokens) : g_strdup ("-");
}

static char *
format_tags (GVariant *model)
{
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autofree const char **aliases = ocg_record_get_strv (model, "aliases");
  gint64 rank = -1;

  if (ocg_record_get_boolean (model, "default", FALSE))
    g_strv_builder_add (tags, "default");
  if (ocg_record_get_integer (model, "fallback-rank", &rank) && rank >= 0)
    {
      g_autofree char *tag = g_strdup_printf ("fallback#%" G_GINT64_FORMAT, rank + 1);

      g_strv_builder_add (tags, tag);
    }
  for (guint i = 0; aliases != NULL && aliases[i] != NULL; i++)
    {
      g_autofree char *tag = g_strconcat ("alias:", aliases[i], NULL);

      g_strv_builder_add (tags, tag);
    }
  if (ocg_record_get_boolean (model, "local", FALSE))
    g_strv_builder_add (tags, "local");
  if (g_str_equal (ocg_record_get_string (model, "credential"), "missing"))
    g_strv_builder_add (tags, "missing");
  if (!ocg_record_get_boolean (model, "allowed", TRUE))
    g_strv_builder_add (tags, "not-allowed");
  all = g_strv_builder_end (tags);
  return g_strjoinv (",", all);
}

static void
print_table (OcgCli *cli, GVariant *models)
{
  g_autoptr (OcgTable) table
      = ocg_table_new (1, _ ("REF"), _ ("TAGS"), _ ("INPUT"), _ ("CONTEXT"), NULL);

  ocg_table_set_wraps (table, 1);
  ocg_table_give_way (table, 2, 0);
  ocg_table_give_way (table, 3, 0);
  ocg_table_give_way (table, 0, 16);

  for (gsize i = 0; i < g_variant_n_children (models); i++)
    {
      g_autoptr (GVariant) model = g_variant_get_child_value (models, i);
      g_autofree const char **inputs = ocg_record_get_strv (model, "input");
      g_autofree char *input = inputs != NULL ? g_strjoinv ("+", (GStrv) inputs) : g_strdup ("-");
      g_autofree char *tags = format_tags (model);
      g_autofree char *context = NULL;
      gint64 window = 0;

      ocg_record_get_integer (model, "context-window", &window);
      context = format_tokens ((guint64) MAX (window, 0));
      ocg_table_add_row (table, ocg_record_get_string (model, "ref"), tags, input, context, NULL);
    }
  if (ocg_table_get_n_rows (table) > 0)
    ocg_table_append_to (table, cli->out, 0);
  else if (ocg_cli_has (cli, "local"))
    ocg_cli_print (cli, "%s\n",
                   _ ("There are no models on this machine. Start a server such as Ollama or LM "
                      "Studio, then run: openclawctl models list --local --refresh"));
  else
    ocg_cli_print (cli, "%s\n",
                   _ ("There are no such models. Store a key to get some: openclawctl models auth "
                      "add --provider PROVIDER. All that are known: openclawctl models list "
                      "--all"));
}

static void
add_provider (OcgCli *cli, GVariantBuilder *options)
{
  if (ocg_cli_get (cli, "provider") != NULL)
    g_variant_builder_add (options, "{sv}", "provider",
                           g_variant_new_string (ocg_cli_get (cli, "provider")));
}

/* Has the gateway look for models before it lists them. */
static gboolean
refresh (OcgCli *cli, OcgDbusGateway *gateway, GError **error)
{
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();

  add_provider (cli, options);
  return ocg_dbus_gateway_call_refresh_models_sync (gateway, g_variant_builder_end (options), NULL,
                                                    error);
}

int
ocg_models_list (OcgCli *cli, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  OcgDbusGateway *gateway = client != NULL ? ocg_client_get_gateway (client, error) : NULL;
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  g_autoptr (GVariant) models = NULL;

  if (ocg_cli_has (cli, "all"))
    g_variant_builder_add (options, "{sv}", "all", g_variant_new_boolean (TRUE));
  if (ocg_cli_has (cli, "local"))
    g_variant_builder_add (options, "{sv}", "local", g_variant_new_boolean (TRUE));
  add_provider (cli, options);
  if (gateway == NULL || (ocg_cli_has (cli, "refresh") && !refresh (cli, gateway, error))
      || !ocg_dbus_gateway_call_list_models_sync (gateway, g_variant_builder_end (options), &models,
                                                  NULL, error))
    return 0;

  if (ocg_cli_has (cli, "json"))
    ocg_cli_print_json (cli, ocg_records_to_json ("models", models));
  else if (ocg_cli_has (cli, "plain"))
    ocg_records_print_plain (cli, models, "ref");
  else
    print_table (cli, models);
  return 0;
}

int
ocg_models_set (OcgCli *cli, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  OcgDbusGateway *gateway = client != NULL ? ocg_client_get_gateway (client, error) : NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) properties = NULL;
  const char *model = NULL;

  cli->model = ocg_cli_operand (cli, 0);
  if (gateway == NULL
      || !ocg_dbus_gateway_call_set_default_model_sync (gateway, cli->model, ocg_client_options (),
                                                        &reply, NULL, error))
    return 0;
  properties = ocg_client_get_properties (client, OCG_IFACE_GATEWAY, TRUE, error);
  if (properties == NULL)
    return 0;
  model = ocg_record_get_string (properties, "DefaultModel");

  ocg_cli_warn (cli, reply);
  if (ocg_cli_has (cli, "json"))
    {
      JsonNode *node = ocg_json_from_variant (reply);

      json_object_set_string_member (json_node_get_object (node), "default", model);
      ocg_cli_print_json (cli, node);
    }
  else
    ocg_cli_print (cli, _ ("The default model is %s.\n"), model);
  return 0;
}
