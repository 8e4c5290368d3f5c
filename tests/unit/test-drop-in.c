/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Each field of a drop-in that is wrong: it is left out, and said where and what was expected. */

#include <string.h>

#include "catalog/ocg-provider-schema.h"
#include "catalog/ocg-validator.h"
#include "config-fixture.h"

#define ALIVE "name: 'N', baseUrl: 'https://a.example/v1', api: 'openai-completions', "
#define REGION(url, class)                                                                        \
  "regions: {x: {name: 'X', baseUrl: " url ", class: " class "}}"
#define RIGHT_REGION REGION ("'https://x.example'", "'cn'")
#define TIER "input: 1, output: 1, cacheRead: 1, cacheWrite: 1"

static OcgCatalog *
run (const char *config, const char *id, const char *drop_in, OcgProblems *problems)
{
  const ConfigFixtureTexts texts = { .config = config, .drop_in_id = id, .drop_in = drop_in };
  g_autoptr (OcgConfigFiles) files = config_fixture_files_of (&texts);
  const char *const process[] = { "MINIMAX_API_KEY=x", "OPENROUTER_API_KEY=x", NULL };
  const OcgSettingsSources sources = { files, process, NULL };
  OcgCatalog *catalog = ocg_validator_run (&sources, NULL, problems);

  for (guint i = 0; i < ocg_problems_get_n (problems); i++)
    {
      g_autofree char *line = ocg_problem_to_line (ocg_problems_get (problems, i));

      g_test_message ("%s", line);
    }
  return catalog;
}

/* What is in the file, and the problems below models.providers.mine as
 * config_fixture_list_problems() writes them. */
static const struct
{
  const char *members, *problems;
} rows[] = {
  { "class: 'globl'", "error class -> global" },
  { "family: 'minmax'", "error family -> minimax" },
  { "family: 5", "error family" },
  { "docs: 'nope'", "error docs" },
  { "docs: 'https://a.example\\n'", "error docs" },
  { "keysUrl: 'x y'", "error keysUrl" },
  { "envKeys: ['lower']", "error envKeys[0]" },
  { "envKeys: ['A', 'A']", "warning envKeys\nerror envKeys[1]" },
  { "envKeys: {}", "error envKeys" },
  { "aliases: ['Mini Max', 7]", "error aliases[0]\nerror aliases[1]" },
  { "aliases: ['openai', 'fine']", "warning aliases[0]" },
  { "origins: [['https://a/b'], []]", "error origins[0][0]\nerror origins[1]" },
  { "$schema: 5", "error $schema" },
  { "regions: {x: 5}", "error regions.x" },
  { "regions: {x: {name: 1}}", "error regions.x\nerror regions.x.name" },
  { REGION ("'https://x.example'", "'mars'"), "error regions.x.class" },
  { REGION ("'nope'", "'cn'"), "error regions.x.baseUrl" },
  { REGION ("5", "'cn'"), "error regions.x.baseUrl" },
  { REGION ("[]", "'cn'"), "error regions.x.baseUrl" },
  { REGION ("'https://x.example'", "[]"), "error regions.x.class" },
  { "regions: {'X Y': {}}", "error regions[\"X Y\"]" },
  { "login: {flow: 'magic'}",
    "error login\nerror login.flow" },
  { "login: {pollIntervalMs: -5, clientId: 5, id: 'a', flow: 'device-code', dialect: 'rfc8628',"
    "scope: '', grantType: 'g', pkce: 'none', regions: {x: {codeUrl: 'https://c', tokenUrl: 5}}},"
    RIGHT_REGION,
    "error login.pollIntervalMs\nerror login.clientId\nerror login.regions.x.tokenUrl" },
  { "quota: {dialect: 'other', regions: {g: {planUrls: 'x'}}}",
    "error quota.dialect\nerror quota.regions.g.planUrls" },
  { "quota: {dialect: 'minimax', regions: {}}", "error quota.regions" },
  { "authChoices: [5]", "error authChoices[0]" },
  { "authChoices: [{choice: 'c1'}]", "error authChoices[0]" },
  { "authChoices: [{choice: 'c 1', method: 'magic', label: ''}]",
    "error authChoices[0].choice\nerror authChoices[0].method\nerror authChoices[0].label" },
  { "authChoices: [{choice: 'openai-api-key', method: 'token', label: 'L', region: 'y'},"
    "{choice: 'c', method: 'token', label: 'L', aliases: ['c']}]," RIGHT_REGION,
    "warning authChoices[0].choice\nwarning authChoices[0].region\n"
    "warning authChoices[1].aliases[0]" },
  { "models: [{id: 'm', alias: 'Big One'}]", "error models[0].alias" },
  { "models: [{id: 'm', input: []}]", "error models[0].input" },
  { "models: [{id: 'm', input: ['text', 'imgae', 5]}]",
    "error models[0].input[1] -> image\nerror models[0].input[2]" },
  { "models: [{id: 'm', name: ''}]", "error models[0].name" },
  { "models: [{id: 'm', cost: {tiers: []}}]", "error models[0].cost.tiers" },
  { "models: [{id: 'm', cost: {tiers: [{above: 5, input: 1, cacheRead: 1, cacheWrite: 1}]}}]",
    "error models[0].cost.tiers[0].output" },
  { "models: [{id: 'm', cost: {tiers: [{above: 5, " TIER "}, {" TIER "}]}}]",
    "error models[0].cost.tiers[1].above" },
  { "models: [{id: 'm', contextWindow: 5, maxTokens: 6}]", "warning models[0].maxTokens" },
  { "models: [{id: 'm', contextWindow: 5, contextTokens: 6}]", "warning models[0].contextTokens" },
  { "models: [{id: 'm', compat: {suportsStore: true}}]",
    "error models[0].compat.suportsStore -> supportsStore" },
  { "models: [{id: 'm', compat: {supportsStore: 'yes', maxTokensField: 'max_token',"
    "thinkingFormat: 'opneai'}}]",
    "error models[0].compat.supportsStore\nerror models[0].compat.maxTokensField -> max_tokens\n"
    "error models[0].compat.thinkingFormat -> openai" },
  { "models: [{id: 'm', compat: {far: 1}}]", "warning models[0].compat.far" },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("{" ALIVE "%s}", rows[i].members);
      g_autoptr (OcgProblems) problems = ocg_problems_new ();
      g_autoptr (OcgCatalog) catalog = NULL;
      g_autofree char *list = NULL;
      g_autoptr (GString) found = NULL;

      g_test_message ("%s", rows[i].members);
      catalog = run ("{}", "mine", text, problems);
      list = config_fixture_list_problems (problems);
      found = g_string_new (list);
      g_string_replace (found, "models.providers.mine.", "", 0);
      g_assert_cmpstr (g_strchomp (found->str), ==, rows[i].problems);
      g_assert_nonnull (ocg_catalog_find_provider (catalog, "mine"));
    }
}

