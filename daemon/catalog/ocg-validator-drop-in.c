/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a schema cannot say of a drop-in: names that others have already, regions that there are
 * not. */

#include "config.h"

#include "ocg-validator-checks.h"

#include <glib/gi18n.h>

#include "../config/ocg-config-path.h"
#include "../config/ocg-name-guess.h"

/* Nobody has more regions, and each word that is wrong is compared with all of them. */
#define MAX_CANDIDATES 32

typedef struct
{
  OcgCatalog *catalog;
  OcgProvider *provider;
  OcgProblems *problems;
  const char *path; /* of the provider's entry */
} Check;

static JsonArray *
get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
get_text (JsonNode *node)
{
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static guint
get_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

static void
check_aliases (Check *check, JsonObject *json)
{
  JsonArray *aliases = get_array (json, "aliases");
  g_autofree char *list_path = ocg_config_path_join (check->path, "aliases");

  for (guint i = 0; i < get_length (aliases); i++)
    {
      const char *alias = get_text (json_array_get_element (aliases, i));
      OcgProvider *other = alias != NULL ? ocg_catalog_find_provider (check->catalog, alias) : NULL;
      g_autofree char *path = ocg_config_path_join_index (list_path, i);
      g_autofree char *message = NULL;

      if (other == NULL || other == check->provider)
        continue;
      /* TRANSLATORS: %s is the id of a provider. */
      message = g_strdup_printf (_ ("this name has no effect: it means the provider “%s” already"),
                                 other->id);
      ocg_problems_add (check->problems, OCG_SEVERITY_WARNING, path, message, NULL);
    }
}

static void
check_region (Check *check, const char *path, const char *region)
{
  JsonObject *regions
      = check->provider->regions != NULL ? json_node_get_object (check->provider->regions) : NULL;
  gboolean is_short = regions != NULL && json_object_get_size (regions) <= MAX_CANDIDATES;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  JsonObjectIter iter;
  const char *name = NULL;

  if (regions != NULL && json_object_has_member (regions, region))
    return;
  if (is_short)
    json_object_iter_init_ordered (&iter, regions);
  while (is_short && json_object_iter_next_ordered (&iter, &name, NULL))
    g_ptr_array_add (names, (gpointer) name);
  g_ptr_array_add (names, NULL);
  ocg_problems_add (check->problems, OCG_SEVERITY_WARNING, path,
                    _ ("“regions” of this provider does not have this region"),
                    ocg_name_guess (region, (const char *const *) names->pdata));
}

/* The members of what is at @name.regions. */
static void
check_regions_of (Check *check, JsonObject *json, const char *name)
{
  JsonObject *regions = get_object (get_object (json, name), "regions");
  g_autofree char *path = ocg_config_path_join (check->path, name);
  g_autofree char *regions_path = ocg_config_path_join (path, "regions");
  JsonObjectIter iter;
  const char *region = NULL;

  if (regions == NULL)
    return;
  json_object_iter_init_ordered (&iter, regions);
  while (json_object_iter_next_ordered (&iter, &region, NULL))
    {
      g_autofree char *region_path = ocg_config_path_join (regions_path, region);

      check_region (check, region_path, region);
    }
}

/* @words: adds the words of @choice, an element of "authChoices". */
static void
add_words (GHashTable *words, JsonNode *choice)
{
  JsonObject *json = JSON_NODE_HOLDS_OBJECT (choice) ? json_node_get_object (choice) : NULL;
  JsonArray *aliases = json != NULL ? get_array (json, "aliases") : NULL;
  const char *word = json != NULL ? get_text (json_object_get_member (json, "choice")) : NULL;

  if (word != NULL)
    g_hash_table_add (words, (gpointer) word);
  for (guint i = 0; i < get_length (aliases); i++)
    if (get_text (json_array_get_element (aliases, i)) != NULL)
      g_hash_table_add (words, (gpointer) get_text (json_array_get_element (aliases, i)));
}

/* Set of the choices that other providers have; the words are theirs. */
static GHashTable *
collect_words (Check *check)
{
  GHashTable *words = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *providers = ocg_catalog_get_providers (check->catalog);

  for (guint i = 0; i < providers->len; i++)
    {
      OcgProvider *provider = g_ptr_array_index (providers, i);
      JsonArray *choices = provider != check->provider && provider->auth_choices != NULL
                               ? json_node_get_array (provider->auth_choices)
                               : NULL;

      for (guint j = 0; j < get_length (choices); j++)
        add_words (words, json_array_get_element (choices, j));
    }
  return words;
}

static void
check_word (Check *check, GHashTable *words, const char *path, JsonNode *node)
{
  const char *word = get_text (node);

  if (word != NULL && !g_hash_table_add (words, (gpointer) word))
    ocg_problems_add (check->problems, OCG_SEVERITY_WARNING, path,
                      _ ("another choice has this name already"), NULL);
}

static void
check_choice (Check *check, GHashTable *words, const char *path, JsonObject *choice)
{
  JsonArray *aliases = get_array (choice, "aliases");
  const char *region = get_text (json_object_get_member (choice, "region"));
  g_autofree char *word_path = ocg_config_path_join (path, "choice");
  g_autofree char *list_path = ocg_config_path_join (path, "aliases");
  g_autofree char *region_path = ocg_config_path_join (path, "region");

  check_word (check, words, word_path, json_object_get_member (choice, "choice"));
  for (guint i = 0; i < get_length (aliases); i++)
    {
      g_autofree char *alias_path = ocg_config_path_join_index (list_path, i);

      check_word (check, words, alias_path, json_array_get_element (aliases, i));
    }
  if (region != NULL)
    check_region (check, region_path, region);
}

static void
check_choices (Check *check, JsonObject *json)
{
  JsonArray *choices = get_array (json, "authChoices");
  g_autofree char *list_path = ocg_config_path_join (check->path, "authChoices");
  g_autoptr (GHashTable) words = NULL;

  if (choices == NULL)
    return;
  words = collect_words (check);
  for (guint i = 0; i < get_length (choices); i++)
    {
      JsonNode *choice = json_array_get_element (choices, i);
      g_autofree char *path = ocg_config_path_join_index (list_path, i);

      if (JSON_NODE_HOLDS_OBJECT (choice))
        check_choice (check, words, path, json_node_get_object (choice));
    }
}

void
ocg_validator_check_drop_in (OcgCatalog *catalog, const char *id, JsonNode *entry,
                             OcgProblems *problems)
{
  g_autofree char *path = ocg_config_path_join ("models.providers", id);
  Check check = { catalog, ocg_catalog_find_provider (catalog, id), problems, path };
  JsonObject *json = JSON_NODE_HOLDS_OBJECT (entry) ? json_node_get_object (entry) : NULL;

  if (json == NULL || check.provider == NULL)
    return;
  check_aliases (&check, json);
  check_choices (&check, json);
  check_regions_of (&check, json, "login");
  if (check.provider->regions != NULL)
    check_regions_of (&check, json, "quota");
}
