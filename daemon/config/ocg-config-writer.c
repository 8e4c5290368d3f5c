/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The one writer: changes and readings wait for their turn and are made in a thread, one at a time. */

#include "config.h"

#include "ocg-config-private.h"

static void start_next (OcgConfig *self);

/* A text that is only looked at. */
typedef struct
{
  OcgConfigDocumentId id;
  GBytes *text;          /* (nullable) (owned) */
  OcgConfigTree *tree;   /* (nullable) (owned) of the text */
  OcgConfigFiles *files; /* (nullable) (owned) with the text in its place */
} OcgConfigTrial;

static void
trial_free (OcgConfigTrial *trial)
{
  g_clear_pointer (&trial->text, g_bytes_unref);
  g_clear_pointer (&trial->tree, ocg_config_tree_unref);
  g_clear_pointer (&trial->files, ocg_config_files_unref);
  g_free (trial);
}

/* What a thread brings home. */
typedef struct
{
  OcgConfig *config;     /* (unowned): the task in the queue holds it */
  OcgConfigJob *job;     /* (nullable) (unowned) */
  OcgConfigTrial *trial; /* (nullable) (unowned) */
  OcgConfigFiles *files; /* (nullable) (owned) */
} Errand;

static void
errand_free (Errand *errand)
{
  g_clear_pointer (&errand->files, ocg_config_files_unref);
  g_free (errand);
}

/* Runs @work in the thread and @done here, with an Errand for the first task in the queue. */
static void
send (OcgConfig *self, GTaskThreadFunc work, GAsyncReadyCallback done)
{
  GTask *task = g_queue_peek_head (&self->tasks);
  gboolean is_write = g_task_get_source_tag (task) == ocg_config_write_async;
  gboolean is_trial = g_task_get_source_tag (task) == ocg_config_validate_async;
  g_autoptr (GTask) errand_task
      = g_task_new (self, g_task_get_cancellable (task), done, NULL);
  Errand *errand = g_new0 (Errand, 1);

  errand->config = self;
  errand->job = is_write ? g_task_get_task_data (task) : NULL;
  errand->trial = is_trial ? g_task_get_task_data (task) : NULL;
  g_task_set_check_cancellable (errand_task, FALSE);
  g_task_set_task_data (errand_task, errand, (GDestroyNotify) errand_free);
  g_task_run_in_thread (errand_task, work);
}

/* The first task is over. @files: (nullable) (transfer full) what was read last */
static void
finish (OcgConfig *self, OcgConfigFiles *files)
{
  g_autoptr (GTask) task = g_queue_pop_head (&self->tasks);

  self->is_working = FALSE;
  if (files != NULL)
    ocg_config_adopt (self, files);
  start_next (self);
  g_task_return_boolean (task, TRUE);
}

static void
load_trial (OcgConfigTrial *trial, OcgConfig *config)
{
  g_autoptr (OcgConfigOverlay) overlay = ocg_config_overlay_new ();
  gboolean is_desktop = trial->id == OCG_CONFIG_DESKTOP;
  const char *path = is_desktop ? config->paths->desktop : config->paths->config;
  gsize length = 0;
  const char *text = g_bytes_get_data (trial->text, &length);

  ocg_config_overlay_set_text (overlay, path, text != NULL ? text : "", length);
  trial->tree = ocg_config_tree_load_part (path, is_desktop ? "desktop" : NULL,
                                           ocg_config_overlay_read, overlay);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Errand *errand = task_data;

  errand->files = ocg_config_files_load (errand->config->paths);
  if (errand->trial != NULL && errand->trial->text != NULL)
    load_trial (errand->trial, errand->config);
  g_task_return_boolean (task, TRUE);
}

static void
finish_trial (OcgConfigTrial *trial, OcgConfigFiles *files)
{
  gboolean is_desktop = trial->id == OCG_CONFIG_DESKTOP;

  trial->files = ocg_config_files_replace (files, is_desktop ? NULL : trial->tree,
                                           is_desktop ? trial->tree : NULL);
}

static void
loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgConfig *self = OCG_CONFIG (source);
  Errand *errand = g_task_get_task_data (G_TASK (result));
  GTask *task = g_queue_peek_head (&self->tasks);
  gboolean is_look = g_task_get_source_tag (task) == ocg_config_look;

  if (errand->trial != NULL)
    finish_trial (errand->trial, errand->files);
  if (is_look && ocg_config_doubts (self, errand->files))
    finish (self, NULL);
  else
    finish (self, g_steal_pointer (&errand->files));
}

