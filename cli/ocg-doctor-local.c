/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-doctor-checks.h"

#include "ocg-json-text.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#define CONNECT_TIMEOUT_MS 300
#define MAX_SERVERS 16

/* Where the servers are that have a place of their own. */
static const struct
{
  const char *provider;
  guint16 port;
} usual_ports[] = { { "lmstudio", 1234 }, { "ollama", 11434 } };

/* Whether anybody listens. */
static gboolean
can_connect (GSocketAddress *address)
{
  union
  {
    struct sockaddr any;
    struct sockaddr_storage room;
  } native;
  gssize size = g_socket_address_get_native_size (address);
  struct pollfd poll_fd = { .events = POLLOUT };
  int result = 0;
  socklen_t length = sizeof result;

  if (!g_socket_address_to_native (address, &native, sizeof native, NULL))
    return FALSE;
  poll_fd.fd = socket (native.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (poll_fd.fd < 0)
    return FALSE;
  if (connect (poll_fd.fd, &native.any, (socklen_t) size) != 0)
    {
      result = errno;
      if (result == EINPROGRESS && poll (&poll_fd, 1, CONNECT_TIMEOUT_MS) == 1
          && getsockopt (poll_fd.fd, SOL_SOCKET, SO_ERROR, &result, &length) != 0)
        result = errno;
    }
  close (poll_fd.fd);
  return result == 0;
}

static gboolean
can_connect_to (GInetAddress *host, guint16 port)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (host, port);

  return can_connect (address);
}

/* @host: numeric, or "localhost"; FALSE in @is_local for any other machine. */
static gboolean
is_reachable (const char *host, guint16 port, gboolean *is_local)
{
  g_autoptr (GInetAddress) ip4 = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GInetAddress) ip6 = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6);
  g_autoptr (GInetAddress) named = g_inet_address_new_from_string (host);

  *is_local = g_ascii_strcasecmp (host, "localhost") == 0
              || (named != NULL && g_inet_address_get_is_loopback (named));
  if (!*is_local)
    return FALSE;
  if (named != NULL)
    return can_connect_to (named, port);
  return can_connect_to (ip4, port) || can_connect_to (ip6, port);
}

static void
check_server (OcgFinding *finding, const char *provider, const char *host, guint16 port)
{
  gboolean is_local = FALSE;

  if (is_reachable (host, port, &is_local) || !is_local)
    return;
  ocg_finding_suggest (finding, OCG_CHECK_NOTE,
                       _ ("Servers that are configured do not run. Their models cannot be used "
                          "until they do."));
  ocg_finding_add_detail (finding, "%s (%s:%u)", provider, host, port);
}

static guint16
get_usual_port (const char *provider)
{
  for (guint i = 0; i < G_N_ELEMENTS (usual_ports); i++)
    if (g_str_equal (usual_ports[i].provider, provider))
      return usual_ports[i].port;
  return 0;
}

static void
check_provider (OcgFinding *finding, const char *provider, JsonObject *entry)
{
  const char *base_url = ocg_json_get_string (entry, "baseUrl");
  g_autoptr (GUri) uri = NULL;
  int port = get_usual_port (provider);

  if (base_url == NULL)
    {
      if (port > 0)
        check_server (finding, provider, "localhost", (guint16) port);
      return;
    }
  uri = g_uri_parse (base_url, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return;
  port = g_uri_get_port (uri);
  if (port <= 0)
    port = g_strcmp0 (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80;
  check_server (finding, provider, g_uri_get_host (uri), (guint16) port);
}

void
ocg_check_local_servers (OcgDoctor *doctor, OcgFinding *finding)
{
  JsonNode *node = NULL;
  g_autoptr (GList) ids = NULL;
  guint n = 0;

  if (!ocg_doctor_has_gateway (doctor, finding))
    return;
  node = ocg_doctor_get_setting (doctor, "models", "providers", NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    ids = json_object_get_members (json_node_get_object (node));
  for (GList *l = ids; l != NULL && n < MAX_SERVERS; l = l->next)
    {
      JsonObject *entry = ocg_json_get_object (json_node_get_object (node), l->data);

      if (entry == NULL)
        continue;
      check_provider (finding, l->data, entry);
      n++;
    }
  ocg_finding_suggest (finding, OCG_CHECK_OK, _ ("No server that is configured is missing."));
}
