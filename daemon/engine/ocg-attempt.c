/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-attempt.h"

#include "../wire/ocg-classify.h"
#include "ocg-answer.h"
#include "ocg-diagnosis.h"
#include "ocg-key-header.h"

/* Milliseconds. A local server may have to load a model and read a long prompt before it says
 * anything, and an answer that is not streamed says nothing until it is complete. */
#define CONNECT_MS (15 * 1000)
#define HEADERS_MS (120 * 1000)
#define FIRST_EVENT_MS (120 * 1000)
#define IDLE_MS (120 * 1000)
#define PATIENT_MS (600 * 1000)
/* The rest of an error page: its status has told enough. */
#define ERROR_BODY_MS (5 * 1000)
/* What may still come once an answer has said why it ends: how many tokens it took. */
#define LAST_WORDS_MS (3 * 1000)

/* How often a request is said otherwise after a server has refused it. */
#define MAX_MENDS 2

/* Bytes of a prompt that make a token, at most. */
#define BYTES_PER_TOKEN 4

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
  OcgHttpCall *call;
  OcgAnswer *answer; /* (nullable) once the request has been sent */
  OcgMends mends;    /* what the server has refused */
  guint n_mends;
  gboolean was_renewed; /* the credential, after the server had refused it */
  OcgFailure *refusal;  /* (nullable) what it said then */
  GBytes *body; /* (nullable) of the request that was sent */
  Limits limits;
  guint64 signs_of_life;
  gint64 alive_at;    /* monotonic, microseconds */
  guint idle_source;
  guint end_source;
  OcgFailure *failure; /* what the end will report */
  gboolean paused;
  gboolean in_last_words; /* the idle timer has been set for them */
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

/* The headers are read while the call is there. */
static void
note_answer (OcgAttempt *self, OcgFailure *failure)
{
  const OcgAnswerNote note = { self->model,
                               self->credential->profile,
                               ocg_http_call_get_status (self->call),
                               failure,
                               ocg_http_call_get_header,
                               self->call };

  if (self->request->note_answer != NULL)
    self->request->note_answer (&note, self->request->note_data);
}

/* Takes @failure. The end is reported from the main loop, so that no caller of ours is surprised by
 * its own end. Only the first counts. */
