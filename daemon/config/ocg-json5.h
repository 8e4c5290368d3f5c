/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Reads JSON5 1.0.0 (https://spec.json5.org). Pure: text in, values out. */

#pragma once

#include <json-glib/json-glib.h>

#define OCG_JSON5_MAX_SIZE (4 * 1024 * 1024)
#define OCG_JSON5_MAX_DEPTH 128

typedef enum
{
  OCG_JSON5_OK,
  OCG_JSON5_TOO_BIG,
  OCG_JSON5_TOO_DEEP,
  OCG_JSON5_BAD_UTF8,
  OCG_JSON5_ZERO_BYTE,
  OCG_JSON5_EARLY_END,
  OCG_JSON5_OPEN_STRING,
  OCG_JSON5_OPEN_COMMENT,
  OCG_JSON5_BAD_ESCAPE,
  OCG_JSON5_BAD_NUMBER,
  OCG_JSON5_BAD_WORD,
  OCG_JSON5_NO_VALUE,
  OCG_JSON5_NO_NAME,
  OCG_JSON5_NO_COLON,
  OCG_JSON5_NO_COMMA,
  OCG_JSON5_SURPLUS,
  OCG_JSON5_NO_BRACES,  /* members, or YAML, at the top */
  OCG_JSON5_NOT_OBJECT, /* these only of edits */
  OCG_JSON5_NO_ELEMENT,
  OCG_JSON5_BAD_EDIT,
} OcgJson5Fault;

/* What is wrong and where, without words, so that a worker thread can hand it on. */
typedef struct
{
  OcgJson5Fault fault;
  gsize offset;
  guint line, column; /* from 1, in characters; lines end with LF, CR LF or CR */
  gunichar found;     /* the character at fault, 0 at the end */
  char expected;      /* NO_COMMA: the bracket that could stand there */
  char open;          /* the bracket that lacks its partner, 0: none does */
  guint open_line;    /* its line */
  const char *meant;  /* BAD_WORD: (nullable) (static) the word that may be meant */
  guint segment;      /* NOT_OBJECT, NO_ELEMENT: how many segments of the path lead to it */
  guint count;        /* NO_ELEMENT: how many there are */
} OcgJson5Problem;

/* Reads the one value of @text (UTF-8, a BOM is allowed). Numbers beyond 64 bits become doubles,
 * NaN and Infinity too. The last of duplicate members wins. What UTF-8 cannot say (an escaped zero
 * or half of a surrogate pair) becomes U+FFFD. Errors: OCG_ERROR_CONFIG_INVALID with
 * "line L, column C: what is wrong" (translated). Returns: (transfer full) */
JsonNode *ocg_json5_parse (const char *text, gssize length, GError **error);

/* The same with the problem as it is: NULL and @problem filled when the text is wrong. */
JsonNode *ocg_json5_read (const char *text, gssize length, OcgJson5Problem *problem);

/* What is wrong, translated, without the place: a clause that follows "FILE:LINE:COLUMN: ". */
char *ocg_json5_problem_describe (const OcgJson5Problem *problem);

/* Fills line and column from the offset. */
void ocg_json5_problem_locate (OcgJson5Problem *problem, const char *text);
