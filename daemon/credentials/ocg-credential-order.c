/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-credential-order.h"

#include <string.h>

#include "ocg-key-text.h"

OcgCredentialSource
ocg_credential_source (OcgProvider *provider, const char *profile)
{
  gsize length = strlen (provider->id);

  if (strcmp (profile, OCG_CREDENTIAL_NONE_NEEDED) == 0)
    return OCG_CREDENTIAL_FROM_NOWHERE;
  if (strncmp (profile, provider->id, length) == 0 && strcmp (profile + length, ":env") == 0)
    return OCG_CREDENTIAL_FROM_ENVIRONMENT;
  if (strncmp (profile, provider->id, length) == 0 && strcmp (profile + length, ":config") == 0)
    return OCG_CREDENTIAL_FROM_CONFIG;
  return OCG_CREDENTIAL_FROM_KEYRING;
}

char *
ocg_credential_item_provider (const OcgKeyringItem *item)
{
  g_autofree char *prefix = NULL;

  if (item->provider != NULL)
    return ocg_provider_normalize_id (item->provider);
  prefix = g_strndup (item->profile, strcspn (item->profile, ":"));
  return ocg_provider_normalize_id (prefix);
}

const char *
ocg_credential_text (OcgProvider *provider, OcgSettings *settings, OcgCredentialSource source)
{
  if (source == OCG_CREDENTIAL_FROM_CONFIG)
    {
      /* The catalogue has taken away what must not go to this provider. */
      return provider->missing_variable == NULL ? provider->api_key : NULL;
    }
  if (source != OCG_CREDENTIAL_FROM_ENVIRONMENT || settings == NULL)
    return NULL;

  for (guint i = 0; provider->env_keys[i] != NULL; i++)
    {
      const char *text = ocg_environment_get (settings->environment, provider->env_keys[i]);

      if (ocg_key_text_check (text) != OCG_KEY_TEXT_ABSENT)
        return text;
    }
  return NULL;
}

/* Of char*: the profiles that auth.order gives for @provider; empty without one. */
static GPtrArray *
get_explicit_order (OcgProvider *provider, OcgSettings *settings)
{
  GPtrArray *profiles = g_ptr_array_new_with_free_func (g_free);
  JsonObjectIter iter;
  const char *id;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, settings->auth_order);
  while (json_object_iter_next_ordered (&iter, &id, &node))
    {
      JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      if (array == NULL || !ocg_provider_is_named (provider, id))
        continue;
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *element = json_array_get_element (array, i);

          if (json_node_get_value_type (element) == G_TYPE_STRING)
            g_ptr_array_add (profiles, json_node_dup_string (element));
        }
    }
  return profiles;
}

/* Of char*: the profiles of @provider in auth.profiles. */
static GPtrArray *
get_configured_profiles (OcgProvider *provider, OcgSettings *settings)
{
  GPtrArray *profiles = g_ptr_array_new_with_free_func (g_free);
  JsonObjectIter iter;
  const char *profile;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, settings->auth_profiles);
  while (json_object_iter_next_ordered (&iter, &profile, &node))
    {
      const char *id;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        continue;
      id = json_object_get_string_member_with_default (json_node_get_object (node), "provider", "");
      if (ocg_provider_is_named (provider, id))
        g_ptr_array_add (profiles, g_strdup (profile));
    }
  return profiles;
}

static void
add_once (GPtrArray *order, const char *profile)
{
  if (!g_ptr_array_find_with_equal_func (order, profile, g_str_equal, NULL))
    g_ptr_array_add (order, g_strdup (profile));
}

static void
add_if_present (GPtrArray *order, OcgProvider *provider, OcgSettings *settings, OcgKeyring *keyring,
                const char *profile)
{
  OcgCredentialSource source = ocg_credential_source (provider, profile);

  if (source == OCG_CREDENTIAL_FROM_KEYRING)
    {
      if (ocg_keyring_find (keyring, profile) != NULL)
        add_once (order, profile);
    }
  else if (ocg_key_text_check (ocg_credential_text (provider, settings, source))
           != OCG_KEY_TEXT_ABSENT)
    add_once (order, profile);
}

/* Logins before tokens before keys; within a kind by name, as the keyring sorts them. */
static void
add_stored (GPtrArray *order, OcgProvider *provider, OcgKeyring *keyring)
{
  static const char *const kinds[] = { "oauth", "token", "api_key", NULL };
  g_autofree char *usual = g_strconcat (provider->id, ":default", NULL);
  GPtrArray *items;

  ocg_keyring_find (keyring, usual); /* tells the name of a locked one */
  items = ocg_keyring_get_items (keyring);
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < items->len; i++)
      {
        const OcgKeyringItem *item = items->pdata[i];
        g_autofree char *id = ocg_credential_item_provider (item);

        if (ocg_provider_is_named (provider, id)
            && (kinds[k] == NULL || g_strcmp0 (item->kind, kinds[k]) == 0))
          add_once (order, item->profile);
      }
}

GPtrArray *
ocg_credential_order (OcgProvider *provider, OcgSettings *settings, OcgKeyring *keyring)
{
  GPtrArray *order = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) named = NULL;
  gboolean explicit = FALSE;
  g_autofree char *env = g_strconcat (provider->id, ":env", NULL);
  g_autofree char *config = g_strconcat (provider->id, ":config", NULL);

  if (settings != NULL)
    {
      named = get_explicit_order (provider, settings);
      explicit = named->len > 0;
      if (!explicit)
        {
          g_ptr_array_unref (named);
          named = get_configured_profiles (provider, settings);
        }
      for (guint i = 0; i < named->len; i++)
        add_if_present (order, provider, settings, keyring, named->pdata[i]);
    }
  if (!explicit)
    add_stored (order, provider, keyring);
  add_if_present (order, provider, settings, keyring, env);
  add_if_present (order, provider, settings, keyring, config);
  if (!provider->needs_key)
    add_once (order, OCG_CREDENTIAL_NONE_NEEDED);
  return order;
}

char *
ocg_credential_order_guess (OcgProvider *provider, OcgSettings *settings)
{
  g_autoptr (GPtrArray) explicit = NULL;
  g_autoptr (GPtrArray) configured = NULL;

  if (settings != NULL)
    {
      explicit = get_explicit_order (provider, settings);
      configured = get_configured_profiles (provider, settings);
      g_ptr_array_extend_and_steal (explicit, g_steal_pointer (&configured));
      for (guint i = 0; i < explicit->len; i++)
        if (ocg_credential_source (provider, explicit->pdata[i]) == OCG_CREDENTIAL_FROM_KEYRING)
          return g_strdup (explicit->pdata[i]);
    }
  return g_strconcat (provider->id, ":default", NULL);
}
