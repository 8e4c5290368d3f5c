/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Which file to change. A value is changed where the copy of it stands that is in force: beside an
 * $include, else in the last of the included files that have it. What is new goes where the object
 * around it is, and into an included file where the object is nothing but that. */

#include "ocg-config-tree-view.h"

void
ocg_config_target_free (OcgConfigTarget *self)
{
  g_strfreev (self->segments);
  g_free (self);
}

/* @rest: (nullable) */
static OcgConfigTarget *
target_new (OcgConfigTree *tree, const OcgConfigView *leaf, const char *const *rest)
{
  OcgConfigTarget *target = g_new0 (OcgConfigTarget, 1);

  target->document = leaf->document;
  target->segments = ocg_config_view_get_segments (leaf, rest);
  target->shared = ocg_config_tree_get_source (tree, leaf->document)->repeated;
  return target;
}

static const OcgConfigInclude *
get_include (OcgConfigTree *tree, const OcgConfigView *leaf)
{
  return g_hash_table_lookup (tree->includes, leaf->node);
}

static gboolean
has_member (const OcgConfigView *leaf, const char *name)
{
  return !(leaf->own && g_str_equal (name, OCG_CONFIG_INCLUDE))
         && json_object_has_member (json_node_get_object (leaf->node), name);
}

/* Of OcgConfigView: the leaves of @holder that have a member of that name themselves. */
static GPtrArray *
get_owners (const OcgConfigView *holder, const char *name)
{
  GPtrArray *leaves = ocg_config_view_get_leaves (holder);

  for (guint i = leaves->len; i > 0; i--)
    if (!has_member (g_ptr_array_index (leaves, i - 1), name))
      g_ptr_array_remove_index (leaves, i - 1);
  return leaves;
}

/* Whether weaker copies would be merged with one that is set. */
static gboolean
is_merged (OcgConfigViews *views, const OcgConfigView *holder, const char *name)
{
  g_autoptr (GPtrArray) owners = NULL;
  gboolean merged = FALSE;

  if (ocg_config_view_get_kind (holder) != JSON_NODE_OBJECT)
    return FALSE;
  owners = get_owners (holder, name);
  for (guint i = 0; i + 1 < owners->len; i++)
    {
      const OcgConfigView *owner = g_ptr_array_index (owners, i);
      JsonNodeType kind
          = ocg_config_view_get_kind (ocg_config_views_child (views, owner, name));

      merged |= kind == JSON_NODE_OBJECT || kind == JSON_NODE_ARRAY;
    }
  return merged;
}

/* A value that is there. One that is an included file as a whole is that file; where other places
 * include the same file, or it is put together of several, the $include itself makes way for the
 * new value. @holder: (nullable) */
static OcgConfigTarget *
locate_value (OcgConfigViews *views, const OcgConfigView *holder, const OcgConfigView *view,
              const char *name)
{
  const OcgConfigView *site = view->site;
  const OcgConfigInclude *include = NULL;
  OcgConfigTarget *target = NULL;

  while ((include = get_include (views->tree, site)) != NULL && include->alone)
    {
      guint document = g_array_index (include->targets, guint, 0);

      if (ocg_config_tree_get_source (views->tree, document)->repeated)
        break;
      site = ocg_config_views_root (views, document)->site;
    }
  target = target_new (views->tree, site, NULL);
  target->shared |= holder != NULL && is_merged (views, holder, name);
  return target;
}

/* The leaf of an object or array that takes what is added to it. */
static const OcgConfigView *
choose_leaf (OcgConfigTree *tree, const OcgConfigView *view)
{
  while (view->node == NULL)
    {
      guint last = view->parts->len - 1;
      const OcgConfigView *part = g_ptr_array_index (view->parts, last);

      if (last > 0 && part->own && get_include (tree, part)->alone)
        part = g_ptr_array_index (view->parts, last - 1);
      view = part;
    }
  return view;
}

/* The index into the array of @leaf that is the same as @segment of all arrays together: "-" behind
 * the last. NULL: as it is. */
static char *
localize_index (const OcgConfigView *view, const OcgConfigView *leaf, const char *segment)
{
  guint length = 0;
  guint64 index = 0;

  if (ocg_config_view_get_kind (view) != JSON_NODE_ARRAY
      || !g_ascii_string_to_unsigned (segment, 10, 0, G_MAXUINT - 1, &index, NULL))
    return NULL;
  length = ocg_config_view_get_length (view);
  return index == length ? g_strdup ("-")
                         : g_strdup_printf ("%" G_GUINT64_FORMAT,
                                            index - length + ocg_config_view_get_length (leaf));
}

