/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What follows when an attempt has failed. Pure: a table of error codes. */

#pragma once

#include "../../dbus/ocg-error.h"

typedef enum
{
  OCG_DECISION_STOP,   /* the request ends with this failure */
  OCG_DECISION_RETRY,  /* the same again, after a pause */
  OCG_DECISION_ROTATE, /* the same model with another profile */
  OCG_DECISION_NEXT,   /* the next candidate gets its turn, or the request ends if there is none */
} OcgDecision;

/* What has failed, and what is left. */
typedef struct
{
  OcgError code;
  gint64 retry_after_ms;     /* what the provider said; -1: nothing */
  gboolean has_content;      /* the client has seen something of the answer: there is no switch */
  gboolean was_retried;      /* with this profile */
  gboolean has_other_profile; /* one that can be used for the model at once */
} OcgSetback;

OcgDecision ocg_fallback_decide (const OcgSetback *setback);
