/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-validator.h"
OcgCatalog *ocg_validator_run (const OcgSettingsSources *sources, GHashTable *served, OcgProblems *problems)
{
  ocg_config_tree_describe (sources->files->config, problems);
  g_autoptr (OcgSettings) settings = ocg_settings_new (sources, problems);
  return ocg_catalog_new (settings, served, problems);
}
