/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-login-answer.h"

#include <string.h>

#include "../catalog/ocg-base-url.h"
#include "../wire/ocg-json.h"
#include "ocg-login-value.h"

typedef struct
{
  const char *word;
  OcgLoginOutcome outcome;
} Row;

/* "error" of RFC 6749 section 5.2 and RFC 8628 section 3.5, in whatever status it comes. */
static const Row errors[] = {
  { "authorization_pending", OCG_LOGIN_PENDING },
  { "slow_down", OCG_LOGIN_SLOW_DOWN },
  { "access_denied", OCG_LOGIN_DENIED },
  { "authorization_declined", OCG_LOGIN_DENIED },
  { "expired_token", OCG_LOGIN_EXPIRED },
  { "invalid_grant", OCG_LOGIN_EXPIRED },
  { "temporarily_unavailable", OCG_LOGIN_TROUBLE },
  { "server_error", OCG_LOGIN_TROUBLE },
};

/* MiniMax tells these two apart in words only. */
static const Row words[] = {
  { "expire", OCG_LOGIN_EXPIRED },    { "timeout", OCG_LOGIN_EXPIRED },
  { "timed out", OCG_LOGIN_EXPIRED }, { "过期", OCG_LOGIN_EXPIRED },
  { "deni", OCG_LOGIN_DENIED },       { "reject", OCG_LOGIN_DENIED },
  { "declin", OCG_LOGIN_DENIED },     { "cancel", OCG_LOGIN_DENIED },
  { "拒绝", OCG_LOGIN_DENIED },
};

/* base_resp.status_code of MiniMax that will be another one later. */
static gboolean
is_trouble (gint64 code)
{
  static const gint64 codes[] = { 1000, 1001, 1013, 1024, 1033, 1041, 2045 };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i] == code)
      return TRUE;
  return FALSE;
}

static gint64
get_code (JsonObject *root)
{
  double code = 0;

  ocg_login_value_get_number (ocg_json_get_object (root, "base_resp"), "status_code", &code);
  return (gint64) CLAMP (code, -1, G_MAXINT);
}

char *
ocg_login_answer_dup_message (JsonObject *root, const char *const *secrets)
{
  JsonObject *error = ocg_json_get_object (root, "error");
  const char *candidates[] = {
    ocg_json_get_string (root, "error_description"),
    ocg_json_get_string (ocg_json_get_object (root, "base_resp"), "status_msg"),
    ocg_json_get_string (error, "message"),
    ocg_json_get_string (root, "message"),
    ocg_json_get_string (root, "error"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      char *message = ocg_login_value_dup_words (root, candidates[i], secrets);

      if (message != NULL)
        return message;
    }
  return NULL;
}

static OcgLoginOutcome
judge_words (const char *message)
{
  g_autofree char *lower = message != NULL ? g_utf8_strdown (message, -1) : NULL;

  for (guint i = 0; lower != NULL && i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i].word) != NULL)
      return words[i].outcome;
  return OCG_LOGIN_REFUSED;
}

static OcgLoginOutcome
judge_code (gint64 code, const char *message)
{
  if (code == 1002 || code == 1039)
    return OCG_LOGIN_LIMITED;
  if (is_trouble (code))
    return OCG_LOGIN_TROUBLE;
  return judge_words (message);
}

static OcgLoginOutcome
judge_status (guint status, gboolean is_json)
{
  if (status == 429)
    return OCG_LOGIN_LIMITED;
  if (status >= 500 || status == 408 || status == 425)
    return OCG_LOGIN_TROUBLE;
  if (is_json)
    return OCG_LOGIN_REFUSED;
  /* Pages of networks and of walls in between come with any of these, and go away again. */
  return status / 100 == 2 ? OCG_LOGIN_TROUBLE : OCG_LOGIN_GARBLED;
}

/* Where requests go; some write the host alone. */
static char *
dup_url (JsonObject *root, const char *member)
{
  const char *text = ocg_json_get_string (root, member);
  g_autofree char *url = NULL;

  if (text == NULL || *text == '\0')
    return NULL;
  url = strstr (text, "://") != NULL ? g_strdup (text) : g_strconcat ("https://", text, NULL);
  return ocg_base_url_normalize (url, NULL, NULL);
}

