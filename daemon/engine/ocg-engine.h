/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What completions need, and the completions under way. Knows nothing of D-Bus. */

#pragma once

#include "../net/ocg-http.h"
#include "ocg-request.h"

/* Completions at once, over all callers. */
#define OCG_ENGINE_MAX_REQUESTS 1024

typedef struct _OcgEngine OcgEngine;

/* @http has to outlive the engine. */
OcgEngine *ocg_engine_new (OcgCredentials *credentials, OcgHttp *http);
void ocg_engine_free (OcgEngine *self);

/* Requests that start from now on see @catalog. */
void ocg_engine_set_catalog (OcgEngine *self, OcgCatalog *catalog);
OcgCatalog *ocg_engine_get_catalog (OcgEngine *self);
OcgCredentials *ocg_engine_get_credentials (OcgEngine *self);
/* The one session; valid as long as the engine. */
OcgHttp *ocg_engine_get_http (OcgEngine *self);

/* As ocg_catalog_resolve(), with what is configured now. A default model without a key resolves when
 * it has fallbacks that can be used. */
OcgModel *ocg_engine_resolve (OcgEngine *self, const char *reference, GError **error);
/* The same for settings: what is not on the allowlist may be put there. */
OcgModel *ocg_engine_resolve_any (OcgEngine *self, const char *reference, GError **error);

/* Calls @func when a request has begun (with NULL) and when one has ended. */
void ocg_engine_set_observer (OcgEngine *self, OcgRequestFunc func, gpointer user_data);

/* Calls @func after each attempt that got an answer, good or bad. */
void ocg_engine_set_answer_observer (OcgEngine *self, OcgAnswerNoteFunc func, gpointer user_data);

/* OCG_ERROR_BUSY when too many are under way, or the gateway is shutting down. */
gboolean ocg_engine_check_busy (OcgEngine *self, GError **error);
guint ocg_engine_count_requests (OcgEngine *self);

/* Runs @request to its end. */
void ocg_engine_run (OcgEngine *self, OcgRequest *request);

/* Ends all requests with OCG_ERROR_CANCELLED; none starts any more. */
void ocg_engine_shut_down (OcgEngine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgEngine, ocg_engine_free)
