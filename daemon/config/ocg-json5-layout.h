/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One container of a JSON5 text with some of its items changed, removed or new: which commas,
 * blanks and comments go and come with them. */

#pragma once

#include "ocg-json5-container.h"
#include "ocg-json5-style.h"

typedef struct _OcgJson5Layout OcgJson5Layout;

/* @style: has learned the container. Both, and values and names given later, have to outlive
 * this. */
OcgJson5Layout *ocg_json5_layout_new (const OcgJson5Container *container,
                                      const OcgJson5Style *style);
void ocg_json5_layout_free (OcgJson5Layout *self);

/* Another text for the value of item @i. @value: (transfer full) */
void ocg_json5_layout_replace (OcgJson5Layout *self, guint i, char *value);
/* Takes item @i away, with the comments on its lines. */
void ocg_json5_layout_remove (OcgJson5Layout *self, guint i);
/* A new item before item @before; behind the last when it is the number of items. @before never
 * less than in the call before. @name: NULL in arrays. */
void ocg_json5_layout_insert (OcgJson5Layout *self, guint before, const char *name,
                              JsonNode *value);

/* The container with its brackets; NULL when nothing has been changed. */
char *ocg_json5_layout_finish (OcgJson5Layout *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgJson5Layout, ocg_json5_layout_free)
