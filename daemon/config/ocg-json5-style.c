/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-style.h"

#include <string.h>

#include "ocg-json5-gap.h"
#include "ocg-json5-walk.h"

/* Text that is pushed further to the right than this does not push its new neighbours on. */
#define MAX_INDENT 1024

static const char *
newline_at (const char *at)
{
  if (*at == '\r')
    return at[1] == '\n' ? "\r\n" : "\r";
  return "\n";
}

/* The quotes of the first string; and of the first name, if that comes before it. */
static void
learn_first_quotes (OcgJson5Style *self)
{
  OcgJson5Problem ignored = { .fault = OCG_JSON5_OK };
  g_auto (OcgJson5Walk) walk;
  ocg_json5_walk_init (&walk, self->text, self->length, 0, &ignored);

  for (;;)
    {
      OcgJson5Step step = ocg_json5_walk_next (&walk);
      if (step == OCG_JSON5_STEP_FAILED || step == OCG_JSON5_STEP_DONE)
        return;
      if (walk.token != OCG_JSON5_TOKEN_STRING)
        continue;
      char quote = self->text[walk.scanner.start];
      if (self->beneath.name_quote == 0)
        self->beneath.name_quote = quote;
      self->beneath.text_quote = quote;
      if (step == OCG_JSON5_STEP_SCALAR)
        return;
    }
}

void
ocg_json5_style_init (OcgJson5Style *self, const char *text, gsize length)
{
  const char *newline = strpbrk (text, "\r\n");
  *self = (OcgJson5Style) {
    .text = text,
    .length = length,
    .lines = ocg_json5_lines_new (text, length),
    .strings = g_string_chunk_new (64),
    .beneath = { .lines = TRUE, .newline = newline != NULL ? newline_at (newline) : "\n",
                .unit = "  ", .colon = ": ", .separator = " ", .padding = " ", .json5 = TRUE },
  };
  learn_first_quotes (self);
}

void
ocg_json5_style_clear (OcgJson5Style *self)
{
  g_clear_pointer (&self->lines, ocg_json5_lines_free);
  g_string_chunk_free (g_steal_pointer (&self->strings));
}

char *
ocg_json5_style_indent_at (const OcgJson5Style *self, gsize position)
{
  const char *start = self->text + ocg_json5_lines_get_start (self->lines, position);
  gsize size = 0;
  while (size < MAX_INDENT && (start[size] == ' ' || start[size] == '\t'))
    size++;
  return g_strndup (start, size);
}

gboolean
ocg_json5_has_own_line (const char *text, const OcgJson5Item *item)
{
  return ocg_json5_gap (text, item->before, item->start).newline;
}

/* The bytes between two places, kept; NULL when there are others than those in @accept. */
static const char *
copy_if (OcgJson5Style *self, gsize start, gsize end, const char *accept)
{
  if (end - start > MAX_INDENT || strspn (self->text + start, accept) < end - start)
    return NULL;
  return g_string_chunk_insert_len (self->strings, self->text + start, end - start);
}

static gboolean
is_quote (char c)
{
  return c == '"' || c == '\'';
}

static void
learn_names (OcgJson5Style *self, const OcgJson5Container *container)
{
  OcgJson5Format *here = &self->here;
  for (guint i = 0; i < container->items->len; i++) /* the last member decides */
    {
      const OcgJson5Item *item = ocg_json5_container_get (container, i);
      char first = self->text[item->start];
      here->bare_names = !is_quote (first);
      if (is_quote (first))
        here->name_quote = self->beneath.name_quote = first;
      /* A name that cannot do without quotes says nothing about those that can. */
      if (here->bare_names || ocg_json5_is_name (item->name))
        self->beneath.bare_names = here->bare_names;
    }
}

static void
learn_strings (OcgJson5Style *self, const OcgJson5Container *container)
{
  for (guint i = container->items->len; i-- > 0;)
    {
      char first = self->text[ocg_json5_container_get (container, i)->value_start];
      if (is_quote (first))
        {
          self->beneath.text_quote = first;
          return;
        }
    }
}

