/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Drop-ins and models.json beneath openclaw.json. */

#include <string.h>

#include "catalog-fixture.h"
#include "config-fixture.h"

/* Borrowed; NULL when there is none. */
static OcgModel *
find (Fixture *fixture, const char *ref)
{
  GPtrArray *models = ocg_catalog_get_models (fixture->catalog);

  for (guint i = 0; i < models->len; i++)
    if (g_str_equal (((OcgModel *) models->pdata[i])->ref, ref))
      return models->pdata[i];
  return NULL;
}

static void
test_field_by_field (void)
{
  const FixtureFile files[] = {
    { OCG_LAYER_INSTALLED, "minimax.json",
      "{'name':'A','timeoutSeconds':1,'models':[{'id':'MiniMax-M2.1','contextWindow':1001}]}" },
    { OCG_LAYER_ADMIN, "minimax.json",
      "{'name':'B','headers':{'X-A':'1','X-B':'1'},'models':[{'id':'MiniMax-M2.1',"
      "'maxTokens':1002,'compat':{'a':true,'b':true}}]}" },
    { OCG_LAYER_USER, "minimax.json",
      "{'timeoutSeconds':3,'models':[{'id':'MiniMax-M2.1','name':'User','alias':'mm',"
      "'cost':{'input':9,'tiers':[{'above':5,'input':1,'output':2,'cacheRead':0,'cacheWrite':0}]}},"
      "{'id':'Extra'}]}" },
    { OCG_LAYER_MODELS_JSON, "models.json",
      "{'providers':{'minimax':{'models':[{'id':'MiniMax-M2.1','reasoning':false}]}}}" },
  };
  g_auto (Fixture) fixture = fixture_new_full (
      "{'models':{'providers':{'minimax':{'headers':{'x-b':'2'},'models':["
      "{'id':'MiniMax-M2.1','compat':{'b':false}}]}}}}",
      NULL, files, G_N_ELEMENTS (files), NULL);
  OcgModel *model = find (&fixture, "minimax/MiniMax-M2.1");
  OcgProvider *provider = model->provider;

  assert_n_problems (&fixture, 0);
  g_assert_cmpstr (provider->name, ==, "B");
  g_assert_cmpuint (provider->timeout_seconds, ==, 3);
  g_assert_cmpuint (g_hash_table_size (provider->headers), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (provider->headers, "x-b"), ==, "2");
  g_assert_cmpstr (model->name, ==, "User");
  g_assert_cmpstr (model->alias, ==, "mm");
  g_assert_cmpuint (model->context_window, ==, 1001);
  g_assert_cmpuint (model->max_tokens, ==, 1002);
  g_assert_false (model->reasoning);
  assert_prices (model, 9, 1.2, 0.03, 0.375);
  g_assert_cmpuint (model->prices.tiers->len, ==, 1);
  g_assert_true (json_object_get_boolean_member (model->compat, "a"));
  g_assert_false (json_object_get_boolean_member (model->compat, "b"));
  g_assert_nonnull (find (&fixture, "minimax/Extra"));
  g_assert_true (provider == ocg_catalog_find_provider (fixture.catalog, "minimax"));
}

/* models.json and openclaw.json have OpenClaw's fields only. */
static void
test_own_fields (void)
{
  const FixtureFile files[] = {
    { OCG_LAYER_MODELS_JSON, "models.json",
      "{'providers':{'minimax':{'name':'no','envKeys':['NO'],'needsKey':false,'family':'openai',"
      "'aliases':['no'],'login':{'clientId':'no'},"
      "'models':[{'id':'MiniMax-M2','alias':'no','deprecated':false,"
      "'cost':{'input':1,'tiers':[{'above':5,'input':1}]}}]}}}" },
    { OCG_LAYER_USER, "corp.json",
      "{'name':'Corp','baseUrl':'http://10.0.0.1/v1','needsKey':false,"
      "'family':'minimax','class':'local','aliases':['Firm'],'keysUrl':'https://corp.example/k'}" },
  };
  g_auto (Fixture) fixture = fixture_new_full ("{}", NULL, files, G_N_ELEMENTS (files), NULL);
  OcgProvider *minimax = ocg_catalog_find_provider (fixture.catalog, "minimax");
  OcgProvider *corp = ocg_catalog_find_provider (fixture.catalog, "FIRM");
  JsonObject *login = NULL;

  assert_n_problems (&fixture, 0);
  g_assert_cmpstr (minimax->name, ==, "MiniMax");
  g_assert_cmpstr (minimax->family, ==, "minimax");
  g_assert_true (minimax->needs_key);
  g_assert_null (minimax->login);
  g_assert_null (find (&fixture, "minimax/MiniMax-M2")->alias);
  g_assert_null (find (&fixture, "minimax/MiniMax-M2")->prices.tiers);
  g_assert_cmpstr (corp->id, ==, "corp");
  g_assert_cmpstr (corp->name, ==, "Corp");
  g_assert_cmpstr (corp->family, ==, "minimax");
  g_assert_cmpstr (corp->class, ==, "local");
  g_assert_cmpstr (corp->keys_url, ==, "https://corp.example/k");
  g_assert_false (corp->needs_key);
  g_assert_false (corp->in_config);
  assert_resolves (&fixture, "firm/any", "corp/any", FALSE);
  login = json_node_get_object (
      ocg_catalog_find_provider (fixture.catalog, "minimax-portal")->login);
  g_assert_true (json_object_has_member (login, "clientId"));
}

