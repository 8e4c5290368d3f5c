/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The readers of ocg_settings_new(), one for each section. Each is called for the administrator's
 * openclaw.json and then for the user's, and changes in @out only what that file sets and sets
 * right. @root: (nullable) nothing */

#pragma once

#include "ocg-settings-reader.h"
#include "ocg-settings.h"

/* Makes out->environment and the fields of env.shellEnv; for all files at once. */
void ocg_settings_read_env (OcgSettings *out, const OcgSettingsSources *sources,
                            OcgProblems *problems);
void ocg_settings_read_agents (OcgSettings *out, OcgSettingsReader *reader, JsonObject *root);
void ocg_settings_read_auth (OcgSettings *out, OcgSettingsReader *reader, JsonObject *root);
void ocg_settings_read_plugins (OcgSettings *out, OcgSettingsReader *reader, JsonObject *root);
/* Drop-ins, models.json, the places of logins, and models.providers of both openclaw.json, with
 * models.mode. */
void ocg_settings_read_layers (OcgSettings *out, OcgSettingsReader *reader,
                               const OcgSettingsSources *sources);

/* The object of a tree; NULL when there is none. (nullable) @tree */
JsonObject *ocg_settings_root (OcgConfigTree *tree);
