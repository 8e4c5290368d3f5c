/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What is looked up for each request: models by id, and what agents.defaults says about them. */

#include "config.h"

#include "ocg-catalog-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../config/ocg-config-path.h"

char *
ocg_catalog_normalize_ref (OcgCatalog *self, const char *ref)
{
  const char *slash = strchr (ref, '/');
  g_autofree char *written_id = slash != NULL ? g_strndup (ref, (gsize) (slash - ref)) : NULL;
  g_autofree char *id = slash != NULL ? ocg_catalog_normalize_id (self, written_id) : NULL;

  return slash != NULL ? g_strconcat (id, slash, NULL) : g_strdup (ref);
}

const char *
ocg_catalog_find_alias (OcgCatalog *self, const char *name)
{
  g_autofree char *key = g_utf8_strdown (name, -1);

  return g_hash_table_lookup (self->ref_by_alias, key);
}

/* Takes @key, the alias in lower case. */
static void
add_alias (OcgCatalog *self, const char *ref, char *key, char *alias)
{
  GPtrArray *aliases = g_hash_table_lookup (self->aliases_by_ref, ref);

  g_hash_table_insert (self->ref_by_alias, key, g_strdup (ref));
  if (aliases == NULL)
    {
      aliases = g_ptr_array_new ();
      g_hash_table_insert (self->aliases_by_ref, g_strdup (ref), aliases);
    }
  g_ptr_array_add (aliases, alias);
}

static void
index_alias (OcgCatalog *self, const char *ref, OcgModelEntry *entry, OcgProblems *problems)
{
  g_autofree char *key = g_utf8_strdown (entry->alias, -1);
  const char *other = g_hash_table_lookup (self->ref_by_alias, key);
  g_autofree char *path = NULL;
  g_autofree char *alias_path = NULL;
  g_autofree char *what = NULL;

  if (other == NULL)
    {
      add_alias (self, ref, g_steal_pointer (&key), entry->alias);
      return;
    }
  path = ocg_config_path_join ("agents.defaults.models", entry->ref);
  alias_path = ocg_config_path_join (path, "alias");
  /* TRANSLATORS: %s is the model that has this name. The name is not repeated: a variable that may
     be in it may hold a secret. */
  what = g_strdup_printf (_ ("this is the alias of %s already; choose another name"), other);
  ocg_problems_set_source (problems, entry->tree);
  ocg_problems_add (problems, OCG_SEVERITY_ERROR, alias_path, what, NULL);
}

void
ocg_catalog_index_settings (OcgCatalog *self, OcgProblems *problems)
{
  GPtrArray *entries = self->settings->model_entries;

  self->entries_by_ref = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ref_by_alias = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->aliases_by_ref = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                (GDestroyNotify) g_ptr_array_unref);
  self->params_by_ref = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      OcgModelEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *ref = ocg_catalog_normalize_ref (self, entry->ref);

      if (entry->alias != NULL && *entry->alias != '\0')
        index_alias (self, ref, entry, problems);
      if (entry->params != NULL && !g_hash_table_contains (self->params_by_ref, ref))
        g_hash_table_insert (self->params_by_ref, g_strdup (ref), entry->params);
      if (!g_hash_table_contains (self->entries_by_ref, ref))
        g_hash_table_insert (self->entries_by_ref, g_steal_pointer (&ref), entry);
    }
}

static guint
hash_any_case (gconstpointer key)
{
  guint32 hash = 5381;

  for (const char *p = key; *p != '\0'; p++)
    hash = hash * 33 + (guchar) g_ascii_tolower (*p);
  return hash;
}

static gboolean
equal_any_case (gconstpointer a, gconstpointer b)
{
  return g_ascii_strcasecmp (a, b) == 0;
}

/* From the last to the first, so that each list is in the order of the models. */
static void
index_ids (OcgCatalog *self)
{
  guint n_models = self->models->len;

  self->first_of_id = g_hash_table_new (hash_any_case, equal_any_case);
  self->next_of_id = g_array_sized_new (FALSE, TRUE, sizeof (guint), n_models);
  g_array_set_size (self->next_of_id, n_models);
  for (guint i = n_models; i > 0; i--)
    {
      OcgModel *model = g_ptr_array_index (self->models, i - 1);

      g_array_index (self->next_of_id, guint, i - 1)
          = GPOINTER_TO_UINT (g_hash_table_lookup (self->first_of_id, model->id));
      g_hash_table_replace (self->first_of_id, model->id, GUINT_TO_POINTER (i));
    }
}

OcgModelChain
ocg_catalog_chain_of_id (OcgCatalog *self, const char *id)
{
  return (OcgModelChain){ self,
                          GPOINTER_TO_UINT (g_hash_table_lookup (self->first_of_id, id)) };
}

OcgModel *
ocg_model_chain_next (OcgModelChain *chain)
{
  guint place = chain->place;

  if (place == 0)
    return NULL;
  chain->place = g_array_index (chain->catalog->next_of_id, guint, place - 1);
  return g_ptr_array_index (chain->catalog->models, place - 1);
}

