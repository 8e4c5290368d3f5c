/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Everything that is said about whole files: NAME.json5 in fixtures/config, with the problems in
 * NAME.problems. */

#include <locale.h>
#include <string.h>

#include "catalog/ocg-validator.h"
#include "config-fixture.h"

static const char *const process[] = { "GROQ_KEY_OF_MINE=x", "GEMINI_API_KEY=x", "ACME_API_KEY=x",
                                       "KEY=x", "VPN_KEY=x", "ACME_KEY=x", "HELD=SECRET", NULL };

static OcgCatalog *
run (const ConfigFixtureTexts *texts, OcgProblems *problems)
{
  g_autoptr (OcgConfigFiles) files = config_fixture_files_of (texts);
  const OcgSettingsSources sources = { files, process, NULL };

  return ocg_validator_run (&sources, NULL, problems);
}

/* "LINE:COLUMN SEVERITY PATH", with " -> SUGGESTION", one a line. */
static char *
list_with_places (OcgProblems *problems)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < ocg_problems_get_n (problems); i++)
    {
      const OcgProblem *problem = ocg_problems_get (problems, i);
      g_autofree char *line = ocg_problem_to_line (problem);

      g_test_message ("%s", line);
      g_string_append_printf (list, "%u:%u %s %s", problem->line, problem->column,
                              ocg_severity_to_string (problem->severity), problem->path);
      if (problem->suggestion != NULL)
        g_string_append_printf (list, " -> %s", problem->suggestion);
      g_string_append_c (list, '\n');
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
test_fixture (gconstpointer data)
{
  const char *name = data;
  g_autofree char *file = g_strconcat (name, ".json5", NULL);
  g_autofree char *expected = g_strconcat (name, ".problems", NULL);
  g_autofree char *text = config_fixture_text (file);
  g_autofree char *wanted = config_fixture_text (expected);
  const ConfigFixtureTexts texts = { .config = text };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgCatalog) catalog = run (&texts, problems);
  g_autofree char *list = list_with_places (problems);

  g_assert_cmpstr (list, ==, wanted);
  for (guint i = 0; i < ocg_problems_get_n (problems); i++)
    g_assert_cmpstr (ocg_problems_get (problems, i)->file, ==, "/nowhere/openclaw.json");
  /* Whatever is wrong, what is built in works. */
  g_assert_cmpuint (ocg_catalog_get_models (catalog)->len, >, 0);
}

/* Problems of all files come file by file, each with the path in it. */
static void
test_all_files (void)
{
  const ConfigFixtureTexts texts = {
    .config = "{agents: {defaults: {timeoutSeconds: 0}},\n desktop: {}}",
    .desktop = "{ledger: {keepDays: 0,\n  keepDay: 5}, search: {model: 'nowhere/x'}}",
    .admin_config = "{models: {mode: 'x'}}",
    .admin_desktop = "{odd: 1}",
    .models_json = "{\"providers\": {\"p\": {\"baseurl\": \"x\"}}}",
    .dotenv = "A=1\nodd\n",
    .drop_in_id = "acme",
    .drop_in = "{baseurl: 'x'}",
  };
  static const char *const wanted[] = {
    "/nowhere/openclaw.json:1:22: agents.defaults.timeoutSeconds",
    "/nowhere/openclaw.json:2:2: desktop",
    "/nowhere/admin/openclaw.json:1:11: models.mode",
    "/nowhere/desktop.json:1:11: desktop.ledger.keepDays",
    "/nowhere/desktop.json:2:3: desktop.ledger.keepDay",
    "/nowhere/desktop.json:2:25: desktop.search.model",
    "/nowhere/admin/desktop.json:1:2: desktop.odd",
    "/nowhere/models.json:1:22: models.providers.p.baseurl",
    "/nowhere/providers.d/acme.json:1:2: models.providers.acme.baseurl",
    "/nowhere/.env:2:1: this line",
  };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  G_GNUC_UNUSED g_autoptr (OcgCatalog) catalog = run (&texts, problems);

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      gboolean found = FALSE;

      for (guint k = 0; k < ocg_problems_get_n (problems); k++)
        {
          g_autofree char *line = ocg_problem_to_line (ocg_problems_get (problems, k));

          found |= g_str_has_prefix (line, wanted[i]);
        }
      g_test_message ("expected: %s", wanted[i]);
      g_assert_true (found);
    }
}