/* @segments[0] is not in @view: a member or item to be added, or what can only fail. */
static OcgConfigTarget *
locate_new (OcgConfigViews *views, const OcgConfigView *view, const char *const *segments)
{
  const OcgConfigView *leaf = choose_leaf (views->tree, view);
  g_autofree char *index = localize_index (view, leaf, segments[0]);
  OcgConfigTarget *target = target_new (views->tree, leaf, segments);

  if (index != NULL)
    {
      char **place = target->segments + g_strv_length (target->segments)
                     - g_strv_length ((char **) segments);
      g_free (*place);
      *place = g_steal_pointer (&index);
    }
  return target;
}

/* An $include as such: the file in which it is written. @rest begins with it. */
static OcgConfigTarget *
locate_include (OcgConfigViews *views, const OcgConfigView *view, const char *const *rest)
{
  g_autoptr (GPtrArray) leaves = ocg_config_view_get_leaves (view);
  OcgConfigTarget *target = NULL;

  if (get_include (views->tree, view->site) != NULL)
    target = target_new (views->tree, view->site, rest);
  for (guint i = leaves->len; i > 0 && target == NULL; i--)
    if (((const OcgConfigView *) g_ptr_array_index (leaves, i - 1))->own)
      target = target_new (views->tree, g_ptr_array_index (leaves, i - 1), rest);
  return target != NULL ? target : locate_new (views, view, rest);
}

OcgConfigTarget *
ocg_config_tree_locate (OcgConfigTree *self, const char *const *segments)
{
  g_auto (OcgConfigViews) views = { NULL };
  const OcgConfigView *holder = NULL;
  const OcgConfigView *view = NULL;

  g_return_val_if_fail (self->root != NULL, NULL);
  ocg_config_views_init (&views, self);
  view = ocg_config_views_root (&views, 0);
  for (; *segments != NULL; segments++)
    {
      OcgConfigView *child = ocg_config_views_child (&views, view, *segments);

      if (child == NULL)
        return g_str_equal (*segments, OCG_CONFIG_INCLUDE)
                   ? locate_include (&views, view, segments)
                   : locate_new (&views, view, segments);
      holder = view;
      view = child;
    }
  return locate_value (&views, holder, view, holder != NULL ? segments[-1] : NULL);
}

static gboolean
is_same (const OcgConfigTarget *a, const OcgConfigTarget *b)
{
  return a->document == b->document
         && g_strv_equal ((const char *const *) a->segments, (const char *const *) b->segments);
}

/* Adds @target (transfer full) unless it is there: a file may be included twice. */
static void
add_target (GPtrArray *targets, OcgConfigTarget *target)
{
  for (guint i = 0; i < targets->len; i++)
    if (is_same (g_ptr_array_index (targets, i), target))
      {
        ocg_config_target_free (target);
        return;
      }
  g_ptr_array_add (targets, target);
}

/* @names: one segment, and NULL. An object stays one when a member goes, so that only those that are
 * merged into it count; of a member all copies do, as the last of them would come into force. */
static void
locate_copies (OcgConfigViews *views, const OcgConfigView *holder, const char *const *names,
               GPtrArray *targets)
{
  g_autoptr (GPtrArray) owners = NULL;
  OcgConfigView *child = NULL;

  if (ocg_config_view_get_kind (holder) != JSON_NODE_OBJECT)
    {
      child = ocg_config_views_child (views, holder, names[0]);
      if (child != NULL)
        add_target (targets, target_new (views->tree, child->site, NULL));
      return;
    }
  owners = get_owners (holder, names[0]);
  for (guint i = 0; i < owners->len; i++)
    add_target (targets, target_new (views->tree, g_ptr_array_index (owners, i), names));
}

GPtrArray *
ocg_config_tree_locate_all (OcgConfigTree *self, const char *const *segments)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_target_free);
  g_auto (OcgConfigViews) views = { NULL };
  const OcgConfigView *view = NULL;

  g_return_val_if_fail (self->root != NULL, targets);
  if (segments[0] == NULL)
    return targets;
  ocg_config_views_init (&views, self);
  view = ocg_config_views_root (&views, 0);
  for (; view != NULL && segments[1] != NULL; segments++)
    {
      OcgConfigView *child = ocg_config_views_child (&views, view, segments[0]);

      if (child == NULL && g_str_equal (segments[0], OCG_CONFIG_INCLUDE))
        g_ptr_array_add (targets, locate_include (&views, view, segments));
      view = child;
    }
  if (view != NULL && g_str_equal (segments[0], OCG_CONFIG_INCLUDE))
    g_ptr_array_add (targets, locate_include (&views, view, segments));
  else if (view != NULL)
    locate_copies (&views, view, segments, targets);
  return targets;
}
