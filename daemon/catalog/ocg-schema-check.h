/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Values of JSON held against a JSON Schema. Of its words these count: type, enum, pattern,
 * minLength, minimum, minItems, maxItems, uniqueItems, minProperties, propertyNames, required,
 * properties, additionalProperties, items, and $ref to what "$defs" holds; "format" tells what a
 * pattern wants. Pure. */

#pragma once

#include <json-glib/json-glib.h>

#include "../config/ocg-problem.h"

/* A copy of @node without what is wrong in it and without what is of no use then; each fault is
 * described. NULL: nothing is left. @root: the whole schema; @schema: the part of it that @node has
 * to keep to; @complete: (nullable) another part, of which only "required" counts, at any depth;
 * @beneath: (nullable) what the result will be put upon: a member that is required may stand there.
 * Members that the schema does not name are kept and not described: see ocg-config-keys.h.
 * @path: of @node. (transfer full) (nullable) */
JsonNode *ocg_schema_check_keep (JsonObject *root, JsonObject *schema, JsonObject *complete,
                                 JsonNode *node, JsonNode *beneath, const char *path,
                                 OcgProblems *problems);
