/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Reads typed members of a JSON object. A member that is not there gives the fallback; so does one
 * of the wrong kind, which is described. */

#pragma once

#include <json-glib/json-glib.h>

#include "../config/ocg-problem.h"

typedef struct
{
  JsonObject *json;
  const char *path; /* of @json in openclaw.json */
  OcgProblems *problems;
  gboolean failed;  /* a member was wrong */
  char *first;      /* (nullable) the first of them, "PATH.NAME: what is wrong" */
  GHashTable *missing; /* (nullable) (unowned) see OcgProviderLayer */
} OcgFields;

void ocg_fields_clear (OcgFields *self);

/* (transfer full) */
char *ocg_fields_dup_string (OcgFields *self, const char *name, const char *fallback);
/* One of @words; the fallback is not looked at. (transfer full) */
char *ocg_fields_dup_word (OcgFields *self, const char *name, const char *const *words,
                           const char *fallback);
gboolean ocg_fields_get_boolean (OcgFields *self, const char *name, gboolean fallback);
/* A whole number above 0. */
guint64 ocg_fields_get_count (OcgFields *self, const char *name, guint64 fallback);
/* A number that is not negative. */
double ocg_fields_get_price (OcgFields *self, const char *name, double fallback);
/* Each of @words, if there are some. (transfer full) (nullable) */
GStrv ocg_fields_dup_strings (OcgFields *self, const char *name, const char *const *words);
/* (transfer none) (nullable) */
JsonObject *ocg_fields_get_object (OcgFields *self, const char *name);
JsonArray *ocg_fields_get_array (OcgFields *self, const char *name);
/* HTTP header names and values upon those of @base (nullable); one that names a variable which is
 * not set is left out. (transfer full) (nullable) */
GHashTable *ocg_fields_dup_headers (OcgFields *self, const char *name, GHashTable *base);

/* Describes what is wrong with the member @name, and lets the object fail. */
void ocg_fields_fail (OcgFields *self, const char *name, const char *message,
                      const char *suggestion);
/* Describes a member that is used all the same. */
void ocg_fields_note (OcgFields *self, OcgSeverity severity, const char *name, const char *message,
                      const char *suggestion);
/* What is wrong in @part, an object in @self, is wrong in @self too. Clears @part. */
void ocg_fields_join (OcgFields *self, OcgFields *part);

/* The variable that @text, the value of @member, needs and that is not set; or NULL. */
char *ocg_fields_find_missing (OcgFields *self, const char *member, const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OcgFields, ocg_fields_clear)
