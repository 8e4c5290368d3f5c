/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* How much a model may think and say: what anthropic-messages servers are asked for. */

#include "wire-fixture.h"

typedef struct
{
  const char *model;
  OcgThinking level;
  const char *thinking, *output_config; /* NULL: left out */
  gint64 max_tokens;                    /* 0: not looked at */
} ThinkingRow;

static void
check_thinking (const ThinkingRow *row, OcgModel *model)
{
  g_autoptr (OcgChat) chat = new_chat ("Hi");
  g_autoptr (JsonObject) body = NULL;

  g_test_message ("%s, level %d", row->model, row->level);
  chat->thinking = row->level;
  body = build (model, chat);
  assert_member (body, "thinking", row->thinking);
  assert_member (body, "output_config", row->output_config);
  if (row->max_tokens > 0)
    g_assert_cmpint (json_object_get_int_member (body, "max_tokens"), ==, row->max_tokens);
}

static void
test_thinking_minimax (void)
{
  static const char adaptive[] = "{'type':'adaptive'}";
  static const ThinkingRow rows[] = {
    { "MiniMax-M3", OCG_THINKING_DEFAULT, NULL, NULL, 32000 },
    { "MiniMax-M3", OCG_THINKING_OFF, NULL, NULL, 32000 },
    { "MiniMax-M3", OCG_THINKING_LOW, adaptive, NULL, 32000 },
    { "MiniMax-M3", OCG_THINKING_HIGH, adaptive, NULL, 32000 },
    { "MiniMax-M3", OCG_THINKING_ADAPTIVE, adaptive, NULL, 32000 },
    { "MiniMax-M3.1-Flash", OCG_THINKING_DEFAULT, adaptive, NULL, 32000 },
    { "MiniMax-M3.1-Flash", OCG_THINKING_OFF, adaptive, NULL, 32000 },
    { "MiniMax-M3.1-Flash", OCG_THINKING_MEDIUM, adaptive, NULL, 32000 },
    { "MiniMax-M2.7", OCG_THINKING_OFF, "{'type':'disabled'}", NULL, 32000 },
    { "MiniMax-M2.1", OCG_THINKING_LOW, "{'type':'enabled','budget_tokens':2048}", NULL, 34048 },
    { "MiniMax-M2", OCG_THINKING_HIGH, "{'type':'enabled','budget_tokens':16384}", NULL, 48384 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgModel) model = new_minimax (rows[i].model);

      check_thinking (&rows[i], model);
    }
}

static void
test_thinking_budget (void)
{
  static const ThinkingRow rows[] = {
    { "claude-opus-4-5", OCG_THINKING_DEFAULT, NULL, NULL, 32000 },
    { "claude-opus-4-5", OCG_THINKING_OFF, "{'type':'disabled'}", NULL, 32000 },
    { "claude-opus-4-5", OCG_THINKING_MINIMAL, "{'type':'enabled','budget_tokens':1024}", NULL,
      33024 },
    { "claude-opus-4-5", OCG_THINKING_LOW, "{'type':'enabled','budget_tokens':2048}", NULL, 34048 },
    { "claude-opus-4-5", OCG_THINKING_MEDIUM, "{'type':'enabled','budget_tokens':8192}", NULL,
      40192 },
    { "claude-opus-4-5", OCG_THINKING_HIGH, "{'type':'enabled','budget_tokens':16384}", NULL,
      48384 },
  };
  g_autoptr (OcgModel) model = new_claude ("claude-opus-4-5", "{}");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_thinking (&rows[i], model);
}

