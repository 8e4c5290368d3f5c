/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config-private.h"

#include <glib/gi18n.h>

#include "ocg-config-diff.h"
#include "ocg-config-mask.h"
#include "ocg-config-not-found.h"
#include "ocg-config-path.h"
#include "ocg-error.h"
#include "ocg-json5-write.h"

/* An editor may take the file away for a moment, or write it in pieces. */
#define DOUBT_MS 300

G_DEFINE_FINAL_TYPE (OcgConfig, ocg_config, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const OcgJson5Format json_format = {
  .lines = TRUE,
  .newline = "\n",
  .unit = "  ",
  .colon = ": ",
  .separator = " ",
  .padding = " ",
};

static void
ocg_config_init (OcgConfig *self)
{
  self->environment = g_get_environ ();
  g_queue_init (&self->tasks);
}

static void
ocg_config_finalize (GObject *object)
{
  OcgConfig *self = OCG_CONFIG (object);

  /* Each queued task holds a reference to us, so there is none. */
  g_clear_pointer (&self->watch, ocg_config_watch_free);
  ocg_config_paths_free (self->paths);
  g_strfreev (self->environment);
  g_strfreev (self->shell);
  ocg_config_files_unref (self->files);
  ocg_config_files_unref (self->good);
  g_clear_pointer (&self->mistakes, g_hash_table_unref);

  G_OBJECT_CLASS (ocg_config_parent_class)->finalize (object);
}

static void
ocg_config_class_init (OcgConfigClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ocg_config_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", OCG_TYPE_CONFIG, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
}

OcgConfig *
ocg_config_new (const char *path)
{
  OcgConfig *self = g_object_new (OCG_TYPE_CONFIG, NULL);

  self->paths = ocg_config_paths_new (path);
  self->files = ocg_config_files_new_empty (self->paths);
  self->good = ocg_config_files_ref (self->files);
  return self;
}

void
ocg_config_set_validator (OcgConfig *self, OcgConfigValidateFunc validate, gpointer user_data)
{
  self->validate = validate;
  self->validate_data = user_data;
}

static OcgConfigTree *
get_tree (OcgConfigFiles *files, OcgConfigDocumentId id)
{
  return id == OCG_CONFIG_DESKTOP ? files->desktop : files->config;
}

static OcgConfigState
state_of (OcgConfigFiles *files, OcgConfigDocumentId id)
{
  OcgConfigTree *tree = get_tree (files, id);

  if (!ocg_config_tree_is_valid (tree))
    return OCG_CONFIG_INVALID;
  return ocg_config_tree_exists (tree) ? OCG_CONFIG_OK : OCG_CONFIG_MISSING;
}

/* Watches what was read, and what would be read if it were there. */
static void
watch_files (OcgConfig *self)
{
  g_auto (GStrv) files = NULL;
  const char *folders[G_N_ELEMENTS (self->paths->drop_ins) + 1] = { NULL };

  if (self->watch == NULL)
    return;
  files = ocg_config_files_list (self->files, self->paths);
  for (guint i = 0; i < G_N_ELEMENTS (self->paths->drop_ins); i++)
    folders[i] = self->paths->drop_ins[i];
  ocg_config_watch_set (self->watch, (const char *const *) files, folders);
}

/* The paths of the values in force that differ. */
static GStrv
compare (OcgConfigFiles *before, OcgConfigFiles *after)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int id = OCG_CONFIG_OPENCLAW; id <= OCG_CONFIG_DESKTOP; id++)
    {
      g_autoptr (JsonNode) old = ocg_config_files_get_value (before, id == OCG_CONFIG_DESKTOP);
      g_autoptr (JsonNode) new = ocg_config_files_get_value (after, id == OCG_CONFIG_DESKTOP);
      g_auto (GStrv) paths
          = ocg_config_diff (old, new, id == OCG_CONFIG_DESKTOP ? "desktop" : "");

      g_strv_builder_addv (builder, (const char **) paths);
    }
  return g_strv_builder_end (builder);
}

void
ocg_config_adopt (OcgConfig *self, OcgConfigFiles *files)
{
  g_autoptr (OcgConfigFiles) before = self->files;
  g_autoptr (OcgConfigFiles) good_before = self->good;
  g_auto (GStrv) paths = NULL;

  self->files = files;
  self->believe_at = 0;
  if (ocg_config_files_is_same (before, files))
    {
      self->good = ocg_config_files_ref (good_before);
      return;
    }
  self->good = ocg_config_files_keep_good (files, good_before);
  g_clear_pointer (&self->mistakes, g_hash_table_unref);
  watch_files (self);
  paths = compare (good_before, self->good);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, paths);
}

gboolean
ocg_config_load (OcgConfig *self, GError **error)
{
  g_autoptr (OcgConfigFiles) files = ocg_config_files_load (self->paths);
  g_auto (GStrv) all = ocg_config_files_list (files, self->paths);

  for (guint i = 0; all[i] != NULL; i++)
    ocg_config_file_remove_stale (all[i]);
  ocg_config_adopt (self, g_steal_pointer (&files));
  return ocg_config_check (self, error);
}

