/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-token-keeper.h"

#include "../login/ocg-login-plan.h"
#include "ocg-credential-order.h"
#include "ocg-error.h"
#include "ocg-kept-token.h"
#include "ocg-token-renewal.h"

/* How long nobody asks again after a renewal that went wrong while nobody needed it. */
#define FIRST_BACKOFF_MS (30 * 1000)
#define LAST_BACKOFF_MS (10 * 60 * 1000)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_LOGIN_NEEDED,
  SIGNAL_LOGIN_RESTORED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _OcgTokenKeeper
{
  GObject parent_instance;

  OcgKeyring *keyring;
  OcgHttp *http;
  OcgClock *clock;
  OcgCatalog *catalog; /* (nullable) */
  GHashTable *slots;   /* profile -> Slot */
};

G_DEFINE_FINAL_TYPE (OcgTokenKeeper, ocg_token_keeper, G_TYPE_OBJECT)

/* One profile. Stays while it is busy. */
typedef struct
{
  OcgTokenKeeper *keeper;
  OcgKeptToken *kept;
  GPtrArray *waiters; /* of Waiter */
  gboolean busy;      /* a renewal is under way */
  gboolean forced;    /* and it does not look at the time */
  gboolean told;      /* that a login is needed */
  guint alarm;
  guint backoff_ms;
  gint64 not_before; /* Unix ms: of renewals that nobody waits for */
} Slot;

