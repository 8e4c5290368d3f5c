/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* https://platform.openai.com/docs/api-reference/chat-streaming, and what others make of it. */

#include <string.h>

#include "ocg-call-list.h"
#include "ocg-completions-delta.h"
#include "ocg-json-writer.h"
#include "ocg-json.h"
#include "ocg-openai-completions-request.h"
#include "ocg-reasoning-details.h"
#include "ocg-snapshot.h"
#include "ocg-wire-apis.h"

/* What a piece of reasoning_details costs beside its texts. */
#define PIECE_COST 512

typedef struct
{
  OcgDecoder base;
  gboolean is_minimax;
  OcgCallList *calls;
  OcgSnapshot content;
  OcgSnapshot thoughts;
  GString *reasoning;   /* the thought that is going on, as it may be sent back */
  OcgReasoningDetails details;
  gboolean in_thought;
  gboolean has_thoughts; /* one of them has begun */
  GString *text;        /* everything that has come as content */
  GString *refusal;
  char *finish;         /* (nullable) finish_reason */
  OcgUsage usage;       /* the last one; running totals are not worth an event each */
} CompletionsDecoder;

static void before_text (OcgDecoder *base);

static void
decoder_init (OcgDecoder *base)
{
  CompletionsDecoder *self = (CompletionsDecoder *) base;

  base->before_text = before_text;
  self->is_minimax = g_str_equal (ocg_model_get_family (base->model), "minimax");
  base->text.keeps_thoughts = self->is_minimax;
  self->calls = ocg_call_list_new ();
  self->text = g_string_new (NULL);
  self->reasoning = g_string_new (NULL);
  self->refusal = g_string_new (NULL);
  self->usage = OCG_USAGE_UNKNOWN;
}

static void
decoder_clear (OcgDecoder *base)
{
  CompletionsDecoder *self = (CompletionsDecoder *) base;

  ocg_call_list_free (self->calls);
  ocg_snapshot_clear (&self->content);
  ocg_snapshot_clear (&self->thoughts);
  ocg_reasoning_details_clear (&self->details);
  g_string_free (self->text, TRUE);
  g_string_free (self->reasoning, TRUE);
  g_string_free (self->refusal, TRUE);
  g_free (self->finish);
}

/* prompt_tokens holds what came from a cache and went to one. */
static void
take_usage (CompletionsDecoder *self, JsonObject *object)
{
  OcgUsage usage = OCG_USAGE_UNKNOWN;
  JsonObject *details = ocg_json_get_object (object, "prompt_tokens_details");

  if (!ocg_json_get_int (object, "prompt_tokens", &usage.input))
    return;
  ocg_json_get_int (object, "completion_tokens", &usage.output);
  if (!ocg_json_get_int (details, "cached_tokens", &usage.cache_read)
      && !ocg_json_get_int (object, "prompt_cache_hit_tokens", &usage.cache_read))
    ocg_json_get_int (object, "cached_tokens", &usage.cache_read);
  ocg_json_get_int (details, "cache_write_tokens", &usage.cache_write);
  usage.input = MAX (usage.input - MAX (usage.cache_read, 0) - MAX (usage.cache_write, 0), 0);
  self->usage = usage;
}

/* llama.cpp counts here when nobody has asked for usage. */
static void
take_timings (CompletionsDecoder *self, JsonObject *timings)
{
  if (timings == NULL || self->usage.input >= 0)
    return;
  ocg_json_get_int (timings, "prompt_n", &self->usage.input);
  ocg_json_get_int (timings, "predicted_n", &self->usage.output);
}

