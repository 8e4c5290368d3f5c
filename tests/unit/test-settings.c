/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include <locale.h>
#include <string.h>

#include "config/ocg-json5.h"
#include "config/ocg-settings.h"

static const char *const process[] = { "PROCESS=from process", "BOTH=from process", "EMPTY=",
                                       "KEY_1=k1", NULL };

static OcgSettings *
settings (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = ocg_json5_parse (text, -1, &error);
  g_assert_no_error (error);
  return ocg_settings_new (root, process);
}

static OcgSettings *
settings_of_file (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "config", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return settings (text);
}

/* The problems are exactly those that begin with these paths. */
static void
assert_problems (OcgSettings *s, const char *const *paths)
{
  for (guint i = 0; i < s->problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (s->problems, i));
  g_assert_cmpuint (s->problems->len, ==, g_strv_length ((char **) paths));
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *start = g_strconcat (paths[i], ": ", NULL);
      gboolean found = FALSE;
      for (guint k = 0; k < s->problems->len; k++)
        found |= g_str_has_prefix (g_ptr_array_index (s->problems, k), start);
      g_test_message ("expected: %s", paths[i]);
      g_assert_true (found);
    }
}

static void
assert_no_problems (OcgSettings *s)
{
  static const char *const none[] = { NULL };
  assert_problems (s, none);
}

static const char *
provider_string (OcgSettings *s, const char *provider, const char *name)
{
  JsonObject *object = json_object_get_object_member (s->providers, provider);
  return json_object_get_string_member (object, name);
}

static void
test_environment_expand (void)
{
  static const struct
  {
    const char *text, *expected, *missing;
  } rows[] = {
    { "", "", NULL },
    { "plain $ text $$", "plain $ text $$", NULL },
    { "${KEY_1}", "k1", NULL },
    { "a${KEY_1}b${KEY_1}", "ak1bk1", NULL },
    { "$${KEY_1}", "${KEY_1}", NULL },
    { "$$${KEY_1}", "$${KEY_1}", NULL },
    { "$${NOT_THERE}", "${NOT_THERE}", NULL },
    { "${key_1}", "${key_1}", NULL },
    { "${1KEY}", "${1KEY}", NULL },
    { "${}", "${}", NULL },
    { "${KEY_1", "${KEY_1", NULL },
    { "$KEY_1", "$KEY_1", NULL },
    { "${KEY-1}", "${KEY-1}", NULL },
    { "$${key}", "$${key}", NULL },
    { "x${NOT_THERE}${ALSO_NOT}", NULL, "NOT_THERE" },
    { "${EMPTY}", NULL, "EMPTY" },
    { "${_}", NULL, "_" },
  };
  g_autoptr (OcgEnvironment) environment = ocg_environment_new (process, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *missing = NULL;
      g_autofree char *text = ocg_environment_expand (environment, rows[i].text, &missing);
      g_assert_cmpstr (text, ==, rows[i].expected);
      g_assert_cmpstr (missing, ==, rows[i].missing);
    }
  g_assert_true (ocg_environment_is_reference ("${KEY_1}"));
  g_assert_false (ocg_environment_is_reference ("${KEY_1}x"));
  g_assert_false (ocg_environment_is_reference ("x${KEY_1}"));
  g_assert_false (ocg_environment_is_reference ("$${KEY_1}"));
  g_assert_false (ocg_environment_is_reference (""));
}

static void
test_nothing (void)
{
  g_autoptr (OcgSettings) s = ocg_settings_new (NULL, process);
  g_assert_null (s->primary);
  g_assert_cmpuint (g_strv_length (s->fallbacks), ==, 0);
  g_assert_cmpuint (g_strv_length (s->image_fallbacks), ==, 0);
  g_assert_false (s->has_allowlist);
  g_assert_cmpuint (s->model_entries->len, ==, 0);
  g_assert_cmpuint (json_object_get_size (s->providers), ==, 0);
  g_assert_cmpstr (ocg_environment_get (s->environment, "PROCESS"), ==, "from process");
  assert_no_problems (s);
}

