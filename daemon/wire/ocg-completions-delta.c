/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-completions-delta.h"

#include <string.h>

#include "ocg-json-skim.h"

enum
{
  CHOICES,
  CHOICE,
  INDEX,
  DELTA,
  CONTENT,
  REASONING_CONTENT,
  REASONING,
  REASONING_TEXT,
  TOOL_CALLS,
  OBJECT,
  /* What follows must not be there. */
  FIRST_OTHER,
  DETAILS = FIRST_OTHER,
  REFUSAL,
  FUNCTION_CALL,
  FINISH_REASON,
  TYPE,
  SUCCESS,
  MESSAGE,
  CHOICE_USAGE,
  CHOICE_ERROR,
  USAGE,
  TIMINGS,
  ERROR,
  BASE_RESP,
  N_WANTED
};

static const OcgJsonWanted wanted[N_WANTED] = {
  [CHOICES] = { -1, "choices" },
  [CHOICE] = { CHOICES, NULL },
  [INDEX] = { CHOICE, "index" },
  [DELTA] = { CHOICE, "delta" },
  [CONTENT] = { DELTA, "content" },
  [REASONING_CONTENT] = { DELTA, "reasoning_content" },
  [REASONING] = { DELTA, "reasoning" },
  [REASONING_TEXT] = { DELTA, "reasoning_text" },
  [TOOL_CALLS] = { DELTA, "tool_calls" },
  [OBJECT] = { -1, "object" },
  [DETAILS] = { DELTA, "reasoning_details" },
  [REFUSAL] = { DELTA, "refusal" },
  [FUNCTION_CALL] = { DELTA, "function_call" },
  [FINISH_REASON] = { CHOICE, "finish_reason" },
  [TYPE] = { -1, "type" },
  [SUCCESS] = { -1, "success" },
  [MESSAGE] = { CHOICE, "message" },
  [CHOICE_USAGE] = { CHOICE, "usage" },
  [CHOICE_ERROR] = { CHOICE, "error" },
  [USAGE] = { -1, "usage" },
  [TIMINGS] = { -1, "timings" },
  [ERROR] = { -1, "error" },
  [BASE_RESP] = { -1, "base_resp" },
};

/* LM Studio sends an empty array with every delta. */
static gboolean
is_nothing (const OcgJsonSlice *slice)
{
  return ocg_json_slice_is_nothing (slice)
         || (slice->kind == OCG_JSON_ARRAY && slice->length == strlen ("[]"));
}

static gboolean
is_text (const OcgJsonSlice *slice)
{
  return slice->kind == OCG_JSON_STRING && slice->length > 0;
}

static gboolean
is_no_text (const OcgJsonSlice *slice)
{
  return ocg_json_slice_is_nothing (slice)
         || (slice->kind == OCG_JSON_STRING && slice->length == 0);
}

static gboolean
is_plain (const OcgJsonSlice *found)
{
  guint index = 0;

  if (found[DELTA].kind != OCG_JSON_OBJECT || !is_nothing (&found[TOOL_CALLS]))
    return FALSE;
  if (found[OBJECT].kind != OCG_JSON_ABSENT
      && !ocg_json_slice_is (&found[OBJECT], "chat.completion.chunk"))
    return FALSE;
  if (found[INDEX].kind != OCG_JSON_ABSENT
      && (!ocg_json_slice_get_index (&found[INDEX], &index) || index != 0))
    return FALSE;
  for (guint i = FIRST_OTHER; i < N_WANTED; i++)
    if (!ocg_json_slice_is_nothing (&found[i]))
      return FALSE;
  return is_no_text (&found[REASONING_TEXT]) && is_no_text (&found[REASONING]);
}

gboolean
ocg_completions_delta_read (const char *event, gsize length, GString *buffer,
                            OcgCompletionsDelta *delta)
{
  OcgJsonSlice found[N_WANTED];
  const OcgJsonSlice *text;

  if (!ocg_json_skim (event, length, wanted, N_WANTED, found) || !is_plain (found))
    return FALSE;
  delta->is_reasoning = is_text (&found[REASONING_CONTENT]);
  text = &found[delta->is_reasoning ? REASONING_CONTENT : CONTENT];
  if (!is_text (text) || !is_no_text (&found[delta->is_reasoning ? CONTENT : REASONING_CONTENT]))
    return FALSE;
  delta->text = ocg_json_slice_read (text, buffer);
  return TRUE;
}
