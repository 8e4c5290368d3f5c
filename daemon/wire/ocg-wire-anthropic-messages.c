/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* https://docs.anthropic.com/en/api/messages-streaming, and what compatible servers make of it. */

#include <string.h>

#include "ocg-anthropic-request.h"
#include "ocg-end-marker.h"
#include "ocg-json-writer.h"
#include "ocg-json.h"
#include "ocg-replay.h"
#include "ocg-wire-apis.h"

typedef enum
{
  BLOCK_TEXT,
  BLOCK_THINKING,
  BLOCK_TOOL_USE,
  BLOCK_IGNORED, /* server-side tools and whatever comes to be */
} BlockType;

typedef struct
{
  BlockType type;
  gboolean open;
  gboolean is_broken; /* a tool call whose arguments are no object */
  char *id;
  char *name;
  char *start_input;  /* (nullable) JSON: compatible servers send the arguments at once */
  GString *arguments;
  GString *thinking;
  GString *signature;
} Block;

typedef struct
{
  OcgDecoder base;
  GHashTable *blocks; /* index -> Block */
  OcgUsage usage;
  OcgEndMarker marker;
  OcgStopReason stop;
  gboolean has_broken_call; /* a tool call whose arguments are not JSON */
} AnthropicDecoder;

static void
block_free (Block *block)
{
  g_free (block->id);
  g_free (block->name);
  g_free (block->start_input);
  g_string_free (block->arguments, TRUE);
  g_string_free (block->thinking, TRUE);
  g_string_free (block->signature, TRUE);
  g_free (block);
}

static void
decoder_init (OcgDecoder *base)
{
  AnthropicDecoder *self = (AnthropicDecoder *) base;

  self->blocks = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) block_free);
  self->usage = OCG_USAGE_UNKNOWN;
}

static void
decoder_clear (OcgDecoder *base)
{
  AnthropicDecoder *self = (AnthropicDecoder *) base;

  g_hash_table_unref (self->blocks);
  ocg_end_marker_clear (&self->marker);
}

static void
emit (AnthropicDecoder *self, OcgEvent event)
{
  self->base.emit (&event, self->base.user_data);
}

static void
emit_text (AnthropicDecoder *self, OcgEventType type, const char *text)
{
  if (text != NULL && *text != '\0')
    emit (self, (OcgEvent){ .type = type, .text = text, .length = strlen (text) });
}

/* Visible text; with MiniMax it may have its end marker at the end. */
static void
add_text (AnthropicDecoder *self, const char *text)
{
  g_autofree char *ready = NULL;

  if (text == NULL || !ocg_end_marker_concerns (&self->marker, text, strlen (text))
      || !g_str_equal (ocg_model_get_family (self->base.model), "minimax"))
    {
      emit_text (self, OCG_EVENT_TEXT, text);
      return;
    }
  ready = ocg_end_marker_push (&self->marker, text);
  emit_text (self, OCG_EVENT_TEXT, ready);
}

/* Something else than text follows, or nothing. */
static void
end_text (AnthropicDecoder *self)
{
  g_autofree char *rest = ocg_end_marker_finish (&self->marker);

  emit_text (self, OCG_EVENT_TEXT, rest);
}

static void
emit_tool (AnthropicDecoder *self, OcgEventType type, guint index, Block *block, const char *text)
{
  emit (self, (OcgEvent){ .type = type,
                          .index = index,
                          .id = block->id,
                          .name = block->name,
                          .text = text,
                          .length = text != NULL ? strlen (text) : 0 });
}

static void
emit_replay (AnthropicDecoder *self, const char *block_json)
{
  g_autofree char *replay = ocg_replay_pack (self->base.wire->api,
                                             ocg_model_get_family (self->base.model), block_json);

  emit_text (self, OCG_EVENT_REPLAY, replay);
}

/* Running totals: a field that is there replaces, one that is missing leaves what was known. */
static void
take_usage (AnthropicDecoder *self, JsonObject *usage)
{
  gint64 value;
  OcgUsage before = self->usage;

  if (ocg_json_get_int (usage, "input_tokens", &value) && value >= 0)
    self->usage.input = value;
  if (ocg_json_get_int (usage, "output_tokens", &value) && value >= 0)
    self->usage.output = value;
  if (ocg_json_get_int (usage, "cache_read_input_tokens", &value) && value >= 0)
    self->usage.cache_read = value;
  if (ocg_json_get_int (usage, "cache_creation_input_tokens", &value) && value >= 0)
    self->usage.cache_write = value;
  if (memcmp (&before, &self->usage, sizeof before) != 0)
    emit (self, (OcgEvent){ .type = OCG_EVENT_USAGE, .usage = self->usage });
}

static OcgStopReason
map_stop_reason (const char *reason)
{
  static const struct
  {
    const char *reason;
    OcgStopReason stop;
  } rows[] = {
    { "end_turn", OCG_STOP_STOP },
    { "stop_sequence", OCG_STOP_STOP },
    { "pause_turn", OCG_STOP_STOP },
    { "max_tokens", OCG_STOP_LENGTH },
    { "model_context_window_exceeded", OCG_STOP_LENGTH },
    { "tool_use", OCG_STOP_TOOL_CALLS },
    { "refusal", OCG_STOP_REFUSAL },
    { "sensitive", OCG_STOP_CONTENT_FILTER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].reason, reason))
      return rows[i].stop;
  g_debug ("unknown stop_reason");
  return OCG_STOP_STOP;
}

