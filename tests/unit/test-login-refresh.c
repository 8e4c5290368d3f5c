/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A refresh against a server on this machine: what comes of each answer, and where the refresh
 * token goes. */

#include <libsoup/soup.h>
#include <string.h>

#include "login/ocg-login-refresh.h"
#include "net/ocg-http.h"
#include "ocg-error.h"
#include "provider-fixture.h"
#include "wire/ocg-json.h"

/* What one path answers. */
typedef struct
{
  const char *path; /* (nullable) ends a list */
  guint status;
  const char *body; /* ' stands for "; of a redirect the address */
} Reply;

typedef struct
{
  SoupServer *server;
  char *origin;
  const Reply *replies;
  GString *seen; /* paths and refresh tokens, in order */
  OcgHttp *http;
  OcgClock *clock;
  OcgLoginToken *token;
  GError *error;
  gboolean done;
} Fixture;

static void
answer (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
        gpointer user_data)
{
  Fixture *self = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (GHashTable) form = soup_form_decode (text);

  g_string_append_printf (self->seen, "%s %s\n", path,
                          (const char *) g_hash_table_lookup (form, "refresh_token"));
  soup_server_message_set_status (message, 404, NULL);
  for (const Reply *reply = self->replies; reply->path != NULL; reply++)
    if (g_str_equal (reply->path, path))
      {
        g_autofree char *json = g_strdelimit (g_strdup (reply->body), "'", '"');

        soup_server_message_set_status (message, reply->status, NULL);
        if (reply->status / 100 == 3)
          soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                        "Location", reply->body);
        else
          soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, json,
                                            strlen (json));
      }
}

static void
fixture_start (Fixture *self, const Reply *replies)
{
  GSList *uris = NULL;
  g_autoptr (GError) error = NULL;

  memset (self, 0, sizeof *self);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, answer, self, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  uris = soup_server_get_uris (self->server);
  self->origin = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->replies = replies;
  self->seen = g_string_new (NULL);
  self->http = ocg_http_new ();
  self->clock = ocg_clock_new ();
}

