/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A few members of a JSON text, found in one pass and without a tree: the deltas of a stream are
 * nearly all of one shape, and a tree for each costs ten times as much. Pure. */

#pragma once

#include "ocg-json-scan.h"

/* A member to look for. */
typedef struct
{
  int parent;      /* its place in the table, which comes before; -1: the text itself */
  const char *key; /* NULL: the first element of an array */
} OcgJsonWanted;

typedef enum
{
  OCG_JSON_ABSENT,
  OCG_JSON_NULL,
  OCG_JSON_STRING,
  OCG_JSON_NUMBER,
  OCG_JSON_OBJECT,
  OCG_JSON_ARRAY,
  OCG_JSON_OTHER, /* true or false */
} OcgJsonKind;

/* What was found, in the text. */
typedef struct
{
  OcgJsonKind kind;
  const char *start; /* of a string: after its quote */
  gsize length;
  gboolean has_escapes;
} OcgJsonSlice;

/* FALSE when @text is not an object, is broken, needs mending, or says something twice or has a
 * second element where one is wanted: then the tree has to tell. */
gboolean ocg_json_skim (const char *text, gsize length, const OcgJsonWanted *wanted, guint n_wanted,
                        OcgJsonSlice *slices);

gboolean ocg_json_slice_is (const OcgJsonSlice *self, const char *string);
/* Absent or null. */
gboolean ocg_json_slice_is_nothing (const OcgJsonSlice *self);
/* A whole number from 0 to G_MAXINT. */
gboolean ocg_json_slice_get_index (const OcgJsonSlice *self, guint *value);
/* What a string says, in @buffer, which is emptied first. Belongs to @buffer. */
const char *ocg_json_slice_read (const OcgJsonSlice *self, GString *buffer);
