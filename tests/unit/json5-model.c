/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "json5-model.h"

#include <string.h>

#include "config/ocg-json5-equal.h"
#include "config/ocg-json5-walk.h"

/* --- trees --- */

/* An index, the length for "-", or -1. */
static gint64
to_index (const char *segment, guint length)
{
  g_autofree char *canonical = NULL;
  if (g_str_equal (segment, "-"))
    return length;
  guint64 number = g_ascii_strtoull (segment, NULL, 10);
  canonical = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  return g_str_equal (canonical, segment) && number <= G_MAXINT ? (gint64) number : -1;
}

static JsonNode *new_branch (const char *const *path, JsonNode *value);

static JsonNode *
edit_object (JsonObject *object, const char *const *path, JsonNode *value)
{
  g_autoptr (JsonObject) copy = json_object_new ();
  JsonNode *child = json_object_get_member (object, path[0]);
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_str_equal (l->data, path[0]))
      json_object_set_member (copy, l->data, json_object_dup_member (object, l->data));
  if (child == NULL && value != NULL)
    json_object_set_member (copy, path[0], new_branch (path + 1, value));
  else if (child != NULL && (value != NULL || path[1] != NULL))
    {
      JsonNode *edited = json5_model_edit (child, path + 1, value);
      if (edited == NULL)
        return NULL;
      json_object_set_member (copy, path[0], edited);
    }
  return json_node_init_object (json_node_alloc (), copy);
}

static JsonNode *
edit_array (JsonArray *array, const char *const *path, JsonNode *value)
{
  g_autoptr (JsonArray) copy = json_array_new ();
  guint length = json_array_get_length (array);
  gint64 index = to_index (path[0], length);

  if (value != NULL && (index < 0 || index > length))
    return NULL;
  for (guint i = 0; i < length; i++)
    if (i != index)
      json_array_add_element (copy, json_array_dup_element (array, i));
    else if (value != NULL || path[1] != NULL)
      {
        JsonNode *edited
            = json5_model_edit (json_array_get_element (array, i), path + 1, value);
        if (edited == NULL)
          return NULL;
        json_array_add_element (copy, edited);
      }
  if (index == length && value != NULL)
    json_array_add_element (copy, new_branch (path + 1, value));
  return json_node_init_array (json_node_alloc (), copy);
}

static JsonNode *
new_branch (const char *const *path, JsonNode *value)
{
  g_autoptr (JsonObject) nothing = json_object_new ();
  return *path == NULL ? json_node_copy (value) : edit_object (nothing, path, value);
}

JsonNode *
json5_model_edit (JsonNode *root, const char *const *path, JsonNode *value)
{
  g_autoptr (JsonObject) nothing = json_object_new ();
  if (*path == NULL)
    return value != NULL ? json_node_copy (value)
                         : json_node_init_object (json_node_alloc (), nothing);
  if (JSON_NODE_HOLDS_OBJECT (root))
    return edit_object (json_node_get_object (root), path, value);
  if (JSON_NODE_HOLDS_ARRAY (root))
    return edit_array (json_node_get_array (root), path, value);
  return value == NULL ? json_node_copy (root) : NULL;
}

static JsonNode *
get (JsonNode *root, const char *const *path)
{
  JsonNode *node = root;
  for (; node != NULL && *path != NULL; path++)
    if (JSON_NODE_HOLDS_OBJECT (node))
      node = json_object_get_member (json_node_get_object (node), *path);
    else if (JSON_NODE_HOLDS_ARRAY (node))
      {
        JsonArray *array = json_node_get_array (node);
        gint64 index = to_index (*path, json_array_get_length (array));
        node = index >= 0 && index < json_array_get_length (array)
                   ? json_array_get_element (array, (guint) index)
                   : NULL;
      }
    else
      node = NULL;
  return node;
}

