/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include <errno.h>
#include <glib-unix.h>
#include <unistd.h>

#include "ocg-locale.h"
#include "ocg-record.h"
#include "ocg-sinks.h"

/* Lines are gathered until the main loop turns, or until there are this many bytes. */
#define GATHER_SIZE 32768

/* After the end, a reader who takes nothing for so long will not come back. */
#define LINGER_MS 60000

typedef struct
{
  int ref_count; /* the request, and whatever is still to be written */
  int fd;        /* -1: closed */
  locale_t locale;
  OcgRequest *request; /* (not owned) NULL once it has ended */
  GString *lines;
  gsize written; /* bytes of lines */
  gboolean blocked; /* the pipe is full */
  guint flush_source;
  guint writable_source;
  guint closed_source;
  guint linger_source;
  guint *lingering;
} PipeSink;

static gboolean on_reader_gone (gint fd, GIOCondition condition, gpointer user_data);

gpointer
ocg_pipe_sink_new (int fd, locale_t locale, guint *lingering)
{
  PipeSink *self = g_new0 (PipeSink, 1);

  self->ref_count = 1;
  self->fd = fd;
  self->locale = locale;
  self->lingering = lingering;
  self->lines = g_string_new (NULL);
  /* poll() always tells of errors, and a pipe without a reader is one. */
  self->closed_source = g_unix_fd_add (fd, G_IO_ERR, on_reader_gone, self);
  return self;
}

static void
sink_unref (PipeSink *self)
{
  if (--self->ref_count > 0)
    return;
  g_clear_handle_id (&self->flush_source, g_source_remove);
  g_clear_handle_id (&self->writable_source, g_source_remove);
  g_clear_handle_id (&self->closed_source, g_source_remove);
  if (self->fd >= 0)
    close (self->fd);
  g_string_free (self->lines, TRUE);
  g_free (self);
}

/* What kept the sink after its request is done with. */
static void
stop_lingering (PipeSink *self)
{
  (*self->lingering)--;
  g_clear_handle_id (&self->linger_source, g_source_remove);
  sink_unref (self);
}

/* Nobody reads any more. */
static void
close_pipe (PipeSink *self)
{
  g_clear_handle_id (&self->flush_source, g_source_remove);
  g_clear_handle_id (&self->writable_source, g_source_remove);
  g_clear_handle_id (&self->closed_source, g_source_remove);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  if (self->request != NULL)
    ocg_request_cancel (self->request);
  else
    stop_lingering (self);
}

static gboolean
on_linger_timeout (gpointer user_data)
{
  PipeSink *self = user_data;

  self->linger_source = 0;
  close_pipe (self);
  return G_SOURCE_REMOVE;
}

static void
start_linger_timer (PipeSink *self)
{
  g_clear_handle_id (&self->linger_source, g_source_remove);
  self->linger_source = g_timeout_add (LINGER_MS, on_linger_timeout, self);
}

static gboolean
on_reader_gone (gint fd, GIOCondition condition, gpointer user_data)
{
  PipeSink *self = user_data;

  self->closed_source = 0;
  close_pipe (self);
  return G_SOURCE_REMOVE;
}

static void flush (PipeSink *self);

static gboolean
on_writable (gint fd, GIOCondition condition, gpointer user_data)
{
  PipeSink *self = user_data;

  self->writable_source = 0;
  self->blocked = FALSE;
  flush (self);
  return G_SOURCE_REMOVE;
}

/* Writes what fits. */
static void
flush (PipeSink *self)
{
  g_clear_handle_id (&self->flush_source, g_source_remove);
  while (!self->blocked && self->fd >= 0 && self->written < self->lines->len)
    {
      gssize wrote
          = write (self->fd, self->lines->str + self->written, self->lines->len - self->written);

      if (wrote >= 0)
        self->written += (gsize) wrote;
      else if (errno == EAGAIN)
        self->blocked = TRUE;
      else if (errno != EINTR)
        {
          close_pipe (self);
          return;
        }
    }
  if (self->fd < 0)
    return;
  if (self->blocked)
    {
      self->writable_source = g_unix_fd_add (self->fd, G_IO_OUT, on_writable, self);
      if (self->request == NULL)
        start_linger_timer (self);
      return;
    }
  g_string_truncate (self->lines, 0);
  self->written = 0;
  if (self->request != NULL)
    ocg_request_resume (self->request);
  else
    stop_lingering (self);
}

static gboolean
on_flush (gpointer user_data)
{
  PipeSink *self = user_data;

  self->flush_source = 0;
  flush (self);
  return G_SOURCE_REMOVE;
}

static OcgJsonWriter
begin_line (PipeSink *self, const char *type)
{
  OcgJsonWriter writer = OCG_JSON_WRITER_INIT (self->lines);

  ocg_json_open (&writer, '{');
  ocg_json_member_string (&writer, "type", type);
  return writer;
}

static void
end_line (PipeSink *self, OcgJsonWriter *writer)
{
  ocg_json_close (writer, '}');
  g_string_append_c (self->lines, '\n');
  if (!self->blocked && self->flush_source == 0)
    self->flush_source = g_idle_add_full (G_PRIORITY_HIGH, on_flush, self, NULL);
}

