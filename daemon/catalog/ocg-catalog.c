/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-catalog-private.h"

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
  self->broken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  ocg_catalog_index_names (self);
  ocg_catalog_index_settings (self, problems);
  ocg_catalog_build (self, served, problems);
  ocg_catalog_index_models (self);
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
  g_hash_table_unref (self->provider_by_alias);
  g_hash_table_unref (self->model_by_ref);
  g_hash_table_unref (self->first_of_id);
  g_array_unref (self->next_of_id);
  g_hash_table_unref (self->broken);
  g_hash_table_unref (self->entries_by_ref);
  g_hash_table_unref (self->ref_by_alias);
  g_hash_table_unref (self->aliases_by_ref);
  g_hash_table_unref (self->params_by_ref);
  g_clear_pointer (&self->allowed_names, g_hash_table_unref);
  g_clear_pointer (&self->allowed, g_ptr_array_unref);
  g_hash_table_unref (self->rank_of_name);
  g_free (self->default_name);
  g_ptr_array_unref (self->models);
  g_ptr_array_unref (self->providers);
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
  g_autofree char *normal = ocg_catalog_normalize_id (self, id);

  return g_hash_table_lookup (self->provider_by_id, normal);
}
