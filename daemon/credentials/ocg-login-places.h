/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Where the requests of a provider go that has several regions: to that of the first credential
 * which says of what region it is. From memory: no I/O. */

#pragma once

#include "ocg-token-keeper.h"

/* Id of a provider -> base URL, of those that are told. @settings: (nullable). (transfer full) */
GHashTable *ocg_login_places_find (OcgCatalog *catalog, OcgSettings *settings,
                                   OcgKeyring *keyring, OcgTokenKeeper *keeper);
gboolean ocg_login_places_equal (GHashTable *a, GHashTable *b);
