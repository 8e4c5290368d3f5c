/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-style.h"

#include <string.h>

static const char *
first_newline (const char *text)
{
  const char *at = strpbrk (text, "\r\n");
  if (at == NULL || *at == '\n')
    return "\n";
  return at[1] == '\n' ? "\r\n" : "\r";
}

void
ocg_json5_style_init (OcgJson5Style *self, const char *text)
{
  *self = (OcgJson5Style) {
    .format = { .lines = TRUE, .newline = first_newline (text), .unit = "  ", .colon = ": ",
                .separator = " ", .padding = " ", .json5 = TRUE },
    .strings = g_string_chunk_new (64),
    .quote = '"',
    .inner_quote = '"',
    .needed_quote = '"',
  };
}

void
ocg_json5_style_clear (OcgJson5Style *self)
{
  g_string_chunk_free (g_steal_pointer (&self->strings));
}

char *
ocg_json5_indent_at (const char *text, gsize position)
{
  gsize start = position;
  while (start > 0 && text[start - 1] != '\n' && text[start - 1] != '\r')
    start--;
  return g_strndup (text + start, strspn (text + start, " \t"));
}

gboolean
ocg_json5_has_own_line (const char *text, const OcgJson5Member *member)
{
  return ocg_json5_gap (text, member->before, member->name_start).newline;
}

/* The bytes between two places, kept; NULL when there are others than those in @accept. */
static const char *
copy_if (OcgJson5Style *self, const char *text, gsize start, gsize end, const char *accept)
{
  if (strspn (text + start, accept) < end - start)
    return NULL;
  return g_string_chunk_insert_len (self->strings, text + start, end - start);
}

static void
learn_quotes (OcgJson5Style *self, const OcgJson5Object *object)
{
  self->quote = self->inner_quote;
  for (guint n = object->members->len; n-- > 0;) /* the last member decides */
    {
      const OcgJson5Member *member = ocg_json5_object_last (object, n);
      char first = object->text[member->name_start];
      gboolean quoted = first == '"' || first == '\'';
      self->quote = quoted ? first : 0;
      if (quoted)
        self->needed_quote = first;
      /* A name that cannot do without quotes says nothing about those that can. */
      if (!quoted || ocg_json5_is_name (member->name))
        self->inner_quote = self->quote;
    }
}

static void
learn_unit (OcgJson5Style *self, const OcgJson5Object *object, const OcgJson5Member *member)
{
  g_autofree char *outer = ocg_json5_indent_at (object->text, object->open);
  g_autofree char *inner = ocg_json5_indent_at (object->text, member->name_start);
  if (g_str_has_prefix (inner, outer) && strlen (inner) > strlen (outer))
    self->format.unit = g_string_chunk_insert (self->strings, inner + strlen (outer));
}

static void
learn_spacing (OcgJson5Style *self, const OcgJson5Object *object)
{
  const char *text = object->text;
  const OcgJson5Member *first = ocg_json5_object_last (object, object->members->len - 1);
  const OcgJson5Member *last = ocg_json5_object_last (object, 0);

  const char *colon = copy_if (self, text, last->name_end, last->value_start, " \t:");
  if (colon != NULL)
    self->format.colon = colon;

  if (ocg_json5_has_own_line (text, last))
    return;
  const char *padding = copy_if (self, text, object->open + 1, first->name_start, " \t");
  if (padding != NULL)
    self->format.padding = padding;
  const char *separator
      = last != first ? copy_if (self, text, last->before, last->name_start, " \t") : NULL;
  if (separator != NULL)
    self->format.separator = separator;
  else if (g_str_equal (self->format.colon, ":") && *self->format.padding == '\0')
    self->format.separator = ""; /* a text without any spaces */
}

/* New objects look like the nearest sibling that is one, else like the object they are in. */
static gboolean
wants_lines (const OcgJson5Object *object)
{
  const char *text = object->text;
  for (guint n = 0; n < object->members->len; n++)
    {
      const OcgJson5Member *member = ocg_json5_object_last (object, n);
      if (text[member->value_start] != '{' || member->value_end - member->value_start < 3)
        continue;
      gsize size = member->value_end - member->value_start;
      return memchr (text + member->value_start, '\n', size) != NULL
             || memchr (text + member->value_start, '\r', size) != NULL;
    }
  return ocg_json5_has_own_line (text, ocg_json5_object_last (object, 0));
}

void
ocg_json5_style_learn (OcgJson5Style *self, const OcgJson5Object *object)
{
  const OcgJson5Member *last = ocg_json5_object_last (object, 0);

  learn_quotes (self, object);
  if (last == NULL)
    {
      if (ocg_json5_gap (object->text, object->open + 1, object->close).newline)
        self->format.lines = TRUE;
      return;
    }

  learn_spacing (self, object);
  self->format.lines = wants_lines (object);
  if (ocg_json5_has_own_line (object->text, last))
    {
      learn_unit (self, object, last);
      self->trailing_comma = last->comma != 0;
    }
}

static void
append_name (const OcgJson5Style *self, GString *text, const char *name, char quote)
{
  if (quote == 0 && ocg_json5_is_name (name))
    g_string_append (text, name);
  else
    ocg_json5_write_string (text, name, quote != 0 ? quote : self->needed_quote);
  g_string_append (text, self->format.colon);
}

char *
ocg_json5_style_member (const OcgJson5Style *self, const char *name, const char *const *rest,
                        JsonNode *value, const char *indent)
{
  const OcgJson5Format *format = &self->format;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) tail = g_string_new (NULL);
  g_autoptr (GString) inner = g_string_new (indent);

  append_name (self, text, name, self->quote);
  for (; *rest != NULL; rest++)
    {
      g_autofree char *closing
          = format->lines ? g_strconcat (self->trailing_comma ? "," : "", format->newline,
                                         inner->str, "}", NULL)
                          : g_strconcat (format->padding, "}", NULL);
      g_string_prepend (tail, closing);
      g_string_append (inner, format->unit);
      g_string_append_c (text, '{');
      if (format->lines)
        g_string_append_printf (text, "%s%s", format->newline, inner->str);
      else
        g_string_append (text, format->padding);
      append_name (self, text, *rest, self->inner_quote);
    }

  ocg_json5_write (text, value, format, inner->str);
  g_string_append (text, tail->str);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
