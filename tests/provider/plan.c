/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "plan.h"

#include <gio/gio.h>
#include <string.h>

#include "flood.h"

/* Long enough for the peer to have read what came before a reset, which drops what it has not. */
#define RESET_DELAY_MS 50

Plan *
plan_new (const Api *api, Request *request, Chat *chat)
{
  Plan *self = g_new0 (Plan, 1);

  self->api = api;
  self->request = request;
  self->chat = chat;
  self->answer = answer_new (chat->model ? chat->model : "");
  self->answer->chat = chat;
  self->headers = g_string_new (NULL);
  self->body = g_string_new (NULL);
  self->first = g_string_new (NULL);
  self->before = g_string_new (NULL);
  self->after = g_string_new (NULL);
  self->before_end = g_string_new (NULL);
  self->line_end = "\n";
  self->colon = ": ";
  self->event_lines = TRUE;
  self->end = STEP_KEEP;
  return self;
}

void
plan_free (Plan *self)
{
  GString *strings[] = { self->headers, self->body,  self->first,
                         self->before,  self->after, self->before_end };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_string_free (strings[i], TRUE);
  answer_free (self->answer);
  g_free (self->repeat_state);
  g_free (self);
}

void
plan_respond (Plan *self, guint status, const char *content_type, const char *body)
{
  self->status = status;
  self->content_type = content_type;
  g_string_assign (self->body, body);
}

static void
script_send_string (Script *script, GString *text)
{
  if (text->len > 0)
    script_send (script, text->str, (gssize) text->len);
}

/* Writes @data as a part of the body. */
static void
send_body (Plan *self, Script *script, const char *data, gsize size)
{
  gsize step = self->split == SPLIT_EVENTS ? size : 1;

  for (gsize at = 0; at < size; at += step)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      if (self->framing == FRAMING_CHUNKED)
        g_string_append_printf (out, "%zx\r\n", step);
      g_string_append_len (out, data + at, (gssize) step);
      if (self->framing == FRAMING_CHUNKED)
        g_string_append (out, "\r\n");
      script_send_string (script, out);
      if (self->split == SPLIT_DRIBBLE)
        script_wait (script, 1);
    }
}

static void
send_raw (Plan *self, Script *script, GString *text)
{
  send_body (self, script, text->str, text->len);
}

static void
send_head (Plan *self, Script *script, guint status, const char *type, gssize length)
{
  g_autoptr (GString) head = g_string_new (NULL);

  g_string_append_printf (
      head, "HTTP/1.%c %u %s\r\nContent-Type: %s\r\nrequest-id: req_loopback_1\r\n",
      self->framing == FRAMING_CLOSE ? '0' : '1', status, status == 200 ? "OK" : "Status", type);
  if (self->framing == FRAMING_LENGTH || length >= 0)
    g_string_append_printf (head, "Content-Length: %" G_GSSIZE_FORMAT "\r\n", length);
  else if (self->framing == FRAMING_CHUNKED)
    g_string_append (head, "Transfer-Encoding: chunked\r\n");
  if (self->end == STEP_CLOSE || self->framing == FRAMING_CLOSE)
    g_string_append (head, "Connection: close\r\n");
  g_string_append_len (head, self->headers->str, (gssize) self->headers->len);
  g_string_append (head, "\r\n");
  script_wait (script, self->header_delay);
  script_send_string (script, head);
}

/* Ends the script where the plan says that it fails. */
static void
end_failed (Plan *self, Script *script)
{
  switch (self->fail)
    {
    case FAIL_EOF:
      if (self->framing == FRAMING_CHUNKED && self->where != AT_START)
        {
          script_send (script, "0\r\n\r\n", -1);
          script_end (script, STEP_KEEP);
          break;
        }
      script_end (script, STEP_CUT);
      break;
    case FAIL_CUT:
      script_end (script, STEP_CUT);
      break;
    case FAIL_RESET:
      script_wait (script, RESET_DELAY_MS);
      script_end (script, STEP_RESET);
      break;
    case FAIL_NOT:
    case FAIL_STALL:
    default:
      script_end (script, STEP_STALL);
      break;
    }
}

static gboolean
fails_at (Plan *self, FailWhere where)
{
  return self->fail != FAIL_NOT && self->where == where;
}

static void
format_event (Plan *self, const Event *event, GString *out)
{
  if (event->name && self->event_lines)
    g_string_append_printf (out, "event%s%s%s", self->colon, event->name, self->line_end);
  g_string_append_printf (out, "data%s", self->colon);
  g_string_append_len (out, event->data->str, (gssize) event->data->len);
  g_string_append_printf (out, "%s%s", self->line_end, self->line_end);
}

static void
send_event (Plan *self, Script *script, const Event *event)
{
  g_autoptr (GString) out = g_string_new (NULL);

  format_event (self, event, out);
  send_raw (self, script, out);
}

/* Half of @event, as a cut connection leaves it. */
static void
send_half (Plan *self, Script *script, const Event *event)
{
  g_autoptr (GString) out = g_string_new (NULL);

  format_event (self, event, out);
  send_body (self, script, out->str, out->len / 2);
}