/* A short name that the data have for a model counts when the user lists the model without one, and
 * the name is nobody else's. */
static void
index_built_in_aliases (OcgCatalog *self)
{
  for (guint i = 0; i < self->models->len; i++)
    {
      OcgModel *model = g_ptr_array_index (self->models, i);
      g_autofree char *key = NULL;

      if (model->alias == NULL || !g_hash_table_contains (self->entries_by_ref, model->ref)
          || g_hash_table_contains (self->aliases_by_ref, model->ref))
        continue;
      key = g_utf8_strdown (model->alias, -1);
      if (!g_hash_table_contains (self->ref_by_alias, key))
        add_alias (self, model->ref, g_steal_pointer (&key), model->alias);
    }
}

/* What @name in the settings stands for: a reference, or a bare id. */
static char *
get_meaning (OcgCatalog *self, const char *name)
{
  const char *ref = ocg_catalog_find_alias (self, name);

  return ref != NULL ? g_strdup (ref) : ocg_catalog_normalize_ref (self, name);
}

static void
allow (OcgCatalog *self, const char *name)
{
  g_autofree char *meaning = NULL;

  if (name == NULL || *name == '\0')
    return;
  meaning = get_meaning (self, name);
  if (g_hash_table_contains (self->allowed_names, meaning))
    return;
  g_hash_table_add (self->allowed_names, meaning);
  g_ptr_array_add (self->allowed, g_steal_pointer (&meaning));
}

/* The models of the defaults are allowed without an entry. */
static void
index_allowlist (OcgCatalog *self)
{
  OcgSettings *settings = self->settings;

  self->allowed = g_ptr_array_new_with_free_func (g_free);
  self->allowed_names = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < settings->model_entries->len; i++)
    allow (self, ((OcgModelEntry *) g_ptr_array_index (settings->model_entries, i))->ref);
  allow (self, settings->primary);
  for (char **name = settings->fallbacks; *name != NULL; name++)
    allow (self, *name);
  allow (self, settings->image_primary);
  for (char **name = settings->image_fallbacks; *name != NULL; name++)
    allow (self, *name);
}

static void
index_fallbacks (OcgCatalog *self)
{
  self->rank_of_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; self->settings->fallbacks[i] != NULL; i++)
    {
      g_autofree char *meaning = get_meaning (self, self->settings->fallbacks[i]);

      if (!g_hash_table_contains (self->rank_of_name, meaning))
        g_hash_table_insert (self->rank_of_name, g_steal_pointer (&meaning),
                             GUINT_TO_POINTER (i + 1));
    }
  if (self->settings->primary != NULL)
    self->default_name = get_meaning (self, self->settings->primary);
}

void
ocg_catalog_index_models (OcgCatalog *self)
{
  index_ids (self);
  index_built_in_aliases (self);
  if (self->settings->has_allowlist)
    index_allowlist (self);
  index_fallbacks (self);
}

/* The id as a name of its own; one with a "/" would be read as a reference. */
static const char *
get_bare (OcgModel *model)
{
  return strchr (model->id, '/') == NULL ? model->id : NULL;
}

/* A bare id stands for whichever provider it resolves to. */
gboolean
ocg_catalog_is_allowed (OcgCatalog *self, OcgModel *model)
{
  const char *bare = get_bare (model);

  return self->allowed == NULL || g_hash_table_contains (self->allowed_names, model->ref)
         || (bare != NULL && g_hash_table_contains (self->allowed_names, bare));
}

gboolean
ocg_catalog_is_default (OcgCatalog *self, OcgModel *model)
{
  const char *name = self->default_name;

  if (name == NULL)
    return FALSE;
  return g_str_equal (name, model->ref)
         || (g_strcmp0 (name, get_bare (model)) == 0 && ocg_catalog_is_allowed (self, model));
}

int
ocg_catalog_get_fallback_rank (OcgCatalog *self, OcgModel *model)
{
  const char *bare = get_bare (model);
  guint rank = GPOINTER_TO_UINT (g_hash_table_lookup (self->rank_of_name, model->ref));
  guint bare_rank = bare != NULL && ocg_catalog_is_allowed (self, model)
                        ? GPOINTER_TO_UINT (g_hash_table_lookup (self->rank_of_name, bare))
                        : 0;

  if (rank == 0 || (bare_rank > 0 && bare_rank < rank))
    rank = bare_rank;
  return (int) rank - 1;
}

GStrv
ocg_catalog_get_aliases (OcgCatalog *self, OcgModel *model)
{
  GPtrArray *aliases = g_hash_table_lookup (self->aliases_by_ref, model->ref);
  guint length = aliases != NULL ? aliases->len : 0;
  GStrv result = g_new0 (char *, length + 1);

  for (guint i = 0; i < length; i++)
    result[i] = g_ptr_array_index (aliases, i);
  return result;
}

JsonObject *
ocg_catalog_get_params (OcgCatalog *self, OcgModel *model)
{
  return g_hash_table_lookup (self->params_by_ref, model->ref);
}
