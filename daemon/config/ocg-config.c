/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ocg-config-file.h"
#include "ocg-config-job.h"
#include "ocg-config-mask.h"
#include "ocg-config-path.h"
#include "ocg-error.h"
#include "ocg-json5-edit.h"
#include "ocg-json5-write.h"
#include "ocg-names.h"


struct _OcgConfig
{
  GObject parent_instance;

  OcgConfigPaths *paths;
  GStrv process_environment;
  OcgConfigFiles *files; /* (nullable) as they were read */
  OcgConfigFiles *good;  /* (nullable) as they are in force */
  OcgSettings *settings;
  OcgConfigValidateFunc validate; /* (nullable) */
  gpointer validate_data;

  GQueue writes; /* of GTask (owned); the first one runs while is_writing */
  gboolean is_writing;
};

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

OcgConfigEdit *
ocg_config_edit_new (const char *const *path, JsonNode *value)
{
  OcgConfigEdit *edit = g_new0 (OcgConfigEdit, 1);
  edit->path = g_strdupv ((char **) path);
  edit->value = value;
  return edit;
}

void
ocg_config_edit_free (OcgConfigEdit *edit)
{
  g_strfreev (edit->path);
  g_clear_pointer (&edit->value, json_node_unref);
  g_free (edit);
}

static void
rebuild (OcgConfig *self)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  const OcgSettingsSources sources
      = { self->good, (const char *const *) self->process_environment, NULL };

  g_clear_pointer (&self->settings, ocg_settings_unref);
  self->settings = ocg_settings_new (&sources, problems);
}

static void
ocg_config_init (OcgConfig *self)
{
  self->process_environment = g_get_environ ();
  g_queue_init (&self->writes);
  rebuild (self);
}

static void
ocg_config_finalize (GObject *object)
{
  OcgConfig *self = OCG_CONFIG (object);

  /* Each queued task holds a reference to us, so there is none. */
  ocg_config_paths_free (self->paths);
  g_strfreev (self->process_environment);
  g_clear_pointer (&self->files, ocg_config_files_unref);
  g_clear_pointer (&self->good, ocg_config_files_unref);
  ocg_settings_unref (self->settings);

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
  return self;
}

gboolean
ocg_config_load (OcgConfig *self, GError **error)
{
  static const char *const nothing[] = { NULL };
  OcgConfigFiles *files = ocg_config_files_load (self->paths);
  OcgConfigFiles *good = self->good != NULL ? ocg_config_files_keep_good (files, self->good)
                                            : ocg_config_files_ref (files);
  g_clear_pointer (&self->files, ocg_config_files_unref);
  g_clear_pointer (&self->good, ocg_config_files_unref);
  self->files = files;
  self->good = good;
  rebuild (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, nothing);
  return ocg_config_check (self, error);
}

gboolean
ocg_config_check (OcgConfig *self, GError **error)
{
  return ocg_config_tree_check (self->files->config, error);
}

const char *
ocg_config_get_path (OcgConfig *self, OcgConfigDocumentId id)
{
  return id == OCG_CONFIG_DESKTOP ? self->paths->desktop : self->paths->config;
}

const char *
ocg_config_get_hash (OcgConfig *self, OcgConfigDocumentId id)
{
  return ocg_config_tree_get_hash (id == OCG_CONFIG_DESKTOP ? self->files->desktop
                                                            : self->files->config);
}

OcgConfigState
ocg_config_get_state (OcgConfig *self, OcgConfigDocumentId id)
{
  OcgConfigTree *tree = id == OCG_CONFIG_DESKTOP ? self->files->desktop : self->files->config;
  if (!ocg_config_tree_is_valid (tree))
    return OCG_CONFIG_INVALID;
  return ocg_config_tree_exists (tree) ? OCG_CONFIG_OK : OCG_CONFIG_MISSING;
}

OcgSettings *
ocg_config_get_settings (OcgConfig *self)
{
  return self->settings;
}

char *
ocg_config_get_value (OcgConfig *self, const char *path, GError **error)
{
  g_auto (GStrv) segments = ocg_config_path_parse (path, error);
  if (segments == NULL)
    return NULL;

  g_autoptr (JsonNode) masked = ocg_config_mask (ocg_config_tree_get_root (self->good->config));
  JsonNode *node = ocg_config_path_lookup (masked, (const char *const *) segments);
  if (node == NULL)
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_FOUND,
                   _ ("“%s” is not set in “%s”. Check the spelling; names are case-sensitive."),
                   path, self->paths->config);
      return NULL;
    }
  g_autoptr (GString) text = g_string_new (NULL);
  ocg_json5_write (text, node, &json_format, "");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void start_write (OcgConfig *self);

static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  ocg_config_job_run (task_data, cancellable);
  g_task_return_boolean (task, TRUE);
}

static void
write_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgConfig *self = OCG_CONFIG (source);
  g_autoptr (GTask) task = g_queue_pop_head (&self->writes);
  self->is_writing = FALSE;
  ocg_config_load (self, NULL);
  start_write (self);
  g_task_return_boolean (task, TRUE);
}

/* One at a time: each edits what the one before has written. */
static void
start_write (OcgConfig *self)
{
  GTask *task = g_queue_peek_head (&self->writes);
  if (task == NULL || self->is_writing)
    return;

  self->is_writing = TRUE;
  g_autoptr (GTask) worker
      = g_task_new (self, g_task_get_cancellable (task), write_done, NULL);
  g_task_set_check_cancellable (worker, FALSE);
  g_task_set_task_data (worker, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (worker, write_in_thread);
}

void
ocg_config_write_async (OcgConfig *self, GPtrArray *edits, const char *if_hash,
                        GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ocg_config_write_async);
  /* Once it is written, it is: the outcome tells whether the cancellation came in time. */
  g_task_set_check_cancellable (task, FALSE);
  g_ptr_array_set_free_func (edits, (GDestroyNotify) ocg_config_edit_free);
  g_task_set_task_data (task, ocg_config_job_new (self->paths->config, edits, if_hash),
                        (GDestroyNotify) ocg_config_job_free);
  g_queue_push_tail (&self->writes, task);
  start_write (self);
}

gboolean
ocg_config_write_finish (OcgConfig *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return ocg_config_job_finish (g_task_get_task_data (G_TASK (result)), error);
}
