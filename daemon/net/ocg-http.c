/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-http.h"

#include "../catalog/ocg-base-url.h"
#include "ocg-http-headers.h"

/* Bytes read at once, and how many times before other sources get their turn. */
#define READ_SIZE 32768
#define READS_PER_TURN 8

/* After the last event of an answer only the end of the body is missing. */
#define RELEASE_MS 2000
#define RELEASE_BYTES 16384

/* Which resolver GIO uses, and the one that knows no proxy. */
#define RESOLVER_VARIABLE "GIO_USE_PROXY_RESOLVER"
#define NO_RESOLVER "dummy"

struct _OcgHttp
{
  SoupSession *session;
  SoupSession *direct; /* for servers on this machine, which no proxy leads to */
};

struct _OcgHttpCall
{
  int ref_count;
  SoupSession *session;
  const OcgHttpHandlers *handlers;
  gpointer user_data;
  SoupMessage *message;
  GBytes *body; /* (nullable) */
  GCancellable *cancellable;
  GInputStream *stream; /* (nullable) until the headers are there */
  GSource *source;      /* (nullable) waits for bytes */
  gboolean waits_for_socket; /* the source does, and for nothing else */
  guint timer;
  guint headers_ms;
  gboolean paused;
  gboolean fresh;   /* the connection was made for this call */
  gboolean started; /* the connection stood */
  gboolean retried;
  gboolean timed_out;
  gboolean at_end;  /* the body was read whole */
  gboolean freed; /* no callback any more */
  gsize left_over; /* bytes that came after the answer */
};

/* GLib's resolver for GNOME reads the desktop's settings, and ends the process when their schema is
 * not installed. */
static gboolean
has_desktop_proxy_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema
      = source != NULL ? g_settings_schema_source_lookup (source, "org.gnome.system.proxy", TRUE)
                       : NULL;

  return schema != NULL;
}

void
ocg_http_prepare_process (void)
{
  /* Over HTTP/2 libsoup reopens windows as bytes arrive, so that a stream which nobody reads fills
   * our memory. */
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
  if (!has_desktop_proxy_settings ())
    g_setenv (RESOLVER_VARIABLE, NO_RESOLVER, TRUE);
}

/* Where the desktop has no settings for proxies: those that the environment names. */
static GProxyResolver *
new_proxy_resolver (void)
{
  static const char *const schemes[] = { "http", "https" };
  const char *no_proxy = g_getenv ("no_proxy");
  g_auto (GStrv) ignored = g_strsplit (no_proxy != NULL ? no_proxy : "localhost,127.0.0.0/8,::1",
                                       ",", -1);
  GProxyResolver *resolver;

  resolver = g_simple_proxy_resolver_new (g_getenv ("all_proxy"), ignored);
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      g_autofree char *name = g_strconcat (schemes[i], "_proxy", NULL);
      const char *proxy = g_getenv (name);

      if (proxy != NULL && *proxy != '\0')
        g_simple_proxy_resolver_set_uri_proxy (G_SIMPLE_PROXY_RESOLVER (resolver), schemes[i],
                                               proxy);
    }
  return resolver;
}

static SoupSession *
new_session (void)
{
  SoupSession *session = soup_session_new_with_options (
      "max-conns", OCG_HTTP_MAX_CONNECTIONS, "max-conns-per-host", OCG_HTTP_MAX_CONNECTIONS,
      "timeout", 0, NULL);

  if (!soup_session_has_feature (session, SOUP_TYPE_CONTENT_DECODER))
    soup_session_add_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  return session;
}

OcgHttp *
ocg_http_new (void)
{
  OcgHttp *self = g_new0 (OcgHttp, 1);

  self->session = new_session ();
  /* Looking for a proxy takes a thread, libraries and their memory. */
  self->direct = new_session ();
  soup_session_set_proxy_resolver (self->direct, NULL);
  if (g_strcmp0 (g_getenv (RESOLVER_VARIABLE), NO_RESOLVER) == 0)
    {
      g_autoptr (GProxyResolver) resolver = new_proxy_resolver ();

      soup_session_set_proxy_resolver (self->session, resolver);
    }
  return self;
}

void
ocg_http_free (OcgHttp *self)
{
  soup_session_abort (self->session);
  soup_session_abort (self->direct);
  g_object_unref (self->session);
  g_object_unref (self->direct);
  g_free (self);
}

static void
call_unref (OcgHttpCall *self)
{
  if (--self->ref_count > 0)
    return;
  g_clear_object (&self->stream);
  g_object_unref (self->session);
  g_object_unref (self->message);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_object_unref (self->cancellable);
  g_free (self);
}

static void
stop_timer (OcgHttpCall *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
}

