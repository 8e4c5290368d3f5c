/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-login-refresh.h"

#include "../../dbus/ocg-error.h"
#include "../catalog/ocg-base-url.h"
#include "../wire/ocg-retry-after.h"
#include "ocg-login-answer.h"
#include "ocg-login-form.h"
#include "ocg-login-post.h"

typedef struct
{
  OcgClock *clock;
  OcgLoginPlan *plan;
  OcgLoginToken *old;
  gint64 retry_after_ms; /* -1: not said */
} Refresh;

static void
refresh_free (Refresh *self)
{
  ocg_clock_unref (self->clock);
  ocg_login_plan_unref (self->plan);
  ocg_login_token_free (self->old);
  g_free (self);
}

/* Whether it is the server's own no, and not the page of a network in between. */
static gboolean
is_refusal (const OcgLoginAnswer *answer, const OcgFetchReply *reply)
{
  const char *text = reply->text;

  if (answer->outcome == OCG_LOGIN_DENIED || answer->outcome == OCG_LOGIN_EXPIRED)
    return TRUE;
  if (reply->status / 100 == 2)
    return answer->outcome == OCG_LOGIN_REFUSED;
  if (reply->status != 400 && reply->status != 401 && reply->status != 403)
    return FALSE;
  if (answer->outcome != OCG_LOGIN_GARBLED)
    return answer->outcome == OCG_LOGIN_REFUSED;
  while (g_ascii_isspace (*text))
    text++;
  /* Walls in between answer 403, with a page or a line of text. */
  return *text == '\0' || (*text != '<' && reply->status != 403);
}

static void
set_error (GError **error, const OcgLoginAnswer *answer, const OcgFetchReply *reply)
{
  OcgError code = OCG_ERROR_PROVIDER_ERROR;

  if (is_refusal (answer, reply))
    code = OCG_ERROR_CREDENTIAL_EXPIRED;
  else if (answer->outcome == OCG_LOGIN_LIMITED)
    code = OCG_ERROR_RATE_LIMITED;
  g_set_error (error, OCG_ERROR, (int) code, "status %u: %s", reply->status,
               answer->message != NULL ? answer->message : "no token");
}

static void
replace_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

/* Where requests go, and what the login was, stay as the login had them, whatever the answer says: it
 * is the user who has confirmed them. A refresh token that the answer does not have stays, too. */
static OcgLoginToken *
complete (Refresh *self, OcgLoginToken *token, OcgLoginGeneration generation)
{
  const OcgLoginToken *old = self->old;
  const char *url
      = ocg_login_post_get_url (self->plan, OCG_LOGIN_TOKEN_ENDPOINT, generation);

  if (token->refresh == NULL)
    token->refresh = ocg_secret_ref (old->refresh);
  replace_text (&token->base_url, old->base_url);
  replace_text (&token->region, old->region);
  replace_text (&token->login, old->login);
  g_free (token->endpoint);
  token->endpoint = ocg_base_url_get_origin (url);
  return token;
}

static const char *
get_header (const char *name, gpointer headers)
{
  return g_hash_table_lookup (headers, name);
}

static gint64
find_retry_after (const OcgFetchReply *reply, gint64 now)
{
  g_autoptr (OcgErrorReply) said = ocg_error_reply_new (reply->status, "", 0);

  return ocg_retry_after_find (said, get_header, reply->headers, now);
}

/* The refresh token has been exchanged, but what came with the new one is no use: the old access
 * token, which has ended as far as anybody knows. */
static OcgLoginToken *
new_rest (Refresh *self, OcgSecret *refresh, OcgLoginGeneration generation)
{
  OcgLoginToken *token = ocg_login_token_new (self->old->access);
  gint64 now = ocg_clock_now (self->clock);

  token->refresh = ocg_secret_ref (refresh);
  token->expires = self->old->expires > 0 ? self->old->expires : now;
  token->lifetime = self->old->lifetime;
  return complete (self, token, generation);
}

static void
on_reply (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Refresh *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  OcgLoginGeneration generation = OCG_LOGIN_NEW;
  g_autoptr (OcgFetchReply) reply = ocg_login_post_finish (result, &generation, &error);
  const char *const secrets[]
      = { ocg_secret_peek (self->old->refresh), ocg_secret_peek (self->old->access), NULL };
  g_autoptr (OcgLoginAnswer) answer = NULL;

  if (reply != NULL)
    {
      answer = ocg_login_answer_parse (self->plan, reply->status, reply->text, reply->length, secrets,
                                       ocg_clock_now (self->clock));
      if (answer->outcome == OCG_LOGIN_TOKEN)
        {
          g_task_return_pointer (
              task, complete (self, g_steal_pointer (&answer->token), generation),
              (GDestroyNotify) ocg_login_token_free);
          return;
        }
      if (reply->status / 100 == 2 && answer->refresh != NULL)
        {
          g_task_return_pointer (task, new_rest (self, answer->refresh, generation),
                                 (GDestroyNotify) ocg_login_token_free);
          return;
        }
      set_error (&error, answer, reply);
      self->retry_after_ms = find_retry_after (reply, ocg_clock_now (self->clock));
    }
  else if (g_error_matches (error, OCG_ERROR, OCG_ERROR_PROTOCOL_VIOLATION)
           || g_error_matches (error, OCG_ERROR, OCG_ERROR_ACCESS_DENIED))
    error->code = OCG_ERROR_PROVIDER_ERROR;
  g_task_return_error (task, g_steal_pointer (&error));
}

void
ocg_login_refresh_async (OcgHttp *http, OcgClock *clock, OcgLoginPlan *plan,
                         const OcgLoginToken *token, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Refresh *self = g_new0 (Refresh, 1);
  g_autoptr (GBytes) form = ocg_login_form_for_refresh (plan, token->refresh);
  const OcgLoginPost post = { .endpoint = OCG_LOGIN_TOKEN_ENDPOINT, .generation = OCG_LOGIN_ANY,
                              .is_bound = TRUE, .bound_to = token->endpoint };

  g_task_set_source_tag (task, ocg_login_refresh_async);
  self->clock = ocg_clock_ref (clock);
  self->plan = ocg_login_plan_ref (plan);
  self->old = ocg_login_token_copy (token);
  self->retry_after_ms = -1;
  g_task_set_task_data (task, self, (GDestroyNotify) refresh_free);
  ocg_login_post_async (http, plan, &post, form, cancellable, on_reply, task);
}

OcgLoginToken *
ocg_login_refresh_finish (GAsyncResult *result, gint64 *retry_after_ms, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ocg_login_refresh_async), NULL);
  if (retry_after_ms != NULL)
    *retry_after_ms = ((Refresh *) g_task_get_task_data (G_TASK (result)))->retry_after_ms;
  return g_task_propagate_pointer (G_TASK (result), error);
}
