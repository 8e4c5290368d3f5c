/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* openai-completions: refuses what the real servers refuse in a request as a whole. */

#include "completions.h"

#include <string.h>

#include "openai-errors.h"

/* What every server takes, what only OpenAI takes, and the switches for thinking and the like. */
/* clang-format off */
static const char *const common[] = {
  "model", "messages", "stream", "stream_options", "max_tokens", "temperature", "top_p", "stop",
  "presence_penalty", "frequency_penalty", "n", "tools", "seed", "tool_choice",
  "parallel_tool_calls", "user", "response_format", NULL
};
static const char *const openai_only[] = {
  "max_completion_tokens", "logprobs", "top_logprobs", "logit_bias", "reasoning_effort", "store",
  "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention", "modalities",
  "safety_identifier", "service_tier", "verbosity", "metadata", NULL
};
static const char *const minimax_more[] = {
  "max_completion_tokens", "reasoning_split", "thinking", "reasoning_effort", "service_tier",
  "metadata", "mask_sensitive_info", NULL
};
static const char *const deepseek_more[] = { "thinking", "reasoning_effort", NULL };
static const char *const openrouter_more[] = {
  "max_completion_tokens", "reasoning", "reasoning_effort", "provider", "models", "transforms",
  "usage", "include_reasoning", NULL
};
static const char *const lmstudio_more[] = {
  "max_completion_tokens", "reasoning_effort", "ttl", "top_k", "min_p", "repeat_penalty", NULL
};
static const char *const ollama_more[] = {
  "max_completion_tokens", "reasoning_effort", "think", "reasoning", NULL
};
static const char *const generic_more[] = {
  "max_completion_tokens", "reasoning_effort", "thinking", "enable_thinking", "reasoning",
  "reasoning_split", "tool_stream", "top_k", NULL
};
/* clang-format on */

static const char *const *
known_members (Flavour flavour)
{
  switch (flavour)
    {
    case FLAVOUR_OPENAI:
      return openai_only;
    case FLAVOUR_MINIMAX:
      return minimax_more;
    case FLAVOUR_DEEPSEEK:
      return deepseek_more;
    case FLAVOUR_OPENROUTER:
      return openrouter_more;
    case FLAVOUR_LMSTUDIO:
      return lmstudio_more;
    case FLAVOUR_OLLAMA:
      return ollama_more;
    case FLAVOUR_GENERIC:
    case FLAVOUR_ANTHROPIC:
    default:
      return generic_more;
    }
}

static Problem *
check_members (JsonObject *json, Flavour flavour)
{
  const char *unknown = member_unknown (json, common, known_members (flavour), NULL);

  if (!unknown)
    return NULL;
  if (flavour == FLAVOUR_OPENAI)
    return problem_new (unknown, "unknown_parameter", "Unknown parameter: '%s'.", unknown);
  return problem_new (unknown, NULL, "%s: Extra inputs are not permitted", unknown);
}

/* What reasoning models of OpenAI do not take. */
static Problem *
check_reasoning_model (JsonObject *json)
{
  static const char *const refused[] = { "top_p", "presence_penalty", "frequency_penalty",
                                         "logprobs", "stop" };

  if (member_has (json, "max_tokens"))
    return problem_new ("max_tokens", "unsupported_parameter",
                        "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
                        "'max_completion_tokens' instead.");
  if (member_double (json, "temperature", 1.0) != 1.0)
    return problem_new ("temperature", "unsupported_value",
                        "Unsupported value: 'temperature' does not support this value with this "
                        "model. Only the default (1) value is supported.");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if (member_has (json, refused[i]))
      return problem_new (refused[i], "unsupported_parameter",
                          "Unsupported parameter: '%s' is not supported with this model.",
                          refused[i]);
  return NULL;
}

static Problem *
check_openai (JsonObject *json, const char *model)
{
  if (member_has (json, "max_tokens") && member_has (json, "max_completion_tokens"))
    return problem_new ("max_tokens", "invalid_parameter_combination",
                        "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not "
                        "supported.");
  if (openai_model_reasons (model))
    return check_reasoning_model (json);
  if (member_has (json, "reasoning_effort"))
    return problem_new ("reasoning_effort", "unsupported_parameter",
                        "Unsupported parameter: 'reasoning_effort' is not supported with this "
                        "model.");
  return NULL;
}

static Problem *
check_minimax (JsonObject *json, const char *model)
{
  const char *thinking = member_string (member_object (json, "thinking"), "type");
  const char *choice = member_string (json, "tool_choice");
  double temperature = member_double (json, "temperature", 1.0);

  if (temperature <= 0.0 || temperature > 1.0)
    return problem_new (NULL, NULL, "invalid params, temperature is out of range (2013)");
  if (member_int (json, "n", 1) != 1)
    return problem_new (NULL, NULL, "invalid params, n must be 1 (2013)");
  if (g_str_has_prefix (model, "MiniMax-M3") && member_has (json, "thinking")
      && g_strcmp0 (thinking, "adaptive") != 0 && g_strcmp0 (thinking, "disabled") != 0)
    return problem_new (NULL, NULL,
                        "invalid params, thinking.type is not valid, allowed: adaptive, disabled "
                        "(2013)");
  if (member_has (json, "reasoning_split") && !g_str_has_prefix (model, "MiniMax-M"))
    return problem_new (NULL, NULL,
                        "invalid params, reasoning_split is not supported by this model (2013)");
  if (member_has (json, "tool_choice") && g_strcmp0 (choice, "auto") != 0
      && g_strcmp0 (choice, "none") != 0)
    return problem_new (NULL, NULL, "invalid params, invalid tool choice (2013)");
  return NULL;
}

