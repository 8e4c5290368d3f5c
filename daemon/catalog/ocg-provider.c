/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-provider.h"

#include <string.h>

#include "../config/ocg-wipe.h"
#include "ocg-base-url.h"
#include "ocg-built-in.h"

OcgProvider *
ocg_provider_ref (OcgProvider *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
ocg_provider_unref (OcgProvider *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  ocg_wipe_text (self->api_key);
  g_free (self->id);
  g_free (self->name);
  g_strfreev (self->aliases);
  g_free (self->base_url);
  g_free (self->origin);
  g_strfreev (self->origins);
  g_free (self->api);
  g_free (self->family);
  g_free (self->class);
  g_strfreev (self->env_keys);
  g_free (self->missing_variable);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_free (self->docs);
  g_free (self->keys_url);
  g_clear_pointer (&self->regions, json_node_unref);
  g_clear_pointer (&self->auth_choices, json_node_unref);
  g_clear_pointer (&self->login, json_node_unref);
  g_clear_pointer (&self->quota, json_node_unref);
  g_clear_pointer (&self->origin_groups, g_ptr_array_unref);
  g_clear_pointer (&self->trusted_origins, g_ptr_array_unref);
  g_free (self->class_origin);
  g_free (self);
}

gboolean
ocg_provider_accepts_origin (OcgProvider *self, const char *origin)
{
  g_autofree char *full = origin != NULL ? ocg_base_url_get_origin (origin) : NULL;

  return full != NULL && g_strv_contains ((const char *const *) self->origins, full);
}

char *
ocg_provider_normalize_id (const char *id)
{
  char *lower = g_ascii_strdown (id, -1);
  const char *meant = ocg_built_in_find_alias (lower);

  if (meant == NULL)
    return lower;
  g_free (lower);
  return g_strdup (meant);
}

gboolean
ocg_provider_is_named (OcgProvider *self, const char *id)
{
  if (g_ascii_strcasecmp (id, self->id) == 0)
    return TRUE;
  for (guint i = 0; self->aliases[i] != NULL; i++)
    if (g_ascii_strcasecmp (id, self->aliases[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Rather an API key than a token of a login, and rather the plain name than that of a plan. */
const char *
ocg_provider_get_env_key (OcgProvider *self)
{
  const char *chosen = self->env_keys[0];

  for (guint i = 1; chosen != NULL && self->env_keys[i] != NULL; i++)
    {
      const char *key = self->env_keys[i];
      gboolean is_key = g_str_has_suffix (key, "_API_KEY");
      gboolean was_key = g_str_has_suffix (chosen, "_API_KEY");

      if (is_key && (!was_key || strlen (key) < strlen (chosen)))
        chosen = key;
    }
  return chosen;
}

/* (nullable) */
static JsonObject *
get_regions (OcgProvider *self)
{
  return self->regions != NULL && JSON_NODE_HOLDS_OBJECT (self->regions)
             ? json_node_get_object (self->regions)
             : NULL;
}

char *
ocg_provider_list_regions (OcgProvider *self)
{
  GString *list = g_string_new (NULL);
  JsonObject *regions = get_regions (self);
  JsonObjectIter iter;
  const char *region;

  if (regions == NULL)
    return g_string_free (list, FALSE);
  json_object_iter_init_ordered (&iter, regions);
  while (json_object_iter_next_ordered (&iter, &region, NULL))
    g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", region);
  return g_string_free (list, FALSE);
}

const char *
ocg_provider_get_region_url (OcgProvider *self, const char *region)
{
  JsonObject *regions = get_regions (self);
  JsonNode *node = regions != NULL ? json_object_get_member (regions, region) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  return json_object_get_string_member_with_default (json_node_get_object (node), "baseUrl", NULL);
}

const char *
ocg_provider_find_disabled_plugin (OcgProvider *self, GHashTable *plugins)
{
  JsonObject *login = self->login != NULL && JSON_NODE_HOLDS_OBJECT (self->login)
                          ? json_node_get_object (self->login)
                          : NULL;
  const char *plugin
      = login != NULL ? json_object_get_string_member_with_default (login, "plugin", NULL) : NULL;

  if (plugin == NULL || GPOINTER_TO_INT (g_hash_table_lookup (plugins, plugin)) != 0)
    return NULL;
  return plugin;
}
