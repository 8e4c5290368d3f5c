/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What is different between two versions of a configuration. Pure. */

#pragma once

#include <json-glib/json-glib.h>

#define OCG_CONFIG_DIFF_MAX_BELOW 32 /* paths below one object but the top; else there is its own */
#define OCG_CONFIG_DIFF_MAX 256      /* paths in all; else there are those of outer objects */

/* The paths, as ocg-config-path.h writes them, of members that were added, taken away or changed:
 * the innermost ones, an array as a whole. First those of @after in its order, then those that are
 * gone. Values are compared as ocg-json5-equal.h does. @before, @after: (nullable) nothing is there;
 * @top: the path of both, "" for the whole file. Never NULL. */
GStrv ocg_config_diff (JsonNode *before, JsonNode *after, const char *top);
