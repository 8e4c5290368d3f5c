/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Where the items of objects and arrays stand in a JSON5 text. All places are byte offsets. */

#pragma once

#include "ocg-json5-scanner.h"

typedef struct _OcgJson5Container OcgJson5Container;

typedef struct
{
  char *name;     /* NULL for the elements of an array */
  guint32 before; /* behind the bracket or "," before the item */
  guint32 start, name_end; /* of the name; both where the value starts for elements */
  guint32 value_start, value_end;
  guint32 comma; /* the one behind the item; 0: none */
  OcgJson5Container *child; /* the value, if it is a container */
} OcgJson5Item;

struct _OcgJson5Container
{
  const char *text; /* (unowned) */
  gboolean is_array;
  guint32 open, close; /* of the brackets */
  guint32 next;        /* behind the opening bracket or the last comma */
  GArray *items;       /* of OcgJson5Item */
};

/* The one value of a text that has been read without a problem, and all in it; NULL when it is a
 * scalar. */
OcgJson5Container *ocg_json5_container_new (const char *text, gsize length);
void ocg_json5_container_free (OcgJson5Container *self);

const OcgJson5Item *ocg_json5_container_get (const OcgJson5Container *self, guint i);
/* NULL when there is none. */
const OcgJson5Item *ocg_json5_container_get_last (const OcgJson5Container *self);

/* The member with that name that is in force: the last. FALSE when there is none. */
gboolean ocg_json5_container_find (const OcgJson5Container *self, const char *name, guint *i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgJson5Container, ocg_json5_container_free)
