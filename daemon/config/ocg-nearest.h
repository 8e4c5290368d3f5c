/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Finds the names that somebody may have meant. Pure. */

#pragma once

#include <glib.h>

/* The members of @candidates (of char*, "provider/id" or a bare name) that look most like @name,
 * the nearest first, not more than @max (from 1) and none that is far off. In any case (ASCII).
 * (transfer container), the strings are those of @candidates. */
GPtrArray *ocg_nearest_names (const char *name, GPtrArray *candidates, guint max);

/* How many letters are to be changed, put in, taken out or swapped with their neighbours to make
 * one of the other, in any case (ASCII). G_MAXUINT for more than @limit: the less that is, the less
 * time it takes. */
guint ocg_nearest_distance (const char *a, const char *b, guint limit);
