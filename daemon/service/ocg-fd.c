/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-fd.h"

#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../dbus/ocg-error.h"
#include "../../dbus/ocg-names.h"
#include "../credentials/ocg-secret.h"

typedef struct
{
  GInputStream *stream;
  char *name;
  char *buffer; /* of max_size + 1, so that too much shows; never moved, so that no copy is left */
  gsize max_size;
  gsize length;
  guint timer;
  GCancellable *cancellable;
  gboolean timed_out;
} Read;

typedef struct
{
  char *memory;
  gsize size;
} Wiped;

static void
read_free (Read *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_object_unref (self->stream);
  g_object_unref (self->cancellable);
  if (self->buffer != NULL)
    {
      ocg_secret_wipe (self->buffer, self->max_size + 1);
      g_free (self->buffer);
    }
  g_free (self->name);
  g_free (self);
}

static void
wiped_free (gpointer data)
{
  Wiped *wiped = data;

  ocg_secret_wipe (wiped->memory, wiped->size);
  g_free (wiped->memory);
  g_free (wiped);
}

static gboolean
is_sealed_memfd (int fd)
{
  int seals = fcntl (fd, F_GET_SEALS);

  return seals >= 0 && (seals & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE)) != 0;
}

const char *
ocg_fd_check (int fd, OcgFdUse use)
{
  struct stat info;
  int flags = fcntl (fd, F_GETFL);

  if (fstat (fd, &info) != 0 || flags < 0 || (flags & O_PATH) != 0
      || (flags & O_ACCMODE) == O_WRONLY)
    return _ ("the file descriptor cannot be read.");
  if (S_ISFIFO (info.st_mode) || S_ISSOCK (info.st_mode))
    return NULL;
  if (S_ISREG (info.st_mode) && (use == OCG_FD_IMAGE || is_sealed_memfd (fd)))
    return NULL;
  if (use == OCG_FD_SECRET)
    return _ ("the file descriptor must be a pipe, a socket or a sealed memfd.");
  return _ ("the file descriptor must be a pipe, a socket or a regular file.");
}

static gboolean
on_timeout (gpointer user_data)
{
  Read *self = user_data;

  self->timer = 0;
  self->timed_out = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void read_more (GTask *task);

static GBytes *
steal_bytes (Read *self)
{
  Wiped *wiped = g_new (Wiped, 1);

  wiped->size = self->max_size + 1;
  wiped->memory = g_steal_pointer (&self->buffer);
  return g_bytes_new_with_free_func (wiped->memory, self->length, wiped_free, wiped);
}

static void
read_some (GObject *stream, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Read *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gssize got = g_input_stream_read_finish (G_INPUT_STREAM (stream), result, &error);

  if (got < 0)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->length += (gsize) got;
  if (got == 0)
    g_task_return_pointer (task, steal_bytes (self), (GDestroyNotify) g_bytes_unref);
  else if (self->length > self->max_size)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "too large");
  else
    read_more (g_steal_pointer (&task));
}

static void
read_more (GTask *task)
{
  Read *self = g_task_get_task_data (task);

  g_input_stream_read_async (self->stream, self->buffer + self->length,
                             self->max_size + 1 - self->length, G_PRIORITY_DEFAULT,
                             self->cancellable, read_some, task);
}

void
ocg_fd_read_async (int fd, gsize max_size, const char *name, GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Read *self = g_new0 (Read, 1);
  struct stat info;

  /* Whoever wrote a memfd left its offset at the end. */
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    (void) lseek (fd, 0, SEEK_SET);

  self->stream = g_unix_input_stream_new (fd, TRUE);
  self->name = g_strdup (name);
  self->buffer = g_malloc (max_size + 1);
  self->max_size = max_size;
  self->cancellable = g_cancellable_new ();
  self->timer = g_timeout_add (OCG_FD_READ_TIMEOUT_MS, on_timeout, self);
  g_task_set_source_tag (task, ocg_fd_read_async);
  g_task_set_task_data (task, self, (GDestroyNotify) read_free);
  read_more (task);
}

GBytes *
ocg_fd_read_finish (GAsyncResult *result, GError **error)
{
  GTask *task = G_TASK (result);
  Read *self = g_task_get_task_data (task);
  g_autoptr (GError) local_error = NULL;
  GBytes *bytes = g_task_propagate_pointer (task, &local_error);

  if (bytes != NULL)
    return bytes;
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s”: more than %zu bytes came through the file descriptor."), self->name,
                 self->max_size);
  else if (self->timed_out)
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s”: the file descriptor did not come to an end within %d seconds. Close "
                    "the write end when everything is written."),
                 self->name, OCG_FD_READ_TIMEOUT_MS / 1000);
  else
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s”: the file descriptor cannot be read."), self->name);
  return NULL;
}
