/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Where the nodes of a tree stand in the JSON5 text that they were read from, as byte offsets;
 * ocg-json5-lines.h makes lines and columns of them. Immutable once it has been read. */

#pragma once

#include "ocg-json5.h"

#define OCG_JSON5_MAX_DUPLICATES 1000

typedef struct _OcgJson5Places OcgJson5Places;

/* As ocg_json5_read(). @places: (out) (transfer full) made when the text could be read; it knows
 * the nodes of this tree while they live. */
JsonNode *ocg_json5_read_places (const char *text, gssize length, OcgJson5Places **places,
                                 OcgJson5Problem *problem);
void ocg_json5_places_free (OcgJson5Places *self);

/* @name: (out) (optional) where the member's name starts; for items of arrays and the root the same
 * as @value. FALSE when the node is of another tree. */
gboolean ocg_json5_places_find (const OcgJson5Places *self, JsonNode *node, gsize *name,
                                gsize *value);

/* A member whose name the same object has had before; that one is not in the tree. */
typedef struct
{
  JsonNode *object; /* (unowned), valid as long as the tree and this; in the tree, or within
                       another member that was overridden */
  const char *name;
  gsize offset;     /* of the later name */
  gsize overridden; /* of the one before it */
} OcgJson5Duplicate;

/* In the order of the text; those beyond the bound are not kept. */
guint ocg_json5_places_get_n_duplicates (const OcgJson5Places *self);
const OcgJson5Duplicate *ocg_json5_places_get_duplicate (const OcgJson5Places *self, guint i);

/* For the reader: while it reads, and at the end. @old: the node of the member before. */
OcgJson5Places *ocg_json5_places_new (void);
void ocg_json5_places_add (OcgJson5Places *self, JsonNode *node, gsize name, gsize value);
void ocg_json5_places_add_duplicate (OcgJson5Places *self, JsonNode *object, const char *name,
                                     JsonNode *old, gsize offset);
void ocg_json5_places_finish (OcgJson5Places *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgJson5Places, ocg_json5_places_free)