static void
end (OcgAttempt *self, OcgFailure *failure)
{
  g_autoptr (OcgFailure) mine = failure;
  gboolean has_answer = self->answer != NULL && self->answer->has_begun;

  if (self->end_source != 0)
    return;
  /* What is held back belongs to the part of the answer that has come. */
  if (mine != NULL && self->answer != NULL)
    ocg_decoder_finish (self->answer->decoder);
  if (mine != NULL && mine->http_status == 0 && has_answer)
    mine->http_status = ocg_http_call_get_status (self->call);
  if (has_answer)
    note_answer (self, mine);
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

static OcgFailure *
diagnose_empty (OcgAttempt *self)
{
  if (self->answer->decoder->has_content)
    return ocg_diagnose_thoughts_only (self->model);
  return ocg_diagnose_empty (self->model, self->answer->decoder->stop == OCG_STOP_LENGTH,
                             g_bytes_get_size (self->body) / BYTES_PER_TOKEN);
}

static gboolean try_renew (OcgAttempt *self, OcgErrorReply *reply);

/* Ends the attempt when the decoder has come to an end. */
static gboolean
check_decoder (OcgAttempt *self)
{
  OcgDecoder *decoder = self->answer->decoder;

  switch (decoder->state)
    {
    case OCG_DECODER_RUNNING:
      return TRUE;
    case OCG_DECODER_COMPLETE:
      end (self, ocg_answer_is_suspicious (self->answer) ? diagnose_empty (self) : NULL);
      return FALSE;
    case OCG_DECODER_ERROR:
      if (decoder->has_content || !try_renew (self, decoder->error))
        end (self, diagnose_reply (self, decoder->error));
      return FALSE;
    case OCG_DECODER_BROKEN:
      end (self, decoder->is_empty_body ? diagnose_empty (self)
                                        : ocg_diagnose_protocol (decoder->problem, self->model));
      return FALSE;
    }
  return FALSE;
}

/* A local server that ends what it has never begun has no room for the conversation. */
static gboolean
is_out_of_room (OcgAttempt *self, gboolean is_cut)
{
  OcgDecoder *decoder = self->answer->decoder;

  return self->model->provider->local && !decoder->has_content
         && ((self->signs_of_life == 0 && self->model->loaded_context > 0 && !is_cut)
             || decoder->has_done);
}

/* The answer is at an end; where that was not its own end, it was cut off. @is_cut: the connection
 * broke. */
static void
conclude (OcgAttempt *self, gboolean is_cut)
{
  if (is_cut)
    ocg_decoder_finish (self->answer->decoder);
  else
    ocg_answer_finish (self->answer);
  if (!check_decoder (self))
    return;
  end (self, is_out_of_room (self, is_cut) ? diagnose_empty (self)
                                           : ocg_diagnose_truncated (self->model));
}

static void
on_decoded (const OcgEvent *event, gpointer user_data)
{
  OcgAttempt *self = user_data;

  ocg_request_take_event (self->request, event);
}

static void take_refusal (OcgAttempt *self);
static void send_request (OcgAttempt *self);
static void start_idle_timer (OcgAttempt *self, guint ms);

static gboolean
on_idle (gpointer user_data)
{
  OcgAttempt *self = user_data;
  gboolean first = self->signs_of_life == 0;
  guint limit = self->in_last_words ? LAST_WORDS_MS
                : first             ? self->limits.first_event
                                    : self->limits.idle;
  guint silent = (guint) ((g_get_monotonic_time () - self->alive_at) / 1000);

  self->idle_source = 0;
  /* Moving the alarm at every event would cost more than letting it ring early. */
  if (self->paused || silent < limit)
    start_idle_timer (self, self->paused ? limit : limit - silent);
  else if (!self->answer->is_success)
    take_refusal (self);
  else if (self->in_last_words)
    conclude (self, FALSE);
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
  guint64 signs = ocg_answer_get_signs_of_life (self->answer);

  if (signs == self->signs_of_life)
    return;
  self->signs_of_life = signs;
  /* The last words have a time of their own, whatever else keeps coming. */
  if (self->in_last_words)
    return;
  self->alive_at = g_get_monotonic_time ();
  if (!self->answer->decoder->may_end)
    return;
  self->in_last_words = TRUE;
  g_clear_handle_id (&self->idle_source, g_source_remove);
  start_idle_timer (self, LAST_WORDS_MS);
}

static void
on_headers (OcgHttpCall *call, gpointer user_data)
{
  OcgAttempt *self = user_data;

  self->call = call;
  ocg_answer_begin (self->answer, ocg_http_call_get_status (call) / 100 == 2,
                    ocg_http_call_get_header ("content-type", call));
  if (!self->answer->is_success)
    self->limits.first_event = self->limits.idle = ERROR_BODY_MS;
  self->alive_at = g_get_monotonic_time ();
  start_idle_timer (self, self->limits.first_event);
}

static gboolean
on_bytes (OcgHttpCall *call, const char *bytes, gsize length, gpointer user_data)
{
  OcgAttempt *self = user_data;

  if (!ocg_answer_feed (self->answer, bytes, length))
    {
      if (!self->answer->is_success)
        take_refusal (self);
      else
        check_decoder (self);
      return FALSE;
    }
  note_life (self);
  if (self->request->ended)
    return FALSE;
  if (ocg_request_is_full (self->request))
    {
      self->paused = TRUE;
      ocg_http_call_pause (call);
      return FALSE;
    }
  return TRUE;
}

/* What @mends make of the request, if that is another request. */
static gboolean
changes_request (OcgAttempt *self, OcgMends mends)
{
  g_autoptr (OcgWireRequest) request
      = ocg_wire_build_mended (self->wire, self->model, self->request->chat, mends);

  return !g_bytes_equal (request->body, self->body);
}

/* Sends the request again, said otherwise, when that may help. */
static gboolean
try_mend (OcgAttempt *self, const OcgErrorReply *reply)
{
  OcgMends mend = self->n_mends < MAX_MENDS ? ocg_mend_find (reply, self->mends) : 0;

  if (mend == 0 || !changes_request (self, self->mends | mend))
    return FALSE;
  g_debug ("%s: refused, trying without 0x%x", self->model->ref, mend);
  self->mends |= mend;
  self->n_mends++;
  g_clear_handle_id (&self->idle_source, g_source_remove);
  g_clear_pointer (&self->call, ocg_http_call_free);
  send_request (self);
  return TRUE;
}

static void
take_refusal (OcgAttempt *self)
{
  g_autoptr (OcgErrorReply) reply
      = ocg_answer_read_refusal (self->answer, ocg_http_call_get_status (self->call));

  if (!try_renew (self, reply) && !try_mend (self, reply))
    end (self, diagnose_reply (self, reply));
}

static void
on_http_end (OcgHttpCall *call, OcgHttpEnd http_end, const char *detail, gpointer user_data)
{
  OcgAttempt *self = user_data;

  self->call = call;
  /* A refusal is worth reading even when its last bytes are missing. */
  if (self->answer->has_begun && !self->answer->is_success)
    take_refusal (self);
  else if (self->answer->has_begun
           && (http_end == OCG_HTTP_COMPLETE || http_end == OCG_HTTP_BROKEN))
    conclude (self, http_end == OCG_HTTP_BROKEN);
  else
    end (self, ocg_diagnose_http (http_end, detail, self->model));
}

/* Nothing is sent. A key that is missing or locked is no failure: there is no credential then. */
static void
show_request (OcgAttempt *self)
{
  OcgCredential *credential = self->credential;
  OcgFailure *failure = NULL;
  OcgRequest *request = self->request;
  const char *chosen = ocg_request_get_chosen_profile (request);

  g_free (request->profile);
  request->profile = credential != NULL ? g_strdup (credential->profile)
                     : chosen != NULL   ? g_strdup (chosen)
                                        : ocg_credentials_peek (self->credentials,
                                                                self->model->provider);
  request->dry_run = ocg_dry_run_new (self->wire, self->model, request->chat,
                                      credential != NULL ? credential->secret : NULL, &failure);
  end (self, failure);
}

static void
send_request (OcgAttempt *self)
{
  static const OcgHttpHandlers handlers = { on_headers, on_bytes, on_http_end };
  g_autoptr (OcgWireRequest) wire_request
      = ocg_wire_build_mended (self->wire, self->model, self->request->chat, self->mends);

  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->answer, ocg_answer_free);
  self->body = g_bytes_ref (wire_request->body);
  self->limits = choose_limits (self->request, self->model);
  self->signs_of_life = 0;
  self->paused = self->in_last_words = FALSE;
  self->answer
      = ocg_answer_new (self->wire, self->model, self->request->chat, on_decoded, self);
  self->call = ocg_http_start (
      self->http, wire_request,
      ocg_key_header_choose (wire_request, self->model, self->credential->secret),
      self->credential->secret, self->limits.connect, self->limits.headers, &handlers, self);
}

