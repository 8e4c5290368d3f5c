/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-router.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ocg-attempt.h"
#include "ocg-candidates.h"
#include "ocg-fallback.h"

/* Lives as long as the request runs. */
typedef struct
{
  OcgRequest *request;
  OcgCredentials *credentials;
  OcgHttp *http;
  GQueue candidates; /* of OcgModel, those whose turn is still to come */
  OcgAttempt *attempt;
} Router;

static void
router_free (Router *self)
{
  g_clear_pointer (&self->attempt, ocg_attempt_free);
  g_queue_clear_full (&self->candidates, (GDestroyNotify) ocg_model_unref);
  g_object_unref (self->credentials);
  ocg_request_unref (self->request);
  g_free (self);
}

static gboolean
free_later (gpointer user_data)
{
  router_free (user_data);
  return G_SOURCE_REMOVE;
}

/* The request may end in the middle of an event of the attempt's own stream: let that return. */
static void
on_request_ended (OcgRequest *request, gpointer user_data)
{
  request->resume = NULL;
  g_idle_add_full (G_PRIORITY_HIGH, free_later, user_data, NULL);
}

static void
on_resume (gpointer user_data)
{
  Router *self = user_data;

  if (self->attempt != NULL)
    ocg_attempt_resume (self->attempt);
}

/* "minimax/MiniMax-M2.1 (Overloaded); …": the words of D-Bus, the same in every language. */
static char *
describe_attempts (OcgRequest *request)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < request->attempts->len; i++)
    {
      OcgAttemptRecord *record = g_ptr_array_index (request->attempts, i);
      const char *name = strrchr (ocg_error_get_name (record->failure->code), '.') + 1;

      g_string_append_printf (text, "%s%s (%s)", i > 0 ? "; " : "", record->failure->model, name);
    }
  return g_string_free (text, FALSE);
}

static void
fail_request (OcgRequest *request, OcgFailure *last)
{
  g_autoptr (OcgFailure) failure = NULL;
  g_autofree char *list = NULL;

  if (request->attempts->len < 2 || request->first_content != 0)
    {
      ocg_request_fail (request, last);
      return;
    }
  list = describe_attempts (request);
  failure = ocg_failure_new (OCG_ERROR_ALL_FAILED,
                             /* TRANSLATORS: {models} is a list of models, each with an error in
                              * brackets. */
                             N_ ("No model could answer: {models}. The attempts tell why."), "models",
                             list, NULL);
  failure->model = g_strdup (last->model);
  failure->profile = g_strdup (last->profile);
  for (guint i = 0; i < request->attempts->len; i++)
    {
      OcgFailure *one = ((OcgAttemptRecord *) g_ptr_array_index (request->attempts, i))->failure;

      failure->retryable = failure->retryable || one->retryable;
      if (one->retry_after_ms >= 0
          && (failure->retry_after_ms < 0 || one->retry_after_ms < failure->retry_after_ms))
        failure->retry_after_ms = one->retry_after_ms;
    }
  ocg_request_fail (request, failure);
}

static void router_continue (Router *self);

static void
on_attempt_done (OcgFailure *failure, gpointer user_data)
{
  Router *self = user_data;
  OcgRequest *request = self->request;
  guint64 ms = (guint64) (g_get_monotonic_time () - request->attempt_started) / 1000;
  OcgModel *next = g_queue_peek_head (&self->candidates);

  request->attempt_started = 0;
  g_clear_pointer (&self->attempt, ocg_attempt_free);
  if (failure == NULL)
    {
      ocg_request_finish (request);
      return;
    }

  ocg_request_record_attempt (request, failure, ms);
  if (next == NULL
      /* What was hidden from the client binds nobody. */
      || ocg_fallback_decide (failure->code, request->first_content != 0) == OCG_DECISION_STOP)
    {
      fail_request (request, failure);
      return;
    }
  request->sink_class->fallback (request->sink, failure->model, next->ref, failure);
  router_continue (self);
}

/* Gives the next candidate its turn. There is one: whoever calls has looked. */
static void
router_continue (Router *self)
{
  OcgRequest *request = self->request;
  g_autoptr (OcgModel) model = NULL;

  if (request->ended)
    return;
  model = g_queue_pop_head (&self->candidates);
  ocg_request_set_candidate (request, model);
  request->attempt_started = g_get_monotonic_time ();
  self->attempt = ocg_attempt_start (request, request->model, self->credentials, self->http,
                                     on_attempt_done, self);
}

void
ocg_router_run (OcgRequest *request, OcgCredentials *credentials, OcgHttp *http)
{
  Router *self = g_new0 (Router, 1);

  self->request = ocg_request_ref (request);
  self->credentials = g_object_ref (credentials);
  self->http = http;
  g_queue_init (&self->candidates);
  g_queue_push_tail (&self->candidates, ocg_model_ref (request->requested));
  if (request->options.fallback && !request->options.dry_run)
    {
      g_autoptr (GPtrArray) fallbacks = ocg_candidates_get_fallbacks (request, credentials);

      for (guint i = 0; i < fallbacks->len; i++)
        g_queue_push_tail (&self->candidates, ocg_model_ref (g_ptr_array_index (fallbacks, i)));
    }

  request->runner = self;
  request->resume = on_resume;
  request->runner_ended = on_request_ended;
  ocg_request_start (request);
  router_continue (self);
}
