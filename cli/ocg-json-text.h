/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* JSON as scripts get it: from D-Bus values, and into text. */

#pragma once

#include <json-glib/json-glib.h>

/* Any value but one with file descriptors, which become null. Dictionaries become objects, byte
 * arrays base64; a string under "arguments", "parameters" or "schema" that holds a JSON object
 * becomes that object. */
JsonNode *ocg_json_from_variant (GVariant *value);

/* Parses one JSON text, of @length bytes, from the gateway. Returns: (transfer full) or NULL and G_IO_ERROR_INVALID_DATA. */
JsonNode *ocg_json_parse (const char *text, gsize length, GError **error);

/* Replaces the strings under "arguments" in each object of @array by the objects they hold. */
void ocg_json_expand_arguments (JsonArray *array);

/* Appends @node; @pretty: over several lines. Numbers are the shortest that read back the same,
 * which json-glib's own generator (0.29999999999999999) does not give. */
void ocg_json_append (GString *out, JsonNode *node, gboolean pretty);

/* @node on one line, as JSON travels over D-Bus. */
char *ocg_json_to_text (JsonNode *node);

/* The string member @name, or NULL when there is none. (transfer none) */
const char *ocg_json_get_string (JsonObject *object, const char *name);
/* The object or array member @name, or NULL. (transfer none) */
JsonObject *ocg_json_get_object (JsonObject *object, const char *name);
JsonArray *ocg_json_get_array (JsonObject *object, const char *name);