/* Takes @credential. The request goes to the server of its region. */
static void
take_credential (OcgAttempt *self, OcgCredential *credential)
{
  OcgModel *model = self->model;

  g_clear_pointer (&self->credential, ocg_credential_free);
  self->credential = credential;
  if (credential->provider == model->provider)
    return;
  self->model = ocg_model_new_at (credential->provider, model);
  ocg_model_unref (model);
}

/* Of a login that can no longer be used; NULL: it is something else. */
static OcgFailure *
diagnose_login (OcgAttempt *self, const GError *error, const char *profile)
{
  OcgProvider *provider = self->model->provider;
  g_autofree char *endpoint = NULL;
  g_autofree char *ended = NULL;
  gboolean is_login = TRUE;

  if (g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_EXPIRED))
    {
      ended = ocg_credentials_find_ended (self->credentials, provider, profile, &is_login);
      return ocg_diagnose_ended (ended != NULL ? ended : profile, is_login, self->model);
    }
  if (g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED))
    endpoint = ocg_credentials_find_other_endpoint (self->credentials, provider, profile);
  return endpoint != NULL ? ocg_diagnose_endpoint (endpoint, self->model) : NULL;
}

static void
fail_credential (OcgAttempt *self, const GError *error)
{
  const char *profile = self->credential != NULL ? self->credential->profile
                                                 : ocg_request_get_chosen_profile (self->request);
  OcgFailure *login = diagnose_login (self, error, profile);
  g_autofree char *bound_origin = NULL;

  if (login != NULL)
    {
      end (self, login);
      return;
    }
  if (g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED))
    bound_origin = ocg_credentials_find_other_origin (self->credentials, self->model->provider,
                                                      profile);
  if (ocg_request_get_chosen_profile (self->request) != NULL
      && g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING))
    end (self, ocg_diagnose_missing_profile (self->request->options.profile, self->model));
  else
    end (self, ocg_diagnose_credential (error, self->model, bound_origin,
                                        ocg_credentials_find_disabled_plugin (
                                            self->credentials, self->model->provider)));
}

