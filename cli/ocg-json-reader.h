/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Text into JSON: strict, and exact about where it is broken. json-glib takes more than JSON, recurses
 * without a limit, and makes other numbers of large ones; here those are as near as a double. */

#pragma once

#include <json-glib/json-glib.h>

/* As deep as the gateway takes JSON. */
#define OCG_JSON_MAX_DEPTH 128

/* Reads @text, which is valid UTF-8 and ends in a NUL after @length bytes. What D-Bus strings cannot hold (\u0000, halves of surrogate
 * pairs) becomes U+FFFD. Errors: OCG_ERROR_INVALID_ARGS, "LINE:COLUMN: what is wrong", which count
 * characters from 1. Returns: (transfer full) */
JsonNode *ocg_json_read (const char *text, gsize length, guint max_depth, GError **error);

/* Reads the file @name, or standard input for "-", of up to @max_size bytes; errors begin with what
 * it is called. Returns: (transfer full) */
JsonNode *ocg_json_read_file (const char *name, gsize max_size, GError **error);
