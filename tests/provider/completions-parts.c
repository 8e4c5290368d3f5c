/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "completions.h"

#include <string.h>

#include "openai-errors.h"
#include "text.h"

guint
completions_quirks (const Answer *answer)
{
  guint quirks = answer->quirks;

  if (quirks & COMPLETIONS_THOUGHTS)
    return quirks;
  switch (answer->flavour)
    {
    case FLAVOUR_MINIMAX:
      return quirks | (answer->chat->reasoning_split ? COMPLETIONS_DETAILS : COMPLETIONS_TAGS);
    case FLAVOUR_OPENROUTER:
      return quirks | COMPLETIONS_BOTH;
    case FLAVOUR_OLLAMA:
      return quirks | COMPLETIONS_REASONING;
    case FLAVOUR_GENERIC:
    case FLAVOUR_ANTHROPIC:
    case FLAVOUR_OPENAI:
    case FLAVOUR_DEEPSEEK:
    case FLAVOUR_LMSTUDIO:
    default:
      return quirks;
    }
}

static char *
answer_id (const Answer *answer)
{
  return g_strdup_printf ("chatcmpl-%s", answer->id + strlen ("msg_"));
}

const char *
completions_finish (const Answer *answer, guint quirks)
{
  static const struct
  {
    const char *anthropic;
    const char *openai;
  } words[] = {
    { "end_turn", "stop" },       { "max_tokens", "length" },
    { "refusal", "stop" },        { "model_context_window_exceeded", "length" },
    { "tool_use", "tool_calls" }, { "sensitive", "content_filter" },
  };

  if (strcmp (answer->stop_reason, "tool_use") == 0 && (quirks & COMPLETIONS_STOP))
    return "stop";
  if (strcmp (answer->stop_reason, "tool_use") == 0 && (quirks & COMPLETIONS_LEGACY))
    return "function_call";
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (answer->stop_reason, words[i].anthropic) == 0)
      return words[i].openai;
  return answer->stop_reason;
}

static guint64
count_thoughts (const Answer *answer)
{
  g_autofree char *text = answer_text (answer, BLOCK_THINKING);
  g_autoptr (GPtrArray) words = text_split (text);

  return MIN (words->len, answer->output);
}

static void
add_details (const Answer *answer, JsonObject *usage)
{
  JsonObject *prompt = json_make ("t:cached_tokens", answer->cache_read, NULL);

  if (answer->cache_write > 0)
    json_extend (prompt, "t:cache_write_tokens", answer->cache_write, NULL);
  json_extend (usage, "o:prompt_tokens_details", prompt, "o:completion_tokens_details",
               json_make ("t:reasoning_tokens", count_thoughts (answer), NULL), NULL);
}

JsonObject *
completions_usage (const Answer *answer, guint quirks)
{
  guint64 prompt = answer->input + answer->cache_read + answer->cache_write;
  JsonObject *usage = json_make ("t:prompt_tokens", prompt, "t:completion_tokens", answer->output,
                                 "t:total_tokens", prompt + answer->output, NULL);

  if (answer->flavour == FLAVOUR_MINIMAX)
    json_extend (usage, "i:total_characters", 0, NULL);
  if (quirks & COMPLETIONS_HIT_MISS)
    json_extend (usage, "t:prompt_cache_hit_tokens", answer->cache_read,
                 "t:prompt_cache_miss_tokens", prompt - answer->cache_read, NULL);
  else if (quirks & COMPLETIONS_CACHED)
    json_extend (usage, "t:cached_tokens", answer->cache_read, NULL);
  else if (answer->flavour != FLAVOUR_LMSTUDIO && answer->flavour != FLAVOUR_OLLAMA)
    add_details (answer, usage);
  if (answer->flavour == FLAVOUR_OPENROUTER)
    json_extend (usage, "d:cost", 0.00125, "b:is_byok", FALSE, NULL);
  return usage;
}

static const Block *
nth_block (const Answer *answer, BlockType type, guint nth)
{
  for (guint i = 0; i < answer->blocks->len; i++)
    {
      const Block *block = answer->blocks->pdata[i];

      if (block->type == type && nth-- == 0)
        return block;
    }
  return NULL;
}

char *
completions_call_id (const Answer *answer, guint n)
{
  const Block *thought = nth_block (answer, BLOCK_THINKING, 0);

  if (!thought || answer->flavour == FLAVOUR_OPENAI)
    return g_strdup_printf ("call_%u", n + 1);
  return g_strdup_printf ("call_%u_%.*s", n + 1, COMPLETIONS_SIGNATURE, thought->signature);
}

JsonObject *
completions_detail (const Answer *answer, const char *whole, const char *text)
{
  g_autofree char *signature = thinking_signature (answer->model, whole);

  return json_make ("s:type", "reasoning.text", "s:id", signature, "s:format",
                    answer->flavour == FLAVOUR_MINIMAX ? "MiniMax-response-v1" : "unknown",
                    "i:index", 0, "s:text", text, NULL);
}

/* What is next to the choices in chunks and answers. */
static void
add_dress (const Answer *answer, JsonObject *json)
{
  switch (answer->flavour)
    {
    case FLAVOUR_OPENAI:
      json_extend (json, "s:service_tier", "default", "s:system_fingerprint", "fp_loopback", NULL);
      break;
    case FLAVOUR_MINIMAX:
      json_extend (json, "b:input_sensitive", FALSE, "b:output_sensitive", FALSE,
                   "i:input_sensitive_type", 0, "i:output_sensitive_type", 0,
                   "i:output_sensitive_int", 0, NULL);
      break;
    case FLAVOUR_OPENROUTER:
      json_extend (json, "s:provider", "Upstream", NULL);
      break;
    case FLAVOUR_LMSTUDIO:
    case FLAVOUR_OLLAMA:
      json_extend (json, "s:system_fingerprint", answer->model, NULL);
      break;
    case FLAVOUR_GENERIC:
    case FLAVOUR_ANTHROPIC:
    case FLAVOUR_DEEPSEEK:
    default:
      break;
    }
}

