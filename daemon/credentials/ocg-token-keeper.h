/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Tokens that end. Knows of each stored one when it ends, but not its secrets; renews it before that
 * while nobody asks, and before it is handed out; and hands out nothing that the keyring has not been
 * offered. However many ask, a profile is renewed by one request at a time.
 *
 * Signals: "changed", when what peek() tells has changed but for the times; "login-needed" (const
 * char *profile), once, when the provider has refused to renew it; "login-restored" (the same), when
 * something else is stored under that profile, or nothing. */

#pragma once

#include "../catalog/ocg-catalog.h"
#include "../clock/ocg-clock.h"
#include "../net/ocg-http.h"
#include "ocg-keyring.h"
#include "ocg-login-token.h"

#define OCG_TYPE_TOKEN_KEEPER (ocg_token_keeper_get_type ())
G_DECLARE_FINAL_TYPE (OcgTokenKeeper, ocg_token_keeper, OCG, TOKEN_KEEPER, GObject)

typedef enum
{
  OCG_TOKEN_OK,
  OCG_TOKEN_REFRESHABLE, /* it has ended, and is renewed when it is used */
  OCG_TOKEN_EXPIRED,     /* somebody has to log in again, or to store another one */
} OcgTokenState;

/* @http has to outlive the keeper. */
OcgTokenKeeper *ocg_token_keeper_new (OcgKeyring *keyring, OcgHttp *http, OcgClock *clock);
/* The providers whose logins the tokens are of. */
void ocg_token_keeper_set_catalog (OcgTokenKeeper *self, OcgCatalog *catalog);

/* Looks at what is stored, so that peek() knows of all that is not locked. Never fails. */
void ocg_token_keeper_look_async (OcgTokenKeeper *self, GAsyncReadyCallback callback,
                                  gpointer user_data);
void ocg_token_keeper_look_finish (OcgTokenKeeper *self, GAsyncResult *result);

/* What is known of @profile, from memory; FALSE when it has no token that ends. All outputs are
 * optional. @expires: Unix ms, or 0. @region, @base_url: (transfer none) (nullable) */
gboolean ocg_token_keeper_peek (OcgTokenKeeper *self, const char *profile, OcgTokenState *state,
                                gint64 *expires, const char **region, const char **base_url);
/* The place that the token endpoint of @profile was at when it gave a refresh token that may not go
 * to where the endpoint of @provider is now. NULL when that is not so. (transfer full) */
char *ocg_token_keeper_find_other_endpoint (OcgTokenKeeper *self, OcgProvider *provider,
                                            const char *profile);

/* The access token of @stored, which is what the keyring has for @profile, or its successor.
 * @refused: (nullable) an access token that the provider takes no more; gets another one. Errors:
 * OCG_ERROR_CREDENTIAL_EXPIRED, OCG_ERROR_CREDENTIAL_REJECTED (see find_other_endpoint(); or
 * what is new is refused as well), those of ocg_login_refresh_finish() when there is no token that has
 * not ended yet, those of OcgKeyring, G_IO_ERROR_CANCELLED. */
void ocg_token_keeper_get_async (OcgTokenKeeper *self, OcgProvider *provider, const char *profile,
                                 const OcgLoginToken *stored, OcgSecret *refused,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
OcgSecret *ocg_token_keeper_get_finish (OcgTokenKeeper *self, GAsyncResult *result,
                                        GError **error);

/* The token of @profile that the keyring has failed to take, if it has not ended: the provider takes no
 * other. @origin: (out) (transfer none) (nullable) what it is bound to. It is offered to the keyring
 * once more. (transfer none) (nullable) */
const OcgLoginToken *ocg_token_keeper_find_unsaved (OcgTokenKeeper *self, const char *profile,
                                                    const char **origin);
/* Offers the keyring what it has not taken yet. See is_busy(). */
void ocg_token_keeper_save (OcgTokenKeeper *self);
/* Whether a renewal is under way: to stop now loses a login. */
gboolean ocg_token_keeper_is_busy (OcgTokenKeeper *self);
