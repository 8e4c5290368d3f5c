/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-credentials-private.h"

#include <string.h>

#include "ocg-credential-change.h"
#include "ocg-credential-list.h"
#include "ocg-credential-order.h"
#include "ocg-credential-place.h"
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

G_DEFINE_FINAL_TYPE (OcgCredentials, ocg_credentials, G_TYPE_OBJECT)

void
ocg_credential_free (OcgCredential *self)
{
  ocg_provider_unref (self->provider);
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

OcgProvider *
ocg_credentials_place (OcgCredentials *self, const OcgKeyringItem *item, OcgProvider *provider)
{
  const char *region = NULL;
  const char *base_url = NULL;

  ocg_token_keeper_peek (self->keeper, item->profile, NULL, NULL, &region, &base_url);
  return ocg_credential_place (provider, region != NULL ? region : item->region, base_url,
                               item->origin);
}

/* A locked item may not tell its origin; it is looked at again when it is unlocked. */
static gboolean
is_origin_fine (OcgCredentials *self, const OcgKeyringItem *item, OcgProvider *provider)
{
  g_autoptr (OcgProvider) place = NULL;

  if (item->origin == NULL)
    return TRUE;
  place = ocg_credentials_place (self, item, provider);
  return ocg_provider_accepts_origin (place, item->origin);
}

gboolean
ocg_credentials_is_bound_to (OcgCredentials *self, const OcgKeyringItem *item,
                             OcgProvider *provider)
{
  g_autofree char *id = ocg_credential_item_provider (item);

  return strcmp (id, provider->id) == 0 && is_origin_fine (self, item, provider);
}

/* Whether it is a login or a token that cannot be used any more. */
static gboolean
has_ended (OcgCredentials *self, const char *profile)
{
  OcgTokenState state = OCG_TOKEN_OK;

  return ocg_token_keeper_peek (self->keeper, profile, &state, NULL, NULL, NULL)
         && state == OCG_TOKEN_EXPIRED;
}

GPtrArray *
ocg_credentials_get_turns (OcgCredentials *self, OcgProvider *provider, OcgSettings *settings,
                           const char *model)
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
      if (item == NULL || !ocg_credentials_is_bound_to (self, item, provider)
          || has_ended (self, profile))
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
  /* Nor is a provider unknown because the keyring is silent. */
  return ocg_keyring_remembers (credentials->keyring, provider->id);
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
  return item != NULL && !item->locked && ocg_credentials_is_bound_to (self, item, provider)
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
  g_autoptr (GPtrArray) order = ocg_credentials_get_turns (self, provider, self->settings, model);

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

const char *
ocg_credentials_find_disabled_plugin (OcgCredentials *self, OcgProvider *provider)
{
  return self->settings != NULL
             ? ocg_provider_find_disabled_plugin (provider, self->settings->plugins)
             : NULL;
}

/* Of @item, as far as it tells. (nullable) */
static const char *
get_region (OcgCredentials *self, const OcgKeyringItem *item, OcgProvider *provider)
{
  const char *region = NULL;

  ocg_token_keeper_peek (self->keeper, item->profile, NULL, NULL, &region, NULL);
  if (region == NULL)
    region = item->region;
  if (region == NULL && item->origin != NULL)
    region = ocg_credential_place_find_region (provider, item->origin);
  return region;
}

gboolean
ocg_credentials_has_other_region (OcgCredentials *self, OcgProvider *provider,
                                  const char *profile, const char *region)
{
  GPtrArray *items = ocg_keyring_get_items (self->keyring);

  for (guint i = 0; i < items->len; i++)
    {
      const OcgKeyringItem *item = items->pdata[i];
      g_autofree char *id = ocg_credential_item_provider (item);
      const char *theirs = NULL;

      if (!g_str_equal (id, provider->id) || g_str_equal (item->profile, profile))
        continue;
      theirs = get_region (self, item, provider);
      if (theirs != NULL && !g_str_equal (theirs, region))
        return TRUE;
    }
  return FALSE;
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
          && !is_origin_fine (self, item, provider))
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
