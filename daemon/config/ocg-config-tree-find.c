/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-config-path.h"
#include "ocg-config-tree-view.h"

/* What of @segments is behind @top; NULL when it is not below it. */
static const char *const *
strip_top (const char *const *segments, const char *const *top)
{
  for (; top != NULL && *top != NULL; top++, segments++)
    if (*segments == NULL || !g_str_equal (*segments, *top))
      return NULL;
  return segments;
}

gboolean
ocg_config_tree_find (OcgConfigTree *self, const char *path, OcgConfigPlace *place)
{
  g_auto (GStrv) all = ocg_config_path_parse (path, NULL);
  const char *const *segments = NULL;
  gboolean found = FALSE; /* something of the path */
  g_auto (OcgConfigViews) views = { NULL };
  OcgConfigView *view = NULL;

  if (self->root == NULL || all == NULL)
    return FALSE;
  segments = strip_top ((const char *const *) all, (const char *const *) self->top);
  if (segments == NULL)
    return FALSE;

  ocg_config_views_init (&views, self);
  view = ocg_config_views_root (&views, 0);
  found = self->top != NULL || *segments == NULL;
  for (; *segments != NULL; segments++)
    {
      OcgConfigView *child = ocg_config_views_child (&views, view, *segments);
      if (child == NULL)
        break;
      view = child;
      found = TRUE;
    }
  return found
         && ocg_config_tree_place_node (self, view->site->document, view->site->node, place);
}
