/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One form to an endpoint of a login: the new address first, the legacy one when that is not there,
 * and redirects (307, 308) followed with the form, at the origins of the region only. */

#pragma once

#include "../net/ocg-fetch.h"
#include "ocg-login-plan.h"

typedef enum
{
  OCG_LOGIN_CODE_ENDPOINT,
  OCG_LOGIN_TOKEN_ENDPOINT,
} OcgLoginEndpoint;

typedef enum
{
  OCG_LOGIN_ANY, /* the new one, then the legacy one */
  OCG_LOGIN_NEW,
  OCG_LOGIN_LEGACY,
} OcgLoginGeneration;

typedef struct
{
  OcgLoginEndpoint endpoint;
  OcgLoginGeneration generation;
  const char *bound_to; /* (nullable) the origin that gave the token in the form; with is_bound the
                           form goes where ocg_login_plan_may_have() says only */
  gboolean is_bound;
} OcgLoginPost;

/* At most twenty seconds, for all of it. Takes nothing of @post. */
void ocg_login_post_async (OcgHttp *http, OcgLoginPlan *plan, const OcgLoginPost *post,
                           GBytes *form, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
/* @generation: (out) (optional) where the answer came from. Errors: those of ocg_fetch_finish(),
 * OCG_ERROR_PROTOCOL_VIOLATION for a redirect to elsewhere, OCG_ERROR_ACCESS_DENIED when the form
 * may go nowhere. */
OcgFetchReply *ocg_login_post_finish (GAsyncResult *result, OcgLoginGeneration *generation,
                                      GError **error);

/* The address that the form goes to first. (transfer none) (nullable) */
const char *ocg_login_post_get_url (const OcgLoginPlan *plan, OcgLoginEndpoint endpoint,
                                    OcgLoginGeneration generation);
