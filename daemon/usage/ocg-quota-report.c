/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-quota-report.h"

OcgQuotaReport *
ocg_quota_report_new (OcgQuotaSource source)
{
  OcgQuotaReport *self = g_new0 (OcgQuotaReport, 1);

  self->ref_count = 1;
  self->source = source;
  self->windows = g_array_new (FALSE, TRUE, sizeof (OcgQuotaWindow));
  return self;
}

OcgQuotaReport *
ocg_quota_report_ref (OcgQuotaReport *self)
{
  self->ref_count++;
  return self;
}

void
ocg_quota_report_unref (OcgQuotaReport *self)
{
  if (--self->ref_count > 0)
    return;
  g_free (self->plan);
  g_free (self->region);
  g_array_unref (self->windows);
  g_clear_pointer (&self->why, ocg_failure_unref);
  g_free (self);
}

void
ocg_quota_report_set_state (OcgQuotaReport *self, OcgQuotaState state, OcgFailure *why)
{
  self->state = state;
  g_clear_pointer (&self->why, ocg_failure_unref);
  self->why = why;
}
