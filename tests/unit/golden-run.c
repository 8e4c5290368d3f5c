/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "golden-run.h"

#include <string.h>

#include "wire/ocg-classify.h"
#include "wire/ocg-replay.h"
#include "wire/ocg-sse.h"

#define LONG_TEXT 2000

typedef struct
{
  OcgDecoder *decoder;
  OcgCompletion *completion;
  char *family; /* that replays are made for */
  GString *out;
  GString *run; /* neighbouring fragments of one kind */
  OcgEventType run_type;
  guint run_index;
  gboolean has_run;
  gboolean parted;        /* a part began since the last fragment */
  OcgEventType last_type; /* of the last line, when it was text or thinking */
  gboolean has_last;
} Recorder;

static void
append_text (GString *out, const char *text, gsize length)
{
  if (length > LONG_TEXT)
    {
      g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text,
                                                           length);

      g_string_append_printf (out, "%" G_GSIZE_FORMAT " bytes %s", length, hash);
      return;
    }
  g_string_append_c (out, '"');
  for (gsize i = 0; i < length; i++)
    if (text[i] == '"' || text[i] == '\\')
      g_string_append_printf (out, "\\%c", text[i]);
    else if (text[i] == '\n' || text[i] == '\r' || text[i] == '\t')
      g_string_append (out, text[i] == '\n' ? "\\n" : text[i] == '\r' ? "\\r" : "\\t");
    else if ((guchar)text[i] < 0x20 || text[i] == 0x7f)
      g_string_append_printf (out, "\\u%04x", (guint) text[i]);
    else
      g_string_append_c (out, text[i]);
  g_string_append_c (out, '"');
}

static void
end_run (Recorder *self)
{
  if (!self->has_run)
    return;
  self->has_run = FALSE;
  if (self->run_type == OCG_EVENT_TOOL_DELTA)
    g_string_append_printf (self->out, "tool-delta %u ", self->run_index);
  else
    g_string_append (self->out, self->run_type == OCG_EVENT_TEXT ? "text " : "thinking ");
  append_text (self->out, self->run->str, self->run->len);
  g_string_append_c (self->out, '\n');
  g_string_truncate (self->run, 0);
}

static void
take_fragment (Recorder *self, const OcgEvent *event)
{
  gboolean is_tool = event->type == OCG_EVENT_TOOL_DELTA;

  if (self->parted && self->has_last && self->last_type == event->type && !is_tool)
    {
      end_run (self);
      g_string_append (self->out, "part\n");
    }
  if (self->has_run
      && (self->run_type != event->type || (is_tool && self->run_index != event->index)))
    end_run (self);
  self->has_run = TRUE;
  self->run_type = event->type;
  self->run_index = event->index;
  g_string_append_len (self->run, event->text, (gssize) event->length);
  self->has_last = !is_tool;
  self->last_type = event->type;
  self->parted = FALSE;
}

static void
append_count (GString *out, gint64 count)
{
  if (count < 0)
    g_string_append (out, " -");
  else
    g_string_append_printf (out, " %" G_GINT64_FORMAT, count);
}

static void
take_replay (Recorder *self, const char *replay)
{
  g_autoptr (JsonObject) block = ocg_replay_unpack (replay, self->decoder->wire->api, self->family);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;

  if (block != NULL)
    {
      json_node_set_object (node, block);
      json = json_to_string (node, FALSE);
    }
  g_string_append_printf (self->out, "replay %s\n", json != NULL ? json : "unreadable");
}

static void
take_stop (Recorder *self, const OcgEvent *event)
{
  g_string_append_printf (self->out, "stop %s%s", ocg_stop_reason_to_string (event->stop),
                          event->pause ? " pause" : "");
  if (event->text != NULL)
    {
      g_string_append_c (self->out, ' ');
      append_text (self->out, event->text, strlen (event->text));
    }
  g_string_append_c (self->out, '\n');
}

static void
take_tool_end (Recorder *self, const OcgEvent *event)
{
  g_string_append_printf (self->out, "tool-end %u %s %s ", event->index, event->id, event->name);
  if (event->length > LONG_TEXT)
    append_text (self->out, event->text, event->length);
  else
    g_string_append_len (self->out, event->text, (gssize) event->length);
  g_string_append_c (self->out, '\n');
}

static void
record (const OcgEvent *event, gpointer user_data)
{
  Recorder *self = user_data;

  ocg_completion_add (self->completion, event);
  if (event->text != NULL)
    g_assert_true (g_utf8_validate (event->text, -1, NULL));
  if (event->type == OCG_EVENT_TEXT || event->type == OCG_EVENT_THINKING
      || event->type == OCG_EVENT_TOOL_DELTA)
    {
      g_assert_cmpuint (strlen (event->text), ==, event->length);
      take_fragment (self, event);
      return;
    }
  if (event->type == OCG_EVENT_PART)
    {
      self->parted = TRUE;
      return;
    }

  end_run (self);
  self->has_last = FALSE;
  if (event->type == OCG_EVENT_REPLAY)
    take_replay (self, event->text);
  else if (event->type == OCG_EVENT_TOOL_START)
    g_string_append_printf (self->out, "tool-start %u %s %s\n", event->index, event->id,
                            event->name);
  else if (event->type == OCG_EVENT_TOOL_END)
    take_tool_end (self, event);
  else if (event->type == OCG_EVENT_STOP)
    take_stop (self, event);
  else if (event->type == OCG_EVENT_REVISION)
    {
      g_string_append (self->out, "revision ");
      append_text (self->out, event->text, event->length);
      g_string_append_c (self->out, '\n');
    }
  else
    {
      g_string_append (self->out, "usage");
      append_count (self->out, event->usage.input);
      append_count (self->out, event->usage.output);
      append_count (self->out, event->usage.cache_read);
      append_count (self->out, event->usage.cache_write);
      g_string_append_c (self->out, '\n');
    }
}

