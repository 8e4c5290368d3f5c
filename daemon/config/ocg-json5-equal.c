/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-equal.h"

#include <math.h>

typedef enum
{
  KIND_NULL,
  KIND_BOOLEAN,
  KIND_NUMBER,
  KIND_STRING,
  KIND_ARRAY,
  KIND_OBJECT,
} Kind;

static Kind
get_kind (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return KIND_OBJECT;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return KIND_ARRAY;
  if (JSON_NODE_HOLDS_NULL (node))
    return KIND_NULL;

  GType type = json_node_get_value_type (node);
  return type == G_TYPE_STRING ? KIND_STRING : type == G_TYPE_BOOLEAN ? KIND_BOOLEAN : KIND_NUMBER;
}

static gboolean
is_integer (JsonNode *node)
{
  return json_node_get_value_type (node) == G_TYPE_INT64;
}

/* A double has fewer digits than an integer: rounded alike is not equal. */
static gboolean
integer_is_double (gint64 integer, double number)
{
  return number >= -0x1p63 && number < 0x1p63 && (gint64) number == integer
         && (double) integer == number;
}

static gboolean
equal_numbers (JsonNode *a, JsonNode *b)
{
  if (is_integer (a) && is_integer (b))
    return json_node_get_int (a) == json_node_get_int (b);
  if (is_integer (a))
    return integer_is_double (json_node_get_int (a), json_node_get_double (b));
  if (is_integer (b))
    return integer_is_double (json_node_get_int (b), json_node_get_double (a));

  double x = json_node_get_double (a);
  double y = json_node_get_double (b);
  return x == y || (isnan (x) && isnan (y));
}

static gboolean
equal_arrays (JsonArray *a, JsonArray *b)
{
  guint length = json_array_get_length (a);
  if (json_array_get_length (b) != length)
    return FALSE;
  for (guint i = 0; i < length; i++)
    if (!ocg_json5_equal (json_array_get_element (a, i), json_array_get_element (b, i)))
      return FALSE;
  return TRUE;
}

static gboolean
equal_objects (JsonObject *a, JsonObject *b)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  if (json_object_get_size (a) != json_object_get_size (b))
    return FALSE;
  json_object_iter_init (&iter, a);
  while (json_object_iter_next (&iter, &name, &value))
    {
      JsonNode *other = json_object_get_member (b, name);
      if (other == NULL || !ocg_json5_equal (value, other))
        return FALSE;
    }
  return TRUE;
}

gboolean
ocg_json5_equal (JsonNode *a, JsonNode *b)
{
  Kind kind = get_kind (a);
  if (a == b)
    return TRUE;
  if (get_kind (b) != kind)
    return FALSE;

  switch (kind)
    {
    case KIND_OBJECT:
      return equal_objects (json_node_get_object (a), json_node_get_object (b));
    case KIND_ARRAY:
      return equal_arrays (json_node_get_array (a), json_node_get_array (b));
    case KIND_STRING:
      return g_str_equal (json_node_get_string (a), json_node_get_string (b));
    case KIND_BOOLEAN:
      return json_node_get_boolean (a) == json_node_get_boolean (b);
    case KIND_NUMBER:
      return equal_numbers (a, b);
    case KIND_NULL:
    default:
      return TRUE;
    }
}

static guint
hash_number (JsonNode *node)
{
  double number = is_integer (node) ? (double) json_node_get_int (node)
                                    : json_node_get_double (node);
  if (isnan (number))
    return 1;
  number += 0.0; /* -0 is 0 */
  return g_double_hash (&number);
}

static guint
hash_array (JsonArray *array)
{
  guint hash = 5;
  for (guint i = 0; i < json_array_get_length (array); i++)
    hash = hash * 31 + ocg_json5_hash (json_array_get_element (array, i));
  return hash;
}

static guint
hash_object (JsonObject *object)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;
  guint hash = 7;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &value))
    hash += (g_str_hash (name) * 31) ^ ocg_json5_hash (value);
  return hash;
}

guint
ocg_json5_hash (JsonNode *node)
{
  switch (get_kind (node))
    {
    case KIND_OBJECT:
      return hash_object (json_node_get_object (node));
    case KIND_ARRAY:
      return hash_array (json_node_get_array (node));
    case KIND_STRING:
      return g_str_hash (json_node_get_string (node));
    case KIND_NUMBER:
      return hash_number (node);
    case KIND_BOOLEAN:
      return json_node_get_boolean (node) ? 2 : 3;
    case KIND_NULL:
    default:
      return 4;
    }
}
