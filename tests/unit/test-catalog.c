/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The settings upon the built-in data. */

#include "catalog-fixture.h"

static void
test_order (void)
{
  g_auto (Fixture) fixture = fixture_new (
      "{'models':{'providers':{'minimax':{'models':[{'id':'MiniMax-New'},{'id':'MiniMax-M2'}]},"
      "'aaa':{'baseUrl':'http://localhost:1','models':[{'id':'z'},{'id':'b'}]}}}}");
  GPtrArray *models = ocg_catalog_get_models (fixture.catalog);
  const char *last = "";
  g_autoptr (GString) minimax = g_string_new (NULL);

  for (guint i = 0; i < models->len; i++)
    {
      OcgModel *model = g_ptr_array_index (models, i);

      g_assert_cmpstr (last, <=, model->provider->id);
      last = model->provider->id;
      if (g_str_equal (last, "minimax") || g_str_equal (last, "aaa"))
        g_string_append_printf (minimax, "%s ", model->id);
    }
  g_assert_cmpstr (minimax->str, ==,
                   "z b MiniMax-M3.1-Flash MiniMax-M3 MiniMax-M2.7 MiniMax-M2.7-highspeed "
                   "MiniMax-M2.5 MiniMax-M2.5-highspeed MiniMax-M2.5-lightning MiniMax-M2.1 "
                   "MiniMax-M2.1-highspeed MiniMax-M2.1-lightning MiniMax-M2 MiniMax-New ");
}

static void
test_merge_model (void)
{
  g_auto (Fixture) fixture = fixture_new (
      "{'models':{'providers':{'minimax':{'models':["
      "{'id':'MiniMax-M2.1','contextWindow':100000},"
      "{'id':'MiniMax-M3.1-Flash','compat':{'supportsStore':true},'cost':{'input':7},"
      "'headers':{'X-A':'1'}},"
      "{'id':'gpt-6-sol','contextTokens':1000}]}}}}");
  g_autoptr (OcgModel) m21 = resolve (&fixture, "minimax/MiniMax-M2.1");
  g_autoptr (OcgModel) flash = resolve (&fixture, "minimax/MiniMax-M3.1-Flash");
  g_autoptr (OcgModel) limited = resolve (&fixture, "minimax/gpt-6-sol");
  g_autoptr (OcgModel) untouched = resolve (&fixture, "minimax/MiniMax-M2.7");

  g_assert_cmpuint (m21->context_window, ==, 100000);
  g_assert_cmpuint (m21->max_tokens, ==, 131072);
  g_assert_cmpstr (m21->name, ==, "MiniMax M2.1");
  g_assert_true (m21->reasoning);
  assert_prices (m21, 0.3, 1.2, 0.03, 0.375);
  assert_prices (flash, 7, 0.6, 0.015, 0);
  g_assert_true (flash->takes_images);
  g_assert_true (json_object_get_boolean_member (flash->compat, "supportsStore"));
  g_assert_true (json_object_get_boolean_member (flash->compat, "forceAdaptiveThinking"));
  g_assert_cmpstr (g_hash_table_lookup (flash->headers, "X-A"), ==, "1");
  g_assert_cmpuint (limited->context_window, ==, 1000);
  g_assert_cmpuint (limited->max_tokens, ==, 8192);
  g_assert_false (limited->reasoning);
  assert_prices (limited, -1, -1, -1, -1);
  g_assert_true (untouched->provider->in_config);
  assert_n_problems (&fixture, 0);
}

static void
test_merge_provider (void)
{
  g_auto (Fixture) fixture
      = fixture_new ("{'models':{'providers':{'MiniMax':{'baseUrl':'https://api.minimaxi.com/v1/',"
                     "'api':'openai-completions','apiKey':'sk-x','timeoutSeconds':30}}}}");
  OcgProvider *provider = ocg_catalog_find_provider (fixture.catalog, "MINIMAX");
  g_autoptr (OcgModel) model = resolve (&fixture, "MiniMax/MiniMax-M2.1");

  g_assert_nonnull (provider);
  g_assert_true (provider->in_config);
  g_assert_cmpstr (provider->id, ==, "minimax");
  g_assert_cmpstr (provider->name, ==, "MiniMax");
  g_assert_cmpstr (provider->base_url, ==, "https://api.minimaxi.com/v1");
  g_assert_cmpstr (provider->origin, ==, "https://api.minimaxi.com:443");
  g_assert_cmpstr (provider->api_key, ==, "sk-x");
  g_assert_cmpuint (provider->timeout_seconds, ==, 30);
  g_assert_cmpstr (provider->env_keys[0], ==, "MINIMAX_CODE_PLAN_KEY");
  g_assert_cmpstr (ocg_provider_get_env_key (provider), ==, "MINIMAX_API_KEY");
  g_assert_cmpstr (model->ref, ==, "minimax/MiniMax-M2.1");
  g_assert_cmpstr (model->api, ==, "openai-completions");
  g_assert_true (model->provider == provider);
  assert_n_problems (&fixture, 1);
  assert_problem (&fixture, "models.providers.MiniMax.baseUrl: a base URL has no ");
}

