/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* org.openclaw.Gateway.Credentials on the bus. */

#pragma once

#include "ocg-service.h"

typedef struct _OcgCredentialsObject OcgCredentialsObject;

OcgCredentialsObject *ocg_credentials_object_new (OcgService *service);
void ocg_credentials_object_free (OcgCredentialsObject *self);

gboolean ocg_credentials_object_export (OcgCredentialsObject *self, GError **error);
