/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#pragma once

#include <glib.h>

/* Appends @text as a JSON string. */
void text_quote (GString *out, const char *text);

/* Cuts @text where words end; Chinese, which has no spaces, every two characters. No byte is lost.
 * Of char*. */
GPtrArray *text_split (const char *text);

gboolean text_is_chinese (const char *text);
