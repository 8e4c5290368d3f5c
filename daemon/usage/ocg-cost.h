/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What an answer cost. Pure. */

#pragma once

#include "../catalog/ocg-model.h"
#include "../engine/ocg-event.h"

/* Four buckets of tokens times four prices, in USD; all at the prices of the tier that the input,
 * cached or not, reaches. FALSE when a bucket that counts, or its price,
 * is not known. Cache buckets that were not reported count as empty. */
gboolean ocg_cost_compute (const OcgPrices *prices, const OcgUsage *usage, double *cost);
