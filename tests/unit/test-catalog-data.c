/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The data files of the providers. */

#include <gio/gio.h>

#include <string.h>

#include "catalog-fixture.h"
#include "catalog/ocg-built-in.h"

/* Every file on the disk is in the resource as it is, and read without a fault. What is in them is
 * checked by tests/data/check-providers.py. */
static void
test_data_files (void)
{
  g_autofree char *folder
      = g_test_build_filename (G_TEST_DIST, "..", "..", "data", "providers", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *file = NULL;
  guint n_files = 0;

  g_assert_no_error (error);
  while ((file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, file, NULL);
      g_autofree char *resource = g_strconcat ("/org/openclaw/Gateway/providers/", file, NULL);
      g_autoptr (GBytes) bytes
          = g_resources_lookup_data (resource, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_autofree char *id = g_strndup (file, strlen (file) - strlen (".json"));
      g_autofree char *text = NULL;
      g_autoptr (JsonNode) node = NULL;
      const OcgBuiltIn *built_in = ocg_built_in_find (id);
      gsize length = 0;

      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      g_assert_nonnull (bytes);
      g_assert_cmpmem (text, length, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      node = parse (text);
      g_assert_nonnull (built_in);
      g_assert_cmpuint (built_in->models->len, ==,
                        json_array_get_length (json_object_get_array_member (
                            json_node_get_object (node), "models")));
      n_files++;
    }
  g_assert_cmpuint (n_files, ==, ocg_built_in_get_all ()->len);
  g_assert_cmpuint (n_files, ==, 15);
}

static void
test_schema_fields (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "..", "..", "data", "providers.schema.json", NULL);
  const char *const ours[] = { "name", "aliases", "family", "class", "docs", "keysUrl", "envKeys",
                               "needsKey", "origins", "regions", "authChoices", "login",
                               "quota" };
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *properties = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  node = parse (text);
  properties = json_object_get_object_member (json_node_get_object (node), "properties");
  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    {
      JsonObject *field = json_object_get_object_member (properties, ours[i]);

      g_assert_true (
          g_str_has_prefix (json_object_get_string_member (field, "description"), "Ours."));
    }
}

/* Whatever OpenClaw's catalogues had in 2026 has a model here. */
static void
test_all_refs (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "catalog-refs.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) refs = NULL;
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (Fixture) fixture = fixture_new ("{}");
  GPtrArray *models = ocg_catalog_get_models (fixture.catalog);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (guint i = 0; i < models->len; i++)
    g_hash_table_add (known, ((OcgModel *) models->pdata[i])->ref);
  refs = g_strsplit (g_strstrip (text), "\n", -1);
  g_assert_cmpuint (g_strv_length (refs), >, 260);
  for (guint i = 0; refs[i] != NULL; i++)
    if (!g_hash_table_contains (known, refs[i]))
      g_error ("%s is missing", refs[i]);
}

static void
test_tiers (void)
{
  g_auto (Fixture) fixture = fixture_new ("{}");
  OcgModel *gpt = NULL;
  OcgModel *m3 = NULL;
  const OcgPriceTier *tier = NULL;
  GPtrArray *models = ocg_catalog_get_models (fixture.catalog);

  for (guint i = 0; i < models->len; i++)
    {
      OcgModel *model = models->pdata[i];

      if (g_str_equal (model->ref, "openai/gpt-6-sol"))
        gpt = model;
      if (g_str_equal (model->ref, "minimax/MiniMax-M3"))
        m3 = model;
    }
  tier = &g_array_index (gpt->prices.tiers, OcgPriceTier, 0);
  g_assert_cmpuint (gpt->context_window, ==, 272000);
  g_assert_cmpuint (tier->above, ==, 272000);
  g_assert_cmpfloat (tier->input, ==, 4);
  g_assert_cmpfloat (tier->output, ==, 15);
  g_assert_cmpfloat_with_epsilon (tier->cache_read, 0.4, 1e-9);
  g_assert_cmpfloat (tier->cache_write, ==, 5);
  tier = &g_array_index (m3->prices.tiers, OcgPriceTier, 0);
  g_assert_cmpuint (tier->above, ==, 512000);
  g_assert_cmpfloat_with_epsilon (tier->input, 0.6, 1e-9);
  g_assert_cmpfloat_with_epsilon (tier->cache_read, 0.12, 1e-9);
}

/* What logins and quotas are read from. */
static void
test_login (void)
{
  OcgProvider *portal = ocg_built_in_find ("minimax-portal")->provider;
  JsonObject *login = json_node_get_object (portal->login);
  JsonObject *regions = json_object_get_object_member (login, "regions");
  JsonObject *china = json_object_get_object_member (regions, "cn");
  JsonObject *quota = json_node_get_object (portal->quota);

  g_assert_cmpstr (json_object_get_string_member (login, "grantType"), ==,
                   "urn:ietf:params:oauth:grant-type:user_code");
  g_assert_cmpstr (json_object_get_string_member (china, "tokenUrl"), ==,
                   "https://account.minimaxi.com/oauth2/token");
  g_assert_true (json_object_has_member (quota, "regions"));
  g_assert_nonnull (portal->regions);
  g_assert_nonnull (portal->auth_choices);
}

static const struct
{
  const char *ref;
  guint64 context_window, max_tokens;
  gboolean images;
  double input, output, cache_read, cache_write;
} value_rows[] = {
  { "minimax/MiniMax-M2", 196608, 128000, FALSE, 0.3, 1.2, 0.03, 0.375 },
  { "minimax/MiniMax-M2.1", 204800, 131072, FALSE, 0.3, 1.2, 0.03, 0.375 },
  { "minimax/MiniMax-M2.1-lightning", 204800, 131072, FALSE, 0.3, 2.4, 0.03, 0.375 },
  { "minimax/MiniMax-M2.1-highspeed", 204800, 131072, FALSE, 0.6, 2.4, 0.03, 0.375 },
  { "minimax/MiniMax-M2.5", 204800, 131072, FALSE, 0.3, 1.2, 0.03, 0.375 },
  { "minimax/MiniMax-M2.5-lightning", 204800, 131072, FALSE, 0.3, 2.4, 0.03, 0.375 },
  { "minimax/MiniMax-M2.5-highspeed", 204800, 131072, FALSE, 0.6, 2.4, 0.03, 0.375 },
  { "minimax/MiniMax-M2.7", 204800, 131072, FALSE, 0.3, 1.2, 0.06, 0.375 },
  { "minimax/MiniMax-M2.7-highspeed", 204800, 131072, FALSE, 0.6, 2.4, 0.06, 0.375 },
  { "minimax/MiniMax-M3", 1000000, 524288, TRUE, 0.3, 1.2, 0.06, 0 },
  { "minimax/MiniMax-M3.1-Flash", 1000000, 524288, TRUE, 0.15, 0.6, 0.015, 0 },
  { "minimax-portal/MiniMax-M2.1", 204800, 131072, FALSE, 0, 0, 0, 0 },
  { "minimax-portal/MiniMax-M3.1-Flash", 1000000, 524288, TRUE, 0, 0, 0, 0 },
  { "anthropic/claude-opus-4-6", 1000000, 128000, TRUE, 5, 25, 0.5, 6.25 },
  { "anthropic/claude-opus-5-5", 1000000, 128000, TRUE, 4, 20, 0.2, 5 },
  { "anthropic/claude-haiku-4-5", 200000, 64000, TRUE, 1, 5, 0.1, 1.25 },
  { "anthropic/claude-opus-4-1", 200000, 32000, TRUE, 15, 75, 1.5, 18.75 },
  { "openai/gpt-6.1-sol", 272000, 128000, TRUE, 2, 10, 0.1, 2.5 },
  { "openai/gpt-5.2-codex", 400000, 128000, TRUE, 1.75, 14, 0.175, 0 },
  { "openai/o3-mini", 200000, 100000, FALSE, 1.1, 4.4, 0.55, 0 },
};

static void
test_built_in_values (void)
{
  g_auto (Fixture) fixture
      = fixture_new ("{'models':{'providers':{'minimax':{},'minimax-portal':{},'anthropic':{},"
                     "'openai':{}}}}");

  assert_n_problems (&fixture, 0);
  for (guint i = 0; i < G_N_ELEMENTS (value_rows); i++)
    {
      g_autoptr (OcgModel) model = resolve (&fixture, value_rows[i].ref);

      g_test_message ("%s", value_rows[i].ref);
      g_assert_true (model->listed);
      g_assert_true (model->reasoning);
      g_assert_cmpuint (model->context_window, ==, value_rows[i].context_window);
      g_assert_cmpuint (model->max_tokens, ==, value_rows[i].max_tokens);
      g_assert_cmpint (model->takes_images, ==, value_rows[i].images);
      assert_prices (model, value_rows[i].input, value_rows[i].output, value_rows[i].cache_read,
                     value_rows[i].cache_write);
    }
}

static void
test_built_in_compat (void)
{
  g_auto (Fixture) fixture
      = fixture_new ("{'models':{'providers':{'minimax':{},'anthropic':{},'openai':{}}}}");
  g_autoptr (OcgModel) flash = resolve (&fixture, "minimax/MiniMax-M3.1-Flash");
  g_autoptr (OcgModel) opus = resolve (&fixture, "anthropic/claude-opus-4-7");
  g_autoptr (OcgModel) gpt = resolve (&fixture, "openai/gpt-6-sol");
  g_autoptr (OcgModel) m2 = resolve (&fixture, "minimax/MiniMax-M2.1");

  g_assert_true (json_object_get_boolean_member (flash->compat, "forceAdaptiveThinking"));
  g_assert_true (json_object_get_boolean_member (opus->compat, "forceAdaptiveThinking"));
  g_assert_false (json_object_get_boolean_member (opus->compat, "supportsTemperature"));
  g_assert_true (json_object_get_boolean_member (gpt->compat, "supportsStrictMode"));
  g_assert_null (m2->compat);
}

static const struct
{
  const char *id, *base_url, *origin, *api, *family, *class, *env_key;
  OcgAuthHeader auth_header;
  gboolean needs_key, local;
} provider_rows[] = {
  { "anthropic", "https://api.anthropic.com", "https://api.anthropic.com:443",
    "anthropic-messages", "anthropic", "global", "ANTHROPIC_OAUTH_TOKEN", OCG_AUTH_X_API_KEY,
    TRUE, FALSE },
  { "deepseek", "https://api.deepseek.com", "https://api.deepseek.com:443",
    "openai-completions", "", "cn", "DEEPSEEK_API_KEY", OCG_AUTH_BEARER, TRUE, FALSE },
  { "google", "https://generativelanguage.googleapis.com/v1beta/openai",
    "https://generativelanguage.googleapis.com:443", "openai-completions", "", "global",
    "GEMINI_API_KEY", OCG_AUTH_BEARER, TRUE, FALSE },
  { "kimi-coding", "https://api.kimi.com/coding/v1", "https://api.kimi.com:443",
    "openai-completions", "", "global", "KIMI_API_KEY", OCG_AUTH_BEARER, TRUE, FALSE },
  { "lmstudio", "http://127.0.0.1:1234/v1", "http://127.0.0.1:1234", "openai-responses", "",
    "local", "LM_API_TOKEN", OCG_AUTH_BEARER, FALSE, TRUE },
  { "minimax", "https://api.minimax.io/anthropic", "https://api.minimax.io:443",
    "anthropic-messages", "minimax", "global", "MINIMAX_CODE_PLAN_KEY", OCG_AUTH_BEARER, TRUE,
    FALSE },
  { "minimax-cn", "https://api.minimaxi.com/anthropic", "https://api.minimaxi.com:443",
    "anthropic-messages", "minimax", "cn", "MINIMAX_CN_API_KEY", OCG_AUTH_BEARER, TRUE, FALSE },
  { "minimax-portal", "https://api.minimax.io/anthropic", "https://api.minimax.io:443",
    "anthropic-messages", "minimax", "global", "MINIMAX_OAUTH_TOKEN", OCG_AUTH_BEARER, TRUE,
    FALSE },
  { "moonshot", "https://api.moonshot.ai/v1", "https://api.moonshot.ai:443",
    "openai-completions", "", "global", "MOONSHOT_API_KEY", OCG_AUTH_BEARER, TRUE, FALSE },
  { "ollama", "http://127.0.0.1:11434/v1", "http://127.0.0.1:11434", "openai-completions", "",
    "local", "OLLAMA_API_KEY", OCG_AUTH_BEARER, FALSE, TRUE },
  { "openai", "https://api.openai.com/v1", "https://api.openai.com:443", "openai-responses",
    "openai", "global", "OPENAI_API_KEY", OCG_AUTH_BEARER, TRUE, FALSE },
  { "openrouter", "https://openrouter.ai/api/v1", "https://openrouter.ai:443",
    "openai-completions", "", "global", "OPENROUTER_API_KEY", OCG_AUTH_BEARER, TRUE, FALSE },
  { "qwen-portal", "https://portal.qwen.ai/v1", "https://portal.qwen.ai:443",
    "openai-completions", "", "global", "QWEN_OAUTH_TOKEN", OCG_AUTH_BEARER, TRUE, FALSE },
  { "zai", "https://api.z.ai/api/coding/paas/v4", "https://api.z.ai:443",
    "openai-completions", "", "global", "ZAI_API_KEY", OCG_AUTH_BEARER, TRUE, FALSE },
  { "zai-coding-cn", "https://open.bigmodel.cn/api/coding/paas/v4",
    "https://open.bigmodel.cn:443", "openai-completions", "", "cn", NULL, OCG_AUTH_BEARER, TRUE,
    FALSE },
};

static void
test_built_in_providers (void)
{
  g_auto (Fixture) fixture = fixture_new ("{}");
  GPtrArray *providers = ocg_catalog_get_providers (fixture.catalog);

  g_assert_cmpuint (providers->len, ==, G_N_ELEMENTS (provider_rows));
  for (guint i = 0; i < G_N_ELEMENTS (provider_rows); i++)
    {
      OcgProvider *provider = g_ptr_array_index (providers, i);

      g_assert_cmpstr (provider->id, ==, provider_rows[i].id);
      g_assert_cmpstr (provider->base_url, ==, provider_rows[i].base_url);
      g_assert_cmpstr (provider->origin, ==, provider_rows[i].origin);
      g_assert_cmpstr (provider->api, ==, provider_rows[i].api);
      g_assert_cmpstr (provider->family, ==, provider_rows[i].family);
      g_assert_cmpstr (provider->class, ==, provider_rows[i].class);
      g_assert_true (provider->local || provider->keys_url != NULL);
      g_assert_cmpstr (provider->env_keys[0], ==, provider_rows[i].env_key);
      g_assert_cmpint (provider->auth_header, ==, provider_rows[i].auth_header);
      g_assert_cmpint (provider->needs_key, ==, provider_rows[i].needs_key);
      g_assert_cmpint (provider->local, ==, provider_rows[i].local);
      g_assert_false (provider->in_config);
      g_assert_null (provider->api_key);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalog-data/data-files", test_data_files);
  g_test_add_func ("/catalog-data/schema-fields", test_schema_fields);
  g_test_add_func ("/catalog-data/all-refs", test_all_refs);
  g_test_add_func ("/catalog-data/tiers", test_tiers);
  g_test_add_func ("/catalog-data/login", test_login);
  g_test_add_func ("/catalog-data/built-in-values", test_built_in_values);
  g_test_add_func ("/catalog-data/built-in-compat", test_built_in_compat);
  g_test_add_func ("/catalog-data/built-in-providers", test_built_in_providers);
  return g_test_run ();
}
