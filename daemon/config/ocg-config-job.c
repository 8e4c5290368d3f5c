/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config-job.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "ocg-config-path.h"
#include "ocg-error.h"
#include "ocg-json5-edit.h"
#include "ocg-json5-walk.h"

#define LOCK_TRIES 40
#define LOCK_PAUSE_US (50 * 1000)
#define WRITE_TRIES 5

OcgConfigJob *
ocg_config_job_new (const char *path, GPtrArray *edits, const char *if_hash)
{
  OcgConfigJob *self = g_new0 (OcgConfigJob, 1);
  self->path = g_strdup (path);
  self->edits = edits;
  self->if_hash = g_strdup (if_hash);
  return self;
}

void
ocg_config_job_free (OcgConfigJob *self)
{
  g_free (self->path);
  g_free (self->target);
  g_ptr_array_unref (self->edits);
  g_free (self->if_hash);
  ocg_config_file_clear (&self->file);
  g_free (self);
}

/* The text that @path leads to; NULL when there is something else or nothing. */
static char *
text_at (const char *text, const char *const *path)
{
  OcgJson5Problem ignored;
  g_autoptr (JsonNode) root = ocg_json5_read (text, -1, &ignored);
  JsonNode *node = root != NULL ? ocg_config_path_lookup (root, path) : NULL;
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_dup_string (node)
             : NULL;
}

static gboolean
is_beneath_model (const char *const *path)
{
  return g_strv_length ((char **) path) > 3 && g_str_equal (path[0], "agents")
         && g_str_equal (path[1], "defaults")
         && (g_str_equal (path[2], "model") || g_str_equal (path[2], "imageModel"));
}

/* agents.defaults.model: "x" means {primary: "x"}: says the same in the longer form. */
static char *
widen_model (const char *text, const char *name, const char *primary, OcgJson5Problem *problem)
{
  const char *const model[] = { "agents", "defaults", name, NULL };
  const char *const member[] = { "agents", "defaults", name, "primary", NULL };
  g_autoptr (JsonObject) nothing = json_object_new ();
  g_autoptr (JsonNode) object = json_node_init_object (json_node_alloc (), nothing);
  g_autoptr (JsonNode) value = json_node_init_string (json_node_alloc (), primary);

  g_autofree char *emptied = ocg_json5_edit (text, model, object, problem);
  return emptied != NULL ? ocg_json5_edit (emptied, member, value, problem) : NULL;
}

static char *
edit_one (const char *text, const OcgConfigEdit *edit, OcgJson5Problem *problem)
{
  const char *const *path = (const char *const *) edit->path;
  if (!is_beneath_model (path))
    return ocg_json5_edit (text, path, edit->value, problem);

  const char *const model[] = { path[0], path[1], path[2], NULL };
  g_autofree char *primary = text_at (text, model);
  if (primary == NULL)
    return ocg_json5_edit (text, path, edit->value, problem);
  if (edit->value != NULL)
    {
      g_autofree char *wide = widen_model (text, path[2], primary, problem);
      return wide != NULL ? ocg_json5_edit (wide, path, edit->value, problem) : NULL;
    }
  /* Without its primary nothing is left of the short form; it has nothing else to take away. */
  if (g_str_equal (path[3], "primary") && path[4] == NULL)
    return ocg_json5_edit (text, model, NULL, problem);
  return g_strdup (text);
}

char *
ocg_config_job_edit_text (OcgConfigJob *self, const char *text)
{
  g_autofree char *result = g_strdup (text);
  for (guint i = 0; i < self->edits->len; i++)
    {
      char *next = edit_one (result, g_ptr_array_index (self->edits, i), &self->problem);
      self->failed_edit = i;
      if (next == NULL)
        return NULL;
      g_free (result);
      result = next;
    }
  return g_steal_pointer (&result);
}

static OcgConfigOutcome
fail (OcgConfigJob *self, OcgConfigOutcome outcome, int error_number)
{
  self->error_number = error_number;
  return outcome;
}

