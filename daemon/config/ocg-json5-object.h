/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Where the members of one object stand in a JSON5 text. All places are byte offsets. */

#pragma once

#include "ocg-json5-scanner.h"

typedef struct
{
  char *name;
  gsize before; /* behind the "{" or "," before the member */
  gsize name_start, name_end;
  gsize value_start, value_end;
  gsize comma; /* the one behind the member; 0: none */
} OcgJson5Member;

typedef struct
{
  const char *text; /* (unowned) */
  gsize length;
  gsize open, close; /* of the braces */
  GArray *members;   /* of OcgJson5Member */
} OcgJson5Object;

/* @position: where the object, or the space before it, starts in a text that has been read without
 * a problem. NULL when there is another value. */
OcgJson5Object *ocg_json5_object_new (const char *text, gsize length, gsize position);
void ocg_json5_object_free (OcgJson5Object *self);

/* The nth member from the end; NULL when there are fewer. */
const OcgJson5Member *ocg_json5_object_last (const OcgJson5Object *self, guint n);

/* The member with that name that is in force: the last. */
const OcgJson5Member *ocg_json5_object_find (const OcgJson5Object *self, const char *name);

/* What lies between two places in the space of a text. */
typedef struct
{
  gboolean comments;
  gboolean newline;  /* comments with line breaks do not count */
  gboolean long_first, long_last; /* such a comment before the first, behind the last newline */
  gsize line_start;  /* behind the last newline; only with newline */
  gsize comment_end; /* behind the last comment on the first line; else start */
  gboolean ends_in_line_comment; /* that comment runs to the end of its line */
  gsize line_end; /* behind the first newline; only with newline */
  gsize tail;     /* behind the last comment of all; else start */
} OcgJson5Gap;

OcgJson5Gap ocg_json5_gap (const char *text, gsize start, gsize end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgJson5Object, ocg_json5_object_free)
