/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What only an openai-completions server says. */

#include "completions.h"
#include "scenarios.h"

/* An error in the stream that is not in OpenAI's form; the stream ends with it. */
static void
fail_with (Plan *plan, gboolean late, const char *events)
{
  g_string_append (late ? plan->after : plan->before, events);
  plan->fail = FAIL_EOF;
  plan->where = late ? AT_AFTER : AT_BEFORE;
}

static const char raw_error[]
    = "data: {\"id\":\"gen-1\",\"object\":\"chat.completion.chunk\",\"provider\":\"Upstream\","
      "\"error\":{\"code\":502,\"message\":\"Provider returned error\",\"metadata\":{\"raw\":"
      "\"{\\\"type\\\":\\\"error\\\",\\\"error\\\":{\\\"type\\\":\\\"overloaded_error\\\","
      "\\\"message\\\":\\\"Overloaded\\\"}}\",\"provider_name\":\"Upstream\"}},\"choices\":"
      "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":"
      "\"error\","
      "\"native_finish_reason\":\"error\"}]}\n\ndata: [DONE]\n\n";
static const char string_error[]
    = "data: {\"error\":\"The model has crashed without additional information.\"}\n\n";
static const char named_error[]
    = "event: error\ndata: {\"error\":{\"message\":\"The number of tokens to keep from the initial "
      "prompt is greater than the context length.\"}}\n\n";
static const char bare_error[]
    = "event: error\ndata: {\"message\":\"Trying to keep the first 21000 tokens when context the "
      "overflows.\"}\n\n";
static const char status_error[]
    = "data: {\"error\":{\"message\":\"upstream [503] the model is overloaded\"}}\n\n";
static const char base_resp_error[]
    = "data: {\"id\":\"1\",\"choices\":null,\"created\":1766448000,\"model\":\"MiniMax-M2.1\","
      "\"object\":\"chat.completion.chunk\",\"usage\":{\"total_tokens\":0,\"total_characters\":0},"
      "\"base_resp\":{\"status_code\":2056,\"status_msg\":\"usage limit exceeded, resets at "
      "2030-01-02T03:04:05Z\"}}\n\n";
static const char sensitive_error[]
    = "data: {\"id\":\"1\",\"choices\":null,\"object\":\"chat.completion.chunk\","
      "\"output_sensitive\":true,\"base_resp\":{\"status_code\":1027,\"status_msg\":\"output "
      "new_sensitive\"}}\n\n";

static void
setup_event_raw (Plan *plan)
{
  fail_with (plan, FALSE, raw_error);
}

static void
setup_event_raw_late (Plan *plan)
{
  fail_with (plan, TRUE, raw_error);
}

static void
setup_event_string (Plan *plan)
{
  fail_with (plan, FALSE, string_error);
}

static void
setup_event_string_late (Plan *plan)
{
  fail_with (plan, TRUE, string_error);
}

static void
setup_event_overflow (Plan *plan)
{
  fail_with (plan, FALSE, named_error);
}

static void
setup_event_bare (Plan *plan)
{
  fail_with (plan, FALSE, bare_error);
}

static void
setup_event_status (Plan *plan)
{
  fail_with (plan, FALSE, status_error);
}

static void
setup_event_base_resp (Plan *plan)
{
  fail_with (plan, FALSE, base_resp_error);
}

static void
setup_event_sensitive (Plan *plan)
{
  fail_with (plan, TRUE, sensitive_error);
}

static void
setup_finish_error (Plan *plan)
{
  plan->answer->stop_reason = "error";
}

static void
setup_processing (Plan *plan)
{
  g_string_append (plan->first, ": OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n");
}

/* A 200 with a stream in which there is nothing. */
static void
setup_empty (Plan *plan)
{
  plan_respond (plan, 200, "text/event-stream", "data: [DONE]\n\n");
}

static void
setup_input_sensitive (Plan *plan)
{
  g_string_append (
      plan->before,
      "data: "
      "{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":"
      "{\"role\":\"\",\"content\":\"\"}}],\"input_sensitive\":true,\"input_sensitive_type\":1}"
      "\n\n");
  plan->answer->stop_reason = "sensitive";
}

static void
setup_think_later (Plan *plan)
{
  g_ptr_array_set_size (plan->answer->blocks, 0);
  answer_add (plan->answer, BLOCK_TEXT,
              "A <think>tag</think> that comes later is text, and so is </think>.");
}

static void
setup_leaked_call (Plan *plan)
{
  g_ptr_array_set_size (plan->answer->blocks, 0);
  answer_add (plan->answer, BLOCK_TEXT,
              "Let me look. <minimax:tool_call><invoke name=\"weather\"><parameter name=\"city\">"
              "Oslo</parameter></invoke></minimax:tool_call>");
}

static void
setup_no_stream_options (Plan *plan)
{
  ApiError error = { .status = 400,
                     .type = "invalid_request_error",
                     .param = "stream_options",
                     .message = "stream_options: Extra inputs are not permitted" };
  g_autofree char *body = NULL;

  if (!plan->chat->stream_options)
    return;
  body = plan->api->render_error (&error, plan->flavour);
  plan_respond (plan, 400, "application/json", body);
}

