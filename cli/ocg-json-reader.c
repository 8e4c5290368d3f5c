/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-json-reader.h"

#include "ocg-error.h"
#include "ocg-input.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define REPLACEMENT 0xfffd

typedef struct
{
  const char *start;
  const char *p; /* the text ends in a NUL, which no rule accepts */
  const char *end;
  guint depth;
  guint max_depth;
  const char *problem; /* to be translated; what is wrong at p */
} Reader;

static JsonNode *read_value (Reader *self);

/* The first problem counts. Returns NULL, for whoever has nothing to return. */
static gpointer
fail (Reader *self, const char *at, const char *problem)
{
  if (self->problem == NULL)
    {
      self->p = at;
      self->problem = problem;
    }
  return NULL;
}

static void
skip_space (Reader *self)
{
  while (*self->p == ' ' || *self->p == '\t' || *self->p == '\n' || *self->p == '\r')
    self->p++;
}

/* The value of four hexadecimal digits behind "\\u", or -1. */
static int
read_unit (const char *digits)
{
  int unit = 0;

  for (guint i = 0; i < 4; i++)
    {
      int value = g_ascii_xdigit_value (digits[i]);

      if (value == -1)
        return -1;
      unit = unit * 16 + value;
    }
  return unit;
}

/* Takes the escape that begins at p, "\\uXXXX" or a pair of them. */
static gboolean
read_unicode_escape (Reader *self, GString *out)
{
  int unit = read_unit (self->p + 2);
  gunichar c = (gunichar) unit;

  if (unit == -1)
    return FALSE;
  self->p += 6;
  if (unit >= 0xd800 && unit <= 0xdbff && self->p[0] == '\\' && self->p[1] == 'u')
    {
      int low = read_unit (self->p + 2);

      if (low >= 0xdc00 && low <= 0xdfff)
        {
          c = 0x10000 + (((gunichar) unit - 0xd800) << 10) + ((gunichar) low - 0xdc00);
          self->p += 6;
        }
    }
  g_string_append_unichar (out, c == 0 || (c >= 0xd800 && c <= 0xdfff) ? REPLACEMENT : c);
  return TRUE;
}

static gboolean
read_escape (Reader *self, GString *out)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";
  const char *letter = NULL;

  if (self->p[1] == 'u')
    return read_unicode_escape (self, out);
  letter = self->p[1] != '\0' ? strchr (letters, self->p[1]) : NULL;
  if (letter == NULL)
    return FALSE;
  g_string_append_c (out, values[letter - letters]);
  self->p += 2;
  return TRUE;
}

/* The string that begins at p, or NULL. */
static char *
read_string (Reader *self)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *quote = self->p++;

  for (;;)
    {
      const char *run = self->p;

      while (*self->p != '"' && *self->p != '\\' && (guchar) *self->p >= 0x20)
        self->p++;
      g_string_append_len (out, run, self->p - run);
      if (self->p >= self->end)
        return fail (self, quote, N_ ("this string has no end."));
      if (*self->p == '"')
        {
          self->p++;
          return g_string_free (g_steal_pointer (&out), FALSE);
        }
      if (*self->p != '\\')
        return fail (self, self->p,
                     N_ ("a string cannot hold a line end or another control character. Write it "
                         "as an escape, such as \\n."));
      if (!read_escape (self, out))
        return fail (self, self->p, N_ ("there is no such escape."));
    }
}

/* Goes past at least one digit. */
static gboolean
skip_digits (Reader *self)
{
  if (!g_ascii_isdigit (*self->p))
    return FALSE;
  while (g_ascii_isdigit (*self->p))
    self->p++;
  return TRUE;
}

static gboolean
skip_number (Reader *self, gboolean *is_integer)
{
  *is_integer = TRUE;
  if (*self->p == '-')
    self->p++;
  if (*self->p == '0')
    self->p++;
  else if (!skip_digits (self))
    return FALSE;
  if (*self->p == '.')
    {
      *is_integer = FALSE;
      self->p++;
      if (!skip_digits (self))
        return FALSE;
    }
  if (*self->p == 'e' || *self->p == 'E')
    {
      *is_integer = FALSE;
      self->p++;
      if (*self->p == '+' || *self->p == '-')
        self->p++;
      return skip_digits (self);
    }
  return TRUE;
}

static JsonNode *
read_number (Reader *self)
{
  const char *start = self->p;
  gboolean is_integer = TRUE;
  g_autofree char *digits = NULL;
  gint64 integer = 0;
  double number = 0;

  if (!skip_number (self, &is_integer))
    return fail (self, start, N_ ("this is not a number as JSON writes it."));
  digits = g_strndup (start, (gsize) (self->p - start));
  errno = 0;
  integer = g_ascii_strtoll (digits, NULL, 10);
  if (is_integer && errno == 0)
    return json_node_init_int (json_node_alloc (), integer);
  number = g_ascii_strtod (digits, NULL);
  if (!isfinite (number))
    return fail (self, start, N_ ("this number is too large."));
  return json_node_init_double (json_node_alloc (), number);
}