static void
pipe_start (gpointer sink, OcgRequest *request)
{
  PipeSink *self = sink;
  OcgJsonWriter writer = begin_line (self, "start");

  self->request = request;
  ocg_json_member_string (&writer, "request", request->id);
  ocg_json_member_string (&writer, "requested", request->requested->ref);
  ocg_json_member_string (&writer, "model", request->model->ref);
  end_line (self, &writer);
}

static void
write_text_line (PipeSink *self, const char *type, const OcgEvent *event)
{
  OcgJsonWriter writer = begin_line (self, type);

  ocg_json_key (&writer, "text");
  ocg_json_string (&writer, event->text, (gssize) event->length);
  end_line (self, &writer);
}

static void
write_tool_line (PipeSink *self, const char *type, const OcgEvent *event)
{
  OcgJsonWriter writer = begin_line (self, type);

  ocg_json_member_int (&writer, "index", event->index);
  if (event->type != OCG_EVENT_TOOL_DELTA)
    {
      ocg_json_member_string (&writer, "id", event->id);
      ocg_json_member_string (&writer, "name", event->name);
    }
  if (event->type == OCG_EVENT_TOOL_DELTA)
    ocg_json_member_string (&writer, "arguments", event->text);
  if (event->type == OCG_EVENT_TOOL_END)
    {
      ocg_json_key (&writer, "arguments");
      ocg_json_raw (&writer, event->text);
    }
  end_line (self, &writer);
}

static void
write_count (OcgJsonWriter *writer, const char *key, gint64 tokens)
{
  if (tokens >= 0)
    ocg_json_member_int (writer, key, tokens);
}

static void
write_usage_line (PipeSink *self, const OcgUsage *usage)
{
  OcgJsonWriter writer = begin_line (self, "usage");

  write_count (&writer, "input", usage->input);
  write_count (&writer, "output", usage->output);
  write_count (&writer, "cache-read", usage->cache_read);
  write_count (&writer, "cache-write", usage->cache_write);
  end_line (self, &writer);
}

static void
pipe_event (gpointer sink, const OcgEvent *event)
{
  PipeSink *self = sink;

  if (self->fd < 0)
    return;
  switch (event->type)
    {
    case OCG_EVENT_TEXT:
      write_text_line (self, "text", event);
      break;
    case OCG_EVENT_THINKING:
      write_text_line (self, "thinking", event);
      break;
    case OCG_EVENT_TOOL_START:
      write_tool_line (self, "tool-call-start", event);
      break;
    case OCG_EVENT_TOOL_DELTA:
      write_tool_line (self, "tool-call-delta", event);
      break;
    case OCG_EVENT_TOOL_END:
      write_tool_line (self, "tool-call", event);
      break;
    case OCG_EVENT_USAGE:
      write_usage_line (self, &event->usage);
      break;
    case OCG_EVENT_PART:
    case OCG_EVENT_REPLAY:
    case OCG_EVENT_REVISION:
    case OCG_EVENT_STOP:
      return;
    }
}

static void
pipe_fallback (gpointer sink, const char *from, const char *to, OcgFailure *failure)
{
  PipeSink *self = sink;
  OCG_LOCALE_SCOPE (self->locale);
  g_autofree char *message = ocg_failure_render (failure);
  OcgJsonWriter writer = begin_line (self, "fallback");

  ocg_json_member_string (&writer, "from", from);
  ocg_json_member_string (&writer, "to", to);
  ocg_json_member_string (&writer, "error", ocg_error_get_name (failure->code));
  ocg_json_member_string (&writer, "message", message);
  end_line (self, &writer);
}

/* The request lets go of the sink; what is left to be written keeps it. */
static void
detach (PipeSink *self)
{
  self->request = NULL;
  if (self->fd < 0)
    return;
  self->ref_count++;
  (*self->lingering)++;
  start_linger_timer (self);
}

static void
pipe_finished (gpointer sink, OcgRequest *request)
{
  PipeSink *self = sink;
  OCG_LOCALE_SCOPE (self->locale);
  g_autoptr (GVariant) record = g_variant_ref_sink (ocg_record_completion (request, FALSE));
  OcgJsonWriter writer = begin_line (self, "end");

  ocg_record_write_members (&writer, record);
  detach (self);
  end_line (self, &writer);
}

static void
pipe_failed (gpointer sink, OcgRequest *request, OcgFailure *failure)
{
  PipeSink *self = sink;
  OCG_LOCALE_SCOPE (self->locale);
  g_autoptr (GVariant) details = g_variant_ref_sink (ocg_record_failure (request, failure));
  g_autofree char *message = ocg_failure_render (failure);
  OcgJsonWriter writer;

  detach (self);
  if (self->fd < 0)
    return;
  writer = begin_line (self, "error");
  ocg_json_member_string (&writer, "name", ocg_error_get_name (failure->code));
  ocg_json_member_string (&writer, "message", message);
  ocg_record_write_members (&writer, details);
  end_line (self, &writer);
}

/* Full means that the reader is behind, or that a turn's worth is waiting. */
static gboolean
pipe_is_full (gpointer sink)
{
  PipeSink *self = sink;

  return self->blocked || self->lines->len - self->written >= GATHER_SIZE;
}

static void
pipe_free (gpointer sink)
{
  sink_unref (sink);
}

const OcgSink ocg_pipe_sink_class = {
  .start = pipe_start,
  .event = pipe_event,
  .fallback = pipe_fallback,
  .finished = pipe_finished,
  .failed = pipe_failed,
  .is_full = pipe_is_full,
  .free = pipe_free,
};
