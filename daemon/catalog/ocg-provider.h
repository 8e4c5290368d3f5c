/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One provider: where its server is and how to speak to it. Data, not code; see
 * ocg-provider-reader.h. Immutable and reference counted, in any thread. */

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
  GStrv aliases;  /* other ids that mean this one, lower case; never NULL */
  char *base_url; /* normalised: no trailing "/", no endpoint on its end */
  char *origin;   /* scheme://host:port of base_url, the port always written */
  GStrv origins;  /* origins that count as this one (hosts of one login), this one included */
  char *api;
  char *family;   /* whose quirks apply: "minimax", "anthropic", ... or "" */
  char *class;    /* where what is sent goes: "local", "cn" or "global" */
  gboolean class_is_chosen; /* by the user, wherever the server is */
  OcgAuthHeader auth_header;
  gboolean needs_key; /* FALSE for servers that take any key or none */
  gboolean local;     /* the host of base_url is a loopback address */
  GStrv env_keys;     /* environment variables that hold a key which may go to origin, first set
                         wins; never NULL */
  char *api_key;      /* (nullable) apiKey of its entry, expanded; wiped on free */
  char *missing_variable; /* (nullable) the ${VAR} in apiKey that is not set */
  gboolean in_config;     /* has an entry in models.providers */
  GHashTable *headers;    /* (nullable) name -> value */
  gboolean follows_regions; /* neither openclaw.json nor a file of less trust says where
                               its server is; see ocg_credential_place() */
  gboolean is_led_astray; /* its server is one that no trusted file names */
  guint timeout_seconds;  /* timeoutSeconds; 0: not set */

  /* Of data/providers.schema.json; all nullable. */
  char *docs, *keys_url;  /* URLs; where a user gets a key */
  JsonNode *regions;      /* object */
  JsonNode *auth_choices; /* array */
  JsonNode *login;        /* object */
  JsonNode *quota;        /* object */

  /* What layers above it build upon. */
  GPtrArray *origin_groups;   /* of GStrv */
  GPtrArray *trusted_origins; /* of char*: where keys that belong to nobody else may go */
  char *class_origin;         /* (nullable) the origin that class was said of; NULL: any */
} OcgProvider;

OcgProvider *ocg_provider_ref (OcgProvider *self);
void ocg_provider_unref (OcgProvider *self);

/* Lower case, with the aliases of built-in providers ("z.ai") made their ids. */
char *ocg_provider_normalize_id (const char *id);
/* Whether @id, in any case, is its id or one of its aliases. */
gboolean ocg_provider_is_named (OcgProvider *self, const char *id);

/* Whether a key bound to @origin may go to this provider. */
gboolean ocg_provider_accepts_origin (OcgProvider *self, const char *origin);

/* The ids of its regions, "global, cn". */
char *ocg_provider_list_regions (OcgProvider *self);
/* The base URL of one of them; NULL when there is no such region. */
const char *ocg_provider_get_region_url (OcgProvider *self, const char *region);

/* The plugin that its login waits for: @plugins is id -> gboolean, of those that the settings name.
 * (nullable) */
const char *ocg_provider_find_disabled_plugin (OcgProvider *self, GHashTable *plugins);

/* The same provider at @base_url, which is normalised: of another region, for a credential of that
 * one. (transfer full) */
OcgProvider *ocg_provider_new_at (OcgProvider *self, const char *base_url);

/* The environment variable to name to people, or NULL. */
const char *ocg_provider_get_env_key (OcgProvider *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgProvider, ocg_provider_unref)
