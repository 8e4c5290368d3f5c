/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-object.h"

#include <string.h>

#include "ocg-json5-walk.h"

static void
member_clear (gpointer data)
{
  g_free (((OcgJson5Member *) data)->name);
}

void
ocg_json5_object_free (OcgJson5Object *self)
{
  g_array_unref (self->members);
  g_free (self);
}

static void
begin_member (OcgJson5Object *self, const OcgJson5Scanner *scanner, gsize before)
{
  OcgJson5Member member = {
    .name = g_strdup (scanner->string->str),
    .before = before,
    .name_start = scanner->start,
    .name_end = scanner->end,
  };
  g_array_append_val (self->members, member);
}

/* One step inside the object, of which only the outermost level counts. */
static void
collect (OcgJson5Object *self, const OcgJson5Walk *walk, OcgJson5Step step, gsize *before)
{
  const OcgJson5Scanner *scanner = &walk->scanner;
  guint count = self->members->len;
  OcgJson5Member *last
      = count > 0 ? &g_array_index (self->members, OcgJson5Member, count - 1) : NULL;

  if (step == OCG_JSON5_STEP_NAME && walk->depth == 1)
    begin_member (self, scanner, *before);
  else if (step == OCG_JSON5_STEP_OPEN && walk->depth == 2)
    last->value_start = scanner->start;
  else if (step == OCG_JSON5_STEP_CLOSE && walk->depth == 1)
    last->value_end = scanner->end;
  else if (step == OCG_JSON5_STEP_SCALAR && walk->depth == 1)
    {
      last->value_start = scanner->start;
      last->value_end = scanner->end;
    }
  else if (step == OCG_JSON5_STEP_COMMA && walk->depth == 1)
    {
      last->comma = scanner->start;
      *before = scanner->end;
    }
}

OcgJson5Object *
ocg_json5_object_new (const char *text, gsize length, gsize position)
{
  OcgJson5Problem ignored = { .fault = OCG_JSON5_OK };
  g_auto (OcgJson5Walk) walk;
  ocg_json5_walk_init (&walk, text, length, position, &ignored);
  if (ocg_json5_walk_next (&walk) != OCG_JSON5_STEP_OPEN || walk.brackets[0] != '{')
    return NULL;

  OcgJson5Object *self = g_new0 (OcgJson5Object, 1);
  self->text = text;
  self->length = length;
  self->open = walk.scanner.start;
  self->members = g_array_new (FALSE, TRUE, sizeof (OcgJson5Member));
  g_array_set_clear_func (self->members, member_clear);

  gsize before = walk.scanner.end;
  OcgJson5Step step = OCG_JSON5_STEP_OPEN;
  while (walk.depth > 0 && step != OCG_JSON5_STEP_FAILED)
    {
      step = ocg_json5_walk_next (&walk);
      collect (self, &walk, step, &before);
    }
  self->close = walk.scanner.start;
  return self;
}

const OcgJson5Member *
ocg_json5_object_last (const OcgJson5Object *self, guint n)
{
  guint count = self->members->len;
  return n < count ? &g_array_index (self->members, OcgJson5Member, count - 1 - n) : NULL;
}

const OcgJson5Member *
ocg_json5_object_find (const OcgJson5Object *self, const char *name)
{
  for (guint n = 0; n < self->members->len; n++)
    {
      const OcgJson5Member *member = ocg_json5_object_last (self, n);
      if (g_str_equal (member->name, name))
        return member;
    }
  return NULL;
}

static gboolean
has_line_break (const char *text, gsize length)
{
  return memchr (text, '\n', length) != NULL || memchr (text, '\r', length) != NULL;
}

OcgJson5Gap
ocg_json5_gap (const char *text, gsize start, gsize end)
{
  OcgJson5Gap gap = { .comment_end = start, .tail = start };
  gsize position = start;

  while (position < end)
    {
      gsize start_of_piece = position;
      OcgJson5Space space = ocg_json5_next_space (text, end, &position);
      if (space == OCG_JSON5_SPACE_NEWLINE)
        {
          if (!gap.newline)
            gap.line_end = position;
          gap.newline = TRUE;
          gap.long_last = FALSE;
          gap.line_start = position;
        }
      else if (space == OCG_JSON5_SPACE_LINE_COMMENT || space == OCG_JSON5_SPACE_BLOCK_COMMENT)
        {
          gboolean is_long = has_line_break (text + start_of_piece, position - start_of_piece);
          gap.long_first |= is_long && !gap.newline;
          gap.long_last |= is_long;
          gap.comments = TRUE;
          gap.tail = position;
          if (!gap.newline)
            {
              gap.comment_end = position;
              gap.ends_in_line_comment = space == OCG_JSON5_SPACE_LINE_COMMENT;
            }
        }
      else if (space != OCG_JSON5_SPACE_BLANK)
        break;
    }
  return gap;
}
