/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-credentials.h"

#include <string.h>

#include "ocg-credential-change.h"
#include "ocg-credential-list.h"
#include "ocg-credential-order.h"
#include "ocg-error.h"
#include "ocg-key-text.h"
#include "ocg-login-token.h"
#include "ocg-secret-prompt.h"

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _OcgCredentials
{
  GObject parent_instance;

  OcgKeyring *keyring;
  OcgTokenKeeper *keeper;
  OcgSettings *settings; /* (nullable) */
  OcgClock *clock;
  OcgCooldownTable *cooldowns;
  GHashTable *blamed;    /* id -> OcgProvider: those that @cooldowns are about, as they were */
  GHashTable *last_used; /* profile -> gint64, Unix ms */
};

G_DEFINE_FINAL_TYPE (OcgCredentials, ocg_credentials, G_TYPE_OBJECT)

/* One ocg_credentials_get_async(). */
typedef struct
{
  OcgProvider *provider;
  OcgSettings *settings; /* (nullable) those it began with */
  gboolean chosen;       /* the caller named the profile */
  gboolean quiet;        /* nobody is asked to unlock the keyring */
  char *model;           /* (nullable) the id of the model that it is for */
  GPtrArray *tried;      /* (nullable) of char*: profiles to leave out */
  gboolean as_stored;    /* nothing is renewed */
  OcgSecret *refused;    /* (nullable) another one than this is wanted */
  GPtrArray *order;      /* of char* */
  guint next;
  gboolean skip_keyring; /* it is locked or not there: do not ask again */
  gboolean guessed;      /* there was nothing to try, so the keyring was asked for a likely name */
  gboolean reread;       /* and then there was something */
  GError *error;         /* the first one */
} Getting;

static void
getting_free (Getting *getting)
{
  ocg_provider_unref (getting->provider);
  g_clear_pointer (&getting->settings, ocg_settings_unref);
  g_free (getting->model);
  g_clear_pointer (&getting->tried, g_ptr_array_unref);
  g_clear_pointer (&getting->refused, ocg_secret_unref);
  g_ptr_array_unref (getting->order);
  g_clear_error (&getting->error);
  g_free (getting);
}

void
ocg_credential_free (OcgCredential *self)
{
  g_free (self->profile);
  g_clear_pointer (&self->secret, ocg_secret_unref);
  g_free (self);
}

