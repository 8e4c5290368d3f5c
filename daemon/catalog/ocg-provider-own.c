/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The fields of data/providers that openclaw.json does not have: OpenClaw refuses keys that it does
 * not know. */

#include "config.h"

#include "ocg-provider-draft.h"

#include <glib/gi18n.h>

#include "../config/ocg-config-path.h"
#include "ocg-base-url.h"
#include "ocg-json-merge.h"
#include "ocg-provider-schema.h"

/* Where a request goes and how the key goes with it is read elsewhere, as of openclaw.json. */
static gboolean
is_own (const char *name)
{
  static const char *const shared[] = { "baseUrl", "api",    "apiKey",         "auth", "authHeader",
                                        "headers", "models", "timeoutSeconds", NULL };

  return !g_strv_contains (shared, name);
}

/* What the member would be put upon, or NULL. */
static JsonNode *
get_beneath (OcgProvider *out, const char *name)
{
  if (g_str_equal (name, "regions"))
    return out->regions;
  if (g_str_equal (name, "login"))
    return out->login;
  return g_str_equal (name, "quota") ? out->quota : NULL;
}

/* The own members of an entry, those that are as the schema says. Built-in data are checked when
 * they are made. */
static JsonObject *
keep_own (OcgProviderDraft *draft, const OcgProviderEntry *entry)
{
  g_autofree char *entry_path = ocg_provider_entry_get_path (entry);
  JsonObject *own = NULL;
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  if (entry->layer == NULL)
    return json_object_ref (entry->json);
  own = json_object_new ();
  json_object_iter_init_ordered (&iter, entry->json);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *path = ocg_config_path_join (entry_path, name);
      JsonNode *kept = is_own (name) ? ocg_provider_schema_keep (
                                           name, node, get_beneath (draft->out, name), path,
                                           draft->problems)
                                     : NULL;

      if (kept != NULL)
        json_object_set_member (own, name, kept);
    }
  return own;
}

static void
replace_text (char **place, JsonObject *own, const char *name)
{
  if (!json_object_has_member (own, name))
    return;
  g_free (*place);
  *place = g_strdup (json_object_get_string_member (own, name));
}

/* NULL when there is no such list. */
static GStrv
dup_texts (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));
  return g_strv_builder_end (builder);
}

static JsonArray *
get_array (JsonObject *own, const char *name)
{
  return json_object_has_member (own, name) ? json_object_get_array_member (own, name) : NULL;
}

static void
replace_texts (GStrv *place, GStrv value)
{
  if (value == NULL)
    return;
  g_strfreev (*place);
  *place = value;
}

static GStrv
dup_lower (JsonArray *array)
{
  GStrv texts = dup_texts (array);

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      char *lower = g_ascii_strdown (texts[i], -1);

      g_free (texts[i]);
      texts[i] = lower;
    }
  return texts;
}

/* A list of origins that count as one, each as ocg_base_url_get_origin() writes it. */
static GStrv
dup_group (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *origin = ocg_base_url_get_origin (json_array_get_string_element (array, i));

      if (origin != NULL)
        g_strv_builder_add (builder, origin);
    }
  return g_strv_builder_end (builder);
}

static void
read_origins (OcgProviderDraft *draft, const OcgProviderEntry *entry, JsonObject *own)
{
  JsonArray *array = get_array (own, "origins");
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  /* A key that was stored for one server must not follow whoever can write such a file to another. */
  if (array == NULL || !ocg_provider_entry_is_trusted (entry))
    return;
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (groups, dup_group (json_array_get_array_element (array, i)));
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
    ocg_provider_draft_trust (draft, json_object_get_string_member_with_default (
                                         json_node_get_object (node), "baseUrl", ""));
}

/* What is kept as it is: an object upon the one that is there, a list in its place. */
static void
read_raw (JsonNode **place, JsonObject *own, const char *name)
{
  JsonNode *merged = NULL;

  if (!json_object_has_member (own, name))
    return;
  merged = ocg_json_merge (*place, json_object_get_member (own, name));
  g_clear_pointer (place, json_node_unref);
  *place = merged;
}

static void
read_class (OcgProvider *out, JsonObject *own)
{
  if (!json_object_has_member (own, "class"))
    return;
  replace_text (&out->class, own, "class");
  if (out->base_url == NULL)
    return;
  g_free (out->class_origin);
  out->class_origin = ocg_base_url_get_origin (out->base_url);
}

static void
warn_of_variables (OcgProviderDraft *draft, const OcgProviderEntry *entry)
{
  g_autofree char *provider_path = ocg_provider_entry_get_path (entry);
  g_autofree char *path = ocg_config_path_join (provider_path, "envKeys");

  /* TRANSLATORS: a provider */
  g_autofree char *message = g_strdup_printf (
      _ ("variables of the environment are not sent where a file like this one says. Store the key "
         "in the keyring: openclawctl models auth add --provider %s"),
      draft->out->id);

  ocg_problems_add (draft->problems, OCG_SEVERITY_WARNING, path, message, NULL);
}

void
ocg_provider_draft_read_own (OcgProviderDraft *draft, const OcgProviderEntry *entry)
{
  OcgProvider *out = draft->out;
  g_autoptr (JsonObject) own = keep_own (draft, entry);

  replace_text (&out->name, own, "name");
  replace_text (&out->family, own, "family");
  replace_text (&out->docs, own, "docs");
  replace_text (&out->keys_url, own, "keysUrl");
  replace_texts (&out->aliases, dup_lower (get_array (own, "aliases")));
  /* Who can name a variable can have it sent to his server. */
  if (ocg_provider_entry_is_trusted (entry))
    replace_texts (&out->env_keys, dup_texts (get_array (own, "envKeys")));
  else if (json_object_has_member (own, "envKeys"))
    warn_of_variables (draft, entry);
  if (json_object_has_member (own, "needsKey"))
    draft->needs_key = json_object_get_boolean_member (own, "needsKey");
  read_origins (draft, entry, own);
  if (json_object_has_member (own, "regions") && ocg_provider_entry_is_trusted (entry))
    trust_regions (draft, json_object_get_object_member (own, "regions"));
  read_raw (&out->regions, own, "regions");
  read_raw (&out->login, own, "login");
  read_raw (&out->quota, own, "quota");
  read_raw (&out->auth_choices, own, "authChoices");
  read_class (out, own);
}