static void
fixture_clear (Fixture *self)
{
  g_clear_pointer (&self->token, ocg_login_token_free);
  g_clear_error (&self->error);
  ocg_http_free (self->http);
  ocg_clock_unref (self->clock);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_string_free (self->seen, TRUE);
  g_free (self->origin);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static OcgLoginPlan *
new_plan (Fixture *self)
{
  g_autofree char *text = g_strdup_printf (
      "{\"baseUrl\":\"%s/v1\",\"api\":\"openai-completions\",\"login\":{\"clientId\":\"c\","
      "\"dialect\":\"minimax\",\"regions\":{\"all\":{\"codeUrl\":\"%s/code\","
      "\"tokenUrl\":\"%s/token\",\"legacyTokenUrl\":\"%s/old\"}}}}",
      self->origin, self->origin, self->origin, self->origin);
  g_autoptr (JsonObject) object = ocg_json_parse_object (text, -1, NULL);
  g_autoptr (OcgProvider) provider = provider_fixture_new ("mine", object);
  OcgLoginPlan *plan = ocg_login_plan_new (provider, NULL);

  g_assert_nonnull (plan);
  return plan;
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;

  self->token = ocg_login_refresh_finish (result, NULL, &self->error);
  self->done = TRUE;
}

/* @endpoint: (nullable) the origin that gave the token; NULL is the server's */
static void
refresh (Fixture *self, const char *endpoint)
{
  g_autoptr (OcgLoginPlan) plan = new_plan (self);
  g_autoptr (OcgSecret) access = ocg_secret_new ("old-access", -1);
  g_autoptr (OcgLoginToken) token = ocg_login_token_new (access);

  token->refresh = ocg_secret_new ("old-refresh", -1);
  token->region = g_strdup ("all");
  token->login = g_strdup ("mine");
  token->base_url = g_strdup ("https://base.example");
  token->endpoint = g_strdup (endpoint != NULL ? endpoint : self->origin);
  ocg_login_refresh_async (self->http, self->clock, plan, token, NULL, on_refreshed, self);
  while (!self->done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true ((self->token == NULL) == (self->error != NULL));
}

#define GOOD "{'status':'success','access_token':'new-access','expired_in':900}"
#define ROTATED                                                                                    \
  "{'status':'success','access_token':'new-access','refresh_token':'new-refresh','expired_in':900," \
  "'resource_url':'https://evil.example'}"

static void
test_rotated (void)
{
  const Reply replies[] = { { "/token", 200, ROTATED }, { NULL } };
  g_auto (Fixture) fixture = { 0 };

  fixture_start (&fixture, replies);
  refresh (&fixture, NULL);
  g_assert_no_error (fixture.error);
  g_assert_cmpstr (fixture.seen->str, ==, "/token old-refresh\n");
  g_assert_cmpstr (ocg_secret_peek (fixture.token->access), ==, "new-access");
  g_assert_cmpstr (ocg_secret_peek (fixture.token->refresh), ==, "new-refresh");
  g_assert_cmpint (fixture.token->lifetime, ==, 900000);
  g_assert_cmpstr (fixture.token->region, ==, "all");
  g_assert_cmpstr (fixture.token->login, ==, "mine");
  g_assert_cmpstr (fixture.token->endpoint, ==, fixture.origin);
  g_assert_cmpstr (fixture.token->base_url, ==, "https://base.example");
}

static void
test_kept (void)
{
  const Reply replies[] = { { "/token", 200, GOOD }, { NULL } };
  g_auto (Fixture) fixture = { 0 };

  fixture_start (&fixture, replies);
  refresh (&fixture, NULL);
  g_assert_no_error (fixture.error);
  g_assert_cmpstr (ocg_secret_peek (fixture.token->refresh), ==, "old-refresh");
}

static void
test_odd (void)
{
  static const char *const bodies[] = {
    "\xef\xbb\xbf" ROTATED,
    ("{'x':'\xff\xc3','y':'\xff','status':'success','access_token':'new-access',"
     "'refresh_token':'new-refresh'}"),
    "{'status':'SUCCESS','access_token':'new-access','refresh_token':'new-refresh'}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      const Reply replies[] = { { "/token", 200, bodies[i] }, { NULL } };
      g_auto (Fixture) fixture = { 0 };

      fixture_start (&fixture, replies);
      refresh (&fixture, NULL);
      g_assert_no_error (fixture.error);
      g_assert_cmpstr (ocg_secret_peek (fixture.token->access), ==, "new-access");
      g_assert_cmpstr (ocg_secret_peek (fixture.token->refresh), ==, "new-refresh");
    }
}

/* A refresh token that came with nothing is the only one that is still good. */
static void
test_rest (void)
{
  static const char *const bodies[] = {
    "{'status':'success','access_token':'','refresh_token':'new-refresh'}",
    "{'status':'success','access_token':'a\\nb','refresh_token':'new-refresh'}",
    "{'refresh_token':'new-refresh'}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      const Reply replies[] = { { "/token", 200, bodies[i] }, { NULL } };
      g_auto (Fixture) fixture = { 0 };

      fixture_start (&fixture, replies);
      refresh (&fixture, NULL);
      g_assert_no_error (fixture.error);
      g_assert_cmpstr (ocg_secret_peek (fixture.token->access), ==, "old-access");
      g_assert_cmpstr (ocg_secret_peek (fixture.token->refresh), ==, "new-refresh");
      g_assert_cmpint (fixture.token->expires, >, 0);
      g_assert_cmpint (fixture.token->expires, <=, ocg_clock_now (fixture.clock));
    }
}

static void
test_legacy (void)
{
  const Reply replies[] = { { "/old", 307, "/moved" }, { "/moved", 200, GOOD }, { NULL } };
  g_auto (Fixture) fixture = { 0 };

  fixture_start (&fixture, replies);
  refresh (&fixture, NULL);
  g_assert_no_error (fixture.error);
  g_assert_cmpstr (fixture.seen->str, ==,
                   "/token old-refresh\n/old old-refresh\n/moved old-refresh\n");
}

static void
test_bound (void)
{
  const Reply replies[] = { { "/token", 200, GOOD }, { NULL } };
  g_auto (Fixture) fixture = { 0 };

  fixture_start (&fixture, replies);
  refresh (&fixture, "https://account.minimax.io:443");
  g_assert_error (fixture.error, OCG_ERROR, OCG_ERROR_PROVIDER_ERROR);
  g_assert_cmpstr (fixture.seen->str, ==, "");
}

static const struct
{
  guint status;
  const char *body;
  OcgError code;
} error_rows[] = {
  { 400, "{'error':'invalid_grant'}", OCG_ERROR_CREDENTIAL_EXPIRED },
  { 400, "{'error':'temporarily_unavailable'}", OCG_ERROR_PROVIDER_ERROR },
  { 401, "", OCG_ERROR_CREDENTIAL_EXPIRED },
  { 403, "{'base_resp':{'status_code':1004,'status_msg':'x'}}", OCG_ERROR_CREDENTIAL_EXPIRED },
  { 403, " <html>a wall</html>", OCG_ERROR_PROVIDER_ERROR },
  { 200, "{'base_resp':{'status_code':2049,'status_msg':'x'}}", OCG_ERROR_CREDENTIAL_EXPIRED },
  { 200, "{'base_resp':{'status_code':1000,'status_msg':'x'}}", OCG_ERROR_PROVIDER_ERROR },
  { 200, "{'status':'error'}", OCG_ERROR_CREDENTIAL_EXPIRED },
  { 200, "{'status':'pending'}", OCG_ERROR_PROVIDER_ERROR },
  { 200, "{'status':'success'}", OCG_ERROR_PROVIDER_ERROR },
  { 200, "<html>a hotel</html>", OCG_ERROR_PROVIDER_ERROR },
  { 302, "https://hotel.example/", OCG_ERROR_PROVIDER_ERROR },
  { 307, "https://hotel.example/", OCG_ERROR_PROVIDER_ERROR },
  { 405, "{}", OCG_ERROR_PROVIDER_ERROR },
  { 408, "", OCG_ERROR_PROVIDER_ERROR },
  { 425, "", OCG_ERROR_PROVIDER_ERROR },
  { 429, "{}", OCG_ERROR_RATE_LIMITED },
  { 500, "", OCG_ERROR_PROVIDER_ERROR },
  { 503, "{'error':'invalid_request'}", OCG_ERROR_PROVIDER_ERROR },
  { 500, "{'error':'invalid_grant'}", OCG_ERROR_PROVIDER_ERROR },
  { 429, "{'error':'invalid_grant'}", OCG_ERROR_RATE_LIMITED },
};

static void
test_errors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (error_rows); i++)
    {
      const Reply replies[] = { { "/token", error_rows[i].status, error_rows[i].body }, { NULL } };
      g_auto (Fixture) fixture = { 0 };

      g_test_message ("%u %s", error_rows[i].status, error_rows[i].body);
      fixture_start (&fixture, replies);
      refresh (&fixture, NULL);
      g_assert_error (fixture.error, OCG_ERROR, (int) error_rows[i].code);
    }
}

static void
test_nobody_there (void)
{
  const Reply replies[] = { { NULL } };
  g_auto (Fixture) fixture = { 0 };

  fixture_start (&fixture, replies);
  soup_server_disconnect (fixture.server);
  refresh (&fixture, NULL);
  g_assert_error (fixture.error, OCG_ERROR, OCG_ERROR_NETWORK);
}

int
main (int argc, char **argv)
{
  ocg_http_prepare_process ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/login-refresh/rotated", test_rotated);
  g_test_add_func ("/login-refresh/kept", test_kept);
  g_test_add_func ("/login-refresh/odd", test_odd);
  g_test_add_func ("/login-refresh/rest", test_rest);
  g_test_add_func ("/login-refresh/legacy", test_legacy);
  g_test_add_func ("/login-refresh/bound", test_bound);
  g_test_add_func ("/login-refresh/errors", test_errors);
  g_test_add_func ("/login-refresh/nobody-there", test_nobody_there);
  return g_test_run ();
}
