/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* All providers and models: the built-in data, upon it what servers say that they serve, upon that
 * the layers of the settings (drop-ins, models.json, openclaw.json). Immutable and reference
 * counted; made anew when any of them changes. */

#pragma once

#include "../config/ocg-problem.h"
#include "../config/ocg-settings.h"
#include "ocg-model.h"

typedef struct _OcgCatalog OcgCatalog;

/* Whether @provider has a credential or an environment key (or needs none). Where one is taken NULL
 * looks at the environment of the settings only. */
typedef gboolean (*OcgHasCredentialFunc) (OcgProvider *provider, gpointer user_data);

/* @served: (nullable) provider id -> OcgServedList. Settings that are wrong are left out; each is
 * described in @problems, whose source is another afterwards. */
OcgCatalog *ocg_catalog_new (OcgSettings *settings, GHashTable *served, OcgProblems *problems);
OcgCatalog *ocg_catalog_ref (OcgCatalog *self);
void ocg_catalog_unref (OcgCatalog *self);

OcgSettings *ocg_catalog_get_settings (OcgCatalog *self);

/* Of OcgModel*, sorted by provider, then in the order of the data. (transfer none) */
GPtrArray *ocg_catalog_get_models (OcgCatalog *self);
/* Of OcgProvider*. (transfer none) */
GPtrArray *ocg_catalog_get_providers (OcgCatalog *self);

/* By id or alias, in any case: "z.ai" is zai. (transfer none) (nullable) */
OcgProvider *ocg_catalog_find_provider (OcgCatalog *self, const char *id);

/* An alias (any case), "provider/id" split at the first "/", or a bare id that is unambiguous; ""
 * is the default model. Checks the allowlist. Errors (translated, with the remedies):
 * OCG_ERROR_UNKNOWN_MODEL, OCG_ERROR_MODEL_NOT_ALLOWED, OCG_ERROR_NO_DEFAULT_MODEL,
 * OCG_ERROR_INVALID_ARGS. Returns: (transfer full) */
OcgModel *ocg_catalog_resolve (OcgCatalog *self, const char *reference,
                               OcgHasCredentialFunc has_credential, gpointer user_data,
                               GError **error);

/* The references that run when @model is the default or is asked for: the fallbacks of the settings
 * without it, resolved, unresolvable ones left out. Of OcgModel*, which the array owns.
 * (transfer full) */
GPtrArray *ocg_catalog_get_fallbacks (OcgCatalog *self, OcgModel *model,
                                      OcgHasCredentialFunc has_credential, gpointer user_data);

/* The same of agents.defaults.imageModel: its primary, then its fallbacks. (transfer full) */
GPtrArray *ocg_catalog_get_image_models (OcgCatalog *self, OcgHasCredentialFunc has_credential,
                                         gpointer user_data);

/* As ocg_catalog_resolve(), without the allowlist: what is chosen in the settings is allowed by
 * being chosen. */
OcgModel *ocg_catalog_resolve_any (OcgCatalog *self, const char *reference,
                                   OcgHasCredentialFunc has_credential, gpointer user_data,
                                   GError **error);
/* The same with an error that names no similar models: to look for them takes time. */
OcgModel *ocg_catalog_resolve_briefly (OcgCatalog *self, const char *reference,
                                       OcgHasCredentialFunc has_credential, gpointer user_data,
                                       GError **error);

gboolean ocg_catalog_is_default (OcgCatalog *self, OcgModel *model);
/* The place of @model among the fallbacks, or -1. */
int ocg_catalog_get_fallback_rank (OcgCatalog *self, OcgModel *model);
gboolean ocg_catalog_is_allowed (OcgCatalog *self, OcgModel *model);
/* NULL-terminated; the strings are the catalogue's: g_free() it. (transfer container) */
GStrv ocg_catalog_get_aliases (OcgCatalog *self, OcgModel *model);
/* The default request options of the model (params), or NULL. (transfer none) */
JsonObject *ocg_catalog_get_params (OcgCatalog *self, OcgModel *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgCatalog, ocg_catalog_unref)
