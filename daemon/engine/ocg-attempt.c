/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-attempt.h"

#include <string.h>

#include "../wire/ocg-sse.h"
#include "ocg-diagnosis.h"

/* Milliseconds. A local server may have to load a model and read a long prompt before it says
 * anything, and an answer that is not streamed says nothing until it is complete. */
#define CONNECT_MS (15 * 1000)
#define HEADERS_MS (120 * 1000)
#define FIRST_EVENT_MS (120 * 1000)
#define IDLE_MS (120 * 1000)
#define PATIENT_MS (600 * 1000)
/* The rest of an error page: its status has told enough. */
#define ERROR_BODY_MS (5 * 1000)

/* Bytes of a body that is read whole. */
#define MAX_BODY_SIZE (64 * 1024 * 1024)
#define MAX_ERROR_SIZE (256 * 1024)

typedef struct
{
  guint connect;
  guint headers;
  guint first_event;
  guint idle;
} Limits;

struct _OcgAttempt
{
  OcgRequest *request;
  OcgModel *model;
  OcgCredentials *credentials;
  OcgHttp *http;
  OcgAttemptFunc done;
  gpointer user_data;

  GCancellable *cancellable; /* of the search for the credential */
  OcgCredential *credential;
  const OcgWire *wire;
  OcgDecoder *decoder;
  OcgHttpCall *call;
  OcgSse *sse;        /* (nullable) the answer is a stream of events */
  GByteArray *body;   /* (nullable) the answer is read whole */
  Limits limits;
  guint64 signs_of_life;
  gint64 alive_at;    /* monotonic, microseconds */
  guint idle_source;
  guint end_source;
  OcgFailure *failure; /* what the end will report */
  gboolean paused;
};

static Limits
choose_limits (OcgRequest *request, OcgModel *model)
{
  gboolean patient = model->provider->local || !request->chat->stream;
  guint given = request->options.idle_timeout_ms;
  guint provider_ms = model->provider->timeout_seconds * 1000;
  Limits limits = { CONNECT_MS, patient ? PATIENT_MS : HEADERS_MS,
                    patient ? PATIENT_MS : FIRST_EVENT_MS, patient ? PATIENT_MS : IDLE_MS };

  if (provider_ms > 0)
    limits.headers = limits.first_event = limits.idle = provider_ms;
  if (given > 0)
    limits.headers = limits.first_event = limits.idle = given;
  return limits;
}

static gboolean
on_end (gpointer user_data)
{
  OcgAttempt *self = user_data;
  g_autoptr (OcgFailure) failure = g_steal_pointer (&self->failure);

  self->end_source = 0;
  /* Frees this attempt. */
  self->done (failure, self->user_data);
  return G_SOURCE_REMOVE;
}

/* Takes @failure. The end is reported from the main loop, so that no caller of ours is surprised by
 * its own end. Only the first counts. */
static void
end (OcgAttempt *self, OcgFailure *failure)
{
  g_autoptr (OcgFailure) mine = failure;
  gboolean has_answer = self->sse != NULL || self->body != NULL;

  if (self->end_source != 0)
    return;
  if (mine != NULL && mine->http_status == 0 && has_answer)
    mine->http_status = ocg_http_call_get_status (self->call);
  g_clear_handle_id (&self->idle_source, g_source_remove);
  if (mine == NULL)
    g_clear_pointer (&self->call, ocg_http_call_release);
  else
    g_clear_pointer (&self->call, ocg_http_call_free);
  if (mine != NULL && mine->profile == NULL && self->credential != NULL)
    mine->profile = g_strdup (self->credential->profile);
  self->failure = g_steal_pointer (&mine);
  self->end_source = g_idle_add_full (G_PRIORITY_DEFAULT, on_end, self, NULL);
}

static OcgFailure *
diagnose_reply (OcgAttempt *self, OcgErrorReply *reply)
{
  ocg_error_reply_add_headers (reply, ocg_http_call_get_header, self->call,
                               g_get_real_time () / 1000);
  return ocg_diagnose_reply (reply, self->model, self->credential->profile,
                             self->credential->secret);
}

/* Ends the attempt when the decoder has come to an end. */
static gboolean
check_decoder (OcgAttempt *self)
{
  switch (self->decoder->state)
    {
    case OCG_DECODER_RUNNING:
      return TRUE;
    case OCG_DECODER_COMPLETE:
      end (self, NULL);
      return FALSE;
    case OCG_DECODER_ERROR:
      end (self, diagnose_reply (self, self->decoder->error));
      return FALSE;
    case OCG_DECODER_BROKEN:
      end (self, ocg_diagnose_protocol (self->decoder->problem, self->model));
      return FALSE;
    }
  return FALSE;
}

static void
on_decoded (const OcgEvent *event, gpointer user_data)
{
  OcgAttempt *self = user_data;

  ocg_request_take_event (self->request, event);
}

