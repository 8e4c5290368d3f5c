/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "scenarios.h"

#include <string.h>

#include "errors.h"

static void
setup_by_model (Plan *plan)
{
  scenario_apply (plan->chat->model, plan, NULL);
}

/* clang-format off */
static const Scenario special_scenarios[] = {
  { "by-model", "the model's id names the scenario", setup_by_model, AUTH_BEARER },
};
/* clang-format on */

static const guint n_special_scenarios = G_N_ELEMENTS (special_scenarios);

static const struct
{
  const Scenario *rows;
  const guint *n_rows;
} tables[] = {
  { answer_scenarios, &n_answer_scenarios },
  { special_scenarios, &n_special_scenarios },
  { wire_scenarios, &n_wire_scenarios },
};

static const Scenario *
find_scenario (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (guint j = 0; j < *tables[i].n_rows; j++)
      if (strcmp (name, tables[i].rows[j].name) == 0)
        return &tables[i].rows[j];
  return NULL;
}

static const char *const hows[] = { "stall", "eof", "cut", "reset" };
static const char *const wheres[] = { "start", "headers", "before", "after",
                                      "event", "content", "end",    "done" };

static gboolean
apply_failure (const char *name, Plan *plan)
{
  for (guint how = 0; how < G_N_ELEMENTS (hows); how++)
    for (guint where = 0; where < G_N_ELEMENTS (wheres); where++)
      {
        g_autofree char *both = g_strdup_printf ("%s-%s", hows[how], wheres[where]);

        if (strcmp (name, both) != 0)
          continue;
        if (plan)
          {
            plan->fail = FAIL_STALL + how;
            plan->where = (FailWhere) where;
          }
        return TRUE;
      }
  return FALSE;
}

static gboolean
apply_exact (const char *name, Plan *plan, Auth *auth)
{
  const Scenario *scenario = find_scenario (name);

  if (auth)
    *auth = AUTH_BEARER;
  if (scenario)
    {
      if (auth)
        *auth = scenario->auth;
      if (plan)
        scenario->setup (plan);
      return TRUE;
    }
  for (guint i = 0; i < n_error_rows; i++)
    if (strcmp (name, error_rows[i].name) == 0)
      {
        if (plan)
          error_apply (&error_rows[i], plan);
        return TRUE;
      }
  return apply_failure (name, plan);
}

gboolean
scenario_apply (const char *name, Plan *plan, Auth *auth)
{
  const char *dash = strrchr (name, '-');
  g_autofree char *stem = NULL;
  guint64 number;

  if (apply_exact (name, plan, auth))
    return TRUE;
  if (!dash || !g_ascii_string_to_unsigned (dash + 1, 10, 1, 9999999, &number, NULL))
    return FALSE;
  if (plan)
    plan->number = (guint) number;
  stem = g_strndup (name, dash - name);
  return apply_exact (stem, plan, auth);
}

char *
scenario_describe (void)
{
  GString *out = g_string_new ("Scenarios:\n");

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (guint j = 0; j < *tables[i].n_rows; j++)
      g_string_append_printf (out, "  %-22s %s\n", tables[i].rows[j].name, tables[i].rows[j].help);
  for (guint i = 0; i < n_error_rows; i++)
    g_string_append_printf (out, "  %-22s %u, %s\n", error_rows[i].name, error_rows[i].status,
                            error_rows[i].help);
  g_string_append (out, "  HOW-WHERE              fails there; HOW is");
  for (guint i = 0; i < G_N_ELEMENTS (hows); i++)
    g_string_append_printf (out, " %s", hows[i]);
  g_string_append (out, ", WHERE is");
  for (guint i = 0; i < G_N_ELEMENTS (wheres); i++)
    g_string_append_printf (out, " %s", wheres[i]);
  g_string_append (
      out, "\n  A+B+C                  the first request to this path gets A, the second B, "
           "all others C\n");
  return g_string_free (out, FALSE);
}