/* As RFC 7396 writes it down. (transfer full) (nullable) */
static JsonNode *
merge (JsonNode *target, JsonNode *patch)
{
  if (!JSON_NODE_HOLDS_OBJECT (patch))
    return json_node_copy (patch);

  gboolean is_object = target != NULL && JSON_NODE_HOLDS_OBJECT (target);
  JsonNode *result = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  JsonObject *changes = json_node_get_object (patch);
  g_autoptr (GList) old
      = is_object ? json_object_get_members (json_node_get_object (target)) : NULL;
  g_autoptr (GList) names = json_object_get_members (changes);

  for (GList *l = old; l != NULL; l = l->next)
    json_object_set_member (object, l->data,
                            json_object_dup_member (json_node_get_object (target), l->data));
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *change = json_object_get_member (changes, l->data);
      if (JSON_NODE_HOLDS_NULL (change))
        {
          if (json_object_has_member (object, l->data))
            json_object_remove_member (object, l->data);
        }
      else
        json_object_set_member (object, l->data,
                                merge (json_object_get_member (object, l->data), change));
    }
  json_node_set_object (result, object);
  return result;
}

JsonNode *
json5_model_merge (JsonNode *root, const char *const *path, JsonNode *patch)
{
  if (JSON_NODE_HOLDS_NULL (patch))
    return json5_model_edit (root, path, NULL);
  g_autoptr (JsonNode) value = merge (get (root, path), patch);
  return json5_model_edit (root, path, value);
}

/* --- texts --- */

static gboolean
find_in (const OcgJson5Container *container, const char *segment, OcgJson5Item *found)
{
  guint length = container->items->len;
  *found = (OcgJson5Item) { .value_end = 0 };
  gint64 index = container->is_array ? to_index (segment, length) : -1;
  for (guint i = 0; i < length; i++)
    {
      const OcgJson5Item *item = ocg_json5_container_get (container, i);
      if (container->is_array ? i == index : g_str_equal (item->name, segment))
        {
          *found = *item;
          found->name = NULL;
        }
    }
  return found->value_end != 0;
}

/* The container that @path leads to; NULL when there is none. */
static const OcgJson5Container *
find_container (const OcgJson5Container *root, const char *const *path)
{
  const OcgJson5Container *container = root;
  for (; container != NULL && *path != NULL; path++)
    {
      OcgJson5Item item = { .value_end = 0 };
      container = find_in (container, *path, &item) ? item.child : NULL;
    }
  return container;
}

/* (transfer full) */
static GStrv
parent_of (const char *const *path)
{
  GStrv parent = g_strdupv ((char **) path);
  g_clear_pointer (&parent[g_strv_length (parent) - 1], g_free);
  return parent;
}

gboolean
json5_model_find (const char *text, const char *const *path, OcgJson5Item *found)
{
  g_auto (GStrv) parent = parent_of (path);
  g_autoptr (OcgJson5Container) root = ocg_json5_container_new (text, strlen (text));
  const OcgJson5Container *holder = find_container (root, (const char *const *) parent);
  gboolean is_there
      = holder != NULL && find_in (holder, path[g_strv_length (parent)], found);

  found->child = NULL;
  return is_there;
}

guint
json5_model_count (const char *text, const char *const *path)
{
  g_auto (GStrv) parent = parent_of (path);
  g_autoptr (OcgJson5Container) root = ocg_json5_container_new (text, strlen (text));
  const OcgJson5Container *holder = find_container (root, (const char *const *) parent);
  guint count = 0;

  if (holder == NULL || holder->is_array)
    return holder != NULL;
  for (guint i = 0; i < holder->items->len; i++)
    count += g_str_equal (ocg_json5_container_get (holder, i)->name, path[g_strv_length (parent)]);
  return count;
}

GPtrArray *
json5_model_comments (const char *text)
{
  GPtrArray *comments = g_ptr_array_new_with_free_func (g_free);
  gsize length = strlen (text);
  OcgJson5Problem problem = { .fault = OCG_JSON5_OK };
  g_auto (OcgJson5Walk) walk;
  OcgJson5Step step;
  gsize position = 0;

  ocg_json5_walk_init (&walk, text, length, 0, &problem);
  do
    {
      OcgJson5Space space;
      step = ocg_json5_walk_next (&walk);
      g_assert_cmpint (step, !=, OCG_JSON5_STEP_FAILED);
      do
        {
          gsize start = position;
          space = ocg_json5_next_space (text, walk.scanner.start, &position);
          if (space == OCG_JSON5_SPACE_LINE_COMMENT || space == OCG_JSON5_SPACE_BLOCK_COMMENT)
            g_ptr_array_add (comments, g_strndup (text + start, position - start));
          /* The walk swallows the colon with the value. */
          if (space == OCG_JSON5_SPACE_NONE && position < walk.scanner.start)
            {
              g_assert_cmpint (text[position], ==, ':');
              position++;
              space = OCG_JSON5_SPACE_BLANK;
            }
        }
      while (space != OCG_JSON5_SPACE_NONE);
      position = walk.scanner.end;
    }
  while (step != OCG_JSON5_STEP_DONE);
  return comments;
}

