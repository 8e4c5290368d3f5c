/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Tells the user on the desktop that a plan is nearly used up, and that it is. */

#pragma once

#include "../clock/ocg-clock.h"
#include "../usage/ocg-quota.h"
#include "ocg-notifier.h"

typedef struct _OcgQuotaNotices OcgQuotaNotices;

/* @notifier and @clock have to outlive it. */
OcgQuotaNotices *ocg_quota_notices_new (OcgNotifier *notifier, OcgClock *clock);
void ocg_quota_notices_free (OcgQuotaNotices *self);

/* What a plan says now. */
void ocg_quota_notices_take (OcgQuotaNotices *self, OcgProvider *provider, const char *profile,
                             const OcgQuotaReport *report);
