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

/* The prices that hold for all of a request with this much input. */
static OcgPrices
choose_prices (const OcgPrices *prices, const OcgUsage *usage)
{
  OcgPrices chosen = *prices;
  guint64 input = (guint64) MAX (usage->input, 0) + (guint64) MAX (usage->cache_read, 0)
                  + (guint64) MAX (usage->cache_write, 0);

  for (guint i = 0; prices->tiers != NULL && i < prices->tiers->len; i++)
    {
      const OcgPriceTier *tier = &g_array_index (prices->tiers, OcgPriceTier, i);

      if (input > tier->above)
        chosen = (OcgPrices){ tier->input, tier->output, tier->cache_read, tier->cache_write,
                              NULL };
    }
  return chosen;
}

gboolean
ocg_cost_compute (const OcgPrices *prices, const OcgUsage *usage, double *cost)
{
  OcgPrices now = choose_prices (prices, usage);
  double sum = 0;

  if (usage->input < 0 || usage->output < 0 || now.input < 0 || now.output < 0)
    return FALSE;
  if (!add (&sum, usage->input, now.input) || !add (&sum, usage->output, now.output)
      || !add (&sum, usage->cache_read, now.cache_read)
      || !add (&sum, usage->cache_write, now.cache_write))
    return FALSE;
  *cost = sum;
  return TRUE;
}
