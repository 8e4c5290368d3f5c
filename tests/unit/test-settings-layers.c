/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The user's openclaw.json upon the administrator's, and the files beside them. */

#include <locale.h>
#include <string.h>

#include "config-fixture.h"

static const char *const process[] = { "KEY_1=k1", NULL };

/* Each row is one administrator's file, one user's file, what comes of them, and the problems
 * ("u" and "a" before the path: whose file). */
static const struct
{
  const char *admin, *user, *result, *problems;
} model_rows[] = {
  { "{model: 'a/a'}", "{}", "a/a []", "" },
  { "{model: 'a/a'}", "{model: 'b/b'}", "b/b []", "" },
  { "{model: {primary: 'a/a', fallbacks: ['a/f']}}", "{model: {primary: 'b/b'}}", "b/b [a/f]", "" },
  { "{model: {primary: 'a/a', fallbacks: ['a/f']}}", "{model: 'b/b'}", "b/b []", "" },
  { "{model: {primary: 'a/a', fallbacks: ['a/f']}}", "{model: {fallbacks: []}}", "a/a []", "" },
  { "{model: {primary: 'a/a', fallbacks: ['x', 'y']}}", "{model: {fallbacks: ['z']}}", "a/a [z]",
    "" },
  { "{model: 'a/a'}", "{model: {fallbacks: ['z']}}", "a/a [z]", "" },
  { "{model: 'a/a'}", "{model: 5}", "a/a []", "u agents.defaults.model" },
  { "{model: {primary: 'a/a', fallbacks: ['x']}}", "{model: {primary: [], fallbacks: {}}}",
    "a/a [x]", "u agents.defaults.model.primary|u agents.defaults.model.fallbacks" },
  { "{model: {primary: 7}}", "{model: {primary: 'b/b'}}", "b/b []",
    "a agents.defaults.model.primary" },
  { "{model: {primary: '${NOT_SET}', fallbacks: ['${KEY_1}']}}", "{}", "- [k1]",
    "a agents.defaults.model.primary" },
};

static char *
list_with_owners (OcgProblems *problems)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < ocg_problems_get_n (problems); i++)
    {
      const OcgProblem *problem = ocg_problems_get (problems, i);
      gboolean is_admin = g_str_equal (problem->file, "/nowhere/admin/openclaw.json");

      g_assert_true (is_admin || g_str_equal (problem->file, "/nowhere/openclaw.json"));
      g_string_append_printf (list, "%s%c %s", list->len > 0 ? "|" : "", is_admin ? 'a' : 'u',
                              problem->path);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static OcgSettings *
read_files (const ConfigFixtureTexts *texts, OcgProblems *problems)
{
  g_autoptr (OcgConfigFiles) files = config_fixture_files_of (texts);
  const OcgSettingsSources sources = { files, process, NULL };

  return ocg_settings_new (&sources, problems);
}

static void
test_models (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (model_rows); i++)
    {
      g_autofree char *admin
          = g_strdup_printf ("{agents: {defaults: %s}}", model_rows[i].admin);
      g_autofree char *user = g_strdup_printf ("{agents: {defaults: %s}}", model_rows[i].user);
      const ConfigFixtureTexts texts = { .config = user, .admin_config = admin };
      g_autoptr (OcgProblems) problems = ocg_problems_new ();
      g_autoptr (OcgSettings) s = read_files (&texts, problems);
      g_autofree char *fallbacks = g_strjoinv (" ", s->fallbacks);
      g_autofree char *result
          = g_strdup_printf ("%s [%s]", s->primary != NULL ? s->primary : "-", fallbacks);
      g_autofree char *list = list_with_owners (problems);

      g_test_message ("%s upon %s", user, admin);
      g_assert_cmpstr (result, ==, model_rows[i].result);
      g_assert_cmpstr (list, ==, model_rows[i].problems);
    }
}

static const ConfigFixtureTexts two_files = {
  .admin_config
  = "{agents: {defaults: {timeoutSeconds: 60, thinkingDefault: 'low', imageModel: 'i/i',"
    "  models: {'a/a': {alias: 'A', params: {temperature: 1, topP: 0.5}}, 'b/b': {alias: 'B'}}}},"
    " models: {mode: 'replace'},"
    " plugins: {entries: {one: {enabled: true}, two: {enabled: true}}},"
    " auth: {order: {p: ['x', 'y'], q: ['z']}, cooldowns: {billingBackoffHours: 7,"
    "  billingMaxHours: 30, billingBackoffHoursByProvider: {MiniMax: 1}},"
    "  profiles: {'p:a': {provider: 'p', mode: 'api_key'}, 'p:b': {provider: 'p'}}}}",
  .config
  = "{agents: {defaults: {timeoutSeconds: 'x', thinkingDefault: 'high',"
    "  models: {'c/c': {}, 'a/a': {params: {temperature: 0.25}}}}}, models: {mode: 'merge'},"
    " plugins: {entries: {two: {enabled: false}, three: {enabled: 'yes'}}},"
    " auth: {order: {p: []}, cooldowns: {billingMaxHours: 12, failureWindowHours: 0.5,"
    "  billingBackoffHoursByProvider: {other: 0}},"
    "  profiles: {'p:a': {email: 'me@example.org'}, 'p:b': {mode: 'magic'}, 'p:c': {}}}}",
};

