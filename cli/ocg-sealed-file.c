/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-sealed-file.h"

#include "ocg-error.h"
#include "ocg-input.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define CHUNK_SIZE 16384

static gboolean
write_all (int fd, const char *bytes, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, bytes, length);

      if (n > 0)
        {
          bytes += n;
          length -= (gsize) n;
        }
      else if (n == 0 || errno != EINTR)
        return FALSE;
    }
  return TRUE;
}

/* Closes @fd. Returns -1. */
static int
fail (int fd, const char *name, GError **error)
{
  int saved_errno = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
               /* TRANSLATORS: a file, then the system's reason. */
               _ ("“%s” cannot be kept in memory: %s."), ocg_input_describe (name),
               g_strerror (saved_errno));
  if (fd != -1)
    close (fd);
  return -1;
}

static int
seal (int fd, const char *name, GError **error)
{
  if (fcntl (fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK) != 0)
    return fail (fd, name, error);
  return fd;
}

int
ocg_sealed_file_new (const char *bytes, gsize length, const char *name, GError **error)
{
  int file = memfd_create ("openclawctl", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (file == -1 || !write_all (file, bytes, length))
    return fail (file, name, error);
  return seal (file, name, error);
}

/* Copies up to @max_size bytes and one more, which tells that there is more. Returns how many, or
 * -1 with errno set. */
static gssize
copy (int from, int to, gsize max_size)
{
  char chunk[CHUNK_SIZE];
  gsize copied = 0;
  gssize n = 0;

  while (copied <= max_size
         && ((n = read (from, chunk, MIN (sizeof chunk, max_size + 1 - copied))) > 0
             || (n == -1 && errno == EINTR)))
    {
      if (n > 0 && !write_all (to, chunk, (gsize) n))
        {
          n = -1;
          break;
        }
      copied += (gsize) MAX (n, 0);
    }
  explicit_bzero (chunk, sizeof chunk);
  return n == -1 ? -1 : (gssize) copied;
}

int
ocg_sealed_file_new_from_fd (int fd, const char *name, gsize max_size, GError **error)
{
  int file = memfd_create ("openclawctl", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  gssize copied = file != -1 ? copy (fd, file, max_size) : -1;

  if (copied == -1)
    return fail (file, name, error);
  if ((gsize) copied <= max_size)
    return seal (file, name, error);

  close (file);
  g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
               _ ("“%s” is larger than %u MiB, which is more than is taken here. Shorten it."),
               ocg_input_describe (name), (guint) (max_size / 1024 / 1024));
  return -1;
}

int
ocg_sealed_file_new_from_input (const char *name, gsize max_size, GError **error)
{
  int fd = ocg_input_open (name, error);
  int file = -1;

  if (fd == -1)
    return -1;
  file = ocg_sealed_file_new_from_fd (fd, name, max_size, error);
  close (fd);
  return file;
}

gboolean
ocg_sealed_file_write_to (int file, int fd, GError **error)
{
  int saved_errno = 0;

  if (lseek (file, 0, SEEK_SET) == 0 && copy (file, fd, G_MAXSSIZE - 1) != -1)
    return TRUE;
  saved_errno = errno;
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                       g_strerror (saved_errno));
  return FALSE;
}

/* Fills @chunk from @offset on. Returns how much there was. */
static gsize
read_at (int file, char *chunk, gsize offset)
{
  gssize n = 0;

  do
    n = pread (file, chunk, CHUNK_SIZE, (off_t) offset);
  while (n == -1 && errno == EINTR);
  return (gsize) MAX (n, 0);
}

gboolean
ocg_sealed_file_equal (int a, int b)
{
  char chunk_a[CHUNK_SIZE];
  char chunk_b[CHUNK_SIZE];
  gsize offset = 0;
  gsize n = 0;
  gboolean equal = TRUE;

  do
    {
      n = read_at (a, chunk_a, offset);
      equal = n == read_at (b, chunk_b, offset) && memcmp (chunk_a, chunk_b, n) == 0;
      offset += n;
    }
  while (equal && n > 0);
  explicit_bzero (chunk_a, sizeof chunk_a);
  explicit_bzero (chunk_b, sizeof chunk_b);
  return equal;
}

char
ocg_sealed_file_get_first (int file)
{
  char chunk[CHUNK_SIZE];
  char first = '\0';
  gsize offset = 0;
  gsize n = 0;

  do
    {
      n = read_at (file, chunk, offset);
      for (gsize i = 0; i < n && first == '\0'; i++)
        if (!g_ascii_isspace (chunk[i]))
          first = chunk[i];
      offset += n;
    }
  while (first == '\0' && n > 0);
  explicit_bzero (chunk, sizeof chunk);
  return first;
}
