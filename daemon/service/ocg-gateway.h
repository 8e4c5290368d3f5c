/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* org.openclaw.Gateway on the bus: unpacks, calls, packs. */

#pragma once

#include "ocg-service.h"

typedef struct _OcgGateway OcgGateway;

OcgGateway *ocg_gateway_new (OcgService *service);
void ocg_gateway_free (OcgGateway *self);

gboolean ocg_gateway_export (OcgGateway *self, GError **error);
/* The catalogue, the settings or the credentials are others: properties and signals follow. */
void ocg_gateway_refresh (OcgGateway *self);
