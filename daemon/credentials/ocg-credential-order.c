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

/* Whether there is something behind @profile. */
static gboolean
is_present (OcgProvider *provider, OcgSettings *settings, OcgKeyring *keyring, const char *profile)
{
  OcgCredentialSource source = ocg_credential_source (provider, profile);

  if (source == OCG_CREDENTIAL_FROM_KEYRING)
    return ocg_keyring_find (keyring, profile) != NULL;
  return ocg_key_text_check (ocg_credential_text (provider, settings, source))
         != OCG_KEY_TEXT_ABSENT;
}

static void
add_if_present (GPtrArray *order, OcgProvider *provider, OcgSettings *settings, OcgKeyring *keyring,
                const char *profile)
{
  if (is_present (provider, settings, keyring, profile))
    add_once (order, profile);
}

/* What profiles take turns by. */
typedef struct
{
  OcgSettings *settings; /* (nullable) */
  OcgKeyring *keyring;
  const OcgCredentialTurns *turns; /* (nullable) */
} Sorting;

/* Logins before tokens before keys. */
static guint
rank_kind (const Sorting *sorting, const char *profile)
{
  static const char *const kinds[] = { "oauth", "token", "api_key" };
  const OcgKeyringItem *item = ocg_keyring_find (sorting->keyring, profile);
  const char *kind = item != NULL ? item->kind : NULL;

  if (kind == NULL && sorting->settings != NULL
      && json_object_has_member (sorting->settings->auth_profiles, profile))
    kind = json_object_get_string_member_with_default (
        json_object_get_object_member (sorting->settings->auth_profiles, profile), "mode", NULL);
  for (guint i = 0; kind != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i], kind) == 0)
      return i;
  return G_N_ELEMENTS (kinds);
}

static gint64
get_last_used (const Sorting *sorting, const char *profile)
{
  const gint64 *time = sorting->turns != NULL
                           ? g_hash_table_lookup (sorting->turns->last_used, profile)
                           : NULL;

  return time != NULL ? *time : 0;
}

static gint
compare_turns (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Sorting *sorting = user_data;
  const char *first = *(const char *const *) a;
  const char *second = *(const char *const *) b;
  gint kinds = (gint) rank_kind (sorting, first) - (gint) rank_kind (sorting, second);
  gint64 used_first = get_last_used (sorting, first);
  gint64 used_second = get_last_used (sorting, second);

  if (kinds != 0)
    return kinds;
  return (used_first > used_second) - (used_first < used_second);
}

/* Within a kind the least recently used first, then as they stand. */
static void
add_by_turns (GPtrArray *order, GPtrArray *group, Sorting *sorting)
{
  g_ptr_array_sort_with_data (group, compare_turns, sorting);
  for (guint i = 0; i < group->len; i++)
    add_once (order, group->pdata[i]);
}

/* Of char*, by name. */
static GPtrArray *
get_stored_profiles (OcgProvider *provider, OcgKeyring *keyring)
{
  GPtrArray *profiles = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *usual = g_strconcat (provider->id, ":default", NULL);
  GPtrArray *items;

  ocg_keyring_find (keyring, usual); /* tells the name of a locked one */
  items = ocg_keyring_get_items (keyring);
  for (guint i = 0; i < items->len; i++)
    {
      const OcgKeyringItem *item = items->pdata[i];
      g_autofree char *id = ocg_credential_item_provider (item);

      if (ocg_provider_is_named (provider, id))
        g_ptr_array_add (profiles, g_strdup (item->profile));
    }
  return profiles;
}

/* Those of @profiles that there is something behind. */
static void
keep_present (GPtrArray *profiles, OcgProvider *provider, Sorting *sorting)
{
  for (guint i = profiles->len; i > 0; i--)
    if (!is_present (provider, sorting->settings, sorting->keyring, profiles->pdata[i - 1]))
      g_ptr_array_remove_index (profiles, i - 1);
}

/* An order of profiles that are all gone is no order. */
static void
add_named (GPtrArray *order, OcgProvider *provider, Sorting *sorting, gboolean *is_explicit)
{
  g_autoptr (GPtrArray) named = get_explicit_order (provider, sorting->settings);

  keep_present (named, provider, sorting);
  *is_explicit = named->len > 0;
  if (!*is_explicit)
    {
      g_ptr_array_unref (named);
      named = get_configured_profiles (provider, sorting->settings);
      keep_present (named, provider, sorting);
      add_by_turns (order, named, sorting);
    }
  for (guint i = 0; i < named->len; i++)
    add_once (order, named->pdata[i]);
}

/* When @profile may be used again; 0: now. */
static gint64
get_end_of_cooldown (const OcgCredentialTurns *turns, const char *profile)
{
  const OcgCooldown *cooldown
      = ocg_cooldown_table_find (turns->cooldowns, profile, turns->model);

  return cooldown != NULL ? cooldown->until : 0;
}

static gint
compare_cooldowns (gconstpointer a, gconstpointer b, gpointer user_data)
{
  gint64 first = get_end_of_cooldown (user_data, *(const char *const *) a);
  gint64 second = get_end_of_cooldown (user_data, *(const char *const *) b);

  return (first > second) - (first < second);
}

GPtrArray *
ocg_credential_order (OcgProvider *provider, OcgSettings *settings, OcgKeyring *keyring,
                      const OcgCredentialTurns *turns)
{
  GPtrArray *order = g_ptr_array_new_with_free_func (g_free);
  Sorting sorting = { settings, keyring, turns };
  gboolean is_explicit = FALSE;
  g_autofree char *env = g_strconcat (provider->id, ":env", NULL);
  g_autofree char *config = g_strconcat (provider->id, ":config", NULL);

  if (settings != NULL)
    add_named (order, provider, &sorting, &is_explicit);
  if (!is_explicit)
    {
      g_autoptr (GPtrArray) stored = get_stored_profiles (provider, keyring);

      add_by_turns (order, stored, &sorting);
    }
  add_if_present (order, provider, settings, keyring, env);
  add_if_present (order, provider, settings, keyring, config);
  if (turns != NULL)
    g_ptr_array_sort_with_data (order, compare_cooldowns, (gpointer) turns);
  if (!provider->needs_key)
    add_once (order, OCG_CREDENTIAL_NONE_NEEDED);
  return order;
}

gboolean
ocg_credential_is_known (OcgProvider *provider, OcgSettings *settings, OcgKeyring *keyring,
                         const char *profile)
{
  g_autoptr (GPtrArray) configured = get_configured_profiles (provider, settings);
  const OcgKeyringItem *item = NULL;
  g_autofree char *id = NULL;

  if (ocg_credential_source (provider, profile) != OCG_CREDENTIAL_FROM_KEYRING
      || g_ptr_array_find_with_equal_func (configured, profile, g_str_equal, NULL))
    return TRUE;
  item = ocg_keyring_find (keyring, profile);
  if (item == NULL)
    return FALSE;
  id = ocg_credential_item_provider (item);
  return ocg_provider_is_named (provider, id);
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