static void
stop_reading (OcgHttpCall *self)
{
  if (self->source == NULL)
    return;
  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static void
finish (OcgHttpCall *self, OcgHttpEnd end, const char *detail)
{
  stop_timer (self);
  stop_reading (self);
  if (!self->freed)
    self->handlers->end (self, end, detail, self->user_data);
}

static void
finish_with_error (OcgHttpCall *self, const GError *error)
{
  OcgHttpEnd end = self->started ? OCG_HTTP_BROKEN : OCG_HTTP_NETWORK;

  if (self->timed_out || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    end = OCG_HTTP_TIMEOUT;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES))
    end = OCG_HTTP_NO_ROOM;
  else if (error->domain == G_TLS_ERROR && error->code != G_TLS_ERROR_EOF)
    end = OCG_HTTP_TLS;
  finish (self, end, error->message);
}

static void
finish_whole (OcgHttpCall *self)
{
  self->at_end = TRUE;
  finish (self, OCG_HTTP_COMPLETE, NULL);
}

static gboolean read_some (GObject *stream, gpointer user_data);

static void
attach_source (OcgHttpCall *self)
{
  self->source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (self->stream),
                                                        self->cancellable);
  g_source_set_callback (self->source, G_SOURCE_FUNC (read_some), self, NULL);
  g_source_attach (self->source, NULL);
}

/* A source that libsoup makes while bytes are left from the headers has a timer in it that rings for
 * ever. Once they have been read, a new one waits for the socket alone. */
static void
wait_for_socket (OcgHttpCall *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  self->waits_for_socket = TRUE;
  attach_source (self);
}

/* Reads what is there. Non-blocking reads until there is nothing left cost far less than an
 * asynchronous read each, but a fast server must not starve everybody else. */
static gboolean
read_some (GObject *stream, gpointer user_data)
{
  OcgHttpCall *self = user_data;
  GPollableInputStream *pollable = G_POLLABLE_INPUT_STREAM (stream);
  gboolean keep = TRUE;

  self->ref_count++;
  g_source_set_ready_time (self->source, -1);
  for (guint turn = 0; keep && turn < READS_PER_TURN; turn++)
    {
      g_autoptr (GError) error = NULL;
      char buffer[READ_SIZE];
      gssize got = g_pollable_input_stream_read_nonblocking (pollable, buffer, sizeof buffer,
                                                             self->cancellable, &error);

      if (got > 0)
        keep = self->handlers->bytes (self, buffer, (gsize) got, self->user_data)
               && !self->freed && !self->paused;
      else if (got == 0)
        finish_whole (self);
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        finish_with_error (self, error);
      else if (!self->waits_for_socket)
        wait_for_socket (self);
      if (got <= 0)
        keep = FALSE;
    }
  /* Bytes may be left in a buffer above the socket, which then never becomes readable for them. */
  if (keep && self->source != NULL)
    g_source_set_ready_time (self->source, 0);
  keep = self->source != NULL;
  call_unref (self);
  return keep ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
start_reading (OcgHttpCall *self)
{
  self->waits_for_socket = FALSE;
  attach_source (self);
  g_source_set_ready_time (self->source, 0);
}

/* A server may close a kept connection just as we write to it; that says nothing about the server. */
static gboolean
is_stale_connection (OcgHttpCall *self, const GError *error)
{
  return !self->fresh && !self->retried && !self->timed_out && error->domain == G_IO_ERROR
         && error->code != G_IO_ERROR_CANCELLED;
}

static void sent (GObject *session, GAsyncResult *result, gpointer user_data);

/* Each sending takes the body anew: the one before has read its stream. */
static void
send_message (OcgHttpCall *self)
{
  const char *told = soup_message_headers_get_one (
      soup_message_get_request_headers (self->message), "content-type");
  g_autofree char *type = g_strdup (told != NULL ? told : "application/json");

  if (self->body != NULL)
    soup_message_set_request_body_from_bytes (self->message, type, self->body);
  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT, self->cancellable,
                           sent, self);
}

static void
sent (GObject *session, GAsyncResult *result, gpointer user_data)
{
  OcgHttpCall *self = user_data;
  g_autoptr (GError) error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (session), result, &error);
  stop_timer (self);
  if (self->freed)
    {
      call_unref (self);
      return;
    }
  if (self->stream == NULL && is_stale_connection (self, error))
    {
      self->retried = TRUE;
      soup_message_add_flags (self->message, SOUP_MESSAGE_NEW_CONNECTION);
      send_message (self);
      return;
    }
  if (self->stream == NULL)
    {
      finish_with_error (self, error);
    }
  else
    {
      self->handlers->headers (self, self->user_data);
      if (!self->freed && !self->paused)
        start_reading (self);
    }
  call_unref (self);
}

