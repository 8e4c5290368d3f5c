/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Starting and ending the gateway: by the systemd of the user, where its unit is installed and the
 * gateway was not started otherwise, else by the bus. */

#pragma once

#include <gio/gio.h>

typedef struct
{
  gboolean was_running;
  gboolean by_systemd;
} OcgGatewayProcess;

/* Returns when the gateway is on the bus. Errors: those of the bus; OCG_ERROR_TIMEOUT. */
gboolean ocg_gateway_process_start (GDBusConnection *connection, OcgGatewayProcess *result,
                                    GError **error);
/* Returns when it has ended: it finishes its answers first. One that does not run is no error.
 * Errors: OCG_ERROR_TIMEOUT, OCG_ERROR_ACCESS_DENIED (it is not ours to end). */
gboolean ocg_gateway_process_stop (GDBusConnection *connection, OcgGatewayProcess *result,
                                   GError **error);
