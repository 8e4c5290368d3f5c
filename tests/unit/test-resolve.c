/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* How references resolve. */

#include <string.h>

#include "catalog-fixture.h"

#define SEED                                                                                      \
  "{'agents':{'defaults':{'models':{'anthropic/claude-opus-4-6':{'alias':'opus'},"                \
  "'minimax/MiniMax-M2.1':{'alias':'minimax','params':{'temperature':1}}},"                       \
  "'model':{'primary':'anthropic/claude-opus-4-6','fallbacks':['minimax/MiniMax-M2.1']}}}}"

static void
test_aliases (void)
{
  g_auto (Fixture) fixture = fixture_new (SEED);
  g_autoptr (OcgModel) model = NULL;
  g_autofree char **aliases = NULL;

  fixture.credential = "minimax";
  assert_resolves (&fixture, "minimax", "minimax/MiniMax-M2.1", TRUE);
  assert_resolves (&fixture, "MiniMax", "minimax/MiniMax-M2.1", TRUE);
  model = resolve (&fixture, "minimax/MiniMax-M2.1");
  aliases = ocg_catalog_get_aliases (fixture.catalog, model);
  g_assert_cmpuint (g_strv_length (aliases), ==, 1);
  g_assert_cmpstr (aliases[0], ==, "minimax");
  g_assert_nonnull (ocg_catalog_get_params (fixture.catalog, model));
  assert_fails (&fixture, "opus", OCG_ERROR_UNKNOWN_MODEL,
                "Unknown model: anthropic/claude-opus-4-6");
}

static void
test_same_alias_twice (void)
{
  g_auto (Fixture) fixture = fixture_new (
      "{'models':{'providers':{'minimax':{}}},'agents':{'defaults':{'models':{"
      "'MINIMAX/MiniMax-M2.1':{'alias':'fast'},'minimax/MiniMax-M3':{'alias':'FAST'}}}}}");

  assert_problem (&fixture, "agents.defaults.models[\"minimax/MiniMax-M3\"].alias: ");
  assert_resolves (&fixture, "fast", "minimax/MiniMax-M2.1", TRUE);
}

static void
test_not_configured (void)
{
  g_auto (Fixture) fixture = fixture_new ("{}");

  assert_fails (&fixture, "minimax/MiniMax-M2.1", OCG_ERROR_UNKNOWN_MODEL,
                "Unknown model: minimax/MiniMax-M2.1|openclawctl models auth add --provider "
                "minimax|models.providers.minimax|openclaw.json|MINIMAX_API_KEY");
  assert_fails (&fixture, "anthropic/claude-opus-4-6", OCG_ERROR_UNKNOWN_MODEL,
                "Unknown model: |ANTHROPIC_API_KEY");
  assert_fails (&fixture, "minimax/minimax-m2.1", OCG_ERROR_UNKNOWN_MODEL,
                "Unknown model: |minimax/MiniMax-M2.1");
  assert_fails (&fixture, "minmax/MiniMax-M2.1", OCG_ERROR_UNKNOWN_MODEL,
                "Unknown model: minmax/MiniMax-M2.1|minimax/MiniMax-M2.1|models.providers.minmax");
  assert_fails (&fixture, "my.host/x", OCG_ERROR_UNKNOWN_MODEL,
                "Unknown model: my.host/x|models.providers[\"my.host\"]");
  assert_fails (&fixture, "", OCG_ERROR_NO_DEFAULT_MODEL, "|openclawctl models set REF");
  assert_fails (&fixture, NULL, OCG_ERROR_NO_DEFAULT_MODEL, "|openclawctl models set REF");
  assert_fails (&fixture, "MiniMax-M2.1", OCG_ERROR_UNKNOWN_MODEL,
                "Unknown model: MiniMax-M2.1|minimax/MiniMax-M2.1");

  fixture.credential = "minimax";
  assert_resolves (&fixture, "minimax/MiniMax-M2.1", "minimax/MiniMax-M2.1", TRUE);
}

