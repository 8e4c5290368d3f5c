/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-token-slot.h"

#include "ocg-error.h"
#include "ocg-token-keeper-private.h"
#include "ocg-token-renewal.h"

/* How long nobody asks again after a renewal that went wrong while the token was still good. */
#define FIRST_BACKOFF_MS (5 * 1000)
#define LAST_BACKOFF_MS (5 * 60 * 1000)
/* The same when it has ended: somebody waits for each. */
#define PAUSE_MS 1000
/* No login server may keep a user away for longer. */
#define MAX_RETRY_AFTER_MS (15 * 60 * 1000)
/* What is still good is not kept back for longer, in real milliseconds. */
#define PATIENCE_MS 1000
/* How long until a token that the keyring did not take is offered again. */
#define SAVE_AGAIN_MS (10 * 1000)

/* One ocg_token_keeper_get_async(). */
typedef struct
{
  OcgTokenSlot *slot;
  GTask *task;
  OcgProvider *provider;
  OcgSecret *refused;     /* (nullable) */
  OcgSecret *good;        /* (nullable) what may be used when it takes long */
  gboolean is_late;       /* it has come after the keyring had failed to take a token */
  guint timer;
  GSource *cancel_source; /* (nullable) */
} Waiter;

static void
waiter_free (Waiter *waiter)
{
  if (waiter->cancel_source != NULL)
    g_source_destroy (waiter->cancel_source);
  g_clear_pointer (&waiter->cancel_source, g_source_unref);
  g_clear_handle_id (&waiter->timer, g_source_remove);
  g_clear_pointer (&waiter->refused, ocg_secret_unref);
  g_clear_pointer (&waiter->good, ocg_secret_unref);
  ocg_provider_unref (waiter->provider);
  g_object_unref (waiter->task);
  g_free (waiter);
}

static GPtrArray *
new_waiters (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) waiter_free);
}

void
ocg_token_slot_free (OcgTokenSlot *self)
{
  ocg_clock_clear (self->keeper->clock, &self->alarm);
  g_ptr_array_unref (self->waiters);
  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_error (&self->failure);
  ocg_kept_token_free (self->kept);
  g_free (self);
}

OcgTokenSlot *
ocg_token_slot_new (OcgTokenKeeper *keeper, const char *profile)
{
  OcgTokenSlot *self = g_new0 (OcgTokenSlot, 1);

  self->keeper = keeper;
  self->kept = ocg_kept_token_new (profile);
  self->waiters = new_waiters ();
  return self;
}

void
ocg_token_slot_tell (OcgTokenSlot *self, gboolean needed)
{
  if (self->told == needed)
    return;
  self->told = needed;
  ocg_token_keeper_note_login (self->keeper, self->kept->profile, needed);
}

static void start_renewal (OcgTokenSlot *self, OcgProvider *provider, OcgSecret *refused,
                           gboolean ahead);
static void start_for_waiters (OcgTokenSlot *self);

static void
on_alarm (gpointer user_data)
{
  OcgTokenSlot *self = user_data;

  self->alarm = 0;
  ocg_token_slot_renew_ahead (self);
}

void
ocg_token_slot_wind (OcgTokenSlot *self)
{
  OcgTokenKeeper *keeper = self->keeper;
  OcgKeptToken *kept = self->kept;
  gint64 due = MAX (ocg_kept_token_get_due_time (kept), self->not_before);
  gboolean is_left = self->not_before == 0
                     && ocg_kept_token_has_ended (kept, ocg_clock_now (keeper->clock));

  ocg_clock_clear (keeper->clock, &self->alarm);
  if (!self->busy && kept->unsaved != NULL)
    self->alarm = ocg_clock_add (keeper->clock, ocg_clock_now (keeper->clock) + SAVE_AGAIN_MS,
                                 on_alarm, self);
  else if (!self->busy && kept->expires > 0 && !is_left
      && ocg_kept_token_is_renewable (kept, ocg_token_keeper_find_provider (keeper, kept->profile)))
    self->alarm = ocg_clock_add (keeper->clock, due, on_alarm, self);
}

static void
note_change (OcgTokenSlot *self, gboolean changed)
{
  ocg_token_slot_tell (self, self->kept->refused != NULL);
  if (changed)
    ocg_token_keeper_note_change (self->keeper);
}

static void
forget_failure (OcgTokenSlot *self)
{
  self->backoff_ms = 0;
  self->not_before = 0;
  self->retry_at = 0;
  self->rests_to = 0;
  g_clear_error (&self->failure);
}

void
ocg_token_slot_learn (OcgTokenSlot *self, const OcgLoginToken *token)
{
  gint64 expires = self->kept->expires;
  gboolean changed
      = ocg_kept_token_learn (self->kept, token, ocg_clock_now (self->keeper->clock));

  if (changed || expires != self->kept->expires)
    forget_failure (self);
  ocg_token_slot_wind (self);
  note_change (self, changed);
}

