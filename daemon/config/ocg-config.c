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

#define FILE_NAME "openclaw.json"

struct _OcgConfig
{
  GObject parent_instance;

  char *path;
  GStrv process_environment;
  char *hash;
  OcgConfigState state;
  JsonNode *root; /* the last good one; never NULL, an object */
  OcgSettings *settings;

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

static JsonNode *
empty_root (void)
{
  g_autoptr (JsonObject) object = json_object_new ();
  return json_node_init_object (json_node_alloc (), object);
}

static void
ocg_config_init (OcgConfig *self)
{
  self->process_environment = g_get_environ ();
  self->hash = g_strdup ("");
  self->state = OCG_CONFIG_MISSING;
  self->root = empty_root ();
  self->settings
      = ocg_settings_new (self->root, (const char *const *) self->process_environment);
  g_queue_init (&self->writes);
}

static void
ocg_config_finalize (GObject *object)
{
  OcgConfig *self = OCG_CONFIG (object);

  /* Each queued task holds a reference to us, so there is none. */
  g_free (self->path);
  g_strfreev (self->process_environment);
  g_free (self->hash);
  json_node_unref (self->root);
  ocg_settings_unref (self->settings);

  G_OBJECT_CLASS (ocg_config_parent_class)->finalize (object);
}

static void
ocg_config_class_init (OcgConfigClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ocg_config_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", OCG_TYPE_CONFIG, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

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

static char *
find_path (void)
{
  const char *file = g_getenv (OCG_ENV_CONFIG_PATH);
  const char *folder = g_getenv (OCG_ENV_STATE_DIR);
  if (file != NULL && *file != '\0')
    return complete_path (file);
  if (folder != NULL && *folder != '\0')
    {
      g_autofree char *whole = complete_path (folder);
      return g_build_filename (whole, FILE_NAME, NULL);
    }
  return g_build_filename (g_get_home_dir (), ".openclaw", FILE_NAME, NULL);
}

OcgConfig *
ocg_config_new (const char *path)
{
  OcgConfig *self = g_object_new (OCG_TYPE_CONFIG, NULL);
  self->path = path != NULL ? complete_path (path) : find_path ();
  return self;
}

/* The root of what was read: NULL with the error set when it is not an object. */
static JsonNode *
parse_file (OcgConfig *self, const OcgConfigFile *file, GError **error)
{
  OcgJson5Problem problem = { .fault = OCG_JSON5_OK };
  if (strlen (file->text) == file->length && ocg_json5_is_blank (file->text))
    return empty_root ();

  g_autoptr (JsonNode) root = ocg_json5_read (file->text, file->length, &problem);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return g_steal_pointer (&root);
  if (root != NULL)
    problem = (OcgJson5Problem) { .fault = OCG_JSON5_NOT_OBJECT, .line = 1, .column = 1 };

  g_autofree char *what = ocg_json5_problem_describe (&problem);
  /* TRANSLATORS: the file with line and column; what is wrong there */
  g_set_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID,
               _ ("%s:%u:%u: %s. Correct the file and load it again."), self->path, problem.line,
               problem.column, what);
  return NULL;
}

/* Unlike json_node_equal() this minds the order of members, which models are listed in. */
static gboolean
is_equal (JsonNode *a, JsonNode *b)
{
  g_autoptr (GString) text_a = g_string_new (NULL);
  g_autoptr (GString) text_b = g_string_new (NULL);
  ocg_json5_write (text_a, a, &json_format, "");
  ocg_json5_write (text_b, b, &json_format, "");
  return g_string_equal (text_a, text_b);
}

/* Puts what was read in force, if it can be read. */
static gboolean
adopt (OcgConfig *self, const OcgConfigFile *file, gboolean *differs, GError **error)
{
  g_autoptr (JsonNode) root = parse_file (self, file, error);

  g_free (self->hash);
  self->hash = g_strdup (file->hash);
  *differs = FALSE;
  if (root == NULL)
    {
      self->state = OCG_CONFIG_INVALID;
      return FALSE;
    }

  self->state = file->exists ? OCG_CONFIG_OK : OCG_CONFIG_MISSING;
  *differs = !is_equal (self->root, root);
  if (*differs)
    {
      json_node_unref (self->root);
      self->root = g_steal_pointer (&root);
      ocg_settings_unref (self->settings);
      self->settings
          = ocg_settings_new (self->root, (const char *const *) self->process_environment);
    }
  return TRUE;
}

gboolean
ocg_config_load (OcgConfig *self, GError **error)
{
  g_auto (OcgConfigFile) file = { 0 };
  gboolean differs = FALSE;

  if (!self->is_writing)
    ocg_config_file_remove_stale (self->path);
  int problem = ocg_config_file_read (&file, self->path);
  if (problem != 0)
    {
      self->state = OCG_CONFIG_INVALID;
      /* TRANSLATORS: a file; what the system says, such as "Permission denied" */
      g_set_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID,
                   _ ("“%s” cannot be read: %s. Check the file and its permissions."), self->path,
                   strerror (problem));
      return FALSE;
    }

  gboolean good = adopt (self, &file, &differs, error);
  if (differs)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return good;
}

const char *
ocg_config_get_path (OcgConfig *self)
{
  return self->path;
}

const char *
ocg_config_get_hash (OcgConfig *self)
{
  return self->hash;
}

OcgConfigState
ocg_config_get_state (OcgConfig *self)
{
  return self->state;
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

  g_autoptr (JsonNode) masked = ocg_config_mask (self->root);
  JsonNode *node = ocg_config_path_lookup (masked, (const char *const *) segments);
  if (node == NULL)
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_FOUND,
                   _ ("“%s” is not set in “%s”. Check the spelling; names are case-sensitive."),
                   path, self->path);
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
  OcgConfigJob *job = g_task_get_task_data (task);
  OcgConfigState before = self->state;
  gboolean differs = FALSE;

  /* Also when nothing was written: somebody else may have changed the file. A file that cannot be
   * read is the caller's error already. */
  self->is_writing = FALSE;
  if (job->has_file && (job->outcome == OCG_CONFIG_JOB_DONE
                        || !g_str_equal (job->file.hash, self->hash)))
    adopt (self, &job->file, &differs, NULL);
  if (differs || job->outcome == OCG_CONFIG_JOB_DONE || self->state != before)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);

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
  g_task_set_task_data (task, ocg_config_job_new (self->path, edits, if_hash),
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
