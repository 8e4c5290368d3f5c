/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-login-flow.h"

#include <glib/gi18n.h>

#include "../catalog/ocg-base-url.h"
#include "ocg-login-answer.h"
#include "ocg-login-form.h"
#include "ocg-login-post.h"

/* What slow_down adds (RFC 8628 section 3.5), and how far a server in trouble is left alone. */
#define SLOW_DOWN_MS 5000
#define MAX_BACKOFF_MS 10000

struct _OcgLoginFlow
{
  OcgHttp *http;
  OcgClock *clock;
  OcgLoginPlan *plan;
  const OcgLoginHandlers *handlers;
  gpointer user_data;

  OcgPkce *pkce;
  OcgLoginCode *code;            /* (nullable) */
  OcgLoginGeneration generation; /* of the endpoint that gave the code */
  GCancellable *cancellable;
  guint timer;
  guint interval_ms; /* between two questions */
  guint backoff_ms;  /* the same while the server is in trouble; 0: it is not */
  gint64 deadline;   /* monotonic, microseconds */
};

static void poll_now (OcgLoginFlow *self);

static void
end (OcgLoginFlow *self, OcgLoginToken *token, const char *notification, OcgFailure *failure)
{
  g_autoptr (OcgFailure) mine = failure;

  self->handlers->end (self, token, notification, mine, self->user_data);
}

/* Takes @message. */
static void
fail (OcgLoginFlow *self, OcgError code, const char *msgid, char *message)
{
  OcgFailure *failure = ocg_failure_new (code, msgid, "provider", self->plan->provider, NULL);

  failure->provider_message = message;
  end (self, NULL, NULL, failure);
}

static void
fail_connection (OcgLoginFlow *self, const GError *error)
{
  g_debug ("login to %s: %s", self->plan->provider, error->message);
  if (g_error_matches (error, OCG_ERROR, OCG_ERROR_TLS))
    fail (self, OCG_ERROR_TLS,
          N_ ("The connection to {provider} is not safe: its certificate is not good. Check the "
              "date of this computer, and whether the network wants a login of its own."),
          NULL);
  else if (g_error_matches (error, OCG_ERROR, OCG_ERROR_TIMEOUT))
    fail (self, OCG_ERROR_TIMEOUT,
          N_ ("{provider} did not answer in time. Try again in a moment."), NULL);
  else if (g_error_matches (error, OCG_ERROR, OCG_ERROR_PROTOCOL_VIOLATION)
           || g_error_matches (error, OCG_ERROR, OCG_ERROR_ACCESS_DENIED))
    fail (self, OCG_ERROR_PROTOCOL_VIOLATION,
          N_ ("The login was broken off: {provider} answered with something else, or wants to be "
              "asked at an address that is not its own. Try again later."),
          NULL);
  else
    fail (self, OCG_ERROR_NETWORK,
          N_ ("{provider} cannot be reached. Check the network, and try again."), NULL);
}

static gboolean
on_timer (gpointer user_data)
{
  OcgLoginFlow *self = user_data;

  self->timer = 0;
  if (g_get_monotonic_time () < self->deadline)
    poll_now (self);
  else
    fail (self, OCG_ERROR_TIMEOUT,
          N_ ("The code was not entered in time. Start the login again."), NULL);
  return G_SOURCE_REMOVE;
}

