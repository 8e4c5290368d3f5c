/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-path.h"

#include <string.h>

#include "ocg-json5-equal.h"

#define NOWHERE G_MAXUINT

gboolean
ocg_json5_path_index (const char *segment, guint length, guint *index)
{
  guint64 number = 0;
  *index = length;
  if (g_str_equal (segment, "-"))
    return TRUE;
  if (*segment == '\0' || strspn (segment, "0123456789") != strlen (segment)
      || (segment[0] == '0' && segment[1] != '\0'))
    return FALSE;
  if (!g_ascii_string_to_unsigned (segment, 10, 0, G_MAXUINT - 1, &number, NULL))
    number = G_MAXUINT - 1;
  *index = (guint) number;
  return TRUE;
}

static JsonNode *
get_child (JsonNode *node, const char *segment)
{
  guint index = 0;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), segment);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  JsonArray *array = json_node_get_array (node);
  guint length = json_array_get_length (array);
  return ocg_json5_path_index (segment, length, &index) && index < length
             ? json_array_get_element (array, index)
             : NULL;
}

JsonNode *
ocg_json5_path_lookup (JsonNode *root, const char *const *path)
{
  JsonNode *node = root;
  for (; node != NULL && *path != NULL; path++)
    node = get_child (node, *path);
  return node;
}

JsonNode *
ocg_json5_path_wrap (const char *const *path, JsonNode *value)
{
  JsonNode *node = json_node_ref (value);
  for (guint i = g_strv_length ((char **) path); i-- > 0;)
    {
      g_autoptr (JsonObject) object = json_object_new ();
      json_object_set_member (object, path[i], node);
      node = json_node_init_object (json_node_alloc (), object);
    }
  return node;
}

/* @after: (nullable) */
static gboolean
is_set (JsonNode *after, const char *const *path, JsonNode *value)
{
  g_autoptr (JsonNode) expected = ocg_json5_path_wrap (path, value);
  return after != NULL && ocg_json5_equal (expected, after);
}

/* One child of a container; each NULL where there is none. */
static gboolean
is_child_edit (JsonNode *before, JsonNode *after, const char *const *rest, JsonNode *value)
{
  if (before == NULL)
    return value != NULL ? is_set (after, rest, value) : after == NULL;
  if (value == NULL && *rest == NULL)
    return after == NULL;
  return after != NULL && ocg_json5_path_is_edit (before, after, rest, value);
}

static gboolean
is_object_edit (JsonObject *before, JsonObject *after, const char *const *path, JsonNode *value)
{
  JsonNode *old_child = json_object_get_member (before, path[0]);
  JsonNode *new_child = json_object_get_member (after, path[0]);
  guint others = json_object_get_size (before) - (old_child != NULL);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *child = NULL;

  if (json_object_get_size (after) - (new_child != NULL) != others)
    return FALSE;
  json_object_iter_init (&iter, before);
  while (json_object_iter_next (&iter, &name, &child))
    {
      JsonNode *other = json_object_get_member (after, name);
      if (!g_str_equal (name, path[0]) && (other == NULL || !ocg_json5_equal (child, other)))
        return FALSE;
    }
  return is_child_edit (old_child, new_child, path + 1, value);
}

static gboolean
is_array_edit (JsonArray *before, JsonArray *after, const char *const *path, JsonNode *value)
{
  guint length = json_array_get_length (before);
  guint new_length = json_array_get_length (after);
  guint index = 0;
  if (!ocg_json5_path_index (path[0], length, &index) || index > length)
    index = NOWHERE;

  gboolean goes = index < length && value == NULL && path[1] == NULL;
  gboolean comes = index == length && value != NULL;
  if (new_length != length + comes - goes)
    return FALSE;
  for (guint i = 0; i < length; i++)
    if (i != index
        && !ocg_json5_equal (json_array_get_element (before, i),
                             json_array_get_element (after, i - (goes && i > index))))
      return FALSE;
  if (index == NOWHERE)
    return value == NULL;
  return goes
         || is_child_edit (index < length ? json_array_get_element (before, index) : NULL,
                           index < new_length ? json_array_get_element (after, index) : NULL,
                           path + 1, value);
}

gboolean
ocg_json5_path_is_edit (JsonNode *before, JsonNode *after, const char *const *path,
                        JsonNode *value)
{
  if (path[0] == NULL)
    return value != NULL && ocg_json5_equal (value, after);
  if (JSON_NODE_HOLDS_OBJECT (before) && JSON_NODE_HOLDS_OBJECT (after))
    return is_object_edit (json_node_get_object (before), json_node_get_object (after), path,
                           value);
  if (JSON_NODE_HOLDS_ARRAY (before) && JSON_NODE_HOLDS_ARRAY (after))
    return is_array_edit (json_node_get_array (before), json_node_get_array (after), path, value);
  return value == NULL && ocg_json5_equal (before, after);
}
