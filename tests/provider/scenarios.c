/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "scenarios.h"

#include <string.h>

#include "errors.h"

static void
setup_by_model (Plan *plan)
{
  /* A question for the model lists names none. */
  if (plan->chat != NULL && plan->chat->model != NULL)
    scenario_apply (plan->chat->model, plan);
}

/* clang-format off */
static const Scenario special_scenarios[] = {
  { "by-model", "the model's id names the scenario", setup_by_model, AUTH_BEARER },
};
/* clang-format on */

static const guint n_special_scenarios = G_N_ELEMENTS (special_scenarios);

static const struct
{
  const char *title;
  const Api *api; /* NULL: any */
  const Scenario *rows;
  const guint *n_rows;
} tables[] = {
  { "Scenarios", NULL, answer_scenarios, &n_answer_scenarios },
  { NULL, NULL, special_scenarios, &n_special_scenarios },
  { NULL, NULL, wire_scenarios, &n_wire_scenarios },
  { "Only for anthropic-messages", &anthropic_api, anthropic_scenarios, &n_anthropic_scenarios },
  { "Only for openai-completions", &completions_api, completions_scenarios,
    &n_completions_scenarios },
  { "Only for openai-responses", &responses_api, responses_scenarios, &n_responses_scenarios },
};

static const Scenario *
find_row (const char *name, const Api *api)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (guint j = 0; j < *tables[i].n_rows; j++)
      if ((!tables[i].api || tables[i].api == api) && strcmp (name, tables[i].rows[j].name) == 0)
        return &tables[i].rows[j];
  return NULL;
}

static const char *const hows[] = { "stall", "eof", "cut", "reset" };
static const char *const wheres[] = { "start", "headers", "before", "after",
                                      "event", "content", "end",    "done" };

static gboolean
find_failure (const char *name, FailHow *fail, FailWhere *place)
{
  for (guint how = 0; how < G_N_ELEMENTS (hows); how++)
    for (guint where = 0; where < G_N_ELEMENTS (wheres); where++)
      {
        g_autofree char *both = g_strdup_printf ("%s-%s", hows[how], wheres[where]);

        if (strcmp (name, both) != 0)
          continue;
        *fail = FAIL_STALL + how;
        *place = (FailWhere) where;
        return TRUE;
      }
  return FALSE;
}

/* Where a name leads to: one of the three. */
typedef struct
{
  const Scenario *scenario;
  const ErrorRow *error;
  FailHow fail;
  FailWhere where;
  guint number; /* of NAME-NUMBER */
} Found;

static gboolean
find_exact (const char *name, const Api *api, Found *found)
{
  found->scenario = find_row (name, api);
  if (!found->scenario)
    found->error = error_find (name, api);
  return found->scenario || found->error || find_failure (name, &found->fail, &found->where);
}

static gboolean
find (const char *name, const Api *api, Found *found)
{
  const char *dash = strrchr (name, '-');
  g_autofree char *stem = NULL;
  guint64 number;

  if (find_exact (name, api, found))
    return TRUE;
  if (!dash || !g_ascii_string_to_unsigned (dash + 1, 10, 1, 9999999, &number, NULL))
    return FALSE;
  found->number = (guint) number;
  stem = g_strndup (name, dash - name);
  return find_exact (stem, api, found);
}

/* Where completions go wrong in a way that lists do not know, lists are good. */
static gboolean
is_of_completions (const char *name, const Api *api)
{
  const Api *const others[] = { &anthropic_api, &completions_api, &responses_api };
  Found found = { 0 };

  if (!api->list)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (find (name, others[i], &found))
      return TRUE;
  return FALSE;
}

gboolean
scenario_find (const char *name, const Api *api, Auth *auth)
{
  Found found = { 0 };

  *auth = AUTH_BEARER;
  if (!find (name, api, &found))
    return is_of_completions (name, api);
  if (found.scenario)
    *auth = found.scenario->auth;
  return TRUE;
}

gboolean
scenario_apply (const char *name, Plan *plan)
{
  Found found = { 0 };

  if (!find (name, plan->api, &found))
    return is_of_completions (name, plan->api);
  if (found.number > 0)
    plan->number = found.number;
  if (found.scenario)
    {
      plan->answer->quirks |= found.scenario->quirks;
      found.scenario->setup (plan);
    }
  else if (found.error)
    error_apply (found.error, plan);
  else
    {
      plan->fail = found.fail;
      plan->where = found.where;
    }
  return TRUE;
}

static void
describe_ways (GString *out)
{
  g_string_append (out, "  HOW-WHERE              fails there; HOW is");
  for (guint i = 0; i < G_N_ELEMENTS (hows); i++)
    g_string_append_printf (out, " %s", hows[i]);
  g_string_append (out, ", WHERE is");
  for (guint i = 0; i < G_N_ELEMENTS (wheres); i++)
    g_string_append_printf (out, " %s", wheres[i]);
  g_string_append (
      out, "\n  A+B+C                  the first request to this path gets A, the second B, "
           "all others C\n");
}

char *
scenario_describe (void)
{
  GString *out = g_string_new ("Flavours:\n");

  for (guint i = 0; i < n_flavour_rows; i++)
    g_string_append_printf (out, "  %-22s %s\n", flavour_rows[i].name, flavour_rows[i].help);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      if (tables[i].title)
        g_string_append_printf (out, "\n%s:\n", tables[i].title);
      for (guint j = 0; j < *tables[i].n_rows; j++)
        g_string_append_printf (out, "  %-22s %s\n", tables[i].rows[j].name,
                                tables[i].rows[j].help);
    }
  g_string_append (out, "\nErrors:\n");
  error_describe (out);
  g_string_append (out, "\nMore:\n");
  describe_ways (out);
  return g_string_free (out, FALSE);
}
