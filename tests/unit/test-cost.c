/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "usage/ocg-cost.h"

static const OcgPrices flat = { 0.3, 1.2, 0.03, 0.375, NULL };

static void
assert_cost (const OcgPrices *prices, OcgUsage usage, double wanted)
{
  double cost = -1;

  g_assert_true (ocg_cost_compute (prices, &usage, &cost));
  g_assert_cmpfloat_with_epsilon (cost, wanted, 1e-12);
}

static void
test_four_buckets (void)
{
  assert_cost (&flat, (OcgUsage){ .input = 1000000, .output = 500000, .cache_read = 2000000,
                                  .cache_write = 100000 },
               0.3 + 0.6 + 0.06 + 0.0375);
  assert_cost (&flat, (OcgUsage){ .input = 0, .output = 0, .cache_read = -1, .cache_write = -1 },
               0);
}

static void
test_unknown (void)
{
  const OcgPrices unknown = { -1, -1, -1, -1, NULL };
  const OcgPrices no_cache = { 1, 1, -1, -1, NULL };
  const OcgUsage no_input = { .input = -1, .output = 5 };
  const OcgUsage usage = { .input = 1, .output = 5, .cache_read = 7 };
  double cost = 42;

  g_assert_false (ocg_cost_compute (&unknown, &usage, &cost));
  g_assert_false (ocg_cost_compute (&flat, &no_input, &cost));
  g_assert_false (ocg_cost_compute (&no_cache, &usage, &cost));
  g_assert_cmpfloat (cost, ==, 42);
}

/* The whole request costs what its tier says, and cached input counts for the tier. */
static void
test_tiers (void)
{
  g_autoptr (GArray) tiers = g_array_new (FALSE, FALSE, sizeof (OcgPriceTier));
  const OcgPriceTier rows[] = { { 272000, 4, 15, 0.4, 5 }, { 500000, 8, 30, 0.8, 10 } };
  OcgPrices prices = { 2, 10, 0.2, 2.5, tiers };

  g_array_append_vals (tiers, rows, G_N_ELEMENTS (rows));
  assert_cost (&prices, (OcgUsage){ .input = 272000, .output = 1000 }, 0.544 + 0.01);
  assert_cost (&prices, (OcgUsage){ .input = 272001, .output = 1000 },
               272001 * 4 / 1e6 + 0.015);
  assert_cost (&prices, (OcgUsage){ .input = 1000, .output = 1000, .cache_read = 270000,
                                    .cache_write = 1001 },
               0.004 + 0.015 + 0.108 + 1001 * 5 / 1e6);
  assert_cost (&prices, (OcgUsage){ .input = 600000, .output = 0 }, 4.8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cost/four-buckets", test_four_buckets);
  g_test_add_func ("/cost/unknown", test_unknown);
  g_test_add_func ("/cost/tiers", test_tiers);
  return g_test_run ();
}