static void
test_hosted (void)
{
  g_autoptr (OcgSettings) s = settings_of_file ("minimax-hosted.json5");
  assert_no_problems (s);
  g_assert_cmpstr (s->primary, ==, "minimax/MiniMax-M2.1");
  g_assert_false (s->has_allowlist);
  g_assert_false (s->replace);
  g_assert_cmpstr (ocg_environment_get (s->environment, "MINIMAX_API_KEY"), ==, "sk-...");
  g_assert_cmpstr (provider_string (s, "minimax", "apiKey"), ==, "sk-...");
  g_assert_cmpstr (provider_string (s, "minimax", "baseUrl"), ==,
                   "https://api.minimax.io/anthropic");
}

static void
test_fallback (void)
{
  g_autoptr (OcgSettings) s = settings_of_file ("minimax-fallback.json5");
  assert_no_problems (s);
  g_assert_cmpstr (s->primary, ==, "anthropic/claude-opus-4-6");
  g_assert_cmpuint (g_strv_length (s->fallbacks), ==, 1);
  g_assert_cmpstr (s->fallbacks[0], ==, "minimax/MiniMax-M2.1");
  g_assert_true (s->has_allowlist);
  g_assert_cmpuint (s->model_entries->len, ==, 2);
  OcgModelEntry *second = g_ptr_array_index (s->model_entries, 1);
  g_assert_cmpstr (second->ref, ==, "minimax/MiniMax-M2.1");
  g_assert_cmpstr (second->alias, ==, "minimax");
  g_assert_null (second->params);
}

static void
test_lmstudio (void)
{
  g_autoptr (OcgSettings) s = settings_of_file ("minimax-lmstudio.json5");
  assert_no_problems (s);
  g_assert_cmpstr (s->primary, ==, "lmstudio/minimax-m2.1-gs32");
  g_assert_cmpstr (provider_string (s, "lmstudio", "api"), ==, "openai-responses");
}

static void
test_messy (void)
{
  static const char *const problems[] = { "env.vars.MINIMAX_API_KEY", NULL };
  g_autoptr (OcgSettings) s = settings_of_file ("messy.json5");
  assert_problems (s, problems);
  g_assert_cmpstr (s->primary, ==, "anthropic/claude-opus-4-6");
  g_assert_cmpuint (s->timeout_seconds, ==, 600);
  OcgModelEntry *second = g_ptr_array_index (s->model_entries, 1);
  g_assert_cmpfloat (json_object_get_double_member (second->params, "temperature"), ==, 0.7);
}

static void
test_env (void)
{
  static const char *const problems[] = { "env.NUMBER", "env.vars.LIST", "env.LOST", NULL };
  g_autoptr (OcgSettings) s
      = settings ("{env: {DIRECT: 'd', BOTH: 'from file', EMPTY: 'filled', TWICE: 'direct',"
                  "  NUMBER: 1, REF: '<${PROCESS} ${DIRECT}>', LOST: '${NOWHERE}', PRICE: '5$',"
                  "  vars: {VAR: 'v', TWICE: 'vars', LIST: []}, shellEnv: {enabled: true}}}");
  OcgEnvironment *e = s->environment;
  assert_problems (s, problems);
  g_assert_cmpstr (ocg_environment_get (e, "DIRECT"), ==, "d");
  g_assert_cmpstr (ocg_environment_get (e, "VAR"), ==, "v");
  g_assert_cmpstr (ocg_environment_get (e, "BOTH"), ==, "from process");
  g_assert_cmpstr (ocg_environment_get (e, "EMPTY"), ==, "filled");
  g_assert_cmpstr (ocg_environment_get (e, "TWICE"), ==, "direct");
  g_assert_cmpstr (ocg_environment_get (e, "REF"), ==, "<from process d>");
  g_assert_cmpstr (ocg_environment_get (e, "PRICE"), ==, "5$");
  g_assert_null (ocg_environment_get (e, "NUMBER"));
  g_assert_null (ocg_environment_get (e, "LOST"));
  g_assert_null (ocg_environment_get (e, "shellEnv"));
}

