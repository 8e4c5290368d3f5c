/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-token-keeper-private.h"

#include "../login/ocg-login-plan.h"
#include "ocg-credential-order.h"
#include "ocg-token-slot.h"

enum
{
  SIGNAL_CHANGED,
  SIGNAL_LOGIN_NEEDED,
  SIGNAL_LOGIN_RESTORED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OcgTokenKeeper, ocg_token_keeper, G_TYPE_OBJECT)

OcgProvider *
ocg_token_keeper_find_provider (OcgTokenKeeper *self, const char *profile)
{
  const OcgKeyringItem *item = ocg_keyring_find (self->keyring, profile);
  g_autofree char *id = item != NULL ? ocg_credential_item_provider (item) : NULL;

  return id != NULL && self->catalog != NULL ? ocg_catalog_find_provider (self->catalog, id) : NULL;
}

void
ocg_token_keeper_note_change (OcgTokenKeeper *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
ocg_token_keeper_note_login (OcgTokenKeeper *self, const char *profile, gboolean needed)
{
  g_signal_emit (self, signals[needed ? SIGNAL_LOGIN_NEEDED : SIGNAL_LOGIN_RESTORED], 0, profile);
}

static OcgTokenSlot *
ensure_slot (OcgTokenKeeper *self, const char *profile)
{
  OcgTokenSlot *slot = g_hash_table_lookup (self->slots, profile);

  if (slot == NULL)
    {
      slot = ocg_token_slot_new (self, profile);
      g_hash_table_insert (self->slots, slot->kept->profile, slot);
    }
  return slot;
}

static void
drop_slot (OcgTokenKeeper *self, OcgTokenSlot *slot)
{
  if (slot->busy || slot->waiters->len > 0)
    return;
  ocg_token_slot_tell (slot, FALSE);
  g_hash_table_remove (self->slots, slot->kept->profile);
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
  OcgTokenSlot *slot = g_hash_table_lookup (self->slots, profile);

  /* A renewal reads for itself. */
  if (token != NULL
      && (slot == NULL || (!slot->busy && !ocg_kept_token_is_stale (slot->kept, token))))
    {
      if (token->expires > 0 || token->refresh != NULL)
        ocg_token_slot_learn (ensure_slot (self, profile), token);
      else if (slot != NULL)
        drop_slot (self, slot);
    }
  look_end (task);
}

static void
look_at (OcgTokenKeeper *self, const char *profile, GTask *task)
{
  OcgTokenSlot *slot = g_hash_table_lookup (self->slots, profile);
  Look *look;

  if (slot != NULL && slot->busy)
    return;
  if (slot != NULL && slot->kept->unsaved != NULL)
    {
      ocg_token_slot_renew_ahead (slot);
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
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) ocg_token_slot_free);
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
    ocg_token_slot_wind (slot);
}

gboolean
ocg_token_keeper_peek (OcgTokenKeeper *self, const char *profile, OcgTokenState *state,
                       gint64 *expires, const char **region, const char **base_url)
{
  OcgTokenSlot *slot = g_hash_table_lookup (self->slots, profile);
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
  else if (ocg_kept_token_is_renewable (kept, ocg_token_keeper_find_provider (self, profile)))
    *state = OCG_TOKEN_REFRESHABLE;
  else
    *state = OCG_TOKEN_EXPIRED;
  return TRUE;
}

char *
ocg_token_keeper_find_other_endpoint (OcgTokenKeeper *self, OcgProvider *provider,
                                      const char *profile)
{
  OcgTokenSlot *slot = g_hash_table_lookup (self->slots, profile);
  g_autoptr (OcgLoginPlan) plan = NULL;

  if (slot == NULL || slot->kept->endpoint == NULL)
    return NULL;
  plan = ocg_login_plan_new (provider, slot->kept->region);
  if (plan == NULL || ocg_login_plan_may_have (plan, slot->kept->endpoint, plan->token_url))
    return NULL;
  return g_strdup (slot->kept->endpoint);
}

void
ocg_token_keeper_get_async (OcgTokenKeeper *self, OcgProvider *provider, const char *profile,
                            const OcgLoginToken *stored, OcgSecret *refused,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, ocg_token_keeper_get_async);
  ocg_token_slot_get (ensure_slot (self, profile), task, provider, stored, refused);
}

OcgSecret *
ocg_token_keeper_get_finish (OcgTokenKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

const OcgLoginToken *
ocg_token_keeper_find_unsaved (OcgTokenKeeper *self, const char *profile, const char **origin)
{
  OcgTokenSlot *slot = g_hash_table_lookup (self->slots, profile);

  if (slot == NULL
      || !ocg_kept_token_has_good_unsaved (slot->kept, ocg_clock_now (self->clock)))
    return NULL;
  if (!slot->busy)
    ocg_token_slot_renew_ahead (slot);
  *origin = slot->kept->unsaved_origin;
  return slot->kept->unsaved;
}

void
ocg_token_keeper_save (OcgTokenKeeper *self)
{
  g_autofree gpointer *profiles = g_hash_table_get_keys_as_array (self->slots, NULL);

  for (guint i = 0; profiles[i] != NULL; i++)
    {
      OcgTokenSlot *slot = g_hash_table_lookup (self->slots, profiles[i]);

      if (slot != NULL && !slot->busy && slot->kept->unsaved != NULL)
        ocg_token_slot_renew_ahead (slot);
    }
}

gboolean
ocg_token_keeper_is_busy (OcgTokenKeeper *self)
{
  GHashTableIter iter;
  gpointer slot = NULL;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, &slot))
    if (((OcgTokenSlot *) slot)->busy)
      return TRUE;
  return FALSE;
}
