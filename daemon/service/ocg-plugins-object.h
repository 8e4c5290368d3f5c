/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* org.openclaw.Gateway.Plugins on the bus: what plugins.entries of openclaw.json turns on. */

#pragma once

#include "ocg-service.h"

typedef struct _OcgPluginsObject OcgPluginsObject;

OcgPluginsObject *ocg_plugins_object_new (OcgService *service);
void ocg_plugins_object_free (OcgPluginsObject *self);

gboolean ocg_plugins_object_export (OcgPluginsObject *self, GError **error);
