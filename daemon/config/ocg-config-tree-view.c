/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-config-tree-view.h"

#include "ocg-config-path.h"
#include "ocg-json5-path.h"

static void
view_free (OcgConfigView *self)
{
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self);
}

void
ocg_config_views_init (OcgConfigViews *self, OcgConfigTree *tree)
{
  *self = (OcgConfigViews) { .tree = tree };
  self->views = g_ptr_array_new_with_free_func ((GDestroyNotify) view_free);
}

void
ocg_config_views_clear (OcgConfigViews *self)
{
  g_clear_pointer (&self->views, g_ptr_array_unref);
}

static OcgConfigView *
view_new (OcgConfigViews *self, const OcgConfigView *template)
{
  OcgConfigView *view = g_memdup2 (template, sizeof *template);

  g_ptr_array_add (self->views, view);
  return view;
}

JsonNodeType
ocg_config_view_get_kind (const OcgConfigView *self)
{
  while (self->node == NULL)
    self = g_ptr_array_index (self->parts, 0);
  return json_node_get_node_type (self->node);
}

/* @views: merged in their order as $include has it: objects with objects, arrays with arrays, and
 * anything else takes the place of what was before. NULL for none. */
static OcgConfigView *
fold (OcgConfigViews *self, GPtrArray *views)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  for (guint i = 0; i < views->len; i++)
    {
      OcgConfigView *view = g_ptr_array_index (views, i);
      JsonNodeType kind = ocg_config_view_get_kind (view);

      if (parts->len > 0
          && ((kind != JSON_NODE_OBJECT && kind != JSON_NODE_ARRAY)
              || kind != ocg_config_view_get_kind (g_ptr_array_index (parts, 0))))
        g_ptr_array_set_size (parts, 0);
      g_ptr_array_add (parts, view);
    }
  if (parts->len < 2)
    return parts->len == 0 ? NULL : g_ptr_array_index (parts, 0);

  const OcgConfigView *last = g_ptr_array_index (parts, parts->len - 1);
  const OcgConfigView merged = { .parts = g_steal_pointer (&parts), .site = last->site };
  return view_new (self, &merged);
}

/* Adds what stands beside the $include of @leaf to @views, behind what is included: even when nothing
 * stands there, as a place for what is to be written. */
static void
add_own (OcgConfigViews *self, OcgConfigView *leaf, GPtrArray *views, const OcgConfigView *included)
{
  gboolean has_members = json_object_get_size (json_node_get_object (leaf->node)) > 1;
  OcgConfigView *own = NULL;

  if (included != NULL && ocg_config_view_get_kind (included) != JSON_NODE_OBJECT)
    {
      if (has_members && self->misfit == NULL)
        self->misfit = leaf;
      return;
    }
  own = view_new (self, leaf);
  own->own = TRUE;
  own->site = leaf;
  g_ptr_array_add (views, own);
}

/* @leaf with its $include followed. */
static OcgConfigView *
expand (OcgConfigViews *self, OcgConfigView *leaf)
{
  const OcgConfigInclude *include
      = JSON_NODE_HOLDS_OBJECT (leaf->node) ? g_hash_table_lookup (self->tree->includes, leaf->node)
                                            : NULL;
  g_autoptr (GPtrArray) views = NULL;

  leaf->site = leaf;
  if (include == NULL)
    return leaf;
  views = g_ptr_array_new ();
  for (guint i = 0; i < include->targets->len; i++)
    g_ptr_array_add (views,
                     ocg_config_views_root (self, g_array_index (include->targets, guint, i)));
  add_own (self, leaf, views, fold (self, views));

  const OcgConfigView whole = { .parts = g_ptr_array_new (), .site = leaf };
  g_ptr_array_add (whole.parts, fold (self, views));
  return view_new (self, &whole);
}

OcgConfigView *
ocg_config_views_root (OcgConfigViews *self, guint document)
{
  const OcgConfigView leaf = { .document = document,
                               .node = ocg_config_tree_get_source (self->tree, document)->root };

  return expand (self, view_new (self, &leaf));
}

static OcgConfigView *
leaf_child (OcgConfigViews *self, const OcgConfigView *holder, JsonNode *node, const char *name,
            guint index)
{
  const OcgConfigView leaf = { .document = holder->document, .node = node, .holder = holder,
                               .name = name, .index = index };

  return expand (self, view_new (self, &leaf));
}

/* (nullable) */
static OcgConfigView *
member (OcgConfigViews *self, const OcgConfigView *view, const char *name)
{
  g_autoptr (GPtrArray) found = NULL;

  if (view->node != NULL)
    {
      JsonNode *node = view->own && g_str_equal (name, OCG_CONFIG_INCLUDE)
                           ? NULL
                           : json_object_get_member (json_node_get_object (view->node), name);
      return node != NULL ? leaf_child (self, view, node, name, 0) : NULL;
    }
  found = g_ptr_array_new ();
  for (guint i = 0; i < view->parts->len; i++)
    {
      OcgConfigView *child = member (self, g_ptr_array_index (view->parts, i), name);
      if (child != NULL)
        g_ptr_array_add (found, child);
    }
  return fold (self, found);
}