/* Returns: how many got lost. */
static guint
check_comments (const char *before, const char *after)
{
  g_autoptr (GPtrArray) old = json5_model_comments (before);
  g_autoptr (GPtrArray) left = json5_model_comments (after);
  guint next = 0;
  for (guint i = 0; i < left->len; i++, next++)
    {
      while (next < old->len && !g_str_equal (old->pdata[next], left->pdata[i]))
        next++;
      g_assert_cmpuint (next, <, old->len);
    }
  return old->len - left->len;
}

static void
check_replaced (const char *before, const char *after, const OcgJson5Item *item)
{
  gsize tail = strlen (before) - item->value_end;
  g_assert_cmpuint (strlen (after), >=, item->value_start + tail);
  g_assert_cmpmem (before, item->value_start, after, item->value_start);
  g_assert_cmpstr (before + item->value_end, ==, after + strlen (after) - tail);
}

/* Nothing is lost but blanks in what was an empty container. */
static void
check_added (const char *before, const char *after)
{
  gsize size_a = strlen (before), size_b = strlen (after);
  gsize limit = MIN (size_a, size_b);
  gsize prefix = 0, suffix = 0;
  while (prefix < limit && before[prefix] == after[prefix])
    prefix++;
  while (suffix < limit - prefix && before[size_a - 1 - suffix] == after[size_b - 1 - suffix])
    suffix++;

  g_autofree char *lost = g_strndup (before + prefix, size_a - prefix - suffix);
  g_autofree char *new_text = g_strndup (after + prefix, size_b - prefix - suffix);
  gboolean blank = TRUE;
  for (const char *p = lost; *p != '\0'; p = g_utf8_next_char (p))
    blank &= (*p & 0xc0) == 0x80 || g_unichar_isspace (g_utf8_get_char (p)) || *p == '\v'
             || g_utf8_get_char (p) == 0xfeff;
  g_assert_true (blank || strstr (new_text, lost) != NULL);
}

/* The lines around the item and its comma are as they were, and nothing came in. */
static void
check_removed (const char *before, const char *after, const OcgJson5Item *item)
{
  gsize head = item->before - 1;
  gsize tail = item->comma != 0 ? item->comma : item->value_end;
  const char *p = before;

  while (head > 0 && strchr ("\r\n", before[head - 1]) == NULL)
    head--;
  tail += strcspn (before + tail, "\r\n");
  tail += g_str_has_prefix (before + tail, "\r\n") ? 2 : before[tail] != '\0';
  g_assert_cmpuint (strlen (after), <, strlen (before));
  g_assert_cmpuint (strlen (after), >=, head + strlen (before + tail));
  g_assert_cmpmem (before, head, after, head);
  g_assert_true (g_str_has_suffix (after, before + tail));
  for (const char *a = after; *a != '\0'; a++, p++)
    while (*p != *a)
      g_assert_cmpint (*p++, !=, '\0');
}

void
json5_model_check_bytes (const char *before, const char *after, const char *const *path,
                         JsonNode *value)
{
  OcgJson5Item item = { .value_end = 0 };
  guint lost = check_comments (before, after);
  if (path[0] == NULL)
    return;
  if (!json5_model_find (before, path, &item))
    {
      g_assert_cmpuint (lost, ==, 0);
      if (value != NULL)
        check_added (before, after);
      else
        g_assert_cmpstr (before, ==, after);
    }
  else if (value != NULL)
    {
      check_replaced (before, after, &item);
      if (strchr ("{[", before[item.value_start]) == NULL)
        g_assert_cmpuint (lost, ==, 0);
    }
  else if (json5_model_count (before, path) == 1)
    check_removed (before, after, &item);
}

void
json5_model_check_reads (const char *text, JsonNode *root)
{
  OcgJson5Problem problem;
  g_autoptr (JsonNode) node = ocg_json5_read (text, -1, &problem);
  g_assert_nonnull (node);
  g_assert_true (ocg_json5_equal (node, root));
}
