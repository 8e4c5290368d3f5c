/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-openai-thinking.h"

#include "ocg-compat.h"

typedef struct
{
  OcgJsonWriter *json;
  OcgModel *model;
  OcgThinking level;
  const OcgOpenaiDialect *dialect;
  OcgMends mends;
} Plan;

/* "KEY": {"type": WORD} */
static void
write_switch (Plan *self, const char *key, const char *word)
{
  ocg_json_key (self->json, key);
  ocg_json_open (self->json, '{');
  ocg_json_member_string (self->json, "type", word);
  ocg_json_close (self->json, '}');
}

static void
write_enabled (Plan *self, gboolean enabled)
{
  ocg_json_key (self->json, "reasoning");
  ocg_json_open (self->json, '{');
  ocg_json_key (self->json, "enabled");
  ocg_json_boolean (self->json, enabled);
  ocg_json_close (self->json, '}');
}

/* M2 always thinks; M3 takes "adaptive" and "disabled"; M3.1 always thinks. All of them part their
 * thoughts from the text when asked. */
static void
write_minimax_thinking (Plan *self)
{
  OcgThinking level = self->level;
  OcgMinimax generation = ocg_compat_get_minimax (self->model);

  if (generation == OCG_MINIMAX_OTHER)
    return;
  ocg_json_key (self->json, "reasoning_split");
  ocg_json_boolean (self->json, TRUE);
  if (generation == OCG_MINIMAX_M2)
    return;
  if (generation == OCG_MINIMAX_M3_1)
    write_switch (self, "thinking", "adaptive");
  else if (level == OCG_THINKING_OFF)
    write_switch (self, "thinking", "disabled");
  else if (level != OCG_THINKING_DEFAULT)
    write_switch (self, "thinking",
                  (self->mends & OCG_MEND_THINKING_WORD) != 0 ? "enabled" : "adaptive");
}

static void
write_reasoning (Plan *self)
{
  const char *effort = ocg_openai_effort (self->model, self->level);

  if (effort == NULL || self->level == OCG_THINKING_OFF)
    {
      write_enabled (self, self->level != OCG_THINKING_OFF);
      return;
    }
  ocg_json_key (self->json, "reasoning");
  ocg_json_open (self->json, '{');
  ocg_json_member_string (self->json, "effort", effort);
  ocg_json_close (self->json, '}');
}

static void
write_thinking_switch (Plan *self, gboolean on)
{
  ocg_json_key (self->json, "thinking");
  ocg_json_open (self->json, '{');
  ocg_json_member_string (self->json, "type", on ? "enabled" : "disabled");
  if (on && self->dialect->is_zai)
    {
      ocg_json_key (self->json, "clear_thinking");
      ocg_json_boolean (self->json, FALSE);
    }
  ocg_json_close (self->json, '}');
  if (on && self->dialect->effort_too)
    ocg_json_member_string (self->json, "reasoning_effort",
                            ocg_openai_effort (self->model, self->level));
}

void
ocg_openai_write_thinking (OcgJsonWriter *json, OcgModel *model, OcgThinking level,
                           const OcgOpenaiDialect *dialect, OcgMends mends)
{
  Plan plan = { json, model, level, dialect, mends };
  Plan *self = &plan;
  gboolean on = level != OCG_THINKING_OFF;

  if (dialect->ask == OCG_ASK_MINIMAX)
    write_minimax_thinking (self);
  if (level == OCG_THINKING_DEFAULT || (model->listed && !model->reasoning))
    return;
  switch (dialect->ask)
    {
    case OCG_ASK_EFFORT:
      ocg_json_member_string (json, "reasoning_effort", ocg_openai_effort (model, level));
      break;
    case OCG_ASK_REASONING:
      write_reasoning (self);
      break;
    case OCG_ASK_ENABLED:
      write_enabled (self, on);
      break;
    case OCG_ASK_THINKING:
      write_thinking_switch (self, on);
      break;
    case OCG_ASK_ENABLE:
      ocg_json_key (json, "enable_thinking");
      ocg_json_boolean (json, on);
      break;
    case OCG_ASK_MINIMAX:
    case OCG_ASK_NOTHING:
      break;
    }
}