/* A test or a private deployment leads one endpoint elsewhere; the rest stays. */
static void
test_login_endpoints (void)
{
  const FixtureFile files[] = {
    { OCG_LAYER_USER, "minimax-portal.json",
      "{'login':{'regions':{'global':{'tokenUrl':'http://127.0.0.1:1/token'}}},"
      "'quota':{'regions':{'global':{'planUrls':['http://127.0.0.1:1/q']}}}}" },
  };
  g_auto (Fixture) fixture = fixture_new_full ("{}", NULL, files, 1, NULL);
  OcgProvider *portal = ocg_catalog_find_provider (fixture.catalog, "minimax-portal");
  JsonObject *login = json_node_get_object (portal->login);
  JsonObject *regions = json_object_get_object_member (login, "regions");
  JsonObject *global = json_object_get_object_member (regions, "global");
  JsonObject *quota = json_object_get_object_member (
      json_object_get_object_member (json_node_get_object (portal->quota), "regions"), "global");

  g_assert_cmpstr (json_object_get_string_member (global, "tokenUrl"), ==,
                   "http://127.0.0.1:1/token");
  g_assert_cmpstr (json_object_get_string_member (global, "codeUrl"), ==,
                   "https://account.minimax.io/oauth2/device/code");
  g_assert_true (json_object_has_member (regions, "cn"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (quota, "planUrls")), ==,
                    1);
}

