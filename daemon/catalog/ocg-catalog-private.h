/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the files of the catalogue share. */

#pragma once

#include "ocg-catalog.h"

struct _OcgCatalog
{
  int ref_count;

  OcgSettings *settings; /* (owned) */
  GPtrArray *providers;  /* of OcgProvider, sorted by id */
  GPtrArray *models;     /* of OcgModel */
  GHashTable *provider_by_id; /* borrowed -> borrowed */
  GHashTable *model_by_ref;   /* borrowed -> borrowed */
  GHashTable *served;         /* (nullable) borrowed while the catalogue is built */
  GHashTable *built_in;       /* id -> JsonObject; in replace mode too */
  GHashTable *broken;         /* id -> what is wrong with its entry in the settings */

  GHashTable *ref_by_alias;   /* alias in lower case -> reference, normalised */
  GHashTable *aliases_by_ref; /* reference -> GPtrArray of char* (borrowed from the settings) */
  GHashTable *params_by_ref;  /* reference -> JsonObject (borrowed from the settings) */
  GPtrArray *allowed;         /* (nullable) references; NULL: everything is allowed */
};

/* "Provider/Model" with the provider's id normalised; a bare id as it is. */
char *ocg_catalog_normalize_ref (const char *ref);
/* The reference that @name is an alias of, or NULL. */
const char *ocg_catalog_find_alias (OcgCatalog *self, const char *name);

/* Takes the aliases, the params and the allowlist out of the settings. */
void ocg_catalog_index_settings (OcgCatalog *self, OcgProblems *problems);

/* The errors of ocg_catalog_resolve(). Each does nothing when @error is NULL. */
void ocg_catalog_set_unknown_provider (OcgCatalog *self, const char *provider_id, const char *ref,
                                       GError **error);
void ocg_catalog_set_wrong_case (const char *ref, const char *right, GError **error);
void ocg_catalog_set_unknown_name (OcgCatalog *self, const char *name, GError **error);
void ocg_catalog_set_ambiguous (const char *name, GPtrArray *models, GError **error);
void ocg_catalog_set_not_allowed (OcgCatalog *self, const char *ref, GError **error);
void ocg_catalog_set_no_default (GError **error);
void ocg_catalog_set_bad_reference (const char *reference, GError **error);
