/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-layout.h"

#include <string.h>

#include "ocg-json5-gap.h"
#include "ocg-json5-pen.h"

typedef struct
{
  guint before;
  const char *name; /* (unowned) (nullable) */
  JsonNode *value;  /* (unowned) */
} Insertion;

struct _OcgJson5Layout
{
  const OcgJson5Container *container; /* (unowned) */
  OcgJson5Style style;                /* shares the strings of another */
  OcgJson5Slot *slots;                /* one for each item of the container */
  gboolean *removed;
  OcgJson5Slice tail; /* the space before the bracket */
  GArray *insertions; /* of Insertion */
  GPtrArray *texts;   /* that slices are of */
  gboolean changed;
};

static OcgJson5Slice
slice (const OcgJson5Layout *self, gsize start, gsize end)
{
  return (OcgJson5Slice) { self->container->text + start, end - start };
}

/* @text: (transfer full) */
static OcgJson5Slice
own (OcgJson5Layout *self, char *text)
{
  g_ptr_array_add (self->texts, text);
  return (OcgJson5Slice) { text, strlen (text) };
}

static OcgJson5Slice
part (OcgJson5Slice whole, gsize start, gsize end)
{
  return (OcgJson5Slice) { whole.text + start, end - start };
}

OcgJson5Layout *
ocg_json5_layout_new (const OcgJson5Container *container, const OcgJson5Style *style)
{
  OcgJson5Layout *self = g_new0 (OcgJson5Layout, 1);
  guint length = container->items->len;
  gsize end = container->open + 1;

  self->container = container;
  self->style = *style;
  self->slots = g_new0 (OcgJson5Slot, length + 1);
  self->removed = g_new0 (gboolean, length + 1);
  self->insertions = g_array_new (FALSE, FALSE, sizeof (Insertion));
  self->texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < length; i++)
    {
      const OcgJson5Item *item = ocg_json5_container_get (container, i);
      gsize post_end = item->comma != 0 ? item->comma : item->value_end;
      self->slots[i] = (OcgJson5Slot) {
        .lead = slice (self, item->before, item->start),
        .body = slice (self, item->start, item->value_end),
        .post = slice (self, item->value_end, post_end),
        .comma = item->comma != 0,
      };
      end = post_end + (item->comma != 0);
    }
  self->tail = slice (self, end, container->close);
  return self;
}