static void
credentials_on_changed (OcgCredentials *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
ocg_credentials_init (OcgCredentials *self)
{
  self->blamed = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                        (GDestroyNotify) ocg_provider_unref);
  self->last_used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
ocg_credentials_finalize (GObject *object)
{
  OcgCredentials *self = OCG_CREDENTIALS (object);

  g_clear_pointer (&self->settings, ocg_settings_unref);
  g_hash_table_unref (self->last_used);
  g_hash_table_unref (self->blamed);
  ocg_cooldown_table_free (self->cooldowns);
  ocg_clock_unref (self->clock);
  g_object_unref (self->keeper);
  g_object_unref (self->keyring);
  G_OBJECT_CLASS (ocg_credentials_parent_class)->finalize (object);
}

static void
ocg_credentials_class_init (OcgCredentialsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ocg_credentials_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", OCG_TYPE_CREDENTIALS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

OcgCredentials *
ocg_credentials_new (OcgKeyring *keyring, OcgTokenKeeper *keeper, OcgClock *clock)
{
  OcgCredentials *self = g_object_new (OCG_TYPE_CREDENTIALS, NULL);

  self->keyring = g_object_ref (keyring);
  self->clock = ocg_clock_ref (clock);
  self->cooldowns = ocg_cooldown_table_new (clock);
  self->keeper = g_object_ref (keeper);
  g_signal_connect_object (keyring, "changed", G_CALLBACK (credentials_on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (keeper, "changed", G_CALLBACK (credentials_on_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/* Who has given a provider another key, or another address, wants to use it. */
static void
forget_changed_providers (OcgCredentials *self, OcgSettings *old)
{
  GHashTableIter iter;
  OcgProvider *provider;

  g_hash_table_iter_init (&iter, self->blamed);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &provider))
    if (ocg_credential_settings_differ (provider, old, self->settings))
      {
        ocg_cooldown_table_clear_provider (self->cooldowns, provider->id);
        g_hash_table_iter_remove (&iter);
      }
}

void
ocg_credentials_set_settings (OcgCredentials *self, OcgSettings *settings)
{
  OcgSettings *old = self->settings;

  self->settings = ocg_settings_ref (settings);
  forget_changed_providers (self, old);
  g_clear_pointer (&old, ocg_settings_unref);
  credentials_on_changed (self);
}

static gboolean
is_bound_to (const OcgKeyringItem *item, OcgProvider *provider)
{
  g_autofree char *id = ocg_credential_item_provider (item);

  /* A locked item may not tell its origin; it is looked at again when it is unlocked. */
  return strcmp (id, provider->id) == 0
         && (item->origin == NULL || ocg_provider_accepts_origin (provider, item->origin));
}

/* Whether it is a login or a token that cannot be used any more. */
static gboolean
has_ended (OcgCredentials *self, const char *profile)
{
  OcgTokenState state = OCG_TOKEN_OK;

  return ocg_token_keeper_peek (self->keeper, profile, &state, NULL, NULL, NULL)
         && state == OCG_TOKEN_EXPIRED;
}

/* Whose turn it is when somebody wants to use @model (nullable). */
static GPtrArray *
get_turns (OcgCredentials *self, OcgProvider *provider, OcgSettings *settings, const char *model)
{
  const OcgCredentialTurns turns = { self->cooldowns, self->last_used, model };

  return ocg_credential_order (provider, settings, self->keyring, &turns);
}

char *
ocg_credentials_peek (OcgCredentials *self, OcgProvider *provider)
{
  g_autoptr (GPtrArray) order
      = ocg_credential_order (provider, self->settings, self->keyring, NULL);
  const char *locked = NULL;

  for (guint i = 0; i < order->len; i++)
    {
      const char *profile = order->pdata[i];
      OcgCredentialSource source = ocg_credential_source (provider, profile);
      const OcgKeyringItem *item = NULL;

      if (source == OCG_CREDENTIAL_FROM_NOWHERE)
        return g_strdup (profile);
      if (source != OCG_CREDENTIAL_FROM_KEYRING)
        {
          if (ocg_key_text_check (ocg_credential_text (provider, self->settings, source))
              == OCG_KEY_TEXT_USABLE)
            return g_strdup (profile);
          continue;
        }

      item = ocg_keyring_find (self->keyring, profile);
      if (item == NULL || !is_bound_to (item, provider) || has_ended (self, profile))
        continue;
      if (!item->locked || ocg_secret_prompt_is_possible ())
        return g_strdup (profile);
      if (locked == NULL)
        locked = profile;
    }
  return g_strdup (locked);
}

gboolean
ocg_credentials_has (OcgProvider *provider, gpointer self)
{
  OcgCredentials *credentials = OCG_CREDENTIALS (self);
  g_autofree char *profile = ocg_credentials_peek (credentials, provider);
  GPtrArray *items;

  if (profile != NULL)
    return TRUE;
  /* One that is bound to another address cannot be used, but it is there: using it tells why. */
  items = ocg_keyring_get_items (credentials->keyring);
  for (guint i = 0; i < items->len; i++)
    {
      g_autofree char *id = ocg_credential_item_provider (items->pdata[i]);

      if (g_str_equal (id, provider->id))
        return TRUE;
    }
  return FALSE;
}

/* Whether a key that stands behind @profile can be used at once. */
static gboolean
is_at_hand (OcgCredentials *self, OcgProvider *provider, const char *profile)
{
  OcgCredentialSource source = ocg_credential_source (provider, profile);
  const OcgKeyringItem *item = NULL;

  if (source == OCG_CREDENTIAL_FROM_NOWHERE)
    return FALSE;
  if (source != OCG_CREDENTIAL_FROM_KEYRING)
    return ocg_key_text_check (ocg_credential_text (provider, self->settings, source))
           == OCG_KEY_TEXT_USABLE;
  item = ocg_keyring_find (self->keyring, profile);
  return item != NULL && !item->locked && is_bound_to (item, provider)
         && !has_ended (self, profile);
}

gboolean
ocg_credentials_has_profile (OcgCredentials *self, OcgProvider *provider, const char *profile)
{
  return ocg_credential_is_known (provider, self->settings, self->keyring, profile);
}

gboolean
ocg_credentials_has_other (OcgCredentials *self, OcgProvider *provider, const char *model,
                           GPtrArray *tried)
{
  g_autoptr (GPtrArray) order = get_turns (self, provider, self->settings, model);

  for (guint i = 0; i < order->len; i++)
    if (!g_ptr_array_find_with_equal_func (tried, order->pdata[i], g_str_equal, NULL)
        && ocg_cooldown_table_find (self->cooldowns, order->pdata[i], model) == NULL
        && is_at_hand (self, provider, order->pdata[i]))
      return TRUE;
  return FALSE;
}

void
ocg_credentials_note_success (OcgCredentials *self, const char *profile, const char *model)
{
  ocg_cooldown_table_forgive (self->cooldowns, profile, model);
}

void
ocg_credentials_note_failure (OcgCredentials *self, OcgProvider *provider, const char *profile,
                              const char *model, OcgError code, gint64 retry_after_ms,
                              gint64 took_ms)
{
  if (self->settings == NULL
      || ocg_credential_source (provider, profile) == OCG_CREDENTIAL_FROM_NOWHERE)
    return;
  if (ocg_cooldown_table_add (self->cooldowns, &self->settings->cooldowns, provider->id, profile,
                              model, code, retry_after_ms, took_ms))
    g_hash_table_replace (self->blamed, provider->id, ocg_provider_ref (provider));
}

void
ocg_credentials_clear_cooldown (OcgCredentials *self, const char *profile)
{
  ocg_cooldown_table_clear (self->cooldowns, profile);
}

static void get_continue (GTask *task);

static void
note_use (OcgCredentials *self, const char *profile)
{
  gint64 *time = g_new (gint64, 1);

  *time = ocg_clock_now (self->clock);
  g_hash_table_replace (self->last_used, g_strdup (profile), time);
}

static void
get_return (GTask *task, const char *profile, OcgSecret *secret, gboolean renewable)
{
  Getting *getting = g_task_get_task_data (task);
  OcgCredential *credential = g_new0 (OcgCredential, 1);

  if (!getting->quiet)
    note_use (g_task_get_source_object (task), profile);
  credential->profile = g_strdup (profile);
  credential->secret = secret;
  credential->renewable = renewable;
  g_task_return_pointer (task, credential, (GDestroyNotify) ocg_credential_free);
}

/* @error: (transfer full) */
static void
get_remember_error (Getting *getting, GError *error)
{
  if (getting->error == NULL)
    getting->error = error;
  else
    g_error_free (error);
}

/* Takes @text as the key of @profile, or remembers why not. */
static gboolean
get_take_text (GTask *task, const char *profile, const char *text, gboolean renewable)
{
  Getting *getting = g_task_get_task_data (task);
  OcgKeyTextState state = ocg_key_text_check (text);

  if (state == OCG_KEY_TEXT_USABLE)
    {
      get_return (task, profile, ocg_key_text_to_secret (text), renewable);
      return TRUE;
    }
  if (state == OCG_KEY_TEXT_BAD)
    get_remember_error (getting,
                        g_error_new (OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED,
                                     "The key of %s has characters that no key has", profile));
  else
    get_remember_error (getting, g_error_new (OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING,
                                              "There is no key behind %s", profile));
  return FALSE;
}

static GError *
origin_error (OcgProvider *provider, const char *profile, const char *origin)
{
  return g_error_new (OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED,
                      "%s is bound to %s and is not sent to %s (%s)", profile,
                      origin != NULL ? origin : "no address", provider->origin, provider->id);
}

static void
get_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Getting *getting = g_task_get_task_data (task);
  const char *profile = getting->order->pdata[getting->next - 1];
  GError *error = NULL;
  g_autoptr (OcgSecret) access = ocg_token_keeper_get_finish (OCG_TOKEN_KEEPER (source), result,
                                                              &error);

  if (access != NULL && get_take_text (task, profile, ocg_secret_peek (access), TRUE))
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  if (error != NULL)
    get_remember_error (getting, error);
  get_continue (task);
}

/* What the keyring has for @profile: a key, or a token that may have to be renewed. Whether that
 * was the end, or something is under way. */
static gboolean
get_take_stored (GTask *task, const char *profile, OcgSecret *secret)
{
  OcgCredentials *self = g_task_get_source_object (task);
  Getting *getting = g_task_get_task_data (task);
  g_autoptr (OcgLoginToken) token = ocg_login_token_parse (secret);
  gboolean ends = token != NULL && (token->expires > 0 || token->refresh != NULL);

  if (token == NULL)
    {
      get_remember_error (getting, g_error_new (OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED,
                                                "What is stored as %s is damaged", profile));
      return FALSE;
    }
  if (!ends || getting->as_stored)
    return get_take_text (task, profile, ocg_secret_peek (token->access), ends);
  ocg_token_keeper_get_async (self->keeper, getting->provider, profile, token, getting->refused,
                              g_task_get_cancellable (task), get_kept, g_object_ref (task));
  return TRUE;
}

static void
get_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Getting *getting = g_task_get_task_data (task);
  const char *profile = getting->order->pdata[getting->next - 1];
  g_autofree char *origin = NULL;
  GError *error = NULL;
  g_autoptr (OcgSecret) secret = ocg_keyring_lookup_finish (OCG_KEYRING (source), result, &origin,
                                                            &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  if (error != NULL)
    {
      getting->skip_keyring = !g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING);
      get_remember_error (getting, error);
    }
  else if (!ocg_provider_accepts_origin (getting->provider, origin))
    get_remember_error (getting, origin_error (getting->provider, profile, origin));
  else if (get_take_stored (task, profile, secret))
    return;
  get_continue (task);
}

/* Whether a lookup is under way. */
static gboolean
get_from_keyring (GTask *task, const char *profile)
{
  OcgCredentials *self = g_task_get_source_object (task);
  Getting *getting = g_task_get_task_data (task);
  const OcgKeyringItem *item = ocg_keyring_find (self->keyring, profile);

  if (getting->skip_keyring)
    return FALSE;
  if (item != NULL && !is_bound_to (item, getting->provider))
    {
      get_remember_error (getting, origin_error (getting->provider, profile, item->origin));
      return FALSE;
    }
  if (getting->quiet)
    ocg_keyring_lookup_quietly_async (self->keyring, profile, g_task_get_cancellable (task),
                                      get_looked_up, g_object_ref (task));
  else
    ocg_keyring_lookup_async (self->keyring, profile, g_task_get_cancellable (task),
                              get_looked_up, g_object_ref (task));
  return TRUE;
}

/* Tries the next one; TRUE when the task is over or waits. */
static gboolean
get_try (GTask *task, const char *profile)
{
  Getting *getting = g_task_get_task_data (task);
  OcgCredentialSource source = ocg_credential_source (getting->provider, profile);

  if (source == OCG_CREDENTIAL_FROM_KEYRING)
    return get_from_keyring (task, profile);
  if (source != OCG_CREDENTIAL_FROM_NOWHERE)
    return get_take_text (task, profile,
                          ocg_credential_text (getting->provider, getting->settings, source), FALSE);
  if (getting->provider->needs_key)
    return FALSE;
  get_return (task, profile, NULL, FALSE);
  return TRUE;
}

static void
get_fail (GTask *task)
{
  Getting *getting = g_task_get_task_data (task);

  /* That the settings name a variable which is not set is the better explanation. */
  if (getting->guessed && getting->provider->missing_variable != NULL
      && !g_error_matches (getting->error, OCG_ERROR, OCG_ERROR_KEYRING_LOCKED))
    g_clear_error (&getting->error);

  if (getting->error != NULL)
    g_task_return_error (task, g_steal_pointer (&getting->error));
  else
    g_task_return_new_error (task, OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING,
                             "There is no credential for %s", getting->provider->id);
}

/* (transfer full) */
static GPtrArray *
get_order (OcgCredentials *self, const Getting *getting)
{
  GPtrArray *order = get_turns (self, getting->provider, getting->settings, getting->model);

  for (guint i = order->len; getting->tried != NULL && i > 0; i--)
    if (g_ptr_array_find_with_equal_func (getting->tried, order->pdata[i - 1], g_str_equal, NULL))
      g_ptr_array_remove_index (order, i - 1);
  return order;
}

static void
get_continue (GTask *task)
{
  OcgCredentials *self = g_task_get_source_object (task);
  Getting *getting = g_task_get_task_data (task);

  while (getting->next < getting->order->len)
    if (get_try (task, getting->order->pdata[getting->next++]))
      return;

  if (getting->error == NULL && !getting->guessed && !getting->chosen)
    {
      /* The keyring tells whether there is no key, or it is locked so that nobody knows, or it is
       * not there. */
      getting->guessed = TRUE;
      g_ptr_array_add (getting->order,
                       ocg_credential_order_guess (getting->provider, getting->settings));
      get_continue (task);
      return;
    }
  if (getting->guessed && !getting->reread
      && g_error_matches (getting->error, OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING)
      && ocg_credentials_has (getting->provider, self))
    {
      getting->reread = TRUE;
      g_clear_error (&getting->error);
      g_ptr_array_unref (getting->order);
      getting->order = get_order (self, getting);
      getting->next = 0;
      get_continue (task);
      return;
    }
  get_fail (task);
}

/* Takes @new_task and @getting. */
static void
get_start (OcgCredentials *self, GTask *new_task, Getting *getting, OcgProvider *provider,
           const char *profile)
{
  g_autoptr (GTask) task = new_task;

  g_task_set_source_tag (task, ocg_credentials_get_async);
  getting->provider = ocg_provider_ref (provider);
  getting->settings = self->settings != NULL ? ocg_settings_ref (self->settings) : NULL;
  getting->chosen = profile != NULL;
  if (profile != NULL)
    {
      getting->order = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (getting->order, g_strdup (profile));
    }
  else
    getting->order = get_order (self, getting);
  g_task_set_task_data (task, getting, (GDestroyNotify) getting_free);
  get_continue (task);
}

void
ocg_credentials_get_async (OcgCredentials *self, OcgProvider *provider, const char *profile,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  get_start (self, g_task_new (self, cancellable, callback, user_data), g_new0 (Getting, 1),
             provider, profile);
}

void
ocg_credentials_get_for_async (OcgCredentials *self, OcgProvider *provider, const char *model,
                               GPtrArray *tried, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  Getting *getting = g_new0 (Getting, 1);

  getting->model = g_strdup (model);
  getting->tried = g_ptr_array_ref (tried);
  get_start (self, g_task_new (self, cancellable, callback, user_data), getting, provider, NULL);
}

void
ocg_credentials_refresh_async (OcgCredentials *self, OcgProvider *provider,
                               const OcgCredential *refused, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  Getting *getting = g_new0 (Getting, 1);

  getting->refused = ocg_secret_ref (refused->secret);
  get_start (self, g_task_new (self, cancellable, callback, user_data), getting, provider,
             refused->profile);
}

void
ocg_credentials_get_quietly_async (OcgCredentials *self, OcgProvider *provider,
                                   const char *profile, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  Getting *getting = g_new0 (Getting, 1);

  getting->quiet = TRUE;
  get_start (self, g_task_new (self, cancellable, callback, user_data), getting, provider, profile);
}

void
ocg_credentials_get_stored_async (OcgCredentials *self, OcgProvider *provider,
                                  const char *profile, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  Getting *getting = g_new0 (Getting, 1);

  getting->quiet = getting->as_stored = TRUE;
  get_start (self, g_task_new (self, cancellable, callback, user_data), getting, provider, profile);
}

OcgCredential *
ocg_credentials_get_finish (OcgCredentials *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
ocg_credentials_find_other_origin (OcgCredentials *self, OcgProvider *provider,
                                   const char *profile)
{
  g_autoptr (GPtrArray) order
      = ocg_credential_order (provider, self->settings, self->keyring, NULL);

  for (guint i = 0; i < order->len; i++)
    {
      const char *each = order->pdata[i];
      const OcgKeyringItem *item = ocg_keyring_find (self->keyring, each);

      if (item != NULL && item->origin != NULL && (profile == NULL || strcmp (profile, each) == 0)
          && !ocg_provider_accepts_origin (provider, item->origin))
        return g_strdup (item->origin);
    }
  return NULL;
}

char *
ocg_credentials_find_other_endpoint (OcgCredentials *self, OcgProvider *provider,
                                     const char *profile)
{
  g_autoptr (GPtrArray) order
      = ocg_credential_order (provider, self->settings, self->keyring, NULL);

  for (guint i = 0; i < order->len; i++)
    if (profile == NULL || g_str_equal (profile, order->pdata[i]))
      {
        char *endpoint
            = ocg_token_keeper_find_other_endpoint (self->keeper, provider, order->pdata[i]);

        if (endpoint != NULL)
          return endpoint;
      }
  return NULL;
}

char *
ocg_credentials_find_ended (OcgCredentials *self, OcgProvider *provider, const char *profile,
                            gboolean *is_login)
{
  g_autoptr (GPtrArray) order
      = ocg_credential_order (provider, self->settings, self->keyring, NULL);

  for (guint i = 0; i < order->len; i++)
    {
      const char *each = order->pdata[i];
      const OcgKeyringItem *item = ocg_keyring_find (self->keyring, each);

      if ((profile != NULL && !g_str_equal (profile, each)) || !has_ended (self, each))
        continue;
      *is_login = item != NULL && g_strcmp0 (item->kind, "oauth") == 0;
      return g_strdup (each);
    }
  return NULL;
}

GVariant *
ocg_credentials_list (OcgCredentials *self, OcgCatalog *catalog, const char *provider)
{
  const OcgCredentialTurns turns = { self->cooldowns, self->last_used, NULL };

  return ocg_credential_list (catalog, provider, self->settings, self->keyring, self->keeper,
                              &turns);
}
