/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Takes values of one kind out of a document. What is missing is NULL or FALSE; so is what is
 * wrong, with a problem at its path. @parent_path: of the object that has the name (NULL: the
 * top). */

#pragma once

#include <json-glib/json-glib.h>

#include "ocg-environment.h"
#include "ocg-problem.h"

typedef struct
{
  OcgEnvironment *environment; /* (nullable) for ${VAR}; NULL leaves strings as they are */
  OcgProblems *problems;
  OcgConfigTree *tree; /* (nullable) the file that is read */
  GHashTable *missing; /* (nullable) gets path -> name for each variable that is missing */
} OcgSettingsReader;

/* @what: translated; never a value from the file, which may be a secret */
void ocg_settings_reader_fail (OcgSettingsReader *self, const char *path, const char *what);

/* @parent: (nullable). (transfer none) */
JsonObject *ocg_settings_reader_get_object (OcgSettingsReader *self, JsonObject *parent,
                                            const char *parent_path, const char *name);
/* Expanded and stripped; an empty one counts as missing. (transfer full) */
char *ocg_settings_reader_get_string (OcgSettingsReader *self, JsonObject *parent,
                                      const char *parent_path, const char *name);
char *ocg_settings_reader_take_string (OcgSettingsReader *self, JsonNode *node, const char *path);
/* The strings of a list, without those that are wrong. (transfer full) */
GStrv ocg_settings_reader_take_strings (OcgSettingsReader *self, JsonNode *node, const char *path);
/* The one of @choices (NULL-terminated) that stands there; @wanted: translated, for any other.
 * (transfer none) */
const char *ocg_settings_reader_get_choice (OcgSettingsReader *self, JsonObject *parent,
                                            const char *parent_path, const char *name,
                                            const char *const *choices, const char *wanted);
gboolean ocg_settings_reader_get_boolean (OcgSettingsReader *self, JsonObject *parent,
                                          const char *parent_path, const char *name,
                                          gboolean *value);

typedef struct
{
  double min, max;
  gboolean above_min; /* more than min */
  gboolean whole;
  const char *wanted; /* marked for translation */
} OcgNumberRule;

gboolean ocg_settings_reader_get_number (OcgSettingsReader *self, JsonObject *parent,
                                         const char *parent_path, const char *name,
                                         const OcgNumberRule *rule, double *value);
gboolean ocg_settings_reader_take_number (OcgSettingsReader *self, JsonNode *node, const char *path,
                                          const OcgNumberRule *rule, double *value);

/* A copy with all strings expanded. Those that cannot be stay as they are: @complete (nullable) is
 * FALSE then, and it is an error, at a place of a secret a warning. */
JsonNode *ocg_settings_reader_expand (OcgSettingsReader *self, JsonNode *node, const char *path,
                                      gboolean *complete);