/* Whether the user's files are there and can be read, as far as they were before. */
static gboolean
is_no_worse (OcgConfigFiles *before, OcgConfigFiles *after)
{
  for (int id = OCG_CONFIG_OPENCLAW; id <= OCG_CONFIG_DESKTOP; id++)
    if (state_of (before, id) == OCG_CONFIG_OK && state_of (after, id) != OCG_CONFIG_OK)
      return FALSE;
  return TRUE;
}

gboolean
ocg_config_doubts (OcgConfig *self, OcgConfigFiles *files)
{
  gint64 now = g_get_monotonic_time ();

  if (self->watch == NULL || is_no_worse (self->files, files))
    {
      self->believe_at = 0;
      return FALSE;
    }
  if (self->believe_at == 0)
    self->believe_at = now + DOUBT_MS * G_TIME_SPAN_MILLISECOND;
  if (now >= self->believe_at)
    {
      self->believe_at = 0;
      return FALSE;
    }
  ocg_config_watch_look_again (self->watch,
                               (self->believe_at - now) / G_TIME_SPAN_MILLISECOND + 1);
  return TRUE;
}

static void
on_files_changed (gpointer user_data)
{
  /* A folder may have come, or a symlink may lead elsewhere. */
  watch_files (user_data);
  ocg_config_look (OCG_CONFIG (user_data));
}

void
ocg_config_watch (OcgConfig *self)
{
  if (self->watch == NULL)
    self->watch = ocg_config_watch_new (on_files_changed, self);
  watch_files (self);
}

const char *
ocg_config_get_path (OcgConfig *self, OcgConfigDocumentId id)
{
  return id == OCG_CONFIG_DESKTOP ? self->paths->desktop : self->paths->config;
}

const char *
ocg_config_get_hash (OcgConfig *self, OcgConfigDocumentId id)
{
  return ocg_config_tree_get_hash (get_tree (self->files, id));
}

OcgConfigState
ocg_config_get_state (OcgConfig *self, OcgConfigDocumentId id)
{
  return state_of (self->files, id);
}

gboolean
ocg_config_is_good (OcgConfig *self)
{
  return ocg_config_files_is_same (self->files, self->good);
}

gboolean
ocg_config_check (OcgConfig *self, GError **error)
{
  return ocg_config_tree_check (self->files->config, error)
         && ocg_config_tree_check (self->files->desktop, error);
}

static OcgSettingsSources
sources_of (OcgConfig *self, OcgConfigFiles *files)
{
  return (OcgSettingsSources){ files, (const char *const *) self->environment,
                               (const char *const *) self->shell };
}

OcgSettingsSources
ocg_config_get_sources (OcgConfig *self)
{
  return sources_of (self, self->good);
}

void
ocg_config_set_shell_environment (OcgConfig *self, GStrv shell)
{
  static const char *const nothing[] = { NULL };

  g_strfreev (self->shell);
  self->shell = shell;
  g_clear_pointer (&self->mistakes, g_hash_table_unref);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, nothing);
}

OcgProblems *
ocg_config_validate_files (OcgConfig *self, OcgConfigFiles *files)
{
  const OcgSettingsSources sources = sources_of (self, files);

  return self->validate != NULL ? self->validate (&sources, self->validate_data)
                                : ocg_problems_new ();
}

OcgProblems *
ocg_config_validate (OcgConfig *self)
{
  return ocg_config_validate_files (self, self->files);
}

static gboolean
is_desktop_path (const char *const *segments)
{
  return segments[0] != NULL && g_str_equal (segments[0], "desktop");
}

JsonNode *
ocg_config_dup_value (OcgConfig *self, const char *const *segments)
{
  g_autoptr (JsonNode) root = ocg_config_files_get_value (self->good, FALSE);
  JsonNode *node = ocg_config_path_lookup (root, segments);

  return node != NULL ? json_node_ref (node) : NULL;
}

char *
ocg_config_get_value (OcgConfig *self, const char *path, GError **error)
{
  g_auto (GStrv) parsed = ocg_config_path_parse (path, error);
  const char *const *segments = (const char *const *) parsed;
  gboolean is_desktop = parsed != NULL && is_desktop_path (segments);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonNode) masked = NULL;
  g_autoptr (GString) text = NULL;
  JsonNode *node = NULL;

  if (parsed == NULL)
    return NULL;
  root = ocg_config_files_get_value (self->good, is_desktop);
  node = ocg_config_path_lookup (root, is_desktop ? segments + 1 : segments);
  if (node == NULL)
    {
      ocg_config_set_not_found (root, is_desktop ? segments + 1 : segments,
                                is_desktop ? "desktop" : NULL,
                                ocg_config_get_path (self, is_desktop ? OCG_CONFIG_DESKTOP
                                                                      : OCG_CONFIG_OPENCLAW),
                                error);
      return NULL;
    }
  masked = ocg_config_mask (node, segments);
  text = g_string_new (NULL);
  ocg_json5_write (text, masked, &json_format, "");
  return g_string_free (g_steal_pointer (&text), FALSE);
}