static OcgLoginToken *
read_token (JsonObject *root, gint64 now)
{
  g_autoptr (OcgSecret) access = ocg_login_value_take_secret (root, "access_token");
  OcgLoginToken *token = NULL;
  double expires = 0;

  if (access == NULL)
    return NULL;
  token = ocg_login_token_new (access);
  token->refresh = ocg_login_value_take_secret (root, "refresh_token");
  token->base_url = dup_url (root, "resource_url");
  if (ocg_login_value_get_number (root, "expired_in", &expires)
      || ocg_login_value_get_number (root, "expires_in", &expires))
    token->expires = ocg_login_value_to_time (expires, now);
  if (token->expires > 0)
    token->lifetime = token->expires - now;
  return token;
}

/* The status of MiniMax; NULL in other dialects, and where it has none. */
static const char *
get_status (const OcgLoginPlan *plan, JsonObject *root)
{
  return plan->dialect == OCG_LOGIN_MINIMAX ? ocg_json_get_string (root, "status") : NULL;
}

static gboolean
is_word (const char *status, const char *word)
{
  return status != NULL && g_ascii_strcasecmp (status, word) == 0;
}

static gboolean
find_error (JsonObject *root, OcgLoginOutcome *outcome)
{
  const char *error = ocg_json_get_string (root, "error");

  if (error == NULL)
    return FALSE;
  *outcome = OCG_LOGIN_REFUSED;
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    if (g_str_equal (errors[i].word, error))
      *outcome = errors[i].outcome;
  return TRUE;
}

static OcgLoginOutcome
judge (const OcgLoginPlan *plan, guint http_status, JsonObject *root, const char *message)
{
  const char *status = get_status (plan, root);
  OcgLoginOutcome outcome = OCG_LOGIN_REFUSED;
  gint64 code = get_code (root);

  /* A no of a server in trouble is none. */
  if (find_error (root, &outcome) && outcome != OCG_LOGIN_REFUSED
      && (judge_status (http_status, TRUE) == OCG_LOGIN_REFUSED
          || (outcome != OCG_LOGIN_DENIED && outcome != OCG_LOGIN_EXPIRED)))
    return outcome;
  if (http_status / 100 == 2 && is_word (status, "success"))
    return OCG_LOGIN_TOKEN;
  if (is_word (status, "error") && code == 0)
    return judge_words (message);
  if (code != 0 && (http_status / 100 == 2 || http_status / 100 == 4)
      && (status == NULL || is_word (status, "error")))
    return judge_code (code, message);
  if (http_status / 100 != 2)
    return judge_status (http_status, TRUE);
  if (status != NULL)
    return OCG_LOGIN_PENDING;
  if (json_object_has_member (root, "access_token"))
    return OCG_LOGIN_TOKEN;
  return json_object_has_member (root, "error") ? OCG_LOGIN_REFUSED : OCG_LOGIN_GARBLED;
}

OcgLoginAnswer *
ocg_login_answer_parse (const OcgLoginPlan *plan, guint status, const char *text, gsize length,
                        const char *const *secrets, gint64 now)
{
  g_autoptr (JsonObject) root = ocg_login_value_parse (text, length);
  OcgLoginAnswer *self = g_new0 (OcgLoginAnswer, 1);

  if (root == NULL)
    {
      self->outcome = judge_status (status, FALSE);
      return self;
    }
  self->message = ocg_login_answer_dup_message (root, secrets);
  self->outcome = judge (plan, status, root, self->message);
  if (self->outcome == OCG_LOGIN_GARBLED)
    self->refresh = ocg_login_value_take_secret (root, "refresh_token");
  if (self->outcome != OCG_LOGIN_TOKEN)
    return self;
  /* First: reading a token wipes it. */
  self->notification = ocg_login_value_dup_words (
      root, ocg_json_get_string (root, "notification_message"), secrets);
  self->token = read_token (root, now);
  if (self->token == NULL)
    {
      self->outcome = OCG_LOGIN_GARBLED;
      self->refresh = ocg_login_value_take_secret (root, "refresh_token");
    }
  return self;
}

void
ocg_login_answer_free (OcgLoginAnswer *self)
{
  g_clear_pointer (&self->token, ocg_login_token_free);
  g_clear_pointer (&self->refresh, ocg_secret_unref);
  g_free (self->notification);
  g_free (self->message);
  g_free (self);
}
