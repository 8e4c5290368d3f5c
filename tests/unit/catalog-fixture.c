/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "catalog-fixture.h"

#include <string.h>

#include "config-fixture.h"

gboolean
fixture_has_credential (OcgProvider *provider, gpointer user_data)
{
  Fixture *fixture = user_data;

  return g_strcmp0 (provider->id, fixture->credential) == 0;
}

void
fixture_clear (Fixture *fixture)
{
  g_clear_pointer (&fixture->catalog, ocg_catalog_unref);
  g_clear_pointer (&fixture->problems, ocg_problems_free);
}

JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

static char *
unquote (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

/* The entries in a file, by id. */
static JsonObject *
get_providers (const FixtureFile *file, OcgConfigTree *tree)
{
  JsonNode *root = ocg_config_tree_get_root (tree);
  JsonObject *providers = NULL;
  g_autofree char *id = NULL;

  g_assert_nonnull (root);
  if (file->kind == OCG_LAYER_MODELS_JSON)
    return json_object_ref (
        json_object_get_object_member (json_node_get_object (root), "providers"));
  id = g_strndup (file->name, strlen (file->name) - strlen (".json"));
  providers = json_object_new ();
  json_object_set_member (providers, id, json_node_copy (root));
  return providers;
}

static OcgProviderLayer *
new_layer (const FixtureFile *file)
{
  g_autofree char *text = unquote (file->text);
  g_autofree char *path = g_build_filename ("/nowhere", file->name, NULL);
  g_autofree char *id = g_strndup (file->name, strlen (file->name) - strlen (".json"));
  g_autofree char *entry = g_strconcat ("models.providers.", id, NULL);
  g_autoptr (OcgConfigTree) tree = config_fixture_tree (
      path, file->kind == OCG_LAYER_MODELS_JSON ? "models" : entry, text);
  g_autoptr (JsonObject) providers = get_providers (file, tree);

  return ocg_provider_layer_new (file->kind, tree, providers, NULL);
}

Fixture
fixture_new_full (const char *text, const char *const *environment, const FixtureFile *files,
                  guint n_files, GHashTable *served)
{
  const char *const nowhere[] = { "HOME=/nowhere", NULL };
  g_autofree char *json = unquote (text);
  Fixture fixture = { NULL, ocg_problems_new (), NULL };
  g_autoptr (OcgSettings) settings = config_fixture_settings (
      json, environment != NULL ? environment : nowhere, fixture.problems);

  for (guint i = 0; i < n_files; i++)
    g_ptr_array_insert (settings->layers, (int) i, new_layer (&files[i]));
  fixture.catalog = ocg_catalog_new (settings, served, fixture.problems);
  return fixture;
}

Fixture
fixture_new (const char *text)
{
  return fixture_new_full (text, NULL, NULL, 0, NULL);
}

Fixture
fixture_new_raw (const char *providers)
{
  const char *const environment[] = { NULL };
  g_autofree char *json = unquote (providers);
  g_autofree char *whole = g_strdup_printf ("{\"models\":{\"providers\":%s}}", json);
  g_autoptr (JsonNode) node = parse (json);
  g_autoptr (OcgConfigTree) tree = config_fixture_tree ("/nowhere/openclaw.json", NULL, whole);
  Fixture fixture = { NULL, ocg_problems_new (), NULL };
  g_autoptr (OcgSettings) settings
      = config_fixture_settings (NULL, environment, fixture.problems);

  g_ptr_array_add (settings->layers, ocg_provider_layer_new (OCG_LAYER_CONFIG, tree,
                                                             json_node_get_object (node), NULL));
  fixture.catalog = ocg_catalog_new (settings, NULL, fixture.problems);
  return fixture;
}

OcgModel *
resolve (Fixture *fixture, const char *reference)
{
  g_autoptr (GError) error = NULL;
  OcgModel *model
      = ocg_catalog_resolve (fixture->catalog, reference, fixture_has_credential, fixture, &error);

  g_assert_no_error (error);
  g_assert_nonnull (model);
  return model;
}

void
assert_resolves (Fixture *fixture, const char *reference, const char *ref, gboolean listed)
{
  g_autoptr (OcgModel) model = resolve (fixture, reference);

  g_assert_cmpstr (model->ref, ==, ref);
  g_assert_cmpint (model->listed, ==, listed);
}

void
assert_fails (Fixture *fixture, const char *reference, OcgError code, const char *parts)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) wanted = g_strsplit (parts, "|", -1);
  g_autoptr (OcgModel) model
      = ocg_catalog_resolve (fixture->catalog, reference, fixture_has_credential, fixture, &error);

  g_assert_null (model);
  g_assert_error (error, OCG_ERROR, (int) code);
  g_test_message ("%s", error->message);
  if (wanted[0] != NULL)
    g_assert_true (g_str_has_prefix (error->message, wanted[0]));
  for (guint i = 0; wanted[0] != NULL && wanted[i] != NULL; i++)
    if (strstr (error->message, wanted[i]) == NULL)
      g_error ("\"%s\" does not hold \"%s\"", error->message, wanted[i]);
}

const OcgProblem *
assert_problem (Fixture *fixture, const char *beginning)
{
  for (guint i = 0; i < ocg_problems_get_n (fixture->problems); i++)
    {
      const OcgProblem *problem = ocg_problems_get (fixture->problems, i);
      g_autofree char *line = g_strconcat (problem->path, ": ", problem->message, NULL);

      g_test_message ("%s", line);
      if (g_str_has_prefix (line, beginning))
        return problem;
    }
  g_error ("no problem begins with \"%s\"", beginning);
}

void
assert_n_problems (Fixture *fixture, guint n)
{
  for (guint i = 0; i < ocg_problems_get_n (fixture->problems); i++)
    {
      g_autofree char *line = ocg_problem_to_line (ocg_problems_get (fixture->problems, i));

      g_test_message ("%s", line);
    }
  g_assert_cmpuint (ocg_problems_get_n (fixture->problems), ==, n);
}

void
assert_prices (OcgModel *model, double input, double output, double cache_read, double cache_write)
{
  g_assert_cmpfloat_with_epsilon (model->prices.input, input, 1e-9);
  g_assert_cmpfloat_with_epsilon (model->prices.output, output, 1e-9);
  g_assert_cmpfloat_with_epsilon (model->prices.cache_read, cache_read, 1e-9);
  g_assert_cmpfloat_with_epsilon (model->prices.cache_write, cache_write, 1e-9);
}