static void
test_two_of_agents (void)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgSettings) s = read_files (&two_files, problems);
  g_autofree char *list = list_with_owners (problems);
  OcgModelEntry *first = g_ptr_array_index (s->model_entries, 0);
  OcgModelEntry *third = g_ptr_array_index (s->model_entries, 2);

  g_assert_cmpstr (list, ==,
                   "u agents.defaults.timeoutSeconds|u auth.profiles[\"p:b\"].mode"
                   "|u auth.profiles[\"p:c\"].provider"
                   "|u auth.cooldowns.billingBackoffHoursByProvider.other"
                   "|u plugins.entries.three.enabled");
  g_assert_cmpuint (s->timeout_seconds, ==, 60);
  g_assert_cmpstr (s->thinking_default, ==, "high");
  g_assert_cmpstr (s->image_primary, ==, "i/i");
  g_assert_false (s->replace);
  g_assert_cmpuint (s->model_entries->len, ==, 3);
  g_assert_cmpstr (first->alias, ==, "A");
  g_assert_cmpfloat (json_object_get_double_member (first->params, "temperature"), ==, 0.25);
  g_assert_cmpfloat (json_object_get_double_member (first->params, "top-p"), ==, 0.5);
  g_assert_cmpstr (third->ref, ==, "c/c");
}

static void
test_two_of_others (void)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgSettings) s = read_files (&two_files, problems);
  JsonObject *profile = json_object_get_object_member (s->auth_profiles, "p:a");
  const double *hours
      = g_hash_table_lookup (s->cooldowns.billing_backoff_by_provider, "minimax");

  g_assert_cmpuint (g_hash_table_size (s->plugins), ==, 2);
  g_assert_true (GPOINTER_TO_INT (g_hash_table_lookup (s->plugins, "one")));
  g_assert_true (g_hash_table_contains (s->plugins, "two"));
  g_assert_false (GPOINTER_TO_INT (g_hash_table_lookup (s->plugins, "two")));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (s->auth_order, "p")), ==,
                    0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (s->auth_order, "q")), ==,
                    1);
  g_assert_cmpstr (json_object_get_string_member (profile, "mode"), ==, "api_key");
  g_assert_cmpstr (json_object_get_string_member (profile, "email"), ==, "me@example.org");
  g_assert_true (json_object_has_member (s->auth_profiles, "p:b"));
  g_assert_false (json_object_has_member (s->auth_profiles, "p:c"));
  g_assert_cmpfloat (s->cooldowns.billing_backoff, ==, 7);
  g_assert_cmpfloat (s->cooldowns.billing_max, ==, 12);
  g_assert_cmpfloat (s->cooldowns.failure_window, ==, 0.5);
  g_assert_nonnull (hours);
  g_assert_cmpfloat (*hours, ==, 1);
}

static void
test_defaults (void)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  const OcgSettingsSources sources = { NULL, process, NULL };
  g_autoptr (OcgSettings) s = ocg_settings_new (&sources, problems);

  g_assert_cmpuint (ocg_problems_get_n (problems), ==, 0);
  g_assert_cmpfloat (s->cooldowns.billing_backoff, ==, 5);
  g_assert_cmpfloat (s->cooldowns.billing_max, ==, 24);
  g_assert_cmpfloat (s->cooldowns.failure_window, ==, 24);
  g_assert_false (s->shell_env_enabled);
  g_assert_cmpuint (s->shell_env_timeout_ms, ==, 15000);
  g_assert_nonnull (s->desktop);
  g_assert_cmpuint (s->layers->len, ==, 0);
}

static const char *
layer_string (OcgSettings *s, guint i, const char *id, const char *name)
{
  OcgProviderLayer *layer = g_ptr_array_index (s->layers, i);
  JsonObject *entry = json_object_get_object_member (layer->providers, id);

  return json_object_has_member (entry, name) ? json_object_get_string_member (entry, name) : NULL;
}

static void
test_layers (void)
{
  static const OcgLayerKind kinds[] = { OCG_LAYER_USER, OCG_LAYER_MODELS_JSON,
                                        OCG_LAYER_ADMIN_CONFIG, OCG_LAYER_CONFIG };
  static const char *const files[] = { "/nowhere/providers.d/acme.json", "/nowhere/models.json",
                                       "/nowhere/admin/openclaw.json", "/nowhere/openclaw.json" };
  const ConfigFixtureTexts texts = {
    .drop_in_id = "acme",
    .drop_in = "{name: 'Acme ${KEY_1}', baseUrl: 'https://acme.example'}",
    .models_json = "{\"providers\": {\"acme\": {\"baseUrl\": \"${KEY_1}\"}}}",
    .admin_config = "{models: {providers: {acme: {apiKey: '${KEY_1}'}}}}",
    .config = "{models: {providers: {acme: {apiKey: 'x${KEY_1}', name: '$${KEY_1}'}}}}",
  };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgSettings) s = read_files (&texts, problems);

  g_assert_cmpuint (ocg_problems_get_n (problems), ==, 0);
  g_assert_cmpuint (s->layers->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      OcgProviderLayer *layer = g_ptr_array_index (s->layers, i);

      g_assert_cmpint (layer->kind, ==, kinds[i]);
      g_assert_cmpstr (ocg_config_tree_get_path (layer->tree), ==, files[i]);
    }
  g_assert_cmpstr (layer_string (s, 0, "acme", "name"), ==, "Acme ${KEY_1}");
  g_assert_cmpstr (layer_string (s, 1, "acme", "baseUrl"), ==, "${KEY_1}");
  g_assert_cmpstr (layer_string (s, 2, "acme", "apiKey"), ==, "k1");
  g_assert_cmpstr (layer_string (s, 3, "acme", "apiKey"), ==, "xk1");
  g_assert_cmpstr (layer_string (s, 3, "acme", "name"), ==, "${KEY_1}");
}

