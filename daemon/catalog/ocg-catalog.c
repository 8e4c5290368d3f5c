/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-catalog-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "../config/ocg-config-path.h"

#define RESOURCE_FOLDER "/org/openclaw/Gateway/providers/"

/* Built-in data that cannot be read is a fault of the build: critical, so that tests fail. */
static JsonObject *
load_built_in (const char *file)
{
  g_autofree char *path = g_strconcat (RESOURCE_FOLDER, file, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  gconstpointer data = NULL;
  gsize size = 0;

  g_return_val_if_fail (bytes != NULL, NULL);
  data = g_bytes_get_data (bytes, &size);
  if (!json_parser_load_from_data (parser, data, (gssize) size, &error))
    {
      g_critical ("%s: %s", path, error->message);
      return NULL;
    }
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

static void
load_all_built_in (OcgCatalog *self)
{
  g_auto (GStrv) files
      = g_resources_enumerate_children (RESOURCE_FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    {
      JsonObject *json = load_built_in (files[i]);

      if (json != NULL && g_str_has_suffix (files[i], ".json"))
        g_hash_table_insert (self->built_in,
                             g_strndup (files[i], strlen (files[i]) - strlen (".json")), json);
    }
}

static void
add_problem (OcgProblems *problems, const char *path, const char *message)
{
  ocg_problems_add (problems, OCG_SEVERITY_ERROR, path, message, NULL);
}

/* @line: "PATH: what is wrong" */
static void
add_line (OcgProblems *problems, const char *prefix, const char *line)
{
  const char *colon = strstr (line, ": ");
  g_autofree char *name = g_strndup (line, (gsize) (colon - line));
  g_autofree char *path = g_strconcat (prefix, name, NULL);

  add_problem (problems, path, colon + 2);
}

/* Says so when the URL that is used is not the one that was written. */
static void
note_base_url (OcgProvider *provider, JsonObject *json, OcgProblems *problems)
{
  g_autofree char *written
      = g_strdup (json_object_get_string_member_with_default (json, "baseUrl", ""));
  g_autofree char *path = ocg_config_path_join ("models.providers", provider->id);
  g_autofree char *full_path = g_strconcat (path, ".baseUrl", NULL);
  g_autofree char *message = NULL;

  g_strstrip (written);
  if (*written == '\0' || g_str_equal (written, provider->base_url))
    return;
  message = g_strdup_printf (
      /* TRANSLATORS: %s is a URL */
      _ ("this is read as “%s”; a base URL has no “/” and no endpoint on its end"),
      provider->base_url);
  add_problem (problems, full_path, message);
}

static guint
find_model (GPtrArray *models, const char *id)
{
  for (guint i = 0; i < models->len; i++)
    if (g_str_equal (((OcgModel *) g_ptr_array_index (models, i))->id, id))
      return i;
  return G_MAXUINT;
}

/* Puts @model in the place of the one with the same id, or at the end. Takes @model. */
static void
put_model (GPtrArray *models, guint place, OcgModel *model)
{
  if (place >= models->len)
    {
      g_ptr_array_add (models, model);
      return;
    }
  ocg_model_unref (g_ptr_array_index (models, place));
  g_ptr_array_index (models, place) = model;
}

static void
add_entry (GPtrArray *models, OcgProvider *provider, JsonNode *node, const char *path,
           GHashTable *seen, OcgProblems *problems)
{
  JsonObject *json = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *id_node = json != NULL ? json_object_get_member (json, "id") : NULL;
  g_autoptr (GError) error = NULL;
  const char *id = "";
  OcgModel *model = NULL;
  guint place = 0;

  if (json == NULL)
    {
      add_problem (problems, path, _ ("this must be an object, “{ … }”"));
      return;
    }
  if (id_node != NULL && json_node_get_value_type (id_node) == G_TYPE_STRING)
    id = json_node_get_string (id_node);
  if (g_hash_table_contains (seen, id))
    {
      add_problem (problems, path, _ ("the list has this id already; the first entry counts"));
      return;
    }
  place = find_model (models, id);
  model = ocg_model_new_from_json (
      provider, json, place < models->len ? g_ptr_array_index (models, place) : NULL, &error);
  if (model == NULL)
    {
      g_autofree char *prefix = g_strconcat (path, ".", NULL);

      add_line (problems, prefix, error->message);
      return;
    }
  g_hash_table_add (seen, model->id);
  put_model (models, place, model);
}

/* One bad entry does not spoil the others. */
static void
add_models (GPtrArray *models, OcgProvider *provider, JsonObject *json, OcgProblems *problems)
{
  g_autofree char *provider_path = ocg_config_path_join ("models.providers", provider->id);
  g_autofree char *path = g_strconcat (provider_path, ".models", NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonNode *node = json_object_get_member (json, "models");
  JsonArray *array = NULL;

  if (node != NULL && !JSON_NODE_HOLDS_ARRAY (node))
    add_problem (problems, path, _ ("this must be a list, “[ … ]”"));
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *entry_path = g_strdup_printf ("%s[%u]", path, i);

      add_entry (models, provider, json_array_get_element (array, i), entry_path, seen, problems);
    }
}

static void
add_built_in_models (GPtrArray *models, OcgProvider *provider, JsonObject *json)
{
  g_autoptr (OcgProblems) faults = ocg_problems_new ();

  add_models (models, provider, json, faults);
  for (guint i = 0; i < ocg_problems_get_n (faults); i++)
    g_critical ("%s", ocg_problems_get (faults, i)->message);
}

static void
add_served_models (GPtrArray *models, OcgProvider *provider, const OcgServedList *served)
{
  if (!g_str_equal (served->base_url, provider->base_url))
    return;
  for (guint i = 0; i < served->models->len; i++)
    {
      const OcgServedModel *one = g_ptr_array_index (served->models, i);
      guint place = find_model (models, one->id);
      OcgModel *base = place < models->len ? g_ptr_array_index (models, place) : NULL;

      put_model (models, place, ocg_model_new_served (provider, one, base));
    }
}

/* In replace mode a list in the settings is the whole list. */
static void
keep_configured (GPtrArray *models, JsonObject *config)
{
  JsonNode *node = json_object_get_member (config, "models");

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)
      || json_array_get_length (json_node_get_array (node)) == 0)
    return;
  for (guint i = models->len; i > 0; i--)
    {
      OcgModel *model = g_ptr_array_index (models, i - 1);

      if (!model->discovered)
        continue;
      ocg_model_unref (model);
      g_ptr_array_remove_index (models, i - 1);
    }
}

/* Takes @provider. */
static void
add_provider (OcgCatalog *self, OcgProvider *provider, JsonObject *built_in, JsonObject *config,
              OcgProblems *problems)
{
  const OcgServedList *served
      = self->served != NULL ? g_hash_table_lookup (self->served, provider->id) : NULL;
  g_autoptr (GPtrArray) models = g_ptr_array_new ();

  g_ptr_array_add (self->providers, provider);
  g_hash_table_insert (self->provider_by_id, provider->id, provider);
  if (built_in != NULL)
    add_built_in_models (models, provider, built_in);
  if (served != NULL)
    add_served_models (models, provider, served);
  if (config != NULL)
    add_models (models, provider, config, problems);
  if (config != NULL && self->settings->replace)
    keep_configured (models, config);
  for (guint i = 0; i < models->len; i++)
    {
      OcgModel *model = g_ptr_array_index (models, i);

      g_ptr_array_add (self->models, model);
      g_hash_table_insert (self->model_by_ref, model->ref, model);
    }
}

/* A provider whose entry in the settings is wrong is left out and not taken as it is built in: its
 * key could go to a server that the user did not mean. */
static void
build_provider (OcgCatalog *self, const char *id, JsonObject *built_in, JsonObject *config,
                OcgProblems *problems)
{
  gboolean replace = self->settings->replace;
  g_autoptr (OcgProvider) base = NULL;
  g_autoptr (GError) error = NULL;
  OcgProvider *provider = NULL;

  if (built_in != NULL)
    {
      base = ocg_provider_new_from_json (id, built_in, NULL, FALSE, &error);
      if (base == NULL)
        {
          g_critical ("%s", error->message);
          return;
        }
    }
  if (replace && base != NULL)
    {
      OcgProvider *identity = ocg_provider_new_identity (base);

      ocg_provider_unref (base);
      base = identity;
    }
  if (config == NULL)
    {
      add_provider (self, g_steal_pointer (&base), built_in, NULL, problems);
      return;
    }
  provider = ocg_provider_new_from_json (id, config, base, TRUE, &error);
  if (provider == NULL)
    {
      g_hash_table_insert (self->broken, g_strdup (id), g_strdup (error->message));
      add_line (problems, "", error->message);
      return;
    }
  note_base_url (provider, config, problems);
  add_provider (self, provider, replace ? NULL : built_in, config, problems);
}

/* models.providers by normalised id; what is no entry is described. */
static GHashTable *
read_config_entries (OcgCatalog *self, OcgProblems *problems)
{
  GHashTable *entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  if (self->settings->layers->len == 0)
    return entries;
  json_object_iter_init_ordered (
      &iter, ((OcgProviderLayer *) g_ptr_array_index (self->settings->layers, 0))->providers);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *id = ocg_provider_normalize_id (name);
      g_autofree char *path = ocg_config_path_join ("models.providers", name);

      if (!ocg_model_is_name (id) || strchr (id, '/') != NULL)
        add_problem (problems, path, _ ("the id of a provider has no white space and no “/”"));
      else if (!JSON_NODE_HOLDS_OBJECT (node))
        add_problem (problems, path, _ ("this must be an object, “{ … }”"));
      else if (g_hash_table_contains (entries, id))
        add_problem (problems, path,
                     _ ("the same provider is there already; the first entry counts"));
      else
        g_hash_table_insert (entries, g_steal_pointer (&id), json_node_get_object (node));
    }
  return entries;
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
build (OcgCatalog *self, OcgProblems *problems)
{
  g_autoptr (GHashTable) entries = read_config_entries (self, problems);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id = NULL;

  g_hash_table_iter_init (&iter, entries);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, id);
  g_hash_table_iter_init (&iter, self->built_in);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!self->settings->replace && !g_hash_table_contains (entries, id))
      g_ptr_array_add (ids, id);
  g_ptr_array_sort (ids, compare_strings);
  for (guint i = 0; i < ids->len; i++)
    {
      const char *one = g_ptr_array_index (ids, i);

      build_provider (self, one, g_hash_table_lookup (self->built_in, one),
                      g_hash_table_lookup (entries, one), problems);
    }
}

