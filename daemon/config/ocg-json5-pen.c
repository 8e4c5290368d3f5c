/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-pen.h"

#include "ocg-json5-gap.h"

void
ocg_json5_pen_init (OcgJson5Pen *self, gsize size)
{
  *self = (OcgJson5Pen) { .text = g_string_sized_new (size) };
}

char *
ocg_json5_pen_finish (OcgJson5Pen *self)
{
  return g_string_free (g_steal_pointer (&self->text), FALSE);
}

static void
append (OcgJson5Pen *self, OcgJson5Slice slice)
{
  g_string_append_len (self->text, slice.text, slice.length);
}

static void
start_space (OcgJson5Pen *self)
{
  self->gap = self->text->len;
  self->newline = self->long_last = FALSE;
  self->comments_above = self->comments_here = FALSE;
}

void
ocg_json5_pen_space (OcgJson5Pen *self, OcgJson5Slice space)
{
  OcgJson5Gap gap = ocg_json5_gap (space.text, 0, space.length);
  if (gap.newline)
    {
      self->newline = TRUE;
      self->long_last = gap.long_last;
      self->comments_above |= self->comments_here || gap.comments;
      self->comments_here = gap.comments_here;
      self->line_start = self->text->len + gap.line_start;
    }
  else
    {
      self->long_last |= gap.long_last;
      self->comments_here |= gap.comments;
    }
  append (self, space);
}

void
ocg_json5_pen_keep (OcgJson5Pen *self, const OcgJson5Slot *slot)
{
  append (self, slot->body);
  self->has_last = TRUE;
  self->value_end = self->text->len;
  append (self, slot->post);
  if (slot->comma)
    {
      self->comma = self->text->len;
      g_string_append_c (self->text, ',');
    }
  start_space (self);
}

/* Takes away what is behind @end in the space under way. */
static void
cut (OcgJson5Pen *self, gsize end)
{
  g_string_truncate (self->text, end);
}

static void
cut_line (OcgJson5Pen *self)
{
  cut (self, self->line_start);
  self->long_last = self->comments_here = FALSE;
}

static void
cut_blanks (OcgJson5Pen *self)
{
  gsize end = self->text->len;
  while (end > self->gap && (self->text->str[end - 1] == ' ' || self->text->str[end - 1] == '\t'))
    end--;
  cut (self, end);
}

static void
skip (OcgJson5Slice *slice, gsize length)
{
  slice->text += length;
  slice->length -= length;
}

/* The comma of the item kept last goes, so that none trails where none did. */
static void
drop_comma (OcgJson5Pen *self)
{
  if (self->has_last)
    g_string_erase (self->text, self->comma, 1);
}

/* The last item, without a comma, that shares its line. */
static void
leave_out_tail (OcgJson5Pen *self, const OcgJson5Gap *after, OcgJson5Slice *next)
{
  if (!self->has_last || self->comments_above || self->comments_here)
    {
      cut_blanks (self);
      drop_comma (self);
      return;
    }

  OcgJson5Gap before = ocg_json5_gap (self->text->str, self->value_end, self->comma);
  /* Commas at the start of lines: the whole line goes. */
  if (before.newline && !before.comments && after->newline && !after->long_first)
    {
      cut (self, before.line_start);
      skip (next, after->line_end);
    }
  else
    cut (self, self->comma);
}

/* An item with a comma that shares its line. */
static void
leave_out_with_comma (OcgJson5Pen *self, const OcgJson5Slot *slot, const OcgJson5Gap *after,
                      OcgJson5Slice *next, gboolean is_last)
{
  OcgJson5Gap post = ocg_json5_gap (slot->post.text, 0, slot->post.length);
  gboolean next_on_line = !is_last && !after->comments && !after->newline;

  if (post.comments && post.newline)
    {
      /* A comment on another line is not about the item. */
      cut_blanks (self);
      ocg_json5_pen_space (self, slot->post);
    }
  else if (!next_on_line)
    cut_blanks (self);
  if (next_on_line)
    skip (next, next->length); /* it takes the place of this one */
}

void
ocg_json5_pen_leave_out (OcgJson5Pen *self, const OcgJson5Slot *slot, OcgJson5Slice *next,
                         gboolean is_last)
{
  OcgJson5Gap after = ocg_json5_gap (next->text, 0, next->length);
  gboolean apart
      = slot->comma && ocg_json5_gap (slot->post.text, 0, slot->post.length).newline;
  gboolean comments = self->comments_above || self->comments_here;

  /* Alone on its line, or lines; a comment that goes on beyond them is not about the item. */
  if (self->newline && !self->long_last && after.newline && !after.long_first && !apart)
    {
      cut_line (self);
      skip (next, after.line_end);
      if (!slot->comma)
        drop_comma (self);
    }
  else if (!self->has_last && is_last && !comments && !self->newline && !after.comments
           && !after.newline && !apart)
    {
      cut (self, self->gap);
      skip (next, next->length);
    }
  else if (slot->comma)
    leave_out_with_comma (self, slot, &after, next, is_last);
  else
    leave_out_tail (self, &after, next);
}
