/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config-files.h"

#include <string.h>

#include "../../dbus/ocg-names.h"

#define FILE_NAME "openclaw.json"
#define DESKTOP_FILE_NAME "desktop.json"
#define ADMIN_DIR "/etc/openclaw"
#define DROP_IN_DIR "providers.d"

/* Enough for everybody, and few enough for a folder that somebody filled by mistake. */
#define MAX_DROP_INS 256

/* Absolute, with "~" as in a shell: services get the variable without one. */
static char *
complete_path (const char *path)
{
  if (g_str_equal (path, "~") || g_str_has_prefix (path, "~/"))
    {
      g_autofree char *beneath_home = g_build_filename (g_get_home_dir (), path + 1, NULL);
      return g_canonicalize_filename (beneath_home, NULL);
    }
  return g_canonicalize_filename (path, NULL);
}

/* The value of a variable that holds a path; NULL when it is not set. */
static char *
get_path (const char *variable)
{
  const char *path = g_getenv (variable);
  return path != NULL && *path != '\0' ? complete_path (path) : NULL;
}

OcgConfigPaths *
ocg_config_paths_new (const char *config)
{
  OcgConfigPaths *self = g_new0 (OcgConfigPaths, 1);
  g_autofree char *state = get_path (OCG_ENV_STATE_DIR);
  g_autofree char *admin = get_path (OCG_ENV_ADMIN_DIR);
  g_autofree char *data = get_path (OCG_ENV_DATA_DIR);
  g_autofree char *own = g_build_filename (g_get_user_config_dir (), "openclaw-gateway", NULL);
  g_autoptr (GStrvBuilder) models = g_strv_builder_new ();

  if (state == NULL)
    state = g_build_filename (g_get_home_dir (), ".openclaw", NULL);
  if (admin == NULL)
    admin = g_strdup (ADMIN_DIR);
  if (data == NULL)
    data = g_strdup (OCG_PKGDATADIR);
  g_autofree char *outer = g_build_filename (state, "models.json", NULL);
  g_autofree char *inner
      = g_build_filename (state, "agents", "main", "agent", "models.json", NULL);

  self->config = config != NULL ? complete_path (config) : get_path (OCG_ENV_CONFIG_PATH);
  if (self->config == NULL)
    self->config = g_build_filename (state, FILE_NAME, NULL);
  self->desktop = g_build_filename (own, DESKTOP_FILE_NAME, NULL);
  self->admin_config = g_build_filename (admin, FILE_NAME, NULL);
  self->admin_desktop = g_build_filename (admin, DESKTOP_FILE_NAME, NULL);
  self->dotenv = g_build_filename (state, ".env", NULL);
  g_strv_builder_add (models, outer);
  g_strv_builder_add (models, inner);
  self->models_json = g_strv_builder_end (models);
  self->drop_ins[0] = g_build_filename (data, DROP_IN_DIR, NULL);
  self->drop_ins[1] = g_build_filename (admin, DROP_IN_DIR, NULL);
  self->drop_ins[2] = g_build_filename (own, DROP_IN_DIR, NULL);
  return self;
}

void
ocg_config_paths_free (OcgConfigPaths *self)
{
  g_free (self->config);
  g_free (self->desktop);
  g_free (self->admin_config);
  g_free (self->admin_desktop);
  g_free (self->dotenv);
  g_strfreev (self->models_json);
  for (guint i = 0; i < G_N_ELEMENTS (self->drop_ins); i++)
    g_free (self->drop_ins[i]);
  g_free (self);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Of OcgConfigTree: the files of one folder, by name. */
static GPtrArray *
load_drop_ins (const char *folder)
{
  GPtrArray *trees = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_tree_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (*name != '.' && g_str_has_suffix (name, ".json") && g_utf8_validate (name, -1, NULL))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < MIN (names->len, MAX_DROP_INS); i++)
    {
      const char *one = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (folder, one, NULL);
      g_autofree char *id = g_strndup (one, strlen (one) - strlen (".json"));
      g_autofree char *top = g_strconcat ("models.providers.", id, NULL);

      g_ptr_array_add (trees, ocg_config_tree_load_part (path, top, NULL, NULL));
    }
  return trees;
}

static char *
load_text (const char *path)
{
  g_auto (OcgConfigFile) file = { 0 };

  if (ocg_config_file_read (&file, path) != 0 || !file.exists || file.length > OCG_JSON5_MAX_SIZE)
    return NULL;
  return g_steal_pointer (&file.text);
}

