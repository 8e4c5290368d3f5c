/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The data files of the providers. */

#include <gio/gio.h>

#include "catalog-fixture.h"
#include "catalog/ocg-base-url.h"

/* One member of an object of the schema: its JSON type, and whether it has to be there. */
typedef struct
{
  const char *name;
  GType type;
  gboolean required;
} Rule;

static GType
get_type (JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  return type == G_TYPE_INT64 ? G_TYPE_DOUBLE : type;
}

static void
assert_object (const char *where, JsonObject *object, const Rule *rules)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (const Rule *rule = rules; rule->name != NULL; rule++)
    {
      JsonNode *node = json_object_get_member (object, rule->name);

      if (rule->required && node == NULL)
        g_error ("%s: %s is missing", where, rule->name);
      if (node != NULL && get_type (node) != rule->type)
        g_error ("%s: %s is of the wrong type", where, rule->name);
      if (rule->type == G_TYPE_STRING && node != NULL)
        g_assert_cmpstr (json_node_get_string (node), !=, "");
    }
  for (GList *l = members; l != NULL; l = l->next)
    {
      gboolean known = FALSE;

      for (const Rule *rule = rules; rule->name != NULL; rule++)
        known |= g_str_equal (rule->name, l->data);
      if (!known)
        g_error ("%s: %s is no field", where, (const char *) l->data);
    }
}

static void
assert_model_entry (const char *where, JsonObject *json, GHashTable *ids)
{
  const Rule rules[] = {
    { "id", G_TYPE_STRING, TRUE },           { "name", G_TYPE_STRING, TRUE },
    { "api", G_TYPE_STRING, FALSE },         { "reasoning", G_TYPE_BOOLEAN, TRUE },
    { "input", JSON_TYPE_ARRAY, TRUE },      { "contextWindow", G_TYPE_DOUBLE, TRUE },
    { "maxTokens", G_TYPE_DOUBLE, TRUE },    { "cost", JSON_TYPE_OBJECT, TRUE },
    { "headers", JSON_TYPE_OBJECT, FALSE },  { "compat", JSON_TYPE_OBJECT, FALSE }, { NULL },
  };
  const Rule cost_rules[] = {
    { "input", G_TYPE_DOUBLE, TRUE },      { "output", G_TYPE_DOUBLE, TRUE },
    { "cacheRead", G_TYPE_DOUBLE, TRUE },  { "cacheWrite", G_TYPE_DOUBLE, TRUE }, { NULL },
  };
  g_autofree char *place = NULL;
  JsonArray *input = NULL;
  JsonObject *cost = NULL;

  assert_object (where, json, rules);
  place = g_strdup_printf ("%s: %s", where, json_object_get_string_member (json, "id"));
  g_assert_true (g_hash_table_add (ids, g_strdup (json_object_get_string_member (json, "id"))));
  g_assert_true (ocg_model_is_name (json_object_get_string_member (json, "id")));
  cost = json_object_get_object_member (json, "cost");
  assert_object (place, cost, cost_rules);
  for (guint i = 0; cost_rules[i].name != NULL; i++)
    g_assert_cmpfloat (json_object_get_double_member (cost, cost_rules[i].name), >=, 0);
  g_assert_cmpint (json_object_get_int_member (json, "contextWindow"), >=, 1024);
  g_assert_cmpint (json_object_get_int_member (json, "maxTokens"), >=, 1024);
  g_assert_cmpint (json_object_get_int_member (json, "maxTokens"), <=,
                   json_object_get_int_member (json, "contextWindow"));
  input = json_object_get_array_member (json, "input");
  g_assert_cmpuint (json_array_get_length (input), >=, 1);
  g_assert_cmpstr (json_array_get_string_element (input, 0), ==, "text");
  for (guint i = 1; i < json_array_get_length (input); i++)
    g_assert_cmpstr (json_array_get_string_element (input, i), ==, "image");
}

static void
assert_provider_file (const char *file, JsonObject *json)
{
  const Rule rules[] = {
    { "$schema", G_TYPE_STRING, FALSE },     { "name", G_TYPE_STRING, TRUE },
    { "family", G_TYPE_STRING, FALSE },      { "baseUrl", G_TYPE_STRING, TRUE },
    { "api", G_TYPE_STRING, TRUE },          { "envKeys", JSON_TYPE_ARRAY, TRUE },
    { "needsKey", G_TYPE_BOOLEAN, TRUE },    { "origins", JSON_TYPE_ARRAY, FALSE },
    { "authHeader", G_TYPE_BOOLEAN, FALSE }, { "headers", JSON_TYPE_OBJECT, FALSE },
    { "models", JSON_TYPE_ARRAY, TRUE },     { NULL },
  };
  const char *const apis[]
      = { "anthropic-messages", "openai-completions", "openai-responses", NULL };
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  JsonArray *models = NULL;
  JsonArray *keys = NULL;

  assert_object (file, json, rules);
  url = ocg_base_url_normalize (json_object_get_string_member (json, "baseUrl"), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (url, ==, json_object_get_string_member (json, "baseUrl"));
  g_assert_true (g_strv_contains (apis, json_object_get_string_member (json, "api")));
  keys = json_object_get_array_member (json, "envKeys");
  g_assert_cmpuint (json_array_get_length (keys), >=, 1);
  for (guint i = 0; i < json_array_get_length (keys); i++)
    g_assert_true (g_regex_match_simple ("^[A-Z_][A-Z0-9_]*$",
                                         json_array_get_string_element (keys, i), 0, 0));
  models = json_object_get_array_member (json, "models");
  for (guint i = 0; i < json_array_get_length (models); i++)
    assert_model_entry (file, json_array_get_object_element (models, i), ids);
}

/* Every file on the disk keeps the rules of the schema and is in the resource as it is. */
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
      g_autofree char *text = NULL;
      g_autoptr (JsonNode) node = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      g_assert_nonnull (bytes);
      g_assert_cmpmem (text, length, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      node = parse (text);
      assert_provider_file (file, json_node_get_object (node));
      n_files++;
    }
  g_assert_cmpuint (n_files, ==, 6);
}

