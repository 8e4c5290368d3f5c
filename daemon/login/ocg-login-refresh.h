/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Gets the next access token for a refresh token (RFC 6749 section 6, and the dialect of MiniMax).
 * One request, or two where there is a legacy endpoint. Who calls it takes care that it runs once
 * at a time, and stores what it gives before it is used. */

#pragma once

#include <gio/gio.h>

#include "../clock/ocg-clock.h"
#include "../credentials/ocg-login-token.h"
#include "../net/ocg-http.h"
#include "ocg-login-plan.h"

/* @token: has a refresh token. */
void ocg_login_refresh_async (OcgHttp *http, OcgClock *clock, OcgLoginPlan *plan,
                              const OcgLoginToken *token, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
/* A token with the access token and the end of the old one is the rest of an answer that had a new
 * refresh token and nothing else: it has to be stored, and is no success. Region, base_url, login
 * and, when none came, the refresh token are those of the old one. Errors:
 * OCG_ERROR_CREDENTIAL_EXPIRED (400, 401, 403, invalid_grant: the user has to log in again),
 * OCG_ERROR_NETWORK, OCG_ERROR_TLS, OCG_ERROR_TIMEOUT, OCG_ERROR_RATE_LIMITED,
 * OCG_ERROR_PROVIDER_ERROR (anything else: try later), G_IO_ERROR_CANCELLED. Messages are redacted,
 * and for logs. @retry_after_ms: (out) (optional) what the server said; -1: nothing. */
OcgLoginToken *ocg_login_refresh_finish (GAsyncResult *result, gint64 *retry_after_ms,
                                         GError **error);
