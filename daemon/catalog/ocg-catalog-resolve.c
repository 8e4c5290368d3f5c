/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* From a name that somebody wrote to a model. */

#include "ocg-catalog-private.h"

#include <string.h>

typedef struct
{
  OcgCatalog *catalog;
  OcgHasCredentialFunc has_credential;
  gpointer user_data;
  gboolean is_brief; /* an error names no similar models */
} Lookup;

static gboolean
has_env_key (OcgCatalog *self, OcgProvider *provider)
{
  for (char **name = provider->env_keys; *name != NULL; name++)
    if (ocg_environment_get (self->settings->environment, *name) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_configured (Lookup *lookup, OcgProvider *provider)
{
  if (provider->in_config || !provider->needs_key)
    return TRUE;
  return lookup->has_credential != NULL ? lookup->has_credential (provider, lookup->user_data)
                                        : has_env_key (lookup->catalog, provider);
}

/* Models of configured providers whose id is @id. */
static GPtrArray *
find_by_id (Lookup *lookup, const char *id, gboolean any_case)
{
  OcgModelChain chain = ocg_catalog_chain_of_id (lookup->catalog, id);
  GPtrArray *found = g_ptr_array_new ();

  for (OcgModel *model = ocg_model_chain_next (&chain); model != NULL;
       model = ocg_model_chain_next (&chain))
    if ((any_case || g_str_equal (model->id, id)) && is_configured (lookup, model->provider))
      g_ptr_array_add (found, model);
  return found;
}

/* Of models with the same id those that may be used count when there are several. */
static void
keep_allowed (OcgCatalog *self, GPtrArray *models)
{
  guint allowed = 0;

  for (guint i = 0; i < models->len; i++)
    allowed += ocg_catalog_is_allowed (self, g_ptr_array_index (models, i)) ? 1 : 0;
  if (allowed == 0)
    return;
  for (guint i = models->len; i > 0; i--)
    if (!ocg_catalog_is_allowed (self, g_ptr_array_index (models, i - 1)))
      g_ptr_array_remove_index (models, i - 1);
}

/* A server that starts must not make a name ambiguous, or its own, that meant something before. */
static void
keep_known (GPtrArray *models)
{
  guint known = 0;

  for (guint i = 0; i < models->len; i++)
    known += ((OcgModel *) g_ptr_array_index (models, i))->discovered ? 0 : 1;
  if (known == 0)
    return;
  for (guint i = models->len; i > 0; i--)
    if (((OcgModel *) g_ptr_array_index (models, i - 1))->discovered)
      g_ptr_array_remove_index (models, i - 1);
}

static GPtrArray *
find_meanings (Lookup *lookup, const char *id)
{
  GPtrArray *models = find_by_id (lookup, id, FALSE);

  keep_allowed (lookup->catalog, models);
  keep_known (models);
  return models;
}

GPtrArray *
ocg_catalog_find_meanings (OcgCatalog *self, const char *id, OcgHasCredentialFunc has_credential,
                           gpointer user_data)
{
  Lookup lookup = { self, has_credential, user_data, TRUE };

  return find_meanings (&lookup, id);
}

static OcgModel *
resolve_full (Lookup *lookup, const char *reference, GError **error)
{
  OcgCatalog *self = lookup->catalog;
  g_autofree char *ref = ocg_catalog_normalize_ref (self, reference);
  const char *id = strchr (ref, '/') + 1;
  g_autofree char *provider_id = g_strndup (ref, (gsize) (id - 1 - ref));
  OcgProvider *provider = g_hash_table_lookup (self->provider_by_id, provider_id);
  OcgModelChain chain;
  OcgModel *model = NULL;

  if (*provider_id == '\0' || *id == '\0')
    {
      ocg_catalog_set_bad_reference (reference, error);
      return NULL;
    }
  if (provider == NULL || !is_configured (lookup, provider))
    {
      ocg_catalog_set_unknown_provider (self, provider_id, reference, lookup->is_brief, error);
      return NULL;
    }
  model = g_hash_table_lookup (self->model_by_ref, ref);
  if (model != NULL)
    return ocg_model_ref (model);
  chain = ocg_catalog_chain_of_id (self, id);
  while ((model = ocg_model_chain_next (&chain)) != NULL)
    if (model->provider == provider)
      {
        ocg_catalog_set_wrong_case (reference, model->ref, error);
        return NULL;
      }
  return ocg_model_new_unlisted (provider, id);
}

/* The provider of the default model, or NULL. */
static OcgProvider *
find_default_provider (Lookup *lookup)
{
  OcgCatalog *self = lookup->catalog;
  const char *primary = self->settings->primary;
  const char *target = primary != NULL ? ocg_catalog_find_alias (self, primary) : NULL;
  const char *name = target != NULL ? target : primary;
  g_autoptr (OcgModel) model = NULL;
  g_autoptr (GPtrArray) matches = NULL;

  if (name == NULL)
    return NULL;
  if (strchr (name, '/') != NULL)
    {
      model = resolve_full (lookup, name, NULL);
      return model != NULL ? model->provider : NULL;
    }
  matches = find_by_id (lookup, name, FALSE);
  keep_known (matches);
  if (matches->len != 1)
    return NULL;
  return ((OcgModel *) g_ptr_array_index (matches, 0))->provider;
}

static OcgModel *
resolve_bare (Lookup *lookup, const char *id, GError **error)
{
  OcgCatalog *self = lookup->catalog;
  g_autoptr (GPtrArray) matches = find_meanings (lookup, id);
  g_autoptr (GPtrArray) variants = NULL;
  OcgProvider *provider = NULL;

  if (matches->len == 1)
    return ocg_model_ref (g_ptr_array_index (matches, 0));
  if (matches->len > 1)
    {
      ocg_catalog_set_ambiguous (id, matches, error);
      return NULL;
    }
  variants = find_by_id (lookup, id, TRUE);
  if (variants->len > 0)
    {
      ocg_catalog_set_wrong_case (id, ((OcgModel *) g_ptr_array_index (variants, 0))->ref, error);
      return NULL;
    }
  provider = find_default_provider (lookup);
  if (provider != NULL)
    return ocg_model_new_unlisted (provider, id);
  ocg_catalog_set_unknown_name (self, id, lookup->is_brief, error);
  return NULL;
}

/* An alias stands for a reference, not for another alias. */
static OcgModel *
resolve_name (Lookup *lookup, const char *name, GError **error)
{
  const char *target = NULL;

  if (!g_utf8_validate (name, -1, NULL))
    {
      ocg_catalog_set_bad_reference (name, error);
      return NULL;
    }
  target = ocg_catalog_find_alias (lookup->catalog, name);
  if (target == NULL)
    target = name;
  if (!ocg_model_is_name (target))
    {
      ocg_catalog_set_bad_reference (target, error);
      return NULL;
    }
  return strchr (target, '/') != NULL ? resolve_full (lookup, target, error)
                                      : resolve_bare (lookup, target, error);
}

OcgModel *
ocg_catalog_resolve_any (OcgCatalog *self, const char *reference,
                         OcgHasCredentialFunc has_credential, gpointer user_data, GError **error)
{
  Lookup lookup = { self, has_credential, user_data, FALSE };

  return resolve_name (&lookup, reference, error);
}

OcgModel *
ocg_catalog_resolve_briefly (OcgCatalog *self, const char *reference,
                             OcgHasCredentialFunc has_credential, gpointer user_data,
                             GError **error)
{
  Lookup lookup = { self, has_credential, user_data, TRUE };

  return resolve_name (&lookup, reference, error);
}

OcgModel *
ocg_catalog_resolve (OcgCatalog *self, const char *reference, OcgHasCredentialFunc has_credential,
                     gpointer user_data, GError **error)
{
  Lookup lookup = { self, has_credential, user_data, FALSE };
  const char *name
      = reference != NULL && *reference != '\0' ? reference : self->settings->primary;
  g_autoptr (OcgModel) model = NULL;

  if (name == NULL || *name == '\0')
    {
      ocg_catalog_set_no_default (error);
      return NULL;
    }
  model = resolve_name (&lookup, name, error);
  if (model == NULL)
    return NULL;
  if (!ocg_catalog_is_allowed (self, model))
    {
      ocg_catalog_set_not_allowed (self, model->ref, error);
      return NULL;
    }
  return g_steal_pointer (&model);
}

/* @seen: set of the references that are in @models, or must not be */
static void
add_resolved (Lookup *lookup, GPtrArray *models, GHashTable *seen, const char *name)
{
  g_autoptr (OcgModel) model
      = name != NULL && *name != '\0' ? resolve_name (lookup, name, NULL) : NULL;

  if (model == NULL || g_hash_table_contains (seen, model->ref))
    return;
  g_hash_table_add (seen, model->ref);
  g_ptr_array_add (models, g_steal_pointer (&model));
}

GPtrArray *
ocg_catalog_get_fallbacks (OcgCatalog *self, OcgModel *model, OcgHasCredentialFunc has_credential,
                           gpointer user_data)
{
  Lookup lookup = { self, has_credential, user_data, FALSE };
  GPtrArray *models = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_model_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_add (seen, model->ref);
  for (char **name = self->settings->fallbacks; *name != NULL; name++)
    add_resolved (&lookup, models, seen, *name);
  return models;
}

GPtrArray *
ocg_catalog_get_image_models (OcgCatalog *self, OcgHasCredentialFunc has_credential,
                              gpointer user_data)
{
  Lookup lookup = { self, has_credential, user_data, FALSE };
  GPtrArray *models = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_model_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  add_resolved (&lookup, models, seen, self->settings->image_primary);
  for (char **name = self->settings->image_fallbacks; *name != NULL; name++)
    add_resolved (&lookup, models, seen, *name);
  return models;
}
