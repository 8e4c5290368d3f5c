/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A prompt of the Secret Service: shown to the user, who may take all the time there is. */

#pragma once

#include <gio/gio.h>

/* Whether there is a display that a prompt could appear on. */
gboolean ocg_secret_prompt_is_possible (void);

/* Shows the prompt @path and waits for its end. It cannot be taken off the screen again. */
void ocg_secret_prompt_async (GDBusConnection *bus, const char *path, GAsyncReadyCallback callback,
                              gpointer user_data);

/* The prompt's result. Errors: OCG_ERROR_KEYRING_LOCKED when it was dismissed or there is no
 * display, OCG_ERROR_KEYRING_UNAVAILABLE when the service went away or did not answer. */
GVariant *ocg_secret_prompt_finish (GAsyncResult *result, GError **error);