static Problem *
check_numbers (JsonObject *json, const char *model, Flavour flavour)
{
  gint64 limit = member_int (json, "max_completion_tokens", member_int (json, "max_tokens", 1));
  double temperature = member_double (json, "temperature", 1.0);
  const char *format = member_string (member_object (json, "response_format"), "type");

  if (limit < 1)
    return problem_new ("max_tokens", "integer_below_min_value",
                        "Invalid 'max_tokens': integer below minimum value.");
  if (temperature < 0.0 || temperature > 2.0)
    return problem_new ("temperature", "decimal_above_max_value",
                        "Invalid 'temperature': expected a value between 0 and 2.");
  if (member_has (json, "stream_options") && !member_true (json, "stream"))
    return problem_new ("stream_options", NULL,
                        "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
  if (flavour == FLAVOUR_LMSTUDIO && g_strcmp0 (format, "json_object") == 0)
    return problem_new ("response_format", NULL,
                        "'response_format.type' must be 'json_schema' or 'text'");
  if (flavour == FLAVOUR_OPENAI)
    return check_openai (json, model);
  return flavour == FLAVOUR_MINIMAX ? check_minimax (json, model) : NULL;
}

static gboolean
knows_strict (Flavour flavour)
{
  return flavour == FLAVOUR_OPENAI || flavour == FLAVOUR_DEEPSEEK || flavour == FLAVOUR_OPENROUTER
         || flavour == FLAVOUR_LMSTUDIO;
}

static Problem *
check_tool (JsonObject *tool, guint n, Flavour flavour)
{
  JsonObject *function = member_object (tool, "function");
  JsonObject *parameters = member_object (function, "parameters");

  if (flavour == FLAVOUR_MINIMAX && !member_is (tool, "type", "function"))
    return problem_new (NULL, NULL, "invalid params, invalid tool type: %s (2013)",
                        member_string (tool, "type") ? member_string (tool, "type") : "");
  if (flavour == FLAVOUR_MINIMAX && (!parameters || !member_is (parameters, "type", "object")))
    return problem_new (NULL, NULL, "invalid params, function name or parameters is empty (2013)");
  if (!member_is (tool, "type", "function") || !function)
    return problem_new ("tools", "missing_required_parameter",
                        "Missing required parameter: 'tools[%u].function'.", n);
  if (!openai_tool_name_is_good (member_string (function, "name")))
    return problem_new (
        "tools", "invalid_value",
        "Invalid 'tools[%u].function.name': string does not match pattern. Expected "
        "a string that matches the pattern '^[a-zA-Z0-9_-]+$'.",
        n);
  if (json_object_has_member (function, "parameters")
      && (!parameters || !member_is (parameters, "type", "object")))
    return problem_new ("tools", "invalid_function_parameters",
                        "Invalid schema for function in 'tools[%u]': schema must have type "
                        "'object'.",
                        n);
  if (json_object_has_member (function, "strict") && !knows_strict (flavour))
    return problem_new ("tools", NULL, "tools.%u.function.strict: Extra inputs are not permitted",
                        n);
  return NULL;
}

static Problem *
check_tool_choice (JsonObject *json)
{
  static const char *const words[] = { "auto", "none", "required", NULL };
  const char *word = member_string (json, "tool_choice");
  JsonObject *object = member_object (json, "tool_choice");

  if (!json_object_has_member (json, "tool_choice") || (word && g_strv_contains (words, word))
      || (member_is (object, "type", "function")
          && member_string (member_object (object, "function"), "name")))
    return NULL;
  return problem_new ("tool_choice", "invalid_value", "Invalid value for 'tool_choice'.");
}

static Problem *
check_tools (JsonObject *json, Flavour flavour)
{
  JsonArray *tools = member_array (json, "tools");
  Problem *problem = check_tool_choice (json);

  if (problem)
    return problem;
  if (json_object_has_member (json, "tools") && array_size (tools) == 0)
    return problem_new ("tools", "empty_array",
                        "Invalid 'tools': empty array. Expected an array "
                        "with minimum length 1.");
  if (!tools
      && (json_object_has_member (json, "tool_choice")
          || json_object_has_member (json, "parallel_tool_calls")))
    return problem_new ("tool_choice", NULL,
                        "'tool_choice' is only allowed when 'tools' are specified.");
  for (guint i = 0; i < array_size (tools) && !problem; i++)
    problem = check_tool (element_object (tools, i), i, flavour);
  return problem;
}

Problem *
completions_check (JsonObject *json, Flavour flavour)
{
  JsonArray *messages = member_array (json, "messages");
  const char *model = member_string (json, "model");
  Problem *problem = check_members (json, flavour);

  if (!problem && (!model || !*model))
    problem = flavour == FLAVOUR_MINIMAX
                  ? problem_new (NULL, NULL, "invalid params, model is required (2013)")
                  : problem_new ("model", NULL, "you must provide a model parameter");
  if (!problem && array_size (messages) == 0)
    problem = flavour == FLAVOUR_MINIMAX
                  ? problem_new (NULL, NULL, "invalid params, chat content is empty (2013)")
                  : problem_new ("messages", "missing_required_parameter",
                                 "Missing required parameter: 'messages'.");
  if (!problem)
    problem = check_numbers (json, model, flavour);
  if (!problem)
    problem = check_tools (json, flavour);
  for (guint i = 0; !problem && i < array_size (messages); i++)
    problem = completions_check_message (messages, i, model, flavour);
  return problem;
}
