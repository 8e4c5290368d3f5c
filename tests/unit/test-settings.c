/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What is read out of openclaw.json of two layers, and what is said about the rest. */

#include <locale.h>
#include <string.h>

#include "config-fixture.h"

static const char *const process[] = { "PROCESS=from process", "BOTH=from process", "EMPTY=",
                                       "KEY_1=k1", NULL };

typedef struct
{
  OcgSettings *s;
  OcgProblems *problems;
} Fixture;

static void
fixture_clear (Fixture *fixture)
{
  ocg_settings_unref (fixture->s);
  ocg_problems_free (fixture->problems);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static Fixture
read_files (const ConfigFixtureTexts *texts)
{
  g_autoptr (OcgConfigFiles) files = config_fixture_files_of (texts);
  const OcgSettingsSources sources = { files, process, NULL };
  Fixture fixture = { NULL, ocg_problems_new () };

  fixture.s = ocg_settings_new (&sources, fixture.problems);
  return fixture;
}

static Fixture
read_text (const char *text)
{
  const ConfigFixtureTexts texts = { .config = text };

  return read_files (&texts);
}

static Fixture
read_fixture (const char *name)
{
  g_autofree char *text = config_fixture_text (name);

  return read_text (text);
}

/* The problems are exactly those at these paths. */
static void
assert_problems (Fixture *fixture, const char *const *paths)
{
  g_autofree char *list = config_fixture_list_problems (fixture->problems);

  g_test_message ("%s", list);
  g_assert_cmpuint (ocg_problems_get_n (fixture->problems), ==, g_strv_length ((GStrv) paths));
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_test_message ("expected: %s", paths[i]);
      g_assert_true (config_fixture_has_problem (fixture->problems, paths[i]));
    }
}

static void
assert_no_problems (Fixture *fixture)
{
  static const char *const none[] = { NULL };

  assert_problems (fixture, none);
}

/* The entry of a provider in the last layer. */
static JsonObject *
get_provider (OcgSettings *s, const char *id)
{
  OcgProviderLayer *layer = g_ptr_array_index (s->layers, s->layers->len - 1);

  return json_object_has_member (layer->providers, id)
             ? json_object_get_object_member (layer->providers, id)
             : NULL;
}

static const char *
provider_string (OcgSettings *s, const char *id, const char *name)
{
  return json_object_get_string_member (get_provider (s, id), name);
}

static void
test_nothing (void)
{
  g_auto (Fixture) f = read_text (NULL);
  g_assert_null (f.s->primary);
  g_assert_cmpuint (g_strv_length (f.s->fallbacks), ==, 0);
  g_assert_cmpuint (g_strv_length (f.s->image_fallbacks), ==, 0);
  g_assert_false (f.s->has_allowlist);
  g_assert_cmpuint (f.s->model_entries->len, ==, 0);
  g_assert_cmpuint (f.s->layers->len, ==, 0);
  g_assert_cmpstr (ocg_environment_get (f.s->environment, "PROCESS"), ==, "from process");
  assert_no_problems (&f);
}

static void
test_hosted (void)
{
  g_auto (Fixture) f = read_fixture ("minimax-hosted.json5");
  assert_no_problems (&f);
  g_assert_cmpstr (f.s->primary, ==, "minimax/MiniMax-M2.1");
  g_assert_false (f.s->has_allowlist);
  g_assert_false (f.s->replace);
  g_assert_cmpstr (ocg_environment_get (f.s->environment, "MINIMAX_API_KEY"), ==, "sk-...");
  g_assert_cmpstr (provider_string (f.s, "minimax", "apiKey"), ==, "sk-...");
  g_assert_cmpstr (provider_string (f.s, "minimax", "baseUrl"), ==,
                   "https://api.minimax.io/anthropic");
}

static void
test_fallback (void)
{
  g_auto (Fixture) f = read_fixture ("minimax-fallback.json5");
  assert_no_problems (&f);
  g_assert_cmpstr (f.s->primary, ==, "anthropic/claude-opus-4-6");
  g_assert_cmpuint (g_strv_length (f.s->fallbacks), ==, 1);
  g_assert_cmpstr (f.s->fallbacks[0], ==, "minimax/MiniMax-M2.1");
  g_assert_true (f.s->has_allowlist);
  g_assert_cmpuint (f.s->model_entries->len, ==, 2);
  OcgModelEntry *second = g_ptr_array_index (f.s->model_entries, 1);
  g_assert_cmpstr (second->ref, ==, "minimax/MiniMax-M2.1");
  g_assert_cmpstr (second->alias, ==, "minimax");
  g_assert_null (second->params);
}

static void
test_lmstudio (void)
{
  g_auto (Fixture) f = read_fixture ("minimax-lmstudio.json5");
  assert_no_problems (&f);
  g_assert_cmpstr (f.s->primary, ==, "lmstudio/minimax-m2.1-gs32");
  g_assert_cmpstr (provider_string (f.s, "lmstudio", "api"), ==, "openai-responses");
}

