/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-login-code.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../catalog/ocg-base-url.h"
#include "../wire/ocg-json.h"
#include "ocg-login-answer.h"
#include "ocg-login-value.h"

#define DEFAULT_LIFETIME_MS (10 * 60 * 1000)
#define MAX_LIFETIME_MS (60 * 60 * 1000)
#define MAX_INTERVAL_MS (60 * 1000)
#define MAX_URL_SIZE 2048
#define MAX_CODE_CHARS 64

static OcgFailure *
new_failure (OcgError code, const char *msgid, const OcgLoginPlan *plan, JsonObject *root)
{
  OcgFailure *failure = ocg_failure_new (code, msgid, "provider", plan->provider, NULL);

  failure->provider_message = root != NULL ? ocg_login_answer_dup_message (root, NULL) : NULL;
  return failure;
}

/* NULL when the answer is not a no. */
static OcgFailure *
find_refusal (const OcgLoginPlan *plan, guint status, JsonObject *root)
{
  double code = 0;
  gboolean is_no = status / 100 != 2 || ocg_json_get_string (root, "error") != NULL
                   || (ocg_json_get_string (root, "status") != NULL
                       && g_ascii_strcasecmp (ocg_json_get_string (root, "status"), "error") == 0);

  ocg_login_value_get_number (ocg_json_get_object (root, "base_resp"), "status_code", &code);
  if (!is_no && code == 0)
    return NULL;
  if (status == 429 || code == 1002)
    return new_failure (OCG_ERROR_RATE_LIMITED,
                        N_ ("{provider} has had too many logins. Try again in a few minutes."),
                        plan, root);
  if (status >= 500)
    return new_failure (OCG_ERROR_PROVIDER_ERROR,
                        N_ ("{provider} cannot log anybody in at the moment. Try again later."),
                        plan, root);
  return new_failure (OCG_ERROR_PROVIDER_ERROR, N_ ("{provider} refused to begin a login."), plan,
                      root);
}

/* A page that a browser may be sent to: on this machine only if the server is there as well, and
 * without a name of a user, which looks like that of a host. */
static gboolean
is_page (const OcgLoginPlan *plan, const char *url)
{
  g_autofree char *origin = url != NULL ? ocg_base_url_get_origin (url) : NULL;
  g_autofree char *user = NULL;

  if (origin == NULL || strlen (url) > MAX_URL_SIZE)
    return FALSE;
  for (const char *p = url; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p) || strchr ("\"<>\\^`{|}", *p) != NULL)
      return FALSE;
  if (!g_uri_split (url, G_URI_FLAGS_ENCODED, NULL, &user, NULL, NULL, NULL, NULL, NULL, NULL)
      || user != NULL)
    return FALSE;
  if (ocg_base_url_is_loopback (url))
    return ocg_base_url_is_loopback (plan->code_url);
  return g_str_has_prefix (origin, "https://");
}

/* The address of the page, at the host that is known to have it. NULL when it is none. */
static char *
dup_page (const OcgLoginPlan *plan, const char *url)
{
  const GUriFlags flags = G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD;
  g_autofree char *scheme = NULL, *host = NULL, *path = NULL, *query = NULL, *fragment = NULL;
  g_autofree char *lower = NULL;
  const char *better = NULL;
  int port = -1;

  if (!is_page (plan, url)
      || !g_uri_split (url, flags, &scheme, NULL, &host, &port, &path, &query, &fragment, NULL))
    return NULL;
  lower = g_ascii_strdown (host, -1);
  better = g_hash_table_lookup (plan->verification_hosts, lower);
  if (better == NULL)
    return g_strdup (url);
  return g_uri_join (flags, scheme, NULL, better, port, path, query, fragment);
}

