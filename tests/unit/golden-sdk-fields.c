/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "golden-sdk-fields.h"

#include <string.h>

#include "wire/ocg-json.h"

typedef struct
{
  const char *wire;
  const char *stop;
} StopRow;

/* The first row without a wire reason ends the table and stands for all others. */
static const char *
map_stop (const StopRow *rows, const char *reason)
{
  guint i = 0;

  while (rows[i].wire != NULL && g_strcmp0 (rows[i].wire, reason) != 0)
    i++;
  return rows[i].stop;
}

void
golden_set_count (JsonObject *fields, const char *name, gint64 count)
{
  if (count >= 0)
    json_object_set_int_member (fields, name, count);
}

static gint64
get_count (JsonObject *object, const char *name)
{
  gint64 count = -1;

  ocg_json_get_int (object, name, &count);
  return count;
}

void
golden_add_call (JsonArray *calls, const char *id, const char *name, JsonNode *arguments)
{
  JsonObject *call = json_object_new ();

  json_object_set_string_member (call, "id", id);
  json_object_set_string_member (call, "name", name);
  json_object_set_member (call, "arguments", arguments);
  json_array_add_object_element (calls, call);
}

JsonNode *
golden_parse_arguments (const char *text)
{
  JsonNode *node = ocg_json_parse (text, -1, NULL);

  return node != NULL ? node : json_node_init_string (json_node_alloc (), text);
}

/* What the loops over the parts of an answer fill in. */
typedef struct
{
  GString *text;
  GString *thinking;
  JsonArray *calls;
  JsonArray *blocks;
} Parts;

static Parts
parts_new (void)
{
  return (Parts){ g_string_new (NULL), g_string_new (NULL), json_array_new (), json_array_new () };
}

static void
parts_end (Parts *parts, JsonObject *fields)
{
  json_object_set_string_member (fields, "text", parts->text->str);
  json_object_set_string_member (fields, "thinking", parts->thinking->str);
  json_object_set_array_member (fields, "tool-calls", parts->calls);
  json_object_set_array_member (fields, "replay", parts->blocks);
  g_string_free (parts->text, TRUE);
  g_string_free (parts->thinking, TRUE);
}

static void
append (GString *out, const char *text)
{
  g_string_append (out, text != NULL ? text : "");
}

/* anthropic-messages */

static void
take_message_block (Parts *parts, JsonObject *block)
{
  const char *type = ocg_json_get_string (block, "type");
  const char *signature = ocg_json_get_string (block, "signature");

  if (g_strcmp0 (type, "text") == 0)
    append (parts->text, ocg_json_get_string (block, "text"));
  else if (g_strcmp0 (type, "thinking") == 0)
    append (parts->thinking, ocg_json_get_string (block, "thinking"));
  else if (g_strcmp0 (type, "tool_use") == 0)
    {
      JsonNode *input = json_object_get_member (block, "input");

      golden_add_call (parts->calls, ocg_json_get_string (block, "id"),
                       ocg_json_get_string (block, "name"),
                       input != NULL ? json_node_copy (input) : json_node_new (JSON_NODE_NULL));
    }
  /* A block without a signature cannot be sent back. */
  if (g_strcmp0 (type, "redacted_thinking") == 0
      || (g_strcmp0 (type, "thinking") == 0 && signature != NULL && *signature != '\0'))
    json_array_add_object_element (parts->blocks, json_object_ref (block));
}

