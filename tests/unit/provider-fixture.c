/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "provider-fixture.h"

#include "catalog/ocg-model-reader.h"
#include "catalog/ocg-provider-reader.h"

static void
check (OcgProblems *problems, gconstpointer result)
{
  for (guint i = 0; i < ocg_problems_get_n (problems); i++)
    if (result == NULL || ocg_problems_get (problems, i)->severity == OCG_SEVERITY_ERROR)
      g_error ("%s", ocg_problems_get (problems, i)->message);
  g_assert_nonnull (result);
}

OcgProvider *
provider_fixture_new (const char *id, JsonObject *json)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  OcgProviderEntry entry = { .name = id, .json = json };
  const OcgProviderSources sources = { .id = id, .entries = entries };
  g_autofree char *broken = NULL;
  OcgProvider *provider = NULL;

  g_ptr_array_add (entries, &entry);
  provider = ocg_provider_read (&sources, problems, &broken);
  check (problems, provider);
  return provider;
}

OcgModel *
provider_fixture_model (OcgProvider *provider, JsonObject *json)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  OcgModel *model = ocg_model_read (provider, json, NULL, "model", FALSE, problems);

  check (problems, model);
  return model;
}
