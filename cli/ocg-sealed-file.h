/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What goes to the gateway in a descriptor: bytes in a file without a name that nobody can change
 * any more. Text of the configuration goes this way, since it may hold a secret and messages can be
 * monitored. */

#pragma once

#include <glib.h>

/* @name is what messages call it: a file, or "-" for standard input. These return a descriptor, or
 * -1. Errors: OCG_ERROR_INVALID_ARGS (more than @max_size bytes), G_IO_ERROR. */
int ocg_sealed_file_new (const char *bytes, gsize length, const char *name, GError **error);
int ocg_sealed_file_new_from_fd (int fd, const char *name, gsize max_size, GError **error);
/* Reads @name itself, to its end. */
int ocg_sealed_file_new_from_input (const char *name, gsize max_size, GError **error);

/* Writes all of @file to @fd. */
gboolean ocg_sealed_file_write_to (int file, int fd, GError **error);
gboolean ocg_sealed_file_equal (int a, int b);
/* The first byte that is neither a blank nor a line end; 0: there is none. */
char ocg_sealed_file_get_first (int file);
