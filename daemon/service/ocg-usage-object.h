/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* org.openclaw.Gateway.Usage on the bus. */

#pragma once

#include "ocg-service.h"

typedef struct _OcgUsageObject OcgUsageObject;

OcgUsageObject *ocg_usage_object_new (OcgService *service);
void ocg_usage_object_free (OcgUsageObject *self);

gboolean ocg_usage_object_export (OcgUsageObject *self, GError **error);
