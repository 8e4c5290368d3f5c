/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The smallest change of a JSON5 text that gives a value another meaning: what is equal keeps its
 * bytes, and its comments. */

#pragma once

#include "ocg-json5-style.h"

/* A value in a text, as it is read. */
typedef struct
{
  JsonNode *node;
  gsize line; /* on the line where it, or its name, starts */
  gsize start, end;
} OcgJson5Value;

/* The text of @new_node at the place of @old; NULL when it means the same already. @style: has
 * learned the containers around it. */
char *ocg_json5_change (const OcgJson5Style *style, const OcgJson5Value *old, JsonNode *new_node);

/* The container with its member or element @i taken away; members of that name all go: without the
 * last, an earlier one would come into force. */
char *ocg_json5_change_remove (const OcgJson5Style *style, const OcgJson5Container *container,
                               guint i);
/* The container with one more item at its end. @name: NULL in arrays. */
char *ocg_json5_change_append (const OcgJson5Style *style, const OcgJson5Container *container,
                               const char *name, JsonNode *value);
