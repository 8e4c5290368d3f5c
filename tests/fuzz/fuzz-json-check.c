/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "fuzz-json-check.h"

#include <math.h>
#include <string.h>

#include "fuzz.h"

typedef struct
{
  const char *at;
  const char *end;
  gboolean lenient;
} Reader;

static gboolean
take (Reader *self, char c)
{
  if (self->at == self->end || *self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

static void
skip_space (Reader *self)
{
  while (self->at < self->end && memchr (" \t\r\n", *self->at, 4) != NULL)
    self->at++;
}

static gboolean
read_escape (Reader *self)
{
  if (self->at == self->end)
    return FALSE;
  if (*self->at != 'u')
    return memchr ("\"\\/bfnrt", *self->at++, 8) != NULL;
  self->at++;
  for (guint i = 0; i < 4; i++, self->at++)
    if (self->at == self->end || !g_ascii_isxdigit (*self->at))
      return FALSE;
  return TRUE;
}

static gboolean
read_string (Reader *self)
{
  if (!take (self, '"'))
    return FALSE;
  while (self->at < self->end)
    {
      guchar c = (guchar) *self->at++;

      if (c == '"')
        return TRUE;
      if (c == 0 || (c < 0x20 && !self->lenient) || (c == '\\' && !read_escape (self)))
        return FALSE;
    }
  return FALSE;
}

static gboolean
read_digits (Reader *self)
{
  const char *start = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return self->at > start;
}

static gboolean
read_number (Reader *self)
{
  const char *start = self->at;
  g_autofree char *text = NULL;

  take (self, '-');
  if (!take (self, '0') && !read_digits (self))
    return FALSE;
  if (take (self, '.') && !read_digits (self))
    return FALSE;
  if (take (self, 'e') || take (self, 'E'))
    {
      if (!take (self, '+'))
        take (self, '-');
      if (!read_digits (self))
        return FALSE;
    }
  text = g_strndup (start, (gsize) (self->at - start));
  return isfinite (g_ascii_strtod (text, NULL));
}

static gboolean
read_word (Reader *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

static gboolean
read_scalar (Reader *self)
{
  if (self->at == self->end)
    return FALSE;
  switch (*self->at)
    {
    case '"':
      return read_string (self);
    case 't':
      return read_word (self, "true");
    case 'f':
      return read_word (self, "false");
    case 'n':
      return read_word (self, "null");
    default:
      return read_number (self);
    }
}

static gboolean
read_key (Reader *self)
{
  skip_space (self);
  if (!read_string (self))
    return FALSE;
  skip_space (self);
  return take (self, ':');
}

/* The beginning of a value: TRUE when it is whole, else @open has one bracket more. */
static gboolean
read_value (Reader *self, GString *open, gboolean *whole)
{
  skip_space (self);
  *whole = FALSE;
  if (take (self, '['))
    {
      skip_space (self);
      *whole = take (self, ']');
      if (!*whole)
        g_string_append_c (open, ']');
      return TRUE;
    }
  if (take (self, '{'))
    {
      skip_space (self);
      *whole = take (self, '}');
      if (*whole)
        return TRUE;
      g_string_append_c (open, '}');
      return read_key (self);
    }
  *whole = TRUE;
  return read_scalar (self);
}

/* What follows a value: the brackets that close, and the comma before the next one. */
static gboolean
read_rest (Reader *self, GString *open)
{
  while (open->len > 0)
    {
      char bracket = open->str[open->len - 1];

      skip_space (self);
      if (take (self, ','))
        return bracket == ']' || read_key (self);
      if (!take (self, bracket))
        return FALSE;
      g_string_truncate (open, open->len - 1);
    }
  return TRUE;
}

static gboolean
check (const char *text, gsize length, gboolean lenient)
{
  Reader self = { text, text + length, lenient };
  g_autoptr (GString) open = g_string_new (NULL);

  do
    {
      gboolean whole;

      if (!read_value (&self, open, &whole) || (whole && !read_rest (&self, open)))
        return FALSE;
    }
  while (open->len > 0);
  skip_space (&self);
  return self.at == self.end && g_utf8_validate_len (text, length, NULL);
}

gboolean
fuzz_is_json (const char *text, gsize length)
{
  return check (text, length, FALSE);
}

gboolean
fuzz_is_lenient_json (const char *text, gsize length)
{
  return check (text, length, TRUE);
}

gboolean
fuzz_is_json_object (const char *text, gsize length)
{
  gsize blank = 0;

  while (blank < length && memchr (" \t\r\n", text[blank], 4) != NULL)
    blank++;
  return blank < length && text[blank] == '{' && fuzz_is_json (text, length);
}

static void
check_member (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  fuzz_check (fuzz_is_text (name));
  fuzz_check_node (node);
}

static void
check_element (JsonArray *array, guint index, JsonNode *node, gpointer user_data)
{
  fuzz_check_node (node);
}

void
fuzz_check_node (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), check_member, NULL);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    json_array_foreach_element (json_node_get_array (node), check_element, NULL);
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    fuzz_check (fuzz_is_text (json_node_get_string (node)));
}