static void
test_model_forms (void)
{
  g_autoptr (OcgSettings) s
      = settings ("{agents: {defaults: {model: ' a/b ', imageModel: {primary: 'c/${KEY_1}',"
                  "  fallbacks: ['d/e', 'f/g']}, timeoutSeconds: 90.5, thinkingDefault: 'high',"
                  "  models: {'z/z': {}, 'a/a': {alias: ' A ', params: {stop: ['${KEY_1}']},"
                  "  streaming: false}, 'm/m': {alias: ''}}, workspace: 5}, list: 'no'}}");
  assert_no_problems (s);
  g_assert_cmpstr (s->primary, ==, "a/b");
  g_assert_cmpstr (s->image_primary, ==, "c/k1");
  g_assert_cmpuint (g_strv_length (s->image_fallbacks), ==, 2);
  g_assert_cmpuint (s->timeout_seconds, ==, 91);
  g_assert_cmpstr (s->thinking_default, ==, "high");
  g_assert_cmpuint (s->model_entries->len, ==, 3);
  OcgModelEntry *first = g_ptr_array_index (s->model_entries, 0);
  OcgModelEntry *second = g_ptr_array_index (s->model_entries, 1);
  OcgModelEntry *third = g_ptr_array_index (s->model_entries, 2);
  g_assert_cmpstr (first->ref, ==, "z/z");
  g_assert_cmpstr (second->alias, ==, "A");
  g_assert_cmpstr (
      json_array_get_string_element (json_object_get_array_member (second->params, "stop"), 0), ==,
      "k1");
  g_assert_false (json_object_get_boolean_member (second->params, "stream"));
  g_assert_null (third->alias);
}

static void
test_wrong_types (void)
{
  static const char *const problems[] = {
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
  g_autoptr (OcgSettings) s = settings (
      "{agents: {defaults: {model: {primary: 1, fallbacks: ['a', 2, 'b']}, imageModel: [],"
      "  models: {'a/a': {}, 'b/b': 'alias', 'c/c': {alias: 1, params: []}},"
      "  timeoutSeconds: -1, thinkingDefault: 'much'}},"
      " models: {mode: 'both', providers: {one: {api: 'x'}, two: 'secret-key', three: {}}},"
      " auth: {order: {p: 'x', q: [1, 'q:1']}, profiles: {'x:1': 'no',"
      "  'x:2': {provider: 'x', mode: 'magic'}, 'x:3': {mode: 'token'},"
      "  'x:4': {provider: 'x', mode: 'api_key', email: 'me@example.org'}}}}");
  assert_problems (s, problems);
  g_assert_null (s->primary);
  g_assert_cmpuint (g_strv_length (s->fallbacks), ==, 2);
  g_assert_cmpstr (s->fallbacks[1], ==, "b");
  g_assert_true (s->has_allowlist);
  g_assert_cmpuint (s->model_entries->len, ==, 2);
  g_assert_cmpuint (s->timeout_seconds, ==, 0);
  g_assert_null (s->thinking_default);
  g_assert_true (json_object_has_member (s->providers, "one"));
  g_assert_false (json_object_has_member (s->providers, "two"));
  g_assert_true (json_object_has_member (s->providers, "three"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (s->auth_order, "q")), ==,
                    1);
  g_assert_cmpuint (json_object_get_size (s->auth_profiles), ==, 1);
  g_assert_true (json_object_has_member (s->auth_profiles, "x:4"));
}

static void
test_wrong_sections (void)
{
  static const char *const problems[]
      = { "env", "agents.defaults", "models", "auth", NULL };
  g_autoptr (OcgSettings) s
      = settings ("{env: [], agents: {defaults: 'x'}, models: null, auth: 1, gateway: 'mine',"
                  " channels: [], ui: {deep: {$include: 'x'}}}");
  assert_problems (s, problems);
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
      g_autoptr (OcgSettings) s = settings (text);
      g_assert_cmpuint (s->timeout_seconds, ==, rows[i].seconds);
      g_assert_cmpuint (s->problems->len, ==, rows[i].seconds == 0 ? 1 : 0);
    }
}

