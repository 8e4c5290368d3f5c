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
#define ONE_REFUSAL_MS (10 * 1000)

typedef struct
{
  OcgRequest *request;
  OcgCredentials *credentials;
  OcgHttp *http;
  GQueue candidates; /* of OcgModel, those whose turn is still to come */
  OcgAttempt *attempt;

  /* Of the candidate whose turn it is. */
  GPtrArray *tried;     /* of char*: its profiles that have failed */
  gboolean was_retried; /* the last one of them */
  char *again;          /* (nullable) the profile that a pause is made for */
  guint pause_source;
} Router;

static void
router_free (Router *self)
{
  g_clear_pointer (&self->attempt, ocg_attempt_free);
  g_clear_handle_id (&self->pause_source, g_source_remove);
  g_ptr_array_unref (self->tried);
  g_free (self->again);
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

static OcgFailure *
get_attempt (OcgRequest *request, guint index)
{
  return ((OcgAttemptRecord *) g_ptr_array_index (request->attempts, index))->failure;
}

/* Whether the attempt after that is one of the same model too. */
static gboolean
is_followed (OcgRequest *request, guint index)
{
  return index + 1 < request->attempts->len
         && g_str_equal (get_attempt (request, index)->model,
                         get_attempt (request, index + 1)->model);
}

static guint
count_models (OcgRequest *request)
{
  guint count = 0;

  for (guint i = 0; i < request->attempts->len; i++)
    if (!is_followed (request, i))
      count++;
  return count;
}

/* "minimax/MiniMax-M2.1 (Overloaded); …": the words of D-Bus, the same in every language. Of each
 * model the last word. */
static char *
describe_attempts (OcgRequest *request)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < request->attempts->len; i++)
    {
      OcgFailure *failure = get_attempt (request, i);
      const char *name = strrchr (ocg_error_get_name (failure->code), '.') + 1;

      if (!is_followed (request, i))
        g_string_append_printf (text, "%s%s (%s)", text->len > 0 ? "; " : "", failure->model, name);
    }
  return g_string_free (text, FALSE);
}

static void
fail_request (OcgRequest *request, OcgFailure *last)
{
  g_autoptr (OcgFailure) failure = NULL;
  g_autofree char *list = NULL;

  if (count_models (request) < 2 || request->first_content != 0)
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
      OcgFailure *one = get_attempt (request, i);

      failure->retryable = failure->retryable || one->retryable;
      if (one->retry_after_ms >= 0
          && (failure->retry_after_ms < 0 || one->retry_after_ms < failure->retry_after_ms))
        failure->retry_after_ms = one->retry_after_ms;
    }
  ocg_request_fail (request, failure);
}

static void router_start_attempt (Router *self, OcgModel *model, const char *again);
static void router_continue (Router *self);

/* Counts the profile of @failure among those that were tried. FALSE: there was none, or it is among
 * them already. */
static gboolean
note_tried (Router *self, const OcgFailure *failure)
{
  if (failure->profile == NULL
      || g_ptr_array_find_with_equal_func (self->tried, failure->profile, g_str_equal, NULL))
    return FALSE;
  g_ptr_array_add (self->tried, g_strdup (failure->profile));
  return TRUE;
}

static OcgDecision
decide (Router *self, const OcgFailure *failure)
{
  OcgRequest *request = self->request;
  OcgModel *model = request->model;
  /* What was hidden from the client binds nobody. */
  OcgSetback setback = { .code = failure->code,
                         .retry_after_ms = failure->retry_after_ms,
                         .has_content = request->first_content != 0,
                         .was_retried = self->was_retried };

  setback.has_other_profile
      = (note_tried (self, failure) || self->was_retried)
        && ocg_request_get_chosen_profile (request) == NULL
        && ocg_credentials_has_other (self->credentials, model->provider, model->id, self->tried);
  return ocg_fallback_decide (&setback);
}