void
golden_describe_message (JsonObject *fields, JsonObject *sdk)
{
  static const StopRow stops[] = {
    { "max_tokens", "length" },        { "model_context_window_exceeded", "length" },
    { "tool_use", "tool-calls" },      { "refusal", "refusal" },
    { "sensitive", "content-filter" }, { NULL, "stop" },
  };
  const char *stop = ocg_json_get_string (sdk, "stop_reason");
  JsonObject *usage = ocg_json_get_object (sdk, "usage");
  JsonArray *content = ocg_json_get_array (sdk, "content");
  const char *refusal = ocg_json_get_string (ocg_json_get_object (sdk, "stop_details"),
                                             "explanation");
  Parts parts = parts_new ();

  for (guint i = 0; content != NULL && i < json_array_get_length (content); i++)
    take_message_block (&parts, ocg_json_array_get_object (content, i));
  parts_end (&parts, fields);
  json_object_set_string_member (fields, "stop", map_stop (stops, stop));
  json_object_set_boolean_member (fields, "pause", g_strcmp0 (stop, "pause_turn") == 0);
  if (refusal != NULL)
    json_object_set_string_member (fields, "refusal", refusal);
  golden_set_count (fields, "input", get_count (usage, "input_tokens"));
  golden_set_count (fields, "output", get_count (usage, "output_tokens"));
  golden_set_count (fields, "cache-read", get_count (usage, "cache_read_input_tokens"));
  golden_set_count (fields, "cache-write", get_count (usage, "cache_creation_input_tokens"));
}

/* Both APIs of OpenAI count cached tokens as input. */
static void
set_openai_usage (JsonObject *fields,
                  JsonObject *usage,
                  const char *input,
                  const char *output,
                  const char *details)
{
  gint64 total = get_count (usage, input);
  gint64 read = get_count (ocg_json_get_object (usage, details), "cached_tokens");
  gint64 write = get_count (ocg_json_get_object (usage, details), "cache_write_tokens");

  if (total >= 0)
    golden_set_count (fields, "input", total - MAX (read, 0) - MAX (write, 0));
  golden_set_count (fields, "output", get_count (usage, output));
  golden_set_count (fields, "cache-read", read);
  golden_set_count (fields, "cache-write", write);
}

/* openai-completions */

/* The SDK does not know thoughts: what it keeps of such a member is its last fragment. The member
 * itself is what would go back. */
static void
take_reasoning (Parts *parts, JsonObject *message)
{
  static const char *const names[] = { "reasoning_content", "reasoning", "reasoning_text" };
  JsonArray *details = ocg_json_get_array (message, "reasoning_details");
  const char *name = NULL;

  for (guint i = 0; parts->thinking->len == 0 && i < G_N_ELEMENTS (names); i++)
    {
      append (parts->thinking, ocg_json_get_string (message, names[i]));
      name = names[i];
    }
  if (details != NULL)
    name = "reasoning_details";
  if (details != NULL || parts->thinking->len > 0)
    {
      JsonObject *block = json_object_new ();

      json_object_set_member (block, name, json_node_copy (json_object_get_member (message, name)));
      json_array_add_object_element (parts->blocks, block);
    }
}

static void
take_chat_call (Parts *parts, JsonObject *call)
{
  JsonObject *function = ocg_json_get_object (call, "function");
  const char *arguments = ocg_json_get_string (function, "arguments");

  golden_add_call (parts->calls, ocg_json_get_string (call, "id"),
                   ocg_json_get_string (function, "name"),
                   golden_parse_arguments (arguments != NULL ? arguments : ""));
}

void
golden_describe_chat_completion (JsonObject *fields, JsonObject *sdk)
{
  static const StopRow stops[] = {
    { "length", "length" },
    { "tool_calls", "tool-calls" },
    { "function_call", "tool-calls" },
    { "content_filter", "content-filter" },
    { NULL, "stop" },
  };
  JsonArray *choices = ocg_json_get_array (sdk, "choices");
  JsonObject *choice = choices != NULL ? ocg_json_array_get_object (choices, 0) : NULL;
  JsonObject *message = ocg_json_get_object (choice, "message");
  JsonArray *calls = ocg_json_get_array (message, "tool_calls");
  const char *refusal = ocg_json_get_string (message, "refusal");
  Parts parts = parts_new ();

  append (parts.text, ocg_json_get_string (message, "content"));
  take_reasoning (&parts, message);
  for (guint i = 0; calls != NULL && i < json_array_get_length (calls); i++)
    take_chat_call (&parts, ocg_json_array_get_object (calls, i));
  parts_end (&parts, fields);
  json_object_set_string_member (
      fields, "stop",
      refusal != NULL ? "refusal"
                      : map_stop (stops, ocg_json_get_string (choice, "finish_reason")));
  json_object_set_boolean_member (fields, "pause", FALSE);
  if (refusal != NULL)
    json_object_set_string_member (fields, "refusal", refusal);
  set_openai_usage (fields, ocg_json_get_object (sdk, "usage"), "prompt_tokens",
                    "completion_tokens", "prompt_tokens_details");
}

