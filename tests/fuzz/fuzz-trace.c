/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "fuzz-trace.h"

#include <string.h>

#include "fuzz-json-check.h"
#include "fuzz-models.h"
#include "wire/ocg-classify.h"
#include "wire/ocg-replay.h"
#include "wire/ocg-sse.h"

typedef struct
{
  char *id;
  char *name;
  gboolean ended;
} Call;

static void
call_free (Call *call)
{
  g_free (call->id);
  g_free (call->name);
  g_free (call);
}

static gboolean
is_fragment (OcgEventType type)
{
  return type == OCG_EVENT_TEXT || type == OCG_EVENT_THINKING || type == OCG_EVENT_TOOL_DELTA;
}

static void
write_down (FuzzTrace *self, const OcgEvent *event)
{
  gboolean goes_on = self->has_last && is_fragment (event->type) && self->last == event->type
                     && self->last_index == event->index;

  if (!goes_on)
    g_string_append_printf (self->said, "\n%d %u %s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                            " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d %d ",
                            event->type, event->index, event->id != NULL ? event->id : "-",
                            event->name != NULL ? event->name : "-", event->usage.input,
                            event->usage.output, event->usage.cache_read,
                            event->usage.cache_write, event->stop, event->pause);
  g_string_append (self->said, event->text != NULL ? event->text : "");
  self->has_last = TRUE;
  self->last = event->type;
  self->last_index = event->index;
}

static void
check_tool_event (FuzzTrace *self, const OcgEvent *event)
{
  Call *call;

  fuzz_check (event->id != NULL && event->name != NULL);
  fuzz_check (fuzz_is_text (event->id) && fuzz_is_text (event->name));
  if (event->type == OCG_EVENT_TOOL_START)
    {
      fuzz_check (event->index == self->calls->len);
      fuzz_check (*event->id != '\0');
      call = g_new0 (Call, 1);
      call->id = g_strdup (event->id);
      call->name = g_strdup (event->name);
      g_ptr_array_add (self->calls, call);
      return;
    }
  fuzz_check (event->index < self->calls->len);
  call = g_ptr_array_index (self->calls, event->index);
  fuzz_check (!call->ended);
  fuzz_check (g_str_equal (call->id, event->id) && g_str_equal (call->name, event->name));
  fuzz_check (event->text != NULL);
  if (event->type == OCG_EVENT_TOOL_DELTA)
    return;
  fuzz_check (*event->name != '\0');
  fuzz_check (fuzz_is_json_object (event->text, event->length));
  call->ended = TRUE;
}

static void
check_replay (FuzzTrace *self, const OcgEvent *event)
{
  const char *api = self->decoder->wire->api;
  g_autofree char *family = ocg_replay_dup_family (api, self->decoder->model);
  g_autoptr (JsonObject) block = ocg_replay_unpack (event->text, api, family);

  fuzz_check (fuzz_is_json_object (event->text, event->length));
  fuzz_check (block != NULL);
}

static void
check_usage (const OcgUsage *usage)
{
  fuzz_check (usage->input >= -1 && usage->output >= -1);
  fuzz_check (usage->cache_read >= -1 && usage->cache_write >= -1);
}

static void
take_event (const OcgEvent *event, gpointer user_data)
{
  FuzzTrace *self = user_data;

  fuzz_check (!self->is_over);
  fuzz_check (self->decoder->state == OCG_DECODER_RUNNING);
  fuzz_check (fuzz_is_text (event->text));
  if (event->type != OCG_EVENT_STOP)
    fuzz_check (event->length == (event->text != NULL ? strlen (event->text) : 0));
  if (is_fragment (event->type))
    fuzz_check (event->length > 0);

  if (event->type == OCG_EVENT_TOOL_START || event->type == OCG_EVENT_TOOL_DELTA
      || event->type == OCG_EVENT_TOOL_END)
    check_tool_event (self, event);
  else if (event->type == OCG_EVENT_REPLAY)
    check_replay (self, event);
  else if (event->type == OCG_EVENT_USAGE)
    check_usage (&event->usage);
  else if (event->type == OCG_EVENT_STOP)
    {
      fuzz_check (event->stop != OCG_STOP_NONE);
      self->has_stop = TRUE;
    }
  self->has_content = self->has_content || ocg_event_is_content (event);
  ocg_completion_add (self->completion, event);
  write_down (self, event);
}

