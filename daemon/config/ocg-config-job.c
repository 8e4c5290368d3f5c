/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config-job.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
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
  g_clear_pointer (&self->mistakes, g_hash_table_unref);
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

/* One file that is being replaced. */
typedef struct
{
  const char *path;
  const OcgConfigFile *old;
  GBytes *text;
  char *target; /* where the symlinks of path end */
  char *name;   /* of target, in its folder */
  int folder_fd;
  gboolean is_shared; /* the descriptor is another one's */
  gboolean is_put;
} Write;

static void
write_clear (gpointer data)
{
  Write *write = data;

  g_free (write->target);
  g_free (write->name);
  if (write->folder_fd >= 0 && !write->is_shared)
    close (write->folder_fd);
}

/* Two locks on one folder would wait for each other. */
static gboolean
share_lock (GArray *writes, Write *write, const char *folder)
{
  struct stat own, other;

  if (stat (folder, &own) != 0)
    return FALSE;
  for (guint i = 0; i < writes->len; i++)
    {
      const Write *one = &g_array_index (writes, Write, i);

      if (one->folder_fd < 0 || fstat (one->folder_fd, &other) != 0
          || own.st_dev != other.st_dev || own.st_ino != other.st_ino)
        continue;
      write->folder_fd = one->folder_fd;
      write->is_shared = TRUE;
      return TRUE;
    }
  return FALSE;
}

static OcgConfigOutcome
lock_folder (OcgConfigJob *self, GArray *writes, Write *write)
{
  g_autofree char *folder = NULL;

  self->error_number = ocg_config_file_resolve (write->path, &write->target);
  if (self->error_number != 0)
    return OCG_CONFIG_JOB_CANNOT_WRITE;
  write->name = g_path_get_basename (write->target);
  folder = g_path_get_dirname (write->target);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      self->error_number = errno;
      return OCG_CONFIG_JOB_CANNOT_MAKE_FOLDER;
    }
  if (share_lock (writes, write, folder))
    return OCG_CONFIG_JOB_DONE;
  self->error_number = lock_patiently (write->target, &write->folder_fd);
  if (self->error_number == 0)
    return OCG_CONFIG_JOB_DONE;
  return self->error_number == EAGAIN ? OCG_CONFIG_JOB_BUSY : OCG_CONFIG_JOB_CANNOT_WRITE;
}

static OcgConfigOutcome
judge (OcgConfigJob *self)
{
  if (self->error_number == 0)
    return OCG_CONFIG_JOB_DONE;
  if (self->error_number != ESTALE)
    return OCG_CONFIG_JOB_CANNOT_WRITE;
  return self->tries < WRITE_TRIES ? OCG_CONFIG_JOB_STALE : OCG_CONFIG_JOB_BUSY;
}

static OcgConfigOutcome
prepare (OcgConfigJob *self, GArray *writes, const char *path)
{
  static const OcgConfigFile nothing = { 0 };
  OcgConfigOverlay *overlay = self->plan->overlay;
  const OcgConfigFile *old = ocg_config_overlay_get_old (overlay, path);
  Write write = { .path = path,
                  .old = old != NULL ? old : &nothing,
                  .text = ocg_config_overlay_get_text (overlay, path),
                  .folder_fd = -1 };
  OcgConfigOutcome outcome = OCG_CONFIG_JOB_CANNOT_WRITE;

  self->error_number = ocg_config_overlay_get_error (overlay, path);
  if (self->error_number == 0)
    outcome = lock_folder (self, writes, &write);
  if (outcome == OCG_CONFIG_JOB_DONE)
    {
      self->error_number
          = ocg_config_file_prepare (write.folder_fd, write.name, write.old, write.text);
      outcome = judge (self);
    }
  if (outcome == OCG_CONFIG_JOB_DONE)
    g_array_append_val (writes, write);
  else
    write_clear (&write);
  return outcome;
}

/* What was put in its place already goes back to what it was; a file that was not there stays. */
static void
put_back (GArray *writes)
{
  for (guint i = 0; i < writes->len; i++)
    {
      Write *write = &g_array_index (writes, Write, i);
      OcgConfigFile now = { 0 };
      g_autoptr (GBytes) text = NULL;

      if (!write->is_put)
        {
          ocg_config_file_drop (write->folder_fd, write->name);
          continue;
        }
      text = g_bytes_new (write->old->text, write->old->length);
      if (write->old->exists && ocg_config_file_read (&now, write->target) == 0
          && ocg_config_file_prepare (write->folder_fd, write->name, &now, text) == 0)
        ocg_config_file_put (write->folder_fd, write->name, &now);
      ocg_config_file_clear (&now);
    }
}

/* All that can go wrong has done so when the first file is put in its place. */
static OcgConfigOutcome
put_all (OcgConfigJob *self, GArray *writes)
{
  for (guint i = 0; i < writes->len; i++)
    {
      Write *write = &g_array_index (writes, Write, i);

      self->error_number = ocg_config_file_put (write->folder_fd, write->name, write->old);
      write->is_put = self->error_number == 0;
      if (write->is_put)
        continue;
      self->file = g_strdup (write->path);
      put_back (writes);
      return judge (self);
    }
  return OCG_CONFIG_JOB_DONE;
}

void
ocg_config_job_commit (OcgConfigJob *self, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) changed = ocg_config_overlay_get_changed (self->plan->overlay);
  g_autoptr (GArray) writes = g_array_new (FALSE, FALSE, sizeof (Write));

  g_array_set_clear_func (writes, write_clear);
  self->outcome = OCG_CONFIG_JOB_DONE;
  self->tries++;
  for (guint i = 0; i < changed->len && self->outcome == OCG_CONFIG_JOB_DONE; i++)
    {
      const char *path = g_ptr_array_index (changed, i);

      self->outcome = g_cancellable_is_cancelled (cancellable) ? OCG_CONFIG_JOB_CANCELLED
                                                               : prepare (self, writes, path);
      if (self->outcome != OCG_CONFIG_JOB_DONE)
        self->file = g_strdup (path);
    }
  if (self->outcome == OCG_CONFIG_JOB_DONE)
    self->outcome = put_all (self, writes);
  else
    put_back (writes);
}
