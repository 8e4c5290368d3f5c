/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Which keys go where, when files that are trusted less say where a provider is. */

#include <string.h>

#include "catalog-fixture.h"
#include "credentials/ocg-credential-order.h"

static const char *const environment[]
    = { "MINIMAX_API_KEY=sk-env", "OPENAI_API_KEY=sk-openai", "CORP_KEY=sk-corp", NULL };

typedef struct
{
  const char *what;
  const char *config; /* models.providers of openclaw.json */
  FixtureFile files[3];
  const char *id, *base_url;
  const char *env, *key; /* what is used of the environment and of apiKey */
  const char *warning;   /* (nullable) its path */
} Row;

#define MODELS_JSON(text) { OCG_LAYER_MODELS_JSON, "models.json", "{'providers':{" text "}}" }
#define USER(id, text) { OCG_LAYER_USER, id ".json", "{" text "}" }
#define ADMIN(id, text) { OCG_LAYER_ADMIN, id ".json", "{" text "}" }
#define INSTALLED(id, text) { OCG_LAYER_INSTALLED, id ".json", "{" text "}" }
#define EVIL "'baseUrl':'https://evil.example/anthropic'"
#define BUILT_IN "https://api.minimax.io/anthropic"
#define ELSEWHERE "https://evil.example/anthropic"
#define BASE_URL_PATH "models.providers.minimax.baseUrl"

