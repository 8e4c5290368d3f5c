/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config-files.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#include "ocg-config-path.h"
#include "ocg-problem.h"

/* Enough for everybody, and few enough for a folder that somebody filled by mistake. */
#define MAX_DROP_INS 256

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
trees_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_tree_unref);
}

/* Of OcgConfigTree: the files of one folder, by name. */
static GPtrArray *
load_drop_ins (const char *folder, guint *n_left_out)
{
  GPtrArray *trees = trees_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (*name != '.' && g_str_has_suffix (name, ".json") && g_utf8_validate (name, -1, NULL))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  *n_left_out += names->len - MIN (names->len, MAX_DROP_INS);
  for (guint i = 0; i < MIN (names->len, MAX_DROP_INS); i++)
    {
      const char *one = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (folder, one, NULL);
      g_autofree char *id = g_strndup (one, strlen (one) - strlen (".json"));
      g_autofree char *top = ocg_config_path_join ("models.providers", id);

      g_ptr_array_add (trees, ocg_config_tree_load_part (path, top, NULL, NULL));
    }
  return trees;
}

/* NULL when it is not there, or with @error. */
static char *
load_text (const char *path, int *error)
{
  g_auto (OcgConfigFile) file = { 0 };

  *error = ocg_config_file_read (&file, path);
  if (*error == 0 && file.length > OCG_JSON5_MAX_SIZE)
    *error = EFBIG;
  return *error == 0 && file.exists ? g_steal_pointer (&file.text) : NULL;
}

static OcgConfigFiles *
files_new (void)
{
  OcgConfigFiles *self = g_new0 (OcgConfigFiles, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

/* All but what is in folders. */
static void
load_named (OcgConfigFiles *self, const OcgConfigPaths *paths, OcgConfigReadFunc read)
{
  self->config = ocg_config_tree_load (paths->config, read, NULL);
  self->desktop = ocg_config_tree_load_part (paths->desktop, "desktop", read, NULL);
  self->admin_config = ocg_config_tree_load (paths->admin_config, read, NULL);
  self->admin_desktop = ocg_config_tree_load_part (paths->admin_desktop, "desktop", read, NULL);
  self->models_json = trees_new ();
  for (guint i = 0; paths->models_json[i] != NULL; i++)
    g_ptr_array_add (self->models_json,
                     ocg_config_tree_load_part (paths->models_json[i], "models", read, NULL));
}

OcgConfigFiles *
ocg_config_files_load (const OcgConfigPaths *paths)
{
  OcgConfigFiles *self = files_new ();

  load_named (self, paths, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->drop_ins); i++)
    self->drop_ins[i] = load_drop_ins (paths->drop_ins[i], &self->n_left_out);
  self->dotenv = load_text (paths->dotenv, &self->dotenv_error);
  self->dotenv_path = g_strdup (paths->dotenv);
  return self;
}

static int
read_nothing (OcgConfigFile *file, const char *path, gpointer user_data)
{
  *file = (OcgConfigFile){ .text = g_strdup (""), .hash = g_strdup ("") };
  return 0;
}

OcgConfigFiles *
ocg_config_files_new_empty (const OcgConfigPaths *paths)
{
  OcgConfigFiles *self = files_new ();

  load_named (self, paths, read_nothing);
  for (guint i = 0; i < G_N_ELEMENTS (self->drop_ins); i++)
    self->drop_ins[i] = trees_new ();
  return self;
}

static void
describe_dotenv (OcgConfigFiles *self, OcgProblems *problems)
{
  /* TRANSLATORS: what the system says, such as "Permission denied" */
  g_autofree char *message = g_strdup_printf (
      _ ("this file cannot be read: %s. Check the file and its permissions"),
      strerror (self->dotenv_error));

  ocg_problems_add_at (problems, OCG_SEVERITY_ERROR, self->dotenv_path, 0, 0, "", message, NULL);
}

void
ocg_config_files_describe (OcgConfigFiles *self, OcgProblems *problems)
{
  g_autofree char *message = NULL;

  if (self->dotenv_error != 0)
    describe_dotenv (self, problems);
  if (self->n_left_out == 0)
    return;
  message = g_strdup_printf (
      /* TRANSLATORS: a number of files, and how many are read */
      ngettext ("%u file in providers.d is left out: no more than %d are read from one folder",
                "%u files in providers.d are left out: no more than %d are read from one folder",
                self->n_left_out),
      self->n_left_out, MAX_DROP_INS);
  ocg_problems_add_at (problems, OCG_SEVERITY_WARNING, NULL, 0, 0, "models.providers", message,
                       NULL);
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
  GPtrArray *chosen = trees_new ();

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
  copy->dotenv_error = self->dotenv_error;
  copy->n_left_out = self->n_left_out;
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
  copy->dotenv_error = self->dotenv_error;
  copy->n_left_out = self->n_left_out;
  copy->dotenv_path = g_strdup (self->dotenv_path);
  return copy;
}

static JsonNode *
merge (JsonNode *below, JsonNode *above)
{
  g_autoptr (JsonObject) merged = NULL;
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (below) || !JSON_NODE_HOLDS_OBJECT (above))
    return json_node_ref (above);
  merged = json_object_new ();
  json_object_iter_init_ordered (&iter, json_node_get_object (below));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (merged, name, json_node_ref (value));
  json_object_iter_init_ordered (&iter, json_node_get_object (above));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      JsonNode *other = json_object_get_member (merged, name);

      json_object_set_member (merged, name,
                              other != NULL ? merge (other, value) : json_node_ref (value));
    }
  return json_node_init_object (json_node_alloc (), merged);
}

