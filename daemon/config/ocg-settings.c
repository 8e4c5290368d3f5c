/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-settings.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ocg-config-path.h"
#include "ocg-model-params.h"

static void
model_entry_free (OcgModelEntry *entry)
{
  g_free (entry->ref);
  g_free (entry->alias);
  g_clear_pointer (&entry->params, json_object_unref);
  g_free (entry);
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
  ocg_environment_unref (self->environment);
  g_free (self);
}

typedef struct
{
  OcgSettings *out;
  OcgProblems *problems;
} Reader;

/* @what: translated; never a value from the file, which may be a secret */
static void
add_problem (Reader *self, const char *path, const char *what)
{
  ocg_problems_add (self->problems, OCG_SEVERITY_ERROR, path, what, NULL);
}

/* The object called @name; NULL when there is none, with a problem when it is something else. */
static JsonObject *
get_object (Reader *self, JsonObject *parent, const char *parent_path, const char *name)
{
  JsonNode *node = parent != NULL ? json_object_get_member (parent, name) : NULL;
  if (node == NULL)
    return NULL;

  g_autofree char *path = ocg_config_path_join (parent_path, name);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      add_problem (self, path, _ ("this must be an object, “{ … }”"));
      return NULL;
    }
  JsonObject *object = json_node_get_object (node);
  return object;
}

/* The string with its variables replaced; NULL with a problem when that cannot be done. */
static char *
expand (Reader *self, const char *text, const char *path)
{
  g_autofree char *missing = NULL;
  char *result = ocg_environment_expand (self->out->environment, text, &missing);
  if (result == NULL)
    {
      /* TRANSLATORS: %s is the name of an environment variable */
      g_autofree char *what = g_strdup_printf (
          _ ("the environment variable “%s” is not set; set it, or remove it from here"), missing);
      add_problem (self, path, what);
    }
  return result;
}

/* The text of a string node, expanded and stripped; NULL when it is empty or wrong. */
static char *
take_string (Reader *self, JsonNode *node, const char *path)
{
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    {
      add_problem (self, path, _ ("this must be text in quotes"));
      return NULL;
    }
  g_autofree char *text = expand (self, json_node_get_string (node), path);
  if (text == NULL || *g_strstrip (text) == '\0')
    return NULL;
  return g_steal_pointer (&text);
}

static char *
get_string (Reader *self, JsonObject *parent, const char *parent_path, const char *name)
{
  JsonNode *node = json_object_get_member (parent, name);
  g_autofree char *path = ocg_config_path_join (parent_path, name);
  return node != NULL ? take_string (self, node, path) : NULL;
}

static GStrv
take_strings (Reader *self, JsonNode *node, const char *path)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  if (node != NULL && !JSON_NODE_HOLDS_ARRAY (node))
    add_problem (self, path, _ ("this must be a list, “[ … ]”"));
  else if (node != NULL)
    {
      JsonArray *array = json_node_get_array (node);
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_autofree char *item_path = ocg_config_path_join_index (path, i);
          g_autofree char *item
              = take_string (self, json_array_get_element (array, i), item_path);
          if (item != NULL)
            g_strv_builder_add (builder, item);
        }
    }
  return g_strv_builder_end (builder);
}

/* A copy with all strings expanded; those that cannot be stay as they are. */
static JsonNode *
expand_node (Reader *self, JsonNode *node, const char *path)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (JsonObject) copy = json_object_new ();
      JsonObjectIter iter;
      const char *name = NULL;
      JsonNode *value = NULL;
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        {
          g_autofree char *member_path = ocg_config_path_join (path, name);
          json_object_set_member (copy, name, expand_node (self, value, member_path));
        }
      return json_node_init_object (json_node_alloc (), copy);
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autoptr (JsonArray) copy = json_array_new ();
      JsonArray *array = json_node_get_array (node);
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_autofree char *item_path = ocg_config_path_join_index (path, i);
          json_array_add_element (
              copy, expand_node (self, json_array_get_element (array, i), item_path));
        }
      return json_node_init_array (json_node_alloc (), copy);
    }
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return json_node_copy (node);

  g_autofree char *text = expand (self, json_node_get_string (node), path);
  return text != NULL ? json_node_init_string (json_node_alloc (), text) : json_node_copy (node);
}

