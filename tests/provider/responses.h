/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* openai-responses: what its files share. responses-events.c writes streams, responses-items.c the
 * response and the items in it, responses-request.c reads and checks requests, and
 * responses-input.c their items. */

#pragma once

#include "api.h"

typedef enum
{
  RESPONSES_NO_SEQUENCE = 1 << 0, /* and no logprobs */
  /* Where the arguments of calls are, if not in deltas, done and item. */
  RESPONSES_ARGUMENTS_DONE = 1 << 1, /* only in response.function_call_arguments.done */
  RESPONSES_ARGUMENTS_ITEM = 1 << 2, /* only in response.output_item.done */
  RESPONSES_INCOMPLETE_CALL = 1 << 3,
  RESPONSES_INTERLEAVED = 1 << 4, /* the items take turns */
  /* Thoughts; else in summaries. */
  RESPONSES_RAW = 1 << 5,          /* reasoning_text deltas */
  RESPONSES_THOUGHT_DONE = 1 << 6, /* one response.reasoning_text.done and no item */
  RESPONSES_TWO_PARTS = 1 << 7,    /* of the summary */
  /* Where the text is, if not in deltas and everywhere else. */
  RESPONSES_TEXT_DONE = 1 << 8,      /* from output_text.done on */
  RESPONSES_TEXT_ITEM = 1 << 9,      /* from output_item.done on */
  RESPONSES_TEXT_TERMINAL = 1 << 10, /* only in the terminal response */
  RESPONSES_NO_PART = 1 << 11,       /* deltas without content_part.added */
  RESPONSES_NULL_CONTENT = 1 << 12,  /* content: null in output_item.done */
  RESPONSES_EMPTY_OUTPUT = 1 << 13,  /* in the terminal response */
  /* The end. */
  RESPONSES_FAILED = 1 << 14,
  RESPONSES_CANCELLED = 1 << 15,
  RESPONSES_NO_TERMINAL = 1 << 16,
  RESPONSES_DONE = 1 << 17, /* [DONE] */
  RESPONSES_PHASE = 1 << 18,
  RESPONSES_INDEX_ONLY = 1 << 19, /* no item_id in deltas */
} ResponsesQuirk;

#define RESPONSES_REFUSAL "I cannot help with that."

/* The quirks of the scenario with those of the flavour. */
guint responses_quirks (const Answer *answer);
char *responses_item_id (const Answer *answer, guint index);
/* The item of block @index; what it says is there when it is @done. */
JsonObject *responses_item (const Answer *answer, guint index, gboolean done, guint quirks);
/* @status: in_progress, or NULL for what the answer ended with. */
JsonObject *responses_response (const Answer *answer, guint quirks, const char *status);
const char *responses_status (const Answer *answer, guint quirks);
/* The two halves of a summary in two parts; one for others. Of char*. */
GPtrArray *responses_summary (const Block *block, guint quirks);

void responses_events (const Answer *answer, GPtrArray *events);

void responses_read (JsonObject *json, Chat *chat);
Problem *responses_check (JsonObject *json, Flavour flavour);
/* Item @n of the input. */
Problem *responses_check_item (JsonArray *input, guint n, const char *model, Flavour flavour);
/* An error about one thing, in the words of the flavour. */
Problem *responses_invalid (Flavour flavour, const char *where, const char *wanted);
