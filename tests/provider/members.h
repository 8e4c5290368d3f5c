/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* JSON objects: reading members of requests, which may be anything, and building answers. */

#pragma once

#include <json-glib/json-glib.h>

/* The member if it has the right type, else NULL. @object may be NULL. */
JsonArray *member_array (JsonObject *object, const char *name);
JsonObject *member_object (JsonObject *object, const char *name);
const char *member_string (JsonObject *object, const char *name);
gboolean member_is (JsonObject *object, const char *name, const char *value);
gboolean member_has (JsonObject *object, const char *name); /* and it is not null */
gboolean member_true (JsonObject *object, const char *name);
gint64 member_int (JsonObject *object, const char *name, gint64 fallback);
double member_double (JsonObject *object, const char *name, double fallback);
/* The first member that is not in @known, or NULL; @known may be several lists, ended by NULL. */
const char *
member_unknown (JsonObject *object, const char *const *known, ...) G_GNUC_NULL_TERMINATED;

guint array_size (JsonArray *array);                    /* 0 for NULL */
JsonObject *element_object (JsonArray *array, guint i); /* or NULL */

/* An object of members such as "s:name", value; the letter is the type of the value: s string or
 * NULL, i int, t guint64, d double, b gboolean, o JsonObject, a JsonArray (both taken), n null,
 * which has no value. NULL ends them. */
JsonObject *json_make (const char *member, ...) G_GNUC_NULL_TERMINATED;
void json_extend (JsonObject *object, const char *member, ...) G_GNUC_NULL_TERMINATED;
/* An array of objects (taken), or an empty one; NULL ends them. */
JsonArray *json_list (JsonObject *first, ...) G_GNUC_NULL_TERMINATED;
char *json_text_take (JsonObject *object);
gboolean json_is_valid_object (const char *text);
