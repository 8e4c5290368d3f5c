/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "members.h"

#include <stdarg.h>

JsonArray *
member_array (JsonObject *object, const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;

  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
member_object (JsonObject *object, const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

const char *
member_string (JsonObject *object, const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;

  return node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

gboolean
member_is (JsonObject *object, const char *name, const char *value)
{
  return g_strcmp0 (member_string (object, name), value) == 0;
}

gboolean
member_has (JsonObject *object, const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;

  return node && !JSON_NODE_HOLDS_NULL (node);
}

static JsonNode *
member_value (JsonObject *object, const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;

  return node && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

gboolean
member_true (JsonObject *object, const char *name)
{
  JsonNode *node = member_value (object, name);

  return node && json_node_get_boolean (node);
}

gint64
member_int (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = member_value (object, name);

  return node ? json_node_get_int (node) : fallback;
}

double
member_double (JsonObject *object, const char *name, double fallback)
{
  JsonNode *node = member_value (object, name);

  return node ? json_node_get_double (node) : fallback;
}

static gboolean
is_known (const char *name, const char *const *first, va_list more)
{
  for (const char *const *list = first; list; list = va_arg (more, const char *const *))
    if (g_strv_contains (list, name))
      return TRUE;
  return FALSE;
}

const char *
member_unknown (JsonObject *object, const char *const *known, ...)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l; l = l->next)
    {
      va_list more;
      gboolean found;

      va_start (more, known);
      found = is_known (l->data, known, more);
      va_end (more);
      if (!found)
        return l->data;
    }
  return NULL;
}

guint
array_size (JsonArray *array)
{
  return array ? json_array_get_length (array) : 0;
}

JsonObject *
element_object (JsonArray *array, guint i)
{
  JsonNode *node = i < array_size (array) ? json_array_get_element (array, i) : NULL;

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Adds one member and takes its value off @values. */
static void
add_member (JsonObject *object, const char *member, va_list *values)
{
  const char *name = member + 2;

  switch (member[0])
    {
    case 's':
      json_object_set_string_member (object, name, va_arg (*values, const char *));
      break;
    case 'i':
      json_object_set_int_member (object, name, va_arg (*values, int));
      break;
    case 't':
      json_object_set_int_member (object, name, (gint64)va_arg (*values, guint64));
      break;
    case 'd':
      json_object_set_double_member (object, name, va_arg (*values, double));
      break;
    case 'b':
      json_object_set_boolean_member (object, name, va_arg (*values, gboolean));
      break;
    case 'o':
      json_object_set_object_member (object, name, va_arg (*values, JsonObject *));
      break;
    case 'a':
      json_object_set_array_member (object, name, va_arg (*values, JsonArray *));
      break;
    case 'n':
      json_object_set_null_member (object, name);
      break;
    default:
      g_error ("json_make: no type in %s", member);
    }
}

static void
add_members (JsonObject *object, const char *member, va_list *values)
{
  for (; member; member = va_arg (*values, const char *))
    add_member (object, member, values);
}

JsonObject *
json_make (const char *member, ...)
{
  JsonObject *object = json_object_new ();
  va_list values;

  va_start (values, member);
  add_members (object, member, &values);
  va_end (values);
  return object;
}

void
json_extend (JsonObject *object, const char *member, ...)
{
  va_list values;

  va_start (values, member);
  add_members (object, member, &values);
  va_end (values);
}

JsonArray *
json_list (JsonObject *first, ...)
{
  JsonArray *array = json_array_new ();
  va_list more;

  va_start (more, first);
  for (JsonObject *object = first; object; object = va_arg (more, JsonObject *))
    json_array_add_object_element (array, object);
  va_end (more);
  return array;
}

char *
json_text_take (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  return json_to_string (node, FALSE);
}

gboolean
json_is_valid_object (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (!json_parser_load_from_data (parser, text, -1, NULL))
    return FALSE;
  root = json_parser_get_root (parser);
  return root && JSON_NODE_HOLDS_OBJECT (root);
}
