/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-login-places.h"

#include "ocg-credential-order.h"
#include "ocg-credential-place.h"

/* NULL when nothing is told. (transfer full) */
static char *
find_place (OcgProvider *provider, GPtrArray *order, OcgKeyring *keyring, OcgTokenKeeper *keeper)
{
  for (guint i = 0; i < order->len; i++)
    {
      const OcgKeyringItem *item = ocg_keyring_find (keyring, order->pdata[i]);
      const char *region = NULL;
      const char *base_url = NULL;
      char *url = NULL;

      ocg_token_keeper_peek (keeper, order->pdata[i], NULL, NULL, &region, &base_url);
      if (region == NULL)
        region = item != NULL ? item->region : NULL;
      if (region == NULL)
        continue;
      url = ocg_credential_place_find_url (provider, region, base_url);
      if (url != NULL)
        return url;
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
