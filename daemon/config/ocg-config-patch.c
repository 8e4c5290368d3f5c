/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-config-patch.h"

#include "ocg-config-path.h"

OcgConfigEdit *
ocg_config_edit_new (const char *const *path, JsonNode *value)
{
  OcgConfigEdit *edit = g_new0 (OcgConfigEdit, 1);

  edit->path = g_strdupv ((char **) path);
  edit->value = value;
  return edit;
}

void
ocg_config_edit_free (OcgConfigEdit *edit)
{
  g_strfreev (edit->path);
  g_clear_pointer (&edit->value, json_node_unref);
  g_free (edit);
}

static GPtrArray *
edits_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_edit_free);
}

/* @path: segments; takes @value */
static void
add_edit (GPtrArray *edits, GPtrArray *path, JsonNode *value)
{
  g_ptr_array_add (path, NULL);
  g_ptr_array_add (edits, ocg_config_edit_new ((const char *const *) path->pdata, value));
  g_ptr_array_set_size (path, (int) path->len - 1);
}

/* A copy of a value that is new as a whole: nothing is left of members that are null. */
static JsonNode *
copy_without_null (JsonNode *node)
{
  g_autoptr (JsonObject) copy = NULL;
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return json_node_copy (node);
  copy = json_object_new ();
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!JSON_NODE_HOLDS_NULL (value))
      json_object_set_member (copy, name, copy_without_null (value));
  return json_node_init_object (json_node_alloc (), copy);
}

static void
add_members (GPtrArray *edits, GPtrArray *path, JsonObject *patch, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  json_object_iter_init_ordered (&iter, patch);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      JsonNode *now = json_object_get_member (object, name);

      g_ptr_array_add (path, (gpointer) name);
      if (!JSON_NODE_HOLDS_NULL (value) && JSON_NODE_HOLDS_OBJECT (value) && now != NULL
          && JSON_NODE_HOLDS_OBJECT (now))
        add_members (edits, path, json_node_get_object (value), json_node_get_object (now));
      else if (!JSON_NODE_HOLDS_NULL (value))
        add_edit (edits, path, copy_without_null (value));
      else if (now != NULL)
        add_edit (edits, path, NULL);
      g_ptr_array_set_size (path, (int) path->len - 1);
    }
}

GPtrArray *
ocg_config_patch_to_edits (JsonNode *patch, JsonNode *root)
{
  GPtrArray *edits = edits_new ();
  g_autoptr (GPtrArray) path = g_ptr_array_new ();

  add_members (edits, path, json_node_get_object (patch), json_node_get_object (root));
  return edits;
}

/* The text that stands at @path, which has three segments; NULL when there is something else. */
static const char *
get_text (JsonNode *root, const char *const *path)
{
  const char *const model[] = { path[0], path[1], path[2], NULL };
  JsonNode *node = ocg_config_path_lookup (root, model);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
is_beneath_model (const char *const *path)
{
  return g_strv_length ((char **) path) > 3 && g_str_equal (path[0], "agents")
         && g_str_equal (path[1], "defaults")
         && (g_str_equal (path[2], "model") || g_str_equal (path[2], "imageModel"));
}

static JsonNode *
copy_value (const OcgConfigEdit *edit)
{
  return edit->value != NULL ? json_node_copy (edit->value) : NULL;
}

GPtrArray *
ocg_config_edit_widen (const OcgConfigEdit *edit, JsonNode *root)
{
  const char *const *path = (const char *const *) edit->path;
  const char *primary = is_beneath_model (path) ? get_text (root, path) : NULL;
  GPtrArray *edits = edits_new ();

  if (primary != NULL)
    {
      const char *const model[] = { path[0], path[1], path[2], NULL };
      gboolean is_primary = g_str_equal (path[3], "primary") && path[4] == NULL;
      g_autoptr (JsonObject) object = json_object_new ();

      /* The short form is the primary, and has nothing else to take away. */
      if (is_primary || edit->value == NULL)
        {
          if (is_primary)
            g_ptr_array_add (edits, ocg_config_edit_new (model, copy_value (edit)));
          return edits;
        }
      json_object_set_string_member (object, "primary", primary);
      g_ptr_array_add (edits, ocg_config_edit_new (
                                  model, json_node_init_object (json_node_alloc (), object)));
    }
  g_ptr_array_add (edits, ocg_config_edit_new (path, copy_value (edit)));
  return edits;
}