static gboolean
adds_something (OcgConfigJob *self)
{
  for (guint i = 0; i < self->edits->len; i++)
    if (((OcgConfigEdit *) g_ptr_array_index (self->edits, i))->value != NULL)
      return TRUE;
  return FALSE;
}

/* Reads, edits and writes once. TRUE in @again when another program was quicker. */
static OcgConfigOutcome
try_once (OcgConfigJob *self, int folder_fd, const char *target, GCancellable *cancellable,
          gboolean *again)
{
  ocg_config_file_clear (&self->file);
  self->has_file = FALSE;
  int problem = ocg_config_file_read (&self->file, target);
  if (problem != 0)
    return fail (self, OCG_CONFIG_JOB_CANNOT_READ, problem);
  self->has_file = TRUE;
  if (self->if_hash != NULL && g_ascii_strcasecmp (self->if_hash, self->file.hash) != 0)
    return OCG_CONFIG_JOB_CONFLICT;

  /* The editor takes a C string: a zero byte inside must not look like its end. */
  if (!ocg_json5_check_text (self->file.text, self->file.length, &self->problem))
    {
      ocg_json5_problem_locate (&self->problem, self->file.text);
      return OCG_CONFIG_JOB_INVALID;
    }
  g_autofree char *text = ocg_config_job_edit_text (self, self->file.text);
  if (text == NULL)
    return OCG_CONFIG_JOB_INVALID;
  if (g_str_equal (text, self->file.text))
    return OCG_CONFIG_JOB_DONE;
  if (g_cancellable_is_cancelled (cancellable))
    return OCG_CONFIG_JOB_CANCELLED;

  problem = ocg_config_file_replace (folder_fd, target, &self->file, text);
  *again = problem == ESTALE;
  if (problem != 0)
    return fail (self, *again ? OCG_CONFIG_JOB_BUSY : OCG_CONFIG_JOB_CANNOT_WRITE, problem);

  g_free (self->file.text);
  g_free (self->file.hash);
  self->file.exists = TRUE;
  self->file.length = strlen (text);
  self->file.hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  self->file.text = g_steal_pointer (&text);
  return OCG_CONFIG_JOB_DONE;
}

static int
lock_patiently (const char *target, int *folder_fd)
{
  int problem = EAGAIN;
  for (guint i = 0; i < LOCK_TRIES && problem == EAGAIN; i++)
    {
      if (i > 0)
        g_usleep (LOCK_PAUSE_US);
      problem = ocg_config_file_lock (target, folder_fd);
    }
  return problem;
}

static OcgConfigOutcome
run (OcgConfigJob *self, GCancellable *cancellable)
{
  int folder_fd = -1;
  int problem = ocg_config_file_resolve (self->path, &self->target);
  if (g_cancellable_is_cancelled (cancellable))
    return OCG_CONFIG_JOB_CANCELLED;
  if (problem != 0)
    return fail (self, OCG_CONFIG_JOB_CANNOT_READ, problem);

  const char *target = self->target;
  g_autofree char *folder = g_path_get_dirname (target);
  if (!adds_something (self) && !g_file_test (folder, G_FILE_TEST_EXISTS))
    return OCG_CONFIG_JOB_DONE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (self, OCG_CONFIG_JOB_CANNOT_MAKE_FOLDER, errno);
  problem = lock_patiently (target, &folder_fd);
  if (problem != 0)
    return fail (self, problem == EAGAIN ? OCG_CONFIG_JOB_BUSY : OCG_CONFIG_JOB_CANNOT_WRITE,
                 problem);

  gboolean again = TRUE;
  OcgConfigOutcome outcome = OCG_CONFIG_JOB_BUSY;
  for (guint i = 0; i < WRITE_TRIES && again; i++)
    {
      again = FALSE;
      outcome = try_once (self, folder_fd, target, cancellable, &again);
    }
  close (folder_fd);
  return outcome;
}

void
ocg_config_job_run (OcgConfigJob *self, GCancellable *cancellable)
{
  self->outcome = run (self, cancellable);
}

