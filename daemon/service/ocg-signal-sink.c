/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "../../dbus/ocg-names.h"
#include "ocg-locale.h"
#include "ocg-record.h"
#include "ocg-sinks.h"

/* A signal costs more than a line on a pipe: text is gathered for this long. */
#define GATHER_MS 20

typedef struct
{
  GDBusConnection *connection;
  char *owner;
  char *path;
  locale_t locale;
  GString *gathered;
  const char *kind; /* of what is gathered */
  guint timer;
} SignalSink;

gpointer
ocg_signal_sink_new (GDBusConnection *connection, const char *owner, const char *path,
                     locale_t locale)
{
  SignalSink *self = g_new0 (SignalSink, 1);

  self->connection = g_object_ref (connection);
  self->owner = g_strdup (owner);
  self->path = g_strdup (path);
  self->locale = locale;
  self->gathered = g_string_new (NULL);
  return self;
}

static void
emit (SignalSink *self, const char *name, GVariant *parameters)
{
  g_dbus_connection_emit_signal (self->connection, self->owner, self->path, OCG_IFACE_REQUEST,
                                 name, parameters, NULL);
}

static void
flush (SignalSink *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->gathered->len == 0)
    return;
  emit (self, "Delta", g_variant_new ("(ss)", self->kind, self->gathered->str));
  g_string_truncate (self->gathered, 0);
}

static gboolean
on_timer (gpointer user_data)
{
  SignalSink *self = user_data;

  self->timer = 0;
  flush (self);
  return G_SOURCE_REMOVE;
}

static void
signal_start (gpointer sink, OcgRequest *request)
{
}

static void
signal_event (gpointer sink, const OcgEvent *event)
{
  SignalSink *self = sink;
  const char *kind;

  if (event->type == OCG_EVENT_TEXT)
    kind = "text";
  else if (event->type == OCG_EVENT_THINKING)
    kind = "thinking";
  else
    return;
  if (self->kind != kind)
    flush (self);
  self->kind = kind;
  g_string_append_len (self->gathered, event->text, (gssize) event->length);
  if (self->timer == 0)
    self->timer = g_timeout_add (GATHER_MS, on_timer, self);
}

static void
signal_fallback (gpointer sink, const char *from, const char *to, OcgFailure *failure)
{
}

static void
signal_finished (gpointer sink, OcgRequest *request)
{
  SignalSink *self = sink;
  OCG_LOCALE_SCOPE (self->locale);

  flush (self);
  emit (self, "Finished", g_variant_new ("(@a{sv})", ocg_record_completion (request, TRUE)));
}

static void
signal_failed (gpointer sink, OcgRequest *request, OcgFailure *failure)
{
  SignalSink *self = sink;
  OCG_LOCALE_SCOPE (self->locale);
  g_autofree char *message = ocg_failure_render (failure);

  flush (self);
  emit (self, "Failed",
        g_variant_new ("(ss@a{sv})", ocg_error_get_name (failure->code), message,
                       ocg_record_failure (request, failure)));
}

static void
signal_free (gpointer sink)
{
  SignalSink *self = sink;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_object_unref (self->connection);
  g_string_free (self->gathered, TRUE);
  g_free (self->owner);
  g_free (self->path);
  g_free (self);
}

const OcgSink ocg_signal_sink_class = {
  .start = signal_start,
  .event = signal_event,
  .fallback = signal_fallback,
  .finished = signal_finished,
  .failed = signal_failed,
  .free = signal_free,
};
