/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Ends an answer where one of the texts would come that the caller gave as "stop": openai-responses
 * has no such member, and some servers pass over theirs. Found at any split. Pure. */

#pragma once

#include <glib.h>

typedef struct
{
  GStrv stops;   /* (nullable) (owned) none of them is empty */
  GString *held; /* (nullable) may be the beginning of one of them */
} OcgStopText;

void ocg_stop_text_set (OcgStopText *self, GStrv stops);
void ocg_stop_text_clear (OcgStopText *self);

/* Returns what of the text so far can be passed on; @is_found: (out) it ends there. (transfer full) */
char *ocg_stop_text_push (OcgStopText *self, const char *text, gboolean *is_found);
/* No more text for now: what was held back. (transfer full) */
char *ocg_stop_text_finish (OcgStopText *self);
