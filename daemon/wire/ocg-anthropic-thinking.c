/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-anthropic-thinking.h"

#include <string.h>

#include "ocg-compat.h"

static guint
thinking_budget (OcgThinking thinking)
{
  switch (thinking)
    {
    case OCG_THINKING_MINIMAL:
      return 1024;
    case OCG_THINKING_LOW:
      return 2048;
    case OCG_THINKING_HIGH:
    case OCG_THINKING_XHIGH:
      return 16384;
    case OCG_THINKING_DEFAULT:
    case OCG_THINKING_OFF:
    case OCG_THINKING_MEDIUM:
    case OCG_THINKING_ADAPTIVE:
      return 8192;
    }
  return 8192;
}

static const char *
thinking_effort (OcgThinking thinking)
{
  switch (thinking)
    {
    case OCG_THINKING_OFF:
    case OCG_THINKING_MINIMAL:
    case OCG_THINKING_LOW:
      return "low";
    case OCG_THINKING_MEDIUM:
      return "medium";
    case OCG_THINKING_HIGH:
      return "high";
    case OCG_THINKING_XHIGH:
      return "max";
    case OCG_THINKING_DEFAULT:
    case OCG_THINKING_ADAPTIVE:
      return NULL;
    }
  return NULL;
}

/* M2 always thinks and ignores "disabled"; M3 thinks only when asked and breaks on "disabled";
 * M3.1 always thinks and takes only "adaptive". None knows an effort. */
static OcgThinkingPlan
plan_minimax_thinking (OcgModel *model, OcgThinking thinking)
{
  OcgMinimax generation = ocg_compat_get_minimax (model);
  gboolean asked = thinking != OCG_THINKING_DEFAULT && thinking != OCG_THINKING_OFF;

  if (generation == OCG_MINIMAX_M3_1)
    return (OcgThinkingPlan){ "adaptive", NULL, 0 };
  if (generation == OCG_MINIMAX_M3)
    return (OcgThinkingPlan){ asked ? "adaptive" : NULL, NULL, 0 };
  if (thinking == OCG_THINKING_OFF)
    return (OcgThinkingPlan){ "disabled", NULL, 0 };
  return (OcgThinkingPlan){ asked ? "enabled" : NULL, NULL, asked ? thinking_budget (thinking) : 0 };
}

/* From the 4.6 generation on there is no budget, only an effort; the newest refuse "disabled". */
static OcgThinkingPlan
plan_adaptive_thinking (OcgModel *model, OcgThinking thinking)
{
  static const char *const cannot_stop[] = { "opus-5-5", "fable", "mythos" };

  if (thinking != OCG_THINKING_OFF)
    return (OcgThinkingPlan){ "adaptive", thinking_effort (thinking), 0 };
  if (strstr (model->id, "sonnet-5-5") != NULL)
    return (OcgThinkingPlan){ "between_tools", NULL, 0 };
  for (guint i = 0; i < G_N_ELEMENTS (cannot_stop); i++)
    if (strstr (model->id, cannot_stop[i]) != NULL)
      return (OcgThinkingPlan){ "adaptive", "low", 0 };
  return (OcgThinkingPlan){ "disabled", NULL, 0 };
}

OcgThinkingPlan
ocg_anthropic_plan_thinking (OcgModel *model, OcgThinking thinking)
{
  if (!model->reasoning)
    return (OcgThinkingPlan){ NULL, NULL, 0 };
  if (g_str_equal (ocg_model_get_family (model), "minimax"))
    return plan_minimax_thinking (model, thinking);
  if (thinking == OCG_THINKING_DEFAULT)
    return (OcgThinkingPlan){ NULL, NULL, 0 };
  if (ocg_compat_get (model, "forceAdaptiveThinking", FALSE))
    return plan_adaptive_thinking (model, thinking);
  if (thinking == OCG_THINKING_OFF)
    return (OcgThinkingPlan){ "disabled", NULL, 0 };
  return (OcgThinkingPlan){ "enabled", NULL, thinking_budget (thinking) };
}
