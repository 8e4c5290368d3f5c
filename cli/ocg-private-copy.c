/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-private-copy.h"

#include "ocg-sealed-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct _OcgPrivateCopy
{
  char *folder;
  char *path;
  gboolean is_kept;
};

/* A new folder that only the user may enter; in memory, where there is such a place. */
static char *
make_folder (GError **error)
{
  const char *places[] = { g_getenv ("XDG_RUNTIME_DIR"), g_get_tmp_dir () };
  int saved_errno = ENOENT;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *folder = NULL;

      if (places[i] == NULL || !g_path_is_absolute (places[i]))
        continue;
      folder = g_build_filename (places[i], "openclawctl-XXXXXX", NULL);
      if (g_mkdtemp (folder) != NULL)
        return g_steal_pointer (&folder);
      saved_errno = errno;
    }
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
               /* TRANSLATORS: a folder such as /tmp, then the system's reason. */
               _ ("No private copy can be made in “%s”: %s. Set TMPDIR to a folder with room."),
               g_get_tmp_dir (), g_strerror (saved_errno));
  return NULL;
}

OcgPrivateCopy *
ocg_private_copy_new (const char *name, int text, GError **error)
{
  g_autoptr (OcgPrivateCopy) self = g_new0 (OcgPrivateCopy, 1);
  int fd = -1;

  self->folder = make_folder (error);
  if (self->folder == NULL)
    return NULL;
  self->path = g_build_filename (self->folder, name, NULL);
  fd = open (self->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd == -1)
    {
      int saved_errno = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   /* TRANSLATORS: a file, then the system's reason. */
                   _ ("“%s” cannot be made: %s."), self->path, g_strerror (saved_errno));
      return NULL;
    }
  if (!ocg_sealed_file_write_to (text, fd, error))
    {
      close (fd);
      g_prefix_error (error, "%s: ", self->path);
      return NULL;
    }
  close (fd);
  return g_steal_pointer (&self);
}

/* Editors put copies of their own beside the file; they make no folders there. */
static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

void
ocg_private_copy_free (OcgPrivateCopy *self)
{
  if (self->folder != NULL && !self->is_kept)
    remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

void
ocg_private_copy_keep (OcgPrivateCopy *self)
{
  self->is_kept = TRUE;
}

const char *
ocg_private_copy_get_path (OcgPrivateCopy *self)
{
  return self->path;
}

int
ocg_private_copy_read (OcgPrivateCopy *self, gsize max_size, GError **error)
{
  /* Not whatever an editor may have put in its place: reading a pipe would wait. */
  int fd = open (self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat info;
  int file = -1;

  if (fd == -1 || fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      int saved_errno = fd == -1 ? errno : EINVAL;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   /* TRANSLATORS: a file, then the system's reason. */
                   _ ("The edited copy “%s” cannot be read: %s."), self->path,
                   g_strerror (saved_errno));
    }
  else
    file = ocg_sealed_file_new_from_fd (fd, self->path, max_size, error);
  if (fd != -1)
    close (fd);
  return file;
}
