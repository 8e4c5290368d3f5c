/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-model-list.h"

#include <glib/gi18n.h>

#include "../../dbus/ocg-error.h"
#include "ocg-options.h"
#include "ocg-record.h"

typedef struct
{
  OcgModel *model;  /* (owned) */
  GVariant *record; /* (owned) never serialised: GDBus walks a tree several times faster */
  GBytes *bytes;    /* (owned) the same, to compare */
  gboolean is_set_up;
} Row;

struct _OcgModelList
{
  OcgEngine *engine;
  GPtrArray *rows; /* of Row */
};

static void
row_free (Row *row)
{
  ocg_model_unref (row->model);
  g_variant_unref (row->record);
  g_bytes_unref (row->bytes);
  g_free (row);
}

OcgModelList *
ocg_model_list_new (OcgEngine *engine)
{
  OcgModelList *self = g_new0 (OcgModelList, 1);

  self->engine = engine;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  return self;
}

void
ocg_model_list_free (OcgModelList *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/* What somebody has set up, and may use: what is shown without "all". */
static gboolean
is_set_up (OcgModel *model, OcgCatalog *catalog, OcgCredentials *credentials)
{
  g_autofree char **aliases = ocg_catalog_get_aliases (catalog, model);

  if (!ocg_catalog_is_allowed (catalog, model))
    return FALSE;
  return model->provider->in_config || ocg_credentials_has (model->provider, credentials)
         || ocg_catalog_is_default (catalog, model) || aliases[0] != NULL
         || ocg_catalog_get_fallback_rank (catalog, model) >= 0;
}

static void
add_row (GPtrArray *rows, OcgEngine *engine, OcgModel *model)
{
  OcgCatalog *catalog = ocg_engine_get_catalog (engine);
  OcgCredentials *credentials = ocg_engine_get_credentials (engine);
  g_autoptr (GVariant) copy = g_variant_ref_sink (ocg_record_model (model, catalog, credentials));
  Row *row = g_new0 (Row, 1);

  row->model = ocg_model_ref (model);
  row->record = g_variant_ref_sink (ocg_record_model (model, catalog, credentials));
  row->bytes = g_variant_get_data_as_bytes (copy);
  row->is_set_up = is_set_up (model, catalog, credentials);
  g_ptr_array_add (rows, row);
}

static gboolean
has_row (GPtrArray *rows, const char *ref)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((Row *) g_ptr_array_index (rows, i))->model->ref, ref))
      return TRUE;
  return FALSE;
}

/* A model that the settings name belongs on the list though the catalogue does not know it. */
static void
add_named (GPtrArray *rows, OcgEngine *engine, const char *name)
{
  g_autoptr (OcgModel) model = NULL;

  if (name == NULL || *name == '\0')
    return;
  model = ocg_engine_resolve_any (engine, name, NULL);
  if (model != NULL && !model->listed && !has_row (rows, model->ref))
    add_row (rows, engine, model);
}

static GPtrArray *
build (OcgEngine *engine)
{
  OcgCatalog *catalog = ocg_engine_get_catalog (engine);
  OcgSettings *settings = ocg_catalog_get_settings (catalog);
  GPtrArray *models = ocg_catalog_get_models (catalog);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);

  for (guint i = 0; i < models->len; i++)
    add_row (rows, engine, g_ptr_array_index (models, i));
  add_named (rows, engine, settings->primary);
  for (guint i = 0; settings->fallbacks[i] != NULL; i++)
    add_named (rows, engine, settings->fallbacks[i]);
  for (guint i = 0; i < settings->model_entries->len; i++)
    add_named (rows, engine, ((OcgModelEntry *) g_ptr_array_index (settings->model_entries, i))->ref);
  return rows;
}

gboolean
ocg_model_list_refresh (OcgModelList *self)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->rows);
  gboolean changed;

  self->rows = build (self->engine);
  changed = before->len != self->rows->len;
  for (guint i = 0; !changed && i < before->len; i++)
    changed = !g_bytes_equal (((Row *) g_ptr_array_index (before, i))->bytes,
                              ((Row *) g_ptr_array_index (self->rows, i))->bytes);
  return changed;
}

gboolean
ocg_model_list_find_provider (OcgModelList *self, GVariant *options, OcgProvider **provider,
                              GError **error)
{
  const char *id = NULL;

  *provider = NULL;
  if (!ocg_options_string (options, "", "provider", &id, error))
    return FALSE;
  if (id == NULL)
    return TRUE;
  *provider = ocg_catalog_find_provider (ocg_engine_get_catalog (self->engine), id);
  if (*provider == NULL)
    g_set_error (error, OCG_ERROR, OCG_ERROR_PROVIDER_NOT_CONFIGURED,
                 _ ("There is no provider “%s”. See: openclawctl models list --all"), id);
  return *provider != NULL;
}

GVariant *
ocg_model_list_query (OcgModelList *self, GVariant *options, GError **error)
{
  gboolean all = FALSE;
  gboolean local = FALSE;
  OcgProvider *provider = NULL;
  GVariantBuilder builder;

  if (!ocg_options_boolean (options, "", "all", &all, error)
      || !ocg_options_boolean (options, "", "local", &local, error)
      || !ocg_model_list_find_provider (self, options, &provider, error))
    return NULL;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      if ((all || row->is_set_up) && (!local || row->model->provider->local)
          && (provider == NULL || row->model->provider == provider))
        g_variant_builder_add_value (&builder, row->record);
    }
  return g_variant_builder_end (&builder);
}
