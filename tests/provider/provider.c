/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "provider.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "respond.h"

static Script *
answer_plain (guint status, const char *body)
{
  Script *script = script_new ();
  g_autofree char *text = g_strdup_printf (
      "HTTP/1.1 %u Status\r\nContent-Type: application/json\r\n"
      "Content-Length: %zu\r\n\r\n%s",
      status, strlen (body), body);

  script_send (script, text, -1);
  script_end (script, STEP_KEEP);
  return script;
}

/* Numbers for tests that want to know what is going on without reading the log. */
static Script *
answer_status (Provider *self)
{
  Server *server = &self->server;
  g_autofree char *body = g_strdup_printf (
      "{\"open\":%u,\"accepted\":%u,\"requests\":%u,\"aborted\":%u,\"sent\":%" G_GUINT64_FORMAT "}",
      server->connections.length, server->accepted, server->requests, server->aborted,
      server->sent);

  return answer_plain (200, body);
}

/* Changes what holds for all requests; what is not named stays. */
static Script *
answer_control (Provider *self, Request *request)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *json = request_parse_json (request, parser);
  g_autofree char *problem = json ? settings_apply (&self->settings, json)
                                  : g_strdup ("a JSON object is wanted");

  if (problem)
    {
      g_autofree char *body = json_text_take (json_make ("s:error", problem, NULL));

      return answer_plain (400, body);
    }
  return answer_plain (200, "{}");
}

/* A path that leads nowhere; LM Studio says so with 200. */
static Script *
answer_unknown (Provider *self, Request *request)
{
  g_auto (GStrv) parts = g_strsplit (request->path, "/", 3);
  const FlavourRow *row = parts[0] && parts[1] ? flavour_find (parts[1]) : NULL;
  Flavour flavour = row ? row->flavour : self->settings.flavour;
  g_autofree char *text = NULL;
  g_autofree char *body = NULL;

  if (flavour != FLAVOUR_LMSTUDIO)
    return answer_plain (404, "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\","
                              "\"message\":\"Not found\"}}");
  text = g_strdup_printf ("Unexpected endpoint or method. (%s %s)", request->method,
                          request->path);
  body = json_text_take (json_make ("s:error", text, NULL));
  return answer_plain (200, body);
}

static Script *
answer (Request *request, guint nth, gpointer user_data)
{
  Provider *self = user_data;
  g_autofree char *prefix = NULL;
  const Api *api = api_find (request->method, request->path, &prefix);
  Script *script = api ? respond (self, api, prefix, request, nth) : NULL;

  if (script)
    return script;
  if (g_str_equal (request->path, "/status"))
    return answer_status (self);
  if (g_str_equal (request->path, "/control") && g_str_equal (request->method, "PUT"))
    return answer_control (self, request);
  return answer_unknown (self, request);
}

Provider *
provider_new (Loop *loop, Log *log)
{
  Provider *self = g_new0 (Provider, 1);

  g_queue_init (&self->server.connections);
  self->server.loop = loop;
  self->server.log = log;
  self->server.answer = answer;
  self->server.user_data = self;
  settings_init (&self->settings);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
provider_free (Provider *self)
{
  connection_close_all (&self->server);
  g_hash_table_unref (self->counts);
  settings_clear (&self->settings);
  g_free (self);
}

int
provider_listen (Provider *self, guint port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons ((guint16) port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  int one = 1;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

  if (fd < 0)
    return -1;
  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  /* Inherited by what is accepted. */
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (bind (fd, (struct sockaddr *) &address, sizeof address) < 0 || listen (fd, 4096) < 0
      || getsockname (fd, (struct sockaddr *) &address, &length) < 0)
    {
      int saved = errno;

      close (fd);
      errno = saved;
      return -1;
    }
  self->port = ntohs (address.sin_port);
  return fd;
}