/* From an item on a line of its own. */
static void
learn_line (OcgJson5Style *self, const OcgJson5Container *container, const OcgJson5Item *item)
{
  gsize start = ocg_json5_lines_get_start (self->lines, item->start);
  g_autofree char *outer = ocg_json5_style_indent_at (self, container->open);
  g_autofree char *inner = ocg_json5_style_indent_at (self, item->start);

  if (g_str_has_prefix (inner, outer) && strlen (inner) > strlen (outer))
    self->beneath.unit = g_string_chunk_insert (self->strings, inner + strlen (outer));
  if (start > 0)
    {
      gboolean pair = start > 1 && self->text[start - 2] == '\r' && self->text[start - 1] == '\n';
      self->beneath.newline = newline_at (self->text + start - 1 - pair);
    }
  self->beneath.trailing_comma = ocg_json5_container_get_last (container)->comma != 0;
}

/* From items that share a line. */
static void
learn_padding (OcgJson5Style *self, const OcgJson5Container *container)
{
  const OcgJson5Item *first = ocg_json5_container_get (container, 0);
  const OcgJson5Item *last = ocg_json5_container_get_last (container);
  const char *padding = copy_if (self, container->open + 1, first->start, " \t");
  const char *separator = last != first ? copy_if (self, last->before, last->start, " \t") : NULL;

  if (padding != NULL && container->is_array)
    self->beneath.array_padding = padding;
  else if (padding != NULL)
    self->beneath.padding = padding;
  if (separator != NULL)
    self->beneath.separator = separator;
  else if (!container->is_array && g_str_equal (self->beneath.colon, ":")
           && *self->beneath.padding == '\0')
    self->beneath.separator = ""; /* a text without any spaces */
}

static void
learn_colon (OcgJson5Style *self, const OcgJson5Item *item)
{
  const char *colon = copy_if (self, item->name_end, item->value_start, " \t:");
  if (colon != NULL)
    self->beneath.colon = colon;
}

/* New containers look like the nearest sibling that is one, else like the one they are in. */
static gboolean
wants_lines (const OcgJson5Container *container)
{
  const char *text = container->text;
  for (guint i = container->items->len; i-- > 0;)
    {
      const OcgJson5Item *item = ocg_json5_container_get (container, i);
      if (text[item->value_start] == '{' && item->value_end - item->value_start >= 3)
        return ocg_json5_has_newline (text, item->value_start, item->value_end);
    }
  return ocg_json5_has_own_line (text, ocg_json5_container_get_last (container));
}

void
ocg_json5_style_learn (OcgJson5Style *self, const OcgJson5Container *container)
{
  const OcgJson5Item *last = ocg_json5_container_get_last (container);

  if (last == NULL)
    self->beneath.lines
        |= ocg_json5_gap (container->text, container->open + 1, container->close).newline;
  else
    {
      learn_strings (self, container);
      if (!container->is_array)
        learn_colon (self, last);
      if (ocg_json5_has_own_line (container->text, last))
        learn_line (self, container, last);
      else
        learn_padding (self, container);
      self->beneath.lines = wants_lines (container);
    }

  self->here = self->beneath;
  if (!container->is_array)
    learn_names (self, container);
}

void
ocg_json5_style_peek (OcgJson5Style *self, const OcgJson5Container *container)
{
  for (guint i = container->items->len; i-- > 0;)
    {
      const OcgJson5Container *sibling = ocg_json5_container_get (container, i)->child;
      const OcgJson5Item *last = NULL;
      OcgJson5Style inner = *self;
      if (sibling != NULL && !sibling->is_array)
        last = ocg_json5_container_get_last (sibling);
      if (last == NULL)
        continue;

      learn_names (&inner, sibling);
      learn_strings (&inner, sibling);
      learn_colon (&inner, last);
      if (!ocg_json5_has_own_line (self->text, last))
        learn_padding (&inner, sibling);
      self->beneath = inner.beneath;
      return;
    }
}

char *
ocg_json5_style_item (const OcgJson5Style *self, const char *name, JsonNode *value,
                      const char *indent)
{
  g_autoptr (GString) text = g_string_new (NULL);
  if (name != NULL)
    {
      ocg_json5_write_name (text, name, &self->here);
      g_string_append (text, self->here.colon);
    }
  ocg_json5_write (text, value, &self->beneath, indent);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
