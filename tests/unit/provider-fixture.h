/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Providers and models of one piece of JSON, with the fields of data/providers. Such JSON has to be
 * right. */

#pragma once

#include "catalog/ocg-model-reader.h"
#include "catalog/ocg-provider-reader.h"

static inline OcgProvider *
provider_fixture_new (const char *id, JsonObject *json)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  g_autofree char *broken = NULL;
  OcgProviderEntry entry = { NULL, id, json };
  const OcgProviderSources sources = { .id = id, .entries = entries };
  OcgProvider *provider = NULL;

  g_ptr_array_add (entries, &entry);
  provider = ocg_provider_read (&sources, problems, &broken);
  if (provider == NULL || ocg_problems_get_n_errors (problems) > 0)
    g_error ("%s: %s", id, ocg_problems_get (problems, 0)->message);
  return provider;
}

static inline OcgModel *
provider_fixture_model (OcgProvider *provider, JsonObject *json)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  OcgModel *model = ocg_model_read (provider, json, NULL, "model", FALSE, problems);

  if (model == NULL)
    g_error ("%s: %s", provider->id, ocg_problems_get (problems, 0)->message);
  return model;
}
