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

#include "plan.h"
#include "scenarios.h"

#define NO_KEY_MESSAGE                                                                             \
  "login fail: Please carry the API secret key in the 'Authorization' field of the request "       \
  "header (1004)"

/* Keys that are no good, whatever the scenario. */
typedef struct
{
  const char *prefix;
  const char *scenario;
} BadKey;

static const BadKey bad_keys[] = {
  { "sk-bad", "2049" },
  { "sk-broke", "1008" },
  { "sk-limited", "429-30" },
};

static void
respond_error (Plan *plan, guint status, const char *type, const char *message, gboolean http_code)
{
  g_autofree char *body = plan->api->render_error (type, message, http_code ? status : 0, NULL);

  plan_respond (plan, status, "application/json", body);
}

static const char *
bearer_key (Request *request)
{
  const char *header = request_get_header (request, "authorization");

  if (!header || g_ascii_strncasecmp (header, "Bearer ", 7) != 0 || header[7] == '\0')
    return NULL;
  return header + 7;
}

/* FALSE when the plan already holds the refusal. */
static gboolean
check_key (Plan *plan, Auth auth)
{
  Request *request = plan->request;
  const char *x_api_key = request_get_header (request, "x-api-key");

  plan->key = auth == AUTH_X_API_KEY ? x_api_key : bearer_key (request);
  if (auth == AUTH_NONE)
    return TRUE;
  if (!plan->key && auth == AUTH_X_API_KEY)
    respond_error (plan, 401, "authentication_error", "x-api-key header is required", FALSE);
  else if (!plan->key)
    respond_error (plan, 401, "authorized_error", NO_KEY_MESSAGE, TRUE);
  else if (auth == AUTH_X_API_KEY && !request_get_header (request, "anthropic-version"))
    respond_error (plan, 400, "invalid_request_error", "anthropic-version: header is required",
                   FALSE);
  else
    {
      for (guint i = 0; i < G_N_ELEMENTS (bad_keys); i++)
        if (g_str_has_prefix (plan->key, bad_keys[i].prefix))
          {
            scenario_apply (bad_keys[i].scenario, plan, NULL);
            return FALSE;
          }
      return TRUE;
    }
  return FALSE;
}

/* Splits "/SCENARIO/rest"; in a sequence A+B+C the scenario of this request is picked. */
static char *
pick_scenario (Provider *self, const char *prefix, const char **rest)
{
  const char *start = *prefix == '/' ? prefix + 1 : prefix;
  gsize length = strcspn (start, "/");
  g_autofree char *name = g_strndup (start, length);
  g_auto (GStrv) sequence = g_strsplit (*name ? name : "anthropic", "+", -1);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, prefix));

  *rest = start + length;
  if (sequence[1])
    g_hash_table_replace (self->counts, g_strdup (prefix), GUINT_TO_POINTER (count + 1));
  return g_strdup (sequence[MIN (count, g_strv_length (sequence) - 1)]);
}

static void
apply_scenario (Plan *plan, const char *scenario, JsonObject *json)
{
  Auth auth;
  g_autofree char *problem = NULL;

  if (!scenario_apply (scenario, NULL, &auth))
    {
      g_autofree char *message = g_strdup_printf ("no such scenario: %s", scenario);

      respond_error (plan, 404, "not_found_error", message, FALSE);
      return;
    }
  if (!check_key (plan, auth))
    return;
  problem = plan->api->check (json, auth == AUTH_X_API_KEY);
  if (problem)
    {
      respond_error (plan, 400, "invalid_request_error", problem, auth == AUTH_BEARER);
      return;
    }
  scenario_friendly (plan);
  scenario_apply (scenario, plan, NULL);
}

static JsonObject *
parse_body (JsonParser *parser, Request *request)
{
  JsonNode *root;

  if (!json_parser_load_from_data (parser, request->body->str, (gssize) request->body->len, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

static Script *
answer_chat (Provider *self, const Api *api, const char *prefix, Request *request, guint nth)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (Chat) chat = chat_new ();
  g_autoptr (Plan) plan = NULL;
  g_autofree char *scenario = NULL;
  JsonObject *json = parse_body (parser, request);

  if (json)
    api->read (json, chat);
  plan = plan_new (api, request, chat);
  plan->nth = nth;
  plan->port = self->port;
  plan->fixtures = self->fixtures;
  scenario = pick_scenario (self, prefix, &plan->rest);
  if (json)
    apply_scenario (plan, scenario, json);
  else
    respond_error (plan, 400, "invalid_request_error", "The body is no JSON object.", FALSE);
  return plan_to_script (plan);
}

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

static Script *
answer_models (Request *request)
{
  if (!bearer_key (request) && !request_get_header (request, "x-api-key"))
    return answer_plain (401, "{\"type\":\"error\",\"error\":{\"type\":\"authorized_error\","
                              "\"message\":\"" NO_KEY_MESSAGE "\",\"http_code\":\"401\"}}");
  return answer_plain (
      200,
      "{\"data\":[{\"type\":\"model\",\"id\":\"MiniMax-M2.1\",\"display_name\":\"MiniMax M2.1\","
      "\"created_at\":\"2025-12-23T00:00:00Z\"},{\"type\":\"model\",\"id\":"
      "\"MiniMax-M2.1-lightning\",\"display_name\":\"MiniMax M2.1 Lightning\",\"created_at\":"
      "\"2025-12-23T00:00:00Z\"}],\"has_more\":false,\"first_id\":\"MiniMax-M2.1\","
      "\"last_id\":\"MiniMax-M2.1-lightning\"}");
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

static Script *
answer (Request *request, guint nth, gpointer user_data)
{
  Provider *self = user_data;
  g_autofree char *prefix = NULL;
  const Api *api = api_find (request->path, &prefix);

  if (api && g_str_equal (request->method, "POST"))
    return answer_chat (self, api, prefix, request, nth);
  if (g_str_equal (request->path, "/status"))
    return answer_status (self);
  if (g_str_has_suffix (request->path, "/v1/models"))
    return answer_models (request);
  return answer_plain (404, "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\","
                            "\"message\":\"Not found\"}}");
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
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
provider_free (Provider *self)
{
  connection_close_all (&self->server);
  g_hash_table_unref (self->counts);
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