/* What did not work now may work in a while. */
static gboolean
is_passing (const GError *error)
{
  static const OcgError codes[] = { OCG_ERROR_NETWORK, OCG_ERROR_TLS, OCG_ERROR_TIMEOUT,
                                    OCG_ERROR_RATE_LIMITED, OCG_ERROR_PROVIDER_ERROR };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, OCG_ERROR, (int) codes[i]))
      return TRUE;
  return FALSE;
}

static void
note_failure (OcgTokenSlot *self, const GError *error, gint64 retry_after_ms)
{
  gint64 now = ocg_clock_now (self->keeper->clock);

  g_clear_error (&self->failure);
  self->failure = g_error_copy (error);
  self->failed_at = now;
  self->rests_to = g_get_monotonic_time () + PAUSE_MS * G_TIME_SPAN_MILLISECOND;
  self->retry_at = retry_after_ms > 0 ? now + MIN (retry_after_ms, MAX_RETRY_AFTER_MS) : 0;
  self->backoff_ms = CLAMP (2 * self->backoff_ms, FIRST_BACKOFF_MS, LAST_BACKOFF_MS);
  self->not_before = MAX (now + self->backoff_ms, self->retry_at);
}

static void
wind_after (OcgTokenSlot *self, const GError *error, gint64 retry_after_ms)
{
  if (error == NULL)
    forget_failure (self);
  else if (is_passing (error))
    note_failure (self, error, retry_after_ms);
  else if (self->kept->unsaved == NULL)
    return;
  ocg_token_slot_wind (self);
}

/* Answers @waiter; FALSE when it has to wait for another renewal: this one has left what was refused
 * as it is, as nobody had said so when it began. @token, @old: (nullable) */
static gboolean
answer (Waiter *waiter, const OcgLoginToken *token, const OcgLoginToken *old, const GError *error)
{
  OcgTokenSlot *self = waiter->slot;
  gint64 now = ocg_clock_now (self->keeper->clock);

  /* The provider has given it out, and takes no other; the keyring gets it later. */
  if (token == NULL && waiter->is_late && ocg_kept_token_has_good_unsaved (self->kept, now)
      && (waiter->refused == NULL
          || !g_str_equal (ocg_secret_peek (waiter->refused),
                           ocg_secret_peek (self->kept->unsaved->access))))
    token = self->kept->unsaved;
  if (token == NULL && old != NULL && waiter->refused == NULL && self->kept->unsaved == NULL
      && (old->expires == 0 || old->expires > now))
    token = old;
  if (token == NULL)
    {
      g_task_return_error (waiter->task, g_error_copy (error));
      return TRUE;
    }
  if (waiter->refused != NULL && !self->forced
      && g_str_equal (ocg_secret_peek (waiter->refused), ocg_secret_peek (token->access)))
    return FALSE;
  g_task_return_pointer (waiter->task, ocg_secret_ref (token->access),
                         (GDestroyNotify) ocg_secret_unref);
  return TRUE;
}

static gboolean
on_rested (gpointer user_data)
{
  OcgTokenSlot *self = user_data;

  self->rest = 0;
  self->rests_to = 0;
  if (!self->busy)
    start_for_waiters (self);
  return G_SOURCE_REMOVE;
}

/* Starts the renewal that somebody waits for, or a little later when one has just failed. */
static void
start_for_waiters (OcgTokenSlot *self)
{
  gint64 left = (self->rests_to - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;
  const Waiter *first = self->waiters->len > 0 ? self->waiters->pdata[0] : NULL;

  if (first == NULL)
    return;
  if (left > 0 && self->kept->unsaved == NULL)
    {
      if (self->rest == 0)
        self->rest = g_timeout_add ((guint) left, on_rested, self);
      return;
    }
  start_renewal (self, first->provider, first->refused, FALSE);
}

static void
on_renewal_over (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgTokenSlot *self = user_data;
  /* The reference of the renewal. */
  G_GNUC_UNUSED g_autoptr (OcgTokenKeeper) keeper = self->keeper;
  g_autoptr (GPtrArray) waiters = g_steal_pointer (&self->waiters);
  g_autoptr (OcgLoginToken) old = NULL;
  g_autoptr (GError) error = NULL;
  gboolean changed = FALSE;
  gint64 retry_after_ms = -1;
  g_autoptr (OcgLoginToken) token
      = ocg_token_renewal_finish (result, &old, &changed, &retry_after_ms, &error);

  /* Those who are told may ask again at once, and wait then. */
  self->waiters = new_waiters ();
  for (guint i = waiters->len; i > 0; i--)
    if (!answer (waiters->pdata[i - 1], token, old, error))
      g_ptr_array_add (self->waiters, g_ptr_array_steal_index (waiters, i - 1));
  self->busy = FALSE;
  wind_after (self, error, retry_after_ms);
  start_for_waiters (self);
  note_change (self, changed);
}

static void
start_renewal (OcgTokenSlot *self, OcgProvider *provider, OcgSecret *refused, gboolean ahead)
{
  OcgTokenKeeper *keeper = self->keeper;
  const OcgTokenRenewalJob job = { .keyring = keeper->keyring, .http = keeper->http,
                                   .clock = keeper->clock, .provider = provider, .kept = self->kept,
                                   .refused = refused, .ahead = ahead };

  ocg_clock_clear (keeper->clock, &self->alarm);
  self->busy = TRUE;
  self->forced = refused != NULL;
  g_object_ref (keeper);
  ocg_token_renewal_async (&job, on_renewal_over, self);
}

void
ocg_token_slot_renew_ahead (OcgTokenSlot *self)
{
  OcgProvider *provider = ocg_token_keeper_find_provider (self->keeper, self->kept->profile);

  start_renewal (self, provider, NULL, TRUE);
}

static gboolean
on_waiter_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Waiter *waiter = user_data;
  OcgTokenSlot *self = waiter->slot;

  g_task_return_error_if_cancelled (waiter->task);
  g_ptr_array_remove (self->waiters, waiter);
  return G_SOURCE_REMOVE;
}

