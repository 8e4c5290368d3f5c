/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config-keys.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ocg-config-key-table.h"
#include "ocg-config-path.h"
#include "ocg-name-guess.h"

#define MAX_NAME_LENGTH 128

typedef struct
{
  OcgProblems *problems;
  OcgKeysKind kind;
  JsonObject *schema; /* (nullable) of drop-ins */
} Check;

static const OcgKey *
find_key (const OcgKeySet *set, const char *name)
{
  for (const OcgKey *key = set->keys; key->name != NULL; key++)
    if (g_str_equal (key->name, name))
      return key;
  return NULL;
}

static gboolean
is_other (const OcgKeySet *set, const char *name)
{
  gsize length = strlen (name);

  if (length == 0 || strchr (name, ' ') != NULL)
    return FALSE;
  for (const char *p = set->others != NULL ? strstr (set->others, name) : NULL; p != NULL;
       p = strstr (p + 1, name))
    if ((p == set->others || p[-1] == ' ') && (p[length] == ' ' || p[length] == '\0'))
      return TRUE;
  return FALSE;
}

/* What may be meant by @name in that set, or NULL. */
static const char *
guess (const OcgKeySet *set, const char *name)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new ();
  g_autofree char *folded = ocg_name_fold (name);

  for (const OcgKeySynonym *one = set->synonyms; one != NULL && one->written != NULL; one++)
    if (g_str_equal (one->written, folded))
      return one->meant;
  for (const OcgKey *key = set->keys; key->name != NULL; key++)
    g_ptr_array_add (candidates, (gpointer) key->name);
  g_ptr_array_add (candidates, NULL);
  return ocg_name_guess (name, (const char *const *) candidates->pdata);
}

static const char *
describe_unknown (OcgKeysKind kind)
{
  if (kind == OCG_KEYS_DESKTOP || kind == OCG_KEYS_DROP_IN)
    return _ ("this name is not known here and does nothing; another version of the gateway may "
              "know it");
  return _ ("this name is not known here; another version of OpenClaw may know it");
}

/* @meant: (nullable) */
static void
report (Check *check, const char *parent_path, const char *name, const char *meant)
{
  g_autofree char *path = ocg_config_path_join (parent_path, name);
  g_autofree char *message = NULL;

  if (meant == NULL)
    {
      ocg_problems_add (check->problems, OCG_SEVERITY_WARNING, path, describe_unknown (check->kind),
                        NULL);
      return;
    }
  /* TRANSLATORS: a name in a configuration file, and another that is known. */
  message = g_strdup_printf (_ ("“%s” is not known here; “%s” may be meant"), name, meant);
  ocg_problems_add (check->problems, OCG_SEVERITY_ERROR, path, message, meant);
}

/* In any object: the tree has put in what "$include" names, or says why it cannot, and "$schema" is
 * for editors. */
static gboolean
is_special (const char *name)
{
  return g_str_equal (name, "$include") || g_str_equal (name, "$schema");
}

static gboolean
is_full (Check *check)
{
  return ocg_problems_get_n (check->problems) > OCG_PROBLEMS_MAX;
}

/* Whether the name is too long to be looked at. */
static gboolean
refuse_long (Check *check, const char *parent_path, const char *name)
{
  if (strlen (name) <= MAX_NAME_LENGTH)
    return FALSE;
  ocg_problems_add (check->problems, OCG_SEVERITY_WARNING, parent_path,
                    _ ("a name in here is too long to be known"), NULL);
  return TRUE;
}

static void
check_unknown (Check *check, const OcgKeySet *set, const char *path, const char *name,
               JsonNode *node)
{
  const char *meant = NULL;

  if (is_other (set, name) || is_special (name)
      || (set->rule == OCG_KEYS_OBJECTS && !JSON_NODE_HOLDS_OBJECT (node)))
    return;
  if (set == &ocg_config_keys && g_str_equal (name, "desktop"))
    {
      ocg_problems_add (
          check->problems, OCG_SEVERITY_ERROR, "desktop",
          _ ("this belongs into desktop.json: OpenClaw refuses names that it does not know. Move "
             "it there with “openclawctl config set desktop.…”."),
          NULL);
      return;
    }
  if (set->rule != OCG_KEYS_STRICT && strlen (name) > MAX_NAME_LENGTH)
    return;
  if (refuse_long (check, path, name))
    return;
  meant = guess (set, name);
  if (meant != NULL || set->rule == OCG_KEYS_STRICT)
    report (check, path, name, meant);
}

static void check_node (Check *check, const OcgKeySet *set, const char *path, JsonNode *node);

static void
check_object (Check *check, const OcgKeySet *set, const char *path, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  json_object_iter_init_ordered (&iter, object);
  while (!is_full (check) && json_object_iter_next_ordered (&iter, &name, &node))
    {
      const OcgKey *key = set->keys != NULL ? find_key (set, name) : NULL;
      const OcgKeySet *below = set->keys == NULL ? set->each : key != NULL ? key->below : NULL;

      if (below != NULL)
        {
          g_autofree char *member_path = ocg_config_path_join (path, name);

          check_node (check, below, member_path, node);
        }
      else if (set->keys != NULL && key == NULL)
        check_unknown (check, set, path, name, node);
    }
}

