/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-built-in.h"

#include <gio/gio.h>
#include <string.h>

#include "ocg-model-reader.h"
#include "ocg-provider-reader.h"

#define RESOURCE_FOLDER "/org/openclaw/Gateway/providers/"

typedef struct
{
  GPtrArray *all;
  GHashTable *by_id;    /* borrowed -> borrowed */
  GHashTable *by_alias; /* borrowed -> borrowed id */
} Table;

/* Built-in data that cannot be read are a fault of the build: critical, so that tests fail. */
static JsonNode *
load (const char *file)
{
  g_autofree char *path = g_strconcat (RESOURCE_FOLDER, file, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
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
  return json_parser_steal_root (parser);
}

/* Most models of a provider have the same "compat": one of each is enough. */
static void
share_compat (GPtrArray *models)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < models->len; i++)
    {
      OcgModel *model = g_ptr_array_index (models, i);
      g_autofree char *text = NULL;
      JsonNode *same = NULL;

      if (model->compat_node == NULL)
        continue;
      text = json_to_string (model->compat_node, FALSE);
      same = g_hash_table_lookup (known, text);
      if (same == NULL)
        g_hash_table_insert (known, g_steal_pointer (&text), model->compat_node);
      else
        ocg_model_take_compat (model, json_node_ref (same));
    }
}

static OcgBuiltIn *
read_built_in (const char *id, JsonObject *json, OcgProblems *problems)
{
  OcgProviderEntry entry = { NULL, id, json };
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  const OcgProviderSources sources = { .id = id, .entries = entries };
  g_autofree char *path = ocg_provider_entry_get_path (&entry);
  g_autofree char *broken = NULL;
  g_auto (OcgModelTable) table = { NULL, NULL };
  OcgProvider *provider = NULL;
  OcgBuiltIn *self = NULL;

  g_ptr_array_add (entries, &entry);
  provider = ocg_provider_read (&sources, problems, &broken);
  if (provider == NULL)
    return NULL;
  ocg_model_table_init (&table);
  ocg_model_table_read (&table, provider, json, path, FALSE, problems);
  share_compat (table.models);
  self = g_new0 (OcgBuiltIn, 1);
  self->provider = provider;
  self->models = g_ptr_array_ref (table.models);
  return self;
}

static void
add_file (Table *table, const char *file)
{
  g_autofree char *id = g_strndup (file, strlen (file) - strlen (".json"));
  g_autoptr (JsonNode) node = load (file);
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  OcgBuiltIn *built_in = NULL;

  if (node == NULL)
    return;
  built_in = read_built_in (id, json_node_get_object (node), problems);
  for (guint i = 0; i < ocg_problems_get_n (problems); i++)
    {
      g_autofree char *line = ocg_problem_to_line (ocg_problems_get (problems, i));

      g_critical ("%s: %s", file, line);
    }
  if (built_in == NULL)
    return;
  g_ptr_array_add (table->all, built_in);
  g_hash_table_insert (table->by_id, built_in->provider->id, built_in);
  for (char **alias = built_in->provider->aliases; *alias != NULL; alias++)
    g_hash_table_insert (table->by_alias, *alias, built_in->provider->id);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const OcgBuiltIn *left = *(const OcgBuiltIn *const *) a;
  const OcgBuiltIn *right = *(const OcgBuiltIn *const *) b;

  return strcmp (left->provider->id, right->provider->id);
}

static gpointer
make_table (gpointer user_data)
{
  Table *table = g_new0 (Table, 1);
  g_auto (GStrv) files
      = g_resources_enumerate_children (RESOURCE_FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  table->all = g_ptr_array_new ();
  table->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  table->by_alias = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    if (g_str_has_suffix (files[i], ".json"))
      add_file (table, files[i]);
  g_ptr_array_sort (table->all, compare);
  return table;
}

static const Table *
get_table (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_table, NULL);
}

GPtrArray *
ocg_built_in_get_all (void)
{
  return get_table ()->all;
}

const OcgBuiltIn *
ocg_built_in_find (const char *id)
{
  return g_hash_table_lookup (get_table ()->by_id, id);
}

const char *
ocg_built_in_find_alias (const char *alias)
{
  return g_hash_table_lookup (get_table ()->by_alias, alias);
}
