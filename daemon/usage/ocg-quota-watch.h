/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* When a plan is nearly used up, and when it is: once for each of its windows, until it starts
 * anew. Pure. */

#pragma once

#include "ocg-quota-report.h"

typedef struct _OcgQuotaWatch OcgQuotaWatch;

typedef enum
{
  OCG_QUOTA_QUIET,
  OCG_QUOTA_NEARLY_USED_UP, /* 80 % */
  OCG_QUOTA_USED_UP,
} OcgQuotaLevel;

OcgQuotaWatch *ocg_quota_watch_new (void);
void ocg_quota_watch_free (OcgQuotaWatch *self);

/* The level that @window of @profile has just come to, or QUIET when that was told already. @now:
 * Unix ms. @recovered: (out) a level that was told holds no more. */
OcgQuotaLevel ocg_quota_watch_take (OcgQuotaWatch *self, const char *profile,
                                    const OcgQuotaWindow *window, gint64 now, gboolean *recovered);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgQuotaWatch, ocg_quota_watch_free)