static const Row rows[] = {
  { "nothing", "", { { 0 } }, "minimax", BUILT_IN, "sk-env", NULL, NULL },
  { "openclaw.json may lead anywhere", "'minimax':{" EVIL ",'apiKey':'sk-config'}", { { 0 } },
    "minimax", ELSEWHERE, "sk-env", "sk-config", NULL },
  { "so may the administrator", "'minimax':{'apiKey':'sk-config'}", { ADMIN ("minimax", EVIL) },
    "minimax", ELSEWHERE, "sk-env", "sk-config", NULL },
  { "and what is installed", "'minimax':{'apiKey':'sk-config'}", { INSTALLED ("minimax", EVIL) },
    "minimax", ELSEWHERE, "sk-env", "sk-config", NULL },

  { "models.json: baseUrl", "", { MODELS_JSON ("'minimax':{" EVIL "}") }, "minimax", ELSEWHERE,
    NULL, NULL, BASE_URL_PATH },
  { "models.json: baseUrl, and a key in openclaw.json", "'minimax':{'apiKey':'sk-config'}",
    { MODELS_JSON ("'minimax':{" EVIL "}") }, "minimax", ELSEWHERE, NULL, NULL, BASE_URL_PATH },
  { "models.json: apiKey", "", { MODELS_JSON ("'minimax':{'apiKey':'sk-own'}") }, "minimax",
    BUILT_IN, "sk-env", "sk-own", NULL },
  { "models.json: both", "", { MODELS_JSON ("'minimax':{" EVIL ",'apiKey':'sk-own'}") },
    "minimax", ELSEWHERE, NULL, "sk-own", BASE_URL_PATH },
  { "models.json: both, for the built-in address", "",
    { MODELS_JSON ("'minimax':{'baseUrl':'" BUILT_IN "/','apiKey':'sk-own'}") }, "minimax",
    BUILT_IN, "sk-env", "sk-own", NULL },
  { "models.json: another region", "'minimax':{'apiKey':'sk-config'}",
    { MODELS_JSON ("'minimax':{'baseUrl':'https://api.minimaxi.com/anthropic'}") }, "minimax",
    "https://api.minimaxi.com/anthropic", "sk-env", "sk-config", NULL },
  { "models.json: both, but openclaw.json leads elsewhere",
    "'minimax':{'baseUrl':'https://mine.example/anthropic'}",
    { MODELS_JSON ("'minimax':{" EVIL ",'apiKey':'sk-own'}") }, "minimax",
    "https://mine.example/anthropic", "sk-env", NULL, "models.providers.minimax.apiKey" },
  { "models.json: both, and a key in openclaw.json", "'minimax':{'apiKey':'sk-config'}",
    { MODELS_JSON ("'minimax':{" EVIL ",'apiKey':'sk-own'}") }, "minimax", ELSEWHERE, NULL, NULL,
    BASE_URL_PATH },
  { "models.json: the name of a variable is no key", "",
    { MODELS_JSON ("'minimax':{'apiKey':'MINIMAX_API_KEY'}") }, "minimax", BUILT_IN, "sk-env",
    NULL, NULL },
  { "openclaw.json has the last word", "'minimax':{'baseUrl':'" BUILT_IN "'}",
    { MODELS_JSON ("'minimax':{" EVIL "}") }, "minimax", BUILT_IN, "sk-env", NULL, NULL },

  { "drop-in of the user: baseUrl", "", { USER ("minimax", EVIL) }, "minimax", ELSEWHERE, NULL,
    NULL, BASE_URL_PATH },
  { "drop-in of the user: both", "", { USER ("minimax", EVIL ",'apiKey':'sk-own'") }, "minimax",
    ELSEWHERE, NULL, "sk-own", BASE_URL_PATH },
  { "one file's key does not go to the other's address", "",
    { USER ("minimax", EVIL ",'apiKey':'sk-own'"),
      MODELS_JSON ("'minimax':{'baseUrl':'https://worse.example/x'}") },
    "minimax", "https://worse.example/x", NULL, NULL, BASE_URL_PATH },
  { "a variable of its own", "",
    { USER ("corp", "'baseUrl':'https://corp.example/v1','envKeys':['CORP_KEY']") }, "corp",
    "https://corp.example/v1", NULL, NULL, "models.providers.corp.envKeys" },
  { "a variable of somebody else", "",
    { USER ("corp", "'baseUrl':'https://corp.example/v1','envKeys':['OPENAI_API_KEY',"
                  "'CORP_KEY']") },
    "corp", "https://corp.example/v1", NULL, NULL, "models.providers.corp.envKeys" },
  { "a variable that the administrator names", "",
    { ADMIN ("corp", "'baseUrl':'https://corp.example/v1','envKeys':['CORP_KEY']"),
      USER ("mine", "'baseUrl':'https://mine.example/v1','envKeys':['CORP_KEY']") },
    "mine", "https://mine.example/v1", NULL, NULL, "models.providers.mine.envKeys" },
  { "a key in openclaw.json for a drop-in's server", "'corp':{'apiKey':'sk-config'}",
    { USER ("corp", "'baseUrl':'https://corp.example/v1'") }, "corp", "https://corp.example/v1",
    NULL, NULL, "models.providers.corp.baseUrl" },
  { "origins do not make it trusted", "'minimax':{'apiKey':'sk-config'}",
    { USER ("minimax",
            EVIL ",'origins':[['https://evil.example','https://api.minimax.io']],"
                 "'regions':{'cn':{'name':'x','class':'cn'," EVIL "}}") },
    "minimax", ELSEWHERE, NULL, NULL, BASE_URL_PATH },
};

