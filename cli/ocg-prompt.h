/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the user asks. */

#pragma once

#include <glib.h>

/* The words joined by spaces, then, after an empty line, what standard input holds, unless it is a
 * terminal or @keeps_input says that it is for something else. "" when that is nothing but white
 * space. Errors: OCG_ERROR_INVALID_ARGS when it is too much, or not UTF-8. */
char *ocg_prompt_gather (GPtrArray *words, gboolean keeps_input, GError **error);