/* clang-format off */
const Scenario completions_scenarios[] = {
  { "reasoning", "thinking, in delta.reasoning", scenario_thinking, AUTH_BEARER, COMPLETIONS_REASONING },
  { "reasoning-text", "thinking, in delta.reasoning_text", scenario_thinking, AUTH_BEARER, COMPLETIONS_REASONING_TEXT },
  { "reasoning-details", "thinking, in delta.reasoning_details", scenario_thinking, AUTH_BEARER, COMPLETIONS_DETAILS },
  { "reasoning-snapshots", "the same, each repeats what came before", scenario_thinking, AUTH_BEARER, COMPLETIONS_SNAPSHOTS },
  { "reasoning-both", "thinking, the same words in reasoning and reasoning_details", scenario_thinking, AUTH_BEARER, COMPLETIONS_BOTH },
  { "reasoning-mixed", "thinking, in reasoning_content and reasoning in turns", scenario_thinking, AUTH_BEARER, COMPLETIONS_MIXED },
  { "think-tags", "thinking, in <think> at the start of the content, in pieces of four letters", scenario_thinking, AUTH_BEARER, COMPLETIONS_TAGS },
  { "think-open", "the same without </think> and without an answer", scenario_thinking, AUTH_BEARER, COMPLETIONS_OPEN_TAG },
  { "think-twice", "thinking, in reasoning_content and in <think>", scenario_thinking, AUTH_BEARER, COMPLETIONS_TAGS_TOO },
  { "think-later", "think tags inside of the text", setup_think_later, AUTH_BEARER },
  { "think-tool", "think-tags, then a tool call", scenario_thinking_tool, AUTH_BEARER, COMPLETIONS_TAGS },
  { "details-tool", "reasoning-details, then a tool call", scenario_thinking_tool, AUTH_BEARER, COMPLETIONS_DETAILS },
  { "leaked-call", "a tool call as <minimax:tool_call> in the text", setup_leaked_call, AUTH_BEARER },
  { "tools-interleaved", "two tool calls whose arguments come in turns", scenario_tools, AUTH_BEARER, COMPLETIONS_INTERLEAVED },
  { "tools-together", "two whole tool calls in one delta", scenario_tools, AUTH_BEARER, COMPLETIONS_TOGETHER },
  { "tools-no-index", "two tool calls without index", scenario_tools, AUTH_BEARER, COMPLETIONS_NO_INDEX },
  { "tools-repeat", "id and name in each delta", scenario_tools, AUTH_BEARER, COMPLETIONS_REPEAT_ID },
  { "tool-with-text", "the call begins in the delta of the last words", scenario_tool, AUTH_BEARER, COMPLETIONS_WITH_TEXT },
  { "tool-stop", "a tool call with finish_reason stop", scenario_tool, AUTH_BEARER, COMPLETIONS_STOP },
  { "tool-legacy", "function_call instead of tool_calls", scenario_tool, AUTH_BEARER, COMPLETIONS_LEGACY },
  { "usage-finish", "usage, on the chunk with the finish_reason", scenario_usage, AUTH_BEARER, COMPLETIONS_USAGE_FINISH },
  { "usage-each", "usage, on each chunk, growing", scenario_usage, AUTH_BEARER, COMPLETIONS_USAGE_EACH },
  { "usage-bare", "usage, in a chunk without choices", scenario_usage, AUTH_BEARER, COMPLETIONS_USAGE_BARE },
  { "usage-hit-miss", "usage, with prompt_cache_hit_tokens", scenario_usage, AUTH_BEARER, COMPLETIONS_HIT_MISS },
  { "usage-cached", "usage, with cached_tokens at its top", scenario_usage, AUTH_BEARER, COMPLETIONS_CACHED },
  { "timings", "timings instead of usage", scenario_usage, AUTH_BEARER, COMPLETIONS_TIMINGS },
  { "no-stream-options", "400 when there are stream_options", setup_no_stream_options, AUTH_BEARER },
  { "no-done", "no [DONE]", scenario_plain, AUTH_BEARER, COMPLETIONS_NO_DONE },
  { "no-finish", "[DONE], but no finish_reason", scenario_plain, AUTH_BEARER, COMPLETIONS_NO_FINISH },
  { "two-choices", "a second choice with other words", scenario_plain, AUTH_BEARER, COMPLETIONS_CHOICES },
  { "snapshot", "the whole message once more, in choice.message", scenario_plain, AUTH_BEARER, COMPLETIONS_SNAPSHOT },
  { "finish-error", "finish_reason error", setup_finish_error, AUTH_BEARER },
  { "processing", "comments before the answer", setup_processing, AUTH_BEARER },
  { "empty-stream", "200 with nothing but [DONE]", setup_empty, AUTH_BEARER },
  { "input-sensitive", "MiniMax's flag, then finish_reason content_filter", setup_input_sensitive, AUTH_BEARER },
  { "event-raw", "an error with metadata.raw and finish_reason error before the first content, OpenRouter", setup_event_raw, AUTH_BEARER },
  { "event-raw-late", "the same after content", setup_event_raw_late, AUTH_BEARER },
  { "event-string", "an error that is a plain string before the first content, LM Studio", setup_event_string, AUTH_BEARER },
  { "event-string-late", "the same after content", setup_event_string_late, AUTH_BEARER },
  { "event-overflow", "event: error with a context overflow before the first content, LM Studio", setup_event_overflow, AUTH_BEARER },
  { "event-bare", "event: error with nothing but a message (context overflow)", setup_event_bare, AUTH_BEARER },
  { "event-status", "an error with [503] in its text only", setup_event_status, AUTH_BEARER },
  { "event-base-resp", "base_resp 2056 and choices null before the first content, MiniMax", setup_event_base_resp, AUTH_BEARER },
  { "event-sensitive", "base_resp 1027 and choices null after content, MiniMax", setup_event_sensitive, AUTH_BEARER },
};
/* clang-format on */

const guint n_completions_scenarios = G_N_ELEMENTS (completions_scenarios);
