/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-auth-choices.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../login/ocg-login-plan.h"
#include "../wire/ocg-json.h"

/* Labels and names of the built-in data, for translators. */
static const char *const words[] G_GNUC_UNUSED = {
  N_ ("Global"),
  N_ ("China"),
  N_ ("MiniMax login"),
  N_ ("MiniMax login (Global)"),
  N_ ("MiniMax login (China)"),
  N_ ("MiniMax API key (Global)"),
  N_ ("MiniMax API key (China)"),
  N_ ("MiniMax API key (Global), Lightning"),
  N_ ("Qwen login"),
  N_ ("LM Studio on this computer"),
  N_ ("Ollama on this computer"),
  N_ ("Anthropic API key"),
  N_ ("Anthropic setup token"),
  N_ ("OpenAI API key"),
};

gboolean
ocg_auth_choices_is_enabled (OcgSettings *settings, const char *plugin)
{
  return plugin == NULL || GPOINTER_TO_INT (g_hash_table_lookup (settings->plugins, plugin)) != 0;
}

static const char *
translate (const char *text)
{
  return text != NULL && *text != '\0' ? _ (text) : "";
}

static void
insert_string (GVariantDict *dict, const char *key, const char *value)
{
  if (value != NULL && *value != '\0')
    g_variant_dict_insert (dict, key, "s", value);
}

static void
insert_strv (GVariantDict *dict, const char *key, GStrv values)
{
  g_variant_dict_insert_value (dict, key,
                               g_variant_new_strv ((const char *const *) values, -1));
}

static GStrv
dup_texts (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));
  return g_strv_builder_end (builder);
}

/* @first: (nullable) ids that come before the rest, whether they are listed or not. */
static GStrv
suggest (OcgCatalog *catalog, OcgProvider *provider, JsonArray *first)
{
  GPtrArray *models = ocg_catalog_get_models (catalog);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) ids = dup_texts (first);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *ref = g_strconcat (provider->id, "/", ids[i], NULL);

      if (g_hash_table_add (seen, g_strdup (ref)))
        g_strv_builder_add (builder, ref);
    }
  for (guint i = 0; i < models->len; i++)
    {
      OcgModel *model = g_ptr_array_index (models, i);

      if (g_str_equal (model->provider->id, provider->id) && !model->deprecated
          && g_hash_table_add (seen, g_strdup (model->ref)))
        g_strv_builder_add (builder, model->ref);
    }
  return g_strv_builder_end (builder);
}

static JsonObject *
get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

GStrv
ocg_auth_choices_suggest_for_login (OcgCatalog *catalog, OcgProvider *provider)
{
  return suggest (catalog, provider,
                  ocg_json_get_array (get_object (provider->login), "models"));
}

static GVariant *
list_regions (JsonObject *regions)
{
  GVariantBuilder list;
  JsonObjectIter iter;
  const char *id = NULL;

  g_variant_builder_init (&list, G_VARIANT_TYPE ("aa{sv}"));
  json_object_iter_init_ordered (&iter, regions);
  while (json_object_iter_next_ordered (&iter, &id, NULL))
    {
      JsonObject *region = ocg_json_get_object (regions, id);
      const char *name = ocg_json_get_string (region, "name");
      GVariantDict dict;

      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "id", "s", id);
      g_variant_dict_insert (&dict, "name", "s", name != NULL ? translate (name) : id);
      insert_string (&dict, "base-url", ocg_json_get_string (region, "baseUrl"));
      insert_string (&dict, "keys-url", ocg_json_get_string (region, "keysUrl"));
      g_variant_builder_add_value (&list, g_variant_dict_end (&dict));
    }
  return g_variant_builder_end (&list);
}

static void
insert_login (GVariantDict *dict, OcgCatalog *catalog, OcgProvider *provider)
{
  JsonObject *login = get_object (provider->login);
  const char *plugin = ocg_json_get_string (login, "plugin");
  const char *id = ocg_json_get_string (login, "id");

  insert_string (dict, "login", id != NULL ? id : provider->id);
  insert_string (dict, "plugin", plugin);
  if (plugin != NULL)
    g_variant_dict_insert (
        dict, "plugin-enabled", "b",
        ocg_auth_choices_is_enabled (ocg_catalog_get_settings (catalog), plugin));
}

