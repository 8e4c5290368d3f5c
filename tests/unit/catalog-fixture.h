/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A catalogue made of a text, and what tests ask it. A failed expectation ends the test. */

#pragma once

#include "catalog/ocg-catalog.h"
#include "ocg-error.h"

typedef struct
{
  OcgCatalog *catalog;
  GPtrArray *problems;
  const char *credential; /* (nullable) the one provider that has a credential */
} Fixture;

/* @text: openclaw.json, with ' for " */
Fixture fixture_new (const char *text);
/* As fixture_new(), with models.providers as it is, whatever the settings would say about it. */
Fixture fixture_new_raw (const char *providers);
void fixture_clear (Fixture *fixture);
/* An OcgHasCredentialFunc; @user_data: the fixture. */
gboolean fixture_has_credential (OcgProvider *provider, gpointer user_data);

JsonNode *parse (const char *text);
OcgModel *resolve (Fixture *fixture, const char *reference);
void assert_resolves (Fixture *fixture, const char *reference, const char *ref, gboolean listed);
/* @parts: what the message has to hold, separated by "|"; the first part is its beginning */
void assert_fails (Fixture *fixture, const char *reference, OcgError code, const char *parts);
void assert_problem (Fixture *fixture, const char *beginning);
void assert_prices (OcgModel *model, double input, double output, double cache_read,
                    double cache_write);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)
