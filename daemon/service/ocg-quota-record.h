/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What is left, as the dictionaries of GetQuota(). */

#pragma once

#include <gio/gio.h>

#include "../usage/ocg-quota-report.h"

/* Appends to an open aa{sv}, in the language of the thread's locale: one for each window, or one
 * when there is none. */
void ocg_quota_record_add (GVariantBuilder *list, const char *provider, const char *profile,
                           const OcgQuotaReport *report);
