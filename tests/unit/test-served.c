/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What servers say that they serve, as a layer of the catalogue. */

#include "catalog-fixture.h"

typedef struct
{
  const char *provider, *base_url, *id, *name;
  guint64 max_context, loaded_context;
  gboolean takes_images;
} Row;

static GHashTable *
new_served (const Row *rows, guint n_rows)
{
  GHashTable *served = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              (GDestroyNotify) ocg_served_list_free);

  for (guint i = 0; i < n_rows; i++)
    {
      OcgServedList *list = g_hash_table_lookup (served, rows[i].provider);
      OcgServedModel *model = ocg_served_model_new (rows[i].id);

      model->name = g_strdup (rows[i].name);
      model->max_context = rows[i].max_context;
      model->loaded_context = rows[i].loaded_context;
      model->takes_images = rows[i].takes_images;
      if (list == NULL)
        {
          list = ocg_served_list_new (
              rows[i].base_url,
              g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_served_model_free));
          g_hash_table_insert (served, g_strdup (rows[i].provider), list);
        }
      g_ptr_array_add (list->models, model);
    }
  return served;
}

static Fixture
fixture_new_served (const char *text, const Row *rows, guint n_rows)
{
  g_autoptr (GHashTable) served = new_served (rows, n_rows);

  return fixture_new_full (text, NULL, NULL, 0, served);
}

#define LM_STUDIO "http://127.0.0.1:1234/v1"

/* Borrowed. */
static OcgModel *
find (Fixture *fixture, const char *ref)
{
  GPtrArray *models = ocg_catalog_get_models (fixture->catalog);

  for (guint i = 0; i < models->len; i++)
    {
      OcgModel *model = g_ptr_array_index (models, i);

      if (g_str_equal (model->ref, ref))
        return model;
    }
  return NULL;
}

static void
test_new_models (void)
{
  static const Row rows[] = {
    { "lmstudio", LM_STUDIO, "qwen/qwen3-4b", "Qwen3 4B", 262144, 0, FALSE },
    { "lmstudio", LM_STUDIO, "loaded", NULL, 131072, 4096, TRUE },
    { "lmstudio", LM_STUDIO, "silent", NULL, 0, 0, FALSE },
  };
  g_auto (Fixture) fixture = fixture_new_served ("{}", rows, G_N_ELEMENTS (rows));
  g_autoptr (OcgModel) qwen = resolve (&fixture, "lmstudio/qwen/qwen3-4b");
  g_autoptr (OcgModel) loaded = resolve (&fixture, "loaded");
  g_autoptr (OcgModel) silent = resolve (&fixture, "lmstudio/silent");

  g_assert_cmpstr (qwen->name, ==, "Qwen3 4B");
  g_assert_cmpstr (qwen->api, ==, "openai-responses");
  g_assert_true (qwen->listed);
  g_assert_true (qwen->discovered);
  g_assert_cmpuint (qwen->context_window, ==, 262144);
  g_assert_cmpuint (qwen->loaded_context, ==, 0);
  g_assert_cmpuint (qwen->max_tokens, ==, 8192);
  g_assert_false (qwen->takes_images);
  assert_prices (qwen, 0, 0, 0, 0);

  g_assert_cmpstr (loaded->name, ==, "loaded");
  g_assert_cmpuint (loaded->context_window, ==, 4096);
  g_assert_cmpuint (loaded->loaded_context, ==, 4096);
  g_assert_cmpuint (loaded->max_tokens, ==, 2048);
  g_assert_true (loaded->takes_images);

  g_assert_cmpuint (silent->context_window, ==, 200000);
  assert_fails (&fixture, "lmstudio/LOADED", OCG_ERROR_UNKNOWN_MODEL,
                "Unknown model|lmstudio/loaded");
}

static void
test_configured_fields_win (void)
{
  static const Row rows[] = {
    { "lmstudio", LM_STUDIO, "m", "Served", 131072, 4096, TRUE },
    { "lmstudio", LM_STUDIO, "n", NULL, 1000, 0, FALSE },
  };
  g_auto (Fixture) fixture = fixture_new_served (
      "{'models':{'providers':{'lmstudio':{'models':["
      "{'id':'m','contextWindow':32000,'maxTokens':777,'cost':{'input':1,'output':2}},"
      "{'id':'other','name':'Mine'}]}}}}",
      rows, G_N_ELEMENTS (rows));
  OcgModel *m = find (&fixture, "lmstudio/m");

  g_assert_cmpuint (m->context_window, ==, 32000);
  g_assert_cmpuint (m->max_tokens, ==, 777);
  g_assert_cmpuint (m->loaded_context, ==, 4096);
  g_assert_cmpstr (m->name, ==, "Served");
  g_assert_true (m->takes_images);
  g_assert_false (m->discovered);
  assert_prices (m, 1, 2, 0, 0);
  g_assert_nonnull (find (&fixture, "lmstudio/n"));
  g_assert_cmpstr (find (&fixture, "lmstudio/other")->name, ==, "Mine");
  assert_n_problems (&fixture, 0);
}

/* A list of another address, or of a provider that is not there, is nobody's. */
static void
test_other_address (void)
{
  static const Row rows[] = {
    { "lmstudio", "http://127.0.0.1:9/v1", "m", NULL, 0, 0, FALSE },
    { "nobody", "http://127.0.0.1:9/v1", "m", NULL, 0, 0, FALSE },
  };
  g_auto (Fixture) fixture = fixture_new_served ("{}", rows, G_N_ELEMENTS (rows));

  g_assert_null (find (&fixture, "lmstudio/m"));
  g_assert_null (ocg_catalog_find_provider (fixture.catalog, "nobody"));
}

