/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What lies between two places in the space of a JSON5 text: blanks, line ends and comments. */

#pragma once

#include <glib.h>

typedef struct
{
  gboolean comments;
  gboolean newline;  /* comments with line breaks do not count */
  gboolean long_first, long_last; /* such a comment before the first, behind the last newline */
  gboolean comments_here; /* any comment behind the last newline */
  gsize line_start;  /* behind the last newline; only with newline */
  gsize comment_end; /* behind the last comment on the first line; else start */
  gboolean ends_in_line_comment; /* that comment runs to the end of its line */
  gsize line_end; /* behind the first newline; only with newline */
  gsize tail;     /* behind the last comment of all; else start */
} OcgJson5Gap;

OcgJson5Gap ocg_json5_gap (const char *text, gsize start, gsize end);

/* Whether a line ends between the two places; in comments and strings too. */
gboolean ocg_json5_has_newline (const char *text, gsize start, gsize end);
