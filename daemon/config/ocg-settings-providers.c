/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Entries of providers, from all files that have some. */

#include "config.h"

#include "ocg-settings-sections.h"

#include <glib/gi18n.h>

#include "ocg-config-path.h"
#include "ocg-secret-ref.h"

#define PROVIDERS "models.providers"

static void
add_layer (OcgSettings *out, OcgLayerKind kind, OcgConfigTree *tree, JsonObject *providers,
           GHashTable *missing)
{
  if (json_object_get_size (providers) > 0)
    g_ptr_array_add (out->layers, ocg_provider_layer_new (kind, tree, providers, missing));
}

/* What a file that is trusted less includes would count as its own: keys of others, for its server. */
static gboolean
includes_something (OcgConfigTree *tree, OcgProblems *problems)
{
  if (ocg_config_tree_get_documents (tree)->len == 1)
    return FALSE;
  ocg_problems_add_at (problems, OCG_SEVERITY_ERROR, ocg_config_tree_get_path (tree), 0, 0, "",
                       _ ("“$include” does not work in files of providers.d and models.json; this "
                          "file is left out"),
                       NULL);
  return TRUE;
}

/* The name of the file is the id. */
static void
read_drop_ins (OcgSettings *out, OcgSettingsReader *reader, OcgLayerKind kind, GPtrArray *trees)
{
  for (guint i = 0; trees != NULL && i < trees->len; i++)
    {
      OcgConfigTree *tree = g_ptr_array_index (trees, i);
      g_autofree char *id = ocg_config_tree_dup_id (tree);
      g_autoptr (JsonObject) providers = json_object_new ();

      if (!ocg_config_tree_exists (tree) || ocg_settings_root (tree) == NULL)
        continue;
      if (includes_something (tree, reader->problems))
        continue;
      json_object_set_member (providers, id, json_node_copy (ocg_config_tree_get_root (tree)));
      add_layer (out, kind, tree, providers, NULL);
    }
}

typedef JsonNode *(*EntryFunc) (OcgSettingsReader *reader, JsonNode *entry, const char *path);

/* The entries that are objects, each as @change makes it. */
static JsonObject *
read_entries (OcgSettingsReader *reader, JsonObject *models, EntryFunc change)
{
  JsonObject *written = ocg_settings_reader_get_object (reader, models, "models", "providers");
  JsonObject *providers = json_object_new ();
  JsonObjectIter iter;
  const char *id = NULL;
  JsonNode *entry = NULL;

  if (written == NULL)
    return providers;
  json_object_iter_init_ordered (&iter, written);
  while (json_object_iter_next_ordered (&iter, &id, &entry))
    {
      g_autofree char *path = ocg_config_path_join (PROVIDERS, id);

      if (ocg_settings_reader_get_object (reader, written, PROVIDERS, id) != NULL)
        json_object_set_member (providers, id, change (reader, entry, path));
    }
  return providers;
}

/* What OpenClaw has put in the place of a secret is none. */
static JsonNode *
without_markers (OcgSettingsReader *reader, JsonNode *entry, const char *path)
{
  return ocg_secret_ref_drop_markers (entry);
}

static void
read_models_json (OcgSettings *out, OcgSettingsReader *reader, GPtrArray *trees)
{
  for (guint i = 0; trees != NULL && i < trees->len; i++)
    {
      OcgConfigTree *tree = g_ptr_array_index (trees, i);
      g_autoptr (JsonObject) providers = NULL;

      if (includes_something (tree, reader->problems))
        continue;
      ocg_problems_set_source (reader->problems, tree);
      providers = read_entries (reader, ocg_settings_root (tree), without_markers);
      add_layer (out, OCG_LAYER_MODELS_JSON, tree, providers, NULL);
    }
}

static JsonNode *
expand_entry (OcgSettingsReader *reader, JsonNode *entry, const char *path)
{
  g_autoptr (JsonNode) plain = ocg_secret_ref_to_variables (entry, path, reader->problems);

  return ocg_settings_reader_expand (reader, plain, path, NULL);
}

static void
read_config (OcgSettings *out, OcgSettingsReader *reader, OcgLayerKind kind, OcgConfigTree *tree)
{
  static const char *const modes[] = { "merge", "replace", NULL };
  g_autoptr (GHashTable) missing
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (JsonObject) providers = NULL;
  JsonObject *models = NULL;
  const char *mode = NULL;

  if (tree == NULL)
    return;
  ocg_problems_set_source (reader->problems, tree);
  models = ocg_settings_reader_get_object (reader, ocg_settings_root (tree), NULL, "models");
  mode = ocg_settings_reader_get_choice (reader, models, "models", "mode", modes,
                                         _ ("this must be “merge” or “replace”"));
  if (mode != NULL)
    out->replace = g_str_equal (mode, "replace");
  reader->missing = missing;
  providers = read_entries (reader, models, expand_entry);
  reader->missing = NULL;
  add_layer (out, kind, tree, providers, missing);
}

static void
add_places (OcgSettings *out, GHashTable *places, OcgConfigTree *tree)
{
  g_autoptr (JsonObject) providers = json_object_new ();
  GHashTableIter iter;
  gpointer id = NULL;
  gpointer url = NULL;

  g_hash_table_iter_init (&iter, places);
  while (g_hash_table_iter_next (&iter, &id, &url))
    {
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "baseUrl", url);
      json_object_set_object_member (providers, id, entry);
    }
  add_layer (out, OCG_LAYER_LOGINS, tree, providers, NULL);
}

void
ocg_settings_read_layers (OcgSettings *out, OcgSettingsReader *reader,
                          const OcgSettingsSources *sources)
{
  OcgConfigFiles *files = sources->files;

  for (guint i = 0; i < G_N_ELEMENTS (files->drop_ins); i++)
    read_drop_ins (out, reader, (OcgLayerKind) i, files->drop_ins[i]);
  read_models_json (out, reader, files->models_json);
  if (sources->places != NULL)
    add_places (out, sources->places, files->config);
  read_config (out, reader, OCG_LAYER_ADMIN_CONFIG, files->admin_config);
  read_config (out, reader, OCG_LAYER_CONFIG, files->config);
}
