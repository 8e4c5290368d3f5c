/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Which places of openclaw.json hold secrets. */

#pragma once

#include <json-glib/json-glib.h>

/* A copy of @node, which stands at @path, for others to see: text and numbers at secret places are
 * "********", except a lone ${NAME}; so is who logs in where by a URL. */
JsonNode *ocg_config_mask (JsonNode *node, const char *const *path);

/* The path of the first text or number in @value, which is to be put at @path, that would stand
 * where secrets do and is no lone ${NAME}. (transfer full) (nullable) */
char *ocg_config_find_secret (const char *const *path, JsonNode *value);
