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
  GVariant *record; /* (owned) a tree, which GDBus walks several times faster than bytes, or bytes,
                       which take a fraction of the memory, for what is seldom asked for */
  guint64 hash;     /* of the record */
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

/* What a list is built from. */
typedef struct
{
  OcgCatalog *catalog;
  OcgCredentials *credentials;
  GPtrArray *rows;
  GHashTable *refs;   /* of the rows, borrowed */
  GHashTable *before; /* ref -> Row, of the last list */

  OcgProvider *provider; /* (nullable) (unowned) the one that is asked about last */
  char *credential;      /* (nullable) its profile */
  gboolean has_credential;
} Build;

/* Models of one provider follow each other. */
static void
look_up_credential (Build *build, OcgProvider *provider)
{
  if (build->provider == provider)
    return;
  g_free (build->credential);
  build->provider = provider;
  build->credential = ocg_credentials_peek (build->credentials, provider);
  build->has_credential
      = build->credential != NULL || ocg_credentials_has (provider, build->credentials);
}

/* What somebody has set up, and may use: what is shown without "all". */
static gboolean
is_set_up (Build *build, OcgModel *model)
{
  OcgCatalog *catalog = build->catalog;
  g_autofree char **aliases = ocg_catalog_get_aliases (catalog, model);

  if (!ocg_catalog_is_allowed (catalog, model))
    return FALSE;
  return model->provider->in_config || build->has_credential
         || ocg_catalog_is_default (catalog, model) || aliases[0] != NULL
         || ocg_catalog_get_fallback_rank (catalog, model) >= 0;
}

/* The record of the last list where it is still the same. */
static GVariant *
make_record (Build *build, OcgModel *model, const Row *row)
{
  const Row *before = g_hash_table_lookup (build->before, model->ref);
  GVariant *record = NULL;

  if (before != NULL && before->hash == row->hash && before->is_set_up == row->is_set_up)
    return g_variant_ref (before->record);
  record = g_variant_ref_sink (ocg_record_model (model, build->catalog, build->credential));
  if (!row->is_set_up)
    g_variant_get_data (record);
  return record;
}

static void
add_row (Build *build, OcgModel *model)
{
  Row *row = g_new0 (Row, 1);

  look_up_credential (build, model->provider);
  row->model = ocg_model_ref (model);
  row->hash = ocg_record_hash_model (model, build->catalog, build->credential);
  row->is_set_up = is_set_up (build, model);
  row->record = make_record (build, model, row);
  g_ptr_array_add (build->rows, row);
  g_hash_table_add (build->refs, row->model->ref);
}

/* A model that the settings name belongs on the list though the catalogue does not know it. */
static void
add_named (Build *build, OcgEngine *engine, const char *name)
{
  g_autoptr (OcgModel) model = NULL;

  if (name == NULL || *name == '\0')
    return;
  model = ocg_engine_resolve_any (engine, name, NULL);
  if (model != NULL && !model->listed && !g_hash_table_contains (build->refs, model->ref))
    add_row (build, model);
}

static GHashTable *
index_rows (GPtrArray *rows)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = g_ptr_array_index (rows, i);

      g_hash_table_insert (index, row->model->ref, row);
    }
  return index;
}

/* @before: the last list */
static GPtrArray *
build_rows (OcgEngine *engine, GPtrArray *before)
{
  g_autoptr (GHashTable) refs = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) index = index_rows (before);
  Build build = { .catalog = ocg_engine_get_catalog (engine),
                  .credentials = ocg_engine_get_credentials (engine),
                  .rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free),
                  .refs = refs,
                  .before = index };
  OcgSettings *settings = ocg_catalog_get_settings (build.catalog);
  GPtrArray *models = ocg_catalog_get_models (build.catalog);

  for (guint i = 0; i < models->len; i++)
    add_row (&build, g_ptr_array_index (models, i));
  add_named (&build, engine, settings->primary);
  for (guint i = 0; settings->fallbacks[i] != NULL; i++)
    add_named (&build, engine, settings->fallbacks[i]);
  for (guint i = 0; i < settings->model_entries->len; i++)
    add_named (&build, engine,
               ((OcgModelEntry *) g_ptr_array_index (settings->model_entries, i))->ref);
  g_free (build.credential);
  return build.rows;
}

gboolean
ocg_model_list_refresh (OcgModelList *self)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->rows);
  gboolean changed = FALSE;

  self->rows = build_rows (self->engine, before);
  changed = before->len != self->rows->len;
  for (guint i = 0; !changed && i < before->len; i++)
    changed = ((Row *) g_ptr_array_index (before, i))->hash
              != ((Row *) g_ptr_array_index (self->rows, i))->hash;
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
