/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the layers of the settings say of providers, by provider. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../config/ocg-config-path.h"
#include "ocg-built-in.h"
#include "ocg-catalog-private.h"
#include "ocg-provider-reader.h"

static OcgProviderLayer *
get_layer (OcgCatalog *self, guint i)
{
  return g_ptr_array_index (self->settings->layers, i);
}

/* In replace mode only what openclaw.json says exists. */
static gboolean
counts (OcgCatalog *self, OcgProviderLayer *layer)
{
  return !self->settings->replace || layer->kind >= OCG_LAYER_ADMIN_CONFIG;
}

char *
ocg_catalog_normalize_id (OcgCatalog *self, const char *id)
{
  g_autofree char *lower = g_ascii_strdown (id, -1);
  const char *meant = g_hash_table_lookup (self->provider_by_alias, lower);

  return meant != NULL ? g_strdup (meant) : ocg_provider_normalize_id (lower);
}

/* An alias must not take the name of a provider that there is. */
static void
add_aliases (OcgCatalog *self, const char *name, JsonNode *node, GHashTable *names)
{
  JsonObject *json = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *list = json != NULL ? json_object_get_member (json, "aliases") : NULL;
  JsonArray *array = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list)
                                                                  : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      g_autofree char *alias = NULL;

      if (json_node_get_value_type (element) != G_TYPE_STRING)
        continue;
      alias = g_ascii_strdown (json_node_get_string (element), -1);
      if (ocg_built_in_find (alias) == NULL && ocg_built_in_find_alias (alias) == NULL
          && !g_hash_table_contains (names, alias)
          && !g_hash_table_contains (self->provider_by_alias, alias))
        g_hash_table_insert (self->provider_by_alias, g_steal_pointer (&alias),
                             ocg_provider_normalize_id (name));
    }
}

/* Set of the ids that the layers have, in lower case. */
static GHashTable *
collect_names (OcgCatalog *self)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonObjectIter iter;
  const char *name = NULL;

  for (guint i = 0; i < self->settings->layers->len; i++)
    {
      json_object_iter_init (&iter, get_layer (self, i)->providers);
      while (json_object_iter_next (&iter, &name, NULL))
        g_hash_table_add (names, g_ascii_strdown (name, -1));
    }
  return names;
}

void
ocg_catalog_index_names (OcgCatalog *self)
{
  g_autoptr (GHashTable) names = collect_names (self);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  self->provider_by_alias = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < self->settings->layers->len; i++)
    {
      OcgProviderLayer *layer = get_layer (self, i);

      if (layer->kind > OCG_LAYER_USER || !counts (self, layer))
        continue;
      json_object_iter_init_ordered (&iter, layer->providers);
      while (json_object_iter_next_ordered (&iter, &name, &node))
        add_aliases (self, name, node, names);
    }
}

static void
add_entry (GHashTable *entries, const char *id, OcgProviderLayer *layer, const char *name,
           JsonObject *json)
{
  GPtrArray *list = g_hash_table_lookup (entries, id);
  OcgProviderEntry *entry = g_new0 (OcgProviderEntry, 1);

  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (entries, g_strdup (id), list);
    }
  entry->layer = layer;
  entry->name = name;
  entry->json = json;
  g_ptr_array_add (list, entry);
}

/* @seen: set of the ids that the layer had before */
static void
collect_entry (OcgCatalog *self, GHashTable *entries, OcgProviderLayer *layer, const char *name,
               JsonNode *node, GHashTable *seen, OcgProblems *problems)
{
  g_autofree char *id = ocg_catalog_normalize_id (self, name);
  g_autofree char *path = ocg_config_path_join ("models.providers", name);
  const char *what = NULL;

  if (!ocg_model_is_name (id) || strchr (id, '/') != NULL)
    what = _ ("the id of a provider has no white space and no “/”");
  else if (!JSON_NODE_HOLDS_OBJECT (node))
    what = _ ("this must be an object, “{ … }”");
  else if (g_hash_table_contains (seen, id))
    what = _ ("the same provider is there already; the first entry counts");
  if (what != NULL)
    {
      ocg_problems_add (problems, OCG_SEVERITY_ERROR, path, what, NULL);
      return;
    }
  add_entry (entries, id, layer, name, json_node_get_object (node));
  g_hash_table_add (seen, g_steal_pointer (&id));
}

GHashTable *
ocg_catalog_collect_entries (OcgCatalog *self, OcgProblems *problems)
{
  GHashTable *entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                               (GDestroyNotify) g_ptr_array_unref);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  for (guint i = 0; i < self->settings->layers->len; i++)
    {
      OcgProviderLayer *layer = get_layer (self, i);
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      if (!counts (self, layer))
        continue;
      ocg_problems_set_source (problems, layer->tree);
      json_object_iter_init_ordered (&iter, layer->providers);
      while (json_object_iter_next_ordered (&iter, &name, &node))
        collect_entry (self, entries, layer, name, node, seen, problems);
    }
  return entries;
}

static void
add_variables (GHashTable *variables, JsonObject *json)
{
  JsonNode *list = json_object_get_member (json, "envKeys");
  JsonArray *array = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list)
                                                                  : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (json_node_get_value_type (element) == G_TYPE_STRING)
        g_hash_table_add (variables, json_node_dup_string (element));
    }
}

GHashTable *
ocg_catalog_collect_variables (OcgCatalog *self)
{
  GHashTable *variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *built_in = ocg_built_in_get_all ();
  JsonObjectIter iter;
  JsonNode *node = NULL;

  for (guint i = 0; i < built_in->len; i++)
    for (char **name = ((OcgBuiltIn *) built_in->pdata[i])->provider->env_keys; *name != NULL;
         name++)
      g_hash_table_add (variables, g_strdup (*name));
  for (guint i = 0; i < self->settings->layers->len; i++)
    {
      OcgProviderLayer *layer = get_layer (self, i);

      if (layer->kind > OCG_LAYER_ADMIN)
        continue;
      json_object_iter_init (&iter, layer->providers);
      while (json_object_iter_next (&iter, NULL, &node))
        if (JSON_NODE_HOLDS_OBJECT (node))
          add_variables (variables, json_node_get_object (node));
    }
  return variables;
}
