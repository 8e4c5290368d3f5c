/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a terminal shows as one character: a letter with its accents, a flag, a family of emoji. */

#pragma once

#include <glib.h>

/* The end of the first one in @text, which is UTF-8 and not empty. @cells: the columns it takes,
 * two for East Asian characters and emoji, none for what shows nothing. */
const char *ocg_grapheme_next (const char *text, guint *cells);

/* Whether a line may end between the one at @text and the one at @next behind it. */
gboolean ocg_grapheme_may_break (const char *text, const char *next);
