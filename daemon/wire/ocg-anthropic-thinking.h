/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* How a level of thinking is asked for in anthropic-messages: it depends on the family and the
 * generation of the model. Pure. */

#pragma once

#include "../catalog/ocg-model.h"
#include "../engine/ocg-chat.h"

typedef struct
{
  const char *type;   /* thinking.type; NULL: the member is left out */
  const char *effort; /* (nullable) output_config.effort */
  guint budget;       /* thinking.budget_tokens; 0: none */
} OcgThinkingPlan;

OcgThinkingPlan ocg_anthropic_plan_thinking (OcgModel *model, OcgThinking thinking);