static void
test_configured (void)
{
  g_auto (Fixture) fixture = fixture_new (
      "{'models':{'providers':{'minimax':{},'openrouter':{'baseUrl':'https://openrouter.ai/api/v1',"
      "'models':[{'id':'moonshotai/kimi-k2'}]},'Z.AI':{'baseUrl':'https://api.z.ai/v4'}}}}");
  g_autoptr (OcgModel) unlisted = resolve (&fixture, "minimax/MiniMax-M9");
  g_autoptr (OcgModel) local = resolve (&fixture, "lmstudio/whatever");

  assert_resolves (&fixture, "MINIMAX/MiniMax-M2.1", "minimax/MiniMax-M2.1", TRUE);
  assert_resolves (&fixture, "OpenRouter/moonshotai/kimi-k2", "openrouter/moonshotai/kimi-k2",
                   TRUE);
  assert_resolves (&fixture, "openrouter/a/b/c", "openrouter/a/b/c", FALSE);
  assert_resolves (&fixture, "z.ai/glm-5.3", "zai/glm-5.3", TRUE);
  assert_resolves (&fixture, "Z-AI/glm-99", "zai/glm-99", FALSE);
  assert_resolves (&fixture, "ollama/llama3:8b", "ollama/llama3:8b", FALSE);
  g_assert_false (unlisted->listed);
  g_assert_cmpuint (unlisted->context_window, ==, 200000);
  g_assert_cmpuint (unlisted->max_tokens, ==, 8192);
  g_assert_false (unlisted->takes_images);
  assert_prices (unlisted, -1, -1, -1, -1);
  g_assert_cmpstr (unlisted->api, ==, "anthropic-messages");
  assert_prices (local, 0, 0, 0, 0);
  assert_fails (&fixture, "minimax/minimax-m2.1", OCG_ERROR_UNKNOWN_MODEL,
                "Unknown model: minimax/minimax-m2.1|write minimax/MiniMax-M2.1.");
  assert_fails (&fixture, "minimax-m2.1", OCG_ERROR_UNKNOWN_MODEL,
                "Unknown model: minimax-m2.1|write minimax/MiniMax-M2.1.");
  assert_fails (&fixture, "moonshotai/kimi-k2", OCG_ERROR_UNKNOWN_MODEL,
                "Unknown model: moonshotai/kimi-k2|openrouter/moonshotai/kimi-k2");
}

static void
test_environment_key (void)
{
  const char *const environment[] = { "MINIMAX_CODING_API_KEY=sk-cp", "OPENAI_API_KEY=", NULL };
  g_auto (Fixture) fixture = fixture_new_full ("{}", environment, NULL, 0, NULL);
  OcgCatalog *catalog = fixture.catalog;
  g_autoptr (GError) error = NULL;
  g_autoptr (OcgModel) found
      = ocg_catalog_resolve (catalog, "minimax/MiniMax-M2.1", NULL, NULL, &error);
  g_autoptr (OcgModel) missing = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (found);
  missing = ocg_catalog_resolve (catalog, "openai/gpt-5", NULL, NULL, &error);
  g_assert_error (error, OCG_ERROR, OCG_ERROR_UNKNOWN_MODEL);
  g_assert_null (missing);
}