/* The region of @choice, if nobody has to be asked for it. (nullable) */
static const char *
get_region (OcgProvider *provider, JsonObject *choice)
{
  const char *region = ocg_json_get_string (choice, "region");
  JsonObject *regions = get_object (provider->regions);
  JsonObjectIter iter;

  if (region != NULL || regions == NULL || json_object_get_size (regions) != 1)
    return region;
  json_object_iter_init (&iter, regions);
  json_object_iter_next (&iter, &region, NULL);
  return region;
}

/* What holds for every choice of @provider; those of one region have the address of that one. */
static void
insert_provider (GVariantDict *dict, OcgProvider *provider, const char *region)
{
  JsonObject *regions = get_object (provider->regions);
  JsonObject *place = region != NULL ? ocg_json_get_object (regions, region) : NULL;
  const char *base_url = ocg_json_get_string (place, "baseUrl");
  const char *keys_url = ocg_json_get_string (place, "keysUrl");

  g_variant_dict_insert (dict, "provider", "s", provider->id);
  g_variant_dict_insert (dict, "provider-name", "s", provider->name);
  insert_string (dict, "region", region);
  if (regions != NULL && json_object_get_size (regions) > 0)
    g_variant_dict_insert_value (dict, "regions", list_regions (regions));
  insert_string (dict, "api", provider->api);
  insert_string (dict, "base-url", base_url != NULL ? base_url : provider->base_url);
  insert_string (dict, "keys-url", keys_url != NULL ? keys_url : provider->keys_url);
}

/* @choice: (nullable) NULL makes one of what is known of the provider. */
static GVariant *
new_choice (OcgCatalog *catalog, OcgProvider *provider, JsonObject *choice)
{
  const char *name = ocg_json_get_string (choice, "choice");
  const char *method = ocg_json_get_string (choice, "method");
  const char *label = ocg_json_get_string (choice, "label");
  JsonArray *first = ocg_json_get_array (choice, "models");
  g_auto (GStrv) aliases = dup_texts (ocg_json_get_array (choice, "aliases"));
  g_auto (GStrv) models = NULL;
  GVariantDict dict;

  if (!provider->needs_key && (method == NULL || g_str_equal (method, "api-key")))
    method = "none";
  if (method == NULL)
    method = "api-key";
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "choice", "s", name != NULL ? name : provider->id);
  insert_strv (&dict, "aliases", aliases);
  g_variant_dict_insert (&dict, "label", "s", label != NULL ? translate (label) : provider->name);
  g_variant_dict_insert (&dict, "method", "s", method);
  insert_provider (&dict, provider, get_region (provider, choice));
  if (g_str_equal (method, "oauth") && ocg_login_plan_exists (provider))
    {
      insert_login (&dict, catalog, provider);
      models = ocg_auth_choices_suggest_for_login (catalog, provider);
    }
  else
    insert_string (&dict, "env", ocg_provider_get_env_key (provider));
  if (models == NULL)
    models = suggest (catalog, provider, first);
  insert_strv (&dict, "models", models);
  return g_variant_dict_end (&dict);
}

static void
add_choices (GVariantBuilder *list, OcgCatalog *catalog, OcgProvider *provider)
{
  JsonNode *node = provider->auth_choices;
  gboolean is_list = node != NULL && JSON_NODE_HOLDS_ARRAY (node);
  JsonArray *choices = is_list ? json_node_get_array (node) : NULL;
  guint n = choices != NULL ? json_array_get_length (choices) : 0;

  for (guint i = 0; i < n; i++)
    if (ocg_json_array_get_object (choices, i) != NULL)
      g_variant_builder_add_value (
          list, new_choice (catalog, provider, ocg_json_array_get_object (choices, i)));
  if (n == 0)
    g_variant_builder_add_value (list, new_choice (catalog, provider, NULL));
}

GVariant *
ocg_auth_choices_list (OcgCatalog *catalog, const char *provider)
{
  GPtrArray *providers = ocg_catalog_get_providers (catalog);
  GVariantBuilder list;

  g_variant_builder_init (&list, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < providers->len; i++)
    {
      OcgProvider *each = g_ptr_array_index (providers, i);

      if (provider == NULL || ocg_provider_is_named (each, provider))
        add_choices (&list, catalog, each);
    }
  return g_variant_builder_end (&list);
}
