/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a server says of a plan and of a balance. */

#include <math.h>

#include "fuzz.h"
#include "usage/ocg-quota-minimax.h"

static void
check_window (const OcgQuotaWindow *window, OcgQuotaState state)
{
  fuzz_check (state == OCG_QUOTA_OK);
  if (window->used_percent < 0)
    {
      fuzz_check (window->total == 0);
      return;
    }
  fuzz_check (window->used_percent <= 100 && window->total > 0);
  fuzz_check (window->used >= 0 && window->used <= window->total * (1 + 1e-9));
  fuzz_check (fabs (window->used / window->total * 100 - window->used_percent) <= 1.001);
  fuzz_check (window->resets_at >= 0);
}

static void
check_report (OcgQuotaReport *report)
{
  guint n_known = 0;

  for (guint i = 0; i < report->windows->len; i++)
    {
      const OcgQuotaWindow *window = &g_array_index (report->windows, OcgQuotaWindow, i);

      check_window (window, report->state);
      n_known += window->used_percent >= 0;
    }
  fuzz_check (report->windows->len <= 2 && (report->windows->len == 0 || n_known > 0));
  fuzz_check (report->state == OCG_QUOTA_OK || report->why != NULL);
  fuzz_check (report->plan == NULL || fuzz_is_text (report->plan));
  fuzz_check (isfinite (report->balance));
  ocg_quota_report_unref (report);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *copy = g_memdup2 (size > 0 ? (const char *) data : "", MAX (size, 1));

  check_report (ocg_quota_minimax_read_plan (copy, size, "sk-cp-fuzz"));
  check_report (ocg_quota_minimax_read_balance (copy, size, NULL));
  return 0;
}
