/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-expected-variables.h"

#include <string.h>

static void
collect_from_tree (OcgConfigTree *tree, GHashTable *names)
{
  JsonNode *root = tree != NULL ? ocg_config_tree_get_root (tree) : NULL;
  static const char *const ours[] = { "agents", "auth", "env", "models" };

  for (guint i = 0; root != NULL && i < G_N_ELEMENTS (ours); i++)
    {
      JsonNode *node = json_object_get_member (json_node_get_object (root), ours[i]);

      if (node != NULL)
        ocg_environment_collect_names (node, names);
    }
}

static void
collect_from_providers (OcgCatalog *catalog, GHashTable *names)
{
  GPtrArray *providers = ocg_catalog_get_providers (catalog);

  for (guint i = 0; i < providers->len; i++)
    {
      OcgProvider *provider = g_ptr_array_index (providers, i);

      for (char **name = provider->env_keys; *name != NULL; name++)
        g_hash_table_add (names, g_strdup (*name));
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GStrv
ocg_expected_variables (OcgCatalog *catalog, const OcgConfigFiles *files,
                        const char *const *process)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (OcgEnvironment) set = ocg_environment_new (process, NULL);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name = NULL;

  collect_from_providers (catalog, names);
  if (files != NULL)
    {
      collect_from_tree (files->admin_config, names);
      collect_from_tree (files->config, names);
    }
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (ocg_environment_get (set, name) == NULL)
      g_ptr_array_add (wanted, g_strdup (name));
  g_ptr_array_sort (wanted, compare);
  g_ptr_array_add (wanted, NULL);
  return (GStrv) g_ptr_array_steal (wanted, NULL);
}
