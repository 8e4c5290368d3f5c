/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The unit of the gateway in the systemd of the user. */

#pragma once

#include <gio/gio.h>

typedef struct _OcgSystemdUnit OcgSystemdUnit;

/* NULL when there is no systemd, or it has no such unit, or the unit is another program's: OpenClaw
 * has one of the same name. */
OcgSystemdUnit *ocg_systemd_unit_find (GDBusConnection *connection);
void ocg_systemd_unit_free (OcgSystemdUnit *self);

/* The main process, 0 when there is none. */
guint32 ocg_systemd_unit_get_pid (OcgSystemdUnit *self);
/* @method: StartUnit, StopUnit. Waits for the end of the job. Errors: those of systemd;
 * OCG_ERROR_TIMEOUT; G_IO_ERROR_FAILED when the job does not succeed. */
gboolean ocg_systemd_unit_run (OcgSystemdUnit *self, const char *method, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgSystemdUnit, ocg_systemd_unit_free)
