/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What makes one array of another, so that as many elements as possible stay. */

#pragma once

#include <json-glib/json-glib.h>

#define OCG_JSON5_DIFF_NONE G_MAXUINT
/* Of elements that differ, the one times the other; beyond it they are taken one by one. */
#define OCG_JSON5_DIFF_MAX_CELLS (2000 * 2000)

typedef struct
{
  guint old_index; /* NONE: an element that comes in here */
  guint new_index; /* NONE: an element that goes; else what becomes of the old one */
} OcgJson5DiffStep;

/* Of OcgJson5DiffStep: all elements of both, each in its order. Elements that are equal, or objects
 * with the same "id", are the same. */
GArray *ocg_json5_diff (JsonArray *old_array, JsonArray *new_array);
