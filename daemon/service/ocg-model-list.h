/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What ListModels() answers, kept ready in memory. */

#pragma once

#include "../engine/ocg-engine.h"

typedef struct _OcgModelList OcgModelList;

OcgModelList *ocg_model_list_new (OcgEngine *engine);
void ocg_model_list_free (OcgModelList *self);

/* Makes the list anew; TRUE when anything in it has changed. */
gboolean ocg_model_list_refresh (OcgModelList *self);

/* What the option "provider" names; NULL without it. FALSE and OCG_ERROR_PROVIDER_NOT_CONFIGURED
 * when there is no such provider. @provider: (out) (transfer none) */
gboolean ocg_model_list_find_provider (OcgModelList *self, GVariant *options,
                                       OcgProvider **provider, GError **error);

/* aa{sv}, floating. @options: of ListModels(). */
GVariant *ocg_model_list_query (OcgModelList *self, GVariant *options, GError **error);
