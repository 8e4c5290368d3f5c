/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-cost.h"

static gboolean
add (double *sum, gint64 tokens, double price)
{
  if (tokens > 0 && price < 0)
    return FALSE;
  if (tokens > 0)
    *sum += (double) tokens * price / 1e6;
  return TRUE;
}

gboolean
ocg_cost_compute (const OcgPrices *prices, const OcgUsage *usage, double *cost)
{
  double sum = 0;

  if (usage->input < 0 || usage->output < 0 || prices->input < 0 || prices->output < 0)
    return FALSE;
  if (!add (&sum, usage->input, prices->input) || !add (&sum, usage->output, prices->output)
      || !add (&sum, usage->cache_read, prices->cache_read)
      || !add (&sum, usage->cache_write, prices->cache_write))
    return FALSE;
  *cost = sum;
  return TRUE;
}
