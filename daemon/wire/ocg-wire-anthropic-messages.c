/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* https://docs.anthropic.com/en/api/messages-streaming, and what compatible servers make of it. */

#include <string.h>

#include "ocg-anthropic-request.h"
#include "ocg-json-skim.h"
#include "ocg-json-writer.h"
#include "ocg-json.h"
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
  OcgWireCall *call;  /* (nullable) */
  char *start_input;  /* (nullable) JSON: compatible servers send the arguments at once */
  GString *thinking;
  GString *signature;
} Block;

typedef struct
{
  OcgDecoder base;
  GHashTable *blocks; /* index -> Block */
} AnthropicDecoder;

static void
block_free (Block *block)
{
  g_clear_pointer (&block->call, ocg_wire_call_free);
  g_free (block->start_input);
  g_string_free (block->thinking, TRUE);
  g_string_free (block->signature, TRUE);
  g_free (block);
}

static void
decoder_init (OcgDecoder *base)
{
  AnthropicDecoder *self = (AnthropicDecoder *) base;

  self->blocks = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) block_free);
}

static void
decoder_clear (OcgDecoder *base)
{
  AnthropicDecoder *self = (AnthropicDecoder *) base;

  g_hash_table_unref (self->blocks);
}

/* Running totals: a field that is there replaces, one that is missing leaves what was known. */
static void
take_usage (AnthropicDecoder *self, JsonObject *object)
{
  OcgUsage usage = OCG_USAGE_UNKNOWN;

  ocg_json_get_int (object, "input_tokens", &usage.input);
  ocg_json_get_int (object, "output_tokens", &usage.output);
  ocg_json_get_int (object, "cache_read_input_tokens", &usage.cache_read);
  ocg_json_get_int (object, "cache_creation_input_tokens", &usage.cache_write);
  ocg_decoder_add_usage (&self->base, usage);
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

  OcgStopReason stop;

  if (reason == NULL)
    return;
  if (g_str_equal (reason, "pause_turn"))
    {
      ocg_decoder_add_pause (&self->base);
      return;
    }
  stop = map_stop_reason (reason);
  /* The calls that have come outrank the word for them. */
  if (stop == OCG_STOP_TOOL_CALLS && self->base.n_calls == 0)
    stop = OCG_STOP_STOP;
  else if (stop == OCG_STOP_STOP && self->base.n_calls > 0)
    stop = OCG_STOP_TOOL_CALLS;
  ocg_decoder_add_stop (&self->base, stop, ocg_json_get_string (details, "explanation"));
}

