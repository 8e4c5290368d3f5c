/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Configuration from texts in memory. */

#pragma once

#include "config/ocg-settings.h"

/* NULL: that file is missing. Their paths are "/nowhere/" and what is said here. */
typedef struct
{
  const char *config;        /* openclaw.json */
  const char *desktop;       /* desktop.json */
  const char *admin_config;  /* admin/openclaw.json */
  const char *admin_desktop; /* admin/desktop.json */
  const char *models_json;   /* models.json */
  const char *dotenv;        /* .env */
  const char *drop_in_id;    /* what the drop-in is called, without ".json" */
  const char *drop_in;       /* providers.d/ID.json of the user */
} ConfigFixtureTexts;

OcgConfigFiles *config_fixture_files_of (const ConfigFixtureTexts *texts);
/* All files missing but openclaw.json, which holds @text (nullable: missing too). */
OcgConfigFiles *config_fixture_files (const char *text);
/* The settings of such files. @process: (nullable) the environment */
OcgSettings *config_fixture_settings (const char *text, const char *const *process,
                                      OcgProblems *problems);
/* A tree of one file. @top: (nullable) see ocg_config_tree_load_part() */
OcgConfigTree *config_fixture_tree (const char *path, const char *top, const char *text);
/* The text of fixtures/config/@name. */
char *config_fixture_text (const char *name);
/* "SEVERITY PATH" of all problems, one a line, in their order; with " -> SUGGESTION". */
char *config_fixture_list_problems (OcgProblems *problems);
/* Whether a problem at @path is there. */
gboolean config_fixture_has_problem (OcgProblems *problems, const char *path);
