/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "responses.h"

#include <string.h>

#include "text.h"

guint
responses_quirks (const Answer *answer)
{
  guint quirks = answer->quirks;

  if (answer->flavour == FLAVOUR_LMSTUDIO)
    quirks |= RESPONSES_NO_SEQUENCE;
  if (answer->flavour == FLAVOUR_LMSTUDIO && !(quirks & RESPONSES_THOUGHT_DONE))
    quirks |= RESPONSES_RAW;
  if (answer->open_ended)
    quirks |= RESPONSES_NULL_CONTENT | RESPONSES_EMPTY_OUTPUT;
  return quirks;
}

char *
responses_item_id (const Answer *answer, guint index)
{
  const Block *block = answer->blocks->pdata[index];
  const char *random = answer->id + strlen ("msg_");

  switch (block->type)
    {
    case BLOCK_TEXT:
      return g_strdup_printf ("msg_%s%u", random, index);
    case BLOCK_TOOL:
      return g_strdup_printf ("fc_%s%u", random, index);
    case BLOCK_THINKING:
    case BLOCK_REDACTED:
    default:
      return g_strdup_printf ("rs_%s%u", random, index);
    }
}

static char *
call_id_of (const Answer *answer, guint index)
{
  return g_strdup_printf ("call_%s%u", answer->id + strlen ("msg_"), index);
}

/* What stands for the thought of @block when it comes back. */
static char *
encrypted_of (const Answer *answer, const Block *block)
{
  g_autofree char *signature = thinking_signature (answer->model, block->text);

  return g_strdup_printf ("gAAAA%s", signature);
}

GPtrArray *
responses_summary (const Block *block, guint quirks)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  const char *half = strchr (block->text, '.');

  if ((quirks & RESPONSES_TWO_PARTS) && half && half[1] == ' ')
    {
      g_ptr_array_add (parts, g_strndup (block->text, half + 1 - block->text));
      g_ptr_array_add (parts, g_strdup (half + 2));
    }
  else
    g_ptr_array_add (parts, g_strdup (block->text));
  return parts;
}

static void
fill_reasoning (
    const Answer *answer, const Block *block, gboolean done, guint quirks, JsonObject *item)
{
  gboolean redacted = block->type == BLOCK_REDACTED;
  JsonArray *summary = json_array_new ();

  if (done && !redacted && !(quirks & RESPONSES_RAW))
    {
      g_autoptr (GPtrArray) parts = responses_summary (block, quirks);

      for (guint i = 0; i < parts->len; i++)
        json_array_add_object_element (
            summary, json_make ("s:type", "summary_text", "s:text", parts->pdata[i], NULL));
    }
  json_extend (item, "s:type", "reasoning", "a:summary", summary, NULL);
  if (quirks & RESPONSES_RAW)
    json_extend (
        item, "a:content",
        done ? json_list (json_make ("s:type", "reasoning_text", "s:text", block->text, NULL), NULL)
             : json_list (NULL, NULL),
        NULL);
  if (redacted && done)
    json_extend (item, "s:encrypted_content", block->text, NULL);
  else if (answer->chat->include_encrypted && answer->flavour != FLAVOUR_LMSTUDIO)
    {
      /* Until the item is done it is a piece, which nobody takes back. */
      g_autofree char *encrypted = done ? encrypted_of (answer, block) : g_strdup ("gAAAA");

      json_extend (item, "s:encrypted_content", encrypted, NULL);
    }
}

static void
fill_message (
    const Answer *answer, const Block *block, gboolean done, guint quirks, JsonObject *item)
{
  gboolean refused = strcmp (answer->stop_reason, "refusal") == 0;
  JsonObject *part = refused ? json_make ("s:type", "refusal", "s:refusal", RESPONSES_REFUSAL, NULL)
                             : json_make ("s:type", "output_text", "s:text", block->text,
                                          "a:annotations", json_list (NULL, NULL), NULL);

  json_extend (item, "s:type", "message", "s:role", "assistant", NULL);
  if (quirks & RESPONSES_PHASE)
    json_extend (item, "s:phase",
                 strcmp (answer->stop_reason, "tool_use") == 0 ? "commentary" : "final_answer",
                 NULL);
  if (done && (quirks & RESPONSES_NULL_CONTENT))
    json_extend (item, "n:content", NULL);
  else
    json_extend (item, "a:content",
                 done ? json_list (json_object_ref (part), NULL) : json_list (NULL, NULL), NULL);
  json_object_unref (part);
}

