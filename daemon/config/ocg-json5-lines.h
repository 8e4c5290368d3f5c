/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Byte offsets of a text as lines and columns, as an editor shows them: both from 1, columns in
 * characters, a byte order mark not counted. LF, CR LF and a lone CR end a line; U+2028 and U+2029
 * are characters of theirs. The text has to be valid UTF-8 up to the offset. */

#pragma once

#include <glib.h>

/* One place; reads all of the text before it. */
void ocg_json5_locate (const char *text, gsize offset, guint *line, guint *column);

/* For many places of one text: each costs the same, wherever it is. */
typedef struct _OcgJson5Lines OcgJson5Lines;

/* @text: (unowned) has to outlive this. */
OcgJson5Lines *ocg_json5_lines_new (const char *text, gsize length);
void ocg_json5_lines_free (OcgJson5Lines *self);

void ocg_json5_lines_locate (const OcgJson5Lines *self, gsize offset, guint *line, guint *column);
/* Where the line of @offset starts. */
gsize ocg_json5_lines_get_start (const OcgJson5Lines *self, gsize offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgJson5Lines, ocg_json5_lines_free)
