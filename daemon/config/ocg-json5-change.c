/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-change.h"

#include "ocg-json5-diff.h"
#include "ocg-json5-equal.h"
#include "ocg-json5-gap.h"
#include "ocg-json5-layout.h"

static char *
write_anew (const OcgJson5Style *style, const OcgJson5Value *old, JsonNode *new_node)
{
  const char *text = style->text + old->start;
  OcgJson5Format format = style->beneath;
  g_autofree char *indent = ocg_json5_style_indent_at (style, old->line);
  g_autoptr (GString) written = g_string_new (NULL);

  if (*text == '"' || *text == '\'')
    format.text_quote = *text;
  /* A container that is replaced by another keeps its shape; "{}" has none. */
  if ((*text == '{' || *text == '[') && old->end - old->start > 2)
    format.lines = ocg_json5_has_newline (style->text, old->start, old->end);
  ocg_json5_write (written, new_node, &format, indent);
  return g_string_free (g_steal_pointer (&written), FALSE);
}

static void
change_item (OcgJson5Layout *layout, const OcgJson5Style *style, const OcgJson5Container *container,
             guint i, JsonNode *old_node, JsonNode *new_node)
{
  const OcgJson5Item *item = ocg_json5_container_get (container, i);
  const OcgJson5Value old = {
    .node = old_node, .line = item->start, .start = item->value_start, .end = item->value_end,
  };
  char *changed = ocg_json5_change (style, &old, new_node);
  if (changed != NULL)
    ocg_json5_layout_replace (layout, i, changed);
}

/* Which item has each name: the last. */
static GHashTable *
index_names (const OcgJson5Container *container)
{
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < container->items->len; i++)
    g_hash_table_insert (names, ocg_json5_container_get (container, i)->name,
                         GUINT_TO_POINTER (i));
  return names;
}

static void
change_members (OcgJson5Layout *layout, const OcgJson5Style *style,
                const OcgJson5Container *container, JsonObject *old, JsonObject *new_object)
{
  g_autoptr (GHashTable) names = index_names (container);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  for (guint i = 0; i < container->items->len; i++)
    {
      const char *old_name = ocg_json5_container_get (container, i)->name;
      JsonNode *new_node = json_object_get_member (new_object, old_name);
      if (new_node == NULL)
        ocg_json5_layout_remove (layout, i);
      else if (GPOINTER_TO_UINT (g_hash_table_lookup (names, old_name)) == i)
        change_item (layout, style, container, i, json_object_get_member (old, old_name), new_node);
    }

  json_object_iter_init_ordered (&iter, new_object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!json_object_has_member (old, name))
      ocg_json5_layout_insert (layout, container->items->len, name, value);
}

static void
change_elements (OcgJson5Layout *layout, const OcgJson5Style *style,
                 const OcgJson5Container *container, JsonArray *old, JsonArray *new_array)
{
  g_autoptr (GArray) steps = ocg_json5_diff (old, new_array);
  guint place = 0;

  for (guint i = 0; i < steps->len; i++)
    {
      const OcgJson5DiffStep *step = &g_array_index (steps, OcgJson5DiffStep, i);
      JsonNode *new_node = step->new_index != OCG_JSON5_DIFF_NONE
                               ? json_array_get_element (new_array, step->new_index)
                               : NULL;
      if (step->old_index == OCG_JSON5_DIFF_NONE)
        ocg_json5_layout_insert (layout, place, NULL, new_node);
      else if (new_node == NULL)
        ocg_json5_layout_remove (layout, step->old_index);
      else
        change_item (layout, style, container, step->old_index,
                     json_array_get_element (old, step->old_index), new_node);
      if (step->old_index != OCG_JSON5_DIFF_NONE)
        place = step->old_index + 1;
    }
}

char *
ocg_json5_change (const OcgJson5Style *style, const OcgJson5Value *old, JsonNode *new_node)
{
  gboolean objects = JSON_NODE_HOLDS_OBJECT (old->node) && JSON_NODE_HOLDS_OBJECT (new_node);
  gboolean arrays = JSON_NODE_HOLDS_ARRAY (old->node) && JSON_NODE_HOLDS_ARRAY (new_node);
  if (ocg_json5_equal (old->node, new_node))
    return NULL;
  if (!objects && !arrays)
    return write_anew (style, old, new_node);

  OcgJson5Style inner = *style; /* for its strings this is only one more user */
  g_autoptr (OcgJson5Container) container
      = ocg_json5_container_new (style->text, style->length, old->start);
  ocg_json5_style_learn (&inner, container);
  g_autoptr (OcgJson5Layout) layout = ocg_json5_layout_new (container, &inner);
  if (objects)
    change_members (layout, &inner, container, json_node_get_object (old->node),
                    json_node_get_object (new_node));
  else
    change_elements (layout, &inner, container, json_node_get_array (old->node),
                     json_node_get_array (new_node));
  return ocg_json5_layout_finish (layout);
}

char *
ocg_json5_change_remove (const OcgJson5Style *style, const OcgJson5Container *container, guint i)
{
  g_autoptr (OcgJson5Layout) layout = ocg_json5_layout_new (container, style);
  const char *name = ocg_json5_container_get (container, i)->name;

  ocg_json5_layout_remove (layout, i);
  for (guint n = 0; name != NULL && n < container->items->len; n++)
    if (g_str_equal (ocg_json5_container_get (container, n)->name, name))
      ocg_json5_layout_remove (layout, n);
  return ocg_json5_layout_finish (layout);
}

char *
ocg_json5_change_append (const OcgJson5Style *style, const OcgJson5Container *container,
                         const char *name, JsonNode *value)
{
  g_autoptr (OcgJson5Layout) layout = ocg_json5_layout_new (container, style);
  ocg_json5_layout_insert (layout, container->items->len, name, value);
  return ocg_json5_layout_finish (layout);
}