static JsonNode *
read_word (Reader *self)
{
  static const struct
  {
    const char *word;
    JsonNodeType type;
    gboolean value;
  } words[] = {
    { "true", JSON_NODE_VALUE, TRUE },
    { "false", JSON_NODE_VALUE, FALSE },
    { "null", JSON_NODE_NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (self->p, words[i].word))
      {
        JsonNode *node = json_node_alloc ();

        self->p += strlen (words[i].word);
        return words[i].type == JSON_NODE_NULL ? json_node_init_null (node)
                                               : json_node_init_boolean (node, words[i].value);
      }
  return fail (self, self->p, N_ ("a value is expected here."));
}

static JsonNode *
read_array (Reader *self)
{
  g_autoptr (JsonArray) array = json_array_new ();
  gboolean is_first = TRUE;

  self->p++;
  for (;; is_first = FALSE)
    {
      JsonNode *element = NULL;

      skip_space (self);
      if (*self->p == ']' && is_first)
        break;
      element = read_value (self);
      if (element == NULL)
        return NULL;
      json_array_add_element (array, element);
      skip_space (self);
      if (*self->p == ']')
        break;
      if (*self->p != ',')
        return fail (self, self->p, N_ ("“,” or “]” is expected here."));
      self->p++;
    }
  self->p++;
  return json_node_init_array (json_node_alloc (), array);
}

static gboolean
read_member (Reader *self, JsonObject *object)
{
  g_autofree char *name = NULL;
  JsonNode *value = NULL;

  if (*self->p != '"')
    {
      fail (self, self->p, N_ ("a name in double quotes is expected here."));
      return FALSE;
    }
  name = read_string (self);
  if (name == NULL)
    return FALSE;
  skip_space (self);
  if (*self->p != ':')
    {
      fail (self, self->p, N_ ("“:” is expected here."));
      return FALSE;
    }
  self->p++;
  skip_space (self);
  value = read_value (self);
  if (value == NULL)
    return FALSE;
  json_object_set_member (object, name, value);
  return TRUE;
}

static JsonNode *
read_object (Reader *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  gboolean is_first = TRUE;

  self->p++;
  for (;; is_first = FALSE)
    {
      skip_space (self);
      if (*self->p == '}' && is_first)
        break;
      if (!read_member (self, object))
        return NULL;
      skip_space (self);
      if (*self->p == '}')
        break;
      if (*self->p != ',')
        return fail (self, self->p, N_ ("“,” or “}” is expected here."));
      self->p++;
    }
  self->p++;
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
read_value (Reader *self)
{
  JsonNode *node = NULL;

  if (*self->p == '"')
    {
      g_autofree char *text = read_string (self);

      return text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;
    }
  if (*self->p == '-' || g_ascii_isdigit (*self->p))
    return read_number (self);
  if (*self->p != '{' && *self->p != '[')
    return read_word (self);

  if (++self->depth > self->max_depth)
    return fail (self, self->p, N_ ("nested deeper than 128 levels."));
  node = *self->p == '{' ? read_object (self) : read_array (self);
  self->depth--;
  return node;
}

static void
set_problem (Reader *self, GError **error)
{
  guint line = 1;
  const char *line_start = self->start;
  const char *problem = self->problem;

  if (self->p >= self->end)
    problem = N_ ("the text ends too early.");
  for (const char *p = self->start; p < self->p; p++)
    if (*p == '\n')
      {
        line++;
        line_start = p + 1;
      }
  g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS, "%u:%ld: %s", line,
               g_utf8_strlen (line_start, self->p - line_start) + 1, _ (problem));
}

JsonNode *
ocg_json_read (const char *text, gsize length, guint max_depth, GError **error)
{
  Reader self = { .start = text, .p = text, .end = text + length, .max_depth = max_depth };
  g_autoptr (JsonNode) node = NULL;

  skip_space (&self);
  node = read_value (&self);
  if (node != NULL)
    skip_space (&self);
  if (node != NULL && self.p < self.end)
    fail (&self, self.p, N_ ("the text should have ended here."));
  if (self.problem == NULL)
    return g_steal_pointer (&node);
  set_problem (&self, error);
  return NULL;
}

JsonNode *
ocg_json_read_file (const char *name, gsize max_size, GError **error)
{
  g_autoptr (GString) text = ocg_input_read_text (name, max_size, error);
  JsonNode *node = NULL;

  if (text == NULL)
    return NULL;
  node = ocg_json_read (text->str, text->len, OCG_JSON_MAX_DEPTH, error);
  if (node == NULL)
    g_prefix_error (error, "%s:", ocg_input_describe (name));
  return node;
}
