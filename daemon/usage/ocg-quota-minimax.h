/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What MiniMax says of a plan and of a balance, in all the ways in which it has said so. Pure.
 *
 * Its counts named "usage" are what remains; its percentages are what remains, too. A number that
 * something else in the answer contradicts is none at all: a quota shown upside down is worse than
 * one that is not known. */

#pragma once

#include "ocg-quota-report.h"

/* The answer of planUrls. @text: any bytes. @secret: (nullable) masked where it is repeated. */
OcgQuotaReport *ocg_quota_minimax_read_plan (const char *text, gsize length, const char *secret);
/* That of balanceUrl. */
OcgQuotaReport *ocg_quota_minimax_read_balance (const char *text, gsize length, const char *secret);