static void
test_schema_fields (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "..", "..", "data", "providers.schema.json", NULL);
  const char *const ours[] = { "name", "family", "envKeys", "needsKey", "origins" };
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

static void
test_built_in_values (void)
{
  static const struct
  {
    const char *ref;
    guint64 context_window, max_tokens;
    gboolean images;
    double input, output, cache_read, cache_write;
  } rows[] = {
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
  g_auto (Fixture) fixture
      = fixture_new ("{'models':{'providers':{'minimax':{},'minimax-portal':{},'anthropic':{},"
                     "'openai':{}}}}");

  assert_n_problems (&fixture, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgModel) model = resolve (&fixture, rows[i].ref);

      g_test_message ("%s", rows[i].ref);
      g_assert_true (model->listed);
      g_assert_true (model->reasoning);
      g_assert_cmpuint (model->context_window, ==, rows[i].context_window);
      g_assert_cmpuint (model->max_tokens, ==, rows[i].max_tokens);
      g_assert_cmpint (model->takes_images, ==, rows[i].images);
      assert_prices (model, rows[i].input, rows[i].output, rows[i].cache_read, rows[i].cache_write);
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

static void
test_built_in_providers (void)
{
  static const struct
  {
    const char *id, *base_url, *origin, *api, *family, *env_key;
    OcgAuthHeader auth_header;
    gboolean needs_key, local;
  } rows[] = {
    { "anthropic", "https://api.anthropic.com", "https://api.anthropic.com:443",
      "anthropic-messages", "anthropic", "ANTHROPIC_OAUTH_TOKEN", OCG_AUTH_X_API_KEY, TRUE, FALSE },
    { "lmstudio", "http://127.0.0.1:1234/v1", "http://127.0.0.1:1234", "openai-responses", "",
      "LM_API_TOKEN", OCG_AUTH_BEARER, FALSE, TRUE },
    { "minimax", "https://api.minimax.io/anthropic", "https://api.minimax.io:443",
      "anthropic-messages", "minimax", "MINIMAX_API_KEY", OCG_AUTH_BEARER, TRUE, FALSE },
    { "minimax-portal", "https://api.minimax.io/anthropic", "https://api.minimax.io:443",
      "anthropic-messages", "minimax", "MINIMAX_OAUTH_TOKEN", OCG_AUTH_BEARER, TRUE, FALSE },
    { "ollama", "http://127.0.0.1:11434/v1", "http://127.0.0.1:11434", "openai-completions", "",
      "OLLAMA_API_KEY", OCG_AUTH_BEARER, FALSE, TRUE },
    { "openai", "https://api.openai.com/v1", "https://api.openai.com:443", "openai-responses",
      "openai", "OPENAI_API_KEY", OCG_AUTH_BEARER, TRUE, FALSE },
  };
  g_auto (Fixture) fixture = fixture_new ("{}");
  GPtrArray *providers = ocg_catalog_get_providers (fixture.catalog);

  g_assert_cmpuint (providers->len, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      OcgProvider *provider = g_ptr_array_index (providers, i);

      g_assert_cmpstr (provider->id, ==, rows[i].id);
      g_assert_cmpstr (provider->base_url, ==, rows[i].base_url);
      g_assert_cmpstr (provider->origin, ==, rows[i].origin);
      g_assert_cmpstr (provider->api, ==, rows[i].api);
      g_assert_cmpstr (provider->family, ==, rows[i].family);
      g_assert_cmpstr (provider->env_keys[0], ==, rows[i].env_key);
      g_assert_cmpint (provider->auth_header, ==, rows[i].auth_header);
      g_assert_cmpint (provider->needs_key, ==, rows[i].needs_key);
      g_assert_cmpint (provider->local, ==, rows[i].local);
      g_assert_false (provider->in_config);
      g_assert_null (provider->api_key);
    }
}

/* The activation has 50 ms for everything. */
static void
test_speed (void)
{
  const char *const environment[] = { NULL };
  g_autoptr (OcgSettings) settings = ocg_settings_new (NULL, environment);
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
      gint64 start = g_get_monotonic_time ();
      g_autoptr (OcgCatalog) catalog = ocg_catalog_new (settings, NULL, problems);

      best = MIN (best, g_get_monotonic_time () - start);
      g_assert_nonnull (catalog);
      g_assert_cmpuint (problems->len, ==, 0);
      if (i == 0)
        g_test_message ("the first catalogue took %d us", (int) best);
    }
  g_test_message ("the fastest catalogue took %d us", (int) best);
  g_assert_cmpint (best, <, 50000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalog-data/data-files", test_data_files);
  g_test_add_func ("/catalog-data/schema-fields", test_schema_fields);
  g_test_add_func ("/catalog-data/built-in-values", test_built_in_values);
  g_test_add_func ("/catalog-data/built-in-compat", test_built_in_compat);
  g_test_add_func ("/catalog-data/built-in-providers", test_built_in_providers);
  g_test_add_func ("/catalog-data/speed", test_speed);
  return g_test_run ();
}
