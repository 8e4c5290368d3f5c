/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-login-form.h"

#include "../net/ocg-fetch.h"

#define METHOD "code_challenge_method", "S256"

GBytes *
ocg_login_form_for_code (const OcgLoginPlan *plan, const OcgPkce *pkce)
{
  /* A NULL in the place of a name ends the form. */
  const char *challenge = plan->pkce ? "code_challenge" : NULL;

  if (plan->dialect == OCG_LOGIN_MINIMAX && plan->state)
    return ocg_fetch_new_form ("response_type", "code", "client_id", plan->client_id, "scope",
                               plan->scope, "state", pkce->state, challenge, pkce->challenge,
                               METHOD, NULL);
  if (plan->dialect == OCG_LOGIN_MINIMAX)
    return ocg_fetch_new_form ("response_type", "code", "client_id", plan->client_id, "scope",
                               plan->scope, challenge, pkce->challenge, METHOD, NULL);
  return ocg_fetch_new_form ("client_id", plan->client_id, "scope", plan->scope, challenge,
                             pkce->challenge, METHOD, NULL);
}

GBytes *
ocg_login_form_for_poll (const OcgLoginPlan *plan, const OcgLoginCode *code, const OcgPkce *pkce)
{
  gboolean is_user_code = code->device_code == NULL;

  return ocg_fetch_new_form ("grant_type", plan->grant_type, "client_id", plan->client_id,
                             is_user_code ? "user_code" : "device_code",
                             is_user_code ? code->user_code : ocg_secret_peek (code->device_code),
                             plan->pkce ? "code_verifier" : NULL,
                             ocg_secret_peek (pkce->verifier), NULL);
}

GBytes *
ocg_login_form_for_refresh (const OcgLoginPlan *plan, OcgSecret *refresh)
{
  return ocg_fetch_new_form ("grant_type", "refresh_token", "client_id", plan->client_id,
                             "refresh_token", ocg_secret_peek (refresh), NULL);
}
