/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-write.h"

#include <math.h>
#include <string.h>

#include "ocg-json5-scanner.h"

/* Controls, line ends, and what turns the direction of text around it. */
static gboolean
needs_escape (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029 || c == 0xfeff
         || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

void
ocg_json5_write_string (GString *text, const char *value, char quote)
{
  g_string_append_c (text, quote);
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c == '\n')
        g_string_append (text, "\\n");
      else if (c == '\r')
        g_string_append (text, "\\r");
      else if (c == '\t')
        g_string_append (text, "\\t");
      else if (c == (guchar) quote || c == '\\')
        g_string_append_printf (text, "\\%c", (char) c);
      else if (needs_escape (c))
        g_string_append_printf (text, "\\u%04x", c);
      else
        g_string_append_unichar (text, c);
    }
  g_string_append_c (text, quote);
}

/* An apostrophe does not have to be escaped; JSON knows no other quotes than double ones. */
static void
write_quoted (GString *text, const char *value, char quote)
{
  gboolean change = quote == '\'' && strchr (value, '\'') != NULL && strchr (value, '"') == NULL;
  ocg_json5_write_string (text, value, quote == 0 || change ? '"' : quote);
}

void
ocg_json5_write_name (GString *text, const char *name, const OcgJson5Format *format)
{
  if (format->bare_names && ocg_json5_is_name (name))
    g_string_append (text, name);
  else
    write_quoted (text, name, format->name_quote);
}

static void
write_double (GString *text, double value, gboolean json5)
{
  if (!isfinite (value))
    {
      const char *name = isnan (value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
      g_string_append (text, json5 ? name : "null");
      return;
    }

  /* The shortest that reads back as the same number. */
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (number, sizeof number, formats[i], value);
      if (g_ascii_strtod (number, NULL) == value)
        break;
    }
  g_string_append (text, number);
  if (strpbrk (number, ".e") == NULL)
    g_string_append (text, ".0");
}

static void
write_scalar (GString *text, JsonNode *node, const OcgJson5Format *format)
{
  if (JSON_NODE_HOLDS_NULL (node))
    g_string_append (text, "null");
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    write_quoted (text, json_node_get_string (node), format->text_quote);
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    write_double (text, json_node_get_double (node), format->json5);
}

/* An array with such elements gets a line for each. */
static gboolean
has_containers (JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      if (JSON_NODE_HOLDS_OBJECT (item) || JSON_NODE_HOLDS_ARRAY (item))
        return TRUE;
    }
  return FALSE;
}

/* What is between one item and the next, or the bracket before the first. */
static void
write_break (GString *text, const OcgJson5Format *format, gboolean lines, gboolean first,
             const char *inner, const char *padding)
{
  if (!first)
    g_string_append_c (text, ',');
  if (lines)
    g_string_append_printf (text, "%s%s", format->newline, inner);
  else
    g_string_append (text, first ? padding : format->separator);
}

static void
write_end (GString *text, const OcgJson5Format *format, gboolean lines, const char *indent,
           const char *padding)
{
  if (lines)
    g_string_append_printf (text, "%s%s%s", format->trailing_comma ? "," : "", format->newline,
                            indent);
  else
    g_string_append (text, padding);
}

static void
write_array (GString *text, JsonArray *array, const OcgJson5Format *format, const char *indent)
{
  gboolean lines = format->lines && has_containers (array);
  const char *padding = format->array_padding != NULL ? format->array_padding : "";
  g_autofree char *inner = g_strconcat (indent, format->unit, NULL);
  guint length = json_array_get_length (array);

  g_string_append_c (text, '[');
  for (guint i = 0; i < length; i++)
    {
      write_break (text, format, lines, i == 0, inner, padding);
      ocg_json5_write (text, json_array_get_element (array, i), format, lines ? inner : indent);
    }
  if (length > 0)
    write_end (text, format, lines, indent, padding);
  g_string_append_c (text, ']');
}

static void
write_object (GString *text, JsonObject *object, const OcgJson5Format *format, const char *indent)
{
  g_autofree char *inner = g_strconcat (indent, format->unit, NULL);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;
  gboolean first = TRUE;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      write_break (text, format, format->lines, first, inner, format->padding);
      ocg_json5_write_name (text, name, format);
      g_string_append (text, format->colon);
      ocg_json5_write (text, value, format, format->lines ? inner : indent);
      first = FALSE;
    }
  if (!first)
    write_end (text, format, format->lines, indent, format->padding);
  g_string_append_c (text, '}');
}

void
ocg_json5_write (GString *text, JsonNode *node, const OcgJson5Format *format, const char *indent)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    write_object (text, json_node_get_object (node), format, indent);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    write_array (text, json_node_get_array (node), format, indent);
  else
    write_scalar (text, node, format);
}
