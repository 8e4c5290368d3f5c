/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-request.h"

#include <glib/gi18n.h>

#include "../usage/ocg-cost.h"
#include "ocg-chat-defaults.h"

/* Bytes of one answer. A completion holds its text up to three times, and an array of D-Bus holds
 * 64 MiB: one larger message would cost the gateway its connection. */
#define MAX_ANSWER_SIZE (16 * 1024 * 1024)

static void
attempt_record_free (OcgAttemptRecord *record)
{
  ocg_failure_unref (record->failure);
  g_free (record);
}

OcgRequest *
ocg_request_new (const char *id, OcgCatalog *catalog, OcgModel *model, OcgChat *chat,
                 const OcgRequestOptions *options, const OcgSink *sink_class, gpointer sink)
{
  OcgRequest *self = g_new0 (OcgRequest, 1);

  self->ref_count = 1;
  self->id = g_strdup (id);
  self->catalog = ocg_catalog_ref (catalog);
  self->requested = ocg_model_ref (model);
  self->model = ocg_model_ref (model);
  self->asked = ocg_chat_ref (chat);
  self->chat = ocg_chat_ref (chat);
  self->options = *options;
  self->options.profile = g_strdup (options->profile);
  self->completion = ocg_completion_new ();
  self->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) attempt_record_free);
  self->ended_watches = g_array_new (FALSE, FALSE, sizeof (OcgRequestWatch));
  self->started = g_get_monotonic_time ();
  self->sink_class = sink_class;
  self->sink = sink;
  return self;
}

OcgRequest *
ocg_request_ref (OcgRequest *self)
{
  self->ref_count++;
  return self;
}

void
ocg_request_unref (OcgRequest *self)
{
  if (--self->ref_count > 0)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->sink_class->free (self->sink);
  g_free (self->id);
  ocg_catalog_unref (self->catalog);
  ocg_model_unref (self->requested);
  ocg_model_unref (self->model);
  g_free (self->profile);
  ocg_chat_unref (self->asked);
  ocg_chat_unref (self->chat);
  g_free (self->options.profile);
  ocg_completion_free (self->completion);
  g_clear_pointer (&self->dry_run, ocg_dry_run_free);
  g_ptr_array_unref (self->attempts);
  g_array_unref (self->ended_watches);
  g_clear_pointer (&self->failure, ocg_failure_unref);
  g_free (self);
}

void
ocg_request_on_ended (OcgRequest *self, OcgRequestFunc func, gpointer user_data)
{
  OcgRequestWatch watch = { func, user_data };

  g_array_append_val (self->ended_watches, watch);
}

/* Ends the request while an attempt may be under way: that one counts among those that failed. */
static void
fail_from_outside (OcgRequest *self, OcgFailure *failure)
{
  gint64 now = g_get_monotonic_time ();

  failure->model = g_strdup (self->model->ref);
  failure->profile = g_strdup (self->profile);
  if (!self->ended && self->attempt_started != 0)
    ocg_request_record_attempt (self, failure, (guint64) (now - self->attempt_started) / 1000);
  ocg_request_fail (self, failure);
}

static gboolean
on_timeout (gpointer user_data)
{
  OcgRequest *self = user_data;
  g_autofree char *seconds = g_strdup_printf ("%.3g", self->options.timeout_ms / 1000.0);
  g_autoptr (OcgFailure) failure = NULL;

  self->timer = 0;
  failure = ocg_failure_new (OCG_ERROR_TIMEOUT,
                             N_ ("{model} did not finish within {seconds} seconds. Allow more time "
                                 "(timeout-ms), or ask for a shorter answer."),
                             "model", self->model->ref, "seconds", seconds,
                             NULL);
  failure->retryable = TRUE;
  fail_from_outside (self, failure);
  return G_SOURCE_REMOVE;
}

void
ocg_request_start (OcgRequest *self)
{
  if (self->options.timeout_ms > 0)
    self->timer = g_timeout_add (self->options.timeout_ms, on_timeout, self);
  self->sink_class->start (self->sink, self);
}

