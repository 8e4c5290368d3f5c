/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-decoder.h"

#include <gio/gio.h>
#include <string.h>

#include "ocg-json.h"
#include "ocg-replay.h"
#include "ocg-wire.h"

/* Bytes, as many as an answer may hand out. */
#define MAX_KEPT (16 * 1024 * 1024)

/* More calls than anybody can carry out. */
#define MAX_CALLS 1024

static void
emit (OcgDecoder *self, OcgEvent event)
{
  gboolean is_content = ocg_event_is_content (&event);

  /* What a server says after the end, in the same breath. */
  if (self->state != OCG_DECODER_RUNNING || (self->is_stopped && event.type != OCG_EVENT_USAGE))
    return;
  self->has_content = self->has_content || is_content;
  self->has_answer = self->has_answer || (is_content && event.type != OCG_EVENT_THINKING);
  self->emit (&event, self->user_data);
}

static void
emit_text (OcgDecoder *self, OcgEventType type, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (type == OCG_EVENT_TEXT && self->before_text != NULL)
    self->before_text (self);
  emit (self, (OcgEvent){ .type = type, .text = text, .length = strlen (text) });
}

OcgDecoder *
ocg_decoder_new (const OcgWire *wire, OcgModel *model, OcgEventFunc emit_func, gpointer user_data)
{
  OcgDecoder *self = g_malloc0 (wire->decoder_size);

  self->wire = wire;
  self->model = ocg_model_ref (model);
  self->emit = emit_func;
  self->user_data = user_data;
  self->usage = OCG_USAGE_UNKNOWN;
  self->scratch = g_string_new (NULL);
  ocg_text_filter_init (&self->text, self);
  wire->decoder_init (self);
  return self;
}

void
ocg_decoder_free (OcgDecoder *self)
{
  self->wire->decoder_clear (self);
  ocg_text_filter_clear (&self->text);
  ocg_stop_text_clear (&self->stop_text);
  g_string_free (self->scratch, TRUE);
  ocg_model_unref (self->model);
  g_clear_pointer (&self->tools, g_ptr_array_unref);
  g_clear_pointer (&self->error, ocg_error_reply_free);
  g_free (self);
}

void
ocg_decoder_set_tools (OcgDecoder *self, GPtrArray *tools)
{
  g_clear_pointer (&self->tools, g_ptr_array_unref);
  self->tools = g_ptr_array_ref (tools);
}

void
ocg_decoder_set_stop (OcgDecoder *self, GStrv stops)
{
  ocg_stop_text_set (&self->stop_text, stops);
}

gboolean
ocg_decoder_keep (OcgDecoder *self, gsize size)
{
  self->kept += size;
  if (self->kept > MAX_KEPT)
    ocg_decoder_break_off (self, "the answer is too large");
  return self->kept <= MAX_KEPT;
}

void
ocg_decoder_begin_part (OcgDecoder *self)
{
  emit (self, (OcgEvent){ .type = OCG_EVENT_PART });
}

void
ocg_decoder_add_text (OcgDecoder *self, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (ocg_text_filter_concerns (&self->text, text))
    ocg_text_filter_push (&self->text, text);
  else
    ocg_decoder_emit_text (self, text);
}

void
ocg_decoder_emit_text (OcgDecoder *self, const char *text)
{
  g_autofree char *ready = NULL;
  gboolean is_found = FALSE;

  if (self->stop_text.stops == NULL || text == NULL || *text == '\0')
    {
      emit_text (self, OCG_EVENT_TEXT, text);
      return;
    }
  ready = ocg_stop_text_push (&self->stop_text, text, &is_found);
  emit_text (self, OCG_EVENT_TEXT, ready);
  /* Whoever calls is in the middle of an event: settle() ends the answer. */
  self->is_stopped = self->is_stopped || is_found;
}

void
ocg_decoder_revise_text (OcgDecoder *self, const char *text)
{
  /* It has not been through the filter, so there must be nothing in it for the filter. */
  if ((self->text.is_idle || strpbrk (text, "<[]") == NULL) && self->stop_text.stops == NULL)
    emit_text (self, OCG_EVENT_REVISION, text);
}

void
ocg_decoder_emit_thinking (OcgDecoder *self, const char *text)
{
  emit_text (self, OCG_EVENT_THINKING, text);
}

void
ocg_decoder_add_thinking (OcgDecoder *self, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  self->text.has_structured_thoughts = TRUE;
  emit_text (self, OCG_EVENT_THINKING, text);
}

