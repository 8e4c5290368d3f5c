/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the segments of an edit's path mean for values that have been read. */

#pragma once

#include <json-glib/json-glib.h>

/* The number of an element; @length for "-". FALSE when the segment is no number. */
gboolean ocg_json5_path_index (const char *segment, guint length, guint *index);

/* (transfer none) (nullable): what the segments lead to; @root itself for none. */
JsonNode *ocg_json5_path_lookup (JsonNode *root, const char *const *path);

/* @value within new objects with a member for each segment. (transfer full) */
JsonNode *ocg_json5_path_wrap (const char *const *path, JsonNode *value);

/* Whether @after is what an edit must make of @before: what @path leads to is @value, or has gone
 * when that is NULL, and everything else is the same. */
gboolean ocg_json5_path_is_edit (JsonNode *before, JsonNode *after, const char *const *path,
                                 JsonNode *value);
