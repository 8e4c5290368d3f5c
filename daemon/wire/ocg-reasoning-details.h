/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* reasoning_details of OpenRouter and MiniMax: thoughts in pieces that are put together again, so
 * that the whole can be sent back as it was meant. Pure. */

#pragma once

#include <json-glib/json-glib.h>

typedef struct
{
  gsize n_added;      /* bytes that the last event added */
  GPtrArray *details; /* (nullable) of entries that may still grow */
} OcgReasoningDetails;

/* Adds the pieces of one event. @may_be_snapshot: a piece may hold everything before it once more.
 * Returns what they say to people, "" for nothing. (transfer full) */
char *ocg_reasoning_details_add (OcgReasoningDetails *self, JsonArray *pieces,
                                 gboolean may_be_snapshot);
/* {"reasoning_details":[…]}, or NULL when there are none. (transfer full) */
char *ocg_reasoning_details_dup_json (OcgReasoningDetails *self);
void ocg_reasoning_details_clear (OcgReasoningDetails *self);
