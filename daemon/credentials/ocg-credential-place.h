/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Where a credential belongs: to the server of its own region. Pure. */

#pragma once

#include "../catalog/ocg-provider.h"

/* The base URL of @region; @base_url (nullable), which a server named when somebody logged in, in
 * its place where that is an address of the region. NULL when there is no such region.
 * (transfer full) */
char *ocg_credential_place_find_url (OcgProvider *provider, const char *region,
                                     const char *base_url);

/* The region whose server is at @origin, or NULL. */
const char *ocg_credential_place_find_region (OcgProvider *provider, const char *origin);

/* @provider as it is for a credential of @region (nullable: that of @origin) that is bound to
 * @origin (nullable: not known yet): another one only if requests go to one of its regions without
 * openclaw.json or a file of less trust saying so, and a trusted file says where the other region
 * is. (transfer full) */
OcgProvider *ocg_credential_place (OcgProvider *provider, const char *region, const char *base_url,
                                   const char *origin);
