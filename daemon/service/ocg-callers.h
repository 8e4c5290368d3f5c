/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Who is asking: each unique name that has work with us, watched until it leaves the bus, and, when
 * it matters, whether it is certainly not sandboxed. */

#pragma once

#include <gio/gio.h>

typedef struct _OcgCallers OcgCallers;

OcgCallers *ocg_callers_new (GDBusConnection *connection);
void ocg_callers_free (OcgCallers *self);

/* Calls @gone once when @sender leaves the bus, until ocg_callers_unwatch() with the same data. */
void ocg_callers_watch (OcgCallers *self, const char *sender, GFunc gone, gpointer user_data);
void ocg_callers_unwatch (OcgCallers *self, const char *sender, gpointer user_data);

/* Fails with OCG_ERROR_ACCESS_DENIED unless @sender is positively known not to be in a sandbox.
 * Looked up once for each connection. The message is for logs. */
void ocg_callers_check_unsandboxed_async (OcgCallers *self, const char *sender,
                                          GAsyncReadyCallback callback, gpointer user_data);
gboolean ocg_callers_check_unsandboxed_finish (OcgCallers *self, GAsyncResult *result,
                                               GError **error);
