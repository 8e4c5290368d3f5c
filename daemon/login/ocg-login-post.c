/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-login-post.h"

#include "../../dbus/ocg-error.h"

#define TOTAL_MS 20000
#define MAX_REDIRECTS 3

typedef struct
{
  OcgHttp *http;
  OcgLoginPlan *plan;
  OcgLoginEndpoint endpoint;
  OcgLoginGeneration generation; /* asked now: new or legacy */
  gboolean may_fall_back;
  gboolean is_bound;
  char *bound_to; /* (nullable) */
  GBytes *form;
  char *url;
  guint n_redirects;
  gint64 deadline; /* monotonic, microseconds */
} Post;

static void
post_free (Post *self)
{
  ocg_login_plan_unref (self->plan);
  g_bytes_unref (self->form);
  g_free (self->bound_to);
  g_free (self->url);
  g_free (self);
}

const char *
ocg_login_post_get_url (const OcgLoginPlan *plan, OcgLoginEndpoint endpoint,
                        OcgLoginGeneration generation)
{
  if (generation == OCG_LOGIN_LEGACY)
    return endpoint == OCG_LOGIN_CODE_ENDPOINT ? plan->legacy_code_url : plan->legacy_token_url;
  return endpoint == OCG_LOGIN_CODE_ENDPOINT ? plan->code_url : plan->token_url;
}

static gboolean
may_have (Post *self, const char *url)
{
  if (self->is_bound)
    return ocg_login_plan_may_have (self->plan, self->bound_to, url);
  return ocg_login_plan_accepts_url (self->plan, url);
}

static gboolean
choose_url (Post *self, OcgLoginGeneration generation)
{
  const char *url = ocg_login_post_get_url (self->plan, self->endpoint, generation);

  if (url == NULL || !may_have (self, url))
    return FALSE;
  g_free (self->url);
  self->url = g_strdup (url);
  self->generation = generation;
  self->n_redirects = 0;
  return TRUE;
}

static gboolean
is_redirect (guint status)
{
  return status / 100 == 3 && status != 304;
}

/* Goes where the answer points to, if that is one of ours and the form is to be sent again. */
static gboolean
follow (Post *self, OcgFetchReply *reply)
{
  const char *location = g_hash_table_lookup (reply->headers, "location");
  g_autofree char *url = NULL;

  if ((reply->status != 307 && reply->status != 308) || location == NULL
      || self->n_redirects >= MAX_REDIRECTS)
    return FALSE;
  url = g_uri_resolve_relative (self->url, location, G_URI_FLAGS_ENCODED, NULL);
  if (url == NULL || !may_have (self, url))
    return FALSE;
  g_free (self->url);
  self->url = g_steal_pointer (&url);
  self->n_redirects++;
  return TRUE;
}

static void send_form (GTask *task);

static void
on_reply (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Post *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (OcgFetchReply) reply = ocg_fetch_finish (result, &error);

  if (reply == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (is_redirect (reply->status))
    {
      if (follow (self, reply))
        send_form (g_steal_pointer (&task));
      else
        g_task_return_new_error (task, OCG_ERROR, OCG_ERROR_PROTOCOL_VIOLATION,
                                 "status %u that leads elsewhere", reply->status);
    }
  else if (reply->status == 404 && self->may_fall_back
           && choose_url (self, OCG_LOGIN_LEGACY))
    {
      self->may_fall_back = FALSE;
      send_form (g_steal_pointer (&task));
    }
  else
    g_task_return_pointer (task, g_steal_pointer (&reply), (GDestroyNotify) ocg_fetch_reply_free);
}

/* Takes @task. */
static void
send_form (GTask *task)
{
  Post *self = g_task_get_task_data (task);
  g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  OcgFetchRequest request = { .url = self->url, .body = self->form, .body_type = OCG_FETCH_FORM,
                              .headers = headers, .once = TRUE };
  gint64 left = (self->deadline - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;

  g_hash_table_insert (headers, g_strdup ("x-request-id"), g_uuid_string_random ());
  request.timeout_ms = (guint) CLAMP (left, 1, TOTAL_MS);
  ocg_fetch_async (self->http, &request, g_task_get_cancellable (task), on_reply, task);
}

void
ocg_login_post_async (OcgHttp *http, OcgLoginPlan *plan, const OcgLoginPost *post, GBytes *form,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Post *self = g_new0 (Post, 1);
  gboolean may_be_legacy = post->generation != OCG_LOGIN_NEW;

  g_task_set_source_tag (task, ocg_login_post_async);
  g_task_set_task_data (task, self, (GDestroyNotify) post_free);
  self->http = http;
  self->plan = ocg_login_plan_ref (plan);
  self->endpoint = post->endpoint;
  self->is_bound = post->is_bound;
  self->bound_to = g_strdup (post->bound_to);
  self->form = g_bytes_ref (form);
  self->deadline = g_get_monotonic_time () + TOTAL_MS * G_TIME_SPAN_MILLISECOND;
  if (post->generation != OCG_LOGIN_LEGACY && choose_url (self, OCG_LOGIN_NEW))
    self->may_fall_back = may_be_legacy;
  else if (!may_be_legacy || !choose_url (self, OCG_LOGIN_LEGACY))
    {
      g_task_return_new_error (task, OCG_ERROR, OCG_ERROR_ACCESS_DENIED,
                               "no address that this may be sent to");
      return;
    }
  send_form (g_steal_pointer (&task));
}

OcgFetchReply *
ocg_login_post_finish (GAsyncResult *result, OcgLoginGeneration *generation, GError **error)
{
  Post *self = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_async_result_is_tagged (result, ocg_login_post_async), NULL);
  if (generation != NULL)
    *generation = self->generation;
  return g_task_propagate_pointer (G_TASK (result), error);
}