static gboolean
on_timeout (gpointer user_data)
{
  OcgHttpCall *self = user_data;

  self->timer = 0;
  self->timed_out = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
start_timer (OcgHttpCall *self, guint ms)
{
  stop_timer (self);
  if (ms > 0)
    self->timer = g_timeout_add (ms, on_timeout, self);
}

/* The connection stands and the request is about to be written: the wait for headers begins. */
static void
on_starting (SoupMessage *message, gpointer user_data)
{
  OcgHttpCall *self = user_data;

  self->started = TRUE;
  if (!self->freed)
    start_timer (self, self->headers_ms);
}

/* Only a connection that is being made has events; a kept one has none. */
static void
on_network_event (SoupMessage *message, GSocketClientEvent event, GIOStream *connection,
                  gpointer user_data)
{
  OcgHttpCall *self = user_data;

  self->fresh = TRUE;
}

OcgHttpCall *
ocg_http_start (OcgHttp *self, OcgWireRequest *request, OcgAuthHeader auth_header,
                OcgSecret *secret, guint connect_ms, guint headers_ms,
                const OcgHttpHandlers *handlers, gpointer user_data)
{
  const char *method = request->body != NULL ? SOUP_METHOD_POST : SOUP_METHOD_GET;
  g_autoptr (SoupMessage) message = soup_message_new (method, request->url);
  OcgHttpCall *call;

  /* Base URLs are checked when the catalogue is made. */
  g_return_val_if_fail (message != NULL, NULL);

  call = g_new0 (OcgHttpCall, 1);
  call->ref_count = 2; /* the caller and the send operation */
  call->handlers = handlers;
  call->user_data = user_data;
  call->session = g_object_ref (ocg_base_url_is_loopback (request->url) ? self->direct
                                                                        : self->session);
  call->message = g_steal_pointer (&message);
  call->body = request->body != NULL ? g_bytes_ref (request->body) : NULL;
  call->cancellable = g_cancellable_new ();
  call->headers_ms = headers_ms;

  /* Without "idempotent" libsoup makes a connection for each POST, a TLS handshake each time. */
  soup_message_add_flags (call->message,
                          SOUP_MESSAGE_NO_REDIRECT
                              | (request->once ? SOUP_MESSAGE_NEW_CONNECTION
                                               : SOUP_MESSAGE_IDEMPOTENT));
  call->retried = request->once;
  soup_message_disable_feature (call->message, SOUP_TYPE_AUTH_MANAGER);
  ocg_http_headers_fill (soup_message_get_request_headers (call->message), request, auth_header,
                         secret);
  g_signal_connect (call->message, "starting", G_CALLBACK (on_starting), call);
  g_signal_connect (call->message, "network-event", G_CALLBACK (on_network_event), call);
  start_timer (call, connect_ms);
  send_message (call);
  return call;
}

guint
ocg_http_call_get_status (OcgHttpCall *self)
{
  return soup_message_get_status (self->message);
}

const char *
ocg_http_call_get_header (const char *name, gpointer call)
{
  OcgHttpCall *self = call;

  return soup_message_headers_get_one (soup_message_get_response_headers (self->message), name);
}

GHashTable *
ocg_http_call_dup_headers (OcgHttpCall *self)
{
  GHashTable *headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  soup_message_headers_iter_init (&iter, soup_message_get_response_headers (self->message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_hash_table_replace (headers, g_ascii_strdown (name, -1), g_strdup (value));
  return headers;
}

void
ocg_http_call_pause (OcgHttpCall *self)
{
  self->paused = TRUE;
  stop_reading (self);
}

void
ocg_http_call_resume (OcgHttpCall *self)
{
  if (!self->paused)
    return;
  self->paused = FALSE;
  if (self->stream != NULL && !self->freed)
    start_reading (self);
}

void
ocg_http_call_free (OcgHttpCall *self)
{
  self->freed = TRUE;
  stop_timer (self);
  stop_reading (self);
  g_signal_handlers_disconnect_by_data (self->message, self);
  /* Cancelling closes the connection, whatever state it is in; closing the stream of a body that was
   * read whole keeps it for the next call. */
  if (!self->at_end)
    g_cancellable_cancel (self->cancellable);
  if (self->stream != NULL)
    g_input_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  call_unref (self);
}

static gboolean
release_bytes (OcgHttpCall *call, const char *bytes, gsize length, gpointer user_data)
{
  call->left_over += length;
  if (call->left_over <= RELEASE_BYTES)
    return TRUE;
  ocg_http_call_free (call);
  return FALSE;
}

static void
release_end (OcgHttpCall *call, OcgHttpEnd end, const char *detail, gpointer user_data)
{
  ocg_http_call_free (call);
}

static gboolean
release_timeout (gpointer user_data)
{
  OcgHttpCall *self = user_data;

  self->timer = 0;
  ocg_http_call_free (self);
  return G_SOURCE_REMOVE;
}

void
ocg_http_call_release (OcgHttpCall *self)
{
  static const OcgHttpHandlers handlers = { NULL, release_bytes, release_end };

  if (self->source == NULL && !self->paused)
    {
      ocg_http_call_free (self);
      return;
    }
  self->handlers = &handlers;
  stop_timer (self);
  self->timer = g_timeout_add (RELEASE_MS, release_timeout, self);
  ocg_http_call_resume (self);
}
