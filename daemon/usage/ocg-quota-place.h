/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Where a provider says what is left: the data's addresses for the region in force. Pure. */

#pragma once

#include "../catalog/ocg-provider.h"

typedef struct
{
  char *region;      /* (nullable) */
  GStrv plan_urls;   /* in the order in which they are asked; never empty */
  char *balance_url; /* (nullable) */
} OcgQuotaPlace;

/* Whether there is such a place for @provider at all. */
gboolean ocg_quota_place_exists (OcgProvider *provider);

/* @base_url: where requests go with the credential. All addresses are of its origin, or of one that
 * counts as the same: the key goes nowhere else. A server of no region, such as a proxy, is asked
 * under the paths of the first one. NULL when there is none. */
OcgQuotaPlace *ocg_quota_place_find (OcgProvider *provider, const char *base_url);
void ocg_quota_place_free (OcgQuotaPlace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgQuotaPlace, ocg_quota_place_free)