static void
test_pasted_endpoint (void)
{
  g_auto (Fixture) fixture = fixture_new (
      "{'models':{'providers':{"
      "'minimax':{'baseUrl':'https://api.minimax.io/v1/chat/completions'},"
      "'claude':{'baseUrl':'https://claude.example/v1/messages'},"
      "'plain':{'baseUrl':'https://plain.example/v1'},"
      "'kimi':{'baseUrl':'https://kimi.example/anthropic'},"
      "'said':{'baseUrl':'https://said.example/v1/responses','api':'openai-completions'}}}}");
  static const struct
  {
    const char *id, *base_url, *api;
  } rows[] = {
    { "minimax", "https://api.minimax.io/v1", "openai-completions" },
    { "claude", "https://claude.example", "anthropic-messages" },
    { "plain", "https://plain.example/v1", "openai-completions" },
    { "kimi", "https://kimi.example/anthropic", "anthropic-messages" },
    { "said", "https://said.example/v1", "openai-completions" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      OcgProvider *provider = ocg_catalog_find_provider (fixture.catalog, rows[i].id);

      g_assert_cmpstr (provider->base_url, ==, rows[i].base_url);
      g_assert_cmpstr (provider->api, ==, rows[i].api);
    }
  assert_n_problems (&fixture, 3);
}

static void
test_replace (void)
{
  g_auto (Fixture) fixture
      = fixture_new ("{'models':{'mode':'replace','providers':{"
                     "'minimax':{'baseUrl':'https://proxy.example/anthropic',"
                     "'models':[{'id':'MiniMax-M2.1','reasoning':true}]},"
                     "'openai':{},"
                     "'lmstudio':{'baseUrl':'http://127.0.0.1:1234/v1'}}},"
                     "'agents':{'defaults':{'model':'minimax/MiniMax-M2.1'}}}");
  g_autoptr (OcgModel) model = resolve (&fixture, "minimax/MiniMax-M2.1");
  OcgProvider *lmstudio = ocg_catalog_find_provider (fixture.catalog, "lmstudio");

  g_assert_cmpuint (ocg_catalog_get_models (fixture.catalog)->len, ==, 1);
  g_assert_cmpuint (ocg_catalog_get_providers (fixture.catalog)->len, ==, 2);
  g_assert_cmpuint (model->context_window, ==, 200000);
  g_assert_cmpuint (model->max_tokens, ==, 8192);
  assert_prices (model, -1, -1, -1, -1);
  g_assert_cmpstr (model->provider->family, ==, "minimax");
  g_assert_cmpstr (model->provider->env_keys[0], ==, "MINIMAX_CODE_PLAN_KEY");
  g_assert_cmpint (model->provider->auth_header, ==, OCG_AUTH_BEARER);
  g_assert_cmpstr (lmstudio->api, ==, "openai-completions");
  g_assert_false (lmstudio->needs_key);
  g_assert_true (model->provider->needs_key);
  assert_problem (&fixture, "models.providers.openai.baseUrl: ");
  fixture.credential = "anthropic";
  assert_fails (&fixture, "anthropic/claude-opus-4-6", OCG_ERROR_UNKNOWN_MODEL,
                "Unknown model: anthropic/claude-opus-4-6|models.mode|models.providers.anthropic");
}

static void
test_bad_entries (void)
{
  g_auto (Fixture) fixture = fixture_new_raw (
      "{'nobase':{'models':[{'id':'x'}]},"
      "'openai':{'baseUrl':42},"
      "'a':5,'b/c':{},'with space':{},"
      "'kept':{'baseUrl':'https://kept.example/v1','api':'google-generative-ai','models':["
      "{'id':'good'},7,{'name':'no id'},{'id':''},{'id':3},{'id':'a b'},"
      "{'id':'n','contextWindow':-1},{'id':'f','maxTokens':1.5},{'id':'c','cost':{'input':-2}},"
      "{'id':'i','input':'text'},{'id':'good'},{'id':'good2','unknownField':[1]}]},"
      "'Kept':{'baseUrl':'https://other.example/v1'},"
      "'nolist':{'baseUrl':'https://n.example','models':{}},"
      "'split':{'baseUrl':'https://n.example','headers':{'X':'a\\r\\nY: b'}},"
      "'empty':{'baseUrl':'https://n.example','api':''},"
      "'variable':{'baseUrl':'https://${HOST}/v1'}}");
  OcgProvider *kept = ocg_catalog_find_provider (fixture.catalog, "kept");
  guint n_kept = 0;
  const char *const problems[] = {
    "models.providers.nobase.baseUrl: ",
    "models.providers.openai.baseUrl: ",
    "models.providers.a: ",
    "models.providers[\"b/c\"]: ",
    "models.providers[\"with space\"]: ",
    "models.providers.kept.models[1]: ",
    "models.providers.kept.models[2].id: ",
    "models.providers.kept.models[3].id: ",
    "models.providers.kept.models[4].id: ",
    "models.providers.kept.models[5].id: ",
    "models.providers.kept.models[6].contextWindow: ",
    "models.providers.kept.models[7].maxTokens: ",
    "models.providers.kept.models[8].cost.input: ",
    "models.providers.kept.models[9].input: ",
    "models.providers.kept.models[10]: ",
    "models.providers.Kept: ",
    "models.providers.nolist.models: ",
    "models.providers.split.headers.X: ",
    "models.providers.kept.api: google-generative-ai is not supported",
    "models.providers.empty.api: ",
    "models.providers.variable.baseUrl: the environment variable “HOST” is not set",
  };

  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    assert_problem (&fixture, problems[i]);
  assert_n_problems (&fixture, G_N_ELEMENTS (problems));
  g_assert_cmpstr (kept->api, ==, "google-generative-ai");
  g_assert_cmpstr (kept->base_url, ==, "https://kept.example/v1");
  for (guint i = 0; i < ocg_catalog_get_models (fixture.catalog)->len; i++)
    {
      OcgModel *model = g_ptr_array_index (ocg_catalog_get_models (fixture.catalog), i);

      if (model->provider == kept)
        n_kept++;
    }
  g_assert_cmpuint (n_kept, ==, 2);
  /* A wrong entry never becomes the built-in one. */
  g_assert_null (ocg_catalog_find_provider (fixture.catalog, "openai"));
  fixture.credential = "openai";
  assert_fails (&fixture, "openai/gpt-5", OCG_ERROR_UNKNOWN_MODEL,
                "Unknown model: openai/gpt-5|models.providers.openai.baseUrl");
  assert_fails (&fixture, "nobase/x", OCG_ERROR_UNKNOWN_MODEL,
                "Unknown model: nobase/x|models.providers.nobase.baseUrl");
}

static void
test_api_key (void)
{
  g_auto (Fixture) fixture = fixture_new_raw (
      "{'one':{'baseUrl':'https://n.example','apiKey':'sk-1'},"
      "'two':{'baseUrl':'https://n.example','apiKey':'${NOT_SET}'},"
      "'three':{'baseUrl':'https://n.example','apiKey':''},"
      "'four':{'baseUrl':'https://n.example','headers':{'X-A':'${NOT_SET}','X-B':'b'}},"
      "'local':{'baseUrl':'http://localhost:1'},"
      "'proxy':{'baseUrl':'http://localhost:1','apiKey':'${NOT_SET}'},"
      "'lmstudio':{'apiKey':'lmstudio'},"
      "'minimax':{'baseUrl':'http://127.0.0.1:1'},"
      "'minimax-portal':{'apiKey':'minimax-oauth'}}");
  static const struct
  {
    const char *id, *api_key, *missing;
    gboolean needs_key;
  } rows[] = {
    { "one", "sk-1", NULL, TRUE },
    { "two", NULL, "NOT_SET", TRUE },
    { "three", NULL, NULL, TRUE },
    { "four", NULL, NULL, TRUE },
    { "local", NULL, NULL, FALSE },
    { "proxy", NULL, "NOT_SET", TRUE },
    { "lmstudio", "lmstudio", NULL, FALSE },
    { "minimax", NULL, NULL, TRUE },
    { "minimax-portal", NULL, NULL, TRUE },
  };
  OcgProvider *four = ocg_catalog_find_provider (fixture.catalog, "four");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      OcgProvider *provider = ocg_catalog_find_provider (fixture.catalog, rows[i].id);

      g_test_message ("%s", rows[i].id);
      g_assert_cmpstr (provider->api_key, ==, rows[i].api_key);
      g_assert_cmpstr (provider->missing_variable, ==, rows[i].missing);
      g_assert_cmpint (provider->needs_key, ==, rows[i].needs_key);
    }
  g_assert_cmpuint (g_hash_table_size (four->headers), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (four->headers, "X-B"), ==, "b");
}

