/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What only an openai-responses server says. */

#include "responses.h"
#include "scenarios.h"

static void
setup_failed (Plan *plan)
{
  scenario_nothing (plan);
}

static void
setup_failed_limit (Plan *plan)
{
  scenario_nothing (plan);
  plan->answer->failure = "rate_limit_exceeded";
}

static void
setup_failed_quota (Plan *plan)
{
  scenario_nothing (plan);
  plan->answer->failure = "insufficient_quota";
}

static void
setup_failed_overflow (Plan *plan)
{
  scenario_nothing (plan);
  plan->answer->failure = "context_length_exceeded";
}

static void
setup_failed_policy (Plan *plan)
{
  scenario_nothing (plan);
  plan->answer->failure = "bio_policy";
}

static void
setup_wrapped (Plan *plan)
{
  g_string_append (
      plan->before,
      "event: error\ndata: {\"type\":\"error\",\"sequence_number\":2,\"error\":{\"type\":"
      "\"too_many_requests\",\"code\":\"rate_limit_exceeded\",\"message\":\"Slow down\","
      "\"param\":null}}\n\n");
  plan->fail = FAIL_EOF;
  plan->where = AT_BEFORE;
}

/* Nothing but the message, as LM Studio. */
static void
setup_bare (Plan *plan)
{
  g_string_append (
      plan->before,
      "event: error\ndata: {\"error\":{\"message\":\"The number of tokens to keep from "
      "the initial prompt is greater than the context length.\"}}\n\n");
  plan->fail = FAIL_EOF;
  plan->where = AT_BEFORE;
}

static void
setup_string (Plan *plan)
{
  g_string_append (plan->after, "data: {\"error\":\"The model has crashed.\"}\n\n");
  plan->fail = FAIL_EOF;
  plan->where = AT_AFTER;
}

/* clang-format off */
const Scenario responses_scenarios[] = {
  { "no-sequence", "no sequence_number, no logprobs", scenario_plain, AUTH_BEARER, RESPONSES_NO_SEQUENCE },
  { "arguments-done", "a tool call whose arguments are only in function_call_arguments.done", scenario_tool, AUTH_BEARER, RESPONSES_ARGUMENTS_DONE },
  { "arguments-item", "a tool call whose arguments are only in output_item.done", scenario_tool, AUTH_BEARER, RESPONSES_ARGUMENTS_ITEM },
  { "tool-incomplete", "a tool call whose status is incomplete", scenario_tool, AUTH_BEARER, RESPONSES_INCOMPLETE_CALL },
  { "tools-interleaved", "the text and two tool calls take turns", scenario_tools, AUTH_BEARER, RESPONSES_INTERLEAVED },
  { "reasoning", "thinking, in reasoning_text deltas", scenario_thinking, AUTH_BEARER, RESPONSES_RAW },
  { "thought-done", "thinking, whole in one reasoning_text.done without an item", scenario_thinking, AUTH_BEARER, RESPONSES_THOUGHT_DONE },
  { "two-parts", "thinking, in a summary of two parts", scenario_thinking, AUTH_BEARER, RESPONSES_TWO_PARTS },
  { "text-done", "no deltas: the text is in output_text.done", scenario_plain, AUTH_BEARER, RESPONSES_TEXT_DONE },
  { "text-item", "no deltas: the text is in output_item.done", scenario_plain, AUTH_BEARER, RESPONSES_TEXT_ITEM },
  { "text-terminal", "the text is only in the terminal response", scenario_plain, AUTH_BEARER, RESPONSES_TEXT_TERMINAL },
  { "no-part", "deltas without content_part.added", scenario_plain, AUTH_BEARER, RESPONSES_NO_PART },
  { "index-only", "deltas without item_id", scenario_tools, AUTH_BEARER, RESPONSES_INDEX_ONLY },
  { "null-content", "content is null in output_item.done", scenario_plain, AUTH_BEARER, RESPONSES_NULL_CONTENT },
  { "empty-output", "the terminal response has no output", scenario_plain, AUTH_BEARER, RESPONSES_EMPTY_OUTPUT },
  { "phase", "messages say their phase", scenario_plain, AUTH_BEARER, RESPONSES_PHASE },
  { "failed", "response.failed, server_error, before content", setup_failed, AUTH_BEARER, RESPONSES_FAILED },
  { "failed-late", "response.failed after content", scenario_plain, AUTH_BEARER, RESPONSES_FAILED },
  { "failed-limit", "response.failed, rate_limit_exceeded", setup_failed_limit, AUTH_BEARER, RESPONSES_FAILED },
  { "failed-quota", "response.failed, insufficient_quota", setup_failed_quota, AUTH_BEARER, RESPONSES_FAILED },
  { "failed-overflow", "response.failed, context_length_exceeded", setup_failed_overflow, AUTH_BEARER, RESPONSES_FAILED },
  { "failed-policy", "response.failed, bio_policy", setup_failed_policy, AUTH_BEARER, RESPONSES_FAILED },
  { "cancelled", "response.cancelled after content", scenario_plain, AUTH_BEARER, RESPONSES_CANCELLED },
  { "no-terminal", "all items, but no terminal event", scenario_plain, AUTH_BEARER, RESPONSES_NO_TERMINAL },
  { "done", "[DONE] after the terminal event", scenario_plain, AUTH_BEARER, RESPONSES_DONE },
  { "event-wrapped", "an error event with its error in error, before content", setup_wrapped, AUTH_BEARER },
  { "event-bare", "an error event with nothing but a message (context overflow), LM Studio", setup_bare, AUTH_BEARER },
  { "event-string-late", "an error that is a plain string after content", setup_string, AUTH_BEARER },
};
/* clang-format on */

const guint n_responses_scenarios = G_N_ELEMENTS (responses_scenarios);
