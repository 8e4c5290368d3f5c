/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-config-tree-merge.h"

#include "ocg-config-tree-view.h"

typedef struct
{
  OcgConfigTree *tree;
  OcgConfigViews views;
  const OcgConfigView *included; /* (nullable) the innermost $include around what is being built */
  guint n_nodes;
} Merge;

static JsonNode *build (Merge *self, const OcgConfigView *view, guint depth);

/* At the place of @view, or of the $include that stands there. */
static void
add_fault (Merge *self, OcgConfigFaultCode code, const OcgConfigView *view)
{
  const OcgConfigView *site = view->site;
  const OcgConfigSource *source = ocg_config_tree_get_source (self->tree, site->document);
  gboolean included = g_hash_table_contains (self->tree->includes, site->node);
  JsonNode *node = included ? json_object_get_member (json_node_get_object (site->node),
                                                      OCG_CONFIG_INCLUDE)
                            : site->node;

  if (self->tree->faults->len == 0)
    ocg_config_tree_add_fault (self->tree, code, site->document, node,
                               ocg_config_view_get_path (site, source->at),
                               included ? g_strdup (source->document.path) : NULL);
}

static gboolean
check_depth (Merge *self, const OcgConfigView *view, guint depth)
{
  if (depth > OCG_JSON5_MAX_DEPTH)
    add_fault (self, OCG_CONFIG_FAULT_TOO_DEEP, self->included != NULL ? self->included : view);
  return depth <= OCG_JSON5_MAX_DEPTH;
}

/* Whether there may be one value more. */
static gboolean
count (Merge *self, const OcgConfigView *view)
{
  if (++self->n_nodes > OCG_CONFIG_TREE_MAX_NODES)
    add_fault (self, OCG_CONFIG_FAULT_TOO_BIG, self->included != NULL ? self->included : view);
  return self->n_nodes <= OCG_CONFIG_TREE_MAX_NODES;
}

/* Whether @node of one file, with what is in it, may stand at @depth. */
static gboolean
fits (Merge *self, const OcgConfigView *view, JsonNode *node, guint depth)
{
  gboolean good = count (self, view);

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      JsonNode *value = NULL;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (good && json_object_iter_next (&iter, NULL, &value))
        good = fits (self, view, value, depth + 1);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      guint n = json_array_get_length (array);

      for (guint i = 0; good && i < n; i++)
        good = fits (self, view, json_array_get_element (array, i), depth + 1);
    }
  else
    return good;
  return good && check_depth (self, view, depth);
}

/* A value that is taken from its file as it is. */
static JsonNode *
share (Merge *self, const OcgConfigView *leaf, guint depth)
{
  OcgConfigSource *source = ocg_config_tree_get_source (self->tree, leaf->document);

  /* Only where files are deep is it worth a look. */
  if (depth - 1 + source->depth > OCG_JSON5_MAX_DEPTH && !fits (self, leaf, leaf->node, depth))
    return NULL;
  return json_node_ref (leaf->node);
}

static JsonNode *
build_object (Merge *self, const OcgConfigView *view, guint depth)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GPtrArray) members = ocg_config_views_members (&self->views, view, &names);

  for (guint i = 0; i < members->len; i++)
    {
      JsonNode *node = build (self, g_ptr_array_index (members, i), depth + 1);
      if (node == NULL)
        return NULL;
      json_object_set_member (object, g_ptr_array_index (names, i), node);
    }
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
build_array (Merge *self, const OcgConfigView *view, guint depth)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (GPtrArray) leaves = ocg_config_view_get_leaves (view);

  for (guint i = 0; i < leaves->len; i++)
    {
      const OcgConfigView *leaf = g_ptr_array_index (leaves, i);
      guint n = ocg_config_view_get_length (leaf);

      for (guint j = 0; j < n; j++)
        {
          JsonNode *node = build (self, ocg_config_views_item (&self->views, leaf, j), depth + 1);
          if (node == NULL)
            return NULL;
          json_array_add_element (array, node);
        }
    }
  return json_node_init_array (json_node_alloc (), array);
}

/* How many of the parts say something: the last may be an $include with nothing beside it. */
static guint
count_parts (const OcgConfigView *view)
{
  guint n = view->parts->len;
  const OcgConfigView *last = g_ptr_array_index (view->parts, n - 1);

  return n > 1 && last->own && json_object_get_size (json_node_get_object (last->node)) == 1
             ? n - 1
             : n;
}

/* The one part of @view when it has no others: nothing is merged there. */
static const OcgConfigView *
unwrap (const OcgConfigView *view)
{
  while (view->node == NULL && count_parts (view) == 1)
    view = g_ptr_array_index (view->parts, 0);
  return view;
}

static JsonNode *
build_inner (Merge *self, const OcgConfigView *view, guint depth)
{
  const OcgConfigView *inner = unwrap (view);

  if (!count (self, view))
    return NULL;
  if (inner->node != NULL && !g_hash_table_contains (self->tree->spliced, inner->node))
    return share (self, inner, depth);
  if (!check_depth (self, view, depth))
    return NULL;
  return ocg_config_view_get_kind (inner) == JSON_NODE_OBJECT ? build_object (self, inner, depth)
                                                              : build_array (self, inner, depth);
}

/* (transfer full) (nullable) */
static JsonNode *
build (Merge *self, const OcgConfigView *view, guint depth)
{
  const OcgConfigView *around = self->included;
  JsonNode *node = NULL;

  if (self->views.misfit != NULL)
    {
      add_fault (self, OCG_CONFIG_FAULT_SIBLINGS, self->views.misfit);
      return NULL;
    }
  if (g_hash_table_contains (self->tree->includes, view->site->node))
    self->included = view;
  node = build_inner (self, view, depth);
  self->included = around;
  return node;
}

JsonNode *
ocg_config_tree_merge (OcgConfigTree *tree)
{
  Merge self = { .tree = tree };
  const OcgConfigView *view = NULL;
  JsonNode *root = NULL;

  ocg_config_views_init (&self.views, tree);
  view = ocg_config_views_root (&self.views, 0);
  if (self.views.misfit == NULL && ocg_config_view_get_kind (view) != JSON_NODE_OBJECT)
    add_fault (&self, OCG_CONFIG_FAULT_NOT_OBJECT, view);
  else
    root = build (&self, view, 1);
  ocg_config_views_clear (&self.views);
  return root;
}