/* Sorts the variables of one block into those that refer to others and those that do not. */
static void
collect_variables (Reader *self, JsonObject *block, const char *block_path,
                   GHashTable *plain, GHashTable *references)
{
  gboolean is_env = g_str_equal (block_path, "env");
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  json_object_iter_init_ordered (&iter, block);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      if (is_env && (g_str_equal (name, "vars") || g_str_equal (name, "shellEnv")))
        continue;
      if (json_node_get_value_type (value) != G_TYPE_STRING)
        {
          g_autofree char *path = ocg_config_path_join (block_path, name);
          add_problem (self, path, _ ("this must be text in quotes"));
          continue;
        }

      gboolean refers = strchr (json_node_get_string (value), '$') != NULL;
      g_hash_table_remove (refers ? plain : references, name);
      g_hash_table_insert (refers ? references : plain, g_strdup (name),
                           json_node_dup_string (value));
    }
}

/* What a variable may refer to are the process and the plain ones, so that there are no circles. */
static void
read_env (Reader *self, JsonObject *root, const char *const *process)
{
  g_autoptr (GHashTable) plain = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) references
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  JsonObject *env = get_object (self, root, NULL, "env");
  JsonObject *vars = get_object (self, env, "env", "vars");
  GHashTableIter iter;
  gpointer name = NULL, value = NULL;

  if (vars != NULL)
    collect_variables (self, vars, "env.vars", plain, references);
  if (env != NULL)
    collect_variables (self, env, "env", plain, references);

  self->out->environment = ocg_environment_new (process, plain);
  g_hash_table_iter_init (&iter, references);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (ocg_environment_get (self->out->environment, name) != NULL)
        continue;
      const char *block = json_object_has_member (env, name) ? "env" : "env.vars";
      g_autofree char *path = ocg_config_path_join (block, name);
      char *text = expand (self, value, path);
      if (text != NULL)
        g_hash_table_insert (plain, g_strdup (name), text);
    }
  ocg_environment_unref (self->out->environment);
  self->out->environment = ocg_environment_new (process, plain);
}

/* Text, which is the primary alone, or {primary, fallbacks}. */
static void
read_model (Reader *self, JsonObject *defaults, const char *name, char **primary,
            GStrv *fallbacks)
{
  JsonNode *node = json_object_get_member (defaults, name);
  g_autofree char *path = ocg_config_path_join ("agents.defaults", name);

  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING)
    *primary = take_string (self, node, path);
  else if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autofree char *fallbacks_path = ocg_config_path_join (path, "fallbacks");
      *primary = get_string (self, object, path, "primary");
      g_strfreev (*fallbacks);
      *fallbacks
          = take_strings (self, json_object_get_member (object, "fallbacks"), fallbacks_path);
    }
  else if (node != NULL)
    add_problem (self, path, _ ("this must be a model in quotes, or {primary, fallbacks}"));
}

/* The params of a model; one that names a variable which is not set is left out. */
static JsonObject *
read_params (Reader *self, JsonObject *entry, const char *path)
{
  JsonObject *written = get_object (self, entry, path, "params");
  g_autofree char *params_path = ocg_config_path_join (path, "params");
  g_autoptr (JsonObject) expanded = written != NULL ? json_object_new () : NULL;
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  if (written != NULL)
    json_object_iter_init_ordered (&iter, written);
  while (written != NULL && json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *value_path = ocg_config_path_join (params_path, name);
      guint n_problems = ocg_problems_get_n (self->problems);
      g_autoptr (JsonNode) copy = expand_node (self, value, value_path);

      if (ocg_problems_get_n (self->problems) == n_problems)
        json_object_set_member (expanded, name, g_steal_pointer (&copy));
    }
  return ocg_model_params_read (expanded, json_object_get_member (entry, "streaming"), path,
                                self->problems);
}