/* One entry that is wrong takes nothing else with it, in whichever file. */
static void
test_isolation (void)
{
  const ConfigFixtureTexts texts = {
    .models_json = "{\"providers\": {\"bad\": 1, \"good\": {}}}",
    .admin_config = "{models: []}",
    .config = "{models: {providers: {bad: 'x', good: {baseUrl: '${NOPE}', apiKey: '${NOPE}'}}}}",
  };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgSettings) s = read_files (&texts, problems);
  g_autofree char *list = config_fixture_list_problems (problems);

  g_assert_cmpstr (list, ==,
                   "error models.providers.bad\nerror models\nerror models.providers.bad\n"
                   "error models.providers.good.baseUrl\nwarning models.providers.good.apiKey\n");
  g_assert_cmpuint (s->layers->len, ==, 2);
  g_assert_cmpstr (layer_string (s, 1, "good", "baseUrl"), ==, "${NOPE}");
  g_assert_cmpstr (layer_string (s, 1, "good", "apiKey"), ==, "${NOPE}");
}

static void
test_unreadable (void)
{
  const ConfigFixtureTexts texts = {
    .admin_config = "{agents: {defaults: {model: 'a/a'}}}",
    .config = "{agents: {",
    .desktop = "[]",
    .models_json = "nonsense",
    .drop_in_id = "x",
    .drop_in = "{",
  };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgSettings) s = read_files (&texts, problems);

  g_assert_cmpuint (ocg_problems_get_n (problems), ==, 0);
  g_assert_cmpstr (s->primary, ==, "a/a");
  g_assert_cmpuint (s->layers->len, ==, 0);
}

static void
test_secret_refs (void)
{
  const ConfigFixtureTexts texts = {
    .config = "{models: {providers: {"
              " a: {apiKey: {source: 'env', provider: 'default', id: 'KEY_1'},"
              "     headers: {X: {source: 'env', id: 'KEY_1'}, Y: 'y'}},"
              " b: {apiKey: {source: 'file', provider: 'f', id: '/x'}},"
              " c: {apiKey: {source: 5}, models: [{id: 'm', headers: {Z: {source: 'exec'}}}]},"
              " d: {apiKey: {source: 'env', id: 'NOPE'}}}}}",
    .models_json = "{\"providers\": {\"a\": {\"apiKey\": \"MINIMAX_API_KEY\","
                   " \"headers\": {\"A\": \"secretref-env:TOKEN\", \"B\": \"b\"}},"
                   " \"b\": {\"apiKey\": \"secretref-managed\"}, \"c\": {\"apiKey\": \"sk-1\"}}}",
  };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgSettings) s = read_files (&texts, problems);
  g_autofree char *list = config_fixture_list_problems (problems);

  g_assert_cmpstr (list, ==,
                   "warning models.providers.b.apiKey\nerror models.providers.c.apiKey\n"
                   "warning models.providers.c.models[0].headers.Z\n"
                   "warning models.providers.d.apiKey\n");
  g_assert_null (layer_string (s, 0, "a", "apiKey"));
  g_assert_null (layer_string (s, 0, "b", "apiKey"));
  g_assert_cmpstr (layer_string (s, 0, "c", "apiKey"), ==, "sk-1");
  g_assert_cmpstr (layer_string (s, 1, "a", "apiKey"), ==, "k1");
  g_assert_null (layer_string (s, 1, "b", "apiKey"));
  g_assert_null (layer_string (s, 1, "c", "apiKey"));
  g_assert_cmpstr (layer_string (s, 1, "d", "apiKey"), ==, "${NOPE}");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings-layers/models", test_models);
  g_test_add_func ("/settings-layers/agents", test_two_of_agents);
  g_test_add_func ("/settings-layers/others", test_two_of_others);
  g_test_add_func ("/settings-layers/defaults", test_defaults);
  g_test_add_func ("/settings-layers/layers", test_layers);
  g_test_add_func ("/settings-layers/isolation", test_isolation);
  g_test_add_func ("/settings-layers/unreadable", test_unreadable);
  g_test_add_func ("/settings-layers/secret-refs", test_secret_refs);
  return g_test_run ();
}
