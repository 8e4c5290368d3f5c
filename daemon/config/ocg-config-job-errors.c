/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What to tell somebody whose change was not made. */

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#include "ocg-config-job.h"
#include "ocg-config-not-found.h"
#include "ocg-config-path.h"
#include "ocg-error.h"

static void
set_system_error (OcgConfigJob *self, GError **error)
{
  /* Not g_strerror(): it keeps the first language it was asked in. */
  const char *reason = strerror (self->error_number);
  const OcgError code = OCG_ERROR_ACCESS_DENIED;
  g_autofree char *target = NULL;
  g_autofree char *folder = NULL;

  ocg_config_file_resolve (self->file, &target);
  folder = g_path_get_dirname (target != NULL ? target : self->file);
  if (self->outcome == OCG_CONFIG_JOB_CANNOT_MAKE_FOLDER)
    /* TRANSLATORS: a folder; what the system says, such as "Permission denied" */
    g_set_error (error, OCG_ERROR, code,
                 _ ("The folder “%s” cannot be made: %s. Make it yourself and try again."), folder,
                 reason);
  else if (self->error_number == ENOSPC || self->error_number == EDQUOT
           || self->error_number == EFBIG)
    /* TRANSLATORS: a file; what the system says, such as "No space left on device" */
    g_set_error (error, OCG_ERROR, code,
                 _ ("“%s” cannot be written: %s. Nothing was changed; make room and try again."),
                 self->file, reason);
  else
    /* TRANSLATORS: a file; what the system says, such as "Permission denied"; a folder */
    g_set_error (error, OCG_ERROR, code,
                 _ ("“%s” cannot be written: %s. Nothing was changed; make the file and the folder "
                    "“%s” writable and try again."),
                 self->file, reason, folder);
}

static void
set_invalid (OcgConfigTree *tree, GError **error)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autofree char *line = NULL;

  ocg_config_tree_describe (tree, problems);
  line = ocg_problem_to_line (ocg_problems_get (problems, 0));
  /* TRANSLATORS: the file with line and column; what is wrong there */
  g_set_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID,
               _ ("%s. The file was not changed; correct it and try again."), line);
}

/* The path of the edit, as people write it. */
static char *
format_edit (OcgConfigJob *self, guint length)
{
  const char *const *edit = (const char *const *) self->plan->edit;
  g_autofree char *path = ocg_config_path_format (edit, length);

  return self->change->top != NULL ? g_strdup_printf ("%s.%s", self->change->top, path)
                                   : g_steal_pointer (&path);
}

static void
set_refused (OcgConfigJob *self, GError **error)
{
  const OcgConfigPlan *plan = self->plan;
  g_autofree char *what = ocg_json5_problem_describe (&plan->problem);
  g_autofree char *path = format_edit (self, g_strv_length (plan->edit));
  OcgError code = OCG_ERROR_CONFIG_INVALID;

  if (plan->problem.fault == OCG_JSON5_NO_ELEMENT)
    code = OCG_ERROR_NOT_FOUND;
  else if (self->change->is_explicit)
    code = OCG_ERROR_INVALID_ARGS;

  /* TRANSLATORS: the file with line and column; a path such as agents.defaults; what is wrong */
  g_set_error (error, OCG_ERROR, code,
               _ ("%s:%u:%u: “%s” cannot be changed: %s. Nothing was written."), plan->file,
               plan->problem.line, plan->problem.column, path, what);
}

static void
set_not_found (OcgConfigJob *self, GError **error)
{
  OcgConfigTree *admin
      = self->change->top != NULL ? self->files->admin_desktop : self->files->admin_config;
  const char *const *edit = (const char *const *) self->plan->edit;
  JsonNode *root = ocg_config_tree_get_root (admin);

  if (root != NULL && ocg_config_path_lookup (root, edit) != NULL)
    {
      g_autofree char *path = format_edit (self, g_strv_length (self->plan->edit));

      /* TRANSLATORS: a path such as models.mode; a file */
      g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_FOUND,
                   _ ("“%s” is set by the administrator, in “%s”, and can only be changed there. "
                      "Set a value of your own, which counts more."),
                   path, ocg_config_tree_get_path (admin));
      return;
    }
  ocg_config_set_not_found (ocg_config_tree_get_root (self->plan->after),
                            (const char *const *) self->plan->edit, self->change->top,
                            self->change->path, error);
}

static void
set_conflict (OcgConfigJob *self, GError **error)
{
  g_set_error (error, OCG_ERROR, OCG_ERROR_CONFIG_CONFLICT,
               _ ("“%s” has been changed in the meantime and was left alone. Look at it again, "
                  "then repeat your change."),
               self->change->path);
}

static void
set_no_plan (OcgConfigJob *self, GError **error)
{
  switch (self->plan->outcome)
    {
    case OCG_CONFIG_PLAN_CONFLICT:
      set_conflict (self, error);
      break;
    case OCG_CONFIG_PLAN_NOT_FOUND:
      set_not_found (self, error);
      break;
    case OCG_CONFIG_PLAN_REFUSED:
      set_refused (self, error);
      break;
    case OCG_CONFIG_PLAN_SPOILT:
      set_invalid (self->plan->after, error);
      break;
    case OCG_CONFIG_PLAN_INVALID:
    case OCG_CONFIG_PLAN_DONE:
    default:
      set_invalid (self->plan->before, error);
      break;
    }
}

static void
set_mistake (const OcgProblem *mistake, GError **error)
{
  if (mistake->suggestion != NULL && strstr (mistake->message, mistake->suggestion) == NULL)
    /* TRANSLATORS: a path such as models.mode; what is wrong there; what was probably meant */
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("%s: %s. Did you mean “%s”? Nothing was written."), mistake->path,
                 mistake->message, mistake->suggestion);
  else
    /* TRANSLATORS: a path such as models.mode; what is wrong there */
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS, _ ("%s: %s. Nothing was written."),
                 mistake->path, mistake->message);
}

gboolean
ocg_config_job_finish (OcgConfigJob *self, const OcgProblem *mistake, GError **error)
{
  switch (self->outcome)
    {
    case OCG_CONFIG_JOB_DONE:
      return TRUE;
    case OCG_CONFIG_JOB_CANCELLED:
      g_set_error (error, OCG_ERROR, OCG_ERROR_CANCELLED,
                   _ ("The change to “%s” was cancelled; nothing was written."),
                   self->change->path);
      return FALSE;
    case OCG_CONFIG_JOB_BUSY:
    case OCG_CONFIG_JOB_STALE:
      g_set_error (error, OCG_ERROR, OCG_ERROR_BUSY,
                   _ ("Another program keeps writing to “%s”. Try again in a moment."),
                   self->file);
      return FALSE;
    case OCG_CONFIG_JOB_NO_PLAN:
      set_no_plan (self, error);
      return FALSE;
    case OCG_CONFIG_JOB_MISTAKE:
      if (mistake != NULL)
        set_mistake (mistake, error);
      else
        set_conflict (self, error);
      return FALSE;
    case OCG_CONFIG_JOB_CANNOT_WRITE:
    case OCG_CONFIG_JOB_CANNOT_MAKE_FOLDER:
    default:
      set_system_error (self, error);
      return FALSE;
    }
}
