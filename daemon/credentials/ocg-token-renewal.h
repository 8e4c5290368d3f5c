/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Renews the token of one profile: reads what is stored, asks the token endpoint, and stores what
 * it gives. A refresh token may be good for one use only, so its successor is in memory or in the
 * keyring from the moment on that it has come. */

#pragma once

#include "../clock/ocg-clock.h"
#include "../net/ocg-http.h"
#include "ocg-kept-token.h"
#include "ocg-keyring.h"

typedef struct
{
  OcgKeyring *keyring;
  OcgHttp *http;
  OcgClock *clock;
  OcgProvider *provider; /* (nullable) NULL: it is not in the catalogue any more */
  OcgKeptToken *kept;    /* has to outlive the renewal, which keeps it up to date */
  OcgSecret *refused;    /* (nullable) the access token that is no good, whatever its time */
  gboolean ahead;        /* nobody waits for it */
} OcgTokenRenewalJob;

/* Does nothing where nothing is due when it looks. */
void ocg_token_renewal_async (const OcgTokenRenewalJob *job, GAsyncReadyCallback callback,
                              gpointer user_data);
/* What is stored now. @old: (out) (nullable) what was, when it could be read. @changed: (out) more
 * has changed than the times. @retry_after_ms: (out) what the login server said; -1: nothing.
 * Errors: see ocg_token_keeper_get_async(). */
OcgLoginToken *ocg_token_renewal_finish (GAsyncResult *result, OcgLoginToken **old,
                                         gboolean *changed, gint64 *retry_after_ms,
                                         GError **error);
