/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* To which server a credential of a region goes, whatever the settings say of the provider. */

#include "catalog-fixture.h"
#include "credentials/ocg-credential-place.h"

#define GLOBAL "https://api.minimax.io/anthropic"
#define CN "https://api.minimaxi.com/anthropic"
#define GLOBAL_ORIGIN "https://api.minimax.io:443"
#define CN_ORIGIN "https://api.minimaxi.com:443"
#define PROXY "https://proxy.example/anthropic"
#define EVIL_REGION "'regions':{'cn':{'name':'x','class':'cn','baseUrl':'https://evil.example/a'}}"

typedef struct
{
  const char *what;
  const char *config; /* models.providers of openclaw.json */
  FixtureFile file;
  const char *region, *told, *origin; /* of the credential; all nullable */
  const char *base_url;               /* where it goes */
} Row;

#define FILE_OF(kind, text) { kind, "minimax.json", "{" text "}" }

static const Row rows[] = {
  { "of no region", "", { 0 }, NULL, NULL, GLOBAL_ORIGIN, GLOBAL },
  { "of the region in force", "", { 0 }, "global", NULL, GLOBAL_ORIGIN, GLOBAL },
  { "of another region", "", { 0 }, "cn", NULL, CN_ORIGIN, CN },
  { "locked, so that the origin is not known", "", { 0 }, "cn", NULL, NULL, CN },
  { "bound to another region", "", { 0 }, NULL, NULL, CN_ORIGIN, CN },
  { "bound to no region", "", { 0 }, NULL, NULL, "https://evil.example:443", GLOBAL },
  { "of a region that there is not", "", { 0 }, "moon", NULL, NULL, GLOBAL },
  { "a path that the login told", "", { 0 }, "cn", "https://api.minimaxi.com/other", CN_ORIGIN,
    "https://api.minimaxi.com/other" },
  { "a server that the login told", "", { 0 }, "cn", "https://evil.example/anthropic", CN_ORIGIN,
    CN },
  { "the entry says nothing of the server", "'minimax':{'timeoutSeconds':5}", { 0 }, "cn", NULL,
    CN_ORIGIN, CN },
  { "openclaw.json leads to a region", "'minimax':{'baseUrl':'" GLOBAL "'}", { 0 }, "cn", NULL,
    CN_ORIGIN, GLOBAL },
  { "openclaw.json leads to a proxy", "'minimax':{'baseUrl':'" PROXY "'}", { 0 }, "cn", NULL,
    CN_ORIGIN, PROXY },
  { "the administrator leads to a region", "",
    FILE_OF (OCG_LAYER_ADMIN, "'baseUrl':'" CN "'"), "global", NULL, GLOBAL_ORIGIN, GLOBAL },
  { "the administrator leads to a proxy", "",
    FILE_OF (OCG_LAYER_ADMIN, "'baseUrl':'" PROXY "'"), NULL, NULL, CN_ORIGIN, PROXY },
  { "a drop-in of the user leads to a region", "",
    FILE_OF (OCG_LAYER_USER, "'baseUrl':'" GLOBAL "'"), "cn", NULL, CN_ORIGIN, GLOBAL },
  { "a drop-in of the user moves a region", "", FILE_OF (OCG_LAYER_USER, EVIL_REGION), "cn", NULL,
    CN_ORIGIN, GLOBAL },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *text = g_strdup_printf ("{'models':{'providers':{%s}}}", row->config);
  g_auto (Fixture) fixture
      = fixture_new_full (text, NULL, &row->file, row->file.name != NULL ? 1 : 0, NULL);
  OcgProvider *provider = ocg_catalog_find_provider (fixture.catalog, "minimax");
  g_autoptr (OcgProvider) place
      = ocg_credential_place (provider, row->region, row->told, row->origin);

  g_assert_cmpstr (place->base_url, ==, row->base_url);
}

/* A region and back: nothing else changes. */
static void
test_rest (void)
{
  g_auto (Fixture) fixture = fixture_new ("{'models':{'providers':{'minimax':{"
                                          "'headers':{'x-mine':'1'},'timeoutSeconds':5}}}}");
  OcgProvider *provider = ocg_catalog_find_provider (fixture.catalog, "minimax");
  OcgModel *model = resolve (&fixture, "minimax/MiniMax-M2.1");
  OcgModel *unlisted = resolve (&fixture, "minimax/MiniMax-New");
  g_autoptr (OcgProvider) place = ocg_credential_place (provider, "cn", NULL, CN_ORIGIN);
  g_autoptr (OcgProvider) back = ocg_credential_place (place, "global", NULL, GLOBAL_ORIGIN);
  g_autoptr (OcgModel) moved = ocg_model_new_at (place, model);
  g_autoptr (OcgModel) also = ocg_model_new_at (place, unlisted);

  g_assert_cmpstr (place->origin, ==, CN_ORIGIN);
  g_assert_cmpstr (place->class, ==, "cn");
  g_assert_true (ocg_provider_accepts_origin (place, CN_ORIGIN));
  g_assert_false (ocg_provider_accepts_origin (place, GLOBAL_ORIGIN));
  g_assert_cmpstr (place->api, ==, provider->api);
  g_assert_cmpstr (place->family, ==, provider->family);
  g_assert_cmpint (place->auth_header, ==, provider->auth_header);
  g_assert_cmpint (place->needs_key, ==, provider->needs_key);
  g_assert_cmpint (place->timeout_seconds, ==, 5);
  g_assert_cmpstr (g_hash_table_lookup (place->headers, "x-mine"), ==, "1");
  g_assert_cmpstr (back->base_url, ==, GLOBAL);
  g_assert_cmpstr (back->class, ==, "global");

  g_assert_true (moved->provider == place);
  g_assert_cmpstr (moved->ref, ==, model->ref);
  g_assert_cmpuint (moved->max_tokens, ==, model->max_tokens);
  g_assert_true (moved->listed);
  g_assert_false (also->listed);
  ocg_model_unref (model);
  ocg_model_unref (unlisted);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/credential-place/%s", rows[i].what);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/credential-place/rest", test_rest);
  return g_test_run ();
}