void
ocg_decoder_end_text (OcgDecoder *self)
{
  g_autofree char *rest = NULL;

  ocg_text_filter_finish (&self->text);
  rest = ocg_stop_text_finish (&self->stop_text);
  emit_text (self, OCG_EVENT_TEXT, rest);
}

void
ocg_decoder_add_replay (OcgDecoder *self, const char *block)
{
  g_autofree char *family = ocg_replay_dup_family (self->wire->api, self->model);
  g_autofree char *replay = ocg_replay_pack (self->wire->api, family, block);

  emit_text (self, OCG_EVENT_REPLAY, replay);
}

static void
emit_call (OcgDecoder *self, OcgEventType type, OcgWireCall *call, const char *text)
{
  emit (self, (OcgEvent){ .type = type,
                          .index = call->index,
                          .id = call->id,
                          .name = call->name,
                          .text = text,
                          .length = text != NULL ? strlen (text) : 0 });
}

void
ocg_decoder_start_call (OcgDecoder *self, OcgWireCall *call)
{
  if (call->started)
    return;
  if (self->n_calls == MAX_CALLS)
    {
      ocg_decoder_break_off (self, "the answer has too many tool calls");
      return;
    }
  call->started = TRUE;
  call->index = self->n_calls++;
  if (call->id == NULL)
    call->id = g_strdup_printf ("call_%u", call->index);
  if (call->name == NULL)
    call->name = g_strdup ("");
  emit_call (self, OCG_EVENT_TOOL_START, call, NULL);
  if (call->arguments->len > 0)
    emit_call (self, OCG_EVENT_TOOL_DELTA, call, call->arguments->str);
}

void
ocg_decoder_add_arguments (OcgDecoder *self, OcgWireCall *call, const char *fragment)
{
  if (call->ended || fragment == NULL || *fragment == '\0'
      || !ocg_decoder_keep (self, strlen (fragment)))
    return;
  g_string_append (call->arguments, fragment);
  if (call->started)
    emit_call (self, OCG_EVENT_TOOL_DELTA, call, fragment);
}

void
ocg_decoder_end_call (OcgDecoder *self, OcgWireCall *call)
{
  g_autofree char *arguments = NULL;

  if (call->ended)
    return;
  call->ended = TRUE;
  if (!call->is_broken && call->name != NULL && *call->name != '\0')
    arguments = ocg_wire_call_dup_arguments (call);
  if (arguments == NULL)
    {
      self->has_broken_call = TRUE;
      return;
    }
  ocg_decoder_start_call (self, call);
  emit_call (self, OCG_EVENT_TOOL_END, call, arguments);
}

static void
take_number (gint64 *known, gint64 value)
{
  if (value > 0 || (value == 0 && *known < 0))
    *known = value;
}

void
ocg_decoder_add_usage (OcgDecoder *self, OcgUsage usage)
{
  OcgUsage before = self->usage;

  take_number (&self->usage.input, usage.input);
  take_number (&self->usage.output, usage.output);
  take_number (&self->usage.cache_read, usage.cache_read);
  take_number (&self->usage.cache_write, usage.cache_write);
  if (memcmp (&before, &self->usage, sizeof before) != 0)
    emit (self, (OcgEvent){ .type = OCG_EVENT_USAGE, .usage = self->usage });
}

void
ocg_decoder_add_stop (OcgDecoder *self, OcgStopReason stop, const char *words)
{
  /* Calls that were written into the text do not tell the server's own count. */
  if (stop == OCG_STOP_STOP && self->text.n_calls > 0)
    stop = OCG_STOP_TOOL_CALLS;
  self->stop = stop;
  self->has_content = self->has_content || words != NULL;
  self->has_answer = self->has_answer || words != NULL;
  emit (self, (OcgEvent){ .type = OCG_EVENT_STOP,
                          .stop = stop,
                          .text = words,
                          .length = words != NULL ? strlen (words) : 0 });
}

void
ocg_decoder_add_pause (OcgDecoder *self)
{
  self->stop = OCG_STOP_STOP;
  self->has_content = self->has_answer = TRUE;
  emit (self, (OcgEvent){ .type = OCG_EVENT_STOP, .stop = OCG_STOP_STOP, .pause = TRUE });
}

/* Nothing more comes: what is held back belongs to the partial answer. */
static void
flush (OcgDecoder *self)
{
  if (self->is_flushing)
    return;
  self->is_flushing = TRUE;
  if (self->wire->flush != NULL)
    self->wire->flush (self);
  ocg_decoder_end_text (self);
  self->is_flushing = FALSE;
}

