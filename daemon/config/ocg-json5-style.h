/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* How the author of a JSON5 text writes: learned from the objects around a new member. */

#pragma once

#include "ocg-json5-object.h"
#include "ocg-json5-write.h"

typedef struct
{
  OcgJson5Format format; /* its strings live in the chunk */
  GStringChunk *strings;
  char quote;        /* of names in the object learned last; 0: none */
  char inner_quote;  /* of names in new objects beneath it */
  char needed_quote; /* of names that cannot do without */
  gboolean trailing_comma;
} OcgJson5Style;

void ocg_json5_style_init (OcgJson5Style *self, const char *text);
void ocg_json5_style_clear (OcgJson5Style *self);

/* Called for each object on the way to the place, from the outermost on: the nearest wins. */
void ocg_json5_style_learn (OcgJson5Style *self, const OcgJson5Object *object);

/* "name: value", with new objects for the names in @rest (NULL-terminated) between the two.
 * @indent: of the line it will stand on. */
char *ocg_json5_style_member (const OcgJson5Style *self, const char *name,
                              const char *const *rest, JsonNode *value, const char *indent);

/* The spaces and tabs at the start of the line of @position. */
char *ocg_json5_indent_at (const char *text, gsize position);

/* Whether the member is the first thing on its line. */
gboolean ocg_json5_has_own_line (const char *text, const OcgJson5Member *member);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OcgJson5Style, ocg_json5_style_clear)