static void
test_thinking_adaptive (void)
{
  static const char adaptive[] = "{'type':'adaptive'}";
  static const ThinkingRow rows[] = {
    { "claude-opus-4-6", OCG_THINKING_DEFAULT, NULL, NULL, 32000 },
    { "claude-opus-4-6", OCG_THINKING_OFF, "{'type':'disabled'}", NULL, 32000 },
    { "claude-opus-4-6", OCG_THINKING_MINIMAL, adaptive, "{'effort':'low'}", 32000 },
    { "claude-opus-4-6", OCG_THINKING_LOW, adaptive, "{'effort':'low'}", 32000 },
    { "claude-opus-4-6", OCG_THINKING_MEDIUM, adaptive, "{'effort':'medium'}", 32000 },
    { "claude-opus-4-6", OCG_THINKING_HIGH, adaptive, "{'effort':'high'}", 32000 },
    { "claude-opus-4-6", OCG_THINKING_XHIGH, adaptive, "{'effort':'max'}", 32000 },
    { "claude-opus-4-6", OCG_THINKING_ADAPTIVE, adaptive, NULL, 32000 },
    { "claude-opus-5-5", OCG_THINKING_OFF, adaptive, "{'effort':'low'}", 32000 },
    { "claude-fable-5", OCG_THINKING_OFF, adaptive, "{'effort':'low'}", 32000 },
    { "claude-fable-5-1", OCG_THINKING_OFF, adaptive, "{'effort':'low'}", 32000 },
    { "claude-mythos-1", OCG_THINKING_OFF, adaptive, "{'effort':'low'}", 32000 },
    { "claude-sonnet-5-5", OCG_THINKING_OFF, "{'type':'between_tools'}", NULL, 32000 },
    { "claude-sonnet-5", OCG_THINKING_OFF, "{'type':'disabled'}", NULL, 32000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgModel) model = new_claude (rows[i].model, "{'forceAdaptiveThinking':true}");

      check_thinking (&rows[i], model);
    }
}

static void
test_thinking_not_reasoning (void)
{
  static const ThinkingRow row = { "claude-3", OCG_THINKING_HIGH, NULL, NULL, 4096 };
  g_autoptr (OcgModel) model
      = new_model_at ("anthropic", "https://api.anthropic.com", "claude-3", "'maxTokens':4096");

  check_thinking (&row, model);
}

