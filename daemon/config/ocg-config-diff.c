/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-config-diff.h"

#include <math.h>

#include "ocg-config-path.h"

typedef struct
{
  guint max_below;
  GPtrArray *changed; /* paths of what is in @after */
  GPtrArray *gone;
} Diff;

static gboolean is_equal (JsonNode *a, JsonNode *b);

static gboolean
is_number (JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
}

/* 2^53 + 1 is not the double 2^53. */
static gboolean
is_integer (double number, gint64 integer)
{
  return number >= -0x1p63 && number < 0x1p63 && (gint64) number == integer
         && number == (double) integer;
}

static gboolean
is_equal_number (JsonNode *a, JsonNode *b)
{
  gboolean a_integer = json_node_get_value_type (a) == G_TYPE_INT64;
  gboolean b_integer = json_node_get_value_type (b) == G_TYPE_INT64;
  double x = a_integer ? 0 : json_node_get_double (a);
  double y = b_integer ? 0 : json_node_get_double (b);

  if (a_integer && b_integer)
    return json_node_get_int (a) == json_node_get_int (b);
  if (a_integer)
    return is_integer (y, json_node_get_int (a));
  if (b_integer)
    return is_integer (x, json_node_get_int (b));
  return x == y || (isnan (x) && isnan (y));
}

static gboolean
is_equal_array (JsonArray *a, JsonArray *b)
{
  guint n = json_array_get_length (a);
  gboolean equal = n == json_array_get_length (b);

  for (guint i = 0; equal && i < n; i++)
    equal = is_equal (json_array_get_element (a, i), json_array_get_element (b, i));
  return equal;
}

static gboolean
is_equal_object (JsonObject *a, JsonObject *b)
{
  gboolean equal = json_object_get_size (a) == json_object_get_size (b);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  json_object_iter_init (&iter, a);
  while (equal && json_object_iter_next (&iter, &name, &value))
    {
      JsonNode *other = json_object_get_member (b, name);
      equal = other != NULL && is_equal (value, other);
    }
  return equal;
}

static gboolean
is_equal (JsonNode *a, JsonNode *b)
{
  if (a == b)
    return TRUE;
  if (json_node_get_node_type (a) != json_node_get_node_type (b))
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (a))
    return is_equal_object (json_node_get_object (a), json_node_get_object (b));
  if (JSON_NODE_HOLDS_ARRAY (a))
    return is_equal_array (json_node_get_array (a), json_node_get_array (b));
  if (JSON_NODE_HOLDS_NULL (a))
    return TRUE;
  if (is_number (a) && is_number (b))
    return is_equal_number (a, b);
  if (json_node_get_value_type (a) != json_node_get_value_type (b))
    return FALSE;
  return json_node_get_value_type (a) == G_TYPE_STRING
             ? g_str_equal (json_node_get_string (a), json_node_get_string (b))
             : json_node_get_boolean (a) == json_node_get_boolean (b);
}

static void compare (Diff *self, JsonNode *before, JsonNode *after, const char *path);

static void
compare_members (Diff *self, JsonObject *before, JsonObject *after, const char *path)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  json_object_iter_init_ordered (&iter, after);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      JsonNode *old = json_object_get_member (before, name);
      g_autofree char *inner = ocg_config_path_join (path, name);

      if (old == NULL)
        g_ptr_array_add (self->changed, g_steal_pointer (&inner));
      else
        compare (self, old, value, inner);
    }
  json_object_iter_init_ordered (&iter, before);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!json_object_has_member (after, name))
      g_ptr_array_add (self->gone, ocg_config_path_join (path, name));
}

static void
compare (Diff *self, JsonNode *before, JsonNode *after, const char *path)
{
  guint n_changed = self->changed->len;
  guint n_gone = self->gone->len;

  if (before == after)
    return;
  if (!JSON_NODE_HOLDS_OBJECT (before) || !JSON_NODE_HOLDS_OBJECT (after))
    {
      if (!is_equal (before, after))
        g_ptr_array_add (self->changed, g_strdup (path));
      return;
    }
  compare_members (self, json_node_get_object (before), json_node_get_object (after), path);
  if (self->changed->len - n_changed + self->gone->len - n_gone <= self->max_below)
    return;
  g_ptr_array_set_size (self->changed, (int) n_changed);
  g_ptr_array_set_size (self->gone, (int) n_gone);
  g_ptr_array_add (self->changed, g_strdup (path));
}

/* The whole may hold more than any object in it. */
static void
compare_top (Diff *self, JsonNode *before, JsonNode *after, const char *top)
{
  if (before == NULL && after == NULL)
    return;
  if (before == NULL || after == NULL)
    g_ptr_array_add (self->changed, g_strdup (top));
  else if (JSON_NODE_HOLDS_OBJECT (before) && JSON_NODE_HOLDS_OBJECT (after))
    compare_members (self, json_node_get_object (before), json_node_get_object (after), top);
  else
    compare (self, before, after, top);
}

GStrv
ocg_config_diff (JsonNode *before, JsonNode *after, const char *top)
{
  Diff self = { .max_below = OCG_CONFIG_DIFF_MAX_BELOW };

  self.changed = g_ptr_array_new_with_free_func (g_free);
  self.gone = g_ptr_array_new_with_free_func (g_free);
  compare_top (&self, before, after, top);
  while (self.changed->len + self.gone->len > OCG_CONFIG_DIFF_MAX)
    {
      g_ptr_array_set_size (self.changed, 0);
      g_ptr_array_set_size (self.gone, 0);
      self.max_below /= 2;
      if (self.max_below > 0)
        compare_top (&self, before, after, top);
      else
        g_ptr_array_add (self.changed, g_strdup (top));
    }
  g_ptr_array_extend_and_steal (self.changed, self.gone);
  g_ptr_array_add (self.changed, NULL);
  return (GStrv) g_ptr_array_free (self.changed, FALSE);
}