guint
ocg_config_view_get_length (const OcgConfigView *self)
{
  guint length = 0;

  if (self->node != NULL)
    return json_array_get_length (json_node_get_array (self->node));
  for (guint i = 0; i < self->parts->len; i++)
    length += ocg_config_view_get_length (g_ptr_array_index (self->parts, i));
  return length;
}

OcgConfigView *
ocg_config_views_item (OcgConfigViews *self, const OcgConfigView *view, guint index)
{
  while (view->node == NULL)
    {
      guint i = 0;
      for (; index >= ocg_config_view_get_length (g_ptr_array_index (view->parts, i)); i++)
        index -= ocg_config_view_get_length (g_ptr_array_index (view->parts, i));
      view = g_ptr_array_index (view->parts, i);
    }
  return leaf_child (self, view,
                     json_array_get_element (json_node_get_array (view->node), index), NULL, index);
}

OcgConfigView *
ocg_config_views_child (OcgConfigViews *self, const OcgConfigView *view, const char *segment)
{
  JsonNodeType kind = ocg_config_view_get_kind (view);
  guint length = 0;
  guint index = 0;

  if (kind == JSON_NODE_OBJECT)
    return member (self, view, segment);
  if (kind != JSON_NODE_ARRAY)
    return NULL;
  length = ocg_config_view_get_length (view);
  return ocg_json5_path_index (segment, length, &index) && index < length
             ? ocg_config_views_item (self, view, index)
             : NULL;
}

/* Those of one file. */
static GPtrArray *
leaf_members (OcgConfigViews *self, const OcgConfigView *view, GPtrArray *names)
{
  GPtrArray *members = g_ptr_array_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  json_object_iter_init_ordered (&iter, json_node_get_object (view->node));
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (view->own && g_str_equal (name, OCG_CONFIG_INCLUDE))
        continue;
      g_ptr_array_add (names, (gpointer) name);
      g_ptr_array_add (members, leaf_child (self, view, node, name, 0));
    }
  return members;
}

GPtrArray *
ocg_config_views_members (OcgConfigViews *self, const OcgConfigView *view, GPtrArray **names)
{
  g_autoptr (GHashTable) found = NULL; /* name -> GPtrArray of OcgConfigView */
  GPtrArray *members = NULL;

  *names = g_ptr_array_new ();
  if (view->node != NULL)
    return leaf_members (self, view, *names);
  found = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < view->parts->len; i++)
    {
      g_autoptr (GPtrArray) part_names = NULL;
      g_autoptr (GPtrArray) part = ocg_config_views_members (
          self, g_ptr_array_index (view->parts, i), &part_names);

      for (guint j = 0; j < part->len; j++)
        {
          GPtrArray *same = g_hash_table_lookup (found, part_names->pdata[j]);
          if (same == NULL)
            {
              same = g_ptr_array_new ();
              g_hash_table_insert (found, part_names->pdata[j], same);
              g_ptr_array_add (*names, part_names->pdata[j]);
            }
          g_ptr_array_add (same, part->pdata[j]);
        }
    }
  members = g_ptr_array_new ();
  for (guint i = 0; i < (*names)->len; i++)
    g_ptr_array_add (members, fold (self, g_hash_table_lookup (found, (*names)->pdata[i])));
  return members;
}

static void
collect_leaves (const OcgConfigView *self, GPtrArray *leaves)
{
  if (self->node != NULL)
    g_ptr_array_add (leaves, (gpointer) self);
  else
    for (guint i = 0; i < self->parts->len; i++)
      collect_leaves (g_ptr_array_index (self->parts, i), leaves);
}

GPtrArray *
ocg_config_view_get_leaves (const OcgConfigView *self)
{
  GPtrArray *leaves = g_ptr_array_new ();

  collect_leaves (self, leaves);
  return leaves;
}

GStrv
ocg_config_view_get_segments (const OcgConfigView *self, const char *const *rest)
{
  GPtrArray *segments = g_ptr_array_new ();

  for (; self->holder != NULL; self = self->holder)
    g_ptr_array_insert (segments, 0,
                        self->name != NULL ? g_strdup (self->name)
                                           : g_strdup_printf ("%u", self->index));
  for (; rest != NULL && *rest != NULL; rest++)
    g_ptr_array_add (segments, g_strdup (*rest));
  g_ptr_array_add (segments, NULL);
  return (GStrv) g_ptr_array_free (segments, FALSE);
}

char *
ocg_config_view_get_path (const OcgConfigView *self, const char *at)
{
  g_autofree char *parent = NULL;

  if (self->holder == NULL)
    return g_strdup (at);
  parent = ocg_config_view_get_path (self->holder, at);
  return self->name != NULL ? ocg_config_path_join (parent, self->name)
                            : ocg_config_path_join_index (parent, self->index);
}