static void
test_upon_built_in (void)
{
  static const Row rows[]
      = { { "minimax", "http://127.0.0.1:8/anthropic", "MiniMax-M2.1", NULL, 0, 9000, FALSE },
          { "minimax", "http://127.0.0.1:8/anthropic", "MiniMax-Local", NULL, 0, 0, FALSE } };
  g_auto (Fixture) fixture = fixture_new_served (
      "{'models':{'providers':{'minimax':{'baseUrl':'http://127.0.0.1:8/anthropic'}}}}", rows,
      G_N_ELEMENTS (rows));
  OcgModel *m21 = find (&fixture, "minimax/MiniMax-M2.1");

  g_assert_cmpstr (m21->name, ==, "MiniMax M2.1");
  g_assert_true (m21->reasoning);
  g_assert_false (m21->discovered);
  g_assert_cmpuint (m21->context_window, ==, 9000);
  g_assert_cmpuint (m21->max_tokens, ==, 4500);
  assert_prices (m21, 0.3, 1.2, 0.03, 0.375);
  /* A key is wanted there: it is likely somebody's who charges. */
  assert_prices (find (&fixture, "minimax/MiniMax-Local"), -1, -1, -1, -1);
}

static void
test_replace (void)
{
  static const Row rows[] = {
    { "listed", "http://127.0.0.1:1/v1", "a", NULL, 0, 5000, FALSE },
    { "listed", "http://127.0.0.1:1/v1", "b", NULL, 0, 0, FALSE },
    { "open", "http://127.0.0.1:2/v1", "c", NULL, 0, 0, FALSE },
    { "empty", "http://127.0.0.1:3/v1", "d", NULL, 0, 0, FALSE },
    { "lmstudio", LM_STUDIO, "e", NULL, 0, 0, FALSE },
  };
  g_auto (Fixture) fixture = fixture_new_served (
      "{'models':{'mode':'replace','providers':{"
      "'listed':{'baseUrl':'http://127.0.0.1:1/v1','models':[{'id':'a'}]},"
      "'empty':{'baseUrl':'http://127.0.0.1:3/v1','models':[]},"
      "'open':{'baseUrl':'http://127.0.0.1:2/v1'}}}}",
      rows, G_N_ELEMENTS (rows));

  g_assert_cmpuint (ocg_catalog_get_models (fixture.catalog)->len, ==, 3);
  g_assert_cmpuint (find (&fixture, "listed/a")->loaded_context, ==, 5000);
  g_assert_nonnull (find (&fixture, "open/c"));
  g_assert_nonnull (find (&fixture, "empty/d"));
}

/* A bare id goes on meaning what it meant when a server has a model of the same id. */
static void
test_bare_ids (void)
{
  static const Row rows[] = {
    { "lmstudio", LM_STUDIO, "MiniMax-M2.1", NULL, 0, 0, FALSE },
    { "lmstudio", LM_STUDIO, "twice", NULL, 0, 0, FALSE },
    { "ollama", "http://127.0.0.1:11434/v1", "twice", NULL, 0, 0, FALSE },
    { "ollama", "http://127.0.0.1:11434/v1", "once", NULL, 0, 0, FALSE },
  };
  g_auto (Fixture) fixture = fixture_new_served (
      "{'agents':{'defaults':{'model':'MiniMax-M2.1'}}}", rows, G_N_ELEMENTS (rows));

  fixture.credential = "minimax";
  assert_resolves (&fixture, "", "minimax/MiniMax-M2.1", TRUE);
  assert_resolves (&fixture, "lmstudio/MiniMax-M2.1", "lmstudio/MiniMax-M2.1", TRUE);
  assert_resolves (&fixture, "new-one", "minimax/new-one", FALSE);
  assert_resolves (&fixture, "once", "ollama/once", TRUE);
  assert_fails (&fixture, "twice", OCG_ERROR_UNKNOWN_MODEL,
                "Unknown model: twice|lmstudio/twice|ollama/twice");
}

static void
test_equal (void)
{
  static const Row base = { "p", "http://127.0.0.1:1", "a", "A", 10, 5, TRUE };
  Row others[7] = { base, base, base, base, base, base, base };
  g_autoptr (GHashTable) same = new_served (&base, 1);
  OcgServedList *list = g_hash_table_lookup (same, "p");

  others[1].base_url = "http://127.0.0.1:2";
  others[2].id = "b";
  others[3].name = NULL;
  others[4].max_context = 11;
  others[5].loaded_context = 0;
  others[6].takes_images = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GHashTable) one = new_served (&others[i], 1);

      g_assert_cmpint (ocg_served_list_equal (list, g_hash_table_lookup (one, "p")), ==, i == 0);
    }
  g_assert_false (ocg_served_list_equal (list, NULL));
  g_assert_false (ocg_served_list_equal (NULL, list));
  g_assert_true (ocg_served_list_equal (NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/served/new-models", test_new_models);
  g_test_add_func ("/served/configured-fields-win", test_configured_fields_win);
  g_test_add_func ("/served/other-address", test_other_address);
  g_test_add_func ("/served/upon-built-in", test_upon_built_in);
  g_test_add_func ("/served/replace", test_replace);
  g_test_add_func ("/served/bare-ids", test_bare_ids);
  g_test_add_func ("/served/equal", test_equal);
  return g_test_run ();
}
