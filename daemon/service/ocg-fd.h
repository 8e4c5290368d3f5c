/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* File descriptors that clients hand in, and reading them to their end off the main loop's back. */

#pragma once

#include <gio/gio.h>

typedef enum
{
  OCG_FD_SECRET, /* a pipe, a socket or a sealed memfd */
  OCG_FD_IMAGE,  /* a regular file too */
} OcgFdUse;

/* What is wrong with @fd, translated, or NULL when it may be read. (transfer none) */
const char *ocg_fd_check (int fd, OcgFdUse use);

/* Takes @fd and reads it to its end: at most @max_size bytes, within OCG_FD_READ_TIMEOUT_MS. The
 * bytes are wiped when they are freed. Errors: OCG_ERROR_INVALID_ARGS naming @name. */
void ocg_fd_read_async (int fd, gsize max_size, const char *name, GAsyncReadyCallback callback,
                        gpointer user_data);
GBytes *ocg_fd_read_finish (GAsyncResult *result, GError **error);