/* Nobody's alias takes the name of a provider that there is. */
static void
test_aliases (void)
{
  const FixtureFile files[] = {
    { OCG_LAYER_USER, "thief.json",
      "{'baseUrl':'https://t.example','aliases':['openai','z.ai','other','mine']}" },
    { OCG_LAYER_USER, "other.json", "{'baseUrl':'https://o.example'}" },
  };
  g_auto (Fixture) fixture = fixture_new_full (
      "{'models':{'providers':{'moonshotai':{'timeoutSeconds':7}}}}", NULL, files, 2, NULL);
  static const struct
  {
    const char *name, *id;
  } rows[] = {
    { "openai", "openai" },       { "Z.AI", "zai" },           { "other", "other" },
    { "mine", "thief" },          { "MoonshotAI", "moonshot" }, { "moonshot", "moonshot" },
    { "kimi-code", "kimi-coding" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      OcgProvider *provider = ocg_catalog_find_provider (fixture.catalog, rows[i].name);

      g_assert_nonnull (provider);
      g_assert_cmpstr (provider->id, ==, rows[i].id);
    }
  g_assert_cmpuint (ocg_catalog_find_provider (fixture.catalog, "moonshot")->timeout_seconds, ==,
                    7);
}

static void
test_replace (void)
{
  const FixtureFile files[] = {
    { OCG_LAYER_ADMIN, "corp.json", "{'baseUrl':'https://corp.example/v1'}" },
    { OCG_LAYER_MODELS_JSON, "models.json",
      "{'providers':{'minimax':{'baseUrl':'https://stale.example','models':[{'id':'stale'}]}}}" },
  };
  g_auto (Fixture) fixture = fixture_new_full (
      "{'models':{'mode':'replace','providers':{'minimax':{'baseUrl':'https://p.example/anthropic',"
      "'models':[{'id':'only'}]}}}}",
      NULL, files, 2, NULL);

  assert_n_problems (&fixture, 0);
  g_assert_cmpuint (ocg_catalog_get_providers (fixture.catalog)->len, ==, 1);
  g_assert_cmpuint (ocg_catalog_get_models (fixture.catalog)->len, ==, 1);
  g_assert_cmpstr (find (&fixture, "minimax/only")->provider->base_url, ==,
                   "https://p.example/anthropic");
  fixture.credential = "corp";
  assert_fails (&fixture, "corp/x", OCG_ERROR_UNKNOWN_MODEL, "Unknown model: corp/x");
}

/* Wrong fields say where they are; what decides where a key goes takes the provider with it. */
static void
test_problems (void)
{
  const FixtureFile files[] = {
    { OCG_LAYER_USER, "Corp.json",
      "{'baseUrl':'https://corp.example/v1','timeoutSeconds':'x','class':'globl','envKeys':7,"
      "'needsKey':1,'origins':['https://a'],'regions':[],'login':3,'models':[{'id':'ok'},"
      "{'id':'no','contextWindow':0,'maxTokens':'x','input':['text','imag']},"
      "{'id':'steps','cost':{'input':1,'tiers':[{'above':9,'input':1,'output':1,"
      "'cacheRead':0,'cacheWrite':0},{'above':5,'input':1,'cacheRead':0,'cacheWrite':0}]}}]}" },
    { OCG_LAYER_MODELS_JSON, "models.json",
      "{'providers':{'openai':{'api':'openai-response'},'anthropic':{'auth':'api_key'},"
      "'minimax':{'apiKey':5},'nowhere':{'models':[]}}}" },
  };
  g_auto (Fixture) fixture = fixture_new_full ("{}", NULL, files, 2, NULL);
  OcgProvider *corp = ocg_catalog_find_provider (fixture.catalog, "corp");
  const OcgProblem *problem = NULL;
  const char *const wanted[] = {
    "models.providers.Corp.timeoutSeconds: this must be a whole number",
    "models.providers.Corp.class: this must be one of: local, cn, global",
    "models.providers.Corp.envKeys: ",
    "models.providers.Corp.needsKey: ",
    "models.providers.Corp.origins[0]: ",
    "models.providers.Corp.regions: ",
    "models.providers.Corp.login: ",
    "models.providers.Corp.models[1].contextWindow: ",
    "models.providers.Corp.models[1].maxTokens: ",
    "models.providers.Corp.models[1].input[1]: this must be one of: text, image",
    "models.providers.Corp.models[2].cost.tiers[1].above: ",
    "models.providers.Corp.models[2].cost.tiers[1].output: this is missing",
    ("models.providers.openai.api: this must be one of: anthropic-messages, openai-completions, "
     "openai-responses"),
    "models.providers.anthropic.auth: this must be one of: api-key, oauth, token",
    "models.providers.minimax.apiKey: ",
    "models.providers.nowhere.baseUrl: “baseUrl” is missing",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      problem = assert_problem (&fixture, wanted[i]);
      g_assert_cmpint (problem->severity, ==, OCG_SEVERITY_ERROR);
      g_assert_cmpstr (problem->file, ==,
                       strstr (wanted[i], "Corp") != NULL ? "/nowhere/Corp.json"
                                                          : "/nowhere/models.json");
    }
  assert_n_problems (&fixture, G_N_ELEMENTS (wanted));
  g_assert_cmpstr (assert_problem (&fixture, wanted[1])->suggestion, ==, "global");
  g_assert_cmpstr (assert_problem (&fixture, wanted[9])->suggestion, ==, "image");
  g_assert_cmpstr (assert_problem (&fixture, wanted[12])->suggestion, ==, "openai-responses");
  g_assert_cmpstr (assert_problem (&fixture, wanted[13])->suggestion, ==, "api-key");
  g_assert_nonnull (corp);
  g_assert_nonnull (find (&fixture, "corp/ok"));
  g_assert_null (find (&fixture, "corp/no"));
  g_assert_null (ocg_catalog_find_provider (fixture.catalog, "openai"));
  g_assert_null (ocg_catalog_find_provider (fixture.catalog, "anthropic"));
  g_assert_null (ocg_catalog_find_provider (fixture.catalog, "nowhere"));
  g_assert_nonnull (ocg_catalog_find_provider (fixture.catalog, "minimax"));
}

/* A server in another place than the data say is of another class. */
static void
test_class (void)
{
  g_auto (Fixture) fixture = fixture_new (
      "{'models':{'providers':{'minimax':{'baseUrl':'https://api.minimaxi.com/anthropic'},"
      "'deepseek':{'baseUrl':'https://us.example/v1'},'zai':{'baseUrl':'http://127.0.0.1:9/v1'},"
      "'a':{'baseUrl':'https://api.firm.cn:8443/v1'},'b':{'baseUrl':'https://firm.example'}}}}");
  static const struct
  {
    const char *id, *class;
  } rows[] = {
    { "minimax", "cn" }, { "deepseek", "global" }, { "zai", "local" }, { "a", "cn" },
    { "b", "global" },   { "moonshot", "global" }, { "lmstudio", "local" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (ocg_catalog_find_provider (fixture.catalog, rows[i].id)->class, ==,
                     rows[i].class);
}

/* What desktop.json says of a provider is said of any server in its place. */
static void
test_desktop (void)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  const ConfigFixtureTexts texts = {
    .config = "{models: {providers: {proxy: {baseUrl: 'https://p.example/v1'}}}}",
    .desktop = "{providers: {proxy: {family: 'minimax', class: 'cn'},"
               " openai: {family: 'minimax', class: 'cn'}}}",
  };
  const char *const environment[] = { NULL };
  const char *const ids[] = { "proxy", "openai", NULL };
  g_autoptr (OcgConfigFiles) files = config_fixture_files_of (&texts);
  const OcgSettingsSources sources = { files, environment, NULL };
  g_autoptr (OcgSettings) settings = ocg_settings_new (&sources, problems);
  g_autoptr (OcgCatalog) catalog = NULL;

  catalog = ocg_catalog_new (settings, NULL, problems);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      OcgProvider *provider = ocg_catalog_find_provider (catalog, ids[i]);

      g_assert_cmpstr (provider->family, ==, "minimax");
      g_assert_cmpstr (provider->class, ==, "cn");
    }
  g_assert_false (ocg_catalog_find_provider (catalog, "openai")->in_config);
  g_assert_cmpuint (ocg_problems_get_n (problems), ==, 0);
}

/* Ten thousand of everything: what is not linear takes minutes. */
static void
test_many (void)
{
  const guint n = 10000;
  const char *const environment[] = { NULL };
  g_autoptr (GString) text = g_string_new ("{\"models\":{\"providers\":{\"big\":{\"baseUrl\":"
                                           "\"http://127.0.0.1:1/v1\",\"models\":[");
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgSettings) settings = NULL;
  g_autoptr (OcgCatalog) catalog = NULL;
  g_autoptr (OcgModel) first = NULL;
  g_autoptr (GPtrArray) fallbacks = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "{\"id\":\"m%u\"},", i);
  g_string_append (text, "]}}},\"agents\":{\"defaults\":{\"models\":{");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "\"big/m%u\":{\"alias\":\"alias%u\"},", i, i);
  g_string_append (text, "},\"model\":{\"fallbacks\":[");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "\"alias%u\",", i);
  g_string_append (text, "]}}}}");
  settings = config_fixture_settings (text->str, environment, problems);
  catalog = ocg_catalog_new (settings, NULL, problems);
  first = ocg_catalog_resolve (catalog, "alias0", NULL, NULL, NULL);
  fallbacks = ocg_catalog_get_fallbacks (catalog, first, NULL, NULL);
  g_assert_cmpuint (fallbacks->len, ==, n - 1);
  for (guint i = 0; i < fallbacks->len; i++)
    {
      g_assert_true (ocg_catalog_is_allowed (catalog, fallbacks->pdata[i]));
      g_assert_cmpint (ocg_catalog_get_fallback_rank (catalog, fallbacks->pdata[i]), ==,
                       (int) i + 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalog-layers/field-by-field", test_field_by_field);
  g_test_add_func ("/catalog-layers/own-fields", test_own_fields);
  g_test_add_func ("/catalog-layers/login-endpoints", test_login_endpoints);
  g_test_add_func ("/catalog-layers/aliases", test_aliases);
  g_test_add_func ("/catalog-layers/replace", test_replace);
  g_test_add_func ("/catalog-layers/problems", test_problems);
  g_test_add_func ("/catalog-layers/class", test_class);
  g_test_add_func ("/catalog-layers/desktop", test_desktop);
  g_test_add_func ("/catalog-layers/many", test_many);
  return g_test_run ();
}
