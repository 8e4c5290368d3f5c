/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "respond.h"

#include <string.h>

#include "model-lists.h"
#include "plan.h"
#include "scenarios.h"

#define NO_KEY_MESSAGE                                                                             \
  "login fail: Please carry the API secret key in the 'Authorization' field of the request "       \
  "header (1004)"

/* Keys that are no good, whatever the scenario. */
typedef struct
{
  const char *prefix;
  const char *scenario;
  const char *openai; /* for those who do not speak as MiniMax */
} BadKey;

static const BadKey bad_keys[] = {
  { "sk-bad", "2049", "401" },
  { "sk-broke", "1008", "429-billing" },
  { "sk-limited", "429-30", "429-30" },
};

/* Which scenario of which flavour a path asks for. */
typedef struct
{
  Flavour flavour;
  char *scenario;
  const char *rest; /* of the path, behind the scenario */
} Choice;

static void
respond_error (Plan *plan, guint status, const char *type, const char *message, gboolean minimax)
{
  ApiError error = { .status = status, .type = type, .message = message, .minimax = minimax };
  g_autofree char *body = plan->api->render_error (&error, plan->flavour);

  plan_respond (plan, status, "application/json", body);
}

/* Anthropic's API is played by MiniMax, unless it is strict. */
static gboolean
speaks_minimax (Plan *plan)
{
  return plan->flavour == FLAVOUR_MINIMAX || plan->api == &anthropic_api
         || (plan->api->list && plan->flavour == FLAVOUR_GENERIC);
}

static const char *
bearer_key (Request *request)
{
  const char *header = request_get_header (request, "authorization");

  if (!header || g_ascii_strncasecmp (header, "Bearer ", 7) != 0 || header[7] == '\0')
    return NULL;
  return header + 7;
}

static const char *
find_key (Plan *plan, Auth auth)
{
  const char *x_api_key = request_get_header (plan->request, "x-api-key");
  const char *bearer = bearer_key (plan->request);

  if (auth == AUTH_X_API_KEY)
    return x_api_key;
  return bearer || !plan->api->list ? bearer : x_api_key;
}

static void
refuse_missing_key (Plan *plan, Auth auth)
{
  if (auth == AUTH_X_API_KEY)
    respond_error (plan, 401, "authentication_error", "x-api-key header is required", FALSE);
  else if (speaks_minimax (plan))
    respond_error (plan, 401, "authorized_error", NO_KEY_MESSAGE, TRUE);
  else
    respond_error (plan, 401, "authentication_error",
                   "You didn't provide an API key. You need to provide your API key in an "
                   "Authorization header using Bearer auth.",
                   FALSE);
}

/* FALSE when the plan already holds the refusal. */
static gboolean
check_key (Plan *plan, Auth auth)
{
  plan->key = find_key (plan, auth);
  if (auth == AUTH_NONE)
    return TRUE;
  if (!plan->key)
    {
      refuse_missing_key (plan, auth);
      return FALSE;
    }
  if (auth == AUTH_X_API_KEY && !request_get_header (plan->request, "anthropic-version"))
    {
      respond_error (plan, 400, "invalid_request_error", "anthropic-version: header is required",
                     FALSE);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad_keys); i++)
    if (g_str_has_prefix (plan->key, bad_keys[i].prefix))
      {
        scenario_apply (speaks_minimax (plan) ? bad_keys[i].scenario : bad_keys[i].openai, plan);
        return FALSE;
      }
  return TRUE;
}

/* The part of a path that begins at @at, without slashes. */
static char *
take_part (const char **at)
{
  const char *start = **at == '/' ? *at + 1 : *at;
  gsize length = strcspn (start, "/");

  *at = start + length;
  return g_strndup (start, length);
}

/* Splits "/FLAVOUR/SCENARIO/rest", of which each may be missing; in a sequence A+B+C the scenario
 * of this request is picked. */