void
ocg_json5_layout_free (OcgJson5Layout *self)
{
  g_free (self->slots);
  g_free (self->removed);
  g_array_unref (self->insertions);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

void
ocg_json5_layout_replace (OcgJson5Layout *self, guint i, char *value)
{
  const OcgJson5Item *item = ocg_json5_container_get (self->container, i);
  const char *start = self->container->text + item->start;
  g_autofree char *owned = value;
  g_autoptr (GString) body = g_string_new_len (start, item->value_start - item->start);

  g_string_append (body, value);
  self->slots[i].body = own (self, g_string_free (g_steal_pointer (&body), FALSE));
  self->changed = TRUE;
}

void
ocg_json5_layout_remove (OcgJson5Layout *self, guint i)
{
  self->removed[i] = TRUE;
  self->changed = TRUE;
}

void
ocg_json5_layout_insert (OcgJson5Layout *self, guint before, const char *name, JsonNode *value)
{
  Insertion insertion = { .before = before, .name = name, .value = value };
  if (self->insertions->len == 0)
    ocg_json5_style_peek (&self->style, self->container);
  g_array_append_val (self->insertions, insertion);
  self->changed = TRUE;
}

/* New items that stand behind each other. */
typedef struct
{
  const Insertion *items;
  guint length;
  char *indent;        /* of their lines */
  OcgJson5Slice first; /* the space before the first */
  OcgJson5Slice others;
  gboolean last_comma;
} Group;

/* Everything before @split stays before the group, in which each item starts with @start; what is
 * behind it stays behind. */
static void
split_space (OcgJson5Layout *self, Group *group, OcgJson5Slice *space, gsize split,
             const char *start)
{
  g_autofree char *before = g_strndup (space->text, split);
  group->first = own (self, g_strconcat (before, start, NULL));
  group->others = own (self, g_strdup (start));
  *space = part (*space, split, space->length);
}

static char *
line_start (const OcgJson5Layout *self, const char *indent)
{
  return g_strconcat (self->style.here.newline, indent, NULL);
}

static gboolean
has_container (const Group *group)
{
  for (guint i = 0; i < group->length; i++)
    if (JSON_NODE_HOLDS_OBJECT (group->items[i].value)
        || JSON_NODE_HOLDS_ARRAY (group->items[i].value))
      return TRUE;
  return FALSE;
}

/* Into an empty container: behind the comments that may be in it. */
static void
place_in_empty (OcgJson5Layout *self, Group *group)
{
  const OcgJson5Format *format = &self->style.here;
  gboolean is_array = self->container->is_array;
  OcgJson5Gap gap = ocg_json5_gap (self->tail.text, 0, self->tail.length);
  gboolean lines = gap.newline || (format->lines && (!is_array || has_container (group)));
  const char *padding = !is_array ? format->padding
                        : format->array_padding != NULL ? format->array_padding : "";
  g_autofree char *outer = ocg_json5_style_indent_at (&self->style, self->container->open);

  group->indent = lines ? g_strconcat (outer, format->unit, NULL) : g_strdup (outer);
  g_autofree char *line = line_start (self, group->indent);
  split_space (self, group, &self->tail, gap.tail,
               lines ? line : gap.comments ? " " : padding);
  if (!lines)
    group->others = own (self, g_strdup (format->separator));
  /* What was behind the last comment, or the bracket, is blank. */
  self->tail = own (self, lines ? line_start (self, outer) : g_strdup (padding));
  group->last_comma = lines && format->trailing_comma;
}

static void
place_before_first (OcgJson5Layout *self, Group *group)
{
  const OcgJson5Item *item = ocg_json5_container_get (self->container, 0);
  OcgJson5Slice *lead = &self->slots[0].lead;
  OcgJson5Gap gap = ocg_json5_gap (lead->text, 0, lead->length);
  const char *separator = self->style.here.separator;

  group->indent = ocg_json5_style_indent_at (&self->style, item->start);
  group->last_comma = TRUE;
  if (gap.newline)
    {
      g_autofree char *line = line_start (self, group->indent);
      split_space (self, group, lead, gap.comment_end, line);
      return;
    }

  gsize blanks = 0;
  while (blanks < lead->length && (lead->text[blanks] == ' ' || lead->text[blanks] == '\t'))
    blanks++;
  split_space (self, group, lead, blanks, "");
  group->others = own (self, g_strdup (separator));
  g_autofree char *rest = g_strndup (lead->text, lead->length);
  *lead = own (self, g_strconcat (separator, rest, NULL));
}

static void
place_between (OcgJson5Layout *self, Group *group, guint before)
{
  const OcgJson5Item *item = ocg_json5_container_get (self->container, before);
  OcgJson5Slice *lead = &self->slots[before].lead;
  OcgJson5Gap gap = ocg_json5_gap (lead->text, 0, lead->length);

  group->indent = ocg_json5_style_indent_at (&self->style, item->start);
  group->last_comma = TRUE;
  g_autofree char *line = line_start (self, group->indent);
  split_space (self, group, lead, gap.comment_end,
               gap.newline ? line : self->style.here.separator);
}

/* Behind the last item, which is in @slot, and the comments on its line. */
static void
place_last (OcgJson5Layout *self, Group *group, OcgJson5Slot *slot)
{
  const char *text = self->container->text;
  const OcgJson5Item *item = ocg_json5_container_get_last (self->container);
  OcgJson5Gap gap = ocg_json5_gap (self->tail.text, 0, self->tail.length);
  gboolean own_line = ocg_json5_has_own_line (text, item) || gap.ends_in_line_comment;
  gboolean on_bracket_line = !ocg_json5_has_newline (text, self->container->open, item->start);
  g_autofree char *indent = ocg_json5_style_indent_at (&self->style, item->start);

  group->indent = g_strconcat (indent, on_bracket_line ? self->style.here.unit : "", NULL);
  group->last_comma = slot->comma;
  slot->comma = TRUE;
  g_autofree char *line = line_start (self, group->indent);
  split_space (self, group, &self->tail, gap.comment_end,
               own_line ? line : self->style.here.separator);
}

static void
add_group (OcgJson5Layout *self, Group *group, guint before, GArray *slots)
{
  if (self->container->items->len == 0)
    place_in_empty (self, group);
  else if (before == self->container->items->len)
    place_last (self, group, &g_array_index (slots, OcgJson5Slot, slots->len - 1));
  else if (before == 0)
    place_before_first (self, group);
  else
    place_between (self, group, before);

  for (guint i = 0; i < group->length; i++)
    {
      const Insertion *item = &group->items[i];
      OcgJson5Slot slot = {
        .lead = i == 0 ? group->first : group->others,
        .body = own (self, ocg_json5_style_item (&self->style, item->name, item->value,
                                                 group->indent)),
        .post = { "", 0 },
        .comma = i + 1 < group->length || group->last_comma,
      };
      g_array_append_val (slots, slot);
    }
  g_clear_pointer (&group->indent, g_free);
}

/* The new items before item @before. */
static void
add_insertions (OcgJson5Layout *self, guint *next, guint before, GArray *slots)
{
  const Insertion *all = (const Insertion *) self->insertions->data;
  Group group = { .items = all + *next };
  while (*next < self->insertions->len && all[*next].before == before)
    {
      group.length++;
      (*next)++;
    }
  if (group.length > 0)
    add_group (self, &group, before, slots);
}

/* All slots in order; those of which a removed item was made have an entry in @removed. */
static GArray *
merge_slots (OcgJson5Layout *self, GArray *removed)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (OcgJson5Slot));
  guint next = 0;
  for (guint i = 0; i <= self->container->items->len; i++)
    {
      add_insertions (self, &next, i, slots);
      g_array_set_size (removed, slots->len);
      if (i == self->container->items->len)
        break;
      g_array_append_val (slots, self->slots[i]);
      g_array_append_val (removed, self->removed[i]);
    }
  return slots;
}

