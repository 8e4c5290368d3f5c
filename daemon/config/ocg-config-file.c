/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-config-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "ocg-json5.h"

#define MAX_SYMLINKS 40

void
ocg_config_file_clear (OcgConfigFile *self)
{
  g_free (self->text);
  g_free (self->hash);
  *self = (OcgConfigFile) { 0 };
}

static int
read_all (int fd, GString *content)
{
  char buffer[16 * 1024];
  for (;;)
    {
      ssize_t count = read (fd, buffer, sizeof buffer);
      if (count == 0)
        return 0;
      if (count < 0 && errno != EINTR)
        return errno;
      if (count > 0)
        g_string_append_len (content, buffer, count);
      /* Enough for the parser to say that it is too big. */
      if (content->len > OCG_JSON5_MAX_SIZE)
        return 0;
    }
}

static int
read_open (OcgConfigFile *self, int fd)
{
  if (fstat (fd, &self->stat) != 0)
    return errno;
  if (!S_ISREG (self->stat.st_mode))
    return S_ISDIR (self->stat.st_mode) ? EISDIR : EINVAL;

  g_autoptr (GString) content = g_string_sized_new (MIN (self->stat.st_size, OCG_JSON5_MAX_SIZE) + 1);
  int problem = read_all (fd, content);
  if (problem != 0)
    return problem;
  self->exists = TRUE;
  self->length = content->len;
  self->hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) content->str,
                                            content->len);
  self->text = g_string_free (g_steal_pointer (&content), FALSE);
  return 0;
}

int
ocg_config_file_read (OcgConfigFile *self, const char *path)
{
  *self = (OcgConfigFile) { 0 };
  /* O_NONBLOCK: somebody may have put a FIFO there. */
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 && errno != ENOENT && errno != ENOTDIR)
    return errno;
  if (fd < 0)
    {
      self->text = g_strdup ("");
      self->hash = g_strdup ("");
      return 0;
    }

  int problem = read_open (self, fd);
  close (fd);
  if (problem != 0)
    ocg_config_file_clear (self);
  return problem;
}

int
ocg_config_file_resolve (const char *path, char **target)
{
  g_autofree char *at = g_strdup (path);
  for (guint i = 0; i < MAX_SYMLINKS; i++)
    {
      g_autofree char *link = g_file_read_link (at, NULL);
      if (link == NULL)
        {
          *target = g_steal_pointer (&at);
          return 0;
        }
      g_autofree char *folder = g_path_get_dirname (at);
      g_free (at);
      at = g_path_is_absolute (link) ? g_strdup (link) : g_build_filename (folder, link, NULL);
    }
  return ELOOP;
}

