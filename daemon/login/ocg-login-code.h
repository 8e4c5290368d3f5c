/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a code endpoint answers: the code, the page where the user enters it, and how long that may
 * take. Pure. */

#pragma once

#include "../credentials/ocg-secret.h"
#include "../engine/ocg-failure.h"
#include "ocg-login-plan.h"

typedef struct
{
  OcgSecret *device_code; /* (nullable) what the token endpoint is asked with; else the user_code */
  char *user_code;
  char *verification_uri;
  char *verification_uri_complete; /* (nullable) with the code in it */
  gint64 expires;                  /* Unix ms */
  guint lifetime_ms;               /* from now to expires */
  guint interval_ms;               /* to wait before the first question */
  guint floor_ms;                  /* and before any other at least */
} OcgLoginCode;

/* @state: (nullable) what has to come back. @now: Unix ms. NULL with a failure for what is no code:
 * OCG_ERROR_PROTOCOL_VIOLATION, OCG_ERROR_PROVIDER_ERROR (the server says no; its words are in
 * it), OCG_ERROR_RATE_LIMITED. */
OcgLoginCode *ocg_login_code_parse (const OcgLoginPlan *plan, guint status, const char *text,
                                    gsize length, const char *state, gint64 now,
                                    OcgFailure **failure);
void ocg_login_code_free (OcgLoginCode *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgLoginCode, ocg_login_code_free)