static void
test_missing_variable (void)
{
  static const char *const problems[] = { "models.providers.bad.apiKey",
                                          "models.providers.bad.models[0].headers.X",
                                          "agents.defaults.model.primary", NULL };
  g_autoptr (OcgSettings) s
      = settings ("{agents: {defaults: {model: {primary: '${NO_MODEL}', fallbacks: ['a/b']}}},"
                  " models: {mode: 'replace', providers: {"
                  "  bad: {apiKey: '${NO_KEY}', baseUrl: 'https://${KEY_1}/',"
                  "        models: [{id: 'm', headers: {X: 'a ${NO_HEADER}'}}]},"
                  "  good: {apiKey: '${KEY_1}', authHeader: true, literal: '$${KEY_1}'}}}}");
  assert_problems (s, problems);
  g_assert_null (s->primary);
  g_assert_cmpuint (g_strv_length (s->fallbacks), ==, 1);
  g_assert_true (s->replace);
  g_assert_cmpstr (provider_string (s, "bad", "apiKey"), ==, "${NO_KEY}");
  g_assert_cmpstr (provider_string (s, "bad", "baseUrl"), ==, "https://k1/");
  g_assert_cmpstr (provider_string (s, "good", "apiKey"), ==, "k1");
  g_assert_cmpstr (provider_string (s, "good", "literal"), ==, "${KEY_1}");
  g_assert_true (json_object_get_boolean_member (
      json_object_get_object_member (s->providers, "good"), "authHeader"));
}

static void
test_include (void)
{
  static const char *const problems[] = { "$include", "models", "models.providers.p", NULL };
  g_autoptr (OcgSettings) s = settings (
      "{$include: './a.json5', models: {$include: 'b', providers: {p: {$include: 'c'}}}}");
  assert_problems (s, problems);
}

/* Whatever is wrong around a secret, it is not repeated. */
static void
test_no_secrets (void)
{
  g_autoptr (OcgSettings) s = settings (
      "{env: {A: ['SECRET'], B: {C: 'SECRET'}, vars: 'SECRET', D: 'SECRET${NOPE}'},"
      " models: {mode: 'SECRET', providers: {a: 'SECRET', b: {apiKey: 'SECRET${NOPE}',"
      "  headers: {H: 'SECRET ${NOPE}'}}}},"
      " auth: {order: {a: 'SECRET', b: [['SECRET']]}, profiles: {c: 'SECRET',"
      "  d: {provider: 'a', mode: 'SECRET'}}},"
      " agents: {defaults: {model: ['SECRET'], models: {m: 'SECRET'},"
      "  thinkingDefault: 'SECRET', timeoutSeconds: 'SECRET'}}}");
  g_assert_cmpuint (s->problems->len, >=, 12);
  for (guint i = 0; i < s->problems->len; i++)
    {
      const char *problem = g_ptr_array_index (s->problems, i);
      g_assert_null (strstr (problem, "SECRET"));
      g_assert_null (strchr (problem, '\n'));
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/settings/environment/expand", test_environment_expand);
  g_test_add_func ("/settings/nothing", test_nothing);
  g_test_add_func ("/settings/hosted", test_hosted);
  g_test_add_func ("/settings/fallback", test_fallback);
  g_test_add_func ("/settings/lmstudio", test_lmstudio);
  g_test_add_func ("/settings/messy", test_messy);
  g_test_add_func ("/settings/env", test_env);
  g_test_add_func ("/settings/model-forms", test_model_forms);
  g_test_add_func ("/settings/wrong-types", test_wrong_types);
  g_test_add_func ("/settings/wrong-sections", test_wrong_sections);
  g_test_add_func ("/settings/timeout", test_timeout);
  g_test_add_func ("/settings/missing-variable", test_missing_variable);
  g_test_add_func ("/settings/include", test_include);
  g_test_add_func ("/settings/no-secrets", test_no_secrets);

  return g_test_run ();
}
