/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-model-reader.h"

#include <glib/gi18n.h>

#include "../config/ocg-config-path.h"
#include "ocg-fields.h"
#include "ocg-json-merge.h"
#include "ocg-provider-reader.h"

#define MAX_TIERS 16

static const char *const kinds_of_input[] = { "text", "image", NULL };

static void
read_input (OcgModel *self, OcgFields *fields)
{
  g_auto (GStrv) kinds = ocg_fields_dup_strings (fields, "input", kinds_of_input);

  if (kinds != NULL)
    self->takes_images = g_strv_contains ((const char *const *) kinds, "image");
}

static void
read_api (OcgModel *self, OcgFields *fields)
{
  char *api = ocg_provider_read_api (fields);

  if (api == NULL)
    return;
  ocg_model_replace_string (&self->api, g_strdup (api));
  ocg_model_replace_string (&self->own_api, api);
}

static gboolean
read_tier (OcgFields *cost, JsonNode *node, guint i, guint64 below, OcgPriceTier *tier)
{
  g_autofree char *list = ocg_config_path_join (cost->path, "tiers");
  g_autofree char *path = ocg_config_path_join_index (list, i);
  JsonObject *json = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  OcgFields fields = { json, path, cost->problems, FALSE, NULL };
  gboolean ok = FALSE;

  if (json == NULL)
    {
      ocg_fields_fail (cost, "tiers", _ ("this must be a list of objects, “{ … }”"), NULL);
      return FALSE;
    }
  tier->above = ocg_fields_get_count (&fields, "above", 0);
  if (tier->above <= below && !fields.failed)
    ocg_fields_fail (&fields, "above",
                     _ ("this must be a number of tokens, more than in the tier before"), NULL);
  tier->input = ocg_fields_get_price (&fields, "input", 0);
  tier->output = ocg_fields_get_price (&fields, "output", 0);
  tier->cache_read = ocg_fields_get_price (&fields, "cacheRead", 0);
  tier->cache_write = ocg_fields_get_price (&fields, "cacheWrite", 0);
  ok = !fields.failed;
  ocg_fields_join (cost, &fields);
  return ok;
}

static void
read_tiers (OcgModel *self, OcgFields *cost)
{
  JsonArray *array = ocg_fields_get_array (cost, "tiers");
  guint length = array != NULL ? json_array_get_length (array) : 0;
  OcgPriceTier tier = { 0 };

  if (length > MAX_TIERS)
    {
      ocg_fields_fail (cost, "tiers", _ ("these are too many tiers"), NULL);
      return;
    }
  if (length > 0)
    self->prices.tiers = g_array_new (FALSE, FALSE, sizeof (OcgPriceTier));
  for (guint i = 0; i < length; i++)
    if (read_tier (cost, json_array_get_element (array, i), i, tier.above, &tier))
      g_array_append_val (self->prices.tiers, tier);
}

/* In a "cost" that is given a price that is missing is 0, as in OpenClaw; tiers beneath it belong
 * to prices that no longer hold. */
static void
read_prices (OcgModel *self, OcgFields *fields, gboolean openclaw)
{
  JsonObject *json = ocg_fields_get_object (fields, "cost");
  g_autofree char *path = json != NULL ? ocg_config_path_join (fields->path, "cost") : NULL;
  OcgFields cost = { json, path, fields->problems, FALSE, NULL };
  OcgPrices *prices = &self->prices;

  if (json == NULL)
    return;
  g_clear_pointer (&prices->tiers, g_array_unref);
  prices->input = ocg_fields_get_price (&cost, "input", MAX (prices->input, 0));
  prices->output = ocg_fields_get_price (&cost, "output", MAX (prices->output, 0));
  prices->cache_read = ocg_fields_get_price (&cost, "cacheRead", MAX (prices->cache_read, 0));
  prices->cache_write = ocg_fields_get_price (&cost, "cacheWrite", MAX (prices->cache_write, 0));
  if (!openclaw)
    read_tiers (self, &cost);
  ocg_fields_join (fields, &cost);
}

static void
read_limits (OcgModel *self, OcgFields *fields)
{
  guint64 window = ocg_fields_get_count (fields, "contextWindow", G_MAXUINT64);
  /* Newer OpenClaw: how much of the window to use. */
  guint64 working_limit = ocg_fields_get_count (fields, "contextTokens", G_MAXUINT64);

  if (MIN (window, working_limit) != G_MAXUINT64)
    self->context_window = MIN (window, working_limit);
  self->max_tokens = ocg_fields_get_count (fields, "maxTokens", self->max_tokens);
}

