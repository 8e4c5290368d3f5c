/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json.h"

#include <gio/gio.h>
#include <string.h>

/* The value of the four hexadecimal digits at @digits, or -1. */
static int
read_hex4 (const char *digits, const char *end)
{
  int value = 0;

  if (end - digits < 4)
    return -1;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (digits[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

/* Mends the escape at @text (on its "\\u"); returns how many bytes it takes, 0 when it is none. */
static gsize
mend_unicode_escape (char *text, const char *end)
{
  int unit = read_hex4 (text + 2, end);
  int low;

  if (unit < 0)
    return 0;
  if (unit >= 0xd800 && unit <= 0xdbff && end - text >= 12 && text[6] == '\\' && text[7] == 'u')
    {
      low = read_hex4 (text + 8, end);
      if (low >= 0xdc00 && low <= 0xdfff)
        return 12;
    }
  if (unit == 0 || (unit >= 0xd800 && unit <= 0xdfff))
    memcpy (text + 2, "fffd", 4);
  return 6;
}

/* Walks over the string whose opening quote is before @text; returns the byte after its closing
 * quote, or NULL. */
static char *
mend_string (char *text, const char *end)
{
  while (text < end)
    {
      if (*text == '"')
        return text + 1;
      if (*text != '\\')
        {
          text++;
          continue;
        }
      if (end - text < 2)
        return NULL;
      if (text[1] == 'u')
        {
          gsize taken = mend_unicode_escape (text, end);

          if (taken == 0)
            return NULL;
          text += taken;
        }
      else
        {
          text += 2;
        }
    }
  return NULL;
}

/* Bounds the depth and mends what a D-Bus string cannot hold, in place. */
static gboolean
scan (char *text, const char *end, GError **error)
{
  guint depth = 0;

  while (text != NULL && text < end)
    {
      char c = *text++;

      if (c == '"')
        {
          text = mend_string (text, end);
        }
      else if (c == '{' || c == '[')
        {
          if (++depth > OCG_JSON_MAX_DEPTH)
            {
              g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "nested deeper than %d levels", OCG_JSON_MAX_DEPTH);
              return FALSE;
            }
        }
      else if ((c == '}' || c == ']') && depth > 0)
        {
          depth--;
        }
    }

  if (text == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a string is broken");
  return text != NULL;
}

JsonNode *
ocg_json_parse (const char *text, gssize length, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *copy = NULL;
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  JsonNode *node;

  copy = g_strndup (text, size);
  if (!scan (copy, copy + size, error))
    return NULL;

  node = json_from_string (copy, &local_error);
  if (node == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s",
                 local_error != NULL ? local_error->message : "empty");
  return node;
}

JsonObject *
ocg_json_parse_object (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonNode) node = ocg_json_parse (text, length, error);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not an object");
      return NULL;
    }
  return json_object_ref (json_node_get_object (node));
}

static JsonNode *
get_member (JsonObject *object, const char *member)
{
  return object != NULL ? json_object_get_member (object, member) : NULL;
}

const char *
ocg_json_get_string (JsonObject *object, const char *member)
{
  JsonNode *node = get_member (object, member);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

JsonObject *
ocg_json_get_object (JsonObject *object, const char *member)
{
  JsonNode *node = get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
ocg_json_get_array (JsonObject *object, const char *member)
{
  JsonNode *node = get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

gboolean
ocg_json_get_double (JsonObject *object, const char *member, double *value)
{
  JsonNode *node = get_member (object, member);
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_double (node);
  return TRUE;
}

gboolean
ocg_json_get_int (JsonObject *object, const char *member, gint64 *value)
{
  double number;

  if (!ocg_json_get_double (object, member, &number))
    return FALSE;
  /* Servers written in JavaScript send 12.0 for 12; NaN fails both comparisons. */
  if (!(number > -9.0e15 && number < 9.0e15))
    return FALSE;
  *value = (gint64) number;
  return TRUE;
}

gboolean
ocg_json_get_boolean (JsonObject *object, const char *member, gboolean *value)
{
  JsonNode *node = get_member (object, member);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;
  *value = json_node_get_boolean (node);
  return TRUE;
}

JsonObject *
ocg_json_array_get_object (JsonArray *array, guint index)
{
  JsonNode *node;

  if (index >= json_array_get_length (array))
    return NULL;
  node = json_array_get_element (array, index);
  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}