static void
test_messy (void)
{
  static const char *const problems[] = { "env.vars.MINIMAX_API_KEY", NULL };
  g_auto (Fixture) f = read_fixture ("messy.json5");
  assert_problems (&f, problems);
  g_assert_cmpstr (f.s->primary, ==, "anthropic/claude-opus-4-6");
  g_assert_cmpuint (f.s->timeout_seconds, ==, 600);
  OcgModelEntry *second = g_ptr_array_index (f.s->model_entries, 1);
  g_assert_cmpfloat (json_object_get_double_member (second->params, "temperature"), ==, 0.7);
}

static void
test_model_forms (void)
{
  g_auto (Fixture) f
      = read_text ("{agents: {defaults: {model: ' a/b ', imageModel: {primary: 'c/${KEY_1}',"
                  "  fallbacks: ['d/e', 'f/g']}, timeoutSeconds: 90.5, thinkingDefault: 'high',"
                  "  models: {'z/z': {}, 'a/a': {alias: ' A ', params: {stop: ['${KEY_1}']},"
                  "  streaming: false}, 'm/m': {alias: ''}}, workspace: 5}, list: 'no'}}");
  assert_no_problems (&f);
  g_assert_cmpstr (f.s->primary, ==, "a/b");
  g_assert_cmpstr (f.s->image_primary, ==, "c/k1");
  g_assert_cmpuint (g_strv_length (f.s->image_fallbacks), ==, 2);
  g_assert_cmpuint (f.s->timeout_seconds, ==, 91);
  g_assert_cmpstr (f.s->thinking_default, ==, "high");
  g_assert_cmpuint (f.s->model_entries->len, ==, 3);
  OcgModelEntry *first = g_ptr_array_index (f.s->model_entries, 0);
  OcgModelEntry *second = g_ptr_array_index (f.s->model_entries, 1);
  OcgModelEntry *third = g_ptr_array_index (f.s->model_entries, 2);
  g_assert_cmpstr (first->ref, ==, "z/z");
  g_assert_cmpstr (second->alias, ==, "A");
  g_assert_cmpstr (
      json_array_get_string_element (json_object_get_array_member (second->params, "stop"), 0), ==,
      "k1");
  g_assert_false (json_object_get_boolean_member (second->params, "stream"));
  g_assert_null (third->alias);
}

static const char *const wrong_types[] = {
  "agents.defaults.model.primary",
  "agents.defaults.model.fallbacks[1]",
  "agents.defaults.imageModel",
  "agents.defaults.models[\"b/b\"]",
  "agents.defaults.models[\"c/c\"].alias",
  "agents.defaults.models[\"c/c\"].params",
  "agents.defaults.timeoutSeconds",
  "agents.defaults.thinkingDefault",
  "models.mode",
  "models.providers.two",
  "auth.order.p",
  "auth.order.q[0]",
  "auth.profiles[\"x:1\"]",
  "auth.profiles[\"x:2\"].mode",
  "auth.profiles[\"x:3\"].provider",
  NULL,
};

static void
test_wrong_types (void)
{
  g_auto (Fixture) f = read_text (
      "{agents: {defaults: {model: {primary: 1, fallbacks: ['a', 2, 'b']}, imageModel: [],"
      "  models: {'a/a': {}, 'b/b': 'alias', 'c/c': {alias: 1, params: []}},"
      "  timeoutSeconds: -1, thinkingDefault: 'much'}},"
      " models: {mode: 'both', providers: {one: {api: 'x'}, two: 'secret-key', three: {}}},"
      " auth: {order: {p: 'x', q: [1, 'q:1']}, profiles: {'x:1': 'no',"
      "  'x:2': {provider: 'x', mode: 'magic'}, 'x:3': {mode: 'token'},"
      "  'x:4': {provider: 'x', mode: 'api_key', email: 'me@example.org'}}}}");
  assert_problems (&f, wrong_types);
  g_assert_null (f.s->primary);
  g_assert_cmpuint (g_strv_length (f.s->fallbacks), ==, 2);
  g_assert_cmpstr (f.s->fallbacks[1], ==, "b");
  g_assert_true (f.s->has_allowlist);
  g_assert_cmpuint (f.s->model_entries->len, ==, 2);
  g_assert_cmpuint (f.s->timeout_seconds, ==, 0);
  g_assert_null (f.s->thinking_default);
  g_assert_true (get_provider (f.s, "one") != NULL);
  g_assert_null (get_provider (f.s, "two"));
  g_assert_true (get_provider (f.s, "three") != NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (f.s->auth_order, "q")), ==,
                    1);
  g_assert_cmpuint (json_object_get_size (f.s->auth_profiles), ==, 1);
  g_assert_true (json_object_has_member (f.s->auth_profiles, "x:4"));
}

