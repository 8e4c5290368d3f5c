/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* reasoning_details of OpenRouter and MiniMax: thoughts in pieces that are put together again, so
 * that the whole can be sent back as it was meant. Pure. */

#pragma once

#include <json-glib/json-glib.h>

typedef struct
{
  GPtrArray *details; /* (nullable) of entries that may still grow */
} OcgReasoningDetails;

/* Adds the pieces of one event. Returns what they say to people, "" for nothing. */
char *ocg_reasoning_details_add (OcgReasoningDetails *self, JsonArray *pieces);
/* {"reasoning_details":[…]}, or NULL when there are none. (transfer full) */
char *ocg_reasoning_details_dup_json (OcgReasoningDetails *self);
void ocg_reasoning_details_clear (OcgReasoningDetails *self);
