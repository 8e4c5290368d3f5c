/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* org.openclaw.Gateway.Credentials on the bus. */

#pragma once

#include "ocg-logins.h"

typedef struct _OcgCredentialsObject OcgCredentialsObject;

/* @logins: has to outlive it. */
OcgCredentialsObject *ocg_credentials_object_new (OcgService *service, OcgLogins *logins);
void ocg_credentials_object_free (OcgCredentialsObject *self);

gboolean ocg_credentials_object_export (OcgCredentialsObject *self, GError **error);