static void
read_compat (OcgModel *self, OcgFields *fields)
{
  if (ocg_fields_get_object (fields, "compat") != NULL)
    ocg_model_take_compat (self, ocg_json_merge (self->compat_node, json_object_get_member (
                                                                        fields->json, "compat")));
}

static void
read_headers (OcgModel *self, OcgFields *fields)
{
  GHashTable *headers = ocg_fields_dup_headers (fields, "headers", self->headers);

  g_clear_pointer (&self->headers, g_hash_table_unref);
  self->headers = headers;
}

OcgModel *
ocg_model_read (OcgProvider *provider, JsonObject *json, OcgModel *base, const char *path,
                gboolean openclaw, OcgProblems *problems)
{
  g_auto (OcgFields) fields = { json, path, problems, FALSE, NULL };
  g_autofree char *id = ocg_fields_dup_string (&fields, "id", "");
  g_autoptr (OcgModel) self = ocg_model_new_upon (provider, id, base);

  if (!ocg_model_is_name (id) && !fields.failed)
    ocg_fields_fail (&fields, "id", _ ("this must be the id of a model, without white space"),
                     NULL);
  ocg_model_replace_string (&self->name, ocg_fields_dup_string (&fields, "name", self->name));
  read_api (self, &fields);
  self->reasoning = ocg_fields_get_boolean (&fields, "reasoning", self->reasoning);
  read_input (self, &fields);
  read_limits (self, &fields);
  read_prices (self, &fields, openclaw);
  read_headers (self, &fields);
  read_compat (self, &fields);
  if (!openclaw)
    {
      ocg_model_replace_string (&self->alias,
                                ocg_fields_dup_string (&fields, "alias", self->alias));
      self->deprecated = ocg_fields_get_boolean (&fields, "deprecated", self->deprecated);
    }
  return fields.failed ? NULL : g_steal_pointer (&self);
}

void
ocg_model_table_init (OcgModelTable *self)
{
  self->models = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_model_unref);
  self->place_of = g_hash_table_new (g_str_hash, g_str_equal);
}

void
ocg_model_table_clear (OcgModelTable *self)
{
  g_clear_pointer (&self->place_of, g_hash_table_unref);
  g_clear_pointer (&self->models, g_ptr_array_unref);
}

OcgModel *
ocg_model_table_find (OcgModelTable *self, const char *id)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->place_of, id));

  return place > 0 ? g_ptr_array_index (self->models, place - 1) : NULL;
}

void
ocg_model_table_put (OcgModelTable *self, OcgModel *model)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->place_of, model->id));

  if (place == 0)
    {
      g_ptr_array_add (self->models, model);
      g_hash_table_insert (self->place_of, model->id, GUINT_TO_POINTER (self->models->len));
      return;
    }
  g_hash_table_replace (self->place_of, model->id, GUINT_TO_POINTER (place));
  ocg_model_unref (g_ptr_array_index (self->models, place - 1));
  g_ptr_array_index (self->models, place - 1) = model;
}

/* @seen: the ids that the list had before */
static void
read_entry (OcgModelTable *self, OcgProvider *provider, JsonNode *node, const char *path,
            gboolean openclaw, GHashTable *seen, OcgProblems *problems)
{
  JsonObject *json = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *id_node = json != NULL ? json_object_get_member (json, "id") : NULL;
  const char *id = "";
  OcgModel *model = NULL;

  if (json == NULL)
    {
      ocg_problems_add (problems, OCG_SEVERITY_ERROR, path,
                        _ ("this must be an object, “{ … }”"), NULL);
      return;
    }
  if (id_node != NULL && json_node_get_value_type (id_node) == G_TYPE_STRING)
    id = json_node_get_string (id_node);
  if (g_hash_table_contains (seen, id))
    {
      ocg_problems_add (problems, OCG_SEVERITY_ERROR, path,
                        _ ("the list has this id already; the first entry counts"), NULL);
      return;
    }
  model = ocg_model_read (provider, json, ocg_model_table_find (self, id), path, openclaw,
                          problems);
  if (model == NULL)
    return;
  g_hash_table_add (seen, (gpointer) id);
  ocg_model_table_put (self, model);
}

void
ocg_model_table_read (OcgModelTable *self, OcgProvider *provider, JsonObject *json,
                      const char *path, gboolean openclaw, OcgProblems *problems)
{
  g_autofree char *list_path = ocg_config_path_join (path, "models");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonNode *node = json_object_get_member (json, "models");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  if (node != NULL && array == NULL)
    ocg_problems_add (problems, OCG_SEVERITY_ERROR, list_path,
                      _ ("this must be a list, “[ … ]”"), NULL);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *entry_path = ocg_config_path_join_index (list_path, i);

      read_entry (self, provider, json_array_get_element (array, i), entry_path, openclaw, seen,
                  problems);
    }
}
