/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A value of a tree as the files make it up: who has it, in which order they are merged. The one place
 * that knows the rules of $include: merging, finding and editing all look at views. */

#pragma once

#include "ocg-config-tree-private.h"

typedef struct _OcgConfigView OcgConfigView;
struct _OcgConfigView
{
  JsonNode *node; /* a leaf: the value in one file; else NULL */
  guint document;
  const OcgConfigView *holder; /* the leaf around it in the same file; NULL: the root of the file */
  const char *name;            /* (unowned) in an object; NULL: an item */
  guint index;
  gboolean own;                /* only what stands beside the $include of the object */

  GPtrArray *parts;          /* no leaf: views of one kind that are merged, the weakest first */
  const OcgConfigView *site; /* where the value is written, be it only an $include; of the parts the
                                one that wins. A leaf */
};

/* Keeps the views that come from it. */
typedef struct
{
  OcgConfigTree *tree; /* (unowned) */
  GPtrArray *views;
  const OcgConfigView *misfit; /* (nullable) an object with members beside the $include of
                                  something else */
} OcgConfigViews;

void ocg_config_views_init (OcgConfigViews *self, OcgConfigTree *tree);
void ocg_config_views_clear (OcgConfigViews *self);

OcgConfigView *ocg_config_views_root (OcgConfigViews *self, guint document);
/* The members of an object: names in their order, and an OcgConfigView for each. (transfer
 * container) */
GPtrArray *ocg_config_views_members (OcgConfigViews *self, const OcgConfigView *view,
                                     GPtrArray **names);
/* NULL: there is none. @segment: a name, or an index in digits */
OcgConfigView *ocg_config_views_child (OcgConfigViews *self, const OcgConfigView *view,
                                       const char *segment);
OcgConfigView *ocg_config_views_item (OcgConfigViews *self, const OcgConfigView *view, guint index);

JsonNodeType ocg_config_view_get_kind (const OcgConfigView *self);
guint ocg_config_view_get_length (const OcgConfigView *self); /* of an array */
/* (transfer container) The leaves that make it up, the weakest first */
GPtrArray *ocg_config_view_get_leaves (const OcgConfigView *self);
/* The way to a leaf in its own file, and @rest (nullable) behind it */
GStrv ocg_config_view_get_segments (const OcgConfigView *self, const char *const *rest);
/* The path to a leaf, where the root of its file stands @at */
char *ocg_config_view_get_path (const OcgConfigView *self, const char *at);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OcgConfigViews, ocg_config_views_clear)
