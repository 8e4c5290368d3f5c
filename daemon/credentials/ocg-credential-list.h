/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The credentials that there are, as people see them. From memory: no I/O. */

#pragma once

#include "../catalog/ocg-catalog.h"
#include "ocg-credential-order.h"
#include "ocg-token-keeper.h"

/* The dictionaries of ListCredentials(), as aa{sv}: provider after provider, in the order in which
 * each one's are tried. @provider: (nullable) only this one's. @settings: (nullable). Floating. */
GVariant *ocg_credential_list (OcgCatalog *catalog, const char *provider, OcgSettings *settings,
                               OcgKeyring *keyring, OcgTokenKeeper *keeper,
                               const OcgCredentialTurns *turns);