static gboolean
on_sse_event (const char *event, const char *data, gsize length, gpointer user_data)
{
  OcgAttempt *self = user_data;

  ocg_decoder_take_event (self->decoder, data, length);
  return self->decoder->state == OCG_DECODER_RUNNING && !self->request->ended;
}

static gboolean
is_success (OcgHttpCall *call)
{
  return ocg_http_call_get_status (call) / 100 == 2;
}

static void take_whole_body (OcgAttempt *self);
static void start_idle_timer (OcgAttempt *self, guint ms);

static gboolean
on_idle (gpointer user_data)
{
  OcgAttempt *self = user_data;
  gboolean first = self->signs_of_life == 0;
  guint limit = first ? self->limits.first_event : self->limits.idle;
  guint silent = (guint) ((g_get_monotonic_time () - self->alive_at) / 1000);

  self->idle_source = 0;
  /* Moving the alarm at every event would cost more than letting it ring early. */
  if (self->paused || silent < limit)
    start_idle_timer (self, self->paused ? limit : limit - silent);
  else if (!is_success (self->call))
    take_whole_body (self);
  else
    end (self, ocg_diagnose_silence (first ? OCG_SILENCE_FIRST_EVENT : OCG_SILENCE_IDLE, limit,
                                     self->model));
  return G_SOURCE_REMOVE;
}

static void
start_idle_timer (OcgAttempt *self, guint ms)
{
  self->idle_source = g_timeout_add (MAX (ms, 1), on_idle, self);
}

static void
note_life (OcgAttempt *self)
{
  guint64 signs = self->sse != NULL ? ocg_sse_get_signs_of_life (self->sse) : self->body->len;

  if (signs == self->signs_of_life)
    return;
  self->signs_of_life = signs;
  self->alive_at = g_get_monotonic_time ();
}

static void
on_headers (OcgHttpCall *call, gpointer user_data)
{
  OcgAttempt *self = user_data;
  const char *type = ocg_http_call_get_header ("content-type", call);

  self->call = call;
  if (is_success (call) && type != NULL
      && g_ascii_strncasecmp (type, "text/event-stream", strlen ("text/event-stream")) == 0)
    self->sse = ocg_sse_new (on_sse_event, self);
  else
    self->body = g_byte_array_new ();
  if (!is_success (call))
    self->limits.first_event = self->limits.idle = ERROR_BODY_MS;
  self->alive_at = g_get_monotonic_time ();
  start_idle_timer (self, self->limits.first_event);
}

static gboolean
on_bytes (OcgHttpCall *call, const char *bytes, gsize length, gpointer user_data)
{
  OcgAttempt *self = user_data;
  gsize limit = is_success (call) ? MAX_BODY_SIZE : MAX_ERROR_SIZE;

  if (self->sse == NULL)
    {
      if (self->body->len + length > limit && !is_success (call))
        {
          /* An error page without end: what has come tells enough. */
          take_whole_body (self);
          return FALSE;
        }
      if (self->body->len + length > limit)
        {
          end (self, ocg_diagnose_protocol ("the body is too large", self->model));
          return FALSE;
        }
      g_byte_array_append (self->body, (const guint8 *) bytes, (guint) length);
      note_life (self);
      return TRUE;
    }

  if (!ocg_sse_feed (self->sse, bytes, length))
    {
      end (self, ocg_diagnose_protocol ("an event of the stream is too large", self->model));
      return FALSE;
    }
  note_life (self);
  if (self->request->ended || !check_decoder (self))
    return FALSE;
  if (ocg_request_is_full (self->request))
    {
      self->paused = TRUE;
      ocg_http_call_pause (call);
      return FALSE;
    }
  return TRUE;
}

/* A profile chosen by hand belongs to one provider; a fallback to another has its own. */
static const char *
choose_profile (OcgRequest *request, OcgModel *model)
{
  g_autofree char *prefix = g_strconcat (model->provider->id, ":", NULL);
  const char *profile = request->options.profile;

  return profile != NULL && g_str_has_prefix (profile, prefix) ? profile : NULL;
}

/* Some servers stream without saying so. */
static gboolean
looks_like_events (GByteArray *body)
{
  static const char *const starts[] = { "event:", "data:", ":" };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (body->len > strlen (starts[i]) && memcmp (body->data, starts[i], strlen (starts[i])) == 0)
      return TRUE;
  return FALSE;
}

static void
take_whole_body (OcgAttempt *self)
{
  const char *bytes = self->body->data != NULL ? (const char *) self->body->data : "";
  g_autoptr (OcgErrorReply) reply = NULL;

  if (!is_success (self->call))
    {
      reply = ocg_error_reply_new (ocg_http_call_get_status (self->call), bytes, self->body->len);
      end (self, diagnose_reply (self, reply));
      return;
    }
  if (looks_like_events (self->body))
    {
      self->sse = ocg_sse_new (on_sse_event, self);
      ocg_sse_feed (self->sse, bytes, self->body->len);
    }
  else
    {
      ocg_decoder_take_body (self->decoder, bytes, self->body->len);
    }
  if (check_decoder (self))
    end (self, ocg_diagnose_truncated (self->model));
}

