/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Environment variables: what ${VAR} becomes, which place wins, how .env is read. */

#include <locale.h>
#include <string.h>

#include "catalog/ocg-expected-variables.h"
#include "config-fixture.h"
#include "config/ocg-dotenv.h"

static const char *const process[] = { "PROCESS=from process", "BOTH=from process", "EMPTY=",
                                       "KEY_1=k1", "LATIN=\xe9", NULL };

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
test_not_utf8 (void)
{
  g_autoptr (OcgEnvironment) environment = ocg_environment_new (process, NULL);
  g_autofree char *missing = NULL;

  g_assert_null (ocg_environment_get (environment, "LATIN"));
  g_assert_null (ocg_environment_expand (environment, "${LATIN}", &missing));
  g_assert_cmpstr (missing, ==, "LATIN");
}

static OcgSettings *
read_env (const ConfigFixtureTexts *texts, const char *const *shell, OcgProblems *problems)
{
  g_autoptr (OcgConfigFiles) files = config_fixture_files_of (texts);
  const OcgSettingsSources sources = { files, process, shell };

  return ocg_settings_new (&sources, problems);
}

static void
test_block (void)
{
  const ConfigFixtureTexts texts = {
    .config = "{env: {DIRECT: 'd', BOTH: 'from file', EMPTY: 'filled', TWICE: 'direct',"
              "  NUMBER: 1, REF: '<${PROCESS} ${DIRECT}>', LOST: '${NOWHERE}', PRICE: '5$',"
              "  vars: {VAR: 'v', TWICE: 'vars', LIST: []}, shellEnv: {enabled: true}}}",
  };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgSettings) s = read_env (&texts, NULL, problems);
  g_autofree char *list = config_fixture_list_problems (problems);
  OcgEnvironment *e = s->environment;

  g_assert_cmpstr (list, ==, "error env.NUMBER\nerror env.vars.LIST\nwarning env.LOST\n");
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
  g_assert_true (s->shell_env_enabled);
}

/* Each variable is set in all places from its own on. */
static void
test_precedence (void)
{
  static const char *const shell[] = { "KEY_1=shell", "A=shell", "B=shell", "C=shell", "D=shell",
                                       "E=shell", "F=shell", "EMPTY=shell", "R=shell", "odd",
                                       "G=", NULL };
  const ConfigFixtureTexts texts = {
    .dotenv = "KEY_1=dotenv\nA=dotenv\nEMPTY=\n",
    .config = "{env: {shellEnv: {enabled: true}, KEY_1: 'user', A: 'user', B: 'user', EMPTY: '',"
              " R: '${F}${OTHER}', LOST: '${NOWHERE}',"
              " vars: {KEY_1: 'vars', A: 'vars', B: 'vars', C: 'vars'}}}",
    .admin_config = "{env: {KEY_1: 'admin', A: 'admin', B: 'admin', C: 'admin', D: 'admin',"
                    " LOST: 'admin', OTHER: '+',"
                    " vars: {D: 'admin vars', E: 'admin vars'}}}",
  };
  static const char *const wanted[][2]
      = { { "KEY_1", "k1" },    { "A", "dotenv" }, { "B", "user" },      { "C", "vars" },
          { "D", "admin" },     { "E", "admin vars" }, { "F", "shell" }, { "EMPTY", "shell" },
          { "R", "shell+" }, { "LOST", "admin" }, { "G", NULL },     { "odd", NULL } };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgSettings) s = read_env (&texts, shell, problems);

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_test_message ("%s", wanted[i][0]);
      g_assert_cmpstr (ocg_environment_get (s->environment, wanted[i][0]), ==, wanted[i][1]);
    }
  g_assert_cmpuint (ocg_problems_get_n (problems), ==, 1);
  g_assert_cmpstr (ocg_problems_get (problems, 0)->path, ==, "env.LOST");
  g_assert_cmpstr (ocg_problems_get (problems, 0)->file, ==, "/nowhere/openclaw.json");
}

