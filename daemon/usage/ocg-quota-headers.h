/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The rate limits that providers write into the headers of their answers. Pure. */

#pragma once

#include "../wire/ocg-error-reply.h"
#include "ocg-quota-report.h"

/* NULL when they say nothing. What makes no sense is left out. @now: Unix ms. */
OcgQuotaReport *ocg_quota_headers_read (OcgHeaderFunc get_header, gpointer user_data, gint64 now);
