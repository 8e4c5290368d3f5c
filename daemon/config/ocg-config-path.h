/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Paths into openclaw.json as people write them: agents.defaults.models["a/b"].alias, a.b[0]. */

#pragma once

#include <json-glib/json-glib.h>

/* The segments, unescaped; none for "". In brackets quotes may be left out, and a backslash keeps
 * a dot in a name. Errors: OCG_ERROR_INVALID_ARGS. */
GStrv ocg_config_path_parse (const char *path, GError **error);

/* @parent: (nullable) or "" for the top */
char *ocg_config_path_join (const char *parent, const char *name);
char *ocg_config_path_join_index (const char *parent, guint index);
char *ocg_config_path_format (const char *const *segments, guint length);

/* Returns: (transfer none) (nullable): @root itself for no segments */
JsonNode *ocg_config_path_lookup (JsonNode *root, const char *const *segments);
