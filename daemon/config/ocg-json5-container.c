/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-container.h"

#include <string.h>

#include "ocg-json5-walk.h"

static void
item_clear (gpointer data)
{
  g_free (((OcgJson5Item *) data)->name);
}

void
ocg_json5_container_free (OcgJson5Container *self)
{
  g_array_unref (self->items);
  g_free (self);
}

/* @name: (transfer full) (nullable) */
static void
begin_item (OcgJson5Container *self, const OcgJson5Scanner *scanner, char *name, gsize before)
{
  OcgJson5Item item = {
    .name = name,
    .before = before,
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

/* One step inside the container, of which only the outermost level counts. */
static void
collect (OcgJson5Container *self, const OcgJson5Walk *walk, OcgJson5Step step, gsize *before)
{
  const OcgJson5Scanner *scanner = &walk->scanner;
  gboolean opens = step == OCG_JSON5_STEP_OPEN && walk->depth == 2;
  gboolean scalar = step == OCG_JSON5_STEP_SCALAR && walk->depth == 1;

  if (step == OCG_JSON5_STEP_NAME && walk->depth == 1)
    begin_item (self, scanner, g_strndup (scanner->string->str, scanner->string->len), *before);
  if (self->is_array && (opens || scalar))
    begin_item (self, scanner, NULL, *before);
  if (opens || scalar)
    last_item (self)->value_start = scanner->start;
  if (scalar || (step == OCG_JSON5_STEP_CLOSE && walk->depth == 1))
    last_item (self)->value_end = scanner->end;
  if (step == OCG_JSON5_STEP_COMMA && walk->depth == 1)
    {
      last_item (self)->comma = scanner->start;
      *before = scanner->end;
    }
}

OcgJson5Container *
ocg_json5_container_new (const char *text, gsize length, gsize position)
{
  OcgJson5Problem ignored = { .fault = OCG_JSON5_OK };
  g_auto (OcgJson5Walk) walk;
  ocg_json5_walk_init (&walk, text, length, position, &ignored);
  if (ocg_json5_walk_next (&walk) != OCG_JSON5_STEP_OPEN)
    return NULL;

  OcgJson5Container *self = g_new0 (OcgJson5Container, 1);
  self->text = text;
  self->length = length;
  self->is_array = walk.brackets[0] == '[';
  self->open = walk.scanner.start;
  self->items = g_array_new (FALSE, TRUE, sizeof (OcgJson5Item));
  g_array_set_clear_func (self->items, item_clear);

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
