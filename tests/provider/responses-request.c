/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* openai-responses: reads requests, and refuses what the real servers refuse in one as a whole. */

#include "responses.h"

#include <string.h>

#include "openai-errors.h"

static void
read_parts (JsonArray *parts, GString *text)
{
  for (guint i = 0; i < array_size (parts); i++)
    {
      const char *part = member_string (element_object (parts, i), "text");

      g_string_append (text, part ? part : "");
    }
}

/* The prompt is what the user and the tools said since the model spoke. */
static void
read_item (JsonObject *item, Chat *chat)
{
  gboolean result = member_is (item, "type", "function_call_output");
  const char *plain = member_string (item, result ? "output" : "content");
  g_autoptr (GString) text = g_string_new (plain);

  read_parts (member_array (item, result ? "output" : "content"), text);
  chat->size += text->len;
  if (member_is (item, "role", "assistant") || member_is (item, "type", "function_call"))
    g_string_truncate (chat->prompt, 0);
  else if (result
           || (member_is (item, "role", "user") && g_str_has_prefix (chat->prompt->str, "RESULT")))
    g_string_append (chat->prompt, text->str);
  else if (member_is (item, "role", "user"))
    g_string_assign (chat->prompt, text->str);
}

static void
read_include (JsonArray *include, Chat *chat)
{
  for (guint i = 0; i < array_size (include); i++)
    {
      JsonNode *node = json_array_get_element (include, i);

      if (JSON_NODE_HOLDS_VALUE (node)
          && g_strcmp0 (json_node_get_string (node), "reasoning.encrypted_content") == 0)
        chat->include_encrypted = TRUE;
    }
}

void
responses_read (JsonObject *json, Chat *chat)
{
  JsonArray *input = member_array (json, "input");
  JsonArray *tools = member_array (json, "tools");
  const char *model = member_string (json, "model");
  const char *plain = member_string (json, "input");

  chat->model = g_strdup (model ? model : "");
  chat->stream = member_true (json, "stream");
  chat->stream_options = member_has (json, "stream_options");
  chat->max_tokens = member_int (json, "max_output_tokens", -1);
  g_string_assign (chat->prompt, plain ? plain : "");
  chat->size = chat->prompt->len;
  for (guint i = 0; i < array_size (input); i++)
    read_item (element_object (input, i), chat);
  for (guint i = 0; i < array_size (tools); i++)
    {
      const char *name = member_string (element_object (tools, i), "name");

      g_ptr_array_add (chat->tools, g_strdup (name ? name : ""));
    }
  read_include (member_array (json, "include"), chat);
}

/* clang-format off */
static const char *const common[] = {
  "model", "input", "instructions", "stream", "store", "previous_response_id", "temperature",
  "top_p", "reasoning", "tools", "tool_choice", "parallel_tool_calls", "text", "include", "user",
  "max_output_tokens", NULL
};
static const char *const openai_only[] = {
  "stream_options", "truncation", "metadata", "service_tier", "background", "prompt_cache_key",
  "prompt_cache_options", "prompt_cache_retention", "safety_identifier", "conversation",
  "max_tool_calls", "context_management", NULL
};
/* clang-format on */

static Problem *
check_members (JsonObject *json, Flavour flavour)
{
  static const char *const others[] = { "ttl", "truncation", NULL };
  static const char *const stream_options[] = { "include_obfuscation", NULL };
  JsonObject *options = member_object (json, "stream_options");
  const char *unknown = member_unknown (
      json, common, flavour == FLAVOUR_OPENAI ? openai_only : others, NULL);

  if (unknown)
    return problem_new (unknown, "unknown_parameter", "Unknown parameter: '%s'.", unknown);
  unknown = options ? member_unknown (options, stream_options, NULL) : NULL;
  return unknown ? problem_new (unknown, "unknown_parameter",
                                "Unknown parameter: 'stream_options.%s'.", unknown)
                 : NULL;
}

static Problem *
check_reasoning (JsonObject *json, const char *model)
{
  static const char *const efforts[] = { "none", "minimal", "low", "medium",
                                         "high", "xhigh",   "max", NULL };
  static const char *const summaries[] = { "auto", "concise", "detailed", NULL };
  JsonObject *reasoning = member_object (json, "reasoning");
  const char *effort = member_string (reasoning, "effort");
  const char *summary = member_string (reasoning, "summary");

  if (effort && !g_strv_contains (efforts, effort))
    return problem_new ("reasoning.effort", "invalid_value", "Invalid value: '%s'.", effort);
  if (summary && !g_strv_contains (summaries, summary))
    return problem_new ("reasoning.summary", "invalid_value", "Invalid value: '%s'.", summary);
  if (effort && g_str_has_prefix (model, "gpt-4"))
    return problem_new ("reasoning.effort", "unsupported_parameter",
                        "Unsupported parameter: 'reasoning.effort' is not supported with this "
                        "model.");
  return NULL;
}

