/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Providers and models: the built-in data, upon them what servers say, upon that the layers of the
 * settings. */

#include <string.h>

#include "ocg-built-in.h"
#include "ocg-catalog-private.h"
#include "ocg-model-reader.h"
#include "ocg-provider-reader.h"

typedef struct
{
  OcgCatalog *catalog;
  GHashTable *served;    /* (nullable) id -> OcgServedList */
  GHashTable *entries;   /* id -> GPtrArray of OcgProviderEntry */
  GHashTable *variables; /* set of the names that trusted data claim */
  GHashTable *desktop;   /* id -> GPtrArray of OcgDesktopProvider */
  OcgProblems *problems;
} Builder;

static void
add_served_models (OcgModelTable *table, OcgProvider *provider, const OcgServedList *served)
{
  if (!g_str_equal (served->base_url, provider->base_url))
    return;
  for (guint i = 0; i < served->models->len; i++)
    {
      const OcgServedModel *one = g_ptr_array_index (served->models, i);

      ocg_model_table_put (table, ocg_model_new_served (provider, one,
                                                        ocg_model_table_find (table, one->id)));
    }
}

/* Of a provider that is as it is built in the models are as well: nothing is copied. */
static void
add_built_in_models (OcgModelTable *table, OcgProvider *provider, const OcgBuiltIn *built_in)
{
  for (guint i = 0; i < built_in->models->len; i++)
    {
      OcgModel *model = g_ptr_array_index (built_in->models, i);

      ocg_model_table_put (table, provider == built_in->provider
                                      ? ocg_model_ref (model)
                                      : ocg_model_new_copy (provider, model));
    }
}

static gboolean
has_models (GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const OcgProviderEntry *entry = g_ptr_array_index (entries, i);
      JsonNode *node = json_object_get_member (entry->json, "models");

      if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)
          && json_array_get_length (json_node_get_array (node)) > 0)
        return TRUE;
    }
  return FALSE;
}

/* @built_in, @entries: (nullable). In replace mode a list in the settings is the whole list. */
static void
add_models (Builder *self, OcgProvider *provider, const OcgBuiltIn *built_in, GPtrArray *entries)
{
  OcgCatalog *catalog = self->catalog;
  gboolean replace = catalog->settings->replace;
  const OcgServedList *served
      = self->served != NULL ? g_hash_table_lookup (self->served, provider->id) : NULL;
  gboolean whole = replace && entries != NULL && has_models (entries);
  g_auto (OcgModelTable) table = { NULL, NULL };

  ocg_model_table_init (&table);
  if (built_in != NULL && !replace)
    add_built_in_models (&table, provider, built_in);
  if (served != NULL)
    add_served_models (&table, provider, served);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const OcgProviderEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *path = ocg_provider_entry_get_path (entry);

      ocg_problems_set_source (self->problems, entry->layer->tree);
      ocg_model_table_read (&table, provider, entry->json, path,
                            ocg_provider_entry_is_openclaw (entry), self->problems);
    }
  for (guint i = 0; i < table.models->len; i++)
    {
      OcgModel *model = g_ptr_array_index (table.models, i);

      /* Headers may hold keys, and this server is not the one that they are for. */
      if (provider->is_led_astray)
        g_clear_pointer (&model->headers, g_hash_table_unref);

      if (whole && model->discovered)
        continue;
      g_ptr_array_add (catalog->models, ocg_model_ref (model));
      g_hash_table_insert (catalog->model_by_ref, model->ref, model);
    }
}

/* By what the names there mean. */
static GHashTable *
index_desktop (OcgCatalog *catalog)
{
  GPtrArray *providers = catalog->settings->desktop->providers;
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < providers->len; i++)
    {
      OcgDesktopProvider *provider = g_ptr_array_index (providers, i);
      g_autofree char *id = ocg_catalog_normalize_id (catalog, provider->name);
      GPtrArray *same = g_hash_table_lookup (index, id);

      if (same == NULL)
        {
          same = g_ptr_array_new ();
          g_hash_table_insert (index, g_steal_pointer (&id), same);
        }
      g_ptr_array_add (same, provider);
    }
  return index;
}

/* What desktop.json says of a provider. */
static void
read_desktop (Builder *self, const char *id, OcgProviderSources *sources)
{
  GPtrArray *entries = g_hash_table_lookup (self->desktop, id);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const OcgDesktopProvider *desktop = g_ptr_array_index (entries, i);

      if (desktop->family != NULL)
        sources->family = desktop->family;
      if (desktop->class != NULL)
        sources->class = desktop->class;
    }
}

/* NULL when it is left out. (transfer full) */
static OcgProvider *
make_provider (Builder *self, const char *id, const OcgBuiltIn *built_in, GPtrArray *entries)
{
  OcgSettings *settings = self->catalog->settings;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (OcgProvider) identity = NULL;
  OcgProviderSources sources = { .id = id, .entries = entries != NULL ? entries : none,
                                 .claimed = self->variables,
                                 .environment = settings->environment };
  OcgProvider *provider = NULL;
  char *broken = NULL;

  read_desktop (self, id, &sources);
  if (built_in != NULL)
    sources.base = built_in->provider;
  if (built_in != NULL && settings->replace)
    sources.base = identity = ocg_provider_new_identity (built_in->provider);
  else if (built_in != NULL && entries == NULL && sources.family == NULL && sources.class == NULL)
    return ocg_provider_ref (built_in->provider);
  provider = ocg_provider_read (&sources, self->problems, &broken);
  if (provider == NULL)
    g_hash_table_insert (self->catalog->broken, g_strdup (id), broken);
  return provider;
}

static void
build_provider (Builder *self, const char *id)
{
  OcgCatalog *catalog = self->catalog;
  const OcgBuiltIn *built_in = ocg_built_in_find (id);
  GPtrArray *entries = g_hash_table_lookup (self->entries, id);
  OcgProvider *provider = make_provider (self, id, built_in, entries);

  if (provider == NULL)
    return;
  g_ptr_array_add (catalog->providers, provider);
  g_hash_table_insert (catalog->provider_by_id, provider->id, provider);
  add_models (self, provider, built_in, entries);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Of char* (borrowed) */
static GPtrArray *
collect_ids (Builder *self)
{
  GPtrArray *ids = g_ptr_array_new ();
  GPtrArray *built_in = ocg_built_in_get_all ();
  GHashTableIter iter;
  gpointer id = NULL;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, id);
  for (guint i = 0; i < built_in->len && !self->catalog->settings->replace; i++)
    {
      OcgProvider *provider = ((OcgBuiltIn *) built_in->pdata[i])->provider;

      if (!g_hash_table_contains (self->entries, provider->id))
        g_ptr_array_add (ids, provider->id);
    }
  g_ptr_array_sort (ids, compare_strings);
  return ids;
}

void
ocg_catalog_build (OcgCatalog *self, GHashTable *served, OcgProblems *problems)
{
  g_autoptr (GHashTable) entries = ocg_catalog_collect_entries (self, problems);
  g_autoptr (GHashTable) variables = ocg_catalog_collect_variables (self);
  g_autoptr (GHashTable) desktop = index_desktop (self);
  Builder builder = { self, served, entries, variables, desktop, problems };
  g_autoptr (GPtrArray) ids = collect_ids (&builder);

  for (guint i = 0; i < ids->len; i++)
    build_provider (&builder, g_ptr_array_index (ids, i));
}