static void
on_renewed (GObject *credentials, GAsyncResult *result, gpointer user_data)
{
  OcgAttempt *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OcgCredential) credential
      = ocg_credentials_get_finish (OCG_CREDENTIALS (credentials), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (credential != NULL)
    {
      take_credential (self, g_steal_pointer (&credential));
      send_request (self);
    }
  else if (g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED))
    end (self, g_steal_pointer (&self->refusal));
  else
    fail_credential (self, error);
}

/* An access token may end before its time: then the login gives another one. Once. */
static gboolean
try_renew (OcgAttempt *self, OcgErrorReply *reply)
{
  if (self->was_renewed || !self->credential->renewable
      || ocg_classify (reply, ocg_model_get_family (self->model)) != OCG_CLASS_AUTH)
    return FALSE;
  self->was_renewed = TRUE;
  self->refusal = diagnose_reply (self, reply);
  g_clear_handle_id (&self->idle_source, g_source_remove);
  g_clear_pointer (&self->call, ocg_http_call_free);
  g_clear_pointer (&self->answer, ocg_answer_free);
  ocg_credentials_refresh_async (self->credentials, self->model->provider, self->credential,
                                 self->cancellable, on_renewed, self);
  return TRUE;
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
  if (self->request->options.dry_run
      && !g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED))
    {
      if (credential != NULL)
        take_credential (self, g_steal_pointer (&credential));
      show_request (self);
      return;
    }
  if (credential == NULL)
    {
      fail_credential (self, error);
      return;
    }
  take_credential (self, g_steal_pointer (&credential));
  g_free (self->request->profile);
  self->request->profile = g_strdup (self->credential->profile);
  send_request (self);
}

/* @again: (nullable) the profile of the attempt before, when it is to be used once more */
static void
get_credential (OcgAttempt *self, const char *again, GPtrArray *tried)
{
  OcgProvider *provider = self->model->provider;
  const char *profile = ocg_request_get_chosen_profile (self->request);

  if (profile == NULL)
    profile = again;
  if (self->request->options.dry_run)
    ocg_credentials_get_stored_async (self->credentials, provider, profile, self->cancellable,
                                      on_credential, self);
  else if (profile != NULL)
    ocg_credentials_get_async (self->credentials, provider, profile, self->cancellable,
                               on_credential, self);
  else
    ocg_credentials_get_for_async (self->credentials, provider, self->model->id, tried,
                                   self->cancellable, on_credential, self);
}

OcgAttempt *
ocg_attempt_start (OcgRequest *request, const char *again, GPtrArray *tried,
                   OcgCredentials *credentials, OcgHttp *http, OcgAttemptFunc done,
                   gpointer user_data)
{
  OcgAttempt *self = g_new0 (OcgAttempt, 1);
  OcgModel *model = request->model;

  self->request = ocg_request_ref (request);
  self->model = ocg_model_ref (model);
  self->credentials = g_object_ref (credentials);
  self->http = http;
  self->done = done;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->wire = ocg_wire_find (model->api);

  if (self->wire == NULL)
    end (self, ocg_diagnose_unsupported (model));
  else
    get_credential (self, again, tried);
  return self;
}

void
ocg_attempt_free (OcgAttempt *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->idle_source, g_source_remove);
  g_clear_handle_id (&self->end_source, g_source_remove);
  g_clear_pointer (&self->call, ocg_http_call_free);
  g_clear_pointer (&self->answer, ocg_answer_free);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->credential, ocg_credential_free);
  g_clear_pointer (&self->failure, ocg_failure_unref);
  g_clear_pointer (&self->refusal, ocg_failure_unref);
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
