/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-credential-place.h"

#include "../catalog/ocg-base-url.h"

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

char *
ocg_credential_place_find_url (OcgProvider *provider, const char *region, const char *base_url)
{
  const char *url = ocg_provider_get_region_url (provider, region);

  if (url != NULL && base_url != NULL && counts_as (provider, base_url, url))
    url = base_url;
  return url != NULL ? ocg_base_url_normalize (url, NULL, NULL) : NULL;
}

const char *
ocg_credential_place_find_region (OcgProvider *provider, const char *origin)
{
  JsonObjectIter iter;
  const char *region = NULL;

  if (provider->regions == NULL || !JSON_NODE_HOLDS_OBJECT (provider->regions))
    return NULL;
  json_object_iter_init_ordered (&iter, json_node_get_object (provider->regions));
  while (json_object_iter_next_ordered (&iter, &region, NULL))
    {
      const char *url = ocg_provider_get_region_url (provider, region);

      if (url != NULL && counts_as (provider, origin, url))
        return region;
    }
  return NULL;
}

static gboolean
is_trusted (OcgProvider *provider, const char *url)
{
  g_autofree char *origin = ocg_base_url_get_origin (url);

  return origin != NULL
         && g_ptr_array_find_with_equal_func (provider->trusted_origins, origin, g_str_equal,
                                              NULL);
}

OcgProvider *
ocg_credential_place (OcgProvider *provider, const char *region, const char *base_url,
                      const char *origin)
{
  g_autofree char *url = NULL;

  /* Whoever leads all requests to a proxy does not want any of them elsewhere. */
  if (!provider->follows_regions
      || ocg_credential_place_find_region (provider, provider->origin) == NULL)
    return ocg_provider_ref (provider);
  /* A key that was stored before there was another region knows its server only. */
  if (region == NULL && origin != NULL && !ocg_provider_accepts_origin (provider, origin))
    region = ocg_credential_place_find_region (provider, origin);
  url = region != NULL ? ocg_credential_place_find_url (provider, region, base_url) : NULL;
  if (url == NULL || g_str_equal (url, provider->base_url) || !is_trusted (provider, url))
    return ocg_provider_ref (provider);
  return ocg_provider_new_at (provider, url);
}
