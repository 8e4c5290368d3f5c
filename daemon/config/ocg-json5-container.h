/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Where the items of one object or array stand in a JSON5 text. All places are byte offsets. */

#pragma once

#include "ocg-json5-scanner.h"

typedef struct
{
  char *name;   /* NULL for the elements of an array */
  gsize before; /* behind the bracket or "," before the item */
  gsize start, name_end; /* of the name; both where the value starts for elements */
  gsize value_start, value_end;
  gsize comma; /* the one behind the item; 0: none */
} OcgJson5Item;

typedef struct
{
  const char *text; /* (unowned) */
  gsize length;
  gboolean is_array;
  gsize open, close; /* of the brackets */
  GArray *items;     /* of OcgJson5Item */
} OcgJson5Container;

/* @position: where the container, or the space before it, starts in a text that has been read
 * without a problem. NULL when there is another value. */
OcgJson5Container *ocg_json5_container_new (const char *text, gsize length, gsize position);
void ocg_json5_container_free (OcgJson5Container *self);

const OcgJson5Item *ocg_json5_container_get (const OcgJson5Container *self, guint i);
/* NULL when there is none. */
const OcgJson5Item *ocg_json5_container_get_last (const OcgJson5Container *self);

/* The member with that name that is in force: the last. FALSE when there is none. */
gboolean ocg_json5_container_find (const OcgJson5Container *self, const char *name, guint *i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgJson5Container, ocg_json5_container_free)
