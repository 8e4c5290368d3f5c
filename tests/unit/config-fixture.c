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

/* All files missing. */
static OcgConfigFiles *
empty_files (void)
{
  g_autoptr (OcgConfigPaths) paths = NULL;

  g_setenv ("OPENCLAW_GATEWAY_ADMIN_DIR", "/nowhere/admin", TRUE);
  g_setenv ("OPENCLAW_GATEWAY_DATA_DIR", "/nowhere/data", TRUE);
  g_setenv ("OPENCLAW_STATE_DIR", "/nowhere", TRUE);
  paths = ocg_config_paths_new ("/nowhere/openclaw.json");
  g_free (paths->desktop);
  g_free (paths->drop_ins[OCG_LAYER_USER]);
  paths->desktop = g_strdup ("/nowhere/desktop.json");
  paths->drop_ins[OCG_LAYER_USER] = g_strdup ("/nowhere/providers.d");
  return ocg_config_files_load (paths);
}

static void
put_tree (OcgConfigTree **place, const char *top, const char *text)
{
  OcgConfigTree *tree = config_fixture_tree (ocg_config_tree_get_path (*place), top, text);

  ocg_config_tree_unref (*place);
  *place = tree;
}

static void
put_drop_in (OcgConfigFiles *files, const char *id, const char *text)
{
  g_autofree char *path = g_strdup_printf ("/nowhere/providers.d/%s.json", id);
  g_autofree char *top = g_strconcat ("models.providers.", id, NULL);

  g_ptr_array_add (files->drop_ins[OCG_LAYER_USER], config_fixture_tree (path, top, text));
}

OcgConfigFiles *
config_fixture_files_of (const ConfigFixtureTexts *texts)
{
  OcgConfigFiles *files = empty_files ();

  put_tree (&files->config, NULL, texts->config);
  put_tree (&files->desktop, "desktop", texts->desktop);
  put_tree (&files->admin_config, NULL, texts->admin_config);
  put_tree (&files->admin_desktop, "desktop", texts->admin_desktop);
  put_tree ((OcgConfigTree **) &g_ptr_array_index (files->models_json, 0), "models",
            texts->models_json);
  files->dotenv = g_strdup (texts->dotenv);
  if (texts->drop_in_id != NULL)
    put_drop_in (files, texts->drop_in_id, texts->drop_in);
  return files;
}

OcgConfigFiles *
config_fixture_files (const char *text)
{
  const ConfigFixtureTexts texts = { .config = text };

  return config_fixture_files_of (&texts);
}

OcgSettings *
config_fixture_settings (const char *text, const char *const *process, OcgProblems *problems)
{
  static const char *const nothing[] = { NULL };
  g_autoptr (OcgConfigFiles) files = config_fixture_files (text);
  const OcgSettingsSources sources = { files, process != NULL ? process : nothing, NULL };

  return ocg_settings_new (&sources, problems);
}

char *
config_fixture_text (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "config", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

char *
config_fixture_list_problems (OcgProblems *problems)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < ocg_problems_get_n (problems); i++)
    {
      const OcgProblem *problem = ocg_problems_get (problems, i);
      g_autofree char *line = ocg_problem_to_line (problem);

      g_test_message ("%s", line);
      g_string_append_printf (list, "%s %s", ocg_severity_to_string (problem->severity),
                              problem->path);
      if (problem->suggestion != NULL)
        g_string_append_printf (list, " -> %s", problem->suggestion);
      g_string_append_c (list, '\n');
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

gboolean
config_fixture_has_problem (OcgProblems *problems, const char *path)
{
  for (guint i = 0; i < ocg_problems_get_n (problems); i++)
    if (g_str_equal (ocg_problems_get (problems, i)->path, path))
      return TRUE;
  return FALSE;
}