/* A part is enough where a file beneath has the rest; a wrong part leaves what is beneath. */
static void
test_upon_built_in (void)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgCatalog) catalog = run (
      "{}", "minimax-portal",
      "{login: {pkce: 'plain', regions: {global: {tokenUrl: 'https://t.example/token', codeUrl: 1},"
      " nowhere: {tokenUrl: 'https://t.example/token'}}},"
      " regions: {cn: {class: 'mars', name: 'There'}}, quota: {regions: {cn: {planUrls: []}}}}",
      problems);
  OcgProvider *provider = ocg_catalog_find_provider (catalog, "minimax-portal");
  JsonObject *login = json_node_get_object (provider->login);
  JsonObject *regions = json_object_get_object_member (login, "regions");
  JsonObject *global = json_object_get_object_member (regions, "global");
  JsonObject *cn
      = json_object_get_object_member (json_node_get_object (provider->regions), "cn");
  g_autofree char *list = config_fixture_list_problems (problems);

  g_assert_cmpstr (list, ==,
                   "error models.providers.minimax-portal.login.pkce\n"
                   "error models.providers.minimax-portal.login.regions.global.codeUrl\n"
                   "error models.providers.minimax-portal.login.regions.nowhere\n"
                   "warning models.providers.minimax-portal.login.regions.nowhere\n"
                   "error models.providers.minimax-portal.regions.cn.class\n"
                   "error models.providers.minimax-portal.quota.regions.cn.planUrls\n");
  g_assert_cmpstr (json_object_get_string_member (login, "pkce"), ==, "S256");
  g_assert_cmpstr (json_object_get_string_member (global, "tokenUrl"), ==,
                   "https://t.example/token");
  g_assert_true (g_str_has_prefix (json_object_get_string_member (global, "codeUrl"), "https://"));
  g_assert_false (json_object_has_member (regions, "nowhere"));
  g_assert_cmpstr (json_object_get_string_member (cn, "class"), ==, "cn");
  g_assert_cmpstr (json_object_get_string_member (cn, "name"), ==, "There");
}

