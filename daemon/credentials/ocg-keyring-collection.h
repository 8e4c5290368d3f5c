/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Which collection keys are kept in: the default one; where a service knows none, as KeePassXC does
 * not, the only one that there is. Among several, nobody but the user can choose. */

#pragma once

#include <gio/gio.h>

/* @flags: as in ocg_secret_bus_call() */
void ocg_keyring_collection_find_async (GDBusConnection *bus, GDBusCallFlags flags,
                                        GAsyncReadyCallback callback, gpointer user_data);
/* Its object path. Errors: OCG_ERROR_KEYRING_UNAVAILABLE, OCG_ERROR_NOT_FOUND. */
char *ocg_keyring_collection_find_finish (GAsyncResult *result, GError **error);