static void
test_wrong_sections (void)
{
  static const char *const problems[]
      = { "env", "agents.defaults", "models", "auth", NULL };
  g_auto (Fixture) f
      = read_text ("{env: [], agents: {defaults: 'x'}, models: null, auth: 1, gateway: 'mine',"
                  " channels: []}");
  assert_problems (&f, problems);
}

static void
test_timeout (void)
{
  static const struct
  {
    const char *value;
    guint seconds;
  } rows[] = { { "1", 1 },    { "0.2", 1 },      { "0", 0 },         { "-0", 0 },
               { "NaN", 0 },  { "Infinity", G_MAXINT / 1000 }, { "'60'", 0 }, { "null", 0 },
               { "true", 0 }, { "1e300", G_MAXINT / 1000 } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text
          = g_strdup_printf ("{agents: {defaults: {timeoutSeconds: %s}}}", rows[i].value);
      g_auto (Fixture) f = read_text (text);
      g_assert_cmpuint (f.s->timeout_seconds, ==, rows[i].seconds);
      g_assert_cmpuint (ocg_problems_get_n (f.problems), ==, rows[i].seconds == 0 ? 1 : 0);
    }
}

static void
test_missing_variable (void)
{
  static const char *const problems[] = { "models.providers.bad.apiKey",
                                          "models.providers.bad.models[0].headers.X",
                                          "agents.defaults.model.primary", NULL };
  g_auto (Fixture) f
      = read_text ("{agents: {defaults: {model: {primary: '${NO_MODEL}', fallbacks: ['a/b']}}},"
                  " models: {mode: 'replace', providers: {"
                  "  bad: {apiKey: '${NO_KEY}', baseUrl: 'https://${KEY_1}/',"
                  "        models: [{id: 'm', headers: {X: 'a ${NO_HEADER}'}}]},"
                  "  good: {apiKey: '${KEY_1}', authHeader: true, literal: '$${KEY_1}'}}}}");
  assert_problems (&f, problems);
  g_assert_null (f.s->primary);
  g_assert_cmpuint (g_strv_length (f.s->fallbacks), ==, 1);
  g_assert_true (f.s->replace);
  g_assert_cmpstr (provider_string (f.s, "bad", "apiKey"), ==, "${NO_KEY}");
  g_assert_cmpstr (provider_string (f.s, "bad", "baseUrl"), ==, "https://k1/");
  g_assert_cmpstr (provider_string (f.s, "good", "apiKey"), ==, "k1");
  g_assert_cmpstr (provider_string (f.s, "good", "literal"), ==, "${KEY_1}");
  g_assert_true (json_object_get_boolean_member (
      get_provider (f.s, "good"), "authHeader"));
}

/* Whatever is wrong around a secret, it is not repeated. */
static void
test_no_secrets (void)
{
  g_auto (Fixture) f = read_text (
      "{env: {A: ['SECRET'], B: {C: 'SECRET'}, vars: 'SECRET', D: 'SECRET${NOPE}'},"
      " models: {mode: 'SECRET', providers: {a: 'SECRET', b: {apiKey: 'SECRET${NOPE}',"
      "  headers: {H: 'SECRET ${NOPE}'}}}},"
      " auth: {order: {a: 'SECRET', b: [['SECRET']]}, profiles: {c: 'SECRET',"
      "  d: {provider: 'a', mode: 'SECRET'}}},"
      " agents: {defaults: {model: ['SECRET'], models: {m: 'SECRET'},"
      "  thinkingDefault: 'SECRET', timeoutSeconds: 'SECRET'}}}");
  g_assert_cmpuint (ocg_problems_get_n (f.problems), >=, 12);
  for (guint i = 0; i < ocg_problems_get_n (f.problems); i++)
    {
      const OcgProblem *problem = ocg_problems_get (f.problems, i);
      g_assert_null (strstr (problem->message, "SECRET"));
      g_assert_null (strstr (problem->suggestion != NULL ? problem->suggestion : "", "SECRET"));
      g_assert_null (strchr (problem->message, '\n'));
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/settings/nothing", test_nothing);
  g_test_add_func ("/settings/hosted", test_hosted);
  g_test_add_func ("/settings/fallback", test_fallback);
  g_test_add_func ("/settings/lmstudio", test_lmstudio);
  g_test_add_func ("/settings/messy", test_messy);
  g_test_add_func ("/settings/model-forms", test_model_forms);
  g_test_add_func ("/settings/wrong-types", test_wrong_types);
  g_test_add_func ("/settings/wrong-sections", test_wrong_sections);
  g_test_add_func ("/settings/timeout", test_timeout);
  g_test_add_func ("/settings/missing-variable", test_missing_variable);
  g_test_add_func ("/settings/no-secrets", test_no_secrets);

  return g_test_run ();
}