char *
ocg_json5_layout_finish (OcgJson5Layout *self)
{
  OcgJson5Pen pen;
  if (!self->changed)
    return NULL;

  g_autoptr (GArray) removed = g_array_new (FALSE, TRUE, sizeof (gboolean));
  g_autoptr (GArray) slots = merge_slots (self, removed);
  ocg_json5_pen_init (&pen, self->container->close - self->container->open + 128);
  ocg_json5_pen_space (&pen, (OcgJson5Slice) { "", 0 });
  for (guint i = 0; i < slots->len; i++)
    {
      OcgJson5Slot *slot = &g_array_index (slots, OcgJson5Slot, i);
      gboolean is_last = i + 1 == slots->len;
      OcgJson5Slice *next = is_last ? &self->tail : &slot[1].lead;
      ocg_json5_pen_space (&pen, slot->lead);
      if (g_array_index (removed, gboolean, i))
        ocg_json5_pen_leave_out (&pen, slot, next, is_last);
      else
        ocg_json5_pen_keep (&pen, slot);
    }
  ocg_json5_pen_space (&pen, self->tail);

  g_autofree char *inside = ocg_json5_pen_finish (&pen);
  return g_strconcat (self->container->is_array ? "[" : "{", inside,
                      self->container->is_array ? "]" : "}", NULL);
}