/* openai-responses */

/* @array: of objects; appends their texts, which a blank line parts when @blank_lines. */
static void
append_texts (GString *out, JsonArray *array, const char *type, gboolean blank_lines)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *part = ocg_json_array_get_object (array, i);

      if (g_strcmp0 (ocg_json_get_string (part, "type"), type) != 0)
        continue;
      if (blank_lines && i > 0)
        g_string_append (out, "\n\n");
      append (out, ocg_json_get_string (part, g_str_equal (type, "refusal") ? type : "text"));
    }
}

static void
take_response_item (Parts *parts, GString *refusal, JsonObject *item)
{
  const char *type = ocg_json_get_string (item, "type");

  if (g_strcmp0 (type, "message") == 0)
    {
      append_texts (parts->text, ocg_json_get_array (item, "content"), "output_text", FALSE);
      append_texts (refusal, ocg_json_get_array (item, "content"), "refusal", FALSE);
    }
  else if (g_strcmp0 (type, "reasoning") == 0)
    {
      append_texts (parts->thinking, ocg_json_get_array (item, "summary"), "summary_text", TRUE);
      append_texts (parts->thinking, ocg_json_get_array (item, "content"), "reasoning_text", FALSE);
      if (ocg_json_get_string (item, "encrypted_content") != NULL)
        json_array_add_object_element (parts->blocks, json_object_ref (item));
    }
  else if (g_strcmp0 (type, "function_call") == 0)
    {
      const char *arguments = ocg_json_get_string (item, "arguments");

      golden_add_call (parts->calls, ocg_json_get_string (item, "call_id"),
                       ocg_json_get_string (item, "name"),
                       golden_parse_arguments (arguments != NULL ? arguments : ""));
    }
}

static const char *
map_response_stop (JsonObject *sdk, gboolean has_calls, gboolean has_refusal)
{
  const char *reason = ocg_json_get_string (ocg_json_get_object (sdk, "incomplete_details"),
                                            "reason");

  if (g_strcmp0 (ocg_json_get_string (sdk, "status"), "incomplete") == 0)
    return g_strcmp0 (reason, "content_filter") == 0 ? "content-filter" : "length";
  if (has_refusal)
    return "refusal";
  return has_calls ? "tool-calls" : "stop";
}

void
golden_describe_response (JsonObject *fields, JsonObject *sdk)
{
  JsonArray *output = ocg_json_get_array (sdk, "output");
  const char *status = ocg_json_get_string (sdk, "status");
  g_autoptr (GString) refusal = g_string_new (NULL);
  Parts parts = parts_new ();

  for (guint i = 0; output != NULL && i < json_array_get_length (output); i++)
    take_response_item (&parts, refusal, ocg_json_array_get_object (output, i));
  json_object_set_string_member (
      fields, "stop",
      map_response_stop (sdk, json_array_get_length (parts.calls) > 0, refusal->len > 0));
  parts_end (&parts, fields);
  /* The SDK hands out a failed response as it hands out any other. */
  if (g_strcmp0 (status, "completed") != 0 && g_strcmp0 (status, "incomplete") != 0)
    json_object_set_string_member (fields, "outcome", "failed");
  json_object_set_boolean_member (fields, "pause", FALSE);
  if (refusal->len > 0)
    json_object_set_string_member (fields, "refusal", refusal->str);
  set_openai_usage (fields, ocg_json_get_object (sdk, "usage"), "input_tokens", "output_tokens",
                    "input_tokens_details");
}
