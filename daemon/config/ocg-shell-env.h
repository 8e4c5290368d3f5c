/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the login shell of the user would set: a daemon that the bus has started does not see what
 * .profile and .bashrc export. */

#pragma once

#include <gio/gio.h>

/* The shell of the user: $SHELL when that can be run, else that of the account, else
 * /bin/sh. (transfer full) */
char *ocg_shell_env_find_shell (void);

/* Runs @shell once as "SHELL -l -c 'env -0'", in a session of its own and without input; what is
 * not over after @timeout_ms is killed with all that it has started, as when @cancellable
 * (nullable) is cancelled. */
void ocg_shell_env_read_async (const char *shell, const char *const *names, guint timeout_ms,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
/* "NAME=value" of those of @names that the shell sets; ocg_shell_env_free() it. Errors:
 * G_IO_ERROR_TIMED_OUT, G_IO_ERROR_CANCELLED, G_IO_ERROR_FAILED (it did not start, did not end
 * well, or said too much); messages are translated and hold nothing that the shell wrote. */
GStrv ocg_shell_env_read_finish (GAsyncResult *result, GError **error);
/* Wipes it. (nullable) @variables */
void ocg_shell_env_free (GStrv variables);
