/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json-merge.h"

static JsonObject *
get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonNode *
copy_array (JsonArray *array)
{
  g_autoptr (JsonArray) copy = json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (copy, ocg_json_merge (NULL, json_array_get_element (array, i)));
  return json_node_init_array (json_node_alloc (), copy);
}

/* Either may be NULL. */
static JsonNode *
merge_objects (JsonObject *base, JsonObject *above)
{
  g_autoptr (JsonObject) merged = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  if (base != NULL)
    json_object_iter_init_ordered (&iter, base);
  while (base != NULL && json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (
        merged, name,
        ocg_json_merge (node, above != NULL ? json_object_get_member (above, name) : NULL));
  if (above != NULL)
    json_object_iter_init_ordered (&iter, above);
  while (above != NULL && json_object_iter_next_ordered (&iter, &name, &node))
    if (base == NULL || !json_object_has_member (base, name))
      json_object_set_member (merged, name, ocg_json_merge (NULL, node));
  return json_node_init_object (json_node_alloc (), merged);
}

JsonNode *
ocg_json_merge (JsonNode *base, JsonNode *above)
{
  JsonNode *top = above != NULL ? above : base;

  if (top == NULL)
    return NULL;
  if (get_object (top) != NULL)
    return merge_objects (above != NULL ? get_object (base) : NULL, get_object (top));
  return JSON_NODE_HOLDS_ARRAY (top) ? copy_array (json_node_get_array (top))
                                     : json_node_copy (top);
}