JsonObject *
completions_chunk (const Answer *answer, JsonArray *choices)
{
  g_autofree char *id = answer_id (answer);
  JsonObject *chunk = json_make ("s:id", id, "s:object", "chat.completion.chunk", "i:created",
                                 1766448000, "s:model", answer->model, NULL);

  if (choices)
    json_extend (chunk, "a:choices", choices, NULL);
  add_dress (answer, chunk);
  return chunk;
}

static JsonArray *
body_calls (const Answer *answer)
{
  JsonArray *calls = json_array_new ();
  const Block *block;

  for (guint n = 0; (block = nth_block (answer, BLOCK_TOOL, n)); n++)
    {
      g_autofree char *id = completions_call_id (answer, n);

      json_array_add_object_element (
          calls,
          json_make ("s:id", id, "s:type", "function", "o:function",
                     json_make ("s:name", block->name, "s:arguments", block->text, NULL), NULL));
    }
  return calls;
}

static void
body_thought (const Answer *answer, guint quirks, JsonObject *message, char **content)
{
  g_autofree char *thought = answer_text (answer, BLOCK_THINKING);

  if (!*thought || answer->flavour == FLAVOUR_OPENAI)
    return;
  if (quirks & (COMPLETIONS_TAGS | COMPLETIONS_OPEN_TAG | COMPLETIONS_TAGS_TOO))
    {
      char *tagged = g_strdup_printf ("<think>\n%s%s%s", thought,
                                      quirks & COMPLETIONS_OPEN_TAG ? "" : "\n</think>\n\n",
                                      quirks & COMPLETIONS_OPEN_TAG ? "" : *content);

      g_free (*content);
      *content = tagged;
    }
  if (quirks & (COMPLETIONS_DETAILS | COMPLETIONS_SNAPSHOTS | COMPLETIONS_BOTH))
    json_extend (message, "a:reasoning_details",
                 json_list (completions_detail (answer, thought, thought), NULL), NULL);
  if (quirks & (COMPLETIONS_REASONING | COMPLETIONS_BOTH))
    json_extend (message, "s:reasoning", thought, NULL);
  if (quirks & COMPLETIONS_REASONING_TEXT)
    json_extend (message, "s:reasoning_text", thought, NULL);
  if (!(quirks & COMPLETIONS_THOUGHTS) || (quirks & (COMPLETIONS_MIXED | COMPLETIONS_TAGS_TOO)))
    json_extend (message, "s:reasoning_content", thought, NULL);
}

static JsonObject *
body_message (const Answer *answer, guint quirks)
{
  JsonObject *message = json_make ("s:role", "assistant", NULL);
  char *content = answer_text (answer, BLOCK_TEXT);
  gboolean refused = strcmp (answer->stop_reason, "refusal") == 0;
  gboolean calls = nth_block (answer, BLOCK_TOOL, 0) != NULL;

  body_thought (answer, quirks, message, &content);
  json_extend (message, "s:content", *content || (!calls && !refused) ? content : NULL, NULL);
  if (refused || answer->flavour == FLAVOUR_OPENAI)
    json_extend (message, "s:refusal", refused ? COMPLETIONS_REFUSAL : NULL, NULL);
  if (answer->flavour == FLAVOUR_MINIMAX)
    json_extend (message, "s:name", "MiniMax AI", "s:audio_content", "", NULL);
  if (calls && (quirks & COMPLETIONS_LEGACY))
    {
      const Block *call = nth_block (answer, BLOCK_TOOL, 0);

      json_extend (message, "o:function_call",
                   json_make ("s:name", call->name, "s:arguments", call->text, NULL), NULL);
    }
  else if (calls || answer->flavour == FLAVOUR_LMSTUDIO)
    json_extend (message, "a:tool_calls", body_calls (answer), NULL);
  g_free (content);
  return message;
}

char *
completions_body (const Answer *answer)
{
  guint quirks = completions_quirks (answer);
  const char *finish = quirks & COMPLETIONS_NO_FINISH ? NULL : completions_finish (answer, quirks);
  JsonObject *choice = json_make ("i:index", 0, "o:message", body_message (answer, quirks),
                                  "n:logprobs", "s:finish_reason", finish, NULL);
  g_autofree char *id = answer_id (answer);
  JsonObject *json = json_make ("s:id", id, "s:object", "chat.completion", "i:created", 1766448000,
                                "s:model", answer->model, "a:choices", json_list (choice, NULL),
                                NULL);

  add_dress (answer, json);
  if (quirks & COMPLETIONS_TIMINGS)
    json_extend (json, "o:timings",
                 json_make ("t:prompt_n", answer->input, "t:predicted_n", answer->output, NULL),
                 NULL);
  else if (answer->usage == USAGE_NULL)
    json_extend (json, "n:usage", NULL);
  else if (answer->usage != USAGE_ABSENT)
    json_extend (json, "o:usage", completions_usage (answer, quirks), NULL);
  if (answer->flavour == FLAVOUR_MINIMAX)
    json_extend (json, "o:base_resp", json_make ("i:status_code", 0, "s:status_msg", "", NULL),
                 NULL);
  if (answer->flavour == FLAVOUR_LMSTUDIO)
    json_extend (json, "o:stats", json_make (NULL, NULL), NULL);
  return json_text_take (json);
}
