/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What an edit of a JSON5 text has to be, judged by other means than those of the editor: what it
 * does to the tree, and which bytes it may touch. All checks are assertions. */

#pragma once

#include "config/ocg-json5-container.h"
#include "config/ocg-json5.h"

/* The tree after the edit; NULL when the edit has to fail. (transfer full) @value: (nullable) */
JsonNode *json5_model_edit (JsonNode *root, const char *const *path, JsonNode *value);
/* The same for a merge patch. */
JsonNode *json5_model_merge (JsonNode *root, const char *const *path, JsonNode *patch);

/* FALSE when nothing is there. @path has a segment. The name in @found is not kept. */
gboolean json5_model_find (const char *text, const char *const *path, OcgJson5Item *found);
/* How many members have the name that @path ends in; 1 for an element. */
guint json5_model_count (const char *text, const char *const *path);

/* All comments in their order. (transfer full) */
GPtrArray *json5_model_comments (const char *text);

/* @before reads. The bytes of what is not meant stay; comments neither come in nor, unless they are
 * about what goes, get lost. */
void json5_model_check_bytes (const char *before, const char *after, const char *const *path,
                              JsonNode *value);
/* @text reads, as @root. */
void json5_model_check_reads (const char *text, JsonNode *root);
