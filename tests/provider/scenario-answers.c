/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The friendly answer, and other things that a provider may say. */

#include "scenarios.h"

#include "text.h"

#define MAX_ECHO 4000
#define LARGE_DELTA (2 * 1024 * 1024)

static Block *
first_text (Plan *plan)
{
  for (guint i = 0; i < plan->answer->blocks->len; i++)
    {
      Block *block = plan->answer->blocks->pdata[i];

      if (block->type == BLOCK_TEXT)
        return block;
    }
  return answer_add (plan->answer, BLOCK_TEXT, "");
}

static void
set_text (Plan *plan, const char *text)
{
  Block *block = first_text (plan);

  g_free (block->text);
  block->text = g_strdup (text);
}

static void
add_text (Plan *plan, const char *text)
{
  Block *block = first_text (plan);
  char *both = g_strconcat (block->text, text, NULL);

  g_free (block->text);
  block->text = both;
}

/* An answer is at most max_tokens words long. */
static void
limit_answer (Plan *plan)
{
  Block *block = first_text (plan);
  g_autoptr (GPtrArray) words = text_split (block->text);
  g_autoptr (GString) kept = g_string_new (NULL);

  plan->answer->input = 12 + plan->chat->size / 4;
  plan->answer->output = words->len;
  if (plan->chat->max_tokens < 0 || plan->chat->max_tokens >= words->len)
    return;
  for (guint i = 0; i < plan->chat->max_tokens; i++)
    g_string_append (kept, words->pdata[i]);
  set_text (plan, kept->str);
  plan->answer->output = (guint64) plan->chat->max_tokens;
  plan->answer->stop_reason = "max_tokens";
}

void
scenario_friendly (Plan *plan)
{
  const char *prompt = plan->chat->prompt->str;
  g_autofree char *echo = g_utf8_substring (prompt, 0, MIN (MAX_ECHO, g_utf8_strlen (prompt, -1)));
  g_autofree char *text
      = text_is_chinese (prompt)
            ? g_strdup_printf ("你好！我收到了：「%s」。", echo)
            : g_strdup_printf ("Thanks, I read your message: \"%s\". It came through well.", echo);

  answer_add (plan->answer, BLOCK_TEXT, text);
  limit_answer (plan);
}

void
scenario_plain (Plan *plan)
{
}

static void
setup_strict (Plan *plan)
{
  plan->answer->usage = USAGE_AT_START;
}

void
scenario_thinking (Plan *plan)
{
  g_ptr_array_set_size (plan->answer->blocks, 0);
  answer_add_thinking (plan->answer, "The user wrote something. I will say so.");
  scenario_friendly (plan);
}

static void
setup_redacted (Plan *plan)
{
  g_ptr_array_set_size (plan->answer->blocks, 0);
  answer_add (plan->answer, BLOCK_REDACTED, "bm90IGZvciB5b3U=");
  scenario_friendly (plan);
}

/* Whether to ask for the @nth tool: the conversation does not hold its result yet. */
static gboolean
wants_tool (Plan *plan, guint nth)
{
  return plan->chat->tools->len > nth && !g_str_has_prefix (plan->chat->prompt->str, "RESULT");
}

void
scenario_tool (Plan *plan)
{
  if (!wants_tool (plan, 0))
    return;
  set_text (plan, "Let me look. ");
  answer_add_tool (plan->answer, plan->chat->tools->pdata[0], "{\"city\":\"台北\",\"days\":3}");
}

void
scenario_tools (Plan *plan)
{
  scenario_tool (plan);
  if (wants_tool (plan, 1))
    answer_add_tool (plan->answer, plan->chat->tools->pdata[1], "{\"city\":\"Oslo\"}");
}

void
scenario_thinking_tool (Plan *plan)
{
  scenario_thinking (plan);
  scenario_tool (plan);
}

static void
setup_tool_whole (Plan *plan)
{
  scenario_tool (plan);
  plan->answer->whole_arguments = TRUE;
}

static void
setup_tool_empty (Plan *plan)
{
  answer_add_tool (plan->answer, "now", "");
}

static void
setup_tool_bad (Plan *plan)
{
  answer_add_tool (plan->answer, "now", "{\"city\":");
}

static void
setup_tool_cut (Plan *plan)
{
  g_ptr_array_set_size (plan->answer->blocks, 0);
  setup_tool_empty (plan);
  answer_add_tool (plan->answer, "later", "{\"city\":\"Oslo, in the evening\"}");
  plan->fail = FAIL_CUT;
  plan->where = AT_EVENT;
}