static gboolean
is_code (const char *code)
{
  if (code == NULL || *code == '\0' || strlen (code) > MAX_CODE_CHARS)
    return FALSE;
  for (const char *p = code; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return FALSE;
  return TRUE;
}

static void
read_pages (OcgLoginCode *self, const OcgLoginPlan *plan, JsonObject *root)
{
  const char *uri = ocg_json_get_string (root, "verification_uri");

  if (uri == NULL)
    uri = ocg_json_get_string (root, "verification_url");
  self->verification_uri = dup_page (plan, uri);
  self->verification_uri_complete
      = dup_page (plan, ocg_json_get_string (root, "verification_uri_complete"));
  if (self->verification_uri == NULL)
    self->verification_uri = g_strdup (self->verification_uri_complete);
  /* The address of MiniMax has the code in it. */
  if (self->verification_uri_complete == NULL && self->verification_uri != NULL
      && strstr (self->verification_uri, "user_code=") != NULL)
    self->verification_uri_complete = g_strdup (self->verification_uri);
}

static void
read_times (OcgLoginCode *self, const OcgLoginPlan *plan, JsonObject *root, gint64 now)
{
  gboolean is_minimax = plan->dialect == OCG_LOGIN_MINIMAX;
  guint usual = is_minimax ? 2000 : 5000;
  gint64 lifetime = 0;
  double expires = 0, interval = 0;

  if (ocg_login_value_get_number (root, "expired_in", &expires)
      || ocg_login_value_get_number (root, "expires_in", &expires))
    lifetime = ocg_login_value_to_time (expires, now) - now;
  /* A clock that is wrong, of theirs or ours, must not end it before it has begun. */
  if (lifetime <= 0)
    lifetime = DEFAULT_LIFETIME_MS;
  self->lifetime_ms = (guint) MIN (lifetime, MAX_LIFETIME_MS);
  self->expires = now + self->lifetime_ms;

  self->interval_ms = plan->interval_ms > 0 ? plan->interval_ms : usual;
  self->floor_ms = plan->interval_ms > 0 ? plan->interval_ms : is_minimax ? 2000 : 1000;
  if (!ocg_login_value_get_number (root, "interval", &interval) || interval <= 0)
    return;
  self->interval_ms = (guint) CLAMP (is_minimax ? interval : interval * 1000, 1, MAX_INTERVAL_MS);
}

static OcgLoginCode *
read_code (const OcgLoginPlan *plan, JsonObject *root, gint64 now)
{
  g_autoptr (OcgLoginCode) self = g_new0 (OcgLoginCode, 1);

  if (plan->dialect == OCG_LOGIN_RFC8628)
    {
      self->device_code = ocg_login_value_take_secret (root, "device_code");
      if (self->device_code == NULL)
        return NULL;
    }
  if (is_code (ocg_json_get_string (root, "user_code")))
    self->user_code = g_strdup (ocg_json_get_string (root, "user_code"));
  read_pages (self, plan, root);
  read_times (self, plan, root, now);
  if (self->user_code == NULL || self->verification_uri == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

OcgLoginCode *
ocg_login_code_parse (const OcgLoginPlan *plan, guint status, const char *text, gsize length,
                      const char *state, gint64 now, OcgFailure **failure)
{
  g_autoptr (JsonObject) root = ocg_login_value_parse (text, length);
  OcgLoginCode *self = NULL;

  *failure = find_refusal (plan, status, root);
  if (*failure != NULL)
    return NULL;
  if (root != NULL && state != NULL
      && g_strcmp0 (ocg_json_get_string (root, "state"), state) != 0)
    {
      *failure = new_failure (
          OCG_ERROR_PROTOCOL_VIOLATION,
          N_ ("The login was broken off: what {provider} answered belongs to another one (its "
              "state is not ours). Try again; if it goes on, somebody may be in between."),
          plan, NULL);
      return NULL;
    }
  self = root != NULL ? read_code (plan, root, now) : NULL;
  if (self == NULL)
    *failure = new_failure (OCG_ERROR_PROTOCOL_VIOLATION,
                            N_ ("{provider} gave no code to log in with. A proxy or a page of the "
                                "network that wants a login of its own may be in between."),
                            plan, NULL);
  return self;
}

void
ocg_login_code_free (OcgLoginCode *self)
{
  g_clear_pointer (&self->device_code, ocg_secret_unref);
  g_free (self->user_code);
  g_free (self->verification_uri);
  g_free (self->verification_uri_complete);
  g_free (self);
}
