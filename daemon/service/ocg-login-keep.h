/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The end of a login: the token goes into the keyring, and then the settings get what the user
 * needs to use it. */

#pragma once

#include "../credentials/ocg-login-token.h"
#include "../login/ocg-login-plan.h"
#include "ocg-service.h"

typedef struct
{
  OcgLoginPlan *plan;
  OcgLoginToken *token;
  const char *profile; /* "provider:name" */
  gboolean set_default;
  locale_t locale; /* of the warnings */
} OcgLoginKeep;

/* Takes nothing of @keep. */
void ocg_login_keep_async (OcgService *service, const OcgLoginKeep *keep,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
/* The details of Finished(), a{sv}; settings that could not be written are a warning among them.
 * (transfer full) Errors: those of OcgKeyring, whose messages are for logs, G_IO_ERROR_CANCELLED. */
GVariant *ocg_login_keep_finish (GAsyncResult *result, GError **error);