/* Nothing is asked after the deadline. */
static void
wait_for (OcgLoginFlow *self, guint ms)
{
  gint64 left = (self->deadline - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND + 1;

  self->timer = g_timeout_add ((guint) CLAMP (left, 1, ms), on_timer, self);
}

/* The timer runs before anybody is told, since the flow may be freed then. */
static void
go_on (OcgLoginFlow *self, OcgLoginProgress progress)
{
  guint interval = MAX (self->interval_ms, self->code->floor_ms);

  if (progress == OCG_LOGIN_SLOWS)
    interval += SLOW_DOWN_MS;
  self->interval_ms = interval;
  if (progress == OCG_LOGIN_TRIES_ON)
    {
      guint before = self->backoff_ms > 0 ? self->backoff_ms : interval;

      self->backoff_ms = MAX (interval, MIN (before + before / 2, MAX_BACKOFF_MS));
      interval = self->backoff_ms;
    }
  else
    self->backoff_ms = 0;
  wait_for (self, interval);
  self->handlers->progress (self, progress, interval, self->user_data);
}

static void
take_token (OcgLoginFlow *self, OcgLoginAnswer *answer)
{
  OcgLoginToken *token = answer->token;

  token->region = g_strdup (self->plan->region);
  token->login = g_strdup (self->plan->id);
  token->endpoint = ocg_base_url_get_origin (
      ocg_login_post_get_url (self->plan, OCG_LOGIN_TOKEN_ENDPOINT, self->generation));
  end (self, token, answer->notification, NULL);
}

static void
take_answer (OcgLoginFlow *self, OcgLoginAnswer *answer)
{
  switch (answer->outcome)
    {
    case OCG_LOGIN_TOKEN:
      take_token (self, answer);
      return;
    case OCG_LOGIN_PENDING:
      go_on (self, OCG_LOGIN_WAITS);
      return;
    case OCG_LOGIN_SLOW_DOWN:
      go_on (self, OCG_LOGIN_SLOWS);
      return;
    case OCG_LOGIN_TROUBLE:
    case OCG_LOGIN_LIMITED:
      go_on (self, OCG_LOGIN_TRIES_ON);
      return;
    case OCG_LOGIN_DENIED:
      fail (self, OCG_ERROR_CREDENTIAL_REJECTED,
            N_ ("The login was denied on the page of {provider}."),
            g_steal_pointer (&answer->message));
      return;
    case OCG_LOGIN_EXPIRED:
      fail (self, OCG_ERROR_TIMEOUT,
            N_ ("The code counts no more. Start the login again, and enter the new one."),
            g_steal_pointer (&answer->message));
      return;
    case OCG_LOGIN_REFUSED:
      fail (self, OCG_ERROR_CREDENTIAL_REJECTED, N_ ("{provider} refused the login."),
            g_steal_pointer (&answer->message));
      return;
    case OCG_LOGIN_GARBLED:
      fail (self, OCG_ERROR_PROTOCOL_VIOLATION,
            N_ ("{provider} answered the login with something that is no token. Try again later."),
            NULL);
      return;
    }
}

static void
on_polled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OcgFetchReply) reply = ocg_login_post_finish (result, NULL, &error);
  g_autoptr (OcgLoginAnswer) answer = NULL;
  OcgLoginFlow *self = user_data;
  const char *secrets[3] = { NULL };

  /* The flow may be gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply != NULL)
    {
      secrets[0] = ocg_secret_peek (self->pkce->verifier);
      if (self->code->device_code != NULL)
        secrets[1] = ocg_secret_peek (self->code->device_code);
      answer = ocg_login_answer_parse (self->plan, reply->status, reply->text, reply->length, secrets,
                                       ocg_clock_now (self->clock));
      take_answer (self, answer);
    }
  else if (g_error_matches (error, OCG_ERROR, OCG_ERROR_PROTOCOL_VIOLATION)
           || g_error_matches (error, OCG_ERROR, OCG_ERROR_ACCESS_DENIED))
    fail_connection (self, error);
  else
    go_on (self, OCG_LOGIN_TRIES_ON);
}

static void
poll_now (OcgLoginFlow *self)
{
  g_autoptr (GBytes) form = ocg_login_form_for_poll (self->plan, self->code, self->pkce);
  const OcgLoginPost post
      = { .endpoint = OCG_LOGIN_TOKEN_ENDPOINT, .generation = self->generation };

  ocg_login_post_async (self->http, self->plan, &post, form, self->cancellable, on_polled, self);
}

static void
take_code (OcgLoginFlow *self, const OcgFetchReply *reply)
{
  OcgFailure *failure = NULL;

  self->code = ocg_login_code_parse (self->plan, reply->status, reply->text, reply->length,
                                     self->plan->state ? self->pkce->state : NULL,
                                     ocg_clock_now (self->clock), &failure);
  if (self->code == NULL)
    {
      end (self, NULL, NULL, failure);
      return;
    }
  self->interval_ms = self->code->interval_ms;
  self->deadline
      = g_get_monotonic_time () + (gint64) self->code->lifetime_ms * G_TIME_SPAN_MILLISECOND;
  wait_for (self, self->interval_ms);
  self->handlers->code (self, self->code, self->user_data);
}

static void
on_code (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgLoginFlow *self = user_data;
  g_autoptr (GError) error = NULL;
  OcgLoginGeneration generation = OCG_LOGIN_NEW;
  g_autoptr (OcgFetchReply) reply = ocg_login_post_finish (result, &generation, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply == NULL)
    {
      fail_connection (self, error);
      return;
    }
  /* Where one endpoint has moved only, the other one is where it was. */
  if (ocg_login_post_get_url (self->plan, OCG_LOGIN_TOKEN_ENDPOINT, generation) == NULL)
    generation = OCG_LOGIN_NEW;
  self->generation = generation;
  take_code (self, reply);
}

OcgLoginFlow *
ocg_login_flow_start (OcgHttp *http, OcgClock *clock, OcgLoginPlan *plan,
                      const OcgLoginHandlers *handlers, gpointer user_data)
{
  OcgLoginFlow *self = g_new0 (OcgLoginFlow, 1);
  g_autoptr (GBytes) form = NULL;
  const OcgLoginPost post = { .endpoint = OCG_LOGIN_CODE_ENDPOINT, .generation = OCG_LOGIN_ANY };

  self->http = http;
  self->clock = ocg_clock_ref (clock);
  self->plan = ocg_login_plan_ref (plan);
  self->handlers = handlers;
  self->user_data = user_data;
  self->pkce = ocg_pkce_new ();
  self->cancellable = g_cancellable_new ();
  form = ocg_login_form_for_code (plan, self->pkce);
  ocg_login_post_async (http, plan, &post, form, self->cancellable, on_code, self);
  return self;
}

void
ocg_login_flow_free (OcgLoginFlow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->code, ocg_login_code_free);
  ocg_pkce_free (self->pkce);
  g_object_unref (self->cancellable);
  ocg_login_plan_unref (self->plan);
  ocg_clock_unref (self->clock);
  g_free (self);
}
