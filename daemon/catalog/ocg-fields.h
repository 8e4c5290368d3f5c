/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Reads typed members of a JSON object. A member that is not there gives the fallback; the first
 * one of the wrong kind makes the error that ocg_fields_finish() reports. */

#pragma once

#include <json-glib/json-glib.h>

typedef struct
{
  JsonObject *json;
  const char *path; /* what names @json in messages; "" for nothing */
  GError *error;
} OcgFields;

/* (transfer full) */
char *ocg_fields_dup_string (OcgFields *self, const char *name, const char *fallback);
gboolean ocg_fields_get_boolean (OcgFields *self, const char *name, gboolean fallback);
/* A whole number above 0. */
guint64 ocg_fields_get_count (OcgFields *self, const char *name, guint64 fallback);
/* A number that is not negative. */
double ocg_fields_get_price (OcgFields *self, const char *name, double fallback);
/* (transfer full) (nullable) */
GStrv ocg_fields_dup_strings (OcgFields *self, const char *name, const char *const *fallback);
/* (transfer none) (nullable) */
JsonObject *ocg_fields_get_object (OcgFields *self, const char *name);
JsonArray *ocg_fields_get_array (OcgFields *self, const char *name);
/* HTTP header names and values upon those of @base (nullable); one that names a variable which is
 * not set is left out. (transfer full) (nullable) */
GHashTable *ocg_fields_dup_headers (OcgFields *self, const char *name, GHashTable *base);

/* Makes the error for the member @name, unless there is one already. */
void ocg_fields_fail (OcgFields *self, const char *name, const char *message);
/* FALSE and OCG_ERROR_CONFIG_INVALID, "PATH.NAME: what is wrong", when a member was wrong. */
gboolean ocg_fields_finish (OcgFields *self, GError **error);

/* The name in the first ${NAME} of @text, which means that it is not set; or NULL. */
char *ocg_fields_find_variable (const char *text);