static void
set_invalid (OcgConfigJob *self, GError **error)
{
  g_autofree char *what = ocg_json5_problem_describe (&self->problem);
  if (self->problem.fault == OCG_JSON5_NOT_OBJECT && self->problem.segment > 0)
    {
      OcgConfigEdit *edit = g_ptr_array_index (self->edits, self->failed_edit);
      g_autofree char *path = ocg_config_path_format ((const char *const *) edit->path,
                                                      self->problem.segment);
      /* TRANSLATORS: the file with line and column; a path such as agents.defaults */
      g_set_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID,
                   _ ("%s:%u:%u: “%s” is not an object, so nothing can be set in it. Correct or "
                      "remove it first."),
                   self->path, self->problem.line, self->problem.column, path);
      return;
    }
  /* TRANSLATORS: the file with line and column; what is wrong there */
  g_set_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID,
               _ ("%s:%u:%u: %s. The file was not changed; correct it and try again."), self->path,
               self->problem.line, self->problem.column, what);
}

static OcgError
code_for (int error_number)
{
  return error_number == EACCES || error_number == EPERM || error_number == EROFS
             ? OCG_ERROR_ACCESS_DENIED
             : OCG_ERROR_CONFIG_INVALID;
}

static void
set_system_error (OcgConfigJob *self, GError **error)
{
  /* Not g_strerror(): it keeps the first language it was asked in. */
  const char *reason = strerror (self->error_number);
  OcgError code = code_for (self->error_number);
  g_autofree char *folder = g_path_get_dirname (self->target != NULL ? self->target : self->path);

  if (self->outcome == OCG_CONFIG_JOB_CANNOT_READ)
    /* TRANSLATORS: a file; what the system says, such as "Permission denied" */
    g_set_error (error, OCG_ERROR, code,
                 _ ("“%s” cannot be read: %s. Check the file and its permissions."), self->path,
                 reason);
  else if (self->outcome == OCG_CONFIG_JOB_CANNOT_MAKE_FOLDER)
    /* TRANSLATORS: a folder; what the system says, such as "Permission denied" */
    g_set_error (error, OCG_ERROR, code,
                 _ ("The folder “%s” cannot be made: %s. Make it yourself and try again."), folder,
                 reason);
  else
    /* TRANSLATORS: a file; what the system says, such as "Permission denied"; a folder */
    g_set_error (error, OCG_ERROR, code,
                 _ ("“%s” cannot be written: %s. Nothing was changed; make the file and the folder "
                    "“%s” writable and try again."),
                 self->path, reason, folder);
}

gboolean
ocg_config_job_finish (OcgConfigJob *self, GError **error)
{
  switch (self->outcome)
    {
    case OCG_CONFIG_JOB_DONE:
      return TRUE;
    case OCG_CONFIG_JOB_CANCELLED:
      g_set_error (error, OCG_ERROR, OCG_ERROR_CANCELLED,
                   _ ("The change to “%s” was cancelled; nothing was written."), self->path);
      return FALSE;
    case OCG_CONFIG_JOB_CONFLICT:
      g_set_error (error, OCG_ERROR, OCG_ERROR_CONFIG_CONFLICT,
                   _ ("“%s” has been changed in the meantime and was left alone. Look at it again, "
                      "then repeat your change."),
                   self->path);
      return FALSE;
    case OCG_CONFIG_JOB_BUSY:
      g_set_error (error, OCG_ERROR, OCG_ERROR_BUSY,
                   _ ("Another program keeps writing to “%s”. Try again in a moment."), self->path);
      return FALSE;
    case OCG_CONFIG_JOB_INVALID:
      set_invalid (self, error);
      return FALSE;
    case OCG_CONFIG_JOB_CANNOT_READ:
    case OCG_CONFIG_JOB_CANNOT_WRITE:
    case OCG_CONFIG_JOB_CANNOT_MAKE_FOLDER:
    default:
      set_system_error (self, error);
      return FALSE;
    }
}