static OcgConfigFiles *
files_new (void)
{
  OcgConfigFiles *self = g_new0 (OcgConfigFiles, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

OcgConfigFiles *
ocg_config_files_load (const OcgConfigPaths *paths)
{
  OcgConfigFiles *self = files_new ();

  self->config = ocg_config_tree_load (paths->config, NULL, NULL);
  self->desktop = ocg_config_tree_load_part (paths->desktop, "desktop", NULL, NULL);
  self->admin_config = ocg_config_tree_load (paths->admin_config, NULL, NULL);
  self->admin_desktop = ocg_config_tree_load_part (paths->admin_desktop, "desktop", NULL, NULL);
  self->models_json = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_tree_unref);
  for (guint i = 0; paths->models_json[i] != NULL; i++)
    g_ptr_array_add (self->models_json, ocg_config_tree_load_part (paths->models_json[i], "models",
                                                                   NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (self->drop_ins); i++)
    self->drop_ins[i] = load_drop_ins (paths->drop_ins[i]);
  self->dotenv = load_text (paths->dotenv);
  self->dotenv_path = g_strdup (paths->dotenv);
  return self;
}

/* The tree of @good where @tree is not valid. */
static OcgConfigTree *
choose (OcgConfigTree *tree, OcgConfigTree *good)
{
  return ocg_config_tree_ref (
      !ocg_config_tree_is_valid (tree) && ocg_config_tree_is_valid (good) ? good : tree);
}

static OcgConfigTree *
find_tree (GPtrArray *trees, const char *path)
{
  for (guint i = 0; i < trees->len; i++)
    if (g_str_equal (ocg_config_tree_get_path (g_ptr_array_index (trees, i)), path))
      return g_ptr_array_index (trees, i);
  return NULL;
}

static GPtrArray *
choose_all (GPtrArray *trees, GPtrArray *good)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_tree_unref);

  for (guint i = 0; i < trees->len; i++)
    {
      OcgConfigTree *tree = g_ptr_array_index (trees, i);
      OcgConfigTree *before = find_tree (good, ocg_config_tree_get_path (tree));

      g_ptr_array_add (chosen, before != NULL ? choose (tree, before) : ocg_config_tree_ref (tree));
    }
  return chosen;
}

OcgConfigFiles *
ocg_config_files_keep_good (OcgConfigFiles *self, OcgConfigFiles *good)
{
  OcgConfigFiles *copy = files_new ();

  copy->config = choose (self->config, good->config);
  copy->desktop = choose (self->desktop, good->desktop);
  copy->admin_config = choose (self->admin_config, good->admin_config);
  copy->admin_desktop = choose (self->admin_desktop, good->admin_desktop);
  copy->models_json = choose_all (self->models_json, good->models_json);
  for (guint i = 0; i < G_N_ELEMENTS (self->drop_ins); i++)
    copy->drop_ins[i] = choose_all (self->drop_ins[i], good->drop_ins[i]);
  copy->dotenv = g_strdup (self->dotenv);
  copy->dotenv_path = g_strdup (self->dotenv_path);
  return copy;
}

OcgConfigFiles *
ocg_config_files_replace (OcgConfigFiles *self, OcgConfigTree *config, OcgConfigTree *desktop)
{
  OcgConfigFiles *copy = files_new ();

  copy->config = ocg_config_tree_ref (config != NULL ? config : self->config);
  copy->desktop = ocg_config_tree_ref (desktop != NULL ? desktop : self->desktop);
  copy->admin_config = ocg_config_tree_ref (self->admin_config);
  copy->admin_desktop = ocg_config_tree_ref (self->admin_desktop);
  copy->models_json = g_ptr_array_ref (self->models_json);
  for (guint i = 0; i < G_N_ELEMENTS (self->drop_ins); i++)
    copy->drop_ins[i] = g_ptr_array_ref (self->drop_ins[i]);
  copy->dotenv = g_strdup (self->dotenv);
  copy->dotenv_path = g_strdup (self->dotenv_path);
  return copy;
}

OcgConfigFiles *
ocg_config_files_ref (OcgConfigFiles *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ocg_config_files_unref (OcgConfigFiles *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  ocg_config_tree_unref (self->config);
  ocg_config_tree_unref (self->desktop);
  ocg_config_tree_unref (self->admin_config);
  ocg_config_tree_unref (self->admin_desktop);
  g_ptr_array_unref (self->models_json);
  for (guint i = 0; i < G_N_ELEMENTS (self->drop_ins); i++)
    g_ptr_array_unref (self->drop_ins[i]);
  if (self->dotenv != NULL)
    explicit_bzero (self->dotenv, strlen (self->dotenv));
  g_free (self->dotenv);
  g_free (self->dotenv_path);
  g_free (self);
}