void
scenario_usage (Plan *plan)
{
  plan->answer->input = 1000;
  plan->answer->output = 200;
  plan->answer->cache_read = 300;
  plan->answer->cache_write = 40;
}

static void
setup_no_usage (Plan *plan)
{
  plan->answer->usage = USAGE_ABSENT;
}

static void
setup_null_usage (Plan *plan)
{
  plan->answer->usage = USAGE_NULL;
}

void
scenario_nothing (Plan *plan)
{
  g_ptr_array_set_size (plan->answer->blocks, 0);
}

static void
setup_refusal (Plan *plan)
{
  scenario_nothing (plan);
  plan->answer->stop_reason = "refusal";
  /* There a refusal is a part of a message. */
  if (plan->api == &responses_api)
    answer_add (plan->answer, BLOCK_TEXT, "");
}

static void
setup_sensitive (Plan *plan)
{
  plan->answer->stop_reason = "sensitive";
}

static void
setup_window (Plan *plan)
{
  plan->answer->stop_reason = "model_context_window_exceeded";
}

static void
setup_odd_stop (Plan *plan)
{
  plan->answer->stop_reason = "tea_break";
}

static void
setup_marker (Plan *plan)
{
  add_text (plan, "[e~[ ");
}

static void
setup_marker_inside (Plan *plan)
{
  set_text (plan, "An [e~[ inside stays, and so does a piece of it at the end: [e");
}

static void
setup_huge (Plan *plan)
{
  g_autofree char *text = g_strnfill (LARGE_DELTA, 'x');

  set_text (plan, text);
}

/* clang-format off */
const Scenario answer_scenarios[] = {
  { "anthropic", "friendly: streams an answer that repeats the last message; checks requests as MiniMax does", scenario_plain, AUTH_BEARER },
  { "anthropic-strict", "friendly, but wants x-api-key and anthropic-version", setup_strict, AUTH_X_API_KEY },
  { "keyless", "friendly, takes any key or none", scenario_plain, AUTH_NONE },
  { "keyed", "friendly, wants a key even where the flavour does not", scenario_plain, AUTH_ALWAYS },
  { "ok", "the same as anthropic; for sequences", scenario_plain, AUTH_BEARER },
  { "thinking", "a thinking block with a signature, then the answer", scenario_thinking, AUTH_BEARER },
  { "redacted", "a redacted thinking block, then the answer", setup_redacted, AUTH_BEARER },
  { "tool", "calls the first tool, until a result that starts with RESULT comes back", scenario_tool, AUTH_BEARER },
  { "tools", "calls the first two tools", scenario_tools, AUTH_BEARER },
  { "thinking-tool", "a thought and a tool call", scenario_thinking_tool, AUTH_BEARER },
  { "tool-whole", "the arguments are in the start event", setup_tool_whole, AUTH_BEARER },
  { "tool-empty", "a tool call without arguments", setup_tool_empty, AUTH_BEARER },
  { "tool-bad", "arguments that are no JSON", setup_tool_bad, AUTH_BEARER },
  { "tool-cut", "FIN in the middle of the arguments", setup_tool_cut, AUTH_BEARER },
  { "usage", "1000 in, 200 out, 300 cache read, 40 cache write, at the end", scenario_usage, AUTH_BEARER },
  { "no-usage", "no usage anywhere", setup_no_usage, AUTH_BEARER },
  { "null-usage", "usage is null", setup_null_usage, AUTH_BEARER },
  { "nothing", "no content, stop reason end_turn", scenario_nothing, AUTH_BEARER },
  { "refusal", "stop reason refusal", setup_refusal, AUTH_BEARER },
  { "sensitive", "stop reason sensitive", setup_sensitive, AUTH_BEARER },
  { "window", "stop reason model_context_window_exceeded", setup_window, AUTH_BEARER },
  { "odd-stop", "a stop reason nobody knows", setup_odd_stop, AUTH_BEARER },
  { "marker", "[e~[ and a space at the end of the text", setup_marker, AUTH_BEARER },
  { "marker-inside", "[e~[ in the middle, [e at the end", setup_marker_inside, AUTH_BEARER },
  { "huge", "one delta of 2 MiB", setup_huge, AUTH_BEARER },
};
/* clang-format on */

const guint n_answer_scenarios = G_N_ELEMENTS (answer_scenarios);