static void
commit_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Errand *errand = task_data;

  ocg_config_job_commit (errand->job, cancellable);
  errand->files = ocg_config_files_load (errand->config->paths);
  g_task_return_boolean (task, TRUE);
}

static void plan_in_thread (GTask *task, gpointer source, gpointer task_data,
                            GCancellable *cancellable);
static void planned (GObject *source, GAsyncResult *result, gpointer user_data);

static void
committed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgConfig *self = OCG_CONFIG (source);
  Errand *errand = g_task_get_task_data (G_TASK (result));

  g_autoptr (GHashTable) mistakes = g_steal_pointer (&errand->job->mistakes);
  g_autoptr (OcgConfigFiles) expected = NULL;
  gboolean is_expected = FALSE;

  if (errand->job->outcome == OCG_CONFIG_JOB_STALE)
    {
      send (self, plan_in_thread, planned);
      return;
    }
  expected = ocg_config_job_get_result (errand->job);
  is_expected = ocg_config_files_is_same (expected, errand->files);
  finish (self, g_steal_pointer (&errand->files));
  if (is_expected && self->mistakes == NULL)
    self->mistakes = g_steal_pointer (&mistakes);
}

static void
plan_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Errand *errand = task_data;

  g_task_return_boolean (task, ocg_config_job_plan (errand->job, errand->config->paths));
}

/* What a problem is, wherever in a list: taking an item away moves those behind it. */
static char *
name_problem (const OcgProblem *problem)
{
  GString *name = g_string_new (problem->file);

  g_string_append_c (name, '\n');
  for (const char *p = problem->path; *p != '\0'; p++)
    if (*p != '[' || !g_ascii_isdigit (p[1]))
      g_string_append_c (name, *p);
    else
      {
        g_string_append (name, "[");
        while (g_ascii_isdigit (p[1]))
          p++;
      }
  g_string_append_printf (name, "\n%s", problem->message);
  return g_string_free (name, FALSE);
}

static gboolean
is_mistake (const OcgProblem *problem)
{
  return problem->severity == OCG_SEVERITY_ERROR && !problem->is_outside;
}

/* How often each is there. */
static GHashTable *
count_mistakes (OcgProblems *problems)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < ocg_problems_get_n (problems); i++)
    {
      const OcgProblem *problem = ocg_problems_get (problems, i);
      char *name = is_mistake (problem) ? name_problem (problem) : NULL;

      if (name != NULL)
        g_hash_table_insert (
            counts, name,
            GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, name)) + 1));
    }
  return counts;
}

/* The first one in @after that is there more often than @counts, which are used up, say. */
static const OcgProblem *
find_new (GHashTable *counts, OcgProblems *after)
{
  for (guint i = 0; i < ocg_problems_get_n (after); i++)
    {
      const OcgProblem *problem = ocg_problems_get (after, i);
      g_autofree char *name = is_mistake (problem) ? name_problem (problem) : NULL;
      guint count = name != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (counts, name)) : 0;

      if (name != NULL && count == 0)
        return problem;
      if (name != NULL)
        g_hash_table_insert (counts, g_strdup (name), GUINT_TO_POINTER (count - 1));
    }
  return NULL;
}

static GHashTable *
count_mistakes_of (OcgConfig *self, OcgConfigFiles *files)
{
  g_autoptr (OcgProblems) problems = ocg_config_validate_files (self, files);

  return count_mistakes (problems);
}

/* What the change would spoil: the first mistake in @after, which is what is wrong after it, that
 * was not there before. Whoever replaces the whole text is told later. @before: (nullable) what was
 * counted then, in the language of the thread */
static const OcgProblem *
find_mistake (OcgConfig *self, OcgConfigJob *job, GHashTable *before, OcgProblems **after)
{
  g_autoptr (OcgConfigFiles) result = NULL;
  g_autoptr (GHashTable) counts = NULL;

  if (job->change->text != NULL)
    return NULL;
  result = ocg_config_job_get_result (job);
  counts = before != NULL ? g_hash_table_ref (before) : count_mistakes_of (self, job->files);
  *after = ocg_config_validate_files (self, result);
  return find_new (counts, *after);
}

