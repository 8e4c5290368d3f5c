/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A catalogue made of texts, and what tests ask it. In texts ' stands for ". A failed expectation
 * ends the test. */

#pragma once

#include "catalog/ocg-catalog.h"
#include "ocg-error.h"

typedef struct
{
  OcgCatalog *catalog;
  OcgProblems *problems;
  const char *credential; /* (nullable) the one provider that has a credential */
} Fixture;

/* A file beneath openclaw.json. */
typedef struct
{
  OcgLayerKind kind;
  const char *name; /* of the file: of a drop-in the provider's id with ".json" */
  const char *text; /* models.json has "providers" at its top, a drop-in the provider's fields */
} FixtureFile;

/* @text: openclaw.json */
Fixture fixture_new (const char *text);
/* As fixture_new(), with models.providers as it is, whatever the settings would say about it. */
Fixture fixture_new_raw (const char *providers);
/* @environment: (nullable) "NAME=value"; @files: lowest first, of kinds below ADMIN_CONFIG;
 * @served: (nullable) see ocg_catalog_new() */
Fixture fixture_new_full (const char *text, const char *const *environment,
                          const FixtureFile *files, guint n_files, GHashTable *served);
void fixture_clear (Fixture *fixture);
/* An OcgHasCredentialFunc; @user_data: the fixture. */
gboolean fixture_has_credential (OcgProvider *provider, gpointer user_data);

JsonNode *parse (const char *text);
OcgModel *resolve (Fixture *fixture, const char *reference);
void assert_resolves (Fixture *fixture, const char *reference, const char *ref, gboolean listed);
/* @parts: what the message has to hold, separated by "|"; the first part is its beginning */
void assert_fails (Fixture *fixture, const char *reference, OcgError code, const char *parts);
/* @beginning: of "PATH: MESSAGE" */
const OcgProblem *assert_problem (Fixture *fixture, const char *beginning);
void assert_n_problems (Fixture *fixture, guint n);
void assert_prices (OcgModel *model, double input, double output, double cache_read,
                    double cache_write);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)