FuzzTrace *
fuzz_trace_new (const char *api, OcgModel *model, FuzzTraceFlags flags)
{
  FuzzTrace *self = g_new0 (FuzzTrace, 1);
  g_autoptr (GPtrArray) tools = fuzz_tools_new ();
  char *stops[] = { (char *) FUZZ_OTHER_STOP, (char *) FUZZ_STOP, NULL };
  const OcgWire *wire = ocg_wire_find (api);

  fuzz_check (wire != NULL);
  self->wire = *wire;
  if ((flags & FUZZ_TRACE_SLOWLY) != 0)
    self->wire.decode_quickly = NULL;
  self->completion = ocg_completion_new ();
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) call_free);
  self->said = g_string_new (NULL);
  self->decoder = ocg_decoder_new (&self->wire, model, take_event, self);
  ocg_decoder_set_tools (self->decoder, tools);
  self->has_stops = (flags & FUZZ_TRACE_STOPS) != 0;
  if (self->has_stops)
    ocg_decoder_set_stop (self->decoder, stops);
  return self;
}

void
fuzz_trace_free (FuzzTrace *self)
{
  ocg_decoder_free (self->decoder);
  ocg_completion_free (self->completion);
  g_ptr_array_unref (self->calls);
  g_string_free (self->said, TRUE);
  g_free (self);
}

static gboolean
on_sse (const char *event, const char *data, gsize length, gpointer user_data)
{
  FuzzTrace *self = user_data;

  ocg_decoder_take_event (self->decoder, data, length);
  return self->decoder->state == OCG_DECODER_RUNNING;
}

/* Every piece is a copy of its exact size: reading beyond it is seen by the sanitizer. */
void
fuzz_trace_feed (FuzzTrace *self, const uint8_t *data, gsize size, FuzzFeed feed, GRand *rand)
{
  g_autoptr (OcgSse) sse = ocg_sse_new (on_sse, self);

  for (gsize at = 0; at < size;)
    {
      gsize length = fuzz_next_size (feed, size, size - at, rand);
      g_autofree char *copy = g_memdup2 (data + at, length);

      fuzz_check (ocg_sse_feed (sse, copy, length));
      at += length;
    }
  ocg_decoder_finish (self->decoder);
}

static void
check_error (OcgErrorReply *error, const char *family)
{
  fuzz_check (fuzz_is_text (error->type) && fuzz_is_text (error->code));
  fuzz_check (fuzz_is_text (error->message) && fuzz_is_text (error->request_id));
  fuzz_check (ocg_classify (error, family) <= OCG_CLASS_PROTOCOL);
}

/* What is handed out is whole. */
static void
check_completion (FuzzTrace *self)
{
  guint n_done = 0;
  guint n_ended = 0;

  for (guint i = 0; i < self->completion->parts->len; i++)
    {
      OcgAnswerPart *part = g_ptr_array_index (self->completion->parts, i);

      fuzz_check (fuzz_is_text (part->text->str) && fuzz_is_text (part->replay));
      fuzz_check (strlen (part->text->str) == part->text->len);
      if (self->has_stops && part->type == OCG_ANSWER_TEXT)
        fuzz_check (strstr (part->text->str, FUZZ_STOP) == NULL
                    && strstr (part->text->str, FUZZ_OTHER_STOP) == NULL);
      if (part->type != OCG_ANSWER_TOOL_CALL || !part->done)
        continue;
      fuzz_check (fuzz_is_json_object (part->text->str, part->text->len));
      n_done++;
    }
  for (guint i = 0; i < self->calls->len; i++)
    n_ended += ((Call *) g_ptr_array_index (self->calls, i))->ended ? 1 : 0;
  fuzz_check (n_done == n_ended);
  /* Only an answer that was cut short, by the caller's own stop too, leaves a call out. */
  if (self->decoder->state == OCG_DECODER_COMPLETE
      && self->completion->stop != OCG_STOP_LENGTH
      && self->completion->stop != OCG_STOP_CONTENT_FILTER
      && !(self->has_stops && self->completion->stop == OCG_STOP_STOP))
    fuzz_check (n_ended == self->calls->len);
}

void
fuzz_trace_conclude (FuzzTrace *self)
{
  OcgDecoder *decoder = self->decoder;
  const char *family = ocg_model_get_family (decoder->model);

  fuzz_check ((decoder->state == OCG_DECODER_ERROR) == (decoder->error != NULL));
  fuzz_check ((decoder->state == OCG_DECODER_BROKEN) == (decoder->problem != NULL));
  fuzz_check (decoder->state != OCG_DECODER_COMPLETE || self->has_stop);
  fuzz_check (!self->has_content || decoder->has_content);
  check_usage (&decoder->usage);
  if (decoder->error != NULL)
    check_error (decoder->error, family);
  check_completion (self);
  if (decoder->state == OCG_DECODER_RUNNING)
    return;
  self->is_over = TRUE;
  ocg_decoder_take_event (decoder, "[DONE]", strlen ("[DONE]"));
  ocg_decoder_take_body (decoder, "{}", 2);
  ocg_decoder_finish (decoder);
}
