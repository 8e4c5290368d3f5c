/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-token-slot.h"

#include "ocg-error.h"
#include "ocg-token-keeper-private.h"
#include "ocg-token-renewal.h"

/* How long nobody asks again after a renewal that went wrong while nobody needed it. */
#define FIRST_BACKOFF_MS (30 * 1000)
#define LAST_BACKOFF_MS (10 * 60 * 1000)

/* One ocg_token_keeper_get_async(). */
typedef struct
{
  OcgTokenSlot *slot;
  GTask *task;
  OcgProvider *provider;
  OcgSecret *refused;     /* (nullable) */
  GSource *cancel_source; /* (nullable) */
} Waiter;

static void
waiter_free (Waiter *waiter)
{
  if (waiter->cancel_source != NULL)
    g_source_destroy (waiter->cancel_source);
  g_clear_pointer (&waiter->cancel_source, g_source_unref);
  g_clear_pointer (&waiter->refused, ocg_secret_unref);
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
  if (!self->busy && kept->expires > 0 && !is_left
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

void
ocg_token_slot_learn (OcgTokenSlot *self, const OcgLoginToken *token)
{
  gint64 expires = self->kept->expires;
  gboolean changed
      = ocg_kept_token_learn (self->kept, token, ocg_clock_now (self->keeper->clock));

  if (changed || expires != self->kept->expires)
    {
      self->backoff_ms = 0;
      self->not_before = 0;
    }
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
wind_after (OcgTokenSlot *self, const GError *error)
{
  if (error == NULL)
    self->backoff_ms = 0;
  else if (!is_passing (error))
    return;
  else
    self->backoff_ms = CLAMP (2 * self->backoff_ms, FIRST_BACKOFF_MS, LAST_BACKOFF_MS);
  self->not_before
      = self->backoff_ms > 0 ? ocg_clock_now (self->keeper->clock) + self->backoff_ms : 0;
  ocg_token_slot_wind (self);
}

/* Answers @waiter; FALSE when it has to wait for another renewal: this one has left what was refused
 * as it is, as nobody had said so when it began. @token, @old: (nullable) */
static gboolean
answer (Waiter *waiter, const OcgLoginToken *token, const OcgLoginToken *old, const GError *error)
{
  OcgTokenSlot *self = waiter->slot;
  gint64 now = ocg_clock_now (self->keeper->clock);

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
  g_autoptr (OcgLoginToken) token = ocg_token_renewal_finish (result, &old, &changed, &error);

  /* Those who are told may ask again at once, and wait then. */
  self->waiters = new_waiters ();
  for (guint i = waiters->len; i > 0; i--)
    if (!answer (waiters->pdata[i - 1], token, old, error))
      g_ptr_array_add (self->waiters, g_ptr_array_steal_index (waiters, i - 1));
  self->busy = FALSE;
  wind_after (self, error);
  if (self->waiters->len > 0)
    {
      Waiter *first = self->waiters->pdata[0];

      start_renewal (self, first->provider, first->refused, FALSE);
    }
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

/* Takes @task. */
static void
add_waiter (OcgTokenSlot *self, GTask *task, OcgProvider *provider, OcgSecret *refused)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->slot = self;
  waiter->task = task;
  waiter->provider = ocg_provider_ref (provider);
  waiter->refused = refused != NULL ? ocg_secret_ref (refused) : NULL;
  if (cancellable != NULL)
    {
      waiter->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (waiter->cancel_source, G_SOURCE_FUNC (on_waiter_cancelled), waiter,
                             NULL);
      g_source_attach (waiter->cancel_source, NULL);
    }
  g_ptr_array_add (self->waiters, waiter);
  if (!self->busy)
    start_renewal (self, provider, refused, FALSE);
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

void
ocg_token_slot_get (OcgTokenSlot *self, GTask *new_task, OcgProvider *provider,
                    const OcgLoginToken *stored, OcgSecret *refused)
{
  g_autoptr (GTask) task = new_task;

  if (!self->busy && self->kept->unsaved == NULL && !ocg_kept_token_is_stale (self->kept, stored))
    ocg_token_slot_learn (self, stored);
  if (is_good (self, provider, stored, refused))
    g_task_return_pointer (task, ocg_secret_ref (stored->access),
                           (GDestroyNotify) ocg_secret_unref);
  else
    add_waiter (self, g_steal_pointer (&task), provider, refused);
}
