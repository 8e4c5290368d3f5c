/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config-job.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define LOCK_TRIES 40
#define LOCK_PAUSE_US (50 * 1000)

/* How often somebody else may be quicker. */
#define WRITE_TRIES 5

OcgConfigJob *
ocg_config_job_new (OcgConfigChange *change)
{
  OcgConfigJob *self = g_new0 (OcgConfigJob, 1);

  self->change = change;
  return self;
}

void
ocg_config_job_free (OcgConfigJob *self)
{
  ocg_config_change_free (self->change);
  g_clear_pointer (&self->plan, ocg_config_plan_free);
  g_clear_pointer (&self->files, ocg_config_files_unref);
  g_free (self->file);
  g_free (self);
}

gboolean
ocg_config_job_plan (OcgConfigJob *self, const OcgConfigPaths *paths)
{
  g_autoptr (GPtrArray) changed = NULL;

  g_clear_pointer (&self->plan, ocg_config_plan_free);
  g_clear_pointer (&self->files, ocg_config_files_unref);
  g_clear_pointer (&self->file, g_free);
  self->files = ocg_config_files_load (paths);
  self->plan = ocg_config_plan_new (self->change);
  self->outcome = OCG_CONFIG_JOB_NO_PLAN;
  if (self->plan->outcome != OCG_CONFIG_PLAN_DONE)
    return FALSE;
  self->outcome = OCG_CONFIG_JOB_DONE;
  changed = ocg_config_overlay_get_changed (self->plan->overlay);
  return changed->len > 0;
}

OcgConfigFiles *
ocg_config_job_get_result (OcgConfigJob *self)
{
  gboolean is_desktop = self->change->top != NULL;

  return ocg_config_files_replace (self->files, is_desktop ? NULL : self->plan->after,
                                   is_desktop ? self->plan->after : NULL);
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
write_locked (OcgConfigJob *self, int folder_fd, const char *path, const char *target)
{
  static const OcgConfigFile nothing = { 0 };
  const OcgConfigFile *old = ocg_config_overlay_get_old (self->plan->overlay, path);
  GBytes *text = ocg_config_overlay_get_text (self->plan->overlay, path);

  self->error_number
      = ocg_config_file_replace (folder_fd, target, old != NULL ? old : &nothing, text);
  if (self->error_number == ESTALE)
    return self->tries < WRITE_TRIES ? OCG_CONFIG_JOB_STALE : OCG_CONFIG_JOB_BUSY;
  return self->error_number == 0 ? OCG_CONFIG_JOB_DONE : OCG_CONFIG_JOB_CANNOT_WRITE;
}

static OcgConfigOutcome
write_file (OcgConfigJob *self, const char *path)
{
  g_autofree char *target = NULL;
  g_autofree char *folder = NULL;
  OcgConfigOutcome outcome = OCG_CONFIG_JOB_DONE;
  int folder_fd = -1;

  self->error_number = ocg_config_file_resolve (path, &target);
  if (self->error_number != 0)
    return OCG_CONFIG_JOB_CANNOT_WRITE;
  folder = g_path_get_dirname (target);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      self->error_number = errno;
      return OCG_CONFIG_JOB_CANNOT_MAKE_FOLDER;
    }
  self->error_number = lock_patiently (target, &folder_fd);
  if (self->error_number != 0)
    return self->error_number == EAGAIN ? OCG_CONFIG_JOB_BUSY : OCG_CONFIG_JOB_CANNOT_WRITE;
  outcome = write_locked (self, folder_fd, path, target);
  close (folder_fd);
  return outcome;
}

void
ocg_config_job_commit (OcgConfigJob *self, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) changed = ocg_config_overlay_get_changed (self->plan->overlay);

  self->outcome = OCG_CONFIG_JOB_DONE;
  self->tries++;
  for (guint i = 0; i < changed->len && self->outcome == OCG_CONFIG_JOB_DONE; i++)
    {
      const char *path = g_ptr_array_index (changed, i);

      /* Between two files it is too late. */
      if (i == 0 && g_cancellable_is_cancelled (cancellable))
        self->outcome = OCG_CONFIG_JOB_CANCELLED;
      else
        self->outcome = write_file (self, path);
      if (self->outcome != OCG_CONFIG_JOB_DONE)
        self->file = g_strdup (path);
    }
}