JsonObject *
responses_item (const Answer *answer, guint index, gboolean done, guint quirks)
{
  const Block *block = answer->blocks->pdata[index];
  g_autofree char *id = responses_item_id (answer, index);
  g_autofree char *call_id = call_id_of (answer, index);
  gboolean limited = strcmp (answer->stop_reason, "max_tokens") == 0;
  const char *end = limited && index == answer->blocks->len - 1 ? "incomplete" : "completed";
  JsonObject *item = json_make ("s:id", id, NULL);

  switch (block->type)
    {
    case BLOCK_TEXT:
      fill_message (answer, block, done, quirks, item);
      break;
    case BLOCK_TOOL:
      if (quirks & RESPONSES_INCOMPLETE_CALL)
        end = "incomplete";
      json_extend (item, "s:type", "function_call", "s:call_id", call_id, "s:name", block->name,
                   "s:arguments", done && !(quirks & RESPONSES_ARGUMENTS_DONE) ? block->text : "",
                   NULL);
      break;
    case BLOCK_THINKING:
    case BLOCK_REDACTED:
    default:
      fill_reasoning (answer, block, done, quirks, item);
      return item;
    }
  json_extend (item, "s:status", done ? end : "in_progress", NULL);
  return item;
}

const char *
responses_status (const Answer *answer, guint quirks)
{
  static const char *const complete[] = { "end_turn", "tool_use", "refusal", NULL };

  if (quirks & RESPONSES_FAILED)
    return "failed";
  if (quirks & RESPONSES_CANCELLED)
    return "cancelled";
  return g_strv_contains (complete, answer->stop_reason) ? "completed" : "incomplete";
}

static JsonObject *
usage_object (const Answer *answer)
{
  guint64 input = answer->input + answer->cache_read + answer->cache_write;
  g_autofree char *thought = answer_text (answer, BLOCK_THINKING);
  g_autoptr (GPtrArray) words = text_split (thought);
  guint64 thoughts = MIN (words->len, answer->output);
  JsonObject *details = json_make ("t:cached_tokens", answer->cache_read, NULL);

  if (answer->cache_write > 0)
    json_extend (details, "t:cache_write_tokens", answer->cache_write, NULL);
  return json_make ("t:input_tokens", input, "o:input_tokens_details", details, "t:output_tokens",
                    answer->output, "o:output_tokens_details",
                    json_make ("t:reasoning_tokens", thoughts, NULL), "t:total_tokens",
                    input + answer->output, NULL);
}

static void
add_end (const Answer *answer, guint quirks, const char *status, JsonObject *response)
{
  gboolean failed = strcmp (status, "failed") == 0;
  const char *code = answer->failure ? answer->failure : "server_error";
  g_autofree char *message = g_strdup_printf ("The response failed: %s.", code);
  const char *reason = answer->stop_reason;

  if (strcmp (reason, "max_tokens") == 0)
    reason = "max_output_tokens";
  else if (strcmp (reason, "sensitive") == 0)
    reason = "content_filter";
  if (failed)
    json_extend (response, "o:error", json_make ("s:code", code, "s:message", message, NULL), NULL);
  else
    json_extend (response, "n:error", NULL);
  if (strcmp (status, "incomplete") == 0)
    json_extend (response, "o:incomplete_details", json_make ("s:reason", reason, NULL), NULL);
  else
    json_extend (response, "n:incomplete_details", NULL);
}

static JsonArray *
all_items (const Answer *answer, guint quirks)
{
  JsonArray *output = json_array_new ();

  for (guint i = 0; i < answer->blocks->len && !(quirks & RESPONSES_EMPTY_OUTPUT); i++)
    {
      const Block *block = answer->blocks->pdata[i];

      if (block->type != BLOCK_THINKING || !(quirks & RESPONSES_THOUGHT_DONE))
        json_array_add_object_element (output, responses_item (answer, i, TRUE, quirks));
    }
  return output;
}

JsonObject *
responses_response (const Answer *answer, guint quirks, const char *status)
{
  g_autofree char *id = g_strdup_printf ("resp_%s", answer->id + strlen ("msg_"));
  gboolean over = status == NULL;
  JsonObject *response;

  status = status ? status : responses_status (answer, quirks);
  response = json_make ("s:id", id, "s:object", "response", "i:created_at", 1766448000, "s:status",
                        status, "s:model", answer->model, NULL);
  add_end (answer, quirks, status, response);
  json_extend (response, "a:output", over ? all_items (answer, quirks) : json_list (NULL, NULL),
               "n:instructions", "n:previous_response_id", "b:parallel_tool_calls", TRUE, "o:text",
               json_make ("o:format", json_make ("s:type", "text", NULL), NULL), NULL);
  if (!over || answer->usage == USAGE_NULL || strcmp (status, "failed") == 0)
    json_extend (response, "n:usage", NULL);
  else if (answer->usage != USAGE_ABSENT)
    json_extend (response, "o:usage", usage_object (answer), NULL);
  return response;
}