/* Text that is seen follows; what servers only repeat in it ends no thought. */
static void
end_thought (CompletionsDecoder *self)
{
  g_autofree char *rest = ocg_snapshot_finish (&self->thoughts);
  g_autofree char *details = NULL;
  g_autoptr (GString) json = NULL;

  if (!self->in_thought)
    return;
  g_string_append (self->reasoning, rest);
  ocg_decoder_add_thinking (&self->base, rest);
  self->in_thought = FALSE;
  ocg_snapshot_clear (&self->thoughts);
  details = ocg_reasoning_details_dup_json (&self->details);
  if (details == NULL && self->reasoning->len == 0)
    return;
  if (details == NULL)
    {
      OcgJsonWriter writer = OCG_JSON_WRITER_INIT (json = g_string_new (NULL));

      ocg_json_open (&writer, '{');
      ocg_json_member_string (&writer, "reasoning_content", self->reasoning->str);
      ocg_json_close (&writer, '}');
    }
  ocg_decoder_add_replay (&self->base, details != NULL ? details : json->str);
  ocg_reasoning_details_clear (&self->details);
  g_string_truncate (self->reasoning, 0);
}

static void
before_text (OcgDecoder *base)
{
  end_thought ((CompletionsDecoder *) base);
}

static void
add_thinking (CompletionsDecoder *self, const char *text, gboolean may_be_snapshot)
{
  g_autofree char *tail = NULL;

  if (text == NULL || *text == '\0')
    return;
  if (may_be_snapshot)
    text = tail = ocg_snapshot_push (&self->thoughts, text);
  self->in_thought = self->has_thoughts = TRUE;
  g_string_append (self->reasoning, text);
  ocg_decoder_add_thinking (&self->base, text);
}

/* Some servers send the same words in two of the fields. */
static void
take_reasoning (CompletionsDecoder *self, JsonObject *delta)
{
  static const char *const fields[] = { "reasoning_content", "reasoning", "reasoning_text" };
  JsonArray *pieces = ocg_json_get_array (delta, "reasoning_details");
  g_autofree char *said = NULL;

  if (pieces != NULL && json_array_get_length (pieces) > 0)
    {
      said = ocg_reasoning_details_add (&self->details, pieces, self->is_minimax);
      ocg_decoder_keep (&self->base, PIECE_COST * json_array_get_length (pieces)
                                         + self->details.n_added);
      self->in_thought = self->has_thoughts = TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *text = ocg_json_get_string (delta, fields[i]);

      if (text != NULL && *text != '\0')
        {
          add_thinking (self, text, self->is_minimax);
          return;
        }
    }
  add_thinking (self, said, FALSE);
}

static void
add_text (CompletionsDecoder *self, const char *text)
{
  if (*text == '\0')
    return;
  g_string_append (self->text, text);
  ocg_decoder_add_text (&self->base, text);
}

static void
end_text (CompletionsDecoder *self)
{
  g_autofree char *rest = ocg_snapshot_finish (&self->content);

  add_text (self, rest);
  ocg_decoder_end_text (&self->base);
}

static void
take_text (CompletionsDecoder *self, const char *text)
{
  g_autofree char *tail = NULL;

  if (text == NULL || *text == '\0')
    return;
  if (self->is_minimax)
    text = tail = ocg_snapshot_push (&self->content, text);
  add_text (self, text);
}

/* A message as a whole in the middle of a stream: what is new in it, if it is the same message. */
static void
take_whole_text (CompletionsDecoder *self, const char *text)
{
  if (text != NULL && strncmp (text, self->text->str, self->text->len) == 0)
    add_text (self, text + self->text->len);
}

/* Mistral and some proxies send parts rather than a string. */
static char *
dup_content (JsonObject *message)
{
  JsonArray *parts = ocg_json_get_array (message, "content");
  GString *text;

  if (parts == NULL)
    return g_strdup (ocg_json_get_string (message, "content"));
  text = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (parts); i++)
    {
      const char *piece
          = ocg_json_get_string (ocg_json_array_get_object (parts, i), "text");

      g_string_append (text, piece != NULL ? piece : "");
    }
  return g_string_free (text, FALSE);
}

/* Arguments are a string that holds JSON; a few servers send the JSON itself. */
static void
add_arguments (CompletionsDecoder *self, OcgWireCall *call, JsonObject *function)
{
  JsonNode *node = function != NULL ? json_object_get_member (function, "arguments") : NULL;
  g_autofree char *json = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    json = ocg_json_print (node);
  ocg_decoder_add_arguments (&self->base, call, json != NULL ? json : json_node_get_string (node));
}