static void
read_model_entries (Reader *self, JsonObject *defaults)
{
  JsonObject *models = get_object (self, defaults, "agents.defaults", "models");
  JsonObjectIter iter;
  const char *ref = NULL;
  JsonNode *value = NULL;

  self->out->has_allowlist = models != NULL;
  if (models == NULL)
    return;

  json_object_iter_init_ordered (&iter, models);
  while (json_object_iter_next_ordered (&iter, &ref, &value))
    {
      g_autofree char *path = ocg_config_path_join ("agents.defaults.models", ref);
      JsonObject *object = get_object (self, models, "agents.defaults.models", ref);
      if (object == NULL)
        continue;
      OcgModelEntry *entry = g_new0 (OcgModelEntry, 1);
      entry->ref = g_strdup (ref);
      entry->alias = get_string (self, object, path, "alias");
      entry->params = read_params (self, object, path);
      g_ptr_array_add (self->out->model_entries, entry);
    }
}

static void
read_timeout (Reader *self, JsonObject *defaults)
{
  JsonNode *node = json_object_get_member (defaults, "timeoutSeconds");
  if (node == NULL)
    return;

  GType type = json_node_get_value_type (node);
  double seconds
      = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : 0;
  if (seconds > 0) /* not for NaN */
    self->out->timeout_seconds = (guint) ceil (MIN (seconds, G_MAXINT / 1000));
  else
    add_problem (self, "agents.defaults.timeoutSeconds",
                 _ ("this must be a number of seconds, more than 0"));
}

static void
read_thinking (Reader *self, JsonObject *defaults)
{
  static const char *const levels[]
      = { "off", "minimal", "low", "medium", "high", "xhigh", "adaptive", NULL };
  g_autofree char *level = get_string (self, defaults, "agents.defaults", "thinkingDefault");

  if (level != NULL && g_strv_contains (levels, level))
    self->out->thinking_default = g_steal_pointer (&level);
  else if (level != NULL)
    add_problem (self, "agents.defaults.thinkingDefault",
                 _ ("this must be one of off, minimal, low, medium, high, xhigh, adaptive"));
}

static void
read_agents (Reader *self, JsonObject *root)
{
  JsonObject *agents = get_object (self, root, NULL, "agents");
  JsonObject *defaults = get_object (self, agents, "agents", "defaults");
  if (defaults == NULL)
    return;

  read_model (self, defaults, "model", &self->out->primary, &self->out->fallbacks);
  read_model (self, defaults, "imageModel", &self->out->image_primary, &self->out->image_fallbacks);
  read_model_entries (self, defaults);
  read_timeout (self, defaults);
  read_thinking (self, defaults);
}

static void
read_models (Reader *self, OcgConfigTree *tree, JsonObject *root)
{
  JsonObject *models = get_object (self, root, NULL, "models");
  JsonObject *providers = get_object (self, models, "models", "providers");
  JsonObjectIter iter;
  const char *id = NULL;
  JsonNode *value = NULL;

  if (models != NULL)
    {
      g_autofree char *mode = get_string (self, models, "models", "mode");
      self->out->replace = g_strcmp0 (mode, "replace") == 0;
      if (mode != NULL && !self->out->replace && !g_str_equal (mode, "merge"))
        add_problem (self, "models.mode", _ ("this must be “merge” or “replace”"));
    }
  if (providers == NULL)
    return;

  g_autoptr (JsonObject) expanded = json_object_new ();
  json_object_iter_init_ordered (&iter, providers);
  while (json_object_iter_next_ordered (&iter, &id, &value))
    {
      g_autofree char *path = ocg_config_path_join ("models.providers", id);
      if (get_object (self, providers, "models.providers", id) != NULL)
        json_object_set_member (expanded, id, expand_node (self, value, path));
    }
  g_ptr_array_add (self->out->layers,
                   ocg_provider_layer_new (OCG_LAYER_CONFIG, tree, expanded));
}