static Problem *
check_openai (JsonObject *json, const char *model)
{
  gint64 limit = member_int (json, "max_output_tokens", 16);

  if (limit < 16)
    return problem_new ("max_output_tokens", "integer_below_min_value",
                        "Invalid 'max_output_tokens': integer below minimum value. Expected a "
                        "value >= 16, but got %d instead.",
                        (int)limit);
  if (openai_model_reasons (model))
    for (guint i = 0; i < 2; i++)
      {
        const char *name = i == 0 ? "temperature" : "top_p";

        if (member_has (json, name))
          return problem_new (name, "unsupported_parameter",
                              "Unsupported parameter: '%s' is not supported with this model.",
                              name);
      }
  return check_reasoning (json, model);
}

static Problem *
check_values (JsonObject *json, const char *model, Flavour flavour)
{
  const char *previous = member_string (json, "previous_response_id");
  double temperature = member_double (json, "temperature", 1.0);

  if (previous)
    return problem_new ("previous_response_id", "previous_response_not_found",
                        "Previous response with id '%s' not found.", previous);
  if (temperature < 0.0 || temperature > 2.0)
    return problem_new ("temperature", "decimal_above_max_value",
                        "Invalid 'temperature': expected a value between 0 and 2.");
  if (member_int (json, "max_output_tokens", 1) < 1)
    return problem_new ("max_output_tokens", "integer_below_min_value",
                        "Invalid 'max_output_tokens': integer below minimum value.");
  if (flavour == FLAVOUR_LMSTUDIO && json_object_has_member (json, "text")
      && !member_object (member_object (json, "text"), "format"))
    return problem_new ("text.format", "missing_required_parameter",
                        "Missing required parameter: 'text.format'.");
  return flavour == FLAVOUR_OPENAI ? check_openai (json, model) : NULL;
}

static Problem *
check_tool (JsonObject *tool, guint n)
{
  JsonObject *parameters = member_object (tool, "parameters");

  if (!member_is (tool, "type", "function"))
    return problem_new ("tools", "invalid_value", "Invalid value: 'tools[%u].type'.", n);
  if (!member_has (tool, "name"))
    return problem_new ("tools", "missing_required_parameter",
                        "Missing required parameter: 'tools[%u].name'.", n);
  if (!openai_tool_name_is_good (member_string (tool, "name")))
    return problem_new ("tools", "invalid_value",
                        "Invalid 'tools[%u].name': string does not match pattern. Expected a "
                        "string that matches the pattern '^[a-zA-Z0-9_-]+$'.",
                        n);
  if (!json_object_has_member (tool, "strict"))
    return problem_new ("tools", "missing_required_parameter",
                        "Missing required parameter: 'tools[%u].strict'.", n);
  if (!parameters || !member_is (parameters, "type", "object"))
    return problem_new ("tools", "invalid_function_parameters",
                        "Invalid schema for function in 'tools[%u]': schema must have type "
                        "'object'.",
                        n);
  return NULL;
}

static Problem *
check_tools (JsonObject *json)
{
  static const char *const words[] = { "auto", "none", "required", NULL };
  const char *word = member_string (json, "tool_choice");
  JsonObject *choice = member_object (json, "tool_choice");
  JsonArray *tools = member_array (json, "tools");
  Problem *problem = NULL;

  if (json_object_has_member (json, "tool_choice") && !(word && g_strv_contains (words, word))
      && !(member_is (choice, "type", "function") && member_string (choice, "name")))
    return problem_new ("tool_choice", "invalid_value", "Invalid value for 'tool_choice'.");
  for (guint i = 0; i < array_size (tools) && !problem; i++)
    problem = check_tool (element_object (tools, i), i);
  return problem;
}

Problem *
responses_check (JsonObject *json, Flavour flavour)
{
  JsonArray *input = member_array (json, "input");
  const char *plain = member_string (json, "input");
  const char *model = member_string (json, "model");
  Problem *problem = check_members (json, flavour);

  if (!problem && (!model || !*model))
    problem = problem_new ("model", "missing_required_parameter",
                           "Missing required parameter: 'model'.");
  if (!problem && array_size (input) == 0 && (!plain || !*plain))
    problem = responses_invalid (flavour, "input", "A string or an array of items is wanted.");
  if (!problem)
    problem = check_values (json, model, flavour);
  if (!problem)
    problem = check_tools (json);
  for (guint i = 0; !problem && i < array_size (input); i++)
    problem = responses_check_item (input, i, model, flavour);
  return problem;
}
