/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* How long until the first piece of an answer is there: straight from the provider over a kept
 * connection, and through the gateway's Stream(). The two take turns, so that the machine's moods
 * fall on both. Prints microseconds, one pair a line. */

#include <gio/gio.h>
#include <glib-unix.h>
#include <gio/gunixfdlist.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../dbus/ocg-names.h"

#define BODY                                                                                       \
  "{\"model\":\"MiniMax-M2.1\",\"max_tokens\":8192,\"stream\":true,"                               \
  "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hello\"}]}]}"

static void
die (const char *what)
{
  fprintf (stderr, "first-event: %s\n", what);
  exit (1);
}

/* Reads from @fd to the end of the answer; returns when its first text was there. */
static gint64
read_answer (int fd, const char *first, const char *last)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 seen = 0;

  while (strstr (text->str, last) == NULL)
    {
      char buffer[65536];
      ssize_t got = read (fd, buffer, sizeof buffer);

      if (got <= 0)
        die ("the answer broke off");
      g_string_append_len (text, buffer, got);
      if (seen == 0 && strstr (text->str, first) != NULL)
        seen = g_get_monotonic_time ();
    }
  return seen;
}

static gint64
ask_directly (int fd, int port)
{
  g_autofree char *request
      = g_strdup_printf ("POST /anthropic/v1/messages HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                         "Authorization: Bearer sk-bench-0000\r\nanthropic-version: 2023-06-01\r\n"
                         "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                         port, strlen (BODY), BODY);
  gint64 start = g_get_monotonic_time ();

  if (write (fd, request, strlen (request)) != (ssize_t) strlen (request))
    die ("cannot write to the provider");
  return read_answer (fd, "text_delta", "\r\n0\r\n\r\n") - start;
}

static GVariant *
new_call (void)
{
  return g_variant_new_parsed ("('', [{'role': <'user'>, 'content': <'hello'>}], @a{sv} {})");
}

static gint64
ask_gateway (GDBusConnection *bus)
{
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GVariant) reply = g_dbus_connection_call_with_unix_fd_list_sync (
      bus, OCG_BUS_NAME, OCG_OBJECT_PATH, OCG_IFACE_GATEWAY, "Stream", new_call (), NULL,
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, &fds, NULL, &error);
  gint64 seen;
  int fd;

  if (reply == NULL)
    die (error->message);
  fd = g_unix_fd_list_get (fds, 0, NULL);
  seen = read_answer (fd, "{\"type\":\"text\"", "{\"type\":\"end\"");
  close (fd);
  return seen - start;
}

int
main (int argc, char **argv)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GDBusConnection) bus = NULL;
  int port, rounds, fd;

  if (argc != 3)
    die ("usage: first-event PORT ROUNDS");
  port = atoi (argv[1]);
  rounds = CLAMP (atoi (argv[2]), 1, 100000);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) port, NULL, NULL);
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  if (connection == NULL || bus == NULL)
    die ("no provider or no bus");
  fd = g_socket_get_fd (g_socket_connection_get_socket (connection));
  g_socket_set_blocking (g_socket_connection_get_socket (connection), TRUE);
  /* Blocking in the kernel too. */
  g_unix_set_fd_nonblocking (fd, FALSE, NULL);

  for (int i = 0; i < 20 + rounds; i++)
    {
      gint64 directly = ask_directly (fd, port);
      gint64 gateway = ask_gateway (bus);

      if (i >= 20)
        printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", directly, gateway);
    }
  return 0;
}