static char *
dup_member_json (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL ? ocg_json_print (node) : NULL;
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

/* What a block costs beside its texts. */
#define BLOCK_COST 512

static Block *
add_block (AnthropicDecoder *self, guint index, BlockType type)
{
  Block *block = g_new0 (Block, 1);

  ocg_decoder_keep (&self->base, BLOCK_COST);

  block->type = type;
  block->open = TRUE;
  block->thinking = g_string_new (NULL);
  block->signature = g_string_new (NULL);
  g_hash_table_replace (self->blocks, GUINT_TO_POINTER (index), block);
  ocg_decoder_begin_part (&self->base);
  return block;
}

static void
add_thinking (AnthropicDecoder *self, Block *block, const char *text)
{
  if (text == NULL)
    return;
  g_string_append (block->thinking, text);
  ocg_decoder_add_thinking (&self->base, text);
}

static void
start_tool (AnthropicDecoder *self, Block *block, JsonObject *content)
{
  block->call = ocg_wire_call_new (ocg_json_get_string (content, "id"),
                                   ocg_json_get_string (content, "name"));
  if (ocg_json_get_object (content, "input") != NULL)
    {
      block->start_input = dup_member_json (content, "input");
      ocg_decoder_keep (&self->base, strlen (block->start_input));
    }
  else
    block->call->is_broken = json_object_has_member (content, "input")
                             && !json_object_get_null_member (content, "input");
  ocg_decoder_start_call (&self->base, block->call);
}

static void
start_thinking (AnthropicDecoder *self, Block *block, JsonObject *content)
{
  g_autoptr (GString) json = NULL;

  if (g_strcmp0 (ocg_json_get_string (content, "type"), "redacted_thinking") == 0)
    {
      OcgJsonWriter writer = OCG_JSON_WRITER_INIT (json = g_string_new (NULL));

      ocg_json_object (&writer, content);
      ocg_decoder_add_replay (&self->base, json->str);
      block->open = FALSE;
      return;
    }
  add_thinking (self, block, ocg_json_get_string (content, "thinking"));
  if (ocg_json_get_string (content, "signature") != NULL)
    g_string_assign (block->signature, ocg_json_get_string (content, "signature"));
}

static void
start_block (AnthropicDecoder *self, guint index, JsonObject *content)
{
  const char *type = ocg_json_get_string (content, "type");
  Block *block = add_block (self, index, block_type_from_string (type));

  switch (block->type)
    {
    case BLOCK_TEXT:
      ocg_decoder_add_text (&self->base, ocg_json_get_string (content, "text"));
      break;
    case BLOCK_THINKING:
      start_thinking (self, block, content);
      break;
    case BLOCK_TOOL_USE:
      start_tool (self, block, content);
      break;
    case BLOCK_IGNORED:
      break;
    }
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
  ocg_decoder_add_replay (&self->base, json->str);
}

static void
end_block (AnthropicDecoder *self, guint index)
{
  Block *block = g_hash_table_lookup (self->blocks, GUINT_TO_POINTER (index));

  if (block == NULL || !block->open)
    return;
  block->open = FALSE;
  if (block->type == BLOCK_TEXT)
    ocg_decoder_end_text (&self->base);
  if (block->type == BLOCK_THINKING)
    end_thinking (self, block);
  if (block->type != BLOCK_TOOL_USE)
    return;
  /* What the deltas spell, else what the start said, else nothing. */
  if (block->call->arguments->len == 0 && block->start_input != NULL)
    g_string_assign (block->call->arguments, block->start_input);
  ocg_decoder_end_call (&self->base, block->call);
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
      if (block->type == BLOCK_TOOL_USE)
        ocg_decoder_add_arguments (&self->base, block->call,
                                   ocg_json_get_string (delta, "partial_json"));
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
  ocg_decoder_add_thinking (&self->base, ocg_json_get_string (delta, "reasoning_content"));
  ocg_decoder_add_text (&self->base, ocg_json_get_string (delta, "text"));
  ocg_decoder_add_text (&self->base, ocg_json_get_string (delta, "content"));
}

static int
compare_indexes (gconstpointer a, gconstpointer b)
{
  guint x = GPOINTER_TO_UINT (a);
  guint y = GPOINTER_TO_UINT (b);

  return (x > y) - (x < y);
}

/* Compatible servers forget to end their blocks, and to say why they stop. */
static void
complete (AnthropicDecoder *self)
{
  g_autoptr (GList) indexes
      = g_list_sort (g_hash_table_get_keys (self->blocks), compare_indexes);

  for (GList *l = indexes; l != NULL; l = l->next)
    end_block (self, GPOINTER_TO_UINT (l->data));
  ocg_decoder_end_text (&self->base);
  if (self->base.stop == OCG_STOP_NONE)
    ocg_decoder_add_stop (&self->base,
                          self->base.n_calls > 0 ? OCG_STOP_TOOL_CALLS : OCG_STOP_STOP, NULL);
  ocg_decoder_complete (&self->base);
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
    {
      end_block (self, (guint) index);
      start_block (self, (guint) index, ocg_json_get_object (event, "content_block"));
    }
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

static gboolean
decode_quickly (OcgDecoder *base, const char *event, gsize length)
{
  enum { TYPE, INDEX, DELTA, DELTA_TYPE, TEXT, THINKING, JSON, REASONING, CONTENT, ERROR, BASE_RESP };
  static const OcgJsonWanted wanted[] = {
    [TYPE] = { -1, "type" },         [INDEX] = { -1, "index" },
    [DELTA] = { -1, "delta" },       [DELTA_TYPE] = { DELTA, "type" },
    [TEXT] = { DELTA, "text" },      [THINKING] = { DELTA, "thinking" },
    [JSON] = { DELTA, "partial_json" }, [REASONING] = { DELTA, "reasoning_content" },
    [CONTENT] = { DELTA, "content" }, [ERROR] = { -1, "error" },
    [BASE_RESP] = { -1, "base_resp" },
  };
  AnthropicDecoder *self = (AnthropicDecoder *) base;
  OcgJsonSlice found[G_N_ELEMENTS (wanted)];
  Block *block = NULL;
  guint index;

  if (!ocg_json_skim (event, length, wanted, G_N_ELEMENTS (wanted), found)
      || !ocg_json_slice_is (&found[TYPE], "content_block_delta")
      || !ocg_json_slice_get_index (&found[INDEX], &index)
      || found[REASONING].kind != OCG_JSON_ABSENT || found[CONTENT].kind != OCG_JSON_ABSENT
      || found[ERROR].kind != OCG_JSON_ABSENT || found[BASE_RESP].kind != OCG_JSON_ABSENT)
    return FALSE;
  block = g_hash_table_lookup (self->blocks, GUINT_TO_POINTER (index));
  if (block == NULL || !block->open)
    return FALSE;
  if (block->type == BLOCK_TEXT && ocg_json_slice_is (&found[DELTA_TYPE], "text_delta")
      && found[TEXT].kind == OCG_JSON_STRING)
    ocg_decoder_add_text (base, ocg_json_slice_read (&found[TEXT], base->scratch));
  else if (block->type == BLOCK_THINKING && ocg_json_slice_is (&found[DELTA_TYPE], "thinking_delta")
           && found[THINKING].kind == OCG_JSON_STRING)
    add_thinking (self, block, ocg_json_slice_read (&found[THINKING], base->scratch));
  else if (block->type == BLOCK_TOOL_USE
           && ocg_json_slice_is (&found[DELTA_TYPE], "input_json_delta")
           && found[JSON].kind == OCG_JSON_STRING)
    ocg_decoder_add_arguments (base, block->call, ocg_json_slice_read (&found[JSON], base->scratch));
  else
    return FALSE;
  return TRUE;
}

static void
decode_body (OcgDecoder *base, JsonObject *body)
{
  AnthropicDecoder *self = (AnthropicDecoder *) base;
  JsonArray *content = ocg_json_get_array (body, "content");

  if (content == NULL)
    {
      ocg_decoder_break_off (base, "the answer has no content array");
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
  .decode_quickly = decode_quickly,
  .decode_event = decode_event,
  .decode_body = decode_body,
};