/* A budget is at least 1024 and less than max_tokens, which the model bounds. */
static void
test_budget_bounds (void)
{
  static const struct
  {
    const char *model_limit;
    guint asked;
    OcgThinking level;
    gint64 max_tokens;
  } rows[] = {
    { "64000", 1000, OCG_THINKING_MEDIUM, 9192 }, { "64000", 60000, OCG_THINKING_HIGH, 64000 },
    { "20000", 0, OCG_THINKING_HIGH, 20000 },     { "16384", 0, OCG_THINKING_HIGH, 16384 },
    { "1000", 0, OCG_THINKING_MINIMAL, 1000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *members
          = g_strdup_printf ("'reasoning':true,'maxTokens':%s", rows[i].model_limit);
      g_autoptr (OcgModel) model
          = new_model_at ("anthropic", "https://api.anthropic.com", "claude-x", members);
      g_autoptr (OcgChat) chat = new_chat ("Hi");
      g_autoptr (JsonObject) body = NULL;

      g_test_message ("row %u", i);
      chat->max_tokens = rows[i].asked;
      chat->thinking = rows[i].level;
      body = build (model, chat);
      g_assert_cmpint (json_object_get_int_member (body, "max_tokens"), ==, rows[i].max_tokens);
      if (json_object_has_member (body, "thinking"))
        {
          gint64 budget = json_object_get_int_member_with_default (
              json_object_get_object_member (body, "thinking"), "budget_tokens", -1);

          g_assert_cmpint (budget, >=, 1024);
          g_assert_cmpint (budget, <, rows[i].max_tokens);
        }
    }
}

static void
test_max_tokens (void)
{
  static const struct
  {
    const char *members;
    guint asked;
    gint64 sent;
  } rows[] = {
    { "'maxTokens':64000", 0, 32000 },     { "'maxTokens':32000", 0, 32000 },
    { "'maxTokens':8192", 0, 8192 },       { "'maxTokens':64000", 50000, 50000 },
    { "'maxTokens':8192", 50000, 8192 },   { "'maxTokens':8192", 1, 1 },
    { NULL, 0, 8192 },                     { NULL, 20000, 20000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgModel) model = new_model_at ("x", "https://x.example", "m", rows[i].members);
      g_autoptr (OcgChat) chat = new_chat ("Hi");
      g_autoptr (JsonObject) body = NULL;

      g_test_message ("row %u", i);
      chat->max_tokens = rows[i].asked;
      body = build (model, chat);
      g_assert_cmpint (json_object_get_int_member (body, "max_tokens"), ==, rows[i].sent);
    }
}

/* "%g" of a number member, or "-". */
static char *
dup_number (JsonObject *body, const char *member)
{
  if (!json_object_has_member (body, member))
    return g_strdup ("-");
  return g_strdup_printf ("%g", json_object_get_double_member (body, member));
}

static void
test_sampling (void)
{
  static const struct
  {
    const char *model, *compat;
    OcgThinking thinking;
    double temperature, top_p;
    const char *sent_temperature, *sent_top_p;
  } rows[] = {
    { "claude-x", "{}", OCG_THINKING_DEFAULT, -1, -1, "-", "-" },
    { "claude-x", "{}", OCG_THINKING_DEFAULT, 0, 0.5, "0", "0.5" },
    { "claude-x", "{}", OCG_THINKING_DEFAULT, 0.7, -1, "0.7", "-" },
    { "claude-x", "{}", OCG_THINKING_DEFAULT, 1.5, -1, "1", "-" },
    { "claude-x", "{}", OCG_THINKING_HIGH, 0.7, 0.9, "-", "-" },
    { "claude-opus-5", "{'supportsTemperature':false}", OCG_THINKING_DEFAULT, 0.7, 0.9, "-", "-" },
    { "MiniMax-M2.7", NULL, OCG_THINKING_DEFAULT, 0.7, 0.9, "0.7", "0.9" },
    { "MiniMax-M2.7", NULL, OCG_THINKING_DEFAULT, 1, -1, "1", "-" },
    { "MiniMax-M2.7", NULL, OCG_THINKING_DEFAULT, 2, -1, "1", "-" },
    { "MiniMax-M2.7", NULL, OCG_THINKING_DEFAULT, 0, -1, "0.01", "-" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgModel) model = rows[i].compat != NULL
                                       ? new_claude (rows[i].model, rows[i].compat)
                                       : new_minimax (rows[i].model);
      g_autoptr (OcgChat) chat = new_chat ("Hi");
      g_autoptr (JsonObject) body = NULL;
      g_autofree char *temperature = NULL;
      g_autofree char *top_p = NULL;

      g_test_message ("row %u", i);
      chat->temperature = rows[i].temperature;
      chat->top_p = rows[i].top_p;
      chat->thinking = rows[i].thinking;
      body = build (model, chat);
      temperature = dup_number (body, "temperature");
      top_p = dup_number (body, "top_p");
      g_assert_cmpstr (temperature, ==, rows[i].sent_temperature);
      g_assert_cmpstr (top_p, ==, rows[i].sent_top_p);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/anthropic-plan/thinking-minimax", test_thinking_minimax);
  g_test_add_func ("/anthropic-plan/thinking-budget", test_thinking_budget);
  g_test_add_func ("/anthropic-plan/thinking-adaptive", test_thinking_adaptive);
  g_test_add_func ("/anthropic-plan/thinking-not-reasoning", test_thinking_not_reasoning);
  g_test_add_func ("/anthropic-plan/budget-bounds", test_budget_bounds);
  g_test_add_func ("/anthropic-plan/max-tokens", test_max_tokens);
  g_test_add_func ("/anthropic-plan/sampling", test_sampling);
  return g_test_run ();
}
