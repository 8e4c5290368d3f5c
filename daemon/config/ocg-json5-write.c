/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-write.h"

#include <math.h>
#include <string.h>

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
      else if (c < 0x20 || c == 0x7f || c == 0x2028 || c == 0x2029)
        g_string_append_printf (text, "\\u%04x", c);
      else
        g_string_append_unichar (text, c);
    }
  g_string_append_c (text, quote);
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
write_scalar (GString *text, JsonNode *node, gboolean json5)
{
  if (JSON_NODE_HOLDS_NULL (node))
    g_string_append (text, "null");
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    ocg_json5_write_string (text, json_node_get_string (node), '"');
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    write_double (text, json_node_get_double (node), json5);
}

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

static void
write_array (GString *text, JsonArray *array, const OcgJson5Format *format, const char *indent)
{
  gboolean lines = format->lines && has_containers (array);
  g_autofree char *inner = g_strconcat (indent, format->unit, NULL);

  g_string_append_c (text, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      if (lines)
        g_string_append_printf (text, "%s%s", format->newline, inner);
      else if (i > 0)
        g_string_append (text, format->separator);
      ocg_json5_write (text, json_array_get_element (array, i), format, lines ? inner : indent);
    }
  if (lines)
    g_string_append_printf (text, "%s%s", format->newline, indent);
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

  if (json_object_get_size (object) == 0)
    {
      g_string_append (text, "{}");
      return;
    }

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      if (!first)
        g_string_append_c (text, ',');
      if (format->lines)
        g_string_append_printf (text, "%s%s", format->newline, inner);
      else
        g_string_append (text, first ? format->padding : format->separator);
      ocg_json5_write_string (text, name, '"');
      g_string_append (text, format->colon);
      ocg_json5_write (text, value, format, format->lines ? inner : indent);
      first = FALSE;
    }
  if (format->lines)
    g_string_append_printf (text, "%s%s", format->newline, indent);
  else
    g_string_append (text, format->padding);
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
    write_scalar (text, node, format->json5);
}