/* What stands between the events in front of the first content. FALSE when the script ends. */
static gboolean
before_content (Plan *self, Script *script)
{
  send_raw (self, script, self->before);
  if (self->repeat)
    {
      script_generate (script, self->repeat, self->repeat_state, g_free, self->event_delay);
      self->repeat_state = NULL;
    }
  else
    script_wait (script, self->event_delay);
  return !fails_at (self, AT_BEFORE);
}

/* Sends what comes before @event, the @nth content event or none. FALSE when the script ends. */
static gboolean
lead_up (Plan *self, Script *script, const Event *event, guint nth)
{
  if (event->kind == EVENT_CONTENT && nth == 0 && !before_content (self, script))
    return FALSE;
  if (event->kind == EVENT_CONTENT && nth == 2)
    {
      send_raw (self, script, self->after);
      if (fails_at (self, AT_AFTER))
        return FALSE;
      if (fails_at (self, AT_EVENT))
        {
          send_half (self, script, event);
          return FALSE;
        }
    }
  if (event->kind == EVENT_CONTENT && nth > 0)
    script_wait (script, self->pace);
  /* Inside of block 0, which is still open. */
  if ((event->kind == EVENT_FRAME || event->kind == EVENT_STOPPING) && nth > 0 && self->flood > 0)
    {
      flood_add (script, self->api, self->answer, self->flood);
      self->flood = 0;
    }
  if (event->kind == EVENT_STOPPING)
    {
      send_raw (self, script, self->before_end);
      return !fails_at (self, AT_CONTENT);
    }
  return event->kind != EVENT_TERMINAL
         || !(fails_at (self, AT_END) || fails_at (self, AT_CONTENT));
}

/* FALSE when the script ends. */
static gboolean
send_events (Plan *self, Script *script, GPtrArray *events)
{
  guint n_content = 0;

  for (guint i = 0; i < events->len; i++)
    {
      const Event *event = events->pdata[i];

      if (!lead_up (self, script, event, n_content))
        return FALSE;
      send_event (self, script, event);
      if (event->kind == EVENT_CONTENT)
        n_content++;
    }
  return !fails_at (self, AT_DONE);
}

static void
compress_body (GString *body)
{
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, G_CONVERTER (zlib));
  g_autoptr (GBytes) bytes = NULL;

  g_output_stream_write_all (out, body->str, body->len, NULL, NULL, NULL);
  g_output_stream_close (out, NULL, NULL);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  g_string_truncate (body, 0);
  g_string_append_len (body, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
}

static void
respond_whole (Plan *self, Script *script, guint status, const char *type)
{
  if (self->gzip)
    {
      compress_body (self->body);
      g_string_append (self->headers, "Content-Encoding: gzip\r\n");
    }
  self->framing = FRAMING_LENGTH;
  self->split = SPLIT_EVENTS;
  send_head (self, script, status, type, (gssize) self->body->len);
  script_send_string (script, self->body);
  script_end (script, self->end);
}

/* An answer that is one JSON text. */
static void
respond_json (Plan *self, Script *script)
{
  g_autofree char *json = self->api->render_body (self->answer);

  g_string_assign (self->body, json);
  script_wait (script, self->event_delay);
  if (self->fail == FAIL_NOT || self->where == AT_DONE || self->where == AT_END)
    {
      respond_whole (self, script, 200, "application/json");
      return;
    }
  send_head (self, script, 200, "application/json", (gssize) self->body->len);
  if (self->where != AT_HEADERS)
    script_send (script, self->body->str, (gssize) self->body->len / 2);
  self->framing = FRAMING_LENGTH;
  end_failed (self, script);
}

static void
respond_stream (Plan *self, Script *script)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) event_free);

  self->api->render_events (self->answer, events);
  if (self->framing == FRAMING_LENGTH || self->gzip)
    {
      for (guint i = 0; i < events->len; i++)
        format_event (self, events->pdata[i], self->body);
      respond_whole (self, script, 200, "text/event-stream");
      return;
    }
  send_head (self, script, 200, "text/event-stream; charset=utf-8", -1);
  send_raw (self, script, self->first);
  if (fails_at (self, AT_HEADERS) || !send_events (self, script, events))
    {
      end_failed (self, script);
      return;
    }
  if (self->framing == FRAMING_CHUNKED)
    script_send (script, "0\r\n\r\n", -1);
  script_end (script, self->framing == FRAMING_CLOSE ? STEP_CLOSE : self->end);
}

Script *
plan_to_script (Plan *self)
{
  g_autoptr (Script) script = script_new ();

  if (fails_at (self, AT_START))
    end_failed (self, script);
  else if (self->status != 0)
    respond_whole (self, script, self->status, self->content_type);
  else if (self->chat->stream && !self->plain)
    respond_stream (self, script);
  else
    respond_json (self, script);
  return g_steal_pointer (&script);
}
