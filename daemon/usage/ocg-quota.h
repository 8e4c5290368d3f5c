/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What is left with each credential: asked for when somebody wants to know, kept for a minute, and
 * gathered from what answers to requests say. Nobody waits for it but who asks. */

#pragma once

#include "../clock/ocg-clock.h"
#include "../credentials/ocg-credentials.h"
#include "../engine/ocg-answer-note.h"
#include "../net/ocg-http.h"
#include "ocg-quota-report.h"

typedef struct _OcgQuota OcgQuota;

/* @report is new. */
typedef void (*OcgQuotaFunc) (OcgProvider *provider,
                              const char *profile,
                              OcgQuotaReport *report,
                              gpointer user_data);
/* Whether anybody wants to be told unasked. */
typedef gboolean (*OcgQuotaWantedFunc) (gpointer user_data);

/* @http and @clock have to outlive it. */
OcgQuota *ocg_quota_new (OcgCredentials *credentials, OcgHttp *http, OcgClock *clock);
void ocg_quota_free (OcgQuota *self);

/* Calls @func with what a provider said of a plan. While @wanted says so, that is looked at after
 * answered requests, too: at most every ten minutes, and a minute after the plan stopped one. */
void ocg_quota_set_observer (OcgQuota *self, OcgQuotaFunc func, OcgQuotaWantedFunc wanted,
                             gpointer user_data);
/* An OcgAnswerNoteFunc. */
void ocg_quota_note_answer (const OcgAnswerNote *note, gpointer self);

/* Whether there is something to tell of @provider beside "unknown". */
gboolean ocg_quota_has (OcgQuota *self, OcgProvider *provider);

/* @profile: (nullable) the one that would be used first without it. @refresh: ask, however new the
 * last answer is. Errors: OCG_ERROR_CREDENTIAL_MISSING; everything else is a state. */
void ocg_quota_get_async (OcgQuota *self, OcgProvider *provider, const char *profile,
                          gboolean refresh, GAsyncReadyCallback callback, gpointer user_data);
/* @profile: (out) (transfer full) */
OcgQuotaReport *
ocg_quota_get_finish (OcgQuota *self, GAsyncResult *result, char **profile, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgQuota, ocg_quota_free)
