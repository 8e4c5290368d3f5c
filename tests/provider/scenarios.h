/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the first part of the path asks for. */

#pragma once

#include "plan.h"

typedef enum
{
  AUTH_BEARER,    /* as MiniMax: Authorization: Bearer, nothing else */
  AUTH_X_API_KEY, /* as Anthropic, strictly: x-api-key and anthropic-version */
  AUTH_NONE,
} Auth;

typedef struct
{
  const char *name;
  const char *help;
  void (*setup) (Plan *plan);
  Auth auth;
} Scenario;

extern const Scenario answer_scenarios[];
extern const guint n_answer_scenarios;
extern const Scenario wire_scenarios[];
extern const guint n_wire_scenarios;

/* Finds @name, also as NAME-NUMBER and as one of the combinations HOW-WHERE, and applies it to
 * @plan, which may be NULL to look only. FALSE when there is none. */
gboolean scenario_apply (const char *name, Plan *plan, Auth *auth);

/* The friendly answer that a scenario starts from. */
void scenario_friendly (Plan *plan);

/* The table of --help. */
char *scenario_describe (void);
