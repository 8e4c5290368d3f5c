/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-writer.h"

#include "ocg-output.h"

#include <glib-unix.h>
#include <unistd.h>

/* A pipe or terminal that is ready takes this much without blocking (PIPE_BUF). */
#define CHUNK_SIZE 4096

struct _OcgWriter
{
  GString *buffer;
  gsize written;
  guint source;
  OcgWriterDone done;
  gpointer user_data;
};

OcgWriter *
ocg_writer_new (void)
{
  OcgWriter *self = g_new0 (OcgWriter, 1);

  self->buffer = g_string_new (NULL);
  return self;
}

void
ocg_writer_free (OcgWriter *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

GString *
ocg_writer_get_buffer (OcgWriter *self)
{
  return self->buffer;
}

static gboolean
write_chunk (int fd, GIOCondition condition, gpointer user_data)
{
  OcgWriter *self = user_data;
  g_autoptr (GError) error = NULL;
  gsize length = MIN (self->buffer->len - self->written, CHUNK_SIZE);

  if (ocg_output_write (self->buffer->str + self->written, length, &error))
    {
      self->written += length;
      if (self->written < self->buffer->len)
        return G_SOURCE_CONTINUE;
    }
  self->source = 0;
  self->written = 0;
  g_string_truncate (self->buffer, 0);
  self->done (error, self->user_data);
  return G_SOURCE_REMOVE;
}

void
ocg_writer_flush (OcgWriter *self, OcgWriterDone done, gpointer user_data)
{
  g_return_if_fail (self->source == 0);

  if (self->buffer->len == 0)
    {
      done (NULL, user_data);
      return;
    }
  self->done = done;
  self->user_data = user_data;
  self->source = g_unix_fd_add (STDOUT_FILENO, G_IO_OUT | G_IO_ERR | G_IO_HUP, write_chunk, self);
}