JsonNode *
ocg_config_files_get_value (OcgConfigFiles *self, gboolean desktop)
{
  JsonNode *below = ocg_config_tree_get_root (desktop ? self->admin_desktop : self->admin_config);
  JsonNode *above = ocg_config_tree_get_root (desktop ? self->desktop : self->config);
  g_autoptr (JsonObject) nothing = NULL;

  if (below != NULL && above != NULL)
    return merge (below, above);
  if (below != NULL || above != NULL)
    return json_node_ref (above != NULL ? above : below);
  nothing = json_object_new ();
  return json_node_init_object (json_node_alloc (), nothing);
}

typedef void (*TreeFunc) (OcgConfigTree *tree, gpointer user_data);

static void
for_each_tree (OcgConfigFiles *self, TreeFunc func, gpointer user_data)
{
  OcgConfigTree *named[] = { self->config, self->desktop, self->admin_config, self->admin_desktop };

  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    func (named[i], user_data);
  g_ptr_array_foreach (self->models_json, (GFunc) func, user_data);
  for (guint i = 0; i < G_N_ELEMENTS (self->drop_ins); i++)
    g_ptr_array_foreach (self->drop_ins[i], (GFunc) func, user_data);
}

static void
add_documents (OcgConfigTree *tree, gpointer user_data)
{
  GPtrArray *documents = ocg_config_tree_get_documents (tree);

  for (guint i = 0; i < documents->len; i++)
    g_strv_builder_add (user_data, ((OcgConfigDocument *) g_ptr_array_index (documents, i))->path);
}

GStrv
ocg_config_files_list (OcgConfigFiles *self, const OcgConfigPaths *paths)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for_each_tree (self, add_documents, builder);
  g_strv_builder_add (builder, paths->dotenv);
  return g_strv_builder_end (builder);
}

/* One line for each file: its name, and its bytes or the lack of them. */
static void
add_line (OcgConfigTree *tree, gpointer user_data)
{
  GPtrArray *documents = ocg_config_tree_get_documents (tree);

  for (guint i = 0; i < documents->len; i++)
    {
      const OcgConfigDocument *document = g_ptr_array_index (documents, i);

      g_string_append_printf (user_data, "%s %d %d %s\n", document->path, document->exists,
                              ocg_config_tree_is_valid (tree), document->hash);
    }
}

gboolean
ocg_config_files_is_same (OcgConfigFiles *self, OcgConfigFiles *other)
{
  g_autoptr (GString) ours = g_string_new (NULL);
  g_autoptr (GString) theirs = g_string_new (NULL);

  for_each_tree (self, add_line, ours);
  for_each_tree (other, add_line, theirs);
  return g_string_equal (ours, theirs) && g_strcmp0 (self->dotenv, other->dotenv) == 0
         && self->dotenv_error == other->dotenv_error && self->n_left_out == other->n_left_out;
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
