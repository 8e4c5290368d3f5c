/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* openai-completions: what its files share. completions-events.c writes streams,
 * completions-parts.c what streams and whole answers have in common, completions-request.c reads
 * and completions-check.c refuses. */

#pragma once

#include "api.h"

typedef enum
{
  /* Where thoughts are; without one of them in reasoning_content, or where the flavour has them. */
  COMPLETIONS_REASONING = 1 << 0,      /* delta.reasoning */
  COMPLETIONS_REASONING_TEXT = 1 << 1, /* delta.reasoning_text */
  COMPLETIONS_DETAILS = 1 << 2,        /* delta.reasoning_details */
  COMPLETIONS_SNAPSHOTS = 1 << 3,      /* the same, each with all that came before */
  COMPLETIONS_BOTH = 1 << 4,           /* the same words in reasoning and reasoning_details */
  COMPLETIONS_MIXED = 1 << 5,          /* reasoning_content and reasoning in turns */
  COMPLETIONS_TAGS = 1 << 6,           /* <think> in the content */
  COMPLETIONS_OPEN_TAG = 1 << 7,       /* without its end */
  COMPLETIONS_TAGS_TOO = 1 << 8,       /* in <think> and in reasoning_content */
  /* Tool calls. */
  COMPLETIONS_INTERLEAVED = 1 << 9,
  COMPLETIONS_TOGETHER = 1 << 10, /* all calls in one delta */
  COMPLETIONS_NO_INDEX = 1 << 11,
  COMPLETIONS_LEGACY = 1 << 12,    /* function_call */
  COMPLETIONS_REPEAT_ID = 1 << 13, /* id and name in each delta */
  COMPLETIONS_WITH_TEXT = 1 << 14, /* the call begins in the delta of the last words */
  COMPLETIONS_STOP = 1 << 15,      /* finish_reason stop in spite of calls */
  /* Usage. */
  COMPLETIONS_USAGE_FINISH = 1 << 16,
  COMPLETIONS_USAGE_EACH = 1 << 17,
  COMPLETIONS_USAGE_BARE = 1 << 18, /* its chunk has no choices at all */
  COMPLETIONS_HIT_MISS = 1 << 19,   /* as DeepSeek */
  COMPLETIONS_CACHED = 1 << 20,     /* as Moonshot */
  COMPLETIONS_TIMINGS = 1 << 21,    /* as llama.cpp, instead of usage */
  /* The end. */
  COMPLETIONS_NO_DONE = 1 << 22,
  COMPLETIONS_NO_FINISH = 1 << 23,
  COMPLETIONS_CHOICES = 1 << 24,  /* one more choice, which does not matter */
  COMPLETIONS_SNAPSHOT = 1 << 25, /* the whole message once more, in choice.message */
} CompletionsQuirk;

#define COMPLETIONS_THOUGHTS ((1 << 9) - 1)
/* How much of the signature of a thought is in the ids of calls. */
#define COMPLETIONS_SIGNATURE 12
#define COMPLETIONS_REFUSAL "I cannot help with that."

/* The quirks of the scenario with those of the flavour. */
guint completions_quirks (const Answer *answer);
const char *completions_finish (const Answer *answer, guint quirks);
JsonObject *completions_usage (const Answer *answer, guint quirks);
/* Ends in the signature of the thought that came before, so that it is recognised. */
char *completions_call_id (const Answer *answer, guint n);
/* One entry of reasoning_details; its id is the signature of @whole. */
JsonObject *completions_detail (const Answer *answer, const char *whole, const char *text);
/* @choices: (nullable, taken) */
JsonObject *completions_chunk (const Answer *answer, JsonArray *choices);
char *completions_body (const Answer *answer);

void completions_events (const Answer *answer, GPtrArray *events);

void completions_read (JsonObject *json, Chat *chat);
Problem *completions_check (JsonObject *json, Flavour flavour);
/* Of message @n: roles, contents, calls, results, thoughts. */
Problem *
completions_check_message (JsonArray *messages, guint n, const char *model, Flavour flavour);
