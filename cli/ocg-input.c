/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-input.h"

#include "ocg-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define CHUNK_SIZE (64 * 1024)

gboolean
ocg_input_is_standard (const char *name)
{
  return g_str_equal (name, "-");
}

const char *
ocg_input_describe (const char *name)
{
  return ocg_input_is_standard (name) ? _ ("standard input") : name;
}

static int
fail_system (const char *name, int saved_errno, GError **error)
{
  g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
               /* TRANSLATORS: a file, then the system's reason, such as "Permission denied". */
               _ ("“%s” cannot be read: %s."), ocg_input_describe (name),
               g_strerror (saved_errno));
  return -1;
}

int
ocg_input_open (const char *name, GError **error)
{
  int fd = ocg_input_is_standard (name) ? fcntl (STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                                        : open (name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  struct stat info;

  if (fd == -1 || fstat (fd, &info) != 0)
    {
      int saved_errno = errno;

      if (fd != -1)
        close (fd);
      return fail_system (name, saved_errno, error);
    }
  if (S_ISDIR (info.st_mode))
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s” is a folder. Name the files in it one by one."),
                 ocg_input_describe (name));
  /* Typing at a terminal is fine; a device by name may never end. */
  else if (!S_ISREG (info.st_mode) && !S_ISFIFO (info.st_mode) && !S_ISSOCK (info.st_mode)
           && !ocg_input_is_standard (name))
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s” is a device. Name a file, or “-” for standard input."), name);
  else
    return fd;
  close (fd);
  return -1;
}

GString *
ocg_input_read (int fd, const char *name, gsize max_size, GError **error)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autofree char *chunk = g_malloc (CHUNK_SIZE);

  while (bytes->len <= max_size)
    {
      gssize n = read (fd, chunk, MIN (CHUNK_SIZE, max_size + 1 - bytes->len));

      if (n == 0)
        break;
      if (n > 0)
        g_string_append_len (bytes, chunk, n);
      else if (errno != EINTR)
        {
          fail_system (name, errno, error);
          return NULL;
        }
    }
  return g_steal_pointer (&bytes);
}

gboolean
ocg_input_make_text (GString *bytes)
{
  if (g_str_has_prefix (bytes->str, BYTE_ORDER_MARK))
    g_string_erase (bytes, 0, strlen (BYTE_ORDER_MARK));
  return g_utf8_validate_len (bytes->str, bytes->len, NULL);
}

GString *
ocg_input_read_text (const char *name, gsize max_size, GError **error)
{
  g_autoptr (GString) bytes = NULL;
  int fd = ocg_input_open (name, error);

  if (fd == -1)
    return NULL;
  bytes = ocg_input_read (fd, name, max_size, error);
  close (fd);
  if (bytes == NULL)
    return NULL;

  if (bytes->len > max_size)
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s” is larger than %u MiB, which is more than is taken here. Shorten it."),
                 ocg_input_describe (name), (guint) (max_size / 1024 / 1024));
  else if (!ocg_input_make_text (bytes))
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s” is not valid UTF-8 text. Convert it, for example with iconv."),
                 ocg_input_describe (name));
  else
    return g_steal_pointer (&bytes);
  return NULL;
}
