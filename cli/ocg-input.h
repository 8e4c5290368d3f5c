/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What is read from files and from standard input, which is called "-". All errors are
 * OCG_ERROR_INVALID_ARGS, name the file and say what to do. */

#pragma once

#include <glib.h>

/* The largest text that is read from a file. */
#define OCG_INPUT_MAX_TEXT (8 * 1024 * 1024)

gboolean ocg_input_is_standard (const char *name);
/* What @name is called in messages: as it was typed, or "standard input". (transfer none) */
const char *ocg_input_describe (const char *name);

/* A descriptor of the caller's own, for anything but a folder or a device; -1: failed. */
int ocg_input_open (const char *name, GError **error);
/* Up to @max_size bytes; one byte more tells that there is more. Returns: (transfer full) */
GString *ocg_input_read (int fd, const char *name, gsize max_size, GError **error);

/* All of @name, which must be text and no more than @max_size bytes. (transfer full) */
GString *ocg_input_read_text (const char *name, gsize max_size, GError **error);

/* Takes off the byte order mark, which editors of other systems put in front. FALSE: @bytes are not
 * text that D-Bus can carry, UTF-8 without NUL. */
gboolean ocg_input_make_text (GString *bytes);