static void
test_family_and_header (void)
{
  g_auto (Fixture) fixture = fixture_new_raw (
      "{'proxy':{'baseUrl':'https://p.example','api':'anthropic-messages'},"
      "'proxykey':{'baseUrl':'https://p.example','api':'anthropic-messages','authHeader':false},"
      "'chatkey':{'baseUrl':'https://p.example','api':'openai-completions','authHeader':false},"
      "'mine':{'baseUrl':'https://api.minimaxi.com/anthropic','authHeader':false},"
      "'minimax-cn':{'baseUrl':'https://p.example/anthropic'},"
      "'direct':{'baseUrl':'https://api.anthropic.com','api':'anthropic-messages'},"
      "'fake':{'baseUrl':'https://api.minimax.io.example/anthropic','family':'minimax'},"
      "'kimi-coding':{'baseUrl':'https://api.kimi.com/coding','api':'anthropic-messages'},"
      "'anthropic':{'authHeader':true},"
      "'minimax':{'baseUrl':'https://p.example','authHeader':false},"
      "'openai':{'baseUrl':'https://p.example/v1'}}");
  static const struct
  {
    const char *id, *family;
    OcgAuthHeader auth_header;
  } rows[] = {
    { "proxy", "", OCG_AUTH_BEARER },
    { "proxykey", "", OCG_AUTH_X_API_KEY },
    { "chatkey", "", OCG_AUTH_BEARER },
    { "mine", "minimax", OCG_AUTH_BEARER },
    { "minimax-cn", "minimax", OCG_AUTH_BEARER },
    { "direct", "anthropic", OCG_AUTH_X_API_KEY },
    { "kimi-coding", "", OCG_AUTH_X_API_KEY },
    { "fake", "", OCG_AUTH_BEARER },
    { "anthropic", "anthropic", OCG_AUTH_BEARER },
    { "minimax", "minimax", OCG_AUTH_BEARER },
    { "openai", "openai", OCG_AUTH_BEARER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      OcgProvider *provider = ocg_catalog_find_provider (fixture.catalog, rows[i].id);

      g_test_message ("%s", rows[i].id);
      g_assert_cmpstr (provider->family, ==, rows[i].family);
      g_assert_cmpint (provider->auth_header, ==, rows[i].auth_header);
    }
}

/* MiniMax in the place of Anthropic, as people set up other programs. */
static void
test_foreign_origin (void)
{
  g_auto (Fixture) fixture
      = fixture_new_raw ("{'anthropic':{'baseUrl':'https://api.minimax.io/anthropic'}}");
  OcgProvider *provider = ocg_catalog_find_provider (fixture.catalog, "anthropic");

  g_assert_cmpint (provider->auth_header, ==, OCG_AUTH_BEARER);
  g_assert_false (ocg_provider_accepts_origin (provider, "https://api.anthropic.com:443"));
}

static void
test_model_family (void)
{
  g_auto (Fixture) fixture
      = fixture_new ("{'models':{'providers':{'proxy':{'baseUrl':'https://p.example/v1'}}}}");
  static const struct
  {
    const char *ref, *family;
  } rows[] = {
    { "proxy/MiniMax-M2.1", "minimax" },    { "proxy/minimax/minimax-m3", "minimax" },
    { "lmstudio/minimax-m2.1-gs32", "minimax" }, { "proxy/minimaxi", "" },
    { "proxy/a/b/MiniMax-M2", "minimax" },  { "proxy/minimax-a/b", "" },
    { "proxy/not-minimax-m2", "" },         { "proxy/gpt-5", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgModel) model = resolve (&fixture, rows[i].ref);

      g_assert_cmpstr (ocg_model_get_family (model), ==, rows[i].family);
    }
}

static void
test_origins (void)
{
  g_auto (Fixture) plain = fixture_new ("{}");
  g_auto (Fixture) china = fixture_new_raw (
      "{'minimax-portal':{'baseUrl':'https://api.minimaxi.com/anthropic'},"
      "'minimax':{'baseUrl':'https://api.minimaxi.com/anthropic'}}");
  g_auto (Fixture) proxy = fixture_new_raw (
      "{'minimax-portal':{'baseUrl':'https://evil.example/anthropic',"
      "'origins':[['https://evil.example','https://api.minimax.io']]}}");
  OcgProvider *portal = ocg_catalog_find_provider (plain.catalog, "minimax-portal");
  OcgProvider *minimax = ocg_catalog_find_provider (plain.catalog, "minimax");
  OcgProvider *china_portal = ocg_catalog_find_provider (china.catalog, "minimax-portal");
  OcgProvider *china_minimax = ocg_catalog_find_provider (china.catalog, "minimax");
  OcgProvider *evil = ocg_catalog_find_provider (proxy.catalog, "minimax-portal");

  g_assert_cmpstr (portal->origins[0], ==, "https://api.minimax.io:443");
  g_assert_true (ocg_provider_accepts_origin (portal, "https://api.minimax.io:443"));
  g_assert_true (ocg_provider_accepts_origin (portal, "https://account.minimax.io:443"));
  g_assert_true (ocg_provider_accepts_origin (portal, "https://API.minimax.io"));
  g_assert_false (ocg_provider_accepts_origin (portal, "https://api.minimaxi.com:443"));
  g_assert_false (ocg_provider_accepts_origin (portal, "http://api.minimax.io:443"));
  g_assert_false (ocg_provider_accepts_origin (portal, "https://api.minimax.io:444"));
  g_assert_false (ocg_provider_accepts_origin (portal, ""));
  g_assert_false (ocg_provider_accepts_origin (portal, NULL));

  g_assert_true (ocg_provider_accepts_origin (minimax, "https://api.minimax.io:443"));
  g_assert_false (ocg_provider_accepts_origin (minimax, "https://api.minimaxi.com:443"));
  g_assert_false (ocg_provider_accepts_origin (minimax, "https://account.minimax.io:443"));

  g_assert_true (ocg_provider_accepts_origin (china_portal, "https://account.minimaxi.com:443"));
  g_assert_false (ocg_provider_accepts_origin (china_portal, "https://api.minimax.io:443"));
  g_assert_false (ocg_provider_accepts_origin (china_minimax, "https://api.minimax.io:443"));

  g_assert_true (ocg_provider_accepts_origin (evil, "https://evil.example:443"));
  g_assert_false (ocg_provider_accepts_origin (evil, "https://api.minimax.io:443"));
}

/* The local set-up of the MiniMax page. */
static void
test_local_page (void)
{
  g_auto (Fixture) fixture = fixture_new (
      "{'agents':{'defaults':{'model':{'primary':'lmstudio/minimax-m2.1-gs32'},"
      "'models':{'lmstudio/minimax-m2.1-gs32':{'alias':'Minimax'}}}},"
      "'models':{'mode':'merge','providers':{'lmstudio':{'baseUrl':'http://127.0.0.1:1234/v1',"
      "'apiKey':'lmstudio','api':'openai-responses','models':[{'id':'minimax-m2.1-gs32',"
      "'name':'MiniMax M2.1 GS32','reasoning':false,'input':['text'],"
      "'cost':{'input':0,'output':0,'cacheRead':0,'cacheWrite':0},"
      "'contextWindow':196608,'maxTokens':8192}]}}}}");
  g_autoptr (OcgModel) model = resolve (&fixture, "minimax");

  assert_n_problems (&fixture, 0);
  g_assert_cmpstr (model->ref, ==, "lmstudio/minimax-m2.1-gs32");
  g_assert_cmpstr (model->name, ==, "MiniMax M2.1 GS32");
  g_assert_cmpstr (model->api, ==, "openai-responses");
  g_assert_cmpuint (model->context_window, ==, 196608);
  g_assert_false (model->reasoning);
  assert_prices (model, 0, 0, 0, 0);
  g_assert_true (model->provider->local);
  g_assert_cmpstr (model->provider->api_key, ==, "lmstudio");
  g_assert_cmpstr (ocg_model_get_family (model), ==, "minimax");
  assert_resolves (&fixture, "", "lmstudio/minimax-m2.1-gs32", TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalog/order", test_order);
  g_test_add_func ("/catalog/merge-model", test_merge_model);
  g_test_add_func ("/catalog/merge-provider", test_merge_provider);
  g_test_add_func ("/catalog/pasted-endpoint", test_pasted_endpoint);
  g_test_add_func ("/catalog/replace", test_replace);
  g_test_add_func ("/catalog/bad-entries", test_bad_entries);
  g_test_add_func ("/catalog/api-key", test_api_key);
  g_test_add_func ("/catalog/family-and-header", test_family_and_header);
  g_test_add_func ("/catalog/foreign-origin", test_foreign_origin);
  g_test_add_func ("/catalog/model-family", test_model_family);
  g_test_add_func ("/catalog/origins", test_origins);
  g_test_add_func ("/catalog/local-page", test_local_page);
  return g_test_run ();
}
