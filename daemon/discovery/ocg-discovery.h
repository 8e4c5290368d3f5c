/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Which models the servers on this machine have: whom to ask, when, and what they said last.
 *
 * Servers are asked when ocg_discovery_ask() says so, when there is reason to doubt a list, and
 * every thirty seconds while the gateway is used; no server more often than once a second. A server
 * that is not on this machine is asked only by name, and only when it takes no key. */

#pragma once

#include "../catalog/ocg-catalog.h"
#include "../credentials/ocg-credentials.h"
#include "../net/ocg-http.h"

typedef struct _OcgDiscovery OcgDiscovery;

typedef void (*OcgDiscoveryFunc) (gpointer user_data);

/* @changed: ocg_discovery_get_served() is another now; make a catalogue and set it. */
OcgDiscovery *ocg_discovery_new (OcgHttp *http, OcgCredentials *credentials,
                                 OcgDiscoveryFunc changed, gpointer user_data);
void ocg_discovery_free (OcgDiscovery *self);

/* Provider id -> OcgServedList. (transfer none) */
GHashTable *ocg_discovery_get_served (OcgDiscovery *self);
/* Forgets what was found at addresses that @catalog does not have. Asks nobody. */
void ocg_discovery_set_catalog (OcgDiscovery *self, OcgCatalog *catalog);

/* Asks all servers on this machine. */
void ocg_discovery_ask (OcgDiscovery *self);
/* The same, or one provider's server only (nullable). @done is called when all that were asked have
 * answered or given up, @changed before it; before this returns when there is nobody to ask. */
void ocg_discovery_refresh (OcgDiscovery *self, OcgProvider *provider, OcgDiscoveryFunc done,
                            gpointer user_data);

/* Somebody uses the gateway: lists are kept fresh for the next minutes. Asks nobody now. */
void ocg_discovery_note_use (OcgDiscovery *self);
/* Something went otherwise than this provider's list would have it. */
void ocg_discovery_doubt (OcgDiscovery *self, const char *provider_id);
/* The same when its list did not say that a model was loaded, and the model has been asked now. */
void ocg_discovery_note_load (OcgDiscovery *self, const char *provider_id);
/* Other keys are there now: servers that wanted one are asked again. */
void ocg_discovery_note_credentials (OcgDiscovery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgDiscovery, ocg_discovery_free)
