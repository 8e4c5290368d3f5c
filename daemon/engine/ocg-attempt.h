/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One try of one model with one profile: credential, request, headers, events. Everything it learns
 * of the answer goes to the OcgRequest; it ends once, with a failure or without. */

#pragma once

#include "../net/ocg-http.h"
#include "ocg-request.h"

typedef struct _OcgAttempt OcgAttempt;

/* @failure: (nullable) NULL when the answer is complete. Called once, never from within start();
 * not after free(). */
typedef void (*OcgAttemptFunc) (OcgFailure *failure, gpointer user_data);

/* For the candidate whose turn it is. @again: (nullable) the profile to use once more; else the
 * first one in order that is not in @tried (of char*), unless the caller has chosen one. */
OcgAttempt *ocg_attempt_start (OcgRequest *request, const char *again, GPtrArray *tried,
                               OcgCredentials *credentials, OcgHttp *http, OcgAttemptFunc done,
                               gpointer user_data);
/* Closes the connection if there still is one. */
void ocg_attempt_free (OcgAttempt *self);

/* The request's sink has room again. */
void ocg_attempt_resume (OcgAttempt *self);
