/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Tables of edits of JSON5 texts, each with the text that it must make. */

#pragma once

#include <json-glib/json-glib.h>

typedef struct
{
  const char *before;
  const char *path;
  const char *value; /* JSON5; NULL: unset */
  const char *after;
} Json5Row;

/* The same again must change nothing more. */
void json5_rows_check (const Json5Row *rows, gsize n);
/* As merge patches; the same. */
void json5_rows_check_merges (const Json5Row *rows, gsize n);

/* @value: (nullable) */
char *json5_row_edit (const char *text, const char *path, const char *value, GError **error);

/* The text of a file in fixtures/config. */
char *json5_fixture (const char *name);
