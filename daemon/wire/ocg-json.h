/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* JSON from outside: one bounded scan, then json-glib; and getters that never assert. Pure. */

#pragma once

#include <json-glib/json-glib.h>

#define OCG_JSON_MAX_DEPTH 128

/* A copy of @text, which must be valid UTF-8, as JSON that everybody reads; see ocg_json_scan(). NULL
 * when it is not JSON or nested deeper than OCG_JSON_MAX_DEPTH; @error may be NULL. Errors, not
 * translated: G_IO_ERROR_INVALID_DATA, or G_IO_ERROR_NOT_SUPPORTED when it is too deep. */
char *ocg_json_mend (const char *text, gssize length, GError **error);

/* The same, for servers that are strict: lone surrogates become U+FFFD. */
char *ocg_json_mend_for_servers (const char *text, gssize length, GError **error);

/* Parses it. "\u0000" and lone surrogates in strings become U+FFFD, because neither can travel in a
 * D-Bus string. The same errors. Returns: (transfer full) */
JsonNode *ocg_json_parse (const char *text, gssize length, GError **error);

/* The same for text that must hold an object. Returns: (transfer full) */
JsonObject *ocg_json_parse_object (const char *text, gssize length, GError **error);

/* Members of the right type, or NULL / FALSE. @object may be NULL. (transfer none) */
const char *ocg_json_get_string (JsonObject *object, const char *member);
JsonObject *ocg_json_get_object (JsonObject *object, const char *member);
JsonArray *ocg_json_get_array (JsonObject *object, const char *member);
gboolean ocg_json_get_int (JsonObject *object, const char *member, gint64 *value);
gboolean ocg_json_get_double (JsonObject *object, const char *member, double *value);
gboolean ocg_json_get_boolean (JsonObject *object, const char *member, gboolean *value);

/* The object at @index of @array, or NULL. (transfer none) */
JsonObject *ocg_json_array_get_object (JsonArray *array, guint index);
