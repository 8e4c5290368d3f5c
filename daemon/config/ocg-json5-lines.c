/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-lines.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define BYTES_BETWEEN_MARKS 512

typedef struct
{
  gsize offset;
  gsize start; /* of its line */
  guint line, column;
} Mark;

struct _OcgJson5Lines
{
  const char *text; /* (unowned) */
  gsize length;
  GArray *marks; /* of Mark: the first character at or behind each multiple of the distance */
};

static Mark
first_mark (const char *text, gsize offset)
{
  Mark mark = { .line = 1, .column = 1 };
  if (offset >= strlen (BYTE_ORDER_MARK)
      && memcmp (text, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    mark.offset = mark.start = strlen (BYTE_ORDER_MARK);
  return mark;
}

/* Moves @mark on to @offset. */
static void
advance (Mark *mark, const char *text, gsize offset)
{
  const char *at = text + offset;
  const char *p = text + mark->offset;

  while (p < at)
    {
      gboolean newline = *p == '\n' || *p == '\r';
      if (*p == '\r' && p + 1 < at && p[1] == '\n')
        p++;
      p = g_utf8_next_char (p);
      mark->column = newline ? 1 : mark->column + 1;
      mark->line += newline;
      if (newline)
        mark->start = p - text;
    }
  mark->offset = p - text;
}

void
ocg_json5_locate (const char *text, gsize offset, guint *line, guint *column)
{
  Mark mark = first_mark (text, offset);
  advance (&mark, text, offset);
  *line = mark.line;
  *column = mark.column;
}

OcgJson5Lines *
ocg_json5_lines_new (const char *text, gsize length)
{
  OcgJson5Lines *self = g_new0 (OcgJson5Lines, 1);
  Mark mark = first_mark (text, length);

  self->text = text;
  self->length = length;
  self->marks = g_array_sized_new (FALSE, FALSE, sizeof (Mark), length / BYTES_BETWEEN_MARKS + 1);
  g_array_append_val (self->marks, mark);
  for (gsize next = BYTES_BETWEEN_MARKS; next < length; next += BYTES_BETWEEN_MARKS)
    {
      /* Never between CR and LF. */
      gboolean inside = text[next] == '\n' && text[next - 1] == '\r';
      advance (&mark, text, next + inside);
      g_array_append_val (self->marks, mark);
    }
  return self;
}

void
ocg_json5_lines_free (OcgJson5Lines *self)
{
  g_array_unref (self->marks);
  g_free (self);
}

static Mark
find (const OcgJson5Lines *self, gsize offset)
{
  gsize bounded = MIN (offset, self->length);
  guint index = MIN (bounded / BYTES_BETWEEN_MARKS, self->marks->len - 1);
  Mark mark = g_array_index (self->marks, Mark, index);
  if (mark.offset > bounded && index > 0)
    mark = g_array_index (self->marks, Mark, index - 1);

  advance (&mark, self->text, bounded);
  return mark;
}

void
ocg_json5_lines_locate (const OcgJson5Lines *self, gsize offset, guint *line, guint *column)
{
  Mark mark = find (self, offset);
  *line = mark.line;
  *column = mark.column;
}

gsize
ocg_json5_lines_get_start (const OcgJson5Lines *self, gsize offset)
{
  return find (self, offset).start;
}