/* One ocg_token_keeper_get_async(). */
typedef struct
{
  Slot *slot;
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

static void
slot_free (Slot *slot)
{
  ocg_clock_clear (slot->keeper->clock, &slot->alarm);
  g_ptr_array_unref (slot->waiters);
  ocg_kept_token_free (slot->kept);
  g_free (slot);
}

static Slot *
ensure_slot (OcgTokenKeeper *self, const char *profile)
{
  Slot *slot = g_hash_table_lookup (self->slots, profile);

  if (slot == NULL)
    {
      slot = g_new0 (Slot, 1);
      slot->keeper = self;
      slot->kept = ocg_kept_token_new (profile);
      slot->waiters = new_waiters ();
      g_hash_table_insert (self->slots, slot->kept->profile, slot);
    }
  return slot;
}

static void
tell (Slot *slot, gboolean needed)
{
  if (slot->told == needed)
    return;
  slot->told = needed;
  g_signal_emit (slot->keeper, signals[needed ? SIGNAL_LOGIN_NEEDED : SIGNAL_LOGIN_RESTORED], 0,
                 slot->kept->profile);
}

static void
drop_slot (OcgTokenKeeper *self, Slot *slot)
{
  if (slot->busy)
    return;
  tell (slot, FALSE);
  g_hash_table_remove (self->slots, slot->kept->profile);
}

static OcgProvider *
find_provider (OcgTokenKeeper *self, const char *profile)
{
  const OcgKeyringItem *item = ocg_keyring_find (self->keyring, profile);
  g_autofree char *id = item != NULL ? ocg_credential_item_provider (item) : NULL;

  return id != NULL && self->catalog != NULL ? ocg_catalog_find_provider (self->catalog, id) : NULL;
}

static void start_renewal (Slot *slot, OcgProvider *provider, OcgSecret *refused, gboolean ahead);

static void
on_alarm (gpointer user_data)
{
  Slot *slot = user_data;

  slot->alarm = 0;
  start_renewal (slot, find_provider (slot->keeper, slot->kept->profile), NULL, TRUE);
}

/* Sets the alarm for the next renewal that nobody asks for. What has ended while the gateway did not
 * run waits for its next use. */
static void
wind (Slot *slot)
{
  OcgTokenKeeper *self = slot->keeper;
  OcgKeptToken *kept = slot->kept;
  gint64 due = MAX (ocg_kept_token_get_due_time (kept), slot->not_before);
  gboolean is_left = slot->not_before == 0
                     && ocg_kept_token_has_ended (kept, ocg_clock_now (self->clock));

  ocg_clock_clear (self->clock, &slot->alarm);
  if (!slot->busy && kept->expires > 0 && !is_left
      && ocg_kept_token_is_renewable (kept, find_provider (self, kept->profile)))
    slot->alarm = ocg_clock_add (self->clock, due, on_alarm, slot);
}

static void
note_change (Slot *slot, gboolean changed)
{
  tell (slot, slot->kept->refused != NULL);
  if (changed)
    g_signal_emit (slot->keeper, signals[SIGNAL_CHANGED], 0);
}

static void
learn (Slot *slot, const OcgLoginToken *token)
{
  gint64 expires = slot->kept->expires;
  gboolean changed
      = ocg_kept_token_learn (slot->kept, token, ocg_clock_now (slot->keeper->clock));

  if (changed || expires != slot->kept->expires)
    {
      slot->backoff_ms = 0;
      slot->not_before = 0;
    }
  wind (slot);
  note_change (slot, changed);
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
wind_after (Slot *slot, const GError *error)
{
  if (error == NULL)
    slot->backoff_ms = 0;
  else if (!is_passing (error))
    return;
  else
    slot->backoff_ms = CLAMP (2 * slot->backoff_ms, FIRST_BACKOFF_MS, LAST_BACKOFF_MS);
  slot->not_before
      = slot->backoff_ms > 0 ? ocg_clock_now (slot->keeper->clock) + slot->backoff_ms : 0;
  wind (slot);
}

/* Answers @waiter; FALSE when it has to wait for another renewal: this one has left what was refused
 * as it is, as nobody had said so when it began. @token, @old: (nullable) */
static gboolean
answer (Waiter *waiter, const OcgLoginToken *token, const OcgLoginToken *old, const GError *error)
{
  Slot *slot = waiter->slot;
  gint64 now = ocg_clock_now (slot->keeper->clock);

  if (token == NULL && old != NULL && waiter->refused == NULL && slot->kept->unsaved == NULL
      && (old->expires == 0 || old->expires > now))
    token = old;
  if (token == NULL)
    {
      g_task_return_error (waiter->task, g_error_copy (error));
      return TRUE;
    }
  if (waiter->refused != NULL && !slot->forced
      && g_str_equal (ocg_secret_peek (waiter->refused), ocg_secret_peek (token->access)))
    return FALSE;
  g_task_return_pointer (waiter->task, ocg_secret_ref (token->access),
                         (GDestroyNotify) ocg_secret_unref);
  return TRUE;
}

static void
on_renewal_over (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Slot *slot = user_data;
  G_GNUC_UNUSED g_autoptr (OcgTokenKeeper) self = slot->keeper; /* the reference of the renewal */
  g_autoptr (GPtrArray) waiters = g_steal_pointer (&slot->waiters);
  g_autoptr (OcgLoginToken) old = NULL;
  g_autoptr (GError) error = NULL;
  gboolean changed = FALSE;
  g_autoptr (OcgLoginToken) token = ocg_token_renewal_finish (result, &old, &changed, &error);

  /* Those who are told may ask again at once, and wait then. */
  slot->waiters = new_waiters ();
  for (guint i = waiters->len; i > 0; i--)
    if (!answer (waiters->pdata[i - 1], token, old, error))
      g_ptr_array_add (slot->waiters, g_ptr_array_steal_index (waiters, i - 1));
  slot->busy = FALSE;
  wind_after (slot, error);
  if (slot->waiters->len > 0)
    {
      Waiter *first = slot->waiters->pdata[0];

      start_renewal (slot, first->provider, first->refused, FALSE);
    }
  note_change (slot, changed);
}

static void
start_renewal (Slot *slot, OcgProvider *provider, OcgSecret *refused, gboolean ahead)
{
  OcgTokenKeeper *self = slot->keeper;
  const OcgTokenRenewalJob job = { .keyring = self->keyring, .http = self->http,
                                   .clock = self->clock, .provider = provider, .kept = slot->kept,
                                   .refused = refused, .ahead = ahead };

  ocg_clock_clear (self->clock, &slot->alarm);
  slot->busy = TRUE;
  slot->forced = refused != NULL;
  g_object_ref (self);
  ocg_token_renewal_async (&job, on_renewal_over, slot);
}

/* One ocg_token_keeper_look_async(): its task's data. */
typedef struct
{
  guint pending;
} Looking;

typedef struct
{
  GTask *task;
  char *profile;
} Look;

static void
look_end (GTask *task)
{
  Looking *looking = g_task_get_task_data (task);

  if (--looking->pending == 0)
    g_task_return_boolean (task, TRUE);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Look *look = user_data;
  g_autoptr (GTask) task = look->task;
  OcgTokenKeeper *self = g_task_get_source_object (task);
  g_autofree char *profile = look->profile;
  g_autoptr (GError) error = NULL;
  g_autoptr (OcgSecret) secret = ocg_keyring_lookup_finish (OCG_KEYRING (source), result, NULL,
                                                            &error);
  g_autoptr (OcgLoginToken) token = secret != NULL ? ocg_login_token_parse (secret) : NULL;
  Slot *slot = g_hash_table_lookup (self->slots, profile);

  /* A renewal reads for itself. */
  if (token != NULL
      && (slot == NULL || (!slot->busy && !ocg_kept_token_is_stale (slot->kept, token))))
    {
      if (token->expires > 0 || token->refresh != NULL)
        learn (ensure_slot (self, profile), token);
      else if (slot != NULL)
        drop_slot (self, slot);
    }
  look_end (task);
}

static void
look_at (OcgTokenKeeper *self, const char *profile, GTask *task)
{
  Slot *slot = g_hash_table_lookup (self->slots, profile);
  Look *look;

  if (slot != NULL && slot->busy)
    return;
  if (slot != NULL && slot->kept->unsaved != NULL)
    {
      start_renewal (slot, find_provider (self, profile), NULL, TRUE);
      return;
    }
  look = g_new0 (Look, 1);
  ((Looking *) g_task_get_task_data (task))->pending++;
  look->task = g_object_ref (task);
  look->profile = g_strdup (profile);
  ocg_keyring_lookup_quietly_async (self->keyring, profile, NULL, on_looked_up, look);
}

static void
forget_removed (OcgTokenKeeper *self)
{
  g_autofree gpointer *profiles = g_hash_table_get_keys_as_array (self->slots, NULL);

  if (!ocg_keyring_is_there (self->keyring) || ocg_keyring_is_locked (self->keyring))
    return;
  for (guint i = 0; profiles[i] != NULL; i++)
    if (ocg_keyring_find (self->keyring, profiles[i]) == NULL)
      drop_slot (self, g_hash_table_lookup (self->slots, profiles[i]));
}

void
ocg_token_keeper_look_async (OcgTokenKeeper *self, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Looking *looking = g_new0 (Looking, 1);
  GPtrArray *items = ocg_keyring_get_items (self->keyring);
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < items->len; i++)
    {
      const OcgKeyringItem *item = items->pdata[i];

      if (!item->locked && g_strcmp0 (item->kind, "api_key") != 0)
        g_ptr_array_add (profiles, g_strdup (item->profile));
    }
  g_task_set_source_tag (task, ocg_token_keeper_look_async);
  g_task_set_task_data (task, looking, g_free);
  looking->pending = 1;
  forget_removed (self);
  for (guint i = 0; i < profiles->len; i++)
    look_at (self, profiles->pdata[i], task);
  look_end (task);
}

void
ocg_token_keeper_look_finish (OcgTokenKeeper *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));
  g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