static void
test_shell_env_settings (void)
{
  static const struct
  {
    const char *admin, *user;
    gboolean enabled;
    guint timeout_ms;
    const char *problems;
  } rows[] = {
    { "{}", "{}", FALSE, 15000, "" },
    { "{enabled: true, timeoutMs: 500}", "{}", TRUE, 500, "" },
    { "{enabled: true, timeoutMs: 500}", "{enabled: false}", FALSE, 500, "" },
    { "{}", "{enabled: true, timeoutMs: 99999}", TRUE, 15000, "" },
    { "{}", "{timeoutMs: 0.5}", FALSE, 1, "" },
    { "{timeoutMs: 800}", "{timeoutMs: 0, enabled: 1}", FALSE, 800,
      "error env.shellEnv.enabled\nerror env.shellEnv.timeoutMs\n" },
    { "{enabled: true}", "true", TRUE, 15000, "error env.shellEnv\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *admin = g_strdup_printf ("{env: {shellEnv: %s}}", rows[i].admin);
      g_autofree char *user = g_strdup_printf ("{env: {shellEnv: %s}}", rows[i].user);
      const ConfigFixtureTexts texts = { .config = user, .admin_config = admin };
      g_autoptr (OcgProblems) problems = ocg_problems_new ();
      g_autoptr (OcgSettings) s = read_env (&texts, NULL, problems);
      g_autofree char *list = config_fixture_list_problems (problems);

      g_test_message ("%s upon %s", user, admin);
      g_assert_cmpint (s->shell_env_enabled, ==, rows[i].enabled);
      g_assert_cmpuint (s->shell_env_timeout_ms, ==, rows[i].timeout_ms);
      g_assert_cmpstr (list, ==, rows[i].problems);
    }
}

static void
test_shell_switched_off (void)
{
  static const char *const shell[] = { "A=shell", NULL };
  const ConfigFixtureTexts texts
      = { .config = "{env: {B: '${A}', C: 'c', shellEnv: {enabled: false}}}" };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgSettings) s = read_env (&texts, shell, problems);
  g_autofree char *list = config_fixture_list_problems (problems);

  g_assert_null (ocg_environment_get (s->environment, "A"));
  g_assert_null (ocg_environment_get (s->environment, "B"));
  g_assert_cmpstr (ocg_environment_get (s->environment, "C"), ==, "c");
  g_assert_cmpstr (list, ==, "warning env.B\n");
}

/* @variables: "NAME=value|..." sorted; @problems: "LINE:COLUMN|..." */
static const struct
{
  const char *text, *variables, *problems;
} dotenv_rows[] = {
  { "", "", "" },
  { "A=1", "A=1", "" },
  { "A=1\nB=2\n", "A=1|B=2", "" },
  { "\xef\xbb\xbf" "A=1\r\nB=2\r\n", "A=1|B=2", "" },
  { "A=1\rB=2", "A=1|B=2", "" },
  { "  A = 1  \n\tB\t=\t2\t", "A=1|B=2", "" },
  { "# comment\n\n   # another\nA=1 # inline\nB=2#3", "A=1|B=2", "" },
  { "export A=1\nexport\tB=2\nexported=3", "A=1|B=2|exported=3", "" },
  { "A: 1\nB:2", "A=1", "2:1" },
  { "A=\nB=''\nC=\"\"", "A=|B=|C=", "" },
  { "A='x # $y \\n \\'\nB=`a \"b\" 'c'`", "A=x # $y \\n \\|B=a \"b\" 'c'", "" },
  { "A=\"1\\n2\\\"3\\\\4\\t5\\q\\$\"", "A=1\n2\"3\\4\t5\\q\\$", "" },
  { "A=\"line 1\r\nline 2\" # end\nB=2", "A=line 1\nline 2|B=2", "" },
  { "KEY='-----BEGIN\nabc\n-----END'\nB=2", "B=2|KEY=-----BEGIN\nabc\n-----END", "" },
  { "A=a=b==\nB=x y", "A=a=b==|B=x y", "" },
  { "a.b-c_1=1", "a.b-c_1=1", "" },
  { "A=1\nA=2", "A=2", "" },
  { "nonsense\nA=1\n=2\n  if [ x ]; then\nB=2", "A=1|B=2", "1:1|3:1|4:3" },
  { "A=\"open\nB=2\n", "B=2", "1:3" },
  { "A='x' y\nB=2", "B=2", "1:6" },
  { "A=\"x\ny\" z\nB=2", "B=2", "2:3" },
  { "\xc3\xa9\xc3\xa9=1\nA='\xc3\xa9' z", "", "1:1|2:6" },
  { "export A\nB=2", "B=2", "1:1" },
};

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
join_variables (GHashTable *variables)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name = NULL, value = NULL;

  g_hash_table_iter_init (&iter, variables);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_ptr_array_add (list, g_strdup_printf ("%s=%s", (char *) name, (char *) value));
  g_ptr_array_sort (list, compare);
  g_ptr_array_add (list, NULL);
  return g_strjoinv ("|", (GStrv) list->pdata);
}