static void
test_nothing (void)
{
  const ConfigFixtureTexts texts = { .config = NULL };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgCatalog) catalog = run (&texts, problems);
  const OcgSettingsSources none = { NULL, process, NULL };
  g_autoptr (OcgCatalog) other = ocg_validator_run (&none, NULL, problems);

  g_assert_cmpuint (ocg_problems_get_n (problems), ==, 0);
  g_assert_nonnull (catalog);
  g_assert_nonnull (other);
}

/* Neither message nor suggestion repeats a value. */
static void
test_no_secrets (void)
{
  const ConfigFixtureTexts texts = {
    .config = "{env: {MINIMAX_API_KEY: 'SECRET', OTHER_API_KEY: 'SECRETSECRETSECRET',"
              " A: ['SECRET']}, models: {mode: 'SECRET', providers: {a: 'SECRET',"
              " b: {apiKey: 'SECRET${NOPE}', baseUrl: 'http://u:SECRET@b.example/', api: 'SECRET'},"
              " c: {apiKey: 'SECRET', api_key: 'SECRET', baseUrl: 'https://x', headers:"
              " {H: 'SECRET ${NOPE}', I: {source: 'SECRET'}},"
              " models: [{id: 'm', api: 'SECRET'}]}}},"
              " auth: {profiles: {x: {provider: 'a', mode: 'SECRET'}}},"
              " agents: {defaults: {thinkingDefault: 'SECRET', timeoutSeconds: 'SECRET'}}}",
    .desktop = "{fallback: {allow: ['SECRET'], within: 'SECRET'},"
               " providers: {a: {caFile: 'SECRET', family: 'SECRET'}}}",
    .dotenv = "SECRET\nA='SECRET",
  };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  G_GNUC_UNUSED g_autoptr (OcgCatalog) catalog = run (&texts, problems);

  g_assert_cmpuint (ocg_problems_get_n (problems), >=, 18);
  for (guint i = 0; i < ocg_problems_get_n (problems); i++)
    {
      const OcgProblem *problem = ocg_problems_get (problems, i);
      g_autofree char *line = ocg_problem_to_line (problem);

      g_test_message ("%s", line);
      g_assert_null (strstr (line, "SECRET"));
      g_assert_null (problem->suggestion != NULL ? strstr (problem->suggestion, "SECRET") : NULL);
      g_assert_null (strchr (line, '\n'));
    }
}

/* What a variable holds is not in a file, and does not get out either. */
static void
test_no_variables (void)
{
  const ConfigFixtureTexts texts = {
    .config = "{models: {providers: {a: {baseUrl: 'https://h.example/${HELD}/v1/messages'},"
              " b: {baseUrl: 'https://h.example/v1/messages'}}},"
              " agents: {defaults: {model: {primary: '${HELD}/x', fallbacks: ['x/${HELD}', '${HELD}',"
              " ' $${HELD} ']}, models: {'a/1': {alias: '${HELD}'}, 'a/2': {alias: '${HELD}'},"
              " '${HELD}/y': {}}, thinkingDefault: '${HELD}'}}}",
  };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  G_GNUC_UNUSED g_autoptr (OcgCatalog) catalog = run (&texts, problems);
  g_autofree char *list = config_fixture_list_problems (problems);

  g_assert_cmpstr (list, ==,
                   "info models.providers.a.baseUrl\n"
                   "info models.providers.b.baseUrl -> https://h.example\n"
                   "warning agents.defaults.model.primary\n"
                   "warning agents.defaults.model.fallbacks[0]\n"
                   "warning agents.defaults.model.fallbacks[2]\n"
                   "error agents.defaults.models[\"a/2\"].alias\n"
                   "warning agents.defaults.models[\"${HELD}/y\"]\n"
                   "error agents.defaults.thinkingDefault\n");
  for (guint i = 0; i < ocg_problems_get_n (problems); i++)
    {
      g_autofree char *line = ocg_problem_to_line (ocg_problems_get (problems, i));

      g_test_message ("%s", line);
      g_assert_null (strstr (line, "SECRET"));
    }
}