static void
test_bare_ids (void)
{
  g_auto (Fixture) one = fixture_new ("{'models':{'providers':{'minimax':{},'anthropic':{}}},"
                                      "'agents':{'defaults':{'model':'anthropic/claude-opus-5'}}}");
  g_auto (Fixture) two
      = fixture_new ("{'models':{'providers':{'minimax':{},'minimax-portal':{}}}}");
  g_auto (Fixture) narrowed
      = fixture_new ("{'models':{'providers':{'minimax':{},'minimax-portal':{}}},"
                     "'agents':{'defaults':{'models':{'minimax-portal/MiniMax-M2.1':{}}}}}");
  g_auto (Fixture) bare_default
      = fixture_new ("{'models':{'providers':{'minimax':{}}},"
                     "'agents':{'defaults':{'model':'MiniMax-M2.1'}}}");
  g_auto (Fixture) lost = fixture_new ("{'agents':{'defaults':{'model':'nothing-like-it'}}}");

  assert_resolves (&one, "MiniMax-M2.1", "minimax/MiniMax-M2.1", TRUE);
  assert_resolves (&one, "claude-next", "anthropic/claude-next", FALSE);
  assert_resolves (&one, "gpt-5", "anthropic/gpt-5", FALSE);
  assert_fails (&two, "MiniMax-M2.1", OCG_ERROR_UNKNOWN_MODEL,
                "Unknown model: MiniMax-M2.1|minimax/MiniMax-M2.1|minimax-portal/MiniMax-M2.1");
  assert_fails (&two, "unheard-of", OCG_ERROR_UNKNOWN_MODEL, "Unknown model: unheard-of");
  assert_resolves (&narrowed, "MiniMax-M2.1", "minimax-portal/MiniMax-M2.1", TRUE);
  assert_resolves (&bare_default, "", "minimax/MiniMax-M2.1", TRUE);
  assert_resolves (&bare_default, "MiniMax-M9", "minimax/MiniMax-M9", FALSE);
  assert_fails (&lost, "", OCG_ERROR_UNKNOWN_MODEL, "Unknown model: nothing-like-it");
}

static void
test_bad_references (void)
{
  g_auto (Fixture) fixture = fixture_new ("{'models':{'providers':{'minimax':{}}}}");
  const char *const rows[] = { " ",  "/",    "/x",         "minimax/",  "minimax/a b", "a\tb",
                               "\n", "\x1b[31m/x", "mini max/x", " minimax/MiniMax-M2.1",
                               "\xff/x", "minimax/\xc3", "\xe2\x80\x8b" };
  g_autofree char *giant = g_strnfill (1 << 20, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (
          ocg_catalog_resolve (fixture.catalog, rows[i], fixture_has_credential, &fixture, &error));
      g_assert_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS);
      g_assert_null (strchr (error->message, '\x1b'));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_test_message ("%s", error->message);
    }
  assert_fails (&fixture, giant, OCG_ERROR_INVALID_ARGS, "");
  g_assert_null (
      ocg_catalog_resolve (fixture.catalog, "x/y", fixture_has_credential, &fixture, NULL));
}

static void
test_allowlist (void)
{
  g_auto (Fixture) fixture = fixture_new (
      "{'models':{'providers':{'minimax':{},'anthropic':{},'openai':{}}},"
      "'agents':{'defaults':{'models':{'Minimax/MiniMax-M2.1':{'alias':'m'}},"
      "'model':{'primary':'anthropic/claude-opus-4-6','fallbacks':['openai/gpt-5']},"
      "'imageModel':{'primary':'minimax/MiniMax-M3','fallbacks':['openai/gpt-4o']}}}}");
  g_auto (Fixture) by_alias
      = fixture_new ("{'models':{'providers':{'minimax':{}}},"
                     "'agents':{'defaults':{'models':{'minimax/MiniMax-M3':{'alias':'big'}},"
                     "'model':'BIG'}}}");
  g_auto (Fixture) nothing = fixture_new (
      "{'models':{'providers':{'minimax':{}}},'agents':{'defaults':{'models':{}}}}");
  const char *const allowed[] = { "minimax/MiniMax-M2.1", "m", "anthropic/claude-opus-4-6",
                                  "openai/gpt-5", "minimax/MiniMax-M3", "openai/gpt-4o", "" };

  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    {
      g_autoptr (OcgModel) model = resolve (&fixture, allowed[i]);

      g_assert_true (ocg_catalog_is_allowed (fixture.catalog, model));
    }
  assert_fails (&fixture, "minimax/MiniMax-M2.7", OCG_ERROR_MODEL_NOT_ALLOWED,
                "Model not allowed: minimax/MiniMax-M2.7|agents.defaults.models|"
                "minimax/MiniMax-M2.1, anthropic/claude-opus-4-6, openai/gpt-5, "
                "minimax/MiniMax-M3, openai/gpt-4o");
  assert_fails (&fixture, "minimax/MiniMax-M99", OCG_ERROR_MODEL_NOT_ALLOWED,
                "Model not allowed: minimax/MiniMax-M99");
  assert_resolves (&by_alias, "", "minimax/MiniMax-M3", TRUE);
  assert_fails (&by_alias, "minimax/MiniMax-M2.1", OCG_ERROR_MODEL_NOT_ALLOWED,
                "Model not allowed: |these: minimax/MiniMax-M3. Add");
  assert_fails (&nothing, "minimax/MiniMax-M2.1", OCG_ERROR_MODEL_NOT_ALLOWED, "|none");
}