/* @delta: message_delta's, or a whole message. */
static void
take_stop (AnthropicDecoder *self, JsonObject *delta)
{
  const char *reason = ocg_json_get_string (delta, "stop_reason");
  JsonObject *details = ocg_json_get_object (delta, "stop_details");

  if (reason == NULL)
    return;
  self->stop = map_stop_reason (reason);
  emit (self, (OcgEvent){ .type = OCG_EVENT_STOP,
                          .stop = self->stop,
                          .pause = g_str_equal (reason, "pause_turn"),
                          .text = ocg_json_get_string (details, "explanation") });
}

static char *
dup_member_json (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL ? json_to_string (node, FALSE) : NULL;
}

static BlockType
block_type_from_string (const char *type)
{
  if (g_strcmp0 (type, "text") == 0)
    return BLOCK_TEXT;
  if (g_strcmp0 (type, "thinking") == 0 || g_strcmp0 (type, "redacted_thinking") == 0)
    return BLOCK_THINKING;
  if (g_strcmp0 (type, "tool_use") == 0)
    return BLOCK_TOOL_USE;
  return BLOCK_IGNORED;
}

static Block *
add_block (AnthropicDecoder *self, guint index, BlockType type)
{
  Block *block = g_new0 (Block, 1);

  block->type = type;
  block->open = TRUE;
  block->arguments = g_string_new (NULL);
  block->thinking = g_string_new (NULL);
  block->signature = g_string_new (NULL);
  g_hash_table_replace (self->blocks, GUINT_TO_POINTER (index), block);
  emit (self, (OcgEvent){ .type = OCG_EVENT_PART });
  return block;
}

static void
add_thinking (AnthropicDecoder *self, Block *block, const char *text)
{
  if (text == NULL)
    return;
  g_string_append (block->thinking, text);
  emit_text (self, OCG_EVENT_THINKING, text);
}

static void
start_tool (AnthropicDecoder *self, guint index, Block *block, JsonObject *content)
{
  const char *id = ocg_json_get_string (content, "id");
  const char *name = ocg_json_get_string (content, "name");

  block->id = id != NULL ? g_strdup (id) : g_strdup_printf ("call_%u", index);
  block->name = g_strdup (name != NULL ? name : "");
  if (ocg_json_get_object (content, "input") != NULL)
    block->start_input = dup_member_json (content, "input");
  else
    block->is_broken = json_object_has_member (content, "input")
                       && !json_object_get_null_member (content, "input");
  emit_tool (self, OCG_EVENT_TOOL_START, index, block, NULL);
}

static void
start_block (AnthropicDecoder *self, guint index, JsonObject *content)
{
  const char *type = ocg_json_get_string (content, "type");
  Block *block = add_block (self, index, block_type_from_string (type));
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) node = NULL;

  switch (block->type)
    {
    case BLOCK_TEXT:
      add_text (self, ocg_json_get_string (content, "text"));
      break;
    case BLOCK_THINKING:
      if (g_str_equal (type, "redacted_thinking"))
        {
          node = json_node_new (JSON_NODE_OBJECT);
          json_node_set_object (node, content);
          json = json_to_string (node, FALSE);
          emit_replay (self, json);
          block->open = FALSE;
          break;
        }
      add_thinking (self, block, ocg_json_get_string (content, "thinking"));
      if (ocg_json_get_string (content, "signature") != NULL)
        g_string_assign (block->signature, ocg_json_get_string (content, "signature"));
      break;
    case BLOCK_TOOL_USE:
      start_tool (self, index, block, content);
      break;
    case BLOCK_IGNORED:
      break;
    }
}

/* The arguments of a tool call: what the deltas spell, else what the start said, else nothing. NULL
 * for a call that nobody can carry out. */
static char *
dup_arguments (Block *block)
{
  g_autoptr (JsonObject) parsed = NULL;

  if (*block->name == '\0' || block->is_broken)
    return NULL;
  if (block->arguments->len == 0)
    return g_strdup (block->start_input != NULL ? block->start_input : "{}");
  parsed = ocg_json_parse_object (block->arguments->str, (gssize) block->arguments->len, NULL);
  return parsed != NULL ? g_strdup (block->arguments->str) : NULL;
}

static void
end_thinking (AnthropicDecoder *self, Block *block)
{
  g_autoptr (GString) json = g_string_new (NULL);
  OcgJsonWriter writer = OCG_JSON_WRITER_INIT (json);

  /* A block without a signature is never accepted back. */
  if (block->signature->len == 0)
    return;
  ocg_json_open (&writer, '{');
  ocg_json_member_string (&writer, "type", "thinking");
  ocg_json_member_string (&writer, "thinking", block->thinking->str);
  ocg_json_member_string (&writer, "signature", block->signature->str);
  ocg_json_close (&writer, '}');
  emit_replay (self, json->str);
}