/* What the table of compat says and the schema has to agree: each flag and word is checked. */
static void
test_compat_table (void)
{
  JsonObject *definitions
      = json_object_get_object_member (ocg_provider_schema_get (), "$defs");
  JsonObject *properties = json_object_get_object_member (
      json_object_get_object_member (definitions, "compat"), "properties");
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  json_object_iter_init_ordered (&iter, properties);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *path
          = g_strconcat ("models.providers.p.models[0].compat.", name, NULL);
      g_autofree char *text
          = g_strdup_printf ("{models: {providers: {p: {baseUrl: 'https://p.example', models: ["
                             "{id: 'm', compat: {%s: 'zzzzzzz'}}]}}}}",
                             name);
      g_autoptr (OcgProblems) problems = ocg_problems_new ();
      G_GNUC_UNUSED g_autoptr (OcgCatalog) catalog = run (text, NULL, NULL, problems);
      JsonObject *rules = json_node_get_object (node);
      gboolean is_checked = json_object_has_member (rules, "enum")
                            || g_str_equal (json_object_get_string_member (rules, "type"),
                                            "boolean");

      g_test_message ("%s", name);
      g_assert_cmpint (config_fixture_has_problem (problems, path), ==, is_checked);
      g_assert_cmpuint (ocg_problems_get_n (problems), ==, is_checked ? 1 : 0);
    }
}

/* In openclaw.json only what looks like a name that is read is a mistake. */
static void
test_compat_of_openclaw (void)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgCatalog) catalog = run (
      "{models: {providers: {p: {baseUrl: 'https://p.example', models: [{id: 'm', compat: {"
      "supportStore: true, supportsTools: true, somethingNew: [], supportsDeveloperRole: 1,"
      "thinkingFormat: 'zai'}}]}}}}",
      NULL, NULL, problems);
  g_autoptr (OcgModel) model = ocg_catalog_resolve_any (catalog, "p/m", NULL, NULL, NULL);
  g_autofree char *list = config_fixture_list_problems (problems);

  g_assert_cmpstr (list, ==,
                   "error models.providers.p.models[0].compat.supportStore -> supportsStore\n"
                   "error models.providers.p.models[0].compat.supportsDeveloperRole\n");
  g_assert_true (model->listed);
  g_assert_false (json_object_has_member (model->compat, "supportsDeveloperRole"));
  g_assert_true (json_object_has_member (model->compat, "somethingNew"));
}

/* How much of the window is used holds whoever says how large the window is. */
static void
test_window (void)
{
  static const struct
  {
    const char *member;
    guint64 context;
  } limits[] = {
    { "contextWindow: 1050000", 272000 }, { "contextWindow: 300000", 272000 },
    { "contextWindow: 100000", 100000 },  { "contextTokens: 2000000", 1050000 },
    { "contextTokens: 1000", 1000 },      { "contextWindow: 9000, contextTokens: 8000", 8000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{models: {providers: {openai: {models: [{id: 'gpt-6-sol', %s}]}}}}", limits[i].member);
      g_autoptr (OcgProblems) problems = ocg_problems_new ();
      g_autoptr (OcgCatalog) catalog = run (text, NULL, NULL, problems);
      g_autoptr (OcgModel) model
          = ocg_catalog_resolve_any (catalog, "openai/gpt-6-sol", NULL, NULL, NULL);

      g_test_message ("%s", limits[i].member);
      g_assert_cmpuint (model->context_window, ==, limits[i].context);
    }
}

/* Two providers that have a key or an entry have it; a third that nobody set up does not count. */
static void
test_ambiguous (void)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  G_GNUC_UNUSED g_autoptr (OcgCatalog) catalog = run (
      "{models: {providers: {p: {baseUrl: 'https://p.example', models: [{id: 'MiniMax-M3'},"
      "{id: 'alone'}, {id: 'glm-5.3'}]}}}, agents: {defaults: {model: {primary: 'MiniMax-M3',"
      "fallbacks: ['alone', 'glm-5.3', 'MiniMax-M3']}, imageModel: 'MiniMax-M3'}}}",
      NULL, NULL, problems);
  g_autofree char *list = config_fixture_list_problems (problems);
  const OcgProblem *problem = NULL;

  g_assert_cmpstr (list, ==,
                   "warning agents.defaults.model.primary\n"
                   "warning agents.defaults.model.fallbacks[2]\n"
                   "warning agents.defaults.imageModel\n");
  problem = ocg_problems_get (problems, 0);
  g_assert_nonnull (strstr (problem->message, "minimax/MiniMax-M3"));
  g_assert_nonnull (strstr (problem->message, "p/MiniMax-M3"));
  g_assert_null (strstr (problem->message, "minimax-cn/"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drop-in/rows", test_rows);
  g_test_add_func ("/drop-in/upon-built-in", test_upon_built_in);
  g_test_add_func ("/drop-in/compat-table", test_compat_table);
  g_test_add_func ("/drop-in/compat-of-openclaw", test_compat_of_openclaw);
  g_test_add_func ("/drop-in/window", test_window);
  g_test_add_func ("/drop-in/ambiguous", test_ambiguous);
  return g_test_run ();
}
