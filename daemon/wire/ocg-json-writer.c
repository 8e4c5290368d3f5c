/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json-writer.h"

#include <math.h>
#include <string.h>

static void
separate (OcgJsonWriter *self)
{
  if (self->needs_comma)
    g_string_append_c (self->out, ',');
  self->needs_comma = TRUE;
}

void
ocg_json_open (OcgJsonWriter *self, char bracket)
{
  separate (self);
  g_string_append_c (self->out, bracket);
  self->needs_comma = FALSE;
}

void
ocg_json_close (OcgJsonWriter *self, char bracket)
{
  g_string_append_c (self->out, bracket);
  self->needs_comma = TRUE;
}

void
ocg_json_key (OcgJsonWriter *self, const char *key)
{
  separate (self);
  g_string_append_c (self->out, '"');
  g_string_append (self->out, key);
  g_string_append (self->out, "\":");
  self->needs_comma = FALSE;
}

static void
append_escape (GString *out, unsigned char c)
{
  static const char short_escapes[] = "b\bf\fn\nr\rt\t\"\"\\\\";

  for (const char *pair = short_escapes; *pair != '\0'; pair += 2)
    if ((unsigned char) pair[1] == c)
      {
        g_string_append_c (out, '\\');
        g_string_append_c (out, pair[0]);
        return;
      }
  g_string_append (out, "\\u00");
  g_string_append_c (out, "0123456789abcdef"[c >> 4]);
  g_string_append_c (out, "0123456789abcdef"[c & 15]);
}

void
ocg_json_string (OcgJsonWriter *self, const char *value, gssize length)
{
  const char *end = value + (length < 0 ? (gssize) strlen (value) : length);
  const char *run = value;

  separate (self);
  g_string_append_c (self->out, '"');
  for (const char *p = value; p < end; p++)
    {
      unsigned char c = (unsigned char) *p;

      if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
        continue;
      g_string_append_len (self->out, run, p - run);
      append_escape (self->out, c);
      run = p + 1;
    }
  g_string_append_len (self->out, run, end - run);
  g_string_append_c (self->out, '"');
}

void
ocg_json_int (OcgJsonWriter *self, gint64 value)
{
  separate (self);
  g_string_append_printf (self->out, "%" G_GINT64_FORMAT, value);
}

void
ocg_json_double (OcgJsonWriter *self, double value)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  separate (self);
  if (!isfinite (value))
    {
      g_string_append (self->out, "null");
      return;
    }
  /* The shortest that is read back as the same. */
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_ascii_strtod (g_ascii_formatd (buffer, sizeof buffer, formats[i], value), NULL) == value)
      break;
  g_string_append (self->out, buffer);
}

void
ocg_json_boolean (OcgJsonWriter *self, gboolean value)
{
  separate (self);
  g_string_append (self->out, value ? "true" : "false");
}

void
ocg_json_raw (OcgJsonWriter *self, const char *json)
{
  separate (self);
  g_string_append (self->out, json);
}

void
ocg_json_name (OcgJsonWriter *self, const char *name)
{
  ocg_json_string (self, name, -1);
  g_string_append_c (self->out, ':');
  self->needs_comma = FALSE;
}

static void write_node (OcgJsonWriter *self, JsonNode *node);

static void
write_members (OcgJsonWriter *self, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  ocg_json_open (self, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      ocg_json_name (self, name);
      write_node (self, node);
    }
  ocg_json_close (self, '}');
}

static void
write_elements (OcgJsonWriter *self, JsonArray *array)
{
  ocg_json_open (self, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    write_node (self, json_array_get_element (array, i));
  ocg_json_close (self, ']');
}

static void
write_value (OcgJsonWriter *self, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    ocg_json_string (self, json_node_get_string (node), -1);
  else if (type == G_TYPE_BOOLEAN)
    ocg_json_boolean (self, json_node_get_boolean (node));
  else if (type == G_TYPE_INT64)
    ocg_json_int (self, json_node_get_int (node));
  else
    ocg_json_double (self, json_node_get_double (node));
}

static void
write_node (OcgJsonWriter *self, JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      write_members (self, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      write_elements (self, json_node_get_array (node));
      break;
    case JSON_NODE_VALUE:
      write_value (self, node);
      break;
    case JSON_NODE_NULL:
      ocg_json_raw (self, "null");
      break;
    }
}

char *
ocg_json_print (JsonNode *node)
{
  GString *out = g_string_new (NULL);
  OcgJsonWriter writer = OCG_JSON_WRITER_INIT (out);

  write_node (&writer, node);
  return g_string_free (out, FALSE);
}

void
ocg_json_object (OcgJsonWriter *self, JsonObject *object)
{
  write_members (self, object);
}

void
ocg_json_member_string (OcgJsonWriter *self, const char *key, const char *value)
{
  if (value == NULL)
    return;
  ocg_json_key (self, key);
  ocg_json_string (self, value, -1);
}

void
ocg_json_member_int (OcgJsonWriter *self, const char *key, gint64 value)
{
  ocg_json_key (self, key);
  ocg_json_int (self, value);
}
