/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Reads the models of a provider's entry. */

#pragma once

#include "../config/ocg-problem.h"
#include "ocg-model.h"

/* One entry of models[] upon @base (nullable, same id), which stands where it is silent. NULL when
 * something is wrong, which is described. @path: of the entry; @openclaw: it has the fields of
 * openclaw.json only. */
OcgModel *ocg_model_read (OcgProvider *provider, JsonObject *json, OcgModel *base,
                          const char *path, gboolean openclaw, OcgProblems *problems);

/* A list of models in which an id is found at once. */
typedef struct
{
  GPtrArray *models;    /* of OcgModel (owned) */
  GHashTable *place_of; /* id -> index + 1 */
} OcgModelTable;

void ocg_model_table_init (OcgModelTable *self);
void ocg_model_table_clear (OcgModelTable *self);
OcgModel *ocg_model_table_find (OcgModelTable *self, const char *id);
/* Takes the place of the one with the same id, or goes to the end. (transfer full) */
void ocg_model_table_put (OcgModelTable *self, OcgModel *model);

/* All entries of @json's "models", upon those of @self; one bad entry does not spoil the others.
 * @path: of the provider's entry. */
void ocg_model_table_read (OcgModelTable *self, OcgProvider *provider, JsonObject *json,
                           const char *path, gboolean openclaw, OcgProblems *problems);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OcgModelTable, ocg_model_table_clear)