int
ocg_config_file_lock (const char *target, int *folder_fd)
{
  g_autofree char *folder = g_path_get_dirname (target);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return errno;
  /* Some network file systems cannot lock folders; one gateway for each user is the rule anyway. */
  if (flock (fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    {
      close (fd);
      return EAGAIN;
    }
  *folder_fd = fd;
  return 0;
}

static int
write_all (int fd, GBytes *bytes)
{
  gsize left = 0;
  const char *text = g_bytes_get_data (bytes, &left);
  while (left > 0)
    {
      ssize_t count = write (fd, text, left);
      if (count < 0 && errno != EINTR)
        return errno;
      if (count > 0)
        {
          text += count;
          left -= count;
        }
    }
  return 0;
}

/* The new file belongs to whom the old one did, as far as we may. */
static int
copy_mode (int fd, const OcgConfigFile *old)
{
  mode_t mode = old->exists ? old->stat.st_mode & 0777 : 0600;
  struct stat own;
  if (fstat (fd, &own) != 0)
    return errno;
  if (old->exists && (own.st_uid != old->stat.st_uid || own.st_gid != old->stat.st_gid)
      && fchown (fd, old->stat.st_uid, old->stat.st_gid) != 0)
    {
      /* What the old group was allowed is not meant for ours. */
      if (own.st_gid != old->stat.st_gid
          && fchown (fd, (uid_t) -1, old->stat.st_gid) != 0)
        mode &= ~(mode_t) 0070;
    }
  return fchmod (fd, mode) == 0 ? 0 : errno;
}

static gboolean
is_same (int folder_fd, const char *name, const OcgConfigFile *old)
{
  struct stat now;
  if (fstatat (folder_fd, name, &now, AT_SYMLINK_NOFOLLOW) != 0)
    return !old->exists && errno == ENOENT;
  return old->exists && now.st_dev == old->stat.st_dev && now.st_ino == old->stat.st_ino
         && now.st_size == old->stat.st_size
         && now.st_mtim.tv_sec == old->stat.st_mtim.tv_sec
         && now.st_mtim.tv_nsec == old->stat.st_mtim.tv_nsec;
}

static int
fill_temporary (int fd, const OcgConfigFile *old, GBytes *text)
{
  int problem = write_all (fd, text);
  if (problem == 0)
    problem = copy_mode (fd, old);
  if (problem == 0 && fsync (fd) != 0)
    problem = errno;
  if (close (fd) != 0 && problem == 0)
    problem = errno;
  return problem;
}

static int
open_temporary (int folder_fd, const char *temporary)
{
  int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  int fd = openat (folder_fd, temporary, flags, 0600);

  /* We have the lock: it was nobody's. */
  if (fd < 0 && errno == EEXIST && unlinkat (folder_fd, temporary, 0) == 0)
    fd = openat (folder_fd, temporary, flags, 0600);
  return fd;
}

int
ocg_config_file_prepare (int folder_fd, const char *name, const OcgConfigFile *old, GBytes *text)
{
  g_autofree char *temporary = g_strconcat (name, OCG_CONFIG_TEMPORARY_SUFFIX, NULL);
  int fd = -1;
  int problem = 0;

  /* rename() would not ask, but who takes the right to write away means it. */
  if (old->exists && faccessat (folder_fd, name, W_OK, AT_EACCESS) != 0)
    return errno;
  fd = open_temporary (folder_fd, temporary);
  if (fd < 0)
    return errno;
  problem = fill_temporary (fd, old, text);
  if (problem == 0 && !is_same (folder_fd, name, old))
    problem = ESTALE;
  if (problem != 0)
    unlinkat (folder_fd, temporary, 0);
  return problem;
}

/* Whether that file is the one in @old. */
static gboolean
is_file (int folder_fd, const char *name, const OcgConfigFile *old)
{
  return old->exists && is_same (folder_fd, name, old);
}

/* Puts @temporary in the place of @name and takes away what was there, if that is @old: what somebody
 * else put there a moment ago goes back. ENOSYS, EINVAL: the file system cannot do that. */
static int
exchange (int folder_fd, const char *temporary, const char *name, const OcgConfigFile *old)
{
  if (!old->exists)
    {
      if (renameat2 (folder_fd, temporary, folder_fd, name, RENAME_NOREPLACE) == 0)
        return 0;
      return errno == EEXIST ? ESTALE : errno;
    }
  if (renameat2 (folder_fd, temporary, folder_fd, name, RENAME_EXCHANGE) != 0)
    return errno == ENOENT ? ESTALE : errno;
  if (is_file (folder_fd, temporary, old))
    return unlinkat (folder_fd, temporary, 0) == 0 ? 0 : errno;
  renameat2 (folder_fd, temporary, folder_fd, name, RENAME_EXCHANGE);
  return ESTALE;
}

int
ocg_config_file_put (int folder_fd, const char *name, const OcgConfigFile *old)
{
  g_autofree char *temporary = g_strconcat (name, OCG_CONFIG_TEMPORARY_SUFFIX, NULL);
  int problem = is_same (folder_fd, name, old) ? 0 : ESTALE;

  if (problem == 0)
    problem = exchange (folder_fd, temporary, name, old);
  if ((problem == ENOSYS || problem == EINVAL || problem == ENOTSUP) && is_same (folder_fd, name, old))
    problem = renameat (folder_fd, temporary, folder_fd, name) == 0 ? 0 : errno;
  if (problem != 0)
    unlinkat (folder_fd, temporary, 0);
  else
    fsync (folder_fd); /* the new file is in place whatever it says */
  return problem;
}

void
ocg_config_file_drop (int folder_fd, const char *name)
{
  g_autofree char *temporary = g_strconcat (name, OCG_CONFIG_TEMPORARY_SUFFIX, NULL);

  unlinkat (folder_fd, temporary, 0);
}

void
ocg_config_file_remove_stale (const char *path)
{
  g_autofree char *target = NULL;
  int folder_fd = -1;
  if (ocg_config_file_resolve (path, &target) != 0)
    return;

  g_autofree char *temporary = g_strconcat (target, OCG_CONFIG_TEMPORARY_SUFFIX, NULL);
  struct stat ignored;
  if (lstat (temporary, &ignored) != 0 || ocg_config_file_lock (target, &folder_fd) != 0)
    return;
  g_unlink (temporary);
  close (folder_fd);
}
