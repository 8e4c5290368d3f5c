/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the first part of the path asks for. */

#pragma once

#include "plan.h"

typedef struct
{
  const char *name;
  const char *help;
  void (*setup) (Plan *plan);
  Auth auth;
  guint quirks; /* of the API that the table is for */
} Scenario;

extern const Scenario answer_scenarios[];
extern const guint n_answer_scenarios;
extern const Scenario wire_scenarios[];
extern const guint n_wire_scenarios;
/* Of one API each. */
extern const Scenario anthropic_scenarios[];
extern const guint n_anthropic_scenarios;
extern const Scenario completions_scenarios[];
extern const guint n_completions_scenarios;
extern const Scenario responses_scenarios[];
extern const guint n_responses_scenarios;

/* Finds @name, also as NAME-NUMBER and as one of the combinations HOW-WHERE, and applies it to
 * @plan. FALSE when the API of the plan has none. */
gboolean scenario_apply (const char *name, Plan *plan);
/* Only looks; @auth is what its requests need. */
gboolean scenario_find (const char *name, const Api *api, Auth *auth);

/* The friendly answer that a scenario starts from. */
void scenario_friendly (Plan *plan);

/* What the tables of several APIs use: a thought before the answer, a call of the first tool or of
 * the first two, 1,540 tokens, no content. */
void scenario_thinking (Plan *plan);
void scenario_tool (Plan *plan);
void scenario_tools (Plan *plan);
void scenario_thinking_tool (Plan *plan);
void scenario_usage (Plan *plan);
void scenario_nothing (Plan *plan);
/* Nothing but the quirks of the row. */
void scenario_plain (Plan *plan);

/* The tables of --help. */
char *scenario_describe (void);