static void
test_fallbacks (void)
{
  g_auto (Fixture) fixture = fixture_new (
      "{'models':{'providers':{'minimax':{}}},"
      "'agents':{'defaults':{'models':{'minimax/MiniMax-M3':{'alias':'big'}},"
      "'model':{'primary':'minimax/MiniMax-M2.1','fallbacks':["
      "'openai/gpt-5','minimax/MiniMax-M2.1','big','minimax/MiniMax-M3','MINIMAX/MiniMax-M3',"
      "'lmstudio/any','no such','','minimax/minimax-m3']}}}}");
  g_autoptr (OcgModel) primary = resolve (&fixture, "");
  g_autoptr (OcgModel) big = resolve (&fixture, "big");
  g_autoptr (GPtrArray) of_primary
      = ocg_catalog_get_fallbacks (fixture.catalog, primary, fixture_has_credential, &fixture);
  g_autoptr (GPtrArray) of_big
      = ocg_catalog_get_fallbacks (fixture.catalog, big, fixture_has_credential, &fixture);

  g_assert_cmpuint (of_primary->len, ==, 2);
  g_assert_cmpstr (((OcgModel *) of_primary->pdata[0])->ref, ==, "minimax/MiniMax-M3");
  g_assert_cmpstr (((OcgModel *) of_primary->pdata[1])->ref, ==, "lmstudio/any");
  g_assert_cmpuint (of_big->len, ==, 2);
  g_assert_cmpstr (((OcgModel *) of_big->pdata[0])->ref, ==, "minimax/MiniMax-M2.1");
  g_assert_cmpstr (((OcgModel *) of_big->pdata[1])->ref, ==, "lmstudio/any");
}

/* A short name of the data is the user's only where it takes nothing from anybody. */
static void
test_built_in_aliases (void)
{
  g_auto (Fixture) listed = fixture_new (
      "{'models':{'providers':{'anthropic':{},'openai':{}}},'agents':{'defaults':{'models':{"
      "'anthropic/claude-opus-4-6':{},'anthropic/claude-opus-5':{},"
      "'anthropic/claude-sonnet-4-5':{'alias':'claude'},"
      "'anthropic/claude-haiku-5-5':{'alias':'GPT'},'openai/gpt-5.2':{}}}}}");
  g_auto (Fixture) unlisted
      = fixture_new ("{'models':{'providers':{'anthropic':{}}}}");
  g_autoptr (OcgModel) model = resolve (&listed, "anthropic/claude-opus-5");
  g_autofree char **aliases = ocg_catalog_get_aliases (listed.catalog, model);

  assert_n_problems (&listed, 0);
  assert_resolves (&listed, "Opus", "anthropic/claude-opus-5", TRUE);
  assert_resolves (&listed, "gpt", "anthropic/claude-haiku-5-5", TRUE);
  assert_resolves (&listed, "claude", "anthropic/claude-sonnet-4-5", TRUE);
  g_assert_cmpuint (g_strv_length (aliases), ==, 1);
  assert_fails (&listed, "sonnet", OCG_ERROR_UNKNOWN_MODEL, "Unknown model: sonnet");
  assert_fails (&unlisted, "opus", OCG_ERROR_UNKNOWN_MODEL, "Unknown model: opus");
}

