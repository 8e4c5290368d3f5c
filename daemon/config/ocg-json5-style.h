/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* How the author of a JSON5 text writes: learned from the containers around a new item. */

#pragma once

#include "ocg-json5-container.h"
#include "ocg-json5-lines.h"
#include "ocg-json5-write.h"

typedef struct
{
  const char *text; /* (unowned) */
  gsize length;
  OcgJson5Lines *lines;
  GStringChunk *strings; /* of the formats */

  OcgJson5Format here;    /* of the container learned last */
  OcgJson5Format beneath; /* of new values in it */
} OcgJson5Style;

/* A copy of the struct is a style of its own, which lives as long as the first. */
void ocg_json5_style_init (OcgJson5Style *self, const char *text, gsize length);
void ocg_json5_style_clear (OcgJson5Style *self);

/* Called for each container on the way to the place, from the outermost on: the nearest wins. */
void ocg_json5_style_learn (OcgJson5Style *self, const OcgJson5Container *container);
/* How names and strings look in the last of its items that is an object. */
void ocg_json5_style_peek (OcgJson5Style *self, const OcgJson5Container *container);

/* "name: value", or the value for a NULL name. @indent: of the line it will stand on. */
char *ocg_json5_style_item (const OcgJson5Style *self, const char *name, JsonNode *value,
                            const char *indent);

/* The spaces and tabs at the start of the line of @position. */
char *ocg_json5_style_indent_at (const OcgJson5Style *self, gsize position);

/* Whether the item is the first thing on its line. */
gboolean ocg_json5_has_own_line (const char *text, const OcgJson5Item *item);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OcgJson5Style, ocg_json5_style_clear)
