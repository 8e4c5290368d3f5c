/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-key-question.h"

#include <string.h>

#include "../catalog/ocg-base-url.h"
#include "../wire/ocg-classify.h"
#include "../wire/ocg-error-envelope.h"
#include "../wire/ocg-json.h"

#define ANTHROPIC_VERSION "2023-06-01"

/* MiniMax looks at the key first, and refuses this afterwards. */
#define EMPTY_MODEL                                                                                \
  "{\"model\":\"\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"

void
ocg_key_question_free (OcgKeyQuestion *self)
{
  g_free (self->url);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_hash_table_unref (self->headers);
  g_free (self);
}

static gboolean
is_of_family (OcgProvider *provider, const char *family)
{
  return g_str_equal (provider->family, family);
}

static void
set_header (OcgKeyQuestion *self, const char *name, const char *value)
{
  g_hash_table_replace (self->headers, g_strdup (name), g_strdup (value));
}

/* As requests with the key are sent; see ocg_key_header_choose(). */
static void
choose_header (OcgKeyQuestion *self, OcgProvider *provider, OcgSecret *secret)
{
  gboolean is_anthropic = g_str_equal (provider->api, "anthropic-messages");

  if (is_anthropic)
    set_header (self, "anthropic-version", ANTHROPIC_VERSION);
  self->auth_header = OCG_AUTH_BEARER;
  if (!is_anthropic || is_of_family (provider, "minimax"))
    return;
  if (secret != NULL && g_str_has_prefix (ocg_secret_peek (secret), "sk-ant-oat"))
    set_header (self, "anthropic-beta", "oauth-2025-04-20");
  else
    self->auth_header = provider->auth_header;
}

/* The settings may want some with every request; they are for the server that the settings mean. */
static void
add_configured_headers (OcgKeyQuestion *self, OcgProvider *provider, const char *base_url)
{
  g_autofree char *origin = ocg_base_url_get_origin (base_url);
  GHashTableIter iter;
  gpointer name, value;

  if (provider->headers == NULL || g_strcmp0 (origin, provider->origin) != 0)
    return;
  g_hash_table_iter_init (&iter, provider->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_autofree char *lower = g_ascii_strdown (name, -1);

      set_header (self, lower, value);
    }
}

OcgKeyQuestion *
ocg_key_question_new (OcgProvider *provider, const char *base_url, OcgSecret *secret)
{
  OcgKeyQuestion *self = g_new0 (OcgKeyQuestion, 1);
  gboolean is_anthropic = g_str_equal (provider->api, "anthropic-messages");

  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  choose_header (self, provider, secret);
  add_configured_headers (self, provider, base_url);
  if (is_of_family (provider, "minimax"))
    {
      self->url = g_strconcat (base_url, is_anthropic ? "/v1/messages" : "/chat/completions", NULL);
      self->body = g_bytes_new_static (EMPTY_MODEL, strlen (EMPTY_MODEL));
    }
  else if (g_str_equal (provider->id, "openrouter"))
    /* Its list is public. */
    self->url = g_strconcat (base_url, "/key", NULL);
  else
    {
      self->url = g_strconcat (base_url, is_anthropic ? "/v1/models" : "/models", NULL);
      self->needs_proof = provider->needs_key && !is_of_family (provider, "anthropic");
    }
  return self;
}

/* What is no JSON, such as the page of some proxy, is NULL. */
static JsonNode *
parse (const char *text, gsize length)
{
  if (length > G_MAXSSIZE || !g_utf8_validate_len (text, length, NULL))
    return NULL;
  return ocg_json_parse (text, (gssize) length, NULL);
}