/* Between an id and its provider is the first "/"; the rest is the id's, in its own spelling. */
static void
test_first_slash (void)
{
  g_auto (Fixture) fixture = fixture_new (
      "{'models':{'providers':{'openrouter':{},'moonshotai':{},'p':{'baseUrl':'https://p.example',"
      "'models':[{'id':'Case'},{'id':'case'},{'id':'a/b'}]}}},"
      "'agents':{'defaults':{'model':{'primary':'p/Case','fallbacks':['p/case','p/a/b']}}}}");
  g_autoptr (OcgModel) upper = resolve (&fixture, "p/Case");
  g_autoptr (OcgModel) lower = resolve (&fixture, "p/case");
  g_autoptr (OcgModel) nested = resolve (&fixture, "P/a/b");

  assert_resolves (&fixture, "openrouter/auto", "openrouter/auto", TRUE);
  assert_resolves (&fixture, "OpenRouter/openai/gpt-6-sol", "openrouter/openai/gpt-6-sol", TRUE);
  assert_resolves (&fixture, "MoonshotAI/kimi-k3", "moonshot/kimi-k3", TRUE);
  assert_fails (&fixture, "p/CASE", OCG_ERROR_UNKNOWN_MODEL, "Unknown model: p/CASE|write p/");
  assert_fails (&fixture, "p/A/b", OCG_ERROR_UNKNOWN_MODEL, "Unknown model: p/A/b|write p/a/b.");
  g_assert_true (ocg_catalog_is_default (fixture.catalog, upper));
  g_assert_false (ocg_catalog_is_default (fixture.catalog, lower));
  g_assert_cmpint (ocg_catalog_get_fallback_rank (fixture.catalog, upper), ==, -1);
  g_assert_cmpint (ocg_catalog_get_fallback_rank (fixture.catalog, lower), ==, 0);
  g_assert_cmpint (ocg_catalog_get_fallback_rank (fixture.catalog, nested), ==, 1);
}

/* A model for images: its primary first, each once, what does not resolve left out. */
static void
test_image_models (void)
{
  g_auto (Fixture) fixture = fixture_new (
      "{'models':{'providers':{'minimax':{},'google':{}}},'agents':{'defaults':{"
      "'models':{'minimax/MiniMax-M2.1':{}},'imageModel':{'primary':'google/gemini-3.8-flash',"
      "'fallbacks':['nobody/x','minimax/MiniMax-M3','google/gemini-3.8-flash']}}}}");
  g_autoptr (GPtrArray) models
      = ocg_catalog_get_image_models (fixture.catalog, fixture_has_credential, &fixture);

  g_assert_cmpuint (models->len, ==, 2);
  g_assert_cmpstr (((OcgModel *) models->pdata[0])->ref, ==, "google/gemini-3.8-flash");
  g_assert_cmpstr (((OcgModel *) models->pdata[1])->ref, ==, "minimax/MiniMax-M3");
  g_assert_true (ocg_catalog_is_allowed (fixture.catalog, models->pdata[0]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/resolve/aliases", test_aliases);
  g_test_add_func ("/resolve/same-alias-twice", test_same_alias_twice);
  g_test_add_func ("/resolve/not-configured", test_not_configured);
  g_test_add_func ("/resolve/configured", test_configured);
  g_test_add_func ("/resolve/environment-key", test_environment_key);
  g_test_add_func ("/resolve/bare-ids", test_bare_ids);
  g_test_add_func ("/resolve/bad-references", test_bad_references);
  g_test_add_func ("/resolve/allowlist", test_allowlist);
  g_test_add_func ("/resolve/fallbacks", test_fallbacks);
  g_test_add_func ("/resolve/built-in-aliases", test_built_in_aliases);
  g_test_add_func ("/resolve/first-slash", test_first_slash);
  g_test_add_func ("/resolve/image-models", test_image_models);
  return g_test_run ();
}
