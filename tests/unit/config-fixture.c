/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config-fixture.h"

#include <string.h>

static int
read_text (OcgConfigFile *file, const char *path, gpointer user_data)
{
  const char *text = user_data;

  *file = (OcgConfigFile){ .exists = text != NULL };
  file->text = g_strdup (text != NULL ? text : "");
  file->length = strlen (file->text);
  file->hash = text != NULL ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1)
                            : g_strdup ("");
  return 0;
}

OcgConfigTree *
config_fixture_tree (const char *path, const char *top, const char *text)
{
  return ocg_config_tree_load_part (path, top, read_text, (gpointer) text);
}

OcgConfigFiles *
config_fixture_files (const char *text)
{
  g_autoptr (OcgConfigPaths) paths = NULL;
  g_autoptr (OcgConfigFiles) disk = NULL;
  g_autoptr (OcgConfigTree) tree = config_fixture_tree ("/nowhere/openclaw.json", NULL, text);

  g_setenv ("OPENCLAW_GATEWAY_ADMIN_DIR", "/nowhere", TRUE);
  g_setenv ("OPENCLAW_GATEWAY_DATA_DIR", "/nowhere", TRUE);
  g_setenv ("OPENCLAW_STATE_DIR", "/nowhere", TRUE);
  paths = ocg_config_paths_new ("/nowhere/openclaw.json");
  g_free (paths->desktop);
  g_free (paths->drop_ins[2]);
  paths->desktop = g_strdup ("/nowhere/desktop.json");
  paths->drop_ins[2] = g_strdup ("/nowhere/providers.d");
  disk = ocg_config_files_load (paths);
  return ocg_config_files_replace (disk, tree, NULL);
}

OcgSettings *
config_fixture_settings (const char *text, const char *const *process, OcgProblems *problems)
{
  static const char *const nothing[] = { NULL };
  g_autoptr (OcgConfigFiles) files = config_fixture_files (text);
  const OcgSettingsSources sources = { files, process != NULL ? process : nothing, NULL };

  return ocg_settings_new (&sources, problems);
}