static Choice
choose (Provider *self, const char *prefix, const char *path)
{
  Choice choice = { .flavour = self->settings.flavour, .rest = prefix };
  g_autofree char *name = take_part (&choice.rest);
  const FlavourRow *row = flavour_find (name);
  g_auto (GStrv) sequence = NULL;
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, path));

  if (row)
    {
      choice.flavour = row->flavour;
      g_free (name);
      name = take_part (&choice.rest);
    }
  sequence = g_strsplit (*name ? name : "anthropic", "+", -1);
  if (sequence[1])
    g_hash_table_replace (self->counts, g_strdup (path), GUINT_TO_POINTER (count + 1));
  choice.scenario = g_strdup (sequence[MIN (count, g_strv_length (sequence) - 1)]);
  return choice;
}

static void
refuse_problem (Plan *plan, const Problem *problem, Auth auth)
{
  gboolean minimax = auth != AUTH_X_API_KEY && speaks_minimax (plan);
  ApiError error = { .status = 400,
                     .type = minimax && plan->api != &anthropic_api ? "bad_request_error"
                                                                    : "invalid_request_error",
                     .message = problem->message,
                     .param = problem->param,
                     .code = problem->code,
                     .minimax = minimax };
  g_autofree char *body = plan->api->render_error (&error, plan->flavour);

  plan_respond (plan, 400, "application/json", body);
}

/* What the flavour does to any answer. */
static void
apply_flavour (Plan *plan)
{
  if (plan->flavour == FLAVOUR_OPENROUTER && plan->api == &completions_api)
    g_string_append (plan->first, ": OPENROUTER PROCESSING\n\n");
}

static void
apply_scenario (Plan *plan, const char *scenario, JsonObject *json)
{
  Auth auth;
  g_autoptr (Problem) problem = NULL;

  if (!scenario_find (scenario, plan->api, &auth))
    {
      g_autofree char *message = g_strdup_printf ("no such scenario: %s", scenario);

      respond_error (plan, 404, "not_found_error", message, FALSE);
      return;
    }
  if (auth == AUTH_BEARER && !flavour_needs_key (plan->flavour))
    auth = AUTH_NONE;
  if (auth == AUTH_X_API_KEY)
    plan->flavour = FLAVOUR_ANTHROPIC;
  plan->answer->flavour = plan->flavour;
  if (!check_key (plan, auth))
    return;
  problem = plan->api->check ? plan->api->check (json, plan->flavour) : NULL;
  if (problem)
    {
      refuse_problem (plan, problem, auth);
      return;
    }
  scenario_friendly (plan);
  apply_flavour (plan);
  scenario_apply (scenario, plan);
}

static void
plan_list (Plan *plan, Provider *self, const char *scenario)
{
  Request *request = plan->request;

  plan->answer->models = settings_get_models (&self->settings, plan->flavour);
  if (request_get_header (request, "anthropic-version") || request_get_header (request, "x-api-key")
      || g_str_has_prefix (scenario, "anthropic-"))
    plan->answer->quirks |= LIST_ANTHROPIC;
}

static void
refuse_missing_model (Plan *plan)
{
  g_autofree char *text = g_strdup_printf ("model '%s' not found", plan->answer->model);
  g_autofree char *body = json_text_take (json_make ("s:error", text, NULL));

  plan_respond (plan, 404, "application/json", body);
}

Script *
respond (Provider *self, const Api *api, const char *prefix, Request *request, guint nth)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (Chat) chat = chat_new ();
  g_autoptr (Plan) plan = NULL;
  gboolean has_body = strcmp (api->method, "POST") == 0;
  JsonObject *json = has_body ? request_parse_json (request, parser) : NULL;
  Choice choice = choose (self, prefix, request->path);
  g_autofree char *scenario = choice.scenario;

  if (api->list && !(api->list & settings_get_lists (&self->settings, choice.flavour)))
    return NULL;
  if (json)
    api->read (json, chat);
  plan = plan_new (api, request, chat);
  plan->flavour = choice.flavour;
  plan->answer->flavour = choice.flavour;
  plan->nth = nth;
  plan->port = self->port;
  plan->fixtures = self->fixtures;
  plan->rest = choice.rest;
  if (api->list)
    plan_list (plan, self, scenario);
  if (json || !has_body)
    apply_scenario (plan, scenario, json);
  else
    respond_error (plan, 400, "invalid_request_error", "The body is no JSON object.", FALSE);
  if (api->list && json && plan->status == 0 && !list_find (plan->answer))
    refuse_missing_model (plan);
  return plan_to_script (plan);
}
