/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-credential-list.h"

#include "ocg-key-text.h"

typedef struct
{
  GVariantBuilder builder;
  GHashTable *listed; /* of char*, profiles */
  OcgTokenKeeper *keeper;
  const OcgCredentialTurns *turns;
} List;

static void
insert_string (GVariantDict *dict, const char *key, const char *value)
{
  if (value != NULL)
    g_variant_dict_insert (dict, key, "s", value);
}

/* What has become of it; the state where nothing else is wrong. */
static const char *
insert_turns (GVariantDict *dict, const OcgCredentialTurns *turns, const char *profile)
{
  const gint64 *last_used = g_hash_table_lookup (turns->last_used, profile);
  const OcgCooldown *cooldown = ocg_cooldown_table_find_any (turns->cooldowns, profile);

  if (last_used != NULL)
    g_variant_dict_insert (dict, "last-used", "t", (guint64) *last_used);
  if (cooldown == NULL)
    return "ok";
  g_variant_dict_insert (dict, "cooldown-until", "t", (guint64) cooldown->until);
  g_variant_dict_insert (dict, "cooldown-reason", "s", cooldown->reason);
  insert_string (dict, "cooldown-model", cooldown->model);
  return "cooldown";
}

/* When a token ends, and where it is from. @state is what is true otherwise. */
static const char *
insert_token (GVariantDict *dict, OcgTokenKeeper *keeper, const OcgKeyringItem *item,
              const char *state)
{
  OcgTokenState token_state = OCG_TOKEN_OK;
  gint64 expires = 0;
  const char *region = NULL;

  if (!ocg_token_keeper_peek (keeper, item->profile, &token_state, &expires, &region, NULL))
    {
      insert_string (dict, "region", item->region);
      return state;
    }
  insert_string (dict, "region", region != NULL ? region : item->region);
  if (expires > 0)
    g_variant_dict_insert (dict, "expires", "t", (guint64) expires);
  if (token_state == OCG_TOKEN_EXPIRED)
    return "expired";
  return token_state == OCG_TOKEN_REFRESHABLE && g_str_equal (state, "ok") ? "refreshable" : state;
}

/* @item: (nullable) */
static void
add (List *list, const char *profile, const char *provider, const char *source,
     const OcgKeyringItem *item)
{
  GVariantDict dict;
  const char *state;

  if (!g_hash_table_add (list->listed, g_strdup (profile)))
    return;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "profile", "s", profile);
  g_variant_dict_insert (&dict, "provider", "s", provider);
  insert_string (&dict, "kind", item != NULL ? item->kind : "api_key");
  g_variant_dict_insert (&dict, "source", "s", source);
  state = insert_turns (&dict, list->turns, profile);
  if (item != NULL)
    state = insert_token (&dict, list->keeper, item, state);
  g_variant_dict_insert (&dict, "state", "s", item != NULL && item->locked ? "locked" : state);
  g_variant_builder_add_value (&list->builder, g_variant_dict_end (&dict));
}

/* What has not been listed yet: an explicit order leaves it out, or its provider is gone. */
static void
add_stored (List *list, const char *wanted, OcgKeyring *keyring)
{
  GPtrArray *items = ocg_keyring_get_items (keyring);

  for (guint i = 0; i < items->len; i++)
    {
      const OcgKeyringItem *item = items->pdata[i];
      g_autofree char *id = ocg_credential_item_provider (item);

      if (wanted == NULL || g_str_equal (wanted, id))
        add (list, item->profile, id, "keyring", item);
    }
}

static void
add_provider (List *list, OcgProvider *provider, OcgSettings *settings, OcgKeyring *keyring)
{
  g_autoptr (GPtrArray) order
      = ocg_credential_order (provider, settings, keyring, list->turns);

  for (guint i = 0; i < order->len; i++)
    {
      const char *profile = order->pdata[i];
      OcgCredentialSource source = ocg_credential_source (provider, profile);

      if (source == OCG_CREDENTIAL_FROM_KEYRING)
        add (list, profile, provider->id, "keyring", ocg_keyring_find (keyring, profile));
      else if (ocg_key_text_check (ocg_credential_text (provider, settings, source))
               == OCG_KEY_TEXT_USABLE)
        add (list, profile, provider->id,
             source == OCG_CREDENTIAL_FROM_ENVIRONMENT ? "env" : "config", NULL);
    }
  add_stored (list, provider->id, keyring);
}

GVariant *
ocg_credential_list (OcgCatalog *catalog, const char *provider, OcgSettings *settings,
                     OcgKeyring *keyring, OcgTokenKeeper *keeper,
                     const OcgCredentialTurns *turns)
{
  g_autofree char *wanted = provider != NULL ? ocg_provider_normalize_id (provider) : NULL;
  g_autoptr (GHashTable) listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *providers = ocg_catalog_get_providers (catalog);
  List list = { .listed = listed, .keeper = keeper, .turns = turns };

  g_variant_builder_init (&list.builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < providers->len; i++)
    {
      OcgProvider *each = providers->pdata[i];

      if (wanted == NULL || g_str_equal (wanted, each->id))
        add_provider (&list, each, settings, keyring);
    }
  add_stored (&list, wanted, keyring);
  return g_variant_builder_end (&list.builder);
}