/* desktop.json may call a provider by any of its names. */
static void
test_desktop_names (void)
{
  const ConfigFixtureTexts texts = {
    .desktop = "{providers: {'Z.AI': {class: 'cn'}, MINE: {family: 'openai'}, zai: {}}}",
    .admin_desktop = "{providers: {zai: {class: 'global', family: 'minimax'}}}",
    .drop_in_id = "acme",
    .drop_in = "{baseUrl: 'https://acme.example/v1', aliases: ['mine']}",
  };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgCatalog) catalog = run (&texts, problems);

  g_assert_cmpuint (ocg_problems_get_n (problems), ==, 0);
  g_assert_cmpstr (ocg_catalog_find_provider (catalog, "zai")->class, ==, "cn");
  g_assert_cmpstr (ocg_catalog_find_provider (catalog, "zai")->family, ==, "minimax");
  g_assert_cmpstr (ocg_catalog_find_provider (catalog, "acme")->family, ==, "openai");
}

/* A thousand names that are not known say so; for the first of them there is a guess. */
static void
test_guesses (void)
{
  g_autoptr (GString) text = g_string_new ("{agents: {defaults: {models: {");
  ConfigFixtureTexts texts = { NULL };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgCatalog) catalog = NULL;
  guint n_guesses = 0;

  for (guint i = 0; i < 500; i++)
    g_string_append_printf (text, "'minmax/MiniMax-M2.%u': {},", i);
  g_string_append (text, "}}}}");
  texts.config = text->str;
  catalog = run (&texts, problems);
  g_assert_cmpuint (ocg_problems_get_n (problems), ==, 500);
  for (guint i = 0; i < 500; i++)
    n_guesses += ocg_problems_get (problems, i)->suggestion != NULL ? 1 : 0;
  g_assert_cmpuint (n_guesses, ==, 20);
  g_assert_nonnull (ocg_problems_get (problems, 0)->suggestion);
}

/* A file of 1 MiB in which nearly everything is wrong. */
static void
test_size (void)
{
  g_autoptr (GString) text = g_string_new ("{agents: {defaults: {models: {\n");
  ConfigFixtureTexts texts = { NULL };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgCatalog) catalog = NULL;

  for (guint i = 0; i < 6000; i++)
    g_string_append_printf (text, "'minmax/MiniMax-M%u': {alias: 'a%u', ailas: 1},\n", i, i % 3000);
  g_string_append (text, "}}}, models: {providers: {\n");
  for (guint i = 0; i < 6000; i++)
    g_string_append_printf (text, "p%u: {base_url: 'x', apiKey: 'k%u', baseUrl: 'http://h%u.org',"
                                  " models: [{id: 1}]},\n", i, i, i);
  g_string_append (text, "}}}");
  texts.config = text->str;
  catalog = run (&texts, problems);
  g_assert_cmpuint (ocg_problems_get_n (problems), ==, OCG_PROBLEMS_MAX + 1);
  g_assert_cmpstr (ocg_problems_get (problems, OCG_PROBLEMS_MAX)->path, ==, "");
}

int
main (int argc, char **argv)
{
  static const char *const names[]
      = { "minimax-hosted", "minimax-fallback", "minimax-lmstudio", "messy", "big", "newer",
          "typos", "types", "refs", "servers", "comments", "windows", "tabs", "twice", "broken" };

  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/validator/", names[i], NULL);

      g_test_add_data_func (path, names[i], test_fixture);
    }
  g_test_add_func ("/validator/all-files", test_all_files);
  g_test_add_func ("/validator/nothing", test_nothing);
  g_test_add_func ("/validator/no-secrets", test_no_secrets);
  g_test_add_func ("/validator/no-variables", test_no_variables);
  g_test_add_func ("/validator/desktop-names", test_desktop_names);
  g_test_add_func ("/validator/guesses", test_guesses);
  g_test_add_func ("/validator/size", test_size);
  return g_test_run ();
}
