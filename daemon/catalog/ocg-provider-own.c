/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The fields of data/providers that openclaw.json does not have: OpenClaw refuses keys that it does
 * not know. */

#include "config.h"

#include <glib/gi18n.h>

#include "ocg-base-url.h"
#include "ocg-json-merge.h"
#include "ocg-provider-draft.h"

static const char *const classes[] = { "local", "cn", "global", NULL };

static void
replace (char **place, char *value)
{
  g_free (*place);
  *place = value;
}

/* One list of origins that count as one, or NULL. */
static GStrv
read_group (OcgFields *own, JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      g_autofree char *origin = NULL;

      if (json_node_get_value_type (element) == G_TYPE_STRING)
        origin = ocg_base_url_get_origin (json_node_get_string (element));
      if (origin != NULL)
        g_strv_builder_add (builder, origin);
      else
        array = NULL;
    }
  if (array != NULL)
    return g_strv_builder_end (builder);
  ocg_fields_fail (own, "origins", _ ("this must hold lists of URLs"), NULL);
  return NULL;
}

static void
read_origins (OcgProviderDraft *draft, const OcgProviderEntry *entry, OcgFields *own)
{
  JsonArray *array = ocg_fields_get_array (own, "origins");
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  if (array == NULL)
    return;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      GStrv group = read_group (own, json_array_get_element (array, i));

      if (group != NULL)
        g_ptr_array_add (groups, group);
    }
  if (!ocg_provider_entry_is_trusted (entry))
    {
      g_clear_pointer (&draft->lesser_groups, g_ptr_array_unref);
      draft->lesser_groups = g_steal_pointer (&groups);
      return;
    }
  for (guint i = 0; i < groups->len; i++)
    for (char **origin = groups->pdata[i]; *origin != NULL; origin++)
      ocg_provider_draft_trust (draft, *origin);
  g_clear_pointer (&draft->out->origin_groups, g_ptr_array_unref);
  draft->out->origin_groups = g_steal_pointer (&groups);
}

static void
trust_regions (OcgProviderDraft *draft, JsonObject *regions)
{
  JsonObjectIter iter;
  JsonNode *node = NULL;

  json_object_iter_init (&iter, regions);
  while (json_object_iter_next (&iter, NULL, &node))
    if (JSON_NODE_HOLDS_OBJECT (node))
      ocg_provider_draft_trust (draft, json_object_get_string_member_with_default (
                                           json_node_get_object (node), "baseUrl", ""));
}

/* An object that is kept as it is, upon the one that is there. */
static void
read_raw (JsonNode **place, OcgFields *own, const char *name)
{
  JsonNode *merged = NULL;

  if (ocg_fields_get_object (own, name) == NULL)
    return;
  merged = ocg_json_merge (*place, json_object_get_member (own->json, name));
  g_clear_pointer (place, json_node_unref);
  *place = merged;
}

static void
replace_strings (GStrv *place, GStrv value)
{
  if (value == NULL)
    return;
  g_strfreev (*place);
  *place = value;
}

static GStrv
dup_lower (OcgFields *own, const char *name)
{
  GStrv strings = ocg_fields_dup_strings (own, name, NULL);

  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    replace (&strings[i], g_ascii_strdown (strings[i], -1));
  return strings;
}

void
ocg_provider_draft_read_own (OcgProviderDraft *draft, const OcgProviderEntry *entry,
                             OcgFields *own)
{
  OcgProvider *out = draft->out;
  JsonObject *regions = ocg_fields_get_object (own, "regions");
  g_autofree char *class = ocg_fields_dup_word (own, "class", classes, NULL);

  replace (&out->name, ocg_fields_dup_string (own, "name", out->name));
  replace (&out->family, ocg_fields_dup_string (own, "family", out->family));
  replace (&out->docs, ocg_fields_dup_string (own, "docs", out->docs));
  replace (&out->keys_url, ocg_fields_dup_string (own, "keysUrl", out->keys_url));
  replace_strings (&out->aliases, dup_lower (own, "aliases"));
  replace_strings (&out->env_keys, ocg_fields_dup_strings (own, "envKeys", NULL));
  if (json_object_has_member (own->json, "needsKey"))
    draft->needs_key = ocg_fields_get_boolean (own, "needsKey", draft->needs_key);
  read_origins (draft, entry, own);
  if (regions != NULL && ocg_provider_entry_is_trusted (entry))
    trust_regions (draft, regions);
  read_raw (&out->regions, own, "regions");
  read_raw (&out->login, own, "login");
  read_raw (&out->quota, own, "quota");
  if (ocg_fields_get_array (own, "authChoices") != NULL)
    {
      g_clear_pointer (&out->auth_choices, json_node_unref);
      out->auth_choices = ocg_json_merge (NULL, json_object_get_member (own->json, "authChoices"));
    }
  if (class == NULL)
    return;
  replace (&out->class, g_steal_pointer (&class));
  if (out->base_url != NULL)
    replace (&out->class_origin, ocg_base_url_get_origin (out->base_url));
}
