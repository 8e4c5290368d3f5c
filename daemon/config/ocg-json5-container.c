/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-container.h"

#include "ocg-json5-walk.h"

static void
item_clear (gpointer data)
{
  OcgJson5Item *item = data;
  g_free (item->name);
  g_clear_pointer (&item->child, ocg_json5_container_free);
}

void
ocg_json5_container_free (OcgJson5Container *self)
{
  g_array_unref (self->items);
  g_free (self);
}

/* The containers that are open, from the outermost on. */
typedef struct
{
  OcgJson5Container *open[OCG_JSON5_MAX_DEPTH];
  OcgJson5Container *root;
} Outline;

/* @name: (transfer full) (nullable) */
static void
begin_item (OcgJson5Container *self, const OcgJson5Scanner *scanner, char *name)
{
  OcgJson5Item item = {
    .name = name,
    .before = self->next,
    .start = scanner->start,
    .name_end = name != NULL ? scanner->end : scanner->start,
  };
  g_array_append_val (self->items, item);
}

static OcgJson5Item *
last_item (OcgJson5Container *self)
{
  return &g_array_index (self->items, OcgJson5Item, self->items->len - 1);
}

/* A value in @self (nullable): of a member whose name has been there, or a new element. */
static OcgJson5Item *
begin_value (OcgJson5Container *self, const OcgJson5Scanner *scanner)
{
  if (self == NULL)
    return NULL;
  if (self->is_array)
    begin_item (self, scanner, NULL);
  last_item (self)->value_start = scanner->start;
  last_item (self)->value_end = scanner->end;
  return last_item (self);
}

static void
open_container (Outline *outline, const OcgJson5Walk *walk)
{
  OcgJson5Container *parent = walk->depth > 1 ? outline->open[walk->depth - 2] : NULL;
  OcgJson5Item *item = begin_value (parent, &walk->scanner);
  OcgJson5Container *self = g_new0 (OcgJson5Container, 1);

  self->text = walk->scanner.text;
  self->is_array = walk->brackets[walk->depth - 1] == '[';
  self->open = walk->scanner.start;
  self->next = walk->scanner.end;
  self->items = g_array_new (FALSE, TRUE, sizeof (OcgJson5Item));
  g_array_set_clear_func (self->items, item_clear);
  outline->open[walk->depth - 1] = self;
  if (item != NULL)
    item->child = self;
  else
    outline->root = self;
}

static void
close_container (Outline *outline, const OcgJson5Walk *walk)
{
  outline->open[walk->depth]->close = walk->scanner.start;
  if (walk->depth > 0)
    last_item (outline->open[walk->depth - 1])->value_end = walk->scanner.end;
}

static void
take_step (Outline *outline, const OcgJson5Walk *walk, OcgJson5Step step)
{
  const OcgJson5Scanner *scanner = &walk->scanner;
  OcgJson5Container *inner = walk->depth > 0 ? outline->open[walk->depth - 1] : NULL;

  if (step == OCG_JSON5_STEP_OPEN)
    open_container (outline, walk);
  else if (step == OCG_JSON5_STEP_CLOSE)
    close_container (outline, walk);
  else if (step == OCG_JSON5_STEP_NAME)
    begin_item (inner, scanner, g_strndup (scanner->string->str, scanner->string->len));
  else if (step == OCG_JSON5_STEP_SCALAR)
    begin_value (inner, scanner);
  else if (step == OCG_JSON5_STEP_COMMA)
    {
      last_item (inner)->comma = scanner->start;
      inner->next = scanner->end;
    }
}

OcgJson5Container *
ocg_json5_container_new (const char *text, gsize length)
{
  OcgJson5Problem ignored = { .fault = OCG_JSON5_OK };
  Outline outline = { .root = NULL };
  OcgJson5Step step;
  g_auto (OcgJson5Walk) walk;

  ocg_json5_walk_init (&walk, text, length, 0, &ignored);
  do
    {
      step = ocg_json5_walk_next (&walk);
      take_step (&outline, &walk, step);
    }
  while (step != OCG_JSON5_STEP_DONE && step != OCG_JSON5_STEP_FAILED);
  return outline.root;
}

const OcgJson5Item *
ocg_json5_container_get (const OcgJson5Container *self, guint i)
{
  return &g_array_index (self->items, OcgJson5Item, i);
}

const OcgJson5Item *
ocg_json5_container_get_last (const OcgJson5Container *self)
{
  return self->items->len > 0 ? ocg_json5_container_get (self, self->items->len - 1) : NULL;
}

gboolean
ocg_json5_container_find (const OcgJson5Container *self, const char *name, guint *i)
{
  for (guint n = self->items->len; n-- > 0;)
    if (g_str_equal (ocg_json5_container_get (self, n)->name, name))
      {
        *i = n;
        return TRUE;
      }
  return FALSE;
}
