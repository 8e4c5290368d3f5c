/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-auth-check.h"
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

static gint64
get_rank (GVariant *model)
{
  gint64 rank = -1;

  ocg_record_get_integer (model, "fallback-rank", &rank);
  return rank;
}

static void
add_fallback_tag (GStrvBuilder *tags, gint64 rank)
{
  g_autofree char *tag = g_strdup_printf ("fallback#%" G_GINT64_FORMAT, rank + 1);

  g_strv_builder_add (tags, tag);
}

/* @images: the models for images, of char*. */
static char *
format_tags (GVariant *model, GPtrArray *images)
{
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autofree const char **aliases = ocg_record_get_strv (model, "aliases");
  const char *ref = ocg_record_get_string (model, "ref");

  if (ocg_record_get_boolean (model, "default", FALSE))
    g_strv_builder_add (tags, "default");
  if (get_rank (model) >= 0)
    add_fallback_tag (tags, get_rank (model));
  if (g_ptr_array_find_with_equal_func (images, ref, g_str_equal, NULL))
    g_strv_builder_add (tags, "image");
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
add_model (OcgTable *table, GVariant *model, GPtrArray *images)
{
  g_autofree const char **inputs = ocg_record_get_strv (model, "input");
  g_autofree char *input = inputs != NULL ? g_strjoinv ("+", (GStrv) inputs) : g_strdup ("-");
  g_autofree char *tags = format_tags (model, images);
  g_autofree char *context = NULL;
  gint64 window = 0;

  ocg_record_get_integer (model, "context-window", &window);
  context = format_tokens ((guint64) MAX (window, 0));
  ocg_table_add_row (table, ocg_record_get_string (model, "ref"), tags, input, context, NULL);
}

/* A model that is to be used, and that the gateway does not know. @rank: -1 is the default. */
static void
add_unknown (OcgTable *table, GVariant *models, const char *ref, gint64 rank)
{
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autofree char *text = NULL;

  if (*ref == '\0' || ocg_records_have (models, "ref", ref))
    return;
  if (rank == -1)
    g_strv_builder_add (tags, "default");
  else
    add_fallback_tag (tags, rank);
  g_strv_builder_add (tags, "missing");
  all = g_strv_builder_end (tags);
  text = g_strjoinv (",", all);
  ocg_table_add_row (table, ref, text, "-", "-", NULL);
}

static void
add_models (OcgCli *cli, OcgTable *table, GVariant *models)
{
  g_autoptr (GPtrArray) images = ocg_auth_list_image_models (cli->client);
  gboolean is_part = ocg_cli_has (cli, "provider") || ocg_cli_has (cli, "local");
  g_autoptr (GVariant) gateway
      = is_part ? NULL : ocg_client_get_properties (cli->client, OCG_IFACE_GATEWAY, TRUE, NULL);
  g_autofree const char **fallbacks
      = gateway != NULL ? ocg_record_get_strv (gateway, "FallbackModels") : NULL;

  if (gateway != NULL)
    add_unknown (table, models, ocg_record_get_string (gateway, "DefaultModel"), -1);
  for (gsize i = 0; i < g_variant_n_children (models); i++)
    {
      g_autoptr (GVariant) model = g_variant_get_child_value (models, i);

      add_model (table, model, images);
    }
  for (guint i = 0; fallbacks != NULL && fallbacks[i] != NULL; i++)
    add_unknown (table, models, fallbacks[i], i);
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
  add_models (cli, table, models);
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

/* The default model comes first, then the fallbacks, then the others. */
static guint64
get_place (GVariant *model)
{
  gint64 rank = get_rank (model);

  if (ocg_record_get_boolean (model, "default", FALSE))
    return 0;
  return rank >= 0 ? (guint64) rank + 1 : G_MAXUINT64;
}

static gint
compare_places (gconstpointer a, gconstpointer b)
{
  guint64 first = get_place (*(GVariant *const *) a);
  guint64 second = get_place (*(GVariant *const *) b);

  return (first > second) - (first < second);
}

/* Takes @models. The others stay in the order of the gateway. */
static GVariant *
sort_models (GVariant *models)
{
  g_autoptr (GVariant) unsorted = models;
  g_autoptr (GPtrArray) array = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  GVariant *sorted = NULL;

  for (gsize i = 0; i < g_variant_n_children (unsorted); i++)
    g_ptr_array_add (array, g_variant_get_child_value (unsorted, i));
  g_ptr_array_sort (array, compare_places);
  sorted = g_variant_new_array (G_VARIANT_TYPE_VARDICT, (GVariant *const *) array->pdata,
                                array->len);
  return g_variant_ref_sink (sorted);
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
  models = sort_models (g_steal_pointer (&models));

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
