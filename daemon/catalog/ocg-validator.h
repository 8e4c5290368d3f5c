/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#pragma once
#include "ocg-catalog.h"
OcgCatalog *ocg_validator_run (const OcgSettingsSources *sources, GHashTable *served, OcgProblems *problems);