static void
check_node (Check *check, const OcgKeySet *set, const char *path, JsonNode *node)
{
  JsonArray *array = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    check_object (check, set, path, json_node_get_object (node));
  if (!JSON_NODE_HOLDS_ARRAY (node) || set->each == NULL)
    return;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array) && !is_full (check); i++)
    {
      g_autofree char *item_path = ocg_config_path_join_index (path, i);

      check_node (check, set->each, item_path, json_array_get_element (array, i));
    }
}

static JsonObject *
get_schema (JsonObject *schema, const char *name)
{
  JsonNode *node = json_object_get_member (schema, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* What a "$ref" leads to. */
static JsonObject *
resolve_schema (Check *check, JsonObject *schema)
{
  const char *reference = json_object_get_string_member_with_default (schema, "$ref", "");
  JsonObject *definitions = get_schema (check->schema, "$defs");
  JsonObject *meant = definitions != NULL && g_str_has_prefix (reference, "#/$defs/")
                          ? get_schema (definitions, reference + strlen ("#/$defs/"))
                          : NULL;

  return meant != NULL ? meant : schema;
}

static void
report_by_schema (Check *check, JsonObject *properties, const char *path, const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  JsonObjectIter iter;
  const char *known = NULL;

  if (is_special (name) || refuse_long (check, path, name))
    return;
  json_object_iter_init_ordered (&iter, properties);
  while (json_object_iter_next_ordered (&iter, &known, NULL))
    g_ptr_array_add (names, (gpointer) known);
  g_ptr_array_add (names, NULL);
  report (check, path, name, ocg_name_guess (name, (const char *const *) names->pdata));
}

static void
check_by_schema (Check *check, JsonObject *schema, const char *path, JsonNode *node)
{
  JsonObject *rules = resolve_schema (check, schema);
  JsonObject *properties = get_schema (rules, "properties");
  JsonObject *others = get_schema (rules, "additionalProperties");
  JsonObject *items = get_schema (rules, "items");
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  if (items != NULL && JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)) && !is_full (check);
         i++)
      {
        g_autofree char *item_path = ocg_config_path_join_index (path, i);

        check_by_schema (check, items, item_path,
                         json_array_get_element (json_node_get_array (node), i));
      }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (!is_full (check) && json_object_iter_next_ordered (&iter, &name, &value))
    {
      JsonObject *below = properties != NULL ? get_schema (properties, name) : NULL;
      g_autofree char *member_path = ocg_config_path_join (path, name);

      if (below == NULL)
        below = others;
      if (below != NULL)
        check_by_schema (check, below, member_path, value);
      else if (properties != NULL && !json_object_get_boolean_member_with_default (
                                         rules, "additionalProperties", TRUE))
        report_by_schema (check, properties, path, name);
    }
}

void
ocg_config_keys_check (OcgConfigTree *tree, OcgKeysKind kind, OcgProblems *problems)
{
  static const struct
  {
    const OcgKeySet *set;
    const char *path;
  } tops[] = {
    [OCG_KEYS_CONFIG] = { &ocg_config_keys, "" },
    [OCG_KEYS_DESKTOP] = { &ocg_desktop_keys, "desktop" },
    [OCG_KEYS_MODELS_JSON] = { &ocg_models_json_keys, "models" },
  };
  JsonNode *root = ocg_config_tree_get_root (tree);
  Check check = { problems, kind, NULL };

  if (root == NULL)
    return;
  ocg_problems_set_source (problems, tree);
  check_node (&check, tops[kind].set, tops[kind].path, root);
}

void
ocg_config_keys_check_drop_in (OcgConfigTree *tree, JsonObject *schema, OcgProblems *problems)
{
  JsonNode *root = ocg_config_tree_get_root (tree);
  g_autofree char *id = ocg_config_tree_dup_id (tree);
  g_autofree char *path = ocg_config_path_join ("models.providers", id);
  Check check = { problems, OCG_KEYS_DROP_IN, schema };

  if (root == NULL)
    return;
  ocg_problems_set_source (problems, tree);
  check_by_schema (&check, schema, path, root);
}

gboolean
ocg_config_keys_is_known (OcgKeysKind kind, const char *const *segments, const char **suggestion)
{
  const OcgKeySet *set = kind == OCG_KEYS_DESKTOP ? &ocg_desktop_keys : &ocg_config_keys;

  if (suggestion != NULL)
    *suggestion = NULL;
  for (guint i = 0; segments[i] != NULL && set != NULL; i++)
    {
      const OcgKey *key = set->keys != NULL ? find_key (set, segments[i]) : NULL;

      if (set->keys == NULL)
        set = set->each;
      else if (key != NULL)
        set = key->below;
      else if (set->rule == OCG_KEYS_OBJECTS || is_other (set, segments[i]))
        return TRUE;
      else
        {
          if (suggestion != NULL && strlen (segments[i]) <= MAX_NAME_LENGTH)
            *suggestion = guess (set, segments[i]);
          return FALSE;
        }
    }
  return TRUE;
}