static void
take_call (CompletionsDecoder *self, JsonObject *entry, JsonObject *function)
{
  const char *name = ocg_json_get_string (function, "name");
  gint64 index = OCG_NO_INDEX;
  OcgWireCall *call;

  ocg_json_get_int (entry, "index", &index);
  call = ocg_call_list_get (self->calls, index, ocg_json_get_string (entry, "id"), name);
  end_thought (self);
  end_text (self);
  if (call->name != NULL)
    ocg_decoder_start_call (&self->base, call);
  add_arguments (self, call, function);
}

static void
take_calls (CompletionsDecoder *self, JsonObject *delta)
{
  JsonArray *calls = ocg_json_get_array (delta, "tool_calls");
  JsonObject *legacy = ocg_json_get_object (delta, "function_call");

  for (guint i = 0; calls != NULL && i < json_array_get_length (calls); i++)
    {
      JsonObject *entry = ocg_json_array_get_object (calls, i);

      if (entry != NULL)
        take_call (self, entry, ocg_json_get_object (entry, "function"));
    }
  if (legacy != NULL)
    take_call (self, legacy, legacy);
}

static void
take_refusal (CompletionsDecoder *self, JsonObject *delta)
{
  const char *text = ocg_json_get_string (delta, "refusal");

  if (text == NULL || !ocg_decoder_keep (&self->base, strlen (text)))
    return;
  g_string_append (self->refusal, text);
  self->base.has_content = self->base.has_answer = TRUE;
}

/* A call that is not started at the end has no name. */
static void
end_calls (CompletionsDecoder *self)
{
  for (guint i = 0; i < self->calls->calls->len; i++)
    ocg_decoder_end_call (&self->base, g_ptr_array_index (self->calls->calls, i));
}

static void
fail_by_reason (CompletionsDecoder *self, JsonObject *choice)
{
  g_autoptr (JsonObject) root = json_object_new ();
  JsonObject *error = ocg_json_get_object (choice, "error");
  OcgErrorReply *reply = NULL;

  if (error != NULL)
    {
      json_object_set_object_member (root, "error", json_object_ref (error));
      reply = ocg_error_reply_new_from_json (0, root);
    }
  if (reply == NULL)
    reply = ocg_error_reply_new_literal ("server_error", NULL);
  ocg_decoder_fail (&self->base, reply);
}

static void
take_finish (CompletionsDecoder *self, JsonObject *choice)
{
  static const char *const failures[] = { "error", "network_error", "insufficient_system_resource" };
  const char *reason = ocg_json_get_string (choice, "finish_reason");

  if (reason == NULL || *reason == '\0')
    return;
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (g_str_equal (reason, failures[i]))
      {
        fail_by_reason (self, choice);
        return;
      }
  g_free (self->finish);
  self->finish = g_strdup (reason);
  self->base.may_end = TRUE;
  end_thought (self);
  end_text (self);
  end_calls (self);
}

static void
flush (OcgDecoder *base)
{
  CompletionsDecoder *self = (CompletionsDecoder *) base;

  end_thought (self);
  end_text (self);
  ocg_decoder_add_usage (base, self->usage);
}

static OcgStopReason
map_finish_reason (const char *reason)
{
  static const struct
  {
    const char *reason;
    OcgStopReason stop;
  } rows[] = {
    { "stop", OCG_STOP_STOP },
    { "tool_calls", OCG_STOP_STOP }, /* there are calls or there are none */
    { "function_call", OCG_STOP_STOP },
    { "length", OCG_STOP_LENGTH },
    { "max_tokens", OCG_STOP_LENGTH },
    { "model_context_window_exceeded", OCG_STOP_LENGTH },
    { "content_filter", OCG_STOP_CONTENT_FILTER },
    { "sensitive", OCG_STOP_CONTENT_FILTER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].reason, reason))
      return rows[i].stop;
  g_debug ("unknown finish_reason");
  return OCG_STOP_STOP;
}