/* A call that the token limit cut in two is left out; any other broken one breaks the answer. */
void
ocg_decoder_complete (OcgDecoder *self)
{
  if (self->state != OCG_DECODER_RUNNING || self->is_stopped)
    return;
  if (self->has_broken_call && self->stop != OCG_STOP_LENGTH
      && self->stop != OCG_STOP_CONTENT_FILTER)
    ocg_decoder_break_off (self, "the arguments of a tool call are not a JSON object");
  else
    self->state = OCG_DECODER_COMPLETE;
}

void
ocg_decoder_break_off (OcgDecoder *self, const char *problem)
{
  if (self->state != OCG_DECODER_RUNNING || self->is_stopped)
    return;
  flush (self);
  self->state = OCG_DECODER_BROKEN;
  self->problem = problem;
}

void
ocg_decoder_fail (OcgDecoder *self, OcgErrorReply *error)
{
  if (self->state != OCG_DECODER_RUNNING || self->is_stopped)
    {
      ocg_error_reply_free (error);
      return;
    }
  flush (self);
  self->error = error;
  self->state = OCG_DECODER_ERROR;
}

/* The caller's own end has come: what the server says after it does not count, however it goes on. */
static void
settle (OcgDecoder *self)
{
  if (!self->is_stopped || self->state != OCG_DECODER_RUNNING)
    return;
  flush (self);
  self->is_stopped = FALSE;
  /* Even when it comes first: nothing is what was asked for then. */
  self->has_content = self->has_answer = TRUE;
  ocg_decoder_add_stop (self, OCG_STOP_STOP, NULL);
  self->state = OCG_DECODER_COMPLETE;
}

/* Providers answer 200 and put the error into the body or into the stream. */
static gboolean
take_error (OcgDecoder *self, JsonObject *root)
{
  OcgErrorReply *error = ocg_error_reply_new_from_json (0, root);

  if (error == NULL)
    return FALSE;
  if (self->wire->decode_usage != NULL)
    self->wire->decode_usage (self, root);
  ocg_decoder_fail (self, error);
  return TRUE;
}

static void
take_event (OcgDecoder *self, const char *data, gsize length)
{
  g_autoptr (JsonObject) event = NULL;
  g_autoptr (GError) error = NULL;

  if (self->state != OCG_DECODER_RUNNING)
    return;
  if (length == strlen ("[DONE]") && memcmp (data, "[DONE]", length) == 0)
    {
      self->has_done = TRUE;
      if (self->wire->decode_end != NULL)
        self->wire->decode_end (self);
      return;
    }
  if (self->wire->decode_quickly != NULL && self->wire->decode_quickly (self, data, length))
    return;
  event = ocg_json_parse_object (data, (gssize) length, &error);
  if (event != NULL && !take_error (self, event))
    self->wire->decode_event (self, event);
  if (event != NULL)
    return;
  /* One event that nobody can read need not spoil an answer that then ends as it should. */
  self->n_garbled++;
  if (!self->wire->tolerates_garbled_events
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    ocg_decoder_break_off (self, "an event of the stream is not a JSON object");
}

void
ocg_decoder_take_event (OcgDecoder *self, const char *data, gsize length)
{
  take_event (self, data, length);
  settle (self);
}

static void
take_body (OcgDecoder *self, const char *body, gsize length)
{
  g_autofree char *text = g_utf8_make_valid (body, (gssize) length);
  g_autoptr (JsonObject) root = NULL;

  if (self->state != OCG_DECODER_RUNNING)
    return;
  root = ocg_json_parse_object (text, -1, NULL);
  if (root == NULL)
    {
      self->is_empty_body = *g_strstrip (text) == '\0';
      ocg_decoder_break_off (self, self->is_empty_body ? "the answer is empty"
                                                       : "the answer is not a JSON object");
    }
  else if (!take_error (self, root))
    {
      self->wire->decode_body (self, root);
    }
}

void
ocg_decoder_take_body (OcgDecoder *self, const char *body, gsize length)
{
  take_body (self, body, length);
  settle (self);
}

void
ocg_decoder_finish (OcgDecoder *self)
{
  if (self->state != OCG_DECODER_RUNNING)
    return;
  if (self->wire->decode_end != NULL)
    self->wire->decode_end (self);
  settle (self);
  if (self->state == OCG_DECODER_RUNNING)
    flush (self);
  settle (self);
  if (self->state == OCG_DECODER_RUNNING && self->n_garbled > 0)
    ocg_decoder_break_off (self, "an event of the stream is not a JSON object");
}