/* Those of the files in force are known from the last change, most of the time. */
static GHashTable *
take_mistakes (OcgConfig *self, OcgConfigJob *job)
{
  return ocg_config_files_is_same (self->files, job->files) ? g_steal_pointer (&self->mistakes)
                                                            : NULL;
}

static void
planned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgConfig *self = OCG_CONFIG (source);
  Errand *errand = g_task_get_task_data (G_TASK (result));
  OcgConfigJob *job = errand->job;
  g_autoptr (OcgProblems) after = NULL;
  g_autoptr (GHashTable) before = NULL;

  if (g_task_propagate_boolean (G_TASK (result), NULL))
    {
      before = take_mistakes (self, job);
      if (find_mistake (self, job, before, &after) == NULL)
        {
          g_clear_pointer (&job->mistakes, g_hash_table_unref);
          job->mistakes = after != NULL ? count_mistakes (after) : NULL;
          send (self, commit_in_thread, committed);
          return;
        }
      job->outcome = OCG_CONFIG_JOB_MISTAKE;
    }
  /* Somebody else may have changed the files, written or not. */
  finish (self, ocg_config_files_ref (job->files));
}

static void
start_next (OcgConfig *self)
{
  GTask *task = g_queue_peek_head (&self->tasks);

  if (task == NULL || self->is_working)
    return;
  self->is_working = TRUE;
  if (g_task_get_source_tag (task) == ocg_config_write_async)
    send (self, plan_in_thread, planned);
  else
    send (self, load_in_thread, loaded);
}

static void
enqueue (OcgConfig *self, GTask *task)
{
  g_queue_push_tail (&self->tasks, task);
  start_next (self);
}

void
ocg_config_look (OcgConfig *self)
{
  GTask *task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_source_tag (task, ocg_config_look);
  enqueue (self, task);
}

void
ocg_config_reload_async (OcgConfig *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, ocg_config_reload_async);
  enqueue (self, task);
}

gboolean
ocg_config_reload_finish (OcgConfig *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return ocg_config_check (self, error);
}

void
ocg_config_validate_async (OcgConfig *self, OcgConfigDocumentId id, GBytes *text,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  OcgConfigTrial *trial = g_new0 (OcgConfigTrial, 1);

  trial->id = id;
  trial->text = text != NULL ? g_bytes_ref (text) : NULL;
  g_task_set_source_tag (task, ocg_config_validate_async);
  g_task_set_task_data (task, trial, (GDestroyNotify) trial_free);
  enqueue (self, task);
}

OcgProblems *
ocg_config_validate_finish (OcgConfig *self, GAsyncResult *result)
{
  OcgConfigTrial *trial = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  trial = g_task_get_task_data (G_TASK (result));
  return ocg_config_validate_files (self, trial->files);
}

static OcgConfigChange *
change_new (OcgConfig *self, const OcgConfigWrite *write)
{
  OcgConfigChange *change = g_new0 (OcgConfigChange, 1);

  change->path = g_strdup (ocg_config_get_path (self, write->id));
  change->top = write->id == OCG_CONFIG_DESKTOP ? g_strdup ("desktop") : NULL;
  change->edits = write->edits != NULL ? g_ptr_array_ref (write->edits) : NULL;
  change->patch = write->patch != NULL ? json_node_ref (write->patch) : NULL;
  change->text = write->text != NULL ? g_bytes_ref (write->text) : NULL;
  change->if_hash = g_strdup (write->if_hash);
  change->is_explicit = write->is_explicit;
  return change;
}

void
ocg_config_write_async (OcgConfig *self, const OcgConfigWrite *write, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, ocg_config_write_async);
  /* Once it is written, it is: the outcome tells whether the cancellation came in time. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, ocg_config_job_new (change_new (self, write)),
                        (GDestroyNotify) ocg_config_job_free);
  enqueue (self, task);
}

gboolean
ocg_config_write_finish (OcgConfig *self, GAsyncResult *result, GError **error)
{
  OcgConfigJob *job = NULL;
  g_autoptr (OcgProblems) after = NULL;
  const OcgProblem *mistake = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  job = g_task_get_task_data (G_TASK (result));
  /* Once more, in the language of the caller. */
  if (job->outcome == OCG_CONFIG_JOB_MISTAKE)
    mistake = find_mistake (self, job, NULL, &after);
  return ocg_config_job_finish (job, mistake, error);
}
