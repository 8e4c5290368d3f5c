/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-doctor-repair.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

OcgRepair *
ocg_repair_new (OcgRepairKind kind, const char *path)
{
  OcgRepair *self = g_new0 (OcgRepair, 1);

  self->kind = kind;
  self->path = g_strdup (path);
  return self;
}

void
ocg_repair_free (OcgRepair *self)
{
  g_free (self->path);
  g_free (self);
}

char *
ocg_repair_describe (const OcgRepair *self)
{
  if (self->kind == OCG_REPAIR_REMOVE)
    /* TRANSLATORS: %s is a file. */
    return g_strdup_printf (_ ("Remove %s"), self->path);
  /* TRANSLATORS: %s is a file or folder. */
  return g_strdup_printf (_ ("Let nobody but you read %s"), self->path);
}

static void
set_error (const OcgRepair *self, int number, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number),
               /* TRANSLATORS: %1$s is a file, %2$s the reason that the system gave. */
               _ ("%1$s cannot be repaired: %2$s."), self->path, g_strerror (number));
}

/* Through a descriptor, so that what is changed is what was looked at; O_PATH works on files that
 * their owner may not read. */
static gboolean
make_private (const OcgRepair *self, GError **error)
{
  int fd = open (self->path, O_PATH | O_CLOEXEC);
  struct stat info;
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  int number = 0;

  if (fd < 0 || fstat (fd, &info) != 0)
    number = errno;
  else if (info.st_uid != geteuid () || !(S_ISREG (info.st_mode) || S_ISDIR (info.st_mode)))
    number = EPERM;
  else if (chmod (link, S_ISDIR (info.st_mode) ? 0700 : 0600) != 0)
    number = errno;
  if (fd >= 0)
    close (fd);
  if (number != 0)
    set_error (self, number, error);
  return number == 0;
}

static gboolean
remove_file (const OcgRepair *self, GError **error)
{
  struct stat info;
  int number = 0;

  if (lstat (self->path, &info) != 0)
    number = errno;
  else if (info.st_uid != geteuid () || !S_ISREG (info.st_mode))
    number = EPERM;
  else if (g_unlink (self->path) != 0)
    number = errno;
  if (number != 0)
    set_error (self, number, error);
  return number == 0;
}

gboolean
ocg_repair_run (const OcgRepair *self, GError **error)
{
  return self->kind == OCG_REPAIR_REMOVE ? remove_file (self, error) : make_private (self, error);
}
