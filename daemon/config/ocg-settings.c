/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-settings.h"

#include "ocg-settings-sections.h"

#define BILLING_BACKOFF_HOURS 5
#define BILLING_MAX_HOURS 24
#define FAILURE_WINDOW_HOURS 24

static void
model_entry_free (OcgModelEntry *entry)
{
  g_free (entry->ref);
  g_free (entry->alias);
  g_clear_pointer (&entry->params, json_object_unref);
  ocg_config_tree_unref (entry->tree);
  g_free (entry);
}

static OcgSettings *
settings_alloc (void)
{
  OcgSettings *self = g_new0 (OcgSettings, 1);

  self->ref_count = 1;
  self->fallbacks = g_new0 (char *, 1);
  self->image_fallbacks = g_new0 (char *, 1);
  self->model_entries = g_ptr_array_new_with_free_func ((GDestroyNotify) model_entry_free);
  self->layers = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_provider_layer_free);
  self->auth_order = json_object_new ();
  self->auth_profiles = json_object_new ();
  self->cooldowns = (OcgCooldowns){
    .billing_backoff = BILLING_BACKOFF_HOURS,
    .billing_max = BILLING_MAX_HOURS,
    .failure_window = FAILURE_WINDOW_HOURS,
    .billing_backoff_by_provider
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
  };
  self->plugins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

OcgSettings *
ocg_settings_ref (OcgSettings *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
ocg_settings_unref (OcgSettings *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_free (self->primary);
  g_strfreev (self->fallbacks);
  g_free (self->image_primary);
  g_strfreev (self->image_fallbacks);
  g_ptr_array_unref (self->model_entries);
  g_free (self->thinking_default);
  g_ptr_array_unref (self->layers);
  json_object_unref (self->auth_order);
  json_object_unref (self->auth_profiles);
  g_hash_table_unref (self->cooldowns.billing_backoff_by_provider);
  g_hash_table_unref (self->plugins);
  ocg_environment_free (self->environment);
  ocg_desktop_free (self->desktop);
  g_free (self);
}

JsonObject *
ocg_settings_root (OcgConfigTree *tree)
{
  JsonNode *root = tree != NULL ? ocg_config_tree_get_root (tree) : NULL;

  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

static void
read_config (OcgSettings *self, OcgConfigTree *tree, OcgProblems *problems)
{
  OcgSettingsReader reader = { self->environment, problems, tree };
  JsonObject *root = ocg_settings_root (tree);

  ocg_problems_set_source (problems, tree);
  ocg_settings_read_agents (self, &reader, root);
  ocg_settings_read_auth (self, &reader, root);
  ocg_settings_read_plugins (self, &reader, root);
}

OcgSettings *
ocg_settings_new (const OcgSettingsSources *sources, OcgProblems *problems)
{
  OcgSettings *self = settings_alloc ();
  OcgConfigFiles *files = sources->files;

  ocg_settings_read_env (self, sources, problems);
  if (files != NULL)
    {
      OcgSettingsReader reader = { self->environment, problems, NULL };

      read_config (self, files->admin_config, problems);
      read_config (self, files->config, problems);
      ocg_settings_read_layers (self, &reader, sources);
    }
  self->desktop = ocg_desktop_new (files != NULL ? files->desktop : NULL,
                                   files != NULL ? files->admin_desktop : NULL, problems);
  ocg_problems_set_source (problems, NULL);
  return self;
}
