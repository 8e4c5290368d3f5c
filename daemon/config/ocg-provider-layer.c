/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-provider-layer.h"

OcgProviderLayer *
ocg_provider_layer_new (OcgLayerKind kind, OcgConfigTree *tree, JsonObject *providers,
                        GHashTable *missing)
{
  OcgProviderLayer *self = g_new0 (OcgProviderLayer, 1);

  self->kind = kind;
  self->tree = ocg_config_tree_ref (tree);
  self->providers = json_object_ref (providers);
  self->missing = missing != NULL ? g_hash_table_ref (missing) : NULL;
  return self;
}

void
ocg_provider_layer_free (OcgProviderLayer *self)
{
  ocg_config_tree_unref (self->tree);
  json_object_unref (self->providers);
  g_clear_pointer (&self->missing, g_hash_table_unref);
  g_free (self);
}
