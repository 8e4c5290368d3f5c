/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Goes through a JSON5 value step by step and checks the grammar on the way; without recursion.
 * Reader and editor both stand on it. */

#pragma once

#include "ocg-json5-scanner.h"

typedef enum
{
  OCG_JSON5_STEP_FAILED,
  OCG_JSON5_STEP_OPEN,
  OCG_JSON5_STEP_CLOSE,
  OCG_JSON5_STEP_NAME, /* of a member; its value follows */
  OCG_JSON5_STEP_SCALAR,
  OCG_JSON5_STEP_COMMA,
  OCG_JSON5_STEP_DONE,
} OcgJson5Step;

typedef enum
{
  OCG_JSON5_WANT_VALUE,
  OCG_JSON5_WANT_ITEM, /* or ] */
  OCG_JSON5_WANT_NAME, /* or } */
  OCG_JSON5_WANT_COLON,
  OCG_JSON5_WANT_COMMA, /* or the bracket */
  OCG_JSON5_WANT_END,
} OcgJson5Want;

typedef struct
{
  OcgJson5Scanner scanner; /* start, end, string and number are those of the last step */
  OcgJson5Token token;
  OcgJson5Want want;
  guint depth; /* of containers that are open */
  char brackets[OCG_JSON5_MAX_DEPTH];
} OcgJson5Walk;

/* Starts at the value at @position, or in the space before it. */
void ocg_json5_walk_init (OcgJson5Walk *self, const char *text, gsize length, gsize position,
                          OcgJson5Problem *problem);
void ocg_json5_walk_clear (OcgJson5Walk *self);

OcgJson5Step ocg_json5_walk_next (OcgJson5Walk *self);

/* Whether the text is fit to be walked: size, UTF-8, zero bytes. */
gboolean ocg_json5_check_text (const char *text, gsize length, OcgJson5Problem *problem);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OcgJson5Walk, ocg_json5_walk_clear)