static void
end_block (AnthropicDecoder *self, guint index)
{
  Block *block = g_hash_table_lookup (self->blocks, GUINT_TO_POINTER (index));
  g_autofree char *arguments = NULL;

  if (block == NULL || !block->open)
    return;
  block->open = FALSE;
  if (block->type == BLOCK_TEXT)
    end_text (self);
  if (block->type == BLOCK_THINKING)
    end_thinking (self, block);
  if (block->type != BLOCK_TOOL_USE)
    return;

  arguments = dup_arguments (block);
  if (arguments != NULL)
    emit_tool (self, OCG_EVENT_TOOL_END, index, block, arguments);
  else
    self->has_broken_call = TRUE;
}

static void
take_delta (AnthropicDecoder *self, guint index, JsonObject *delta)
{
  Block *block = g_hash_table_lookup (self->blocks, GUINT_TO_POINTER (index));
  const char *type = ocg_json_get_string (delta, "type");
  const char *text;

  /* Some servers never announce their first text block. */
  if (block == NULL)
    block = add_block (self, index,
                       g_strcmp0 (type, "thinking_delta") == 0 ? BLOCK_THINKING : BLOCK_TEXT);
  if (!block->open || block->type == BLOCK_IGNORED)
    return;

  if (g_strcmp0 (type, "input_json_delta") == 0)
    {
      text = ocg_json_get_string (delta, "partial_json");
      if (block->type != BLOCK_TOOL_USE || text == NULL || *text == '\0')
        return;
      g_string_append (block->arguments, text);
      emit_tool (self, OCG_EVENT_TOOL_DELTA, index, block, text);
      return;
    }
  if (g_strcmp0 (type, "signature_delta") == 0)
    {
      text = ocg_json_get_string (delta, "signature");
      g_string_assign (block->signature, text != NULL ? text : "");
      return;
    }
  if (g_strcmp0 (type, "thinking_delta") == 0)
    {
      add_thinking (self, block, ocg_json_get_string (delta, "thinking"));
      return;
    }
  /* MiniMax puts its reasoning beside the text of an ordinary delta. */
  emit_text (self, OCG_EVENT_THINKING, ocg_json_get_string (delta, "reasoning_content"));
  add_text (self, ocg_json_get_string (delta, "text"));
  add_text (self, ocg_json_get_string (delta, "content"));
}

/* A call that the token limit cut in two is left out; any other broken one breaks the answer. */
static void
complete (AnthropicDecoder *self)
{
  end_text (self);
  self->base.state = OCG_DECODER_COMPLETE;
  if (self->has_broken_call && self->stop != OCG_STOP_LENGTH)
    {
      self->base.state = OCG_DECODER_BROKEN;
      self->base.problem = "the arguments of a tool call are not a JSON object";
    }
}

static void
decode_event (OcgDecoder *base, JsonObject *event)
{
  AnthropicDecoder *self = (AnthropicDecoder *) base;
  const char *type = ocg_json_get_string (event, "type");
  gint64 index = 0;

  ocg_json_get_int (event, "index", &index);
  if (type == NULL || index < 0 || index > G_MAXINT)
    return;

  if (g_str_equal (type, "content_block_delta"))
    take_delta (self, (guint) index, ocg_json_get_object (event, "delta"));
  else if (g_str_equal (type, "content_block_start"))
    start_block (self, (guint) index, ocg_json_get_object (event, "content_block"));
  else if (g_str_equal (type, "content_block_stop"))
    end_block (self, (guint) index);
  else if (g_str_equal (type, "message_start"))
    take_usage (self, ocg_json_get_object (ocg_json_get_object (event, "message"), "usage"));
  else if (g_str_equal (type, "message_delta"))
    {
      take_usage (self, ocg_json_get_object (event, "usage"));
      take_stop (self, ocg_json_get_object (event, "delta"));
    }
  else if (g_str_equal (type, "message_stop"))
    complete (self);
}

static void
decode_body (OcgDecoder *base, JsonObject *body)
{
  AnthropicDecoder *self = (AnthropicDecoder *) base;
  JsonArray *content = ocg_json_get_array (body, "content");

  if (content == NULL)
    {
      base->state = OCG_DECODER_BROKEN;
      base->problem = "the answer has no content array";
      return;
    }
  for (guint i = 0; i < json_array_get_length (content); i++)
    {
      JsonObject *block = ocg_json_array_get_object (content, i);

      if (block != NULL)
        start_block (self, i, block);
      end_block (self, i);
    }
  take_usage (self, ocg_json_get_object (body, "usage"));
  take_stop (self, body);
  complete (self);
}

const OcgWire ocg_wire_anthropic_messages = {
  .api = "anthropic-messages",
  .get_url = ocg_anthropic_get_url,
  .build = ocg_anthropic_build,
  .decoder_size = sizeof (AnthropicDecoder),
  .decoder_init = decoder_init,
  .decoder_clear = decoder_clear,
  .decode_event = decode_event,
  .decode_body = decode_body,
};