on_keyring_changed (OcgTokenKeeper *self)
{
  ocg_token_keeper_look_async (self, NULL, NULL);
}

static void
ocg_token_keeper_init (OcgTokenKeeper *self)
{
  self->slots
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) slot_free);
}

static void
ocg_token_keeper_finalize (GObject *object)
{
  OcgTokenKeeper *self = OCG_TOKEN_KEEPER (object);

  g_hash_table_unref (self->slots);
  g_clear_pointer (&self->catalog, ocg_catalog_unref);
  ocg_clock_unref (self->clock);
  g_object_unref (self->keyring);
  G_OBJECT_CLASS (ocg_token_keeper_parent_class)->finalize (object);
}

static void
ocg_token_keeper_class_init (OcgTokenKeeperClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ocg_token_keeper_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", OCG_TYPE_TOKEN_KEEPER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LOGIN_NEEDED]
      = g_signal_new ("login-needed", OCG_TYPE_TOKEN_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_LOGIN_RESTORED]
      = g_signal_new ("login-restored", OCG_TYPE_TOKEN_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

OcgTokenKeeper *
ocg_token_keeper_new (OcgKeyring *keyring, OcgHttp *http, OcgClock *clock)
{
  OcgTokenKeeper *self = g_object_new (OCG_TYPE_TOKEN_KEEPER, NULL);

  self->keyring = g_object_ref (keyring);
  self->http = http;
  self->clock = ocg_clock_ref (clock);
  g_signal_connect_object (keyring, "changed", G_CALLBACK (on_keyring_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (keyring, "secrets-changed", G_CALLBACK (on_keyring_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
ocg_token_keeper_set_catalog (OcgTokenKeeper *self, OcgCatalog *catalog)
{
  GHashTableIter iter;
  gpointer slot = NULL;

  ocg_catalog_ref (catalog);
  g_clear_pointer (&self->catalog, ocg_catalog_unref);
  self->catalog = catalog;
  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, &slot))
    wind (slot);
}

gboolean
ocg_token_keeper_peek (OcgTokenKeeper *self, const char *profile, OcgTokenState *state,
                       gint64 *expires, const char **region, const char **base_url)
{
  Slot *slot = g_hash_table_lookup (self->slots, profile);
  OcgKeptToken *kept = slot != NULL ? slot->kept : NULL;

  if (kept == NULL || (kept->expires == 0 && kept->print == NULL))
    return FALSE;
  if (expires != NULL)
    *expires = kept->expires;
  if (region != NULL)
    *region = kept->region;
  if (base_url != NULL)
    *base_url = kept->base_url;
  if (state == NULL)
    return TRUE;
  if (kept->refused != NULL)
    *state = OCG_TOKEN_EXPIRED;
  else if (!ocg_kept_token_has_ended (kept, ocg_clock_now (self->clock)))
    *state = OCG_TOKEN_OK;
  else if (ocg_kept_token_is_renewable (kept, find_provider (self, profile)))
    *state = OCG_TOKEN_REFRESHABLE;
  else
    *state = OCG_TOKEN_EXPIRED;
  return TRUE;
}

char *
ocg_token_keeper_find_other_endpoint (OcgTokenKeeper *self, OcgProvider *provider,
                                      const char *profile)
{
  Slot *slot = g_hash_table_lookup (self->slots, profile);
  g_autoptr (OcgLoginPlan) plan = NULL;

  if (slot == NULL || slot->kept->endpoint == NULL)
    return NULL;
  plan = ocg_login_plan_new (provider, slot->kept->region);
  if (plan == NULL || ocg_login_plan_may_have (plan, slot->kept->endpoint, plan->token_url))
    return NULL;
  return g_strdup (slot->kept->endpoint);
}

static gboolean
on_waiter_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Waiter *waiter = user_data;
  Slot *slot = waiter->slot;

  g_task_return_error_if_cancelled (waiter->task);
  g_ptr_array_remove (slot->waiters, waiter);
  return G_SOURCE_REMOVE;
}

/* Takes @task. */
static void
add_waiter (Slot *slot, GTask *task, OcgProvider *provider, OcgSecret *refused)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->slot = slot;
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
  g_ptr_array_add (slot->waiters, waiter);
  if (!slot->busy)
    start_renewal (slot, provider, refused, FALSE);
}

/* Whether @stored can be used as it is. */
static gboolean
is_good (Slot *slot, OcgProvider *provider, const OcgLoginToken *stored, OcgSecret *refused)
{
  gint64 now = ocg_clock_now (slot->keeper->clock);

  if (refused != NULL
      && g_str_equal (ocg_secret_peek (stored->access), ocg_secret_peek (refused)))
    return FALSE;
  /* While it is being renewed the rest of its time is good, too. */
  if (slot->kept->unsaved != NULL || stored->expires != slot->kept->expires)
    return FALSE;
  return !ocg_kept_token_is_short (slot->kept, now)
         || (!ocg_kept_token_has_ended (slot->kept, now)
             && !ocg_kept_token_is_renewable (slot->kept, provider));
}

void
ocg_token_keeper_get_async (OcgTokenKeeper *self, OcgProvider *provider, const char *profile,
                            const OcgLoginToken *stored, OcgSecret *refused,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Slot *slot = ensure_slot (self, profile);

  g_task_set_source_tag (task, ocg_token_keeper_get_async);
  if (!slot->busy && slot->kept->unsaved == NULL && !ocg_kept_token_is_stale (slot->kept, stored))
    learn (slot, stored);
  if (is_good (slot, provider, stored, refused))
    g_task_return_pointer (task, ocg_secret_ref (stored->access),
                           (GDestroyNotify) ocg_secret_unref);
  else
    add_waiter (slot, g_steal_pointer (&task), provider, refused);
}

OcgSecret *
ocg_token_keeper_get_finish (OcgTokenKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
ocg_token_keeper_is_busy (OcgTokenKeeper *self)
{
  GHashTableIter iter;
  gpointer slot = NULL;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, &slot))
    if (((Slot *) slot)->busy)
      return TRUE;
  return FALSE;
}