/* Only what a provider has answered says something about a profile. */
static void
note_failure (Router *self, const OcgFailure *failure, guint64 ms)
{
  OcgModel *model = self->request->model;

  /* A login was renewed in between, and that it is refused all the same is one refusal. */
  if (failure->code == OCG_ERROR_CREDENTIAL_REJECTED && model->provider->login != NULL)
    ms = MAX (ms, ONE_REFUSAL_MS);
  if (failure->http_status != 0 && failure->profile != NULL)
    ocg_credentials_note_failure (self->credentials, model->provider, failure->profile, model->id,
                                  failure->code, failure->retry_after_ms, (gint64) ms);
}

static gboolean
on_pause_over (gpointer user_data)
{
  Router *self = user_data;
  g_autofree char *profile = g_steal_pointer (&self->again);

  self->pause_source = 0;
  router_start_attempt (self, self->request->model, profile);
  return G_SOURCE_REMOVE;
}

static void
retry_later (Router *self, const OcgFailure *failure)
{
  self->was_retried = TRUE;
  self->again = g_strdup (failure->profile);
  self->pause_source = g_timeout_add ((guint) failure->retry_after_ms, on_pause_over, self);
}

static void
go_on_to_next (Router *self, OcgFailure *failure)
{
  OcgRequest *request = self->request;
  OcgModel *next = g_queue_peek_head (&self->candidates);

  if (next == NULL)
    {
      fail_request (request, failure);
      return;
    }
  request->sink_class->fallback (request->sink, failure->model, next->ref, failure);
  router_continue (self);
}

static void
on_attempt_failed (Router *self, OcgFailure *failure, guint64 ms)
{
  OcgDecision decision = decide (self, failure);

  ocg_request_record_attempt (self->request, failure, ms);
  /* A profile that works after a short pause has done nothing wrong. */
  if (decision != OCG_DECISION_RETRY)
    note_failure (self, failure, ms);
  switch (decision)
    {
    case OCG_DECISION_STOP:
      fail_request (self->request, failure);
      break;
    case OCG_DECISION_RETRY:
      retry_later (self, failure);
      break;
    case OCG_DECISION_ROTATE:
      self->was_retried = FALSE;
      router_start_attempt (self, self->request->model, NULL);
      break;
    case OCG_DECISION_NEXT:
      go_on_to_next (self, failure);
      break;
    }
}

static void
on_attempt_done (OcgFailure *failure, gpointer user_data)
{
  Router *self = user_data;
  OcgRequest *request = self->request;
  guint64 ms = (guint64) (g_get_monotonic_time () - request->attempt_started) / 1000;

  request->attempt_started = 0;
  g_clear_pointer (&self->attempt, ocg_attempt_free);
  if (failure != NULL)
    {
      on_attempt_failed (self, failure, ms);
      return;
    }
  if (!request->options.dry_run)
    ocg_credentials_note_success (self->credentials, request->profile, request->model->id);
  ocg_request_finish (request);
}

/* @again: (nullable) the profile to use */
static void
router_start_attempt (Router *self, OcgModel *model, const char *again)
{
  OcgRequest *request = self->request;

  if (request->ended)
    return;
  ocg_request_set_candidate (request, model);
  request->attempt_started = g_get_monotonic_time ();
  self->attempt = ocg_attempt_start (request, again, self->tried, self->credentials, self->http,
                                     on_attempt_done, self);
}

/* Gives the next candidate its turn. There is one: whoever calls has looked. */
static void
router_continue (Router *self)
{
  g_autoptr (OcgModel) model = NULL;

  if (self->request->ended)
    return;
  model = g_queue_pop_head (&self->candidates);
  g_ptr_array_unref (self->tried);
  self->tried = g_ptr_array_new_with_free_func (g_free);
  self->was_retried = FALSE;
  router_start_attempt (self, model, NULL);
}

void
ocg_router_run (OcgRequest *request, OcgCredentials *credentials, OcgHttp *http)
{
  Router *self = g_new0 (Router, 1);

  self->request = ocg_request_ref (request);
  self->credentials = g_object_ref (credentials);
  self->http = http;
  self->tried = g_ptr_array_new_with_free_func (g_free);
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
