/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Writes values as JSON text. Arrays of scalars stay on one line. */

#pragma once

#include <json-glib/json-glib.h>

typedef struct
{
  gboolean lines;        /* other containers get a line for each member */
  const char *newline;   /* with lines */
  const char *unit;      /* one step of indentation */
  const char *colon;     /* between name and value */
  const char *separator; /* behind a comma on one line */
  const char *padding;   /* inside the braces of an object on one line */
  gboolean json5;        /* NaN and Infinity by their names; else null */
} OcgJson5Format;

/* @indent: the indentation of the line that the value begins on */
void ocg_json5_write (GString *text, JsonNode *node, const OcgJson5Format *format,
                      const char *indent);

/* @value in quotes, escaped so that JSON and both kinds of JSON5 quotes understand it. */
void ocg_json5_write_string (GString *text, const char *value, char quote);
