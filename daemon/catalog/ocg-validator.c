/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-validator.h"

#include "../config/ocg-config-keys.h"
#include "ocg-provider-schema.h"
#include "ocg-validator-checks.h"

/* For each file that is there, or that cannot be read. */
typedef void (*TreeFunc) (OcgConfigTree *tree, OcgKeysKind kind, OcgCatalog *catalog,
                          OcgProblems *problems);

static void
each_of (GPtrArray *trees, OcgKeysKind kind, TreeFunc func, OcgCatalog *catalog,
         OcgProblems *problems)
{
  for (guint i = 0; trees != NULL && i < trees->len; i++)
    {
      OcgConfigTree *tree = g_ptr_array_index (trees, i);

      if (!ocg_config_tree_exists (tree) && ocg_config_tree_is_valid (tree))
        continue;
      ocg_problems_set_source (problems, tree);
      func (tree, kind, catalog, problems);
    }
}

static void
each_tree (OcgConfigFiles *files, TreeFunc func, OcgCatalog *catalog, OcgProblems *problems)
{
  g_autoptr (GPtrArray) configs = g_ptr_array_new ();
  g_autoptr (GPtrArray) desktops = g_ptr_array_new ();

  g_ptr_array_add (configs, files->config);
  g_ptr_array_add (configs, files->admin_config);
  g_ptr_array_add (desktops, files->desktop);
  g_ptr_array_add (desktops, files->admin_desktop);
  each_of (configs, OCG_KEYS_CONFIG, func, catalog, problems);
  each_of (desktops, OCG_KEYS_DESKTOP, func, catalog, problems);
  each_of (files->models_json, OCG_KEYS_MODELS_JSON, func, catalog, problems);
  for (guint i = 0; i < G_N_ELEMENTS (files->drop_ins); i++)
    each_of (files->drop_ins[i], OCG_KEYS_DROP_IN, func, catalog, problems);
}

static void
check_form (OcgConfigTree *tree, OcgKeysKind kind, OcgCatalog *catalog, OcgProblems *problems)
{
  ocg_config_tree_describe (tree, problems);
  if (kind == OCG_KEYS_DROP_IN)
    ocg_config_keys_check_drop_in (tree, ocg_provider_schema_get (), problems);
  else
    ocg_config_keys_check (tree, kind, problems);
}

/* @providers: (nullable) what stands at models.providers */
static void
check_providers (OcgCatalog *catalog, JsonNode *providers, OcgEnvironment *environment,
                 OcgProblems *problems)
{
  JsonObjectIter iter;
  const char *id = NULL;
  JsonNode *entry = NULL;

  if (providers == NULL || !JSON_NODE_HOLDS_OBJECT (providers))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (providers));
  while (json_object_iter_next_ordered (&iter, &id, &entry))
    ocg_validator_check_provider (catalog, id, entry, environment, problems);
}

static JsonNode *
get_member (JsonNode *node, const char *name)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
             ? json_object_get_member (json_node_get_object (node), name)
             : NULL;
}

static void
check_drop_in (OcgCatalog *catalog, OcgConfigTree *tree, JsonNode *root, OcgProblems *problems)
{
  g_autofree char *id = ocg_config_tree_dup_id (tree);

  ocg_validator_check_provider (catalog, id, root, NULL, problems);
  ocg_validator_check_drop_in (catalog, id, root, problems);
}

static void
check_meaning (OcgConfigTree *tree, OcgKeysKind kind, OcgCatalog *catalog, OcgProblems *problems)
{
  OcgEnvironment *environment = ocg_catalog_get_settings (catalog)->environment;
  JsonNode *root = ocg_config_tree_get_root (tree);

  if (root == NULL)
    return;
  switch (kind)
    {
    case OCG_KEYS_CONFIG:
      ocg_validator_check_refs (catalog, tree, problems);
      ocg_validator_check_env (catalog, tree, problems);
      check_providers (catalog, get_member (get_member (root, "models"), "providers"), environment,
                       problems);
      break;
    case OCG_KEYS_DESKTOP:
      ocg_validator_check_desktop_refs (catalog, tree, problems);
      break;
    case OCG_KEYS_MODELS_JSON:
      check_providers (catalog, get_member (root, "providers"), NULL, problems);
      break;
    case OCG_KEYS_DROP_IN:
    default:
      check_drop_in (catalog, tree, root, problems);
      break;
    }
}

OcgCatalog *
ocg_validator_run (const OcgSettingsSources *sources, GHashTable *served, OcgProblems *problems)
{
  g_autoptr (OcgSettings) settings = NULL;
  OcgCatalog *catalog = NULL;

  if (sources->files != NULL)
    {
      ocg_config_files_describe (sources->files, problems);
      each_tree (sources->files, check_form, NULL, problems);
    }
  settings = ocg_settings_new (sources, problems);
  catalog = ocg_catalog_new (settings, served, problems);
  if (sources->files != NULL)
    each_tree (sources->files, check_meaning, catalog, problems);
  ocg_problems_set_source (problems, NULL);
  ocg_problems_sort (problems);
  return catalog;
}