OcgCatalog *
ocg_catalog_new (OcgSettings *settings, GHashTable *served, OcgProblems *problems)
{
  OcgCatalog *self = g_new0 (OcgCatalog, 1);

  self->ref_count = 1;
  self->settings = ocg_settings_ref (settings);
  self->providers = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_provider_unref);
  self->models = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_model_unref);
  self->provider_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->model_by_ref = g_hash_table_new (g_str_hash, g_str_equal);
  self->built_in = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) json_object_unref);
  self->broken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  load_all_built_in (self);
  self->served = served;
  build (self, problems);
  self->served = NULL;
  ocg_catalog_index_settings (self, problems);
  return self;
}

OcgCatalog *
ocg_catalog_ref (OcgCatalog *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
ocg_catalog_unref (OcgCatalog *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_hash_table_unref (self->provider_by_id);
  g_hash_table_unref (self->model_by_ref);
  g_ptr_array_unref (self->models);
  g_ptr_array_unref (self->providers);
  g_hash_table_unref (self->built_in);
  g_hash_table_unref (self->broken);
  g_hash_table_unref (self->ref_by_alias);
  g_hash_table_unref (self->aliases_by_ref);
  g_hash_table_unref (self->params_by_ref);
  g_clear_pointer (&self->allowed, g_ptr_array_unref);
  ocg_settings_unref (self->settings);
  g_free (self);
}

OcgSettings *
ocg_catalog_get_settings (OcgCatalog *self)
{
  return self->settings;
}

GPtrArray *
ocg_catalog_get_models (OcgCatalog *self)
{
  return self->models;
}

GPtrArray *
ocg_catalog_get_providers (OcgCatalog *self)
{
  return self->providers;
}

OcgProvider *
ocg_catalog_find_provider (OcgCatalog *self, const char *id)
{
  g_autofree char *normal = ocg_provider_normalize_id (id);

  return g_hash_table_lookup (self->provider_by_id, normal);
}
