/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What ocg_validator_run() looks at beyond single values, for one file each. The source of
 * @problems is @tree. */

#pragma once

#include "ocg-catalog.h"

/* References to models and their aliases in an openclaw.json. */
void ocg_validator_check_refs (OcgCatalog *catalog, OcgConfigTree *tree, OcgProblems *problems);
/* desktop.search.model */
void ocg_validator_check_desktop_refs (OcgCatalog *catalog, OcgConfigTree *tree,
                                       OcgProblems *problems);

/* The entry of one provider: where it is, and whether a key stands in it. @environment: (nullable)
 * for ${VAR} in it. */
void ocg_validator_check_provider (OcgCatalog *catalog, const char *id, JsonNode *entry,
                                   OcgEnvironment *environment, OcgProblems *problems);
/* A file of providers.d: names and regions. */
void ocg_validator_check_drop_in (OcgCatalog *catalog, const char *id, JsonNode *entry,
                                  OcgProblems *problems);
/* The env block of an openclaw.json: whether keys stand in it. */
void ocg_validator_check_env (OcgCatalog *catalog, OcgConfigTree *tree, OcgProblems *problems);
