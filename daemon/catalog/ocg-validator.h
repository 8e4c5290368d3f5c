/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The one look at all files of the configuration, for the gateway and for Config.Validate. */

#pragma once

#include "ocg-catalog.h"

/* Makes settings and catalogue of @sources, and adds to @problems whatever is wrong in the files:
 * what cannot be read, names that are not known, values, references to models, keys in plain text.
 * By file, then by place. Which keys are in the keyring is not looked at. @served: (nullable) as
 * for ocg_catalog_new(). Returns: (transfer full) */
OcgCatalog *ocg_validator_run (const OcgSettingsSources *sources, GHashTable *served,
                               OcgProblems *problems);