static void
read_auth_order (Reader *self, JsonObject *auth)
{
  JsonObject *order = get_object (self, auth, "auth", "order");
  JsonObjectIter iter;
  const char *provider = NULL;
  JsonNode *value = NULL;
  if (order == NULL)
    return;

  json_object_iter_init_ordered (&iter, order);
  while (json_object_iter_next_ordered (&iter, &provider, &value))
    {
      g_autofree char *path = ocg_config_path_join ("auth.order", provider);
      g_auto (GStrv) profiles = take_strings (self, value, path);
      if (!JSON_NODE_HOLDS_ARRAY (value))
        continue;
      JsonArray *array = json_array_new ();
      for (guint i = 0; profiles[i] != NULL; i++)
        json_array_add_string_element (array, profiles[i]);
      json_object_set_array_member (self->out->auth_order, provider, array);
    }
}

/* Whether provider and mode are what they have to be. */
static gboolean
check_profile (Reader *self, JsonObject *profile, const char *path)
{
  static const char *const modes[] = { "api_key", "oauth", "token", NULL };
  g_autofree char *provider = get_string (self, profile, path, "provider");
  g_autofree char *mode = get_string (self, profile, path, "mode");
  g_autofree char *provider_path = ocg_config_path_join (path, "provider");
  g_autofree char *mode_path = ocg_config_path_join (path, "mode");

  if (provider == NULL && !json_object_has_member (profile, "provider"))
    add_problem (self, provider_path, _ ("this must name the provider"));
  if (mode != NULL && !g_strv_contains (modes, mode))
    {
      add_problem (self, mode_path, _ ("this must be one of api_key, oauth, token"));
      return FALSE;
    }
  return provider != NULL;
}

static void
read_auth_profiles (Reader *self, JsonObject *auth)
{
  JsonObject *profiles = get_object (self, auth, "auth", "profiles");
  JsonObjectIter iter;
  const char *id = NULL;
  JsonNode *value = NULL;
  if (profiles == NULL)
    return;

  json_object_iter_init_ordered (&iter, profiles);
  while (json_object_iter_next_ordered (&iter, &id, &value))
    {
      g_autofree char *path = ocg_config_path_join ("auth.profiles", id);
      JsonObject *profile = get_object (self, profiles, "auth.profiles", id);
      if (profile != NULL && check_profile (self, profile, path))
        json_object_set_member (self->out->auth_profiles, id, expand_node (self, value, path));
    }
}

OcgSettings *
ocg_settings_new (const OcgSettingsSources *sources, OcgProblems *problems)
{
  OcgConfigTree *tree = sources->files != NULL ? sources->files->config : NULL;
  JsonNode *root = tree != NULL ? ocg_config_tree_get_root (tree) : NULL;
  JsonObject *object = root != NULL ? json_node_get_object (root) : NULL;
  OcgSettings *out = g_new0 (OcgSettings, 1);
  Reader reader = { out, problems };

  out->ref_count = 1;
  out->fallbacks = g_new0 (char *, 1);
  out->image_fallbacks = g_new0 (char *, 1);
  out->model_entries = g_ptr_array_new_with_free_func ((GDestroyNotify) model_entry_free);
  out->layers = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_provider_layer_free);
  out->auth_order = json_object_new ();
  out->auth_profiles = json_object_new ();

  ocg_problems_set_source (problems, tree);
  read_env (&reader, object, sources->process);
  read_agents (&reader, object);
  read_models (&reader, tree, object);
  JsonObject *auth = get_object (&reader, object, NULL, "auth");
  read_auth_order (&reader, auth);
  read_auth_profiles (&reader, auth);
  return out;
}
