/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "memory-files.h"

#include <errno.h>
#include <string.h>

#include "config/ocg-json5-edit.h"

MemoryFiles *
memory_files_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
memory_files_set (MemoryFiles *self, const char *path, const char *text)
{
  g_hash_table_insert (self, g_strdup (path), g_strdup (text));
}

MemoryFiles *
memory_files_new_with (const char *name, ...)
{
  MemoryFiles *self = memory_files_new ();
  va_list rest;

  va_start (rest, name);
  for (; name != NULL; name = va_arg (rest, const char *))
    {
      g_autofree char *path = g_canonicalize_filename (name, "/m");
      memory_files_set (self, path, va_arg (rest, const char *));
    }
  va_end (rest);
  return self;
}

int
memory_files_read (OcgConfigFile *file, const char *path, gpointer self)
{
  const char *text = g_hash_table_lookup (self, path);

  *file = (OcgConfigFile) { .exists = text != NULL };
  if (text == NULL && g_hash_table_contains (self, path))
    return EACCES;
  file->text = g_strdup (text != NULL ? text : "");
  file->length = strlen (file->text);
  file->hash = text != NULL ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1)
                            : g_strdup ("");
  return 0;
}

OcgConfigTree *
memory_files_load (MemoryFiles *self)
{
  return ocg_config_tree_load ("/m/main.json", memory_files_read, self);
}

static gboolean
apply_to_array (JsonArray *array, const char *segment, JsonNode *value)
{
  guint length = json_array_get_length (array);
  guint64 index = length;

  if (!g_str_equal (segment, "-")
      && (!g_ascii_string_to_unsigned (segment, 10, 0, G_MAXUINT - 1, &index, NULL)
          || index >= length))
    return FALSE;
  if (value == NULL && index < length)
    json_array_remove_element (array, (guint) index);
  else if (index == length)
    json_array_add_element (array, json_node_copy (value));
  else
    {
      /* There is no way to put an element into an array but at its end. */
      g_autoptr (GPtrArray) rest = g_ptr_array_new ();
      for (guint i = (guint) index + 1; i < length; i++)
        g_ptr_array_add (rest, json_array_dup_element (array, i));
      while (json_array_get_length (array) > index)
        json_array_remove_element (array, (guint) index);
      json_array_add_element (array, json_node_copy (value));
      for (guint i = 0; i < rest->len; i++)
        json_array_add_element (array, g_ptr_array_index (rest, i));
    }
  return TRUE;
}

/* (nullable) what @segment leads to; an object is made where nothing is, to hold what follows. */
static JsonNode *
step (JsonNode *node, const char *segment)
{
  guint64 index = 0;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      if (!json_object_has_member (object, segment))
        json_object_set_object_member (object, segment, json_object_new ());
      return json_object_get_member (object, segment);
    }
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  JsonArray *array = json_node_get_array (node);
  if (g_str_equal (segment, "-"))
    {
      index = json_array_get_length (array);
      json_array_add_object_element (array, json_object_new ());
    }
  else if (!g_ascii_string_to_unsigned (segment, 10, 0, G_MAXUINT - 1, &index, NULL)
           || index >= json_array_get_length (array))
    return NULL;
  return json_array_get_element (array, (guint) index);
}

static gboolean
apply (JsonNode *root, char **segments, JsonNode *value)
{
  JsonNode *node = root;

  for (; node != NULL && segments[1] != NULL; segments++)
    node = step (node, segments[0]);
  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return apply_to_array (json_node_get_array (node), segments[0], value);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  if (value != NULL)
    json_object_set_member (json_node_get_object (node), segments[0], json_node_copy (value));
  else
    json_object_remove_member (json_node_get_object (node), segments[0]);
  return TRUE;
}

gboolean
memory_files_apply (MemoryFiles *self, OcgConfigTree *tree, const OcgConfigTarget *target,
                    JsonNode *value)
{
  const OcgConfigDocument *document
      = g_ptr_array_index (ocg_config_tree_get_documents (tree), target->document);
  const char *now = g_hash_table_lookup (self, document->path);
  const char *text = now == NULL || ocg_json5_is_blank (now) ? "{}" : now;
  OcgJson5Problem problem;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *result = NULL;

  if (target->segments[0] == NULL)
    result = json_to_string (value, FALSE);
  else
    {
      root = ocg_json5_read (text, -1, &problem);
      if (!apply (root, target->segments, value))
        return FALSE;
      result = json_to_string (root, FALSE);
    }
  memory_files_set (self, document->path, result);
  return TRUE;
}
