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
  GHashTable *provider_by_id;    /* borrowed -> borrowed */
  GHashTable *provider_by_alias; /* alias that a drop-in gives, in lower case -> id */
  GHashTable *model_by_ref;      /* borrowed -> borrowed */
  GHashTable *first_of_id; /* a model's id, in any case -> index in models + 1 of the first one */
  GArray *next_of_id;      /* of guint: the same of the next one, or 0 */
  GHashTable *broken;      /* id -> what is wrong with its entry */

  GHashTable *entries_by_ref; /* reference -> OcgModelEntry that has its alias or params */
  GHashTable *ref_by_alias;   /* alias in lower case -> reference, normalised */
  GHashTable *aliases_by_ref; /* reference -> GPtrArray of char* (borrowed) */
  GHashTable *params_by_ref;  /* reference -> JsonObject (borrowed from the settings) */
  GPtrArray *allowed;         /* (nullable) references and bare ids; NULL: everything is allowed */
  GHashTable *allowed_names;  /* set of the same */
  GHashTable *rank_of_name;   /* reference or bare id -> place among the fallbacks + 1 */
  char *default_name;         /* (nullable) reference or bare id */
};

/* The id of the provider that is meant by @id. */
char *ocg_catalog_normalize_id (OcgCatalog *self, const char *id);
/* "Provider/Model" with the provider's id normalised; a bare id as it is. */
char *ocg_catalog_normalize_ref (OcgCatalog *self, const char *ref);
/* The reference that @name is an alias of, or NULL. */
const char *ocg_catalog_find_alias (OcgCatalog *self, const char *name);

/* Takes from the layers which other names providers have. */
void ocg_catalog_index_names (OcgCatalog *self);
/* Takes the aliases and the params out of the settings. */
void ocg_catalog_index_settings (OcgCatalog *self, OcgProblems *problems);
/* Makes the providers and their models. @served: (nullable) */
void ocg_catalog_build (OcgCatalog *self, GHashTable *served, OcgProblems *problems);
/* What needs the models: their ids, the aliases that the data give, allowlist and fallbacks. */
void ocg_catalog_index_models (OcgCatalog *self);

/* The entries of providers in the layers that count: id -> GPtrArray of OcgProviderEntry, lowest
 * first. What is no entry is described. */
GHashTable *ocg_catalog_collect_entries (OcgCatalog *self, OcgProblems *problems);
/* Set of the environment variables that the built-in data and the administrator's name. */
GHashTable *ocg_catalog_collect_variables (OcgCatalog *self);

/* The models of an id, in any case, one after the other. */
typedef struct
{
  OcgCatalog *catalog;
  guint place;
} OcgModelChain;

OcgModelChain ocg_catalog_chain_of_id (OcgCatalog *self, const char *id);
/* Borrowed; NULL after the last. */
OcgModel *ocg_model_chain_next (OcgModelChain *chain);

/* The models that a bare id may mean, more than one when it is ambiguous; has_credential as for
 * ocg_catalog_resolve(). Of OcgModel* (borrowed). (transfer container) */
GPtrArray *ocg_catalog_find_meanings (OcgCatalog *self, const char *id,
                                      OcgHasCredentialFunc has_credential, gpointer user_data);

/* The errors of ocg_catalog_resolve(). Each does nothing when @error is NULL. @is_brief: without
 * similar names */
void ocg_catalog_set_unknown_provider (OcgCatalog *self, const char *provider_id, const char *ref,
                                       gboolean is_brief, GError **error);
void ocg_catalog_set_wrong_case (const char *ref, const char *right, GError **error);
void ocg_catalog_set_unknown_name (OcgCatalog *self, const char *name, gboolean is_brief,
                                   GError **error);
void ocg_catalog_set_ambiguous (const char *name, GPtrArray *models, GError **error);
void ocg_catalog_set_not_allowed (OcgCatalog *self, const char *ref, GError **error);
void ocg_catalog_set_no_default (GError **error);
void ocg_catalog_set_bad_reference (const char *reference, GError **error);