static gboolean
has_text (const char *text, const char *const *phrases)
{
  g_autofree char *lower = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  for (guint i = 0; lower != NULL && phrases[i] != NULL; i++)
    if (strstr (lower, phrases[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* What some statuses do not say, and some words do. */
static gboolean
names_bad_key (const OcgErrorReply *reply)
{
  static const char *const phrases[]
      = { "invalid api key", "invalid_api_key", "incorrect api key", "login fail",
          "authentication", "authorized_error", "unauthorized", NULL };

  return has_text (reply->message, phrases) || has_text (reply->type, phrases)
         || has_text (reply->code, phrases);
}

/* An answer to who has a key: a list, the key itself, or what a model of MiniMax says. */
static gboolean
is_answer (JsonNode *node, gboolean is_minimax)
{
  JsonObject *root = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (root == NULL)
    return JSON_NODE_HOLDS_ARRAY (node) && !is_minimax;
  if (!is_minimax)
    return json_object_has_member (root, "data") || json_object_has_member (root, "models");
  return ocg_json_get_object (root, "base_resp") != NULL
         || ocg_json_get_array (root, "content") != NULL
         || ocg_json_get_array (root, "choices") != NULL;
}

/* Whether MiniMax itself says no, and not something before it: its own codes, or an error with a
 * type as Anthropic and OpenAI have it. */
static gboolean
is_minimax_error (const OcgErrorReply *reply)
{
  return reply->minimax_code != 0 || (reply->type != NULL && reply->message != NULL);
}

static OcgKeyVerdict
judge_error (OcgProvider *provider, guint status, const OcgErrorReply *reply)
{
  gboolean is_of_minimax = is_of_family (provider, "minimax") && is_minimax_error (reply);

  if (names_bad_key (reply))
    return OCG_KEY_REFUSED;
  switch (ocg_classify (reply, provider->family))
    {
    case OCG_CLASS_AUTH:
      return OCG_KEY_REFUSED;
    case OCG_CLASS_BILLING:
      return OCG_KEY_UNPAID;
    case OCG_CLASS_FORMAT:
      return is_of_minimax && (status == 400 || status == 422 || reply->minimax_code != 0)
                 ? OCG_KEY_GOOD
                 : OCG_KEY_UNCLEAR;
    case OCG_CLASS_RATE_LIMIT:
    case OCG_CLASS_MODEL_NOT_FOUND:
      /* Only who looked at the key can tell so exactly. */
      return is_of_minimax && reply->minimax_code != 0 ? OCG_KEY_GOOD : OCG_KEY_UNCLEAR;
    case OCG_CLASS_OVERLOADED:
    case OCG_CLASS_SERVER:
    case OCG_CLASS_TIMEOUT:
    case OCG_CLASS_CONTEXT_OVERFLOW:
    case OCG_CLASS_CONTENT_FILTER:
    case OCG_CLASS_PROTOCOL:
      break;
    }
  return OCG_KEY_UNCLEAR;
}

OcgKeyVerdict
ocg_key_question_judge (OcgProvider *provider, guint status, const char *text, gsize length,
                        char **message)
{
  g_autoptr (JsonNode) node = parse (text, length);
  JsonObject *root = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                   : NULL;
  gboolean is_error = root != NULL
                      && (ocg_error_envelope_is_error (root)
                          || ocg_json_get_string (root, "detail") != NULL
                          || ocg_json_get_string (root, "message") != NULL);
  g_autoptr (OcgErrorReply) reply = NULL;

  if (status / 100 != 2)
    reply = ocg_error_reply_new (status, text, length);
  else if (root != NULL)
    reply = ocg_error_reply_new_from_json (status, root);
  *message = reply != NULL ? g_strdup (reply->message) : NULL;
  if (reply == NULL)
    return node != NULL && is_answer (node, is_of_family (provider, "minimax")) ? OCG_KEY_GOOD
                                                                                : OCG_KEY_UNCLEAR;
  /* Walls and proxies answer for a server, and one in trouble has not looked at the key. */
  if (!is_error || status / 100 == 3 || status / 100 == 5)
    return OCG_KEY_UNCLEAR;
  return judge_error (provider, status, reply);
}
