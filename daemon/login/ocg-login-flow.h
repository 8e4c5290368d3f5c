/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One login, from the request for a code to a token: asks for the code, and then again and again
 * whether the user has entered it, until he has, says no, or the time is over. */

#pragma once

#include "../clock/ocg-clock.h"
#include "../credentials/ocg-login-token.h"
#include "../net/ocg-http.h"
#include "ocg-login-code.h"

typedef struct _OcgLoginFlow OcgLoginFlow;

typedef enum
{
  OCG_LOGIN_WAITS,    /* for the user */
  OCG_LOGIN_SLOWS,    /* the server wants to be asked less often */
  OCG_LOGIN_TRIES_ON, /* the server cannot be reached, or not answer, for the moment */
} OcgLoginProgress;

typedef struct
{
  /* The code is there; once, before anything below. */
  void (*code) (OcgLoginFlow *flow, const OcgLoginCode *code, gpointer user_data);
  /* After each question. @interval_ms: until the next one. */
  void (*progress) (OcgLoginFlow *flow, OcgLoginProgress progress, guint interval_ms,
                    gpointer user_data);
  /* The last one. @token: NULL with a @failure; @notification: (nullable) what the provider wants
   * the user to read. */
  void (*end) (OcgLoginFlow *flow, OcgLoginToken *token, const char *notification,
               OcgFailure *failure, gpointer user_data);
} OcgLoginHandlers;

/* Handlers are called from the main loop; the flow may be freed in each. @http outlives it. */
OcgLoginFlow *ocg_login_flow_start (OcgHttp *http, OcgClock *clock, OcgLoginPlan *plan,
                                    const OcgLoginHandlers *handlers, gpointer user_data);
/* At any time; nothing is called afterwards. */
void ocg_login_flow_free (OcgLoginFlow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgLoginFlow, ocg_login_flow_free)
