/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A secret on its way from the user to the gateway. It comes from a prompt without echo, standard
 * input or the environment, goes into a pipe, and leaves nothing behind in memory. */

#pragma once

#include <gio/gio.h>

typedef struct _OcgSecretInput OcgSecretInput;

/* Asks with @prompt when standard input is a terminal, else reads it to its end. Errors:
 * OCG_ERROR_INVALID_ARGS, OCG_ERROR_CANCELLED (Ctrl-C at the prompt). */
OcgSecretInput *ocg_secret_input_read (const char *prompt, GError **error);
/* The same, but reads one line of what is no terminal, as other answers follow, and is cancelled
 * when there is none. */
OcgSecretInput *ocg_secret_input_read_line (const char *prompt, GError **error);
/* @is_usual: @variable is one of ours and may be named in messages. */
OcgSecretInput *ocg_secret_input_new_from_env (const char *variable, gboolean is_usual,
                                               GError **error);
void ocg_secret_input_free (OcgSecretInput *self);

gboolean ocg_secret_input_has_prefix (OcgSecretInput *self, const char *prefix);
/* The read end of a pipe with the secret in it, or -1. */
int ocg_secret_input_to_pipe (OcgSecretInput *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgSecretInput, ocg_secret_input_free)
