/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-model-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../config/ocg-config-path.h"
#include "ocg-fields.h"
#include "ocg-model-compat.h"
#include "ocg-provider-reader.h"

#define MAX_TIERS 16

static const char *const kinds_of_input[] = { "text", "image", NULL };

/* OpenClaw lets a list be without "text". */
static void
read_input (OcgModel *self, OcgFields *fields, gboolean openclaw)
{
  gboolean failed = fields->failed;
  g_auto (GStrv) kinds = NULL;

  fields->failed = FALSE;
  kinds = ocg_fields_dup_strings (fields, "input", kinds_of_input);
  if (kinds != NULL && !fields->failed && !openclaw
      && !g_strv_contains ((const char *const *) kinds, "text"))
    ocg_fields_fail (fields, "input",
                     _ ("“text” is missing in this list: every model takes text"), NULL);
  if (kinds != NULL)
    self->takes_images = g_strv_contains ((const char *const *) kinds, "image");
  fields->failed = fields->failed || failed;
}

static void
read_name (OcgModel *self, OcgFields *fields)
{
  g_autofree char *name = ocg_fields_dup_string (fields, "name", NULL);

  if (name == NULL)
    return;
  if (*name == '\0')
    ocg_fields_fail (fields, "name", _ ("this must not be empty"), NULL);
  ocg_model_replace_string (&self->name, g_steal_pointer (&name));
}

/* Letters, digits and "-", as data/providers.schema.json has it. */
static gboolean
is_short_name (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-");

  return g_ascii_islower (*text) && text[length] == '\0';
}

static void
read_alias (OcgModel *self, OcgFields *fields)
{
  g_autofree char *alias = ocg_fields_dup_string (fields, "alias", NULL);

  if (alias == NULL)
    return;
  if (!is_short_name (alias))
    ocg_fields_fail (fields, "alias",
                     _ ("this must be a name of small letters, digits and “-”, with a letter in "
                        "front"),
                     NULL);
  ocg_model_replace_string (&self->alias, g_steal_pointer (&alias));
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

/* Long requests must not become free because a price was forgotten. */
static double
read_tier_price (OcgFields *fields, const char *name)
{
  if (!json_object_has_member (fields->json, name))
    ocg_fields_fail (fields, name, _ ("this is missing; in a tier each price has to be given"),
                     NULL);
  return ocg_fields_get_price (fields, name, 0);
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
  tier->input = read_tier_price (&fields, "input");
  tier->output = read_tier_price (&fields, "output");
  tier->cache_read = read_tier_price (&fields, "cacheRead");
  tier->cache_write = read_tier_price (&fields, "cacheWrite");
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
  if (array != NULL && length == 0)
    ocg_fields_fail (cost, "tiers", _ ("this must not be empty"), NULL);
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

/* @window: 0: not known */
static void
note_beyond_window (OcgFields *fields, const char *name, guint64 tokens, guint64 window)
{
  if (json_object_has_member (fields->json, name) && window > 0 && tokens > window)
    ocg_fields_note (fields, OCG_SEVERITY_WARNING, name,
                     _ ("these are more tokens than the “contextWindow” of the model"), NULL);
}

/* @is_new: nothing beneath says how large the window is. */
static void
read_limits (OcgModel *self, OcgFields *fields, gboolean is_new)
{
  guint64 window = ocg_fields_get_count (fields, "contextWindow", 0);

  /* Newer OpenClaw: how much of the window to use. */
  self->working_limit = ocg_fields_get_count (fields, "contextTokens", self->working_limit);
  if (window > 0)
    ocg_model_set_window (self, window);
  else if (is_new && self->working_limit > 0)
    ocg_model_set_window (self, self->working_limit);
  else
    ocg_model_set_window (self, self->full_window);
  self->max_tokens = ocg_fields_get_count (fields, "maxTokens", self->max_tokens);
  note_beyond_window (fields, "contextTokens", self->working_limit,
                      self->loaded_context == 0 ? self->full_window : 0);
  note_beyond_window (fields, "maxTokens", self->max_tokens, window);
}

static void
read_compat (OcgModel *self, OcgFields *fields)
{
  JsonNode *compat = ocg_model_compat_read (fields, self->compat_node);

  if (compat != NULL)
    ocg_model_take_compat (self, compat);
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
  read_name (self, &fields);
  read_api (self, &fields);
  self->reasoning = ocg_fields_get_boolean (&fields, "reasoning", self->reasoning);
  read_input (self, &fields, openclaw);
  read_limits (self, &fields, base == NULL);
  read_prices (self, &fields, openclaw);
  read_headers (self, &fields);
  read_compat (self, &fields);
  if (!openclaw)
    {
      read_alias (self, &fields);
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
