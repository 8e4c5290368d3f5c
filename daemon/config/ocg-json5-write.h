/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Writes values as JSON5 text; as JSON when the format is left at its defaults. Arrays of scalars
 * stay on one line. */

#pragma once

#include <json-glib/json-glib.h>

typedef struct
{
  gboolean lines;          /* other containers get a line for each item */
  const char *newline;     /* with lines */
  const char *unit;        /* one step of indentation */
  const char *colon;       /* between name and value */
  const char *separator;   /* behind a comma on one line */
  const char *padding;     /* inside the braces of an object on one line */
  const char *array_padding; /* (nullable) inside the brackets of an array on one line */
  gboolean trailing_comma; /* with lines */
  gboolean bare_names;     /* names that can do without quotes have none */
  char name_quote;         /* of other names; 0: '"' */
  char text_quote;         /* of strings; 0: '"' */
  gboolean json5;          /* NaN and Infinity by their names; else null */
} OcgJson5Format;

/* @indent: the indentation of the line that the value begins on */
void ocg_json5_write (GString *text, JsonNode *node, const OcgJson5Format *format,
                      const char *indent);

/* @value in quotes, escaped so that JSON and both kinds of JSON5 quotes understand it, and that
 * nothing in it is invisible or turns text around. */
void ocg_json5_write_string (GString *text, const char *value, char quote);

/* A name as @format has them. */
void ocg_json5_write_name (GString *text, const char *name, const OcgJson5Format *format);
