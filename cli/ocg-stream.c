/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-stream.h"

#include "ocg-error.h"
#include "ocg-names.h"

#include <gio/gunixfdlist.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>

#define BATCH_SIZE (64 * 1024)
#define CANCEL_PATIENCE_MS 2000

typedef struct
{
  const OcgStreamCall *call;
  OcgClient *client;
  GMainLoop *loop;
  GCancellable *cancellable;
  char *request; /* object path; NULL until Stream() has replied */
  GInputStream *events;
  char *batch;      /* BATCH_SIZE bytes */
  GString *pending; /* the beginning of a line whose end is not there yet */
  guint patience;  /* source id */
  guint in_flight; /* callbacks that still hold this */
  gboolean cancelled;
  gboolean ended; /* the last line is there */
  gboolean finished;
  GError *error;
} Stream;

static void read_batch (Stream *self);

/* Ends the loop; the first ending counts. Takes @error (nullable). */
static void
finish (Stream *self, GError *error)
{
  if (self->finished)
    g_clear_error (&error);
  else
    self->error = error;
  self->finished = TRUE;
  g_main_loop_quit (self->loop);
}

static void
finish_cancelled (Stream *self)
{
  finish (self, g_error_new_literal (OCG_ERROR, OCG_ERROR_CANCELLED, _ ("Cancelled.")));
}

static gboolean
on_patience_over (gpointer user_data)
{
  Stream *self = user_data;

  self->patience = 0;
  finish_cancelled (self);
  return G_SOURCE_REMOVE;
}

/* Asks the gateway to end the request; its error line, which knows what was used, ends the
 * stream. */
static void
cancel_request (Stream *self)
{
  g_dbus_connection_call (ocg_client_get_connection (self->client), OCG_BUS_NAME, self->request,
                          OCG_IFACE_REQUEST, "Cancel", NULL, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          -1, NULL, NULL, NULL);
}

static gboolean
on_signal (gpointer user_data)
{
  Stream *self = user_data;

  /* A second one need not mean haste: timeout(1) sends each signal twice. */
  if (self->cancelled)
    return G_SOURCE_CONTINUE;
  self->cancelled = TRUE;
  /* Otherwise there is no request to name before Stream() has replied. */
  if (self->request != NULL)
    cancel_request (self);
  self->patience = g_timeout_add (CANCEL_PATIENCE_MS, on_patience_over, self);
  return G_SOURCE_CONTINUE;
}

static void
on_written (const GError *error, gpointer user_data)
{
  Stream *self = user_data;

  if (error != NULL)
    finish (self, g_error_copy (error));
  else if (self->ended)
    finish (self, NULL);
  else if (!self->finished)
    read_batch (self);
}

static void
handle_line (Stream *self, const char *line, gsize length)
{
  if (!self->ended && length > 0)
    self->ended = !self->call->on_line (line, length, self->call->user_data);
}

static void
split_batch (Stream *self, const char *text, gsize length)
{
  const char *end = NULL;

  while ((end = memchr (text, '\n', length)) != NULL)
    {
      gsize line_length = (gsize) (end - text);

      if (self->pending->len > 0)
        {
          g_string_append_len (self->pending, text, (gssize) line_length);
          handle_line (self, self->pending->str, self->pending->len);
          g_string_truncate (self->pending, 0);
        }
      else
        handle_line (self, text, line_length);
      length -= line_length + 1;
      text = end + 1;
    }
  g_string_append_len (self->pending, text, (gssize) length);
}

static void
on_batch (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Stream *self = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  self->in_flight--;
  if (self->finished)
    return;
  if (n <= 0 && self->cancelled)
    {
      finish_cancelled (self);
      return;
    }
  if (n <= 0)
    {
      finish (self, g_error_new_literal (G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY,
                                         _ ("The gateway stopped before the answer was complete. "
                                            "Ask again; “openclawctl gateway status” tells "
                                            "whether it runs.")));
      return;
    }
  split_batch (self, self->batch, (gsize) n);
  ocg_writer_flush (self->call->writer, on_written, self);
}

static void
read_batch (Stream *self)
{
  self->in_flight++;
  g_input_stream_read_async (self->events, self->batch, BATCH_SIZE, G_PRIORITY_DEFAULT,
                             self->cancellable, on_batch, self);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Stream *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) handle = NULL;
  g_autoptr (GUnixFDList) fds = NULL;
  int index = -1;
  int fd = -1;

  ocg_dbus_gateway_call_stream_finish (OCG_DBUS_GATEWAY (source), &self->request, &handle, &fds,
                                       result, &error);
  self->in_flight--;
  if (self->finished)
    return;
  if (error == NULL)
    {
      index = g_variant_get_handle (handle);
      if (fds != NULL && index >= 0 && index < g_unix_fd_list_get_length (fds))
        fd = g_unix_fd_list_get (fds, index, &error);
      else
        error = g_error_new_literal (OCG_ERROR, OCG_ERROR_PROTOCOL_VIOLATION,
                                     _ ("The gateway sent no pipe for the answer. Restart it, so "
                                        "that it is of the same version as openclawctl."));
    }
  if (error != NULL && self->cancelled)
    {
      finish_cancelled (self);
      return;
    }
  if (error != NULL)
    {
      finish (self, g_steal_pointer (&error));
      return;
    }
  if (self->cancelled)
    cancel_request (self);
  self->events = g_unix_input_stream_new (fd, TRUE);
  read_batch (self);
}

static void
clear (Stream *self)
{
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->request, g_free);
  g_clear_object (&self->events);
  g_clear_pointer (&self->batch, g_free);
  g_string_free (self->pending, TRUE);
}

static gboolean
ignore_signal (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* After one signal the second may still be on its way. It must not find the default action, which
 * would end us before the exit status is told. */
static void
stop_listening (guint source_id, gboolean cancelled)
{
  if (cancelled)
    g_source_set_callback (g_main_context_find_source_by_id (NULL, source_id), ignore_signal, NULL,
                           NULL);
  else
    g_source_remove (source_id);
}

gboolean
ocg_stream_run (OcgClient *client, const OcgStreamCall *call, GError **error)
{
  OcgDbusGateway *gateway = ocg_client_get_gateway (client, error);
  Stream self = { .call = call, .client = client };
  guint interrupt, terminate;

  if (gateway == NULL)
    return FALSE;
  self.loop = g_main_loop_new (NULL, FALSE);
  self.cancellable = g_cancellable_new ();
  self.batch = g_malloc (BATCH_SIZE);
  self.pending = g_string_new (NULL);
  interrupt = g_unix_signal_add (SIGINT, on_signal, &self);
  terminate = g_unix_signal_add (SIGTERM, on_signal, &self);

  self.in_flight = 1;
  ocg_dbus_gateway_call_stream (gateway, call->model, call->messages, call->options, call->fds,
                                self.cancellable, on_started, &self);
  g_main_loop_run (self.loop);

  stop_listening (interrupt, self.cancelled);
  stop_listening (terminate, self.cancelled);
  g_clear_handle_id (&self.patience, g_source_remove);
  /* What is still under way comes back cancelled before @self is gone. */
  g_cancellable_cancel (self.cancellable);
  while (self.in_flight > 0)
    g_main_context_iteration (NULL, TRUE);
  clear (&self);
  if (self.error == NULL)
    return TRUE;
  g_propagate_error (error, self.error);
  return FALSE;
}
