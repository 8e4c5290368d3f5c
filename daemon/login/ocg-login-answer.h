/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a token endpoint answers, in both dialects, to a question and to a refresh. Pure. */

#pragma once

#include <json-glib/json-glib.h>

#include "../credentials/ocg-login-token.h"
#include "ocg-login-plan.h"

typedef enum
{
  OCG_LOGIN_TOKEN,
  OCG_LOGIN_PENDING,   /* the user has not entered the code yet */
  OCG_LOGIN_SLOW_DOWN, /* the same, and it was asked too often */
  OCG_LOGIN_TROUBLE,   /* the server cannot answer for the moment */
  OCG_LOGIN_LIMITED,   /* the same: too many requests */
  OCG_LOGIN_DENIED,    /* the user said no */
  OCG_LOGIN_EXPIRED,   /* the code, or the refresh token, counts no more */
  OCG_LOGIN_REFUSED,   /* any other no */
  OCG_LOGIN_GARBLED,   /* no answer of a token endpoint */
} OcgLoginOutcome;

typedef struct
{
  OcgLoginOutcome outcome;
  OcgLoginToken *token; /* (nullable) without region, login and endpoint */
  OcgSecret *refresh;   /* (nullable) a refresh token that came without a token that can be used */
  char *notification;   /* (nullable) what the provider wants the user to read */
  char *message;        /* (nullable) its own words about a no; redacted */
} OcgLoginAnswer;

/* @secrets: (nullable) of the request, NULL at its end; they are masked in what the server says, as
 * are the tokens in the answer. @now: Unix ms. */
OcgLoginAnswer *ocg_login_answer_parse (const OcgLoginPlan *plan, guint status, const char *text,
                                        gsize length, const char *const *secrets, gint64 now);
void ocg_login_answer_free (OcgLoginAnswer *self);

/* What the server says about an error, anywhere in @root, without @secrets. (transfer full)
 * (nullable) */
char *ocg_login_answer_dup_message (JsonObject *root, const char *const *secrets);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgLoginAnswer, ocg_login_answer_free)
