/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* MiniMax sometimes lets its end-of-message token, "[e~[", slip into the text. This holds back what
 * may be the beginning of it and takes it away where the text really ends. Pure. */

#pragma once

#include <glib.h>

typedef struct
{
  GString *held; /* (nullable) not passed on yet */
} OcgEndMarker;

/* Whether @text, coming next, has to be pushed: most text goes straight on. */
gboolean ocg_end_marker_concerns (OcgEndMarker *self, const char *text, gsize length);
/* Adds @text to what is held and returns what can be passed on. (transfer full) */
char *ocg_end_marker_push (OcgEndMarker *self, const char *text);
/* The text goes on with something else, or ends: what is held, without the marker. (transfer full) */
char *ocg_end_marker_finish (OcgEndMarker *self);
void ocg_end_marker_clear (OcgEndMarker *self);
