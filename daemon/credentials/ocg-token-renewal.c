/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-token-renewal.h"

#include "../login/ocg-login-refresh.h"
#include "ocg-credential-order.h"
#include "ocg-error.h"

typedef struct
{
  OcgKeyring *keyring;
  OcgHttp *http;
  OcgClock *clock;
  OcgProvider *provider;
  OcgKeptToken *kept;
  OcgSecret *refused;
  gboolean ahead;

  char *kind; /* of the item, as are the next three */
  char *item_provider;
  char *region; /* (nullable) as an attribute */
  char *origin;
  OcgLoginToken *old;
  OcgLoginToken *next;
  gboolean was_unsaved; /* @next came of an earlier renewal */
  gboolean changed;
  gint64 retry_after_ms; /* -1: not said */
} Renewal;

static void
renewal_free (Renewal *self)
{
  g_object_unref (self->keyring);
  ocg_clock_unref (self->clock);
  g_clear_pointer (&self->provider, ocg_provider_unref);
  g_clear_pointer (&self->refused, ocg_secret_unref);
  g_clear_pointer (&self->old, ocg_login_token_free);
  g_clear_pointer (&self->next, ocg_login_token_free);
  g_free (self->kind);
  g_free (self->item_provider);
  g_free (self->region);
  g_free (self->origin);
  g_free (self);
}

static void
succeed (GTask *task, const OcgLoginToken *token)
{
  g_task_return_pointer (task, ocg_login_token_copy (token), (GDestroyNotify) ocg_login_token_free);
}

static void
learn (Renewal *self, const OcgLoginToken *token)
{
  self->changed |= ocg_kept_token_learn (self->kept, token, ocg_clock_now (self->clock));
}

static gboolean
is_wanted (Renewal *self)
{
  gint64 now = ocg_clock_now (self->clock);

  if (self->refused != NULL)
    return g_str_equal (ocg_secret_peek (self->old->access), ocg_secret_peek (self->refused));
  if (self->ahead)
    return self->kept->expires > 0 && now >= ocg_kept_token_get_due_time (self->kept);
  return ocg_kept_token_is_short (self->kept, now);
}

static void renew (GTask *task);

/* See ocg_login_refresh_finish(). */
static gboolean
is_same_access (const OcgLoginToken *old, const OcgLoginToken *next)
{
  return g_str_equal (ocg_secret_peek (old->access), ocg_secret_peek (next->access))
         && (next->expires == old->expires || old->expires == 0);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Renewal *self = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean is_rest = FALSE;

  if (!ocg_keyring_store_finish (OCG_KEYRING (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  ocg_kept_token_forget_unsaved (self->kept);
  self->changed |= ocg_kept_token_learn_next (self->kept, self->next, self->old,
                                              ocg_clock_now (self->clock));
  if (!self->was_unsaved)
    self->kept->renewed_at = ocg_clock_now (self->clock);
  if (self->refused != NULL)
    self->kept->forced_at = self->kept->renewed_at;
  is_rest = !self->was_unsaved && is_same_access (self->old, self->next);
  g_clear_pointer (&self->old, ocg_login_token_free);
  self->old = g_steal_pointer (&self->next);
  if (is_rest)
    {
      g_task_return_new_error (task, OCG_ERROR, OCG_ERROR_PROVIDER_ERROR,
                               "a refresh token and no token");
      return;
    }
  /* It may have waited long for the keyring. */
  if (self->was_unsaved && is_wanted (self))
    renew (g_steal_pointer (&task));
  else
    succeed (task, self->old);
}

/* Takes @task. */
static void
store (GTask *task)
{
  Renewal *self = g_task_get_task_data (task);
  g_autoptr (OcgSecret) text = ocg_login_token_print (self->next);
  const OcgKeyringItem item = { .profile = self->kept->profile, .provider = self->item_provider,
                                .kind = self->kind, .origin = self->origin,
                                .region = self->region };

  ocg_keyring_store_async (self->keyring, &item, text, NULL, on_stored, task);
}

/* Whether what is stored is still that which @unsaved came of: meanwhile somebody may have logged
 * in, or taken it away. */
static gboolean
is_successor (Renewal *self, const OcgLoginToken *stored)
{
  g_autofree char *print = ocg_kept_token_print (stored);

  return g_strcmp0 (print, self->kept->unsaved_print) == 0;
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Renewal *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (OcgSecret) secret = ocg_keyring_lookup_finish (OCG_KEYRING (source), result, NULL,
                                                            &error);
  g_autoptr (OcgLoginToken) stored = secret != NULL ? ocg_login_token_parse (secret) : NULL;

  if (error != NULL)
    {
      if (g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING))
        ocg_kept_token_forget_unsaved (self->kept);
      g_task_return_error (task, error);
    }
  else if (stored == NULL || is_successor (self, stored))
    store (g_steal_pointer (&task));
  else
    {
      ocg_kept_token_forget_unsaved (self->kept);
      learn (self, stored);
      succeed (task, stored);
    }
}

/* When an answer is lost, the server may have given out the next refresh token, and take this one no
 * more. That is a refusal all the same, but nobody should look for another reason. */
static void
note_failure (Renewal *self, const GError *error)
{
  OcgKeptToken *kept = self->kept;
  g_autofree char *print = ocg_kept_token_print (self->old);

  g_info ("%s: not renewed: %s", kept->profile, error->message);
  if (g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_EXPIRED))
    {
      if (g_strcmp0 (kept->lost, print) == 0)
        g_message ("%s: the login server refuses the refresh token after its answer to an earlier "
                   "renewal was lost; it may take each only once",
                   kept->profile);
      g_free (kept->refused);
      kept->refused = g_steal_pointer (&print);
      self->changed = TRUE;
    }
  else if (!g_error_matches (error, OCG_ERROR, OCG_ERROR_RATE_LIMITED))
    {
      g_free (kept->lost);
      kept->lost = g_steal_pointer (&print);
    }
}

static void
on_renewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Renewal *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->next = ocg_login_refresh_finish (result, &self->retry_after_ms, &error);
  if (self->next == NULL)
    {
      note_failure (self, error);
      g_task_return_error (task, error);
      return;
    }
  g_info ("%s: renewed", self->kept->profile);
  self->was_unsaved = FALSE;
  g_clear_pointer (&self->kept->lost, g_free);
  ocg_kept_token_keep_unsaved (self->kept, self->next, self->old, self->origin);
  ocg_keyring_lookup_quietly_async (self->keyring, self->kept->profile, NULL, on_checked,
                                    g_steal_pointer (&task));
}

