/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The words of a JSON5 text and the space between them, with their places. The text has to be valid
 * UTF-8 without zero bytes. */

#pragma once

#include "ocg-json5.h"

typedef enum
{
  OCG_JSON5_TOKEN_END,
  OCG_JSON5_TOKEN_OPEN,  /* { or [ */
  OCG_JSON5_TOKEN_CLOSE, /* } or ] */
  OCG_JSON5_TOKEN_COLON,
  OCG_JSON5_TOKEN_COMMA,
  OCG_JSON5_TOKEN_STRING,
  OCG_JSON5_TOKEN_NUMBER,
  OCG_JSON5_TOKEN_NAME, /* an unquoted name, or true, false, null, Infinity, NaN */
  OCG_JSON5_TOKEN_OTHER /* one character that starts nothing */
} OcgJson5Token;

typedef struct
{
  const char *text;
  gsize length;
  gsize position;

  gsize start, end; /* of the last token */
  GString *string;  /* its STRING or NAME, decoded */
  gboolean is_integer;
  gint64 integer;
  double number;

  OcgJson5Problem *problem; /* (unowned) */
} OcgJson5Scanner;

void ocg_json5_scanner_init (OcgJson5Scanner *self, const char *text, gsize length, gsize position,
                             OcgJson5Problem *problem);
void ocg_json5_scanner_clear (OcgJson5Scanner *self);

/* FALSE with the problem's fault and offset filled. */
gboolean ocg_json5_scanner_next (OcgJson5Scanner *self, OcgJson5Token *token);

gboolean ocg_json5_scanner_fail (OcgJson5Scanner *self, OcgJson5Fault fault, gsize offset);

typedef enum
{
  OCG_JSON5_SPACE_NONE,
  OCG_JSON5_SPACE_BLANK,
  OCG_JSON5_SPACE_NEWLINE,      /* CR LF is one */
  OCG_JSON5_SPACE_LINE_COMMENT, /* without the newline that ends it */
  OCG_JSON5_SPACE_BLOCK_COMMENT,
  OCG_JSON5_SPACE_OPEN_COMMENT, /* a block comment without an end */
} OcgJson5Space;

/* The one piece of space at @position; moves @position behind it. */
OcgJson5Space ocg_json5_next_space (const char *text, gsize length, gsize *position);

/* Whether @name can stand without quotes. */
gboolean ocg_json5_is_name (const char *name);