/* The renewal goes on. */
static gboolean
on_waited (gpointer user_data)
{
  Waiter *waiter = user_data;
  OcgTokenSlot *self = waiter->slot;

  waiter->timer = 0;
  g_task_return_pointer (waiter->task, ocg_secret_ref (waiter->good),
                         (GDestroyNotify) ocg_secret_unref);
  g_ptr_array_remove (self->waiters, waiter);
  return G_SOURCE_REMOVE;
}

/* Takes @task. @good: (nullable) */
static void
add_waiter (OcgTokenSlot *self, GTask *task, OcgProvider *provider, OcgSecret *refused,
            OcgSecret *good)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->slot = self;
  waiter->is_late = self->kept->unsaved != NULL;
  waiter->task = task;
  waiter->provider = ocg_provider_ref (provider);
  waiter->refused = refused != NULL ? ocg_secret_ref (refused) : NULL;
  if (good != NULL)
    {
      waiter->good = ocg_secret_ref (good);
      waiter->timer = g_timeout_add (PATIENCE_MS, on_waited, waiter);
    }
  if (cancellable != NULL)
    {
      waiter->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (waiter->cancel_source, G_SOURCE_FUNC (on_waiter_cancelled), waiter,
                             NULL);
      g_source_attach (waiter->cancel_source, NULL);
    }
  g_ptr_array_add (self->waiters, waiter);
  if (!self->busy && self->rest == 0)
    start_for_waiters (self);
}

/* Whether @stored can be used as it is. */
static gboolean
is_good (OcgTokenSlot *self, OcgProvider *provider, const OcgLoginToken *stored, OcgSecret *refused)
{
  gint64 now = ocg_clock_now (self->keeper->clock);

  if (refused != NULL
      && g_str_equal (ocg_secret_peek (stored->access), ocg_secret_peek (refused)))
    return FALSE;
  /* While it is being renewed the rest of its time is good, too. */
  if (self->kept->unsaved != NULL || stored->expires != self->kept->expires)
    return FALSE;
  return !ocg_kept_token_is_short (self->kept, now)
         || (!ocg_kept_token_has_ended (self->kept, now)
             && !ocg_kept_token_is_renewable (self->kept, provider));
}

/* What stands against asking the login server so soon again. (transfer full) (nullable) */
static GError *
find_pause (OcgTokenSlot *self, gint64 now)
{
  if (self->busy || self->failure == NULL || self->kept->unsaved != NULL)
    return NULL;
  if (now >= self->failed_at && now < self->retry_at)
    return g_error_new (OCG_ERROR, OCG_ERROR_RATE_LIMITED, "the login server wants a pause: %s",
                        self->failure->message);
  return NULL;
}

void
ocg_token_slot_get (OcgTokenSlot *self, GTask *new_task, OcgProvider *provider,
                    const OcgLoginToken *stored, OcgSecret *refused)
{
  g_autoptr (GTask) task = new_task;
  gint64 now = ocg_clock_now (self->keeper->clock);
  gboolean is_usable = refused == NULL && self->kept->unsaved == NULL
                       && (stored->expires == 0 || stored->expires > now);
  GError *pause = NULL;

  if (!self->busy && self->kept->unsaved == NULL && !ocg_kept_token_is_stale (self->kept, stored))
    ocg_token_slot_learn (self, stored);
  if (is_good (self, provider, stored, refused)
      || (is_usable && !self->busy && now < self->not_before))
    g_task_return_pointer (task, ocg_secret_ref (stored->access),
                           (GDestroyNotify) ocg_secret_unref);
  else if (!is_usable && (pause = find_pause (self, now)) != NULL)
    g_task_return_error (task, pause);
  else
    add_waiter (self, g_steal_pointer (&task), provider, refused,
                is_usable ? stored->access : NULL);
}