static void
on_http_end (OcgHttpCall *call, OcgHttpEnd http_end, const char *detail, gpointer user_data)
{
  OcgAttempt *self = user_data;
  gboolean has_body = self->sse != NULL || self->body != NULL;

  self->call = call;
  /* A refusal is worth reading even when its last bytes are missing. */
  if (self->body != NULL && (http_end == OCG_HTTP_COMPLETE || !is_success (call)))
    take_whole_body (self);
  else if (http_end == OCG_HTTP_COMPLETE || (has_body && http_end == OCG_HTTP_BROKEN))
    end (self, ocg_diagnose_truncated (self->model));
  else
    end (self, ocg_diagnose_http (http_end, detail, self->model));
}

/* MiniMax wants a bearer token wherever it is reached, and so do the subscription tokens of
 * Anthropic, which also have to be announced. */
static OcgAuthHeader
choose_auth_header (OcgAttempt *self, OcgWireRequest *wire_request)
{
  const char *key = self->credential->secret != NULL ? ocg_secret_peek (self->credential->secret)
                                                     : "";

  if (g_str_equal (ocg_model_get_family (self->model), "minimax"))
    return OCG_AUTH_BEARER;
  if (g_str_has_prefix (key, "sk-ant-oat"))
    {
      g_hash_table_replace (wire_request->headers, g_strdup ("anthropic-beta"),
                            g_strdup ("oauth-2025-04-20"));
      return OCG_AUTH_BEARER;
    }
  return self->model->provider->auth_header;
}

static void
send_request (OcgAttempt *self)
{
  static const OcgHttpHandlers handlers = { on_headers, on_bytes, on_http_end };
  g_autoptr (OcgWireRequest) wire_request
      = ocg_wire_build (self->wire, self->model, self->request->chat);

  self->decoder = ocg_decoder_new (self->wire, self->model, on_decoded, self);
  self->call = ocg_http_start (self->http, wire_request, choose_auth_header (self, wire_request),
                               self->credential->secret, self->limits.connect,
                               self->limits.headers, &handlers, self);
}

static void
fail_credential (OcgAttempt *self, const GError *error)
{
  g_autofree char *bound_origin = NULL;

  if (g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED))
    bound_origin = ocg_credentials_find_other_origin (
        self->credentials, self->model->provider, choose_profile (self->request, self->model));
  if (choose_profile (self->request, self->model) != NULL
      && g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING))
    end (self, ocg_diagnose_missing_profile (self->request->options.profile, self->model));
  else
    end (self, ocg_diagnose_credential (error, self->model, bound_origin));
}

static void
on_credential (GObject *credentials, GAsyncResult *result, gpointer user_data)
{
  OcgAttempt *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OcgCredential) credential
      = ocg_credentials_get_finish (OCG_CREDENTIALS (credentials), result, &error);

  /* After free() the attempt is gone; its cancellable tells. */
  if (g_error_matches (error, OCG_ERROR, OCG_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (credential == NULL)
    {
      fail_credential (self, error);
      return;
    }
  self->credential = g_steal_pointer (&credential);
  g_free (self->request->profile);
  self->request->profile = g_strdup (self->credential->profile);
  send_request (self);
}

OcgAttempt *
ocg_attempt_start (OcgRequest *request, OcgModel *model, OcgCredentials *credentials,
                   OcgHttp *http, OcgAttemptFunc done, gpointer user_data)
{
  OcgAttempt *self = g_new0 (OcgAttempt, 1);

  self->request = ocg_request_ref (request);
  self->model = ocg_model_ref (model);
  self->credentials = g_object_ref (credentials);
  self->http = http;
  self->done = done;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->limits = choose_limits (request, model);
  self->wire = ocg_wire_find (model->api);

  if (self->wire == NULL)
    end (self, ocg_diagnose_unsupported (model));
  else
    ocg_credentials_get_async (credentials, model->provider, choose_profile (request, model),
                               self->cancellable, on_credential, self);
  return self;
}

void
ocg_attempt_free (OcgAttempt *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->idle_source, g_source_remove);
  g_clear_handle_id (&self->end_source, g_source_remove);
  g_clear_pointer (&self->call, ocg_http_call_free);
  g_clear_pointer (&self->sse, ocg_sse_free);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_pointer (&self->decoder, ocg_decoder_free);
  g_clear_pointer (&self->credential, ocg_credential_free);
  g_clear_pointer (&self->failure, ocg_failure_unref);
  g_object_unref (self->cancellable);
  g_object_unref (self->credentials);
  ocg_model_unref (self->model);
  ocg_request_unref (self->request);
  g_free (self);
}

void
ocg_attempt_resume (OcgAttempt *self)
{
  if (!self->paused || self->call == NULL)
    return;
  self->paused = FALSE;
  self->alive_at = g_get_monotonic_time ();
  ocg_http_call_resume (self->call);
}
