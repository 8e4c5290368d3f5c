/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Makes a provider of the entries that layers have of it. */

#pragma once

#include "../config/ocg-environment.h"
#include "../config/ocg-problem.h"
#include "../config/ocg-provider-layer.h"
#include "ocg-fields.h"
#include "ocg-provider.h"

/* What one layer says of a provider. */
typedef struct
{
  OcgProviderLayer *layer; /* (nullable) NULL: the built-in data */
  const char *name;        /* the id as it is written there */
  JsonObject *json;
} OcgProviderEntry;

typedef struct
{
  const char *id;             /* normalised */
  OcgProvider *base;          /* (nullable) one without a base_url lends its identity only */
  GPtrArray *entries;         /* of OcgProviderEntry; later ones win, field by field */
  const char *family, *class; /* (nullable) win over what the entries say */
  GHashTable *claimed;        /* (nullable) set of environment variables that trusted data names */
  OcgEnvironment *environment; /* (nullable) says which keys would have been used */
} OcgProviderSources;

/* NULL when it cannot be used: a field that says where requests go, or how the key goes with them
 * (baseUrl, api, auth, authHeader, headers), is wrong. Any other wrong field is left out alone. All
 * are described in @problems, whose source is set to each layer in turn. @broken: (out) (transfer
 * full) "PATH: what is wrong" when it is NULL. */
OcgProvider *ocg_provider_read (const OcgProviderSources *sources, OcgProblems *problems,
                                char **broken);

/* Lends what is said of @full but not its server: a base for models.mode "replace". */
OcgProvider *ocg_provider_new_identity (OcgProvider *full);

/* "models.providers.NAME" */
char *ocg_provider_entry_get_path (const OcgProviderEntry *entry);
/* Whether the entry has the fields of openclaw.json only, not those of data/providers. */
gboolean ocg_provider_entry_is_openclaw (const OcgProviderEntry *entry);
/* Whether keys that belong to nobody else may go where the entry says. */
gboolean ocg_provider_entry_is_trusted (const OcgProviderEntry *entry);

/* Whether a credential of another region may go to that one, although the entry says where requests
 * go: nobody but the data and the logins themselves has said so. */
gboolean ocg_provider_entry_follows_regions (const OcgProviderEntry *entry);

/* The member "api" of a provider or a model: a wire API that is spoken here, or one of OpenClaw's.
 * (transfer full) (nullable) */
char *ocg_provider_read_api (OcgFields *fields);
