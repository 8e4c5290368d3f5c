/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-merge.h"

#include "ocg-json5-edit.h"
#include "ocg-json5-path.h"

/* Of the members of @from those that @patch does not name. (transfer full) */
static JsonObject *
copy_others (JsonObject *from, JsonObject *patch)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  json_object_iter_init_ordered (&iter, from);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!json_object_has_member (patch, name))
      json_object_set_member (copy, name, json_node_ref (value));
  return copy;
}

/* @target: (nullable) NULL is nothing. (transfer full) (nullable) */
static JsonNode *
merge_values (JsonNode *target, JsonNode *patch)
{
  if (JSON_NODE_HOLDS_NULL (patch))
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (patch))
    return json_node_ref (patch);

  JsonObject *changes = json_node_get_object (patch);
  JsonObject *old = target != NULL && JSON_NODE_HOLDS_OBJECT (target)
                        ? json_node_get_object (target)
                        : NULL;
  g_autoptr (JsonObject) merged = old != NULL ? copy_others (old, changes) : json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *change = NULL;

  json_object_iter_init_ordered (&iter, changes);
  while (json_object_iter_next_ordered (&iter, &name, &change))
    {
      JsonNode *before = old != NULL ? json_object_get_member (old, name) : NULL;
      JsonNode *value = merge_values (before, change);
      if (value != NULL)
        json_object_set_member (merged, name, value);
    }
  return json_node_init_object (json_node_alloc (), merged);
}

char *
ocg_json5_merge (const char *text, const char *const *path, JsonNode *patch,
                 OcgJson5Problem *problem)
{
  g_autoptr (JsonNode) root = NULL;
  JsonNode *target = NULL;

  if (!ocg_json5_is_blank (text))
    {
      root = ocg_json5_read (text, -1, problem);
      if (root == NULL)
        return NULL;
      target = ocg_json5_path_lookup (root, path);
    }
  g_autoptr (JsonNode) value = merge_values (target, patch);
  return ocg_json5_edit (text, path, value, problem);
}
