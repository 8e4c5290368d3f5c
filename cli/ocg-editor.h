/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The user's editor. */

#pragma once

#include <gio/gio.h>

/* The shell command that starts it: $VISUAL, $EDITOR, or one that is usually there. NULL and
 * OCG_ERROR_NOT_FOUND: there is none. */
char *ocg_editor_find (GError **error);

/* Runs @command on @file in this terminal until it ends. Fails when it could not be started or did
 * not end well; then @crashed tells whether a signal ended it, which is no decision of the user. */
gboolean ocg_editor_run (const char *command, const char *file, gboolean *crashed,
                         GError **error);
