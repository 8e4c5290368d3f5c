/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "catalog-fixture.h"

#include <string.h>

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
  g_clear_pointer (&fixture->problems, g_ptr_array_unref);
}

JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

Fixture
fixture_new (const char *text)
{
  const char *const environment[] = { "HOME=/nowhere", NULL };
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (JsonNode) root = parse (json);
  g_autoptr (OcgSettings) settings = ocg_settings_new (root, environment);
  Fixture fixture = { NULL, g_ptr_array_new_with_free_func (g_free), NULL };

  fixture.catalog = ocg_catalog_new (settings, NULL, fixture.problems);
  return fixture;
}

Fixture
fixture_new_raw (const char *providers)
{
  g_autofree char *json = g_strdelimit (g_strdup (providers), "'", '"');
  g_autoptr (JsonNode) node = parse (json);
  const char *const environment[] = { NULL };
  g_autoptr (OcgSettings) settings = ocg_settings_new (NULL, environment);
  Fixture fixture = { NULL, g_ptr_array_new_with_free_func (g_free), NULL };

  json_object_unref (settings->providers);
  settings->providers = json_object_ref (json_node_get_object (node));
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

void
assert_problem (Fixture *fixture, const char *beginning)
{
  for (guint i = 0; i < fixture->problems->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (fixture->problems, i), beginning))
      {
        g_test_message ("%s", (const char *) g_ptr_array_index (fixture->problems, i));
        return;
      }
  for (guint i = 0; i < fixture->problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (fixture->problems, i));
  g_error ("no problem begins with \"%s\"", beginning);
}

void
assert_prices (OcgModel *model, double input, double output, double cache_read, double cache_write)
{
  g_assert_cmpfloat_with_epsilon (model->prices.input, input, 1e-9);
  g_assert_cmpfloat_with_epsilon (model->prices.output, output, 1e-9);
  g_assert_cmpfloat_with_epsilon (model->prices.cache_read, cache_read, 1e-9);
  g_assert_cmpfloat_with_epsilon (model->prices.cache_write, cache_write, 1e-9);
}