static void
test_dotenv (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (dotenv_rows); i++)
    {
      g_autoptr (GArray) problems = g_array_new (FALSE, FALSE, sizeof (OcgDotenvProblem));
      g_autoptr (GHashTable) variables = ocg_dotenv_parse (dotenv_rows[i].text, problems);
      g_autofree char *joined = join_variables (variables);
      g_autoptr (GString) places = g_string_new (NULL);

      for (guint k = 0; k < problems->len; k++)
        {
          const OcgDotenvProblem *problem = &g_array_index (problems, OcgDotenvProblem, k);

          g_string_append_printf (places, "%s%u:%u", k > 0 ? "|" : "", problem->line,
                                  problem->column);
        }
      g_test_message ("%s", dotenv_rows[i].text);
      g_assert_cmpstr (joined, ==, dotenv_rows[i].variables);
      g_assert_cmpstr (places->str, ==, dotenv_rows[i].problems);
    }
}

/* Bad lines are told with their place, and without what stands there. */
static void
test_dotenv_problems (void)
{
  const ConfigFixtureTexts texts = { .dotenv = "A=1\nSECRET\nB='SECRET\n" };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgSettings) s = read_env (&texts, NULL, problems);

  g_assert_cmpstr (ocg_environment_get (s->environment, "A"), ==, "1");
  g_assert_cmpuint (ocg_problems_get_n (problems), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const OcgProblem *problem = ocg_problems_get (problems, i);

      g_assert_cmpstr (problem->file, ==, "/nowhere/.env");
      g_assert_cmpuint (problem->line, ==, 2 + i);
      g_assert_cmpint (problem->severity, ==, OCG_SEVERITY_WARNING);
      g_assert_null (strstr (problem->message, "SECRET"));
    }
}

/* What costs the most for its size still takes one look at each byte. */
static void
test_dotenv_size (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) problems = g_array_new (FALSE, FALSE, sizeof (OcgDotenvProblem));
  g_autoptr (GHashTable) variables = NULL;

  for (guint i = 0; i < 200000; i++)
    g_string_append (text, i % 2 == 0 ? "A='x\n" : "B=\"\\\"\n");
  variables = ocg_dotenv_parse (text->str, problems);
  g_assert_cmpuint (g_hash_table_size (variables), <=, 2);
}

static void
test_expected_variables (void)
{
  static const char *const environment[] = { "ANTHROPIC_API_KEY=x", "OPENAI_API_KEY=", NULL };
  const ConfigFixtureTexts texts = {
    .config = "{env: {A: '${FROM_ENV}'}, models: {providers: {acme: {baseUrl: 'https://a.example',"
              " apiKey: 'x${ACME_KEY}$${LITERAL}', models: [{id: 'm', headers: {X: '${DEEP}'}}]}}},"
              " channels: {telegram: {token: '${TELEGRAM_TOKEN}'}}}",
    .admin_config = "{agents: {defaults: {model: '${ADMIN_MODEL}'}}}",
  };
  static const char *const wanted[]
      = { "ACME_KEY", "ADMIN_MODEL", "DEEP", "FROM_ENV", "MINIMAX_API_KEY", "OPENAI_API_KEY" };
  static const char *const unwanted[]
      = { "ANTHROPIC_API_KEY", "LITERAL", "TELEGRAM_TOKEN" };
  g_autoptr (OcgConfigFiles) files = config_fixture_files_of (&texts);
  const OcgSettingsSources sources = { files, environment, NULL };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgSettings) settings = ocg_settings_new (&sources, problems);
  g_autoptr (OcgCatalog) catalog = ocg_catalog_new (settings, NULL, problems);
  g_auto (GStrv) names = ocg_expected_variables (catalog, files, environment);

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_true (g_strv_contains ((const char *const *) names, wanted[i]));
  for (guint i = 0; i < G_N_ELEMENTS (unwanted); i++)
    g_assert_false (g_strv_contains ((const char *const *) names, unwanted[i]));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/environment/expand", test_environment_expand);
  g_test_add_func ("/environment/not-utf8", test_not_utf8);
  g_test_add_func ("/environment/block", test_block);
  g_test_add_func ("/environment/precedence", test_precedence);
  g_test_add_func ("/environment/shell-env-settings", test_shell_env_settings);
  g_test_add_func ("/environment/shell-switched-off", test_shell_switched_off);
  g_test_add_func ("/environment/expected-variables", test_expected_variables);
  g_test_add_func ("/dotenv/format", test_dotenv);
  g_test_add_func ("/dotenv/problems", test_dotenv_problems);
  g_test_add_func ("/dotenv/size", test_dotenv_size);
  return g_test_run ();
}
