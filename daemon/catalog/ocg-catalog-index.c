/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Aliases, parameters and the allowlist: what agents.defaults says about models. */

#include "ocg-catalog-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../config/ocg-config-path.h"

char *
ocg_catalog_normalize_ref (const char *ref)
{
  const char *slash = strchr (ref, '/');
  g_autofree char *written_id = slash != NULL ? g_strndup (ref, (gsize) (slash - ref)) : NULL;
  g_autofree char *id = slash != NULL ? ocg_provider_normalize_id (written_id) : NULL;

  return slash != NULL ? g_strconcat (id, slash, NULL) : g_strdup (ref);
}

const char *
ocg_catalog_find_alias (OcgCatalog *self, const char *name)
{
  g_autofree char *key = g_utf8_strdown (name, -1);

  return g_hash_table_lookup (self->ref_by_alias, key);
}

static void
index_alias (OcgCatalog *self, const char *ref, char *alias, OcgProblems *problems)
{
  g_autofree char *key = g_utf8_strdown (alias, -1);
  const char *other = g_hash_table_lookup (self->ref_by_alias, key);
  GPtrArray *aliases = g_hash_table_lookup (self->aliases_by_ref, ref);

  if (other != NULL)
    {
      g_autofree char *path = ocg_config_path_join ("agents.defaults.models", ref);
      /* TRANSLATORS: a name, and the model that has this name */
      g_autofree char *what = g_strdup_printf (_ ("“%s” is the alias of %s already"), alias, other);

      g_autofree char *alias_path = g_strconcat (path, ".alias", NULL);

      ocg_problems_add (problems, OCG_SEVERITY_ERROR, alias_path, what, NULL);
      return;
    }
  g_hash_table_insert (self->ref_by_alias, g_steal_pointer (&key), g_strdup (ref));
  if (aliases == NULL)
    {
      aliases = g_ptr_array_new ();
      g_hash_table_insert (self->aliases_by_ref, g_strdup (ref), aliases);
    }
  g_ptr_array_add (aliases, alias);
}

static void
allow (OcgCatalog *self, const char *name)
{
  const char *alias_ref = NULL;
  char *ref = NULL;

  if (name == NULL || *name == '\0')
    return;
  alias_ref = ocg_catalog_find_alias (self, name);
  ref = alias_ref != NULL ? g_strdup (alias_ref) : ocg_catalog_normalize_ref (name);
  if (g_ptr_array_find_with_equal_func (self->allowed, ref, g_str_equal, NULL))
    g_free (ref);
  else
    g_ptr_array_add (self->allowed, ref);
}

/* The models of the defaults are allowed without an entry. */
static void
index_allowlist (OcgCatalog *self)
{
  OcgSettings *settings = self->settings;

  self->allowed = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < settings->model_entries->len; i++)
    allow (self, ((OcgModelEntry *) g_ptr_array_index (settings->model_entries, i))->ref);
  allow (self, settings->primary);
  for (char **name = settings->fallbacks; *name != NULL; name++)
    allow (self, *name);
  allow (self, settings->image_primary);
  for (char **name = settings->image_fallbacks; name != NULL && *name != NULL; name++)
    allow (self, *name);
}

void
ocg_catalog_index_settings (OcgCatalog *self, OcgProblems *problems)
{
  GPtrArray *entries = self->settings->model_entries;

  self->ref_by_alias = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->aliases_by_ref = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                (GDestroyNotify) g_ptr_array_unref);
  self->params_by_ref = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      OcgModelEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *ref = ocg_catalog_normalize_ref (entry->ref);

      if (entry->alias != NULL && *entry->alias != '\0')
        index_alias (self, ref, entry->alias, problems);
      if (entry->params != NULL && !g_hash_table_contains (self->params_by_ref, ref))
        g_hash_table_insert (self->params_by_ref, g_steal_pointer (&ref), entry->params);
    }
  if (self->settings->has_allowlist)
    index_allowlist (self);
}

gboolean
ocg_catalog_is_allowed (OcgCatalog *self, OcgModel *model)
{
  if (self->allowed == NULL)
    return TRUE;
  for (guint i = 0; i < self->allowed->len; i++)
    {
      const char *name = g_ptr_array_index (self->allowed, i);

      /* A bare id stands for whichever provider it resolves to. */
      if (g_str_equal (name, model->ref)
          || (strchr (name, '/') == NULL && g_str_equal (name, model->id)))
        return TRUE;
    }
  return FALSE;
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
