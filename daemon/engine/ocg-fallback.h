/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What follows when a candidate has failed. Pure: a table of error codes. */

#pragma once

#include "../../dbus/ocg-error.h"

typedef enum
{
  OCG_DECISION_STOP, /* the request ends with this failure */
  OCG_DECISION_NEXT, /* the next candidate gets its turn */
} OcgDecision;

/* @has_content: whether the client has seen something of the answer: from then on there is no
 * switch. */
OcgDecision ocg_fallback_decide (OcgError code, gboolean has_content);
