/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-gap.h"

#include <string.h>

#include "ocg-json5-scanner.h"

gboolean
ocg_json5_has_newline (const char *text, gsize start, gsize end)
{
  return memchr (text + start, '\n', end - start) != NULL
         || memchr (text + start, '\r', end - start) != NULL;
}

static void
take_newline (OcgJson5Gap *gap, gsize position)
{
  if (!gap->newline)
    gap->line_end = position;
  gap->newline = TRUE;
  gap->long_last = FALSE;
  gap->comments_here = FALSE;
  gap->line_start = position;
}

static void
take_comment (OcgJson5Gap *gap, gsize position, gboolean is_long, gboolean is_line_comment)
{
  gap->long_first |= is_long && !gap->newline;
  gap->long_last |= is_long;
  gap->comments = TRUE;
  gap->comments_here = TRUE;
  gap->tail = position;
  if (!gap->newline)
    {
      gap->comment_end = position;
      gap->ends_in_line_comment = is_line_comment;
    }
}

OcgJson5Gap
ocg_json5_gap (const char *text, gsize start, gsize end)
{
  OcgJson5Gap gap = { .comment_end = start, .tail = start };
  gsize position = start;

  while (position < end)
    {
      gsize piece = position;
      OcgJson5Space space = ocg_json5_next_space (text, end, &position);
      if (space == OCG_JSON5_SPACE_NEWLINE)
        take_newline (&gap, position);
      else if (space == OCG_JSON5_SPACE_LINE_COMMENT || space == OCG_JSON5_SPACE_BLOCK_COMMENT)
        take_comment (&gap, position, ocg_json5_has_newline (text, piece, position),
                      space == OCG_JSON5_SPACE_LINE_COMMENT);
      else if (space != OCG_JSON5_SPACE_BLANK)
        break;
    }
  return gap;
}