void
ocg_request_set_candidate (OcgRequest *self, OcgModel *model)
{
  OcgModel *before = self->model;

  self->model = ocg_model_ref (model);
  ocg_model_unref (before);
  g_clear_pointer (&self->profile, g_free);
  ocg_chat_unref (self->chat);
  self->chat = ocg_chat_with_defaults (self->asked, self->catalog, model);
  ocg_completion_free (self->completion);
  self->completion = ocg_completion_new ();
}

const char *
ocg_request_get_chosen_profile (OcgRequest *self)
{
  g_autofree char *prefix = g_strconcat (self->model->provider->id, ":", NULL);
  const char *profile = self->options.profile;

  return profile != NULL && g_str_has_prefix (profile, prefix) ? profile : NULL;
}

void
ocg_request_take_event (OcgRequest *self, const OcgEvent *event)
{
  gboolean is_hidden;

  if (self->ended)
    return;
  ocg_completion_add (self->completion, event);
  if (self->completion->size > MAX_ANSWER_SIZE)
    {
      g_autoptr (OcgFailure) failure
          = ocg_failure_new (OCG_ERROR_PROTOCOL_VIOLATION,
                             N_ ("The answer of {model} is larger than 16 MiB; it was cut off."),
                             "model", self->model->ref, NULL);

      ocg_request_fail (self, failure);
      return;
    }

  /* Thoughts that nobody wants to see stay in the parts, for replay. */
  is_hidden = event->type == OCG_EVENT_THINKING && self->chat->thinking == OCG_THINKING_OFF;
  if (!is_hidden && self->first_content == 0 && ocg_event_is_content (event))
    self->first_content = g_get_monotonic_time ();
  if (!is_hidden)
    self->sink_class->event (self->sink, event);
}

void
ocg_request_record_attempt (OcgRequest *self, OcgFailure *failure, guint64 ms)
{
  OcgAttemptRecord *record = g_new0 (OcgAttemptRecord, 1);

  record->failure = ocg_failure_ref (failure);
  record->ms = ms;
  g_ptr_array_add (self->attempts, record);
}

gboolean
ocg_request_is_full (OcgRequest *self)
{
  return !self->ended && self->sink_class->is_full != NULL
         && self->sink_class->is_full (self->sink);
}

void
ocg_request_resume (OcgRequest *self)
{
  if (!self->ended && self->resume != NULL)
    self->resume (self->runner);
}

/* Everything that ends a request goes through here, once. */
static void
end (OcgRequest *self, OcgFailure *failure)
{
  g_autoptr (OcgRequest) guard = NULL;

  if (self->ended)
    return;
  guard = ocg_request_ref (self);
  self->ended = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (failure != NULL)
    self->failure = ocg_failure_ref (failure);
  if (failure != NULL)
    self->sink_class->failed (self->sink, self, failure);
  else
    self->sink_class->finished (self->sink, self);
  if (self->runner_ended != NULL)
    self->runner_ended (self, self->runner);
  for (guint i = 0; i < self->ended_watches->len; i++)
    {
      OcgRequestWatch watch = g_array_index (self->ended_watches, OcgRequestWatch, i);

      watch.func (self, watch.user_data);
    }
}

void
ocg_request_finish (OcgRequest *self)
{
  end (self, NULL);
}

void
ocg_request_fail (OcgRequest *self, OcgFailure *failure)
{
  if (failure->model == NULL)
    failure->model = g_strdup (self->model->ref);
  if (failure->profile == NULL)
    failure->profile = g_strdup (self->profile);
  end (self, failure);
}

void
ocg_request_cancel (OcgRequest *self)
{
  g_autoptr (OcgFailure) failure
      = ocg_failure_new (OCG_ERROR_CANCELLED, N_ ("The request was cancelled."), NULL);

  fail_from_outside (self, failure);
}

void
ocg_request_shut_down (OcgRequest *self)
{
  g_autoptr (OcgFailure) failure = ocg_failure_new (
      OCG_ERROR_CANCELLED, N_ ("The gateway was stopped before the answer was complete."), NULL);

  failure->retryable = TRUE;
  fail_from_outside (self, failure);
}

gboolean
ocg_request_get_cost (OcgRequest *self, double *cost)
{
  return ocg_cost_compute (&self->model->prices, &self->completion->usage, cost);
}
