/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the user asks. */

#pragma once

#include <glib.h>

/* The words joined by spaces, then, after an empty line, what standard input holds when it is not a
 * terminal. Errors: OCG_ERROR_INVALID_ARGS when that is nothing, too much, or not UTF-8. */
char *ocg_prompt_gather (GPtrArray *words, GError **error);
