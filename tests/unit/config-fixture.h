/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Configuration from texts in memory. */

#pragma once

#include "config/ocg-settings.h"

/* All files missing but openclaw.json, which holds @text (nullable: missing too). */
OcgConfigFiles *config_fixture_files (const char *text);
/* The settings of such files. @process: (nullable) the environment */
OcgSettings *config_fixture_settings (const char *text, const char *const *process,
                                      OcgProblems *problems);
/* A tree of one file. @top: (nullable) see ocg_config_tree_load_part() */
OcgConfigTree *config_fixture_tree (const char *path, const char *top, const char *text);
