/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-login-places.h"

#include "../catalog/ocg-base-url.h"
#include "../wire/ocg-json.h"
#include "ocg-credential-order.h"

static const char *
get_region_url (OcgProvider *provider, const char *region)
{
  JsonObject *regions = json_node_get_object (provider->regions);

  return ocg_json_get_string (ocg_json_get_object (regions, region), "baseUrl");
}

/* Whether @url, which a server named when somebody logged in, is where @other is. */
static gboolean
counts_as (OcgProvider *provider, const char *url, const char *other)
{
  g_autofree char *origin = ocg_base_url_get_origin (url);
  g_autofree char *other_origin = ocg_base_url_get_origin (other);

  if (origin == NULL || other_origin == NULL)
    return FALSE;
  if (g_str_equal (origin, other_origin))
    return TRUE;
  for (guint i = 0; provider->origin_groups != NULL && i < provider->origin_groups->len; i++)
    {
      const char *const *group = provider->origin_groups->pdata[i];

      if (g_strv_contains (group, origin) && g_strv_contains (group, other_origin))
        return TRUE;
    }
  return FALSE;
}

/* NULL when nothing is told. (transfer full) */
static char *
find_place (OcgProvider *provider, GPtrArray *order, OcgKeyring *keyring, OcgTokenKeeper *keeper)
{
  for (guint i = 0; i < order->len; i++)
    {
      const OcgKeyringItem *item = ocg_keyring_find (keyring, order->pdata[i]);
      const char *region = NULL;
      const char *base_url = NULL;
      const char *url = NULL;

      ocg_token_keeper_peek (keeper, order->pdata[i], NULL, NULL, &region, &base_url);
      if (region == NULL)
        region = item != NULL ? item->region : NULL;
      if (region == NULL)
        continue;
      url = get_region_url (provider, region);
      if (url == NULL)
        continue;
      if (base_url != NULL && counts_as (provider, base_url, url))
        url = base_url;
      return ocg_base_url_normalize (url, NULL, NULL);
    }
  return NULL;
}

GHashTable *
ocg_login_places_find (OcgCatalog *catalog, OcgSettings *settings, OcgKeyring *keyring,
                       OcgTokenKeeper *keeper)
{
  GHashTable *places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GPtrArray *providers = ocg_catalog_get_providers (catalog);

  for (guint i = 0; i < providers->len; i++)
    {
      OcgProvider *provider = providers->pdata[i];
      g_autoptr (GPtrArray) order = NULL;
      char *place = NULL;

      if (provider->regions == NULL || !JSON_NODE_HOLDS_OBJECT (provider->regions))
        continue;
      order = ocg_credential_order (provider, settings, keyring, NULL);
      place = find_place (provider, order, keyring, keeper);
      if (place != NULL)
        g_hash_table_insert (places, g_strdup (provider->id), place);
    }
  return places;
}

gboolean
ocg_login_places_equal (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer id = NULL;
  gpointer url = NULL;

  if (g_hash_table_size (a) != g_hash_table_size (b))
    return FALSE;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &id, &url))
    if (g_strcmp0 (g_hash_table_lookup (b, id), url) != 0)
      return FALSE;
  return TRUE;
}
