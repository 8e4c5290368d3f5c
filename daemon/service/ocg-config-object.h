/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* org.openclaw.Gateway.Config on the bus. */

#pragma once

#include "ocg-service.h"

typedef struct _OcgConfigObject OcgConfigObject;

OcgConfigObject *ocg_config_object_new (OcgService *service);
void ocg_config_object_free (OcgConfigObject *self);

gboolean ocg_config_object_export (OcgConfigObject *self, GError **error);
/* The files have been read again. @paths: (nullable) where values in force changed */
void ocg_config_object_refresh (OcgConfigObject *self, const char *const *paths);
