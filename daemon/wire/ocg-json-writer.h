/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Writes JSON onto a GString. Pure; commas take care of themselves. */

#pragma once

#include <json-glib/json-glib.h>

typedef struct
{
  GString *out; /* (not owned) */
  gboolean needs_comma;
} OcgJsonWriter;

#define OCG_JSON_WRITER_INIT(string) { (string), FALSE }

void ocg_json_open (OcgJsonWriter *self, char bracket);  /* '{' or '[' */
void ocg_json_close (OcgJsonWriter *self, char bracket); /* '}' or ']' */
void ocg_json_key (OcgJsonWriter *self, const char *key); /* needs no escaping */
void ocg_json_name (OcgJsonWriter *self, const char *name); /* a key from outside */
void ocg_json_string (OcgJsonWriter *self, const char *value, gssize length);
void ocg_json_int (OcgJsonWriter *self, gint64 value);
void ocg_json_double (OcgJsonWriter *self, double value);
void ocg_json_boolean (OcgJsonWriter *self, gboolean value);
/* Text that is JSON already. */
void ocg_json_raw (OcgJsonWriter *self, const char *json);
void ocg_json_object (OcgJsonWriter *self, JsonObject *object);
/* A tree as text; json-glib's own has numbers and control characters that are no JSON. @node must
 * not be deeper than OCG_JSON_MAX_DEPTH. (transfer full) */
char *ocg_json_print (JsonNode *node);

/* "key":"value"; nothing when @value is NULL. */
void ocg_json_member_string (OcgJsonWriter *self, const char *key, const char *value);
void ocg_json_member_int (OcgJsonWriter *self, const char *key, gint64 value);