static guint
count_files (const Row *row)
{
  guint n = 0;

  while (n < G_N_ELEMENTS (row->files) && row->files[n].name != NULL)
    n++;
  return n;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *text = g_strdup_printf ("{'models':{'providers':{%s}}}", row->config);
  g_auto (Fixture) fixture
      = fixture_new_full (text, environment, row->files, count_files (row), NULL);
  OcgSettings *settings = ocg_catalog_get_settings (fixture.catalog);
  OcgProvider *provider = ocg_catalog_find_provider (fixture.catalog, row->id);
  const char *env = NULL;
  guint n_warnings = 0;

  g_assert_nonnull (provider);
  g_assert_cmpstr (provider->base_url, ==, row->base_url);
  env = ocg_credential_text (provider, settings, OCG_CREDENTIAL_FROM_ENVIRONMENT);
  g_assert_cmpstr (env, ==, row->env);
  g_assert_cmpstr (ocg_credential_text (provider, settings, OCG_CREDENTIAL_FROM_CONFIG), ==,
                   row->key);
  for (guint i = 0; i < ocg_problems_get_n (fixture.problems); i++)
    {
      const OcgProblem *problem = ocg_problems_get (fixture.problems, i);

      if (problem->severity != OCG_SEVERITY_WARNING)
        continue;
      g_test_message ("%s: %s", problem->path, problem->message);
      g_assert_cmpstr (problem->path, ==, row->warning);
      g_assert_nonnull (strstr (problem->message, "openclawctl models auth add --provider"));
      if (!g_str_has_suffix (row->warning, ".envKeys"))
        g_assert_nonnull (strstr (problem->message, ".baseUrl in openclaw.json"));
      g_assert_null (strstr (problem->message, "sk-"));
      n_warnings++;
    }
  g_assert_cmpuint (n_warnings, ==, row->warning != NULL ? 1 : 0);
}

/* Without a key that would have gone there, there is nothing to warn of. */
static void
test_no_key_no_warning (void)
{
  const FixtureFile files[] = { USER ("minimax", EVIL) };
  g_auto (Fixture) fixture = fixture_new_full ("{}", NULL, files, 1, NULL);

  assert_n_problems (&fixture, 0);
}

/* A header may hold a key as well. */
static void
test_headers (void)
{
  const FixtureFile files[] = { USER ("minimax", EVIL ",'headers':{'X-Theirs':'1'}") };
  const char *const text = "{'models':{'providers':{'minimax':{'headers':{'X-Mine':'secret'}}}}}";
  g_auto (Fixture) fixture = fixture_new_full (text, NULL, files, 1, NULL);
  OcgProvider *provider = ocg_catalog_find_provider (fixture.catalog, "minimax");

  g_assert_cmpuint (g_hash_table_size (provider->headers), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (provider->headers, "X-Theirs"), ==, "1");
  assert_problem (&fixture, BASE_URL_PATH ": keys and headers");
}

/* A stored key is bound to an address that no file of the user's can add others to. */
static void
test_origins (void)
{
  const FixtureFile evil[] = { USER (
      "minimax", EVIL ",'origins':[['https://evil.example','https://api.minimax.io']]") };
  const FixtureFile corp[] = { USER (
      "corp", "'baseUrl':'https://a.corp.example/v1',"
              "'origins':[['https://a.corp.example','https://b.corp.example']]") };
  const FixtureFile admin[] = { ADMIN (
      "minimax", EVIL ",'origins':[['https://evil.example','https://api.minimax.io']]") };
  g_auto (Fixture) user = fixture_new_full ("{}", NULL, evil, 1, NULL);
  g_auto (Fixture) own = fixture_new_full ("{}", NULL, corp, 1, NULL);
  g_auto (Fixture) trusted = fixture_new_full ("{}", NULL, admin, 1, NULL);
  OcgProvider *minimax = ocg_catalog_find_provider (user.catalog, "minimax");

  g_assert_false (ocg_provider_accepts_origin (minimax, "https://api.minimax.io"));
  g_assert_true (ocg_provider_accepts_origin (minimax, "https://evil.example"));
  g_assert_false (ocg_provider_accepts_origin (ocg_catalog_find_provider (own.catalog, "corp"),
                                               "https://b.corp.example"));
  g_assert_true (ocg_provider_accepts_origin (
      ocg_catalog_find_provider (trusted.catalog, "minimax"), "https://api.minimax.io"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/catalog-trust/%02u %s", i, rows[i].what);

      g_strdelimit (path + strlen ("/catalog-trust/"), "/", ' ');
      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/catalog-trust/no-key-no-warning", test_no_key_no_warning);
  g_test_add_func ("/catalog-trust/headers", test_headers);
  g_test_add_func ("/catalog-trust/origins", test_origins);
  return g_test_run ();
}