static void
decode_end (OcgDecoder *base)
{
  CompletionsDecoder *self = (CompletionsDecoder *) base;
  OcgStopReason stop;

  flush (base);
  /* Some servers send their last marker whatever has happened before. */
  if (self->finish == NULL)
    return;
  end_calls (self);
  stop = map_finish_reason (self->finish);
  if (stop == OCG_STOP_STOP && self->refusal->len > 0)
    stop = OCG_STOP_REFUSAL;
  else if (stop == OCG_STOP_STOP && self->base.n_calls > 0)
    stop = OCG_STOP_TOOL_CALLS;
  ocg_decoder_add_stop (base, stop, self->refusal->len > 0 ? self->refusal->str : NULL);
  ocg_decoder_complete (base);
}

/* Only the first choice was asked for. */
static JsonObject *
find_choice (JsonObject *root)
{
  JsonArray *choices = ocg_json_get_array (root, "choices");

  for (guint i = 0; choices != NULL && i < json_array_get_length (choices); i++)
    {
      JsonObject *choice = ocg_json_array_get_object (choices, i);
      gint64 index = 0;

      ocg_json_get_int (choice, "index", &index);
      if (choice != NULL && index == 0)
        return choice;
    }
  return NULL;
}

static void
take_message (CompletionsDecoder *self, JsonObject *message, gboolean is_whole)
{
  g_autofree char *content = NULL;

  if (message == NULL)
    return;
  content = dup_content (message);
  /* Of a message that says everything again, only what has not come yet. */
  if (!is_whole || !self->has_thoughts)
    take_reasoning (self, message);
  if (is_whole)
    take_whole_text (self, content);
  else
    take_text (self, content);
  if (!is_whole || self->refusal->len == 0)
    take_refusal (self, message);
  if (!is_whole || self->calls->calls->len == 0)
    take_calls (self, message);
}

static void
decode_event (OcgDecoder *base, JsonObject *event)
{
  CompletionsDecoder *self = (CompletionsDecoder *) base;
  JsonObject *choice = find_choice (event);

  take_usage (self, ocg_json_get_object (event, "usage"));
  take_timings (self, ocg_json_get_object (event, "timings"));
  if (choice == NULL)
    return;
  take_usage (self, ocg_json_get_object (choice, "usage"));
  take_message (self, ocg_json_get_object (choice, "delta"), FALSE);
  take_message (self, ocg_json_get_object (choice, "message"), TRUE);
  take_finish (self, choice);
}

static gboolean
decode_quickly (OcgDecoder *base, const char *event, gsize length)
{
  CompletionsDecoder *self = (CompletionsDecoder *) base;
  OcgCompletionsDelta delta;

  if (!ocg_completions_delta_read (event, length, base->scratch, &delta))
    return FALSE;
  if (delta.is_reasoning)
    add_thinking (self, delta.text, self->is_minimax);
  else
    take_text (self, delta.text);
  return TRUE;
}

static void
decode_body (OcgDecoder *base, JsonObject *body)
{
  CompletionsDecoder *self = (CompletionsDecoder *) base;
  JsonObject *choice = find_choice (body);

  if (choice == NULL || ocg_json_get_object (choice, "message") == NULL)
    {
      ocg_decoder_break_off (base, "the answer has no message");
      return;
    }
  decode_event (base, body);
  if (base->state != OCG_DECODER_RUNNING)
    return;
  /* A whole body cannot have been cut off. */
  if (self->finish == NULL)
    self->finish = g_strdup ("stop");
  decode_end (base);
}

const OcgWire ocg_wire_openai_completions = {
  .api = "openai-completions",
  .get_url = ocg_openai_completions_get_url,
  .build = ocg_openai_completions_build,
  .decoder_size = sizeof (CompletionsDecoder),
  .decoder_init = decoder_init,
  .decoder_clear = decoder_clear,
  .decode_quickly = decode_quickly,
  .decode_event = decode_event,
  .decode_body = decode_body,
  .decode_end = decode_end,
  .flush = flush,
  .tolerates_garbled_events = TRUE,
};