/* What stands against asking, or NULL with @plan. */
static GError *
prepare (Renewal *self, OcgLoginPlan **plan)
{
  OcgKeptToken *kept = self->kept;

  if (self->refused != NULL
      && ocg_kept_token_was_forced_lately (kept, ocg_clock_now (self->clock)))
    return g_error_new (OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED,
                        "%s is refused again and again", kept->profile);
  if (!ocg_kept_token_is_renewable (kept, self->provider))
    return g_error_new (OCG_ERROR, OCG_ERROR_CREDENTIAL_EXPIRED, "%s cannot be renewed%s",
                        kept->profile, kept->refused != NULL ? " any more" : "");
  if (!ocg_provider_accepts_origin (self->provider, self->origin))
    return g_error_new (OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED, "%s is bound to %s",
                        kept->profile, self->origin != NULL ? self->origin : "no address");

  *plan = ocg_login_plan_new (self->provider, kept->region);
  /* Those of other programs do not say where they come from. */
  if (self->old->endpoint == NULL)
    self->old->endpoint = g_strdup (self->origin);
  if (ocg_login_plan_may_have (*plan, self->old->endpoint, (*plan)->token_url))
    return NULL;
  return g_error_new (OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED,
                      "%s came from %s and its refresh token is not sent to %s", kept->profile,
                      self->old->endpoint, (*plan)->token_url);
}

/* Takes @new_task. */
static void
renew (GTask *new_task)
{
  g_autoptr (GTask) task = new_task;
  Renewal *self = g_task_get_task_data (task);
  g_autoptr (OcgLoginPlan) plan = NULL;
  GError *error = prepare (self, &plan);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    ocg_login_refresh_async (self->http, self->clock, plan, self->old, NULL, on_renewed,
                             g_steal_pointer (&task));
}

static void
note_item (Renewal *self)
{
  const OcgKeyringItem *item = ocg_keyring_find (self->keyring, self->kept->profile);

  self->region = item != NULL ? g_strdup (item->region) : NULL;
  self->kind = g_strdup (item != NULL && item->kind != NULL ? item->kind : "oauth");
  self->item_provider = item != NULL && item->provider != NULL
                            ? g_strdup (item->provider)
                            : g_strndup (self->kept->profile, strcspn (self->kept->profile, ":"));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Renewal *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (OcgSecret) secret = ocg_keyring_lookup_finish (OCG_KEYRING (source), result,
                                                            &self->origin, &error);

  self->old = secret != NULL ? ocg_login_token_parse (secret) : NULL;
  if (self->old == NULL)
    {
      if (error == NULL)
        error = g_error_new (OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED, "%s is damaged",
                             self->kept->profile);
      if (!g_error_matches (error, OCG_ERROR, OCG_ERROR_KEYRING_LOCKED)
          && !g_error_matches (error, OCG_ERROR, OCG_ERROR_KEYRING_UNAVAILABLE))
        ocg_kept_token_forget_unsaved (self->kept);
      g_task_return_error (task, error);
      return;
    }
  note_item (self);
  if (self->kept->unsaved != NULL && is_successor (self, self->old))
    {
      self->next = ocg_login_token_copy (self->kept->unsaved);
      self->was_unsaved = TRUE;
      store (g_steal_pointer (&task));
      return;
    }
  ocg_kept_token_forget_unsaved (self->kept);
  learn (self, self->old);
  if (is_wanted (self))
    renew (g_steal_pointer (&task));
  else
    succeed (task, self->old);
}

void
ocg_token_renewal_async (const OcgTokenRenewalJob *job, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Renewal *self = g_new0 (Renewal, 1);

  g_task_set_source_tag (task, ocg_token_renewal_async);
  self->keyring = g_object_ref (job->keyring);
  self->http = job->http;
  self->clock = ocg_clock_ref (job->clock);
  self->provider = job->provider != NULL ? ocg_provider_ref (job->provider) : NULL;
  self->kept = job->kept;
  self->refused = job->refused != NULL ? ocg_secret_ref (job->refused) : NULL;
  self->ahead = job->ahead;
  self->retry_after_ms = -1;
  g_task_set_task_data (task, self, (GDestroyNotify) renewal_free);
  ocg_keyring_lookup_quietly_async (self->keyring, self->kept->profile, NULL, on_read, task);
}

OcgLoginToken *
ocg_token_renewal_finish (GAsyncResult *result, OcgLoginToken **old, gboolean *changed,
                          gint64 *retry_after_ms, GError **error)
{
  Renewal *self = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, ocg_token_renewal_async), NULL);
  self = g_task_get_task_data (G_TASK (result));
  *old = g_steal_pointer (&self->old);
  *changed = self->changed;
  *retry_after_ms = self->retry_after_ms;
  return g_task_propagate_pointer (G_TASK (result), error);
}
