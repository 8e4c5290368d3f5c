/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "log.h"

#include "text.h"

#include <fcntl.h>
#include <unistd.h>

struct _Log
{
  int fd; /* -1: nowhere */
};

Log *
log_new (const char *path)
{
  Log *self;
  int fd = path ? open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;

  if (path && fd < 0)
    return NULL;
  self = g_new0 (Log, 1);
  self->fd = fd;
  return self;
}

void
log_free (Log *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

static void
write_line (Log *self, GString *line)
{
  gsize done = 0;

  g_string_append (line, "}\n");
  while (done < line->len)
    {
      gssize written = write (self->fd, line->str + done, line->len - done);

      if (written <= 0)
        break;
      done += (gsize) written;
    }
}

static void
append_headers (GString *line, Request *request)
{
  GHashTableIter iter;
  gpointer name, value;
  gboolean first = TRUE;

  g_hash_table_iter_init (&iter, request->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (!first)
        g_string_append_c (line, ',');
      first = FALSE;
      text_quote (line, name);
      g_string_append_c (line, ':');
      text_quote (line, value);
    }
}

void
log_request (Log *self, guint conn, Request *request)
{
  g_autoptr (GString) line = NULL;
  g_autofree char *body = NULL;

  if (self->fd < 0)
    return;
  line = g_string_new (NULL);
  g_string_append_printf (line, "{\"time\":%" G_GINT64_FORMAT ",\"conn\":%u,\"method\":",
                          g_get_monotonic_time () / 1000, conn);
  text_quote (line, request->method);
  g_string_append (line, ",\"path\":");
  text_quote (line, request->path);
  g_string_append (line, ",\"headers\":{");
  append_headers (line, request);
  g_string_append (line, "},\"body\":");
  body = g_utf8_make_valid (request->body->str, (gssize) request->body->len);
  text_quote (line, body);
  write_line (self, line);
}

void
log_event (Log *self, const char *event, guint conn, const char *path, guint64 sent)
{
  g_autoptr (GString) line = NULL;

  if (self->fd < 0)
    return;
  line = g_string_new (NULL);
  g_string_append_printf (line, "{\"time\":%" G_GINT64_FORMAT ",\"event\":\"%s\",\"conn\":%u",
                          g_get_monotonic_time () / 1000, event, conn);
  if (path)
    {
      g_string_append (line, ",\"path\":");
      text_quote (line, path);
    }
  g_string_append_printf (line, ",\"sent\":%" G_GUINT64_FORMAT, sent);
  write_line (self, line);
}
