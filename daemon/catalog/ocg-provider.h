/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One provider: where its server is and how to speak to it. Data, not code: read from
 * data/providers and from models.providers of openclaw.json. Immutable and reference counted. */

#pragma once

#include <json-glib/json-glib.h>

typedef enum
{
  OCG_AUTH_BEARER,    /* Authorization: Bearer KEY */
  OCG_AUTH_X_API_KEY, /* x-api-key: KEY */
} OcgAuthHeader;

typedef struct
{
  int ref_count;

  char *id;       /* lower case */
  char *name;     /* for people */
  char *base_url; /* normalised: no trailing "/", no endpoint on its end */
  char *origin;   /* scheme://host:port of base_url, the port always written */
  GStrv origins;  /* origins that count as this one (hosts of one login), this one included */
  JsonArray *origin_groups; /* (nullable) lists of origins of which each list counts as one */
  char *api;
  char *family;   /* whose quirks apply: "minimax", "anthropic", ... or "" */
  OcgAuthHeader auth_header;
  gboolean needs_key; /* FALSE for servers that take any key or none */
  gboolean local;     /* the host of base_url is a loopback address */
  GStrv env_keys;     /* environment variables that hold a key, first set wins; never NULL */
  char *api_key;      /* (nullable) models.providers.ID.apiKey, expanded; wiped on free */
  char *missing_variable; /* (nullable) the ${VAR} in apiKey that is not set */
  gboolean in_config;     /* has an entry in models.providers */
  GHashTable *headers;    /* (nullable) name -> value */
  guint timeout_seconds;  /* timeoutSeconds; 0: not set */
} OcgProvider;

/* Reads a provider entry. @id: lower case; @json: an entry of models.providers or the contents of
 * data/providers/ID.json; @base: (nullable) the entry beneath it, for fields that are missing; one
 * without a base_url lends its env_keys and family only. The fields that openclaw.json does not
 * have (see data/providers.schema.json) are not looked at when @in_config.
 * Errors: OCG_ERROR_CONFIG_INVALID with "models.providers.ID.FIELD: what is wrong". */
OcgProvider *ocg_provider_new_from_json (const char *id, JsonObject *json, OcgProvider *base,
                                         gboolean in_config, GError **error);
OcgProvider *ocg_provider_ref (OcgProvider *self);
void ocg_provider_unref (OcgProvider *self);

/* A provider that holds the env_keys and family of @full only; a base for replace mode. */
OcgProvider *ocg_provider_new_identity (OcgProvider *full);

/* Lower case, with "z.ai" and "z-ai" made zai. */
char *ocg_provider_normalize_id (const char *id);

/* Whether a key bound to @origin may go to this provider. */
gboolean ocg_provider_accepts_origin (OcgProvider *self, const char *origin);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgProvider, ocg_provider_unref)
