/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What only an anthropic-messages server says. */

#include "scenarios.h"

static void
setup_usage_start (Plan *plan)
{
  scenario_usage (plan);
  plan->answer->usage = USAGE_AT_START;
}

static void
setup_two_ends (Plan *plan)
{
  plan->answer->two_ends = TRUE;
}

static void
setup_pause (Plan *plan)
{
  plan->answer->stop_reason = "pause_turn";
}

static void
setup_reasoning (Plan *plan)
{
  g_string_append (
      plan->before,
      "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
      "\"delta\":{\"role\":\"assistant\",\"reasoning_content\":\"A thought that must \"}}\n\n"
      "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
      "\"delta\":{\"role\":\"assistant\",\"reasoning_content\":\"stay out of the text. \"}}\n\n");
}

/* clang-format off */
const Scenario anthropic_scenarios[] = {
  { "reasoning", "reasoning_content inside the deltas of a text block", setup_reasoning, AUTH_BEARER },
  { "usage-start", "the same, the input side at the start", setup_usage_start, AUTH_BEARER },
  { "two-ends", "two message_delta events", setup_two_ends, AUTH_BEARER },
  { "pause", "stop reason pause_turn", setup_pause, AUTH_BEARER },
};
/* clang-format on */

const guint n_anthropic_scenarios = G_N_ELEMENTS (anthropic_scenarios);
