/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-served.h"

OcgServedModel *
ocg_served_model_new (const char *id)
{
  OcgServedModel *self = g_new0 (OcgServedModel, 1);

  self->id = g_strdup (id);
  return self;
}

void
ocg_served_model_free (OcgServedModel *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

static gboolean
model_equal (const OcgServedModel *a, const OcgServedModel *b)
{
  return g_str_equal (a->id, b->id) && g_strcmp0 (a->name, b->name) == 0
         && a->max_context == b->max_context && a->loaded_context == b->loaded_context
         && a->takes_images == b->takes_images && a->reasoning == b->reasoning;
}

OcgServedList *
ocg_served_list_new (const char *base_url, GPtrArray *models)
{
  OcgServedList *self = g_new0 (OcgServedList, 1);

  self->base_url = g_strdup (base_url);
  self->models = models;
  return self;
}

void
ocg_served_list_free (OcgServedList *self)
{
  g_free (self->base_url);
  g_ptr_array_unref (self->models);
  g_free (self);
}

/* The order says nothing: some servers put what was used last first. */
gboolean
ocg_served_list_equal (const OcgServedList *a, const OcgServedList *b)
{
  g_autoptr (GHashTable) by_id = NULL;

  if (a == NULL || b == NULL)
    return a == b;
  if (!g_str_equal (a->base_url, b->base_url) || a->models->len != b->models->len)
    return FALSE;
  by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < b->models->len; i++)
    {
      OcgServedModel *model = g_ptr_array_index (b->models, i);

      g_hash_table_insert (by_id, model->id, model);
    }
  for (guint i = 0; i < a->models->len; i++)
    {
      OcgServedModel *model = g_ptr_array_index (a->models, i);
      OcgServedModel *other = g_hash_table_lookup (by_id, model->id);

      if (other == NULL || !model_equal (model, other))
        return FALSE;
    }
  return TRUE;
}
