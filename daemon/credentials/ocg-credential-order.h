/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* In which order a provider's credentials are tried. From memory: no I/O. */

#pragma once

#include "../catalog/ocg-provider.h"
#include "../config/ocg-settings.h"
#include "ocg-cooldown-table.h"
#include "ocg-keyring.h"

#define OCG_CREDENTIAL_NONE_NEEDED "none-needed"

typedef enum
{
  OCG_CREDENTIAL_FROM_KEYRING,
  OCG_CREDENTIAL_FROM_ENVIRONMENT,
  OCG_CREDENTIAL_FROM_CONFIG,
  OCG_CREDENTIAL_FROM_NOWHERE,
} OcgCredentialSource;

/* Where the profile id @profile leads to. */
OcgCredentialSource ocg_credential_source (OcgProvider *provider, const char *profile);

/* What has happened to the profiles, by which they take turns. */
typedef struct
{
  OcgCooldownTable *cooldowns;
  GHashTable *last_used; /* profile -> gint64 (Unix ms) */
  const char *model;     /* (nullable) the id of the one that somebody wants to use */
} OcgCredentialTurns;

/* Of char*: the profile ids that there is something behind. An explicit order stays as it is, as long
 * as one of its profiles is there; else logins go before tokens before keys, and among those the
 * least recently used first. What cools down goes last, what is over first before the others.
 * @settings: (nullable) @turns: (nullable) NULL is the order of a start, which does not change with
 * every use. */
GPtrArray *ocg_credential_order (OcgProvider *provider, OcgSettings *settings, OcgKeyring *keyring,
                                 const OcgCredentialTurns *turns);

/* Whether @profile is one of @provider: stored, of auth.profiles, or the name of a key in the
 * environment or the settings. */
gboolean ocg_credential_is_known (OcgProvider *provider, OcgSettings *settings, OcgKeyring *keyring,
                                  const char *profile);

/* The stored profile that is worth asking for when there is nothing: the first one that the
 * settings name, else "PROVIDER:default". */
char *ocg_credential_order_guess (OcgProvider *provider, OcgSettings *settings);

/* What stands in the environment or in models.providers, good or bad. (nullable) Never log it. */
const char *ocg_credential_text (OcgProvider *provider, OcgSettings *settings,
                                 OcgCredentialSource source);

/* A stored item's provider, its id in the catalogue. */
char *ocg_credential_item_provider (const OcgKeyringItem *item);
