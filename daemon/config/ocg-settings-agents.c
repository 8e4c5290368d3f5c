/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* agents.defaults of openclaw.json. */

#include "config.h"

#include "ocg-settings-sections.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ocg-config-path.h"
#include "ocg-model-params.h"
#include "ocg-replace.h"

#define DEFAULTS "agents.defaults"
#define MODELS DEFAULTS ".models"

/* Text is the primary alone: it has no fallbacks beside it. Of {primary, fallbacks} each member
 * counts for itself. */
static void
read_model (OcgSettingsReader *reader, JsonObject *defaults, const char *name, char **primary,
            GStrv *fallbacks)
{
  JsonNode *node = json_object_get_member (defaults, name);
  g_autofree char *path = ocg_config_path_join (DEFAULTS, name);
  g_autofree char *first = NULL;
  g_auto (GStrv) others = NULL;

  if (node == NULL)
    return;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      first = ocg_settings_reader_take_string (reader, node, path);
      others = first != NULL ? g_new0 (char *, 1) : NULL;
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autofree char *fallbacks_path = ocg_config_path_join (path, "fallbacks");

      first = ocg_settings_reader_get_string (reader, object, path, "primary");
      others = ocg_settings_reader_take_strings (
          reader, json_object_get_member (object, "fallbacks"), fallbacks_path);
    }
  else
    ocg_settings_reader_fail (reader, path,
                              _ ("this must be a model in quotes, or {primary, fallbacks}"));
  if (first != NULL)
    ocg_replace_string (primary, g_steal_pointer (&first));
  if (others != NULL)
    ocg_replace_strings (fallbacks, g_steal_pointer (&others));
}

/* A value that names a variable which is not set is left out. */
static JsonObject *
expand_params (OcgSettingsReader *reader, JsonObject *written, const char *path)
{
  g_autofree char *params_path = ocg_config_path_join (path, "params");
  g_autoptr (JsonObject) expanded = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  json_object_iter_init_ordered (&iter, written);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *value_path = ocg_config_path_join (params_path, name);
      gboolean complete = TRUE;
      g_autoptr (JsonNode) copy
          = ocg_settings_reader_expand (reader, value, value_path, &complete);

      if (complete)
        json_object_set_member (expanded, name, g_steal_pointer (&copy));
    }
  return g_steal_pointer (&expanded);
}

static JsonObject *
read_params (OcgSettingsReader *reader, JsonObject *entry, const char *path)
{
  JsonObject *written = ocg_settings_reader_get_object (reader, entry, path, "params");
  g_autoptr (JsonObject) expanded
      = written != NULL ? expand_params (reader, written, path) : NULL;

  return ocg_model_params_read (expanded, json_object_get_member (entry, "streaming"), path,
                                reader->problems);
}

/* Puts the members of @params over those that are there. */
static void
merge_params (OcgModelEntry *entry, JsonObject *params)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  if (entry->params == NULL)
    {
      entry->params = json_object_ref (params);
      return;
    }
  json_object_iter_init_ordered (&iter, params);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (entry->params, name, json_node_copy (value));
}

/* The entry for @ref, made when there is none. @entries: ref -> entry */
static OcgModelEntry *
find_entry (OcgSettings *out, GHashTable *entries, const char *ref, OcgConfigTree *tree)
{
  OcgModelEntry *entry = g_hash_table_lookup (entries, ref);

  if (entry != NULL)
    return entry;
  entry = g_new0 (OcgModelEntry, 1);
  entry->ref = g_strdup (ref);
  entry->tree = ocg_config_tree_ref (tree);
  g_ptr_array_add (out->model_entries, entry);
  g_hash_table_insert (entries, entry->ref, entry);
  return entry;
}

/* Takes @alias. */
static void
set_alias (OcgModelEntry *entry, char *alias, OcgConfigTree *tree)
{
  ocg_replace_string (&entry->alias, alias);
  ocg_config_tree_unref (entry->tree);
  entry->tree = ocg_config_tree_ref (tree);
}

static void
read_model_entries (OcgSettings *out, OcgSettingsReader *reader, JsonObject *defaults)
{
  JsonObject *models = ocg_settings_reader_get_object (reader, defaults, DEFAULTS, "models");
  g_autoptr (GHashTable) entries = g_hash_table_new (g_str_hash, g_str_equal);
  JsonObjectIter iter;
  const char *ref = NULL;

  if (models == NULL)
    return;
  out->has_allowlist = TRUE;
  for (guint i = 0; i < out->model_entries->len; i++)
    {
      OcgModelEntry *entry = g_ptr_array_index (out->model_entries, i);

      g_hash_table_insert (entries, entry->ref, entry);
    }
  json_object_iter_init_ordered (&iter, models);
  while (json_object_iter_next_ordered (&iter, &ref, NULL))
    {
      g_autofree char *path = ocg_config_path_join (MODELS, ref);
      JsonObject *object = ocg_settings_reader_get_object (reader, models, MODELS, ref);
      OcgModelEntry *entry = object != NULL ? find_entry (out, entries, ref, reader->tree) : NULL;
      g_autoptr (JsonObject) params = object != NULL ? read_params (reader, object, path) : NULL;
      char *alias
          = object != NULL ? ocg_settings_reader_get_string (reader, object, path, "alias") : NULL;

      if (alias != NULL)
        set_alias (entry, alias, reader->tree);
      if (params != NULL)
        merge_params (entry, params);
    }
}

static void
read_timeout (OcgSettings *out, OcgSettingsReader *reader, JsonObject *defaults)
{
  static const OcgNumberRule rule
      = { 0, INFINITY, TRUE, FALSE, N_ ("this must be a number of seconds, more than 0") };
  double seconds = 0;

  if (ocg_settings_reader_get_number (reader, defaults, DEFAULTS, "timeoutSeconds", &rule,
                                      &seconds))
    out->timeout_seconds = (guint) ceil (MIN (seconds, G_MAXINT / 1000));
}

static void
read_thinking (OcgSettings *out, OcgSettingsReader *reader, JsonObject *defaults)
{
  const char *level = ocg_settings_reader_get_choice (
      reader, defaults, DEFAULTS, "thinkingDefault", ocg_model_params_get_levels (),
      _ ("this must be one of off, minimal, low, medium, high, xhigh, adaptive"));

  if (level != NULL)
    ocg_replace_string (&out->thinking_default, g_strdup (level));
}

void
ocg_settings_read_agents (OcgSettings *out, OcgSettingsReader *reader, JsonObject *root)
{
  JsonObject *agents = ocg_settings_reader_get_object (reader, root, NULL, "agents");
  JsonObject *defaults = ocg_settings_reader_get_object (reader, agents, "agents", "defaults");

  if (defaults == NULL)
    return;
  read_model (reader, defaults, "model", &out->primary, &out->fallbacks);
  read_model (reader, defaults, "imageModel", &out->image_primary, &out->image_fallbacks);
  read_model_entries (out, reader, defaults);
  read_timeout (out, reader, defaults);
  read_thinking (out, reader, defaults);
}
