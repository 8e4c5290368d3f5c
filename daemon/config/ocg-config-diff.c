/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-config-diff.h"

#include "ocg-config-path.h"
#include "ocg-json5-equal.h"

typedef struct
{
  guint max_below;
  GPtrArray *changed; /* paths of what is in @after */
  GPtrArray *gone;
} Diff;

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
      if (!ocg_json5_equal (before, after))
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
