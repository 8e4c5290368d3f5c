/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The composition root: makes everything, wires it, exports it, and takes it down in reverse. */

#pragma once

#include <gio/gio.h>

#include "../clock/ocg-clock.h"

typedef struct _OcgDaemon OcgDaemon;

typedef void (*OcgDaemonFunc) (gpointer user_data);

/* @lost: the bus name went to somebody else, or the bus is gone. */
OcgDaemon *ocg_daemon_new (GDBusConnection *connection, OcgClock *clock, OcgDaemonFunc lost,
                           gpointer user_data);
void ocg_daemon_free (OcgDaemon *self);

/* Reads the settings and the keyring's list, exports everything, and only then asks for the name. */
gboolean ocg_daemon_start (OcgDaemon *self, GError **error);

/* Reads openclaw.json again. */
void ocg_daemon_reload (OcgDaemon *self);

/* Whether something is under way that must not be cut off: a token is being renewed. */
gboolean ocg_daemon_is_busy (OcgDaemon *self);

/* Gives up the name, ends all requests, and calls @done when everybody has been told. */
void ocg_daemon_stop (OcgDaemon *self, OcgDaemonFunc done, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgDaemon, ocg_daemon_free)