static const char *
class_to_string (OcgErrorClass class)
{
  static const char *const names[] = {
    [OCG_CLASS_AUTH] = "auth",
    [OCG_CLASS_BILLING] = "billing",
    [OCG_CLASS_RATE_LIMIT] = "rate-limit",
    [OCG_CLASS_OVERLOADED] = "overloaded",
    [OCG_CLASS_SERVER] = "server",
    [OCG_CLASS_TIMEOUT] = "timeout",
    [OCG_CLASS_MODEL_NOT_FOUND] = "model-not-found",
    [OCG_CLASS_FORMAT] = "format",
    [OCG_CLASS_CONTEXT_OVERFLOW] = "context-overflow",
    [OCG_CLASS_CONTENT_FILTER] = "content-filter",
    [OCG_CLASS_PROTOCOL] = "protocol",
  };

  return names[class];
}

static void
end_record (Recorder *self)
{
  static const char *const states[] = {
    [OCG_DECODER_RUNNING] = "running",
    [OCG_DECODER_COMPLETE] = "complete",
    [OCG_DECODER_ERROR] = "error",
    [OCG_DECODER_BROKEN] = "broken",
  };
  const OcgErrorReply *error = self->decoder->error;

  end_run (self);
  g_assert_true ((self->decoder->state == OCG_DECODER_ERROR) == (error != NULL));
  g_assert_true ((self->decoder->state == OCG_DECODER_BROKEN) == (self->decoder->problem != NULL));
  if (error != NULL)
    {
      g_string_append_printf (
          self->out, "error %s type=%s code=%s minimax=%" G_GINT64_FORMAT " request=%s ",
          class_to_string (ocg_classify (error, ocg_model_get_family (self->decoder->model))),
          error->type != NULL ? error->type : "-", error->code != NULL ? error->code : "-",
          error->minimax_code, error->request_id != NULL ? error->request_id : "-");
      if (error->message != NULL)
        append_text (self->out, error->message, strlen (error->message));
      else
        g_string_append_c (self->out, '-');
      g_string_append_c (self->out, '\n');
    }
  g_string_append_printf (self->out, "state %s\n", states[self->decoder->state]);
}

static gboolean
on_sse (const char *event, const char *data, gsize length, gpointer user_data)
{
  Recorder *self = user_data;

  ocg_decoder_take_event (self->decoder, data, length);
  return self->decoder->state == OCG_DECODER_RUNNING;
}

/* One byte of its own: reading beyond it is seen by the sanitizer. */
static void
feed_bytes (OcgSse *sse, const char *data, gsize length)
{
  g_autofree char *byte = g_malloc (1);

  for (gsize i = 0; i < length; i++)
    {
      *byte = data[i];
      g_assert_true (ocg_sse_feed (sse, byte, 1));
    }
}

/* Pieces that are copies of their exact size, for the same reason. */
static void
feed_pieces (OcgSse *sse, const char *data, gsize length, GRand *rand)
{
  for (gsize at = 0; at < length;)
    {
      gsize wanted = 1 + (gsize) g_rand_int_range (rand, 0, MAX (2, (gint32) (length / 3)));
      gsize size = MIN (wanted, length - at);
      g_autofree char *copy = g_memdup2 (data + at, size);

      g_assert_true (ocg_sse_feed (sse, copy, size));
      at += size;
    }
}

static void
feed_stream (Recorder *self, GBytes *bytes, GoldenFeed how, guint32 seed)
{
  g_autoptr (OcgSse) sse = ocg_sse_new (on_sse, self);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  switch (how)
    {
    case GOLDEN_FEED_WHOLE:
      g_assert_true (ocg_sse_feed (sse, data, length));
      break;
    case GOLDEN_FEED_BYTES:
      feed_bytes (sse, data, length);
      break;
    case GOLDEN_FEED_RANDOM:
      feed_pieces (sse, data, length, rand);
      break;
    }
  ocg_decoder_finish (self->decoder);
}

static void
feed_body (Recorder *self, GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *copy = g_memdup2 (data != NULL ? data : "", MAX (length, 1));

  ocg_decoder_take_body (self->decoder, copy, length);
}

GoldenRun *
golden_run (GoldenCase *golden, GoldenFeed how, guint32 seed)
{
  GoldenRun *run = g_new0 (GoldenRun, 1);
  g_autoptr (GString) fragments = g_string_new (NULL);
  g_autofree char *family = ocg_replay_dup_family (golden->api, golden->model);
  Recorder self = { .family = family,
                    .completion = ocg_completion_new (),
                    .out = g_string_new (NULL),
                    .run = fragments };
  g_autoptr (OcgDecoder) decoder = ocg_decoder_new (golden->wire, golden->model, record, &self);

  self.decoder = decoder;
  ocg_decoder_set_tools (decoder, golden->chat->tools);
  ocg_decoder_set_stop (decoder, golden->chat->stop);
  if (golden->is_body)
    feed_body (&self, golden->bytes);
  else
    feed_stream (&self, golden->bytes, how, seed);
  end_record (&self);

  run->events = g_string_free (self.out, FALSE);
  run->completion = self.completion;
  run->state = decoder->state;
  return run;
}

void
golden_run_free (GoldenRun *self)
{
  g_free (self->events);
  ocg_completion_free (self->completion);
  g_free (self);
}
