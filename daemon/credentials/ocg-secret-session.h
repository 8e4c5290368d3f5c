/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The encrypted session that secrets travel in between us and the Secret Service. */

#pragma once

#include <gio/gio.h>

#include "ocg-secret.h"

typedef struct _OcgSecretSession OcgSecretSession;

/* Two seconds at most. A session that would not be encrypted is refused. */
void ocg_secret_session_open_async (GAsyncReadyCallback callback, gpointer user_data);
/* Error: OCG_ERROR_KEYRING_UNAVAILABLE. */
OcgSecretSession *ocg_secret_session_open_finish (GAsyncResult *result, GError **error);

OcgSecretSession *ocg_secret_session_ref (OcgSecretSession *self);
void ocg_secret_session_unref (OcgSecretSession *self);

/* A session belongs to the connection that opened it, the shared one of the session bus. */
GDBusConnection *ocg_secret_session_get_bus (OcgSecretSession *self);
const char *ocg_secret_session_get_path (OcgSecretSession *self);

/* @secret as "(oayays)", encrypted; floating. */
GVariant *ocg_secret_session_encode (OcgSecretSession *self, OcgSecret *secret);
/* Decrypts an "(oayays)"; NULL when it is not of this session or holds no text. */
OcgSecret *ocg_secret_session_decode (OcgSecretSession *self, GVariant *encoded);
/* Whether that is because it is no text. */
gboolean ocg_secret_session_is_binary (OcgSecretSession *self, GVariant *encoded);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgSecretSession, ocg_secret_session_unref)
