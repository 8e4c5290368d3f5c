/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-quota-place.h"

#include <string.h>

#include "../catalog/ocg-base-url.h"
#include "../wire/ocg-json.h"

void
ocg_quota_place_free (OcgQuotaPlace *self)
{
  g_free (self->region);
  g_strfreev (self->plan_urls);
  g_free (self->balance_url);
  g_free (self);
}

static JsonObject *
get_regions (OcgProvider *provider)
{
  JsonObject *quota = provider->quota != NULL && JSON_NODE_HOLDS_OBJECT (provider->quota)
                          ? json_node_get_object (provider->quota)
                          : NULL;

  return ocg_json_get_object (quota, "regions");
}

gboolean
ocg_quota_place_exists (OcgProvider *provider)
{
  JsonObject *regions = get_regions (provider);

  return regions != NULL && json_object_get_size (regions) > 0;
}

/* Whether a key for @origin may go to @url. */
static gboolean
is_of_origin (OcgProvider *provider, const char *origin, const char *url)
{
  g_autofree char *of_url = url != NULL ? ocg_base_url_get_origin (url) : NULL;

  if (of_url == NULL)
    return FALSE;
  if (g_str_equal (of_url, origin))
    return TRUE;
  for (guint i = 0; provider->origin_groups != NULL && i < provider->origin_groups->len; i++)
    {
      const char *const *group = provider->origin_groups->pdata[i];

      if (g_strv_contains (group, origin) && g_strv_contains (group, of_url))
        return TRUE;
    }
  return FALSE;
}

static const char *
get_url (JsonArray *urls, guint i)
{
  JsonNode *node = json_array_get_element (urls, i);

  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* @url on the server of @origin, when it is not there already. (nullable) */
static char *
put_on_origin (OcgProvider *provider, const char *origin, const char *url, gboolean is_elsewhere)
{
  const char *host = url != NULL ? strstr (url, "://") : NULL;
  const char *path = host != NULL ? strchr (host + 3, '/') : NULL;

  if (is_of_origin (provider, origin, url))
    return g_strdup (url);
  return is_elsewhere && path != NULL ? g_strconcat (origin, path, NULL) : NULL;
}

/* NULL when nothing in @region is on the server of @origin. @is_elsewhere: that server is of no
 * region, so that the paths count alone. */
static OcgQuotaPlace *
read_region (OcgProvider *provider, const char *name, JsonObject *region, const char *origin,
             gboolean is_elsewhere)
{
  JsonArray *urls = ocg_json_get_array (region, "planUrls");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) plan_urls = NULL;
  OcgQuotaPlace *place = NULL;

  for (guint i = 0; urls != NULL && i < json_array_get_length (urls); i++)
    {
      g_autofree char *url = put_on_origin (provider, origin, get_url (urls, i), is_elsewhere);

      if (url != NULL)
        g_strv_builder_add (builder, url);
    }
  plan_urls = g_strv_builder_end (builder);
  if (plan_urls[0] == NULL)
    return NULL;
  place = g_new0 (OcgQuotaPlace, 1);
  place->region = is_elsewhere ? NULL : g_strdup (name);
  place->plan_urls = g_steal_pointer (&plan_urls);
  place->balance_url = put_on_origin (provider, origin, ocg_json_get_string (region, "balanceUrl"),
                                      is_elsewhere);
  return place;
}

/* Whether @origin is that of one of the regions among which a user chooses. */
static gboolean
is_of_region (OcgProvider *provider, const char *name, const char *origin)
{
  const char *url = ocg_provider_get_region_url (provider, name);
  g_autofree char *of_region = url != NULL ? ocg_base_url_get_origin (url) : NULL;

  return g_strcmp0 (of_region, origin) == 0;
}

OcgQuotaPlace *
ocg_quota_place_find (OcgProvider *provider, const char *base_url)
{
  JsonObject *regions = get_regions (provider);
  g_autofree char *origin = ocg_base_url_get_origin (base_url);
  OcgQuotaPlace *place = NULL;
  JsonObject *first = NULL;
  gboolean is_known = FALSE;
  JsonObjectIter iter;
  const char *name = NULL;

  if (regions == NULL || origin == NULL)
    return NULL;
  json_object_iter_init_ordered (&iter, regions);
  while (place == NULL && json_object_iter_next_ordered (&iter, &name, NULL))
    {
      JsonObject *region = ocg_json_get_object (regions, name);

      if (first == NULL)
        first = region;
      is_known = is_known || is_of_region (provider, name, origin);
      place = read_region (provider, name, region, origin, FALSE);
    }
  if (place == NULL && !is_known)
    place = read_region (provider, NULL, first, origin, TRUE);
  return place;
}
