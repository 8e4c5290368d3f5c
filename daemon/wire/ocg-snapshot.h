/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A field that servers of MiniMax send either in increments, as everybody does, or as a snapshot
 * that grows. Which of the two it is shows in the second value, and is certain with the third; an
 * ambiguous second value is held back until then. Pure. */

#pragma once

#include <glib.h>

typedef struct
{
  gboolean is_decided;
  gboolean is_snapshot;
  GString *seen; /* (nullable) everything so far, while it matters */
  GString *held; /* (nullable) a second value that begins with the first */
} OcgSnapshot;

/* Returns what is new in @value, "" for nothing. (transfer full) */
char *ocg_snapshot_push (OcgSnapshot *self, const char *value);
/* No more values: what was held back. (transfer full) */
char *ocg_snapshot_finish (OcgSnapshot *self);
/* Frees what is held; the next value is a first one again. */
void ocg_snapshot_clear (OcgSnapshot *self);
