/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a server that speaks an API of OpenAI knows of it. The table goes by provider and host; a
 * model's "compat" overrides each field. Pure. */

#pragma once

#include "../catalog/ocg-model.h"
#include "../engine/ocg-chat.h"
#include "ocg-history.h"
#include "ocg-mend.h"

/* How thinking is asked for in openai-completions. */
typedef enum
{
  OCG_ASK_NOTHING,
  OCG_ASK_EFFORT,     /* reasoning_effort: LEVEL */
  OCG_ASK_REASONING,  /* reasoning: {effort: LEVEL} or {enabled: BOOL} */
  OCG_ASK_ENABLED,    /* reasoning: {enabled: BOOL} */
  OCG_ASK_THINKING,   /* thinking: {type: "enabled" or "disabled"} */
  OCG_ASK_ENABLE,     /* enable_thinking: BOOL */
  OCG_ASK_MINIMAX,    /* thinking: {type: "adaptive" or "disabled"}, reasoning_split */
} OcgAsk;

typedef struct
{
  gboolean is_openai;         /* OpenAI itself: knows all of its API */
  gboolean store;             /* takes "store" */
  gboolean developer;         /* "developer" is the role of system messages */
  gboolean strict;            /* takes "strict" in tools */
  gboolean stream_usage;      /* takes stream_options.include_usage */
  gboolean max_completion_tokens;
  gboolean temperature;       /* takes temperature and top_p */
  gboolean stop;              /* takes "stop"; where not, the decoder ends the answer */
  gboolean any_tool_choice;   /* takes more than "auto" and "none" */
  gboolean needs_reasoning_content; /* on every message of the assistant */
  gboolean keeps_reasoning_content; /* takes it back */
  gboolean effort_too;        /* takes reasoning_effort beside OCG_ASK_THINKING */
  gboolean is_zai;            /* forgets thoughts unless told not to */
  gboolean tool_stream;       /* streams arguments only when asked */
  gboolean result_name;       /* wants the tool's name beside its result */
  gboolean fixed_ids;         /* nine letters and digits */
  gboolean empty_content;     /* "" rather than null beside tool calls */
  OcgAsk ask;
} OcgOpenaiDialect;

OcgOpenaiDialect ocg_openai_dialect (OcgModel *model, OcgMends mends);

/* What the server calls @model: ids of OpenRouter begin with the maker's name, its own too, which
 * references leave out. (transfer full) */
char *ocg_openai_get_model_id (OcgModel *model);

/* The base URL with @endpoint ("/responses"), whatever of it is there already. */
char *ocg_openai_join_url (OcgModel *model, const char *endpoint);

/* The word for a level, as far as @model knows it; NULL: leave it to the model. */
const char *ocg_openai_effort (OcgModel *model, OcgThinking thinking);
