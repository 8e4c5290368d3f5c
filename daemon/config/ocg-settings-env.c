/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Environment variables from all the places that have some. The first that sets a variable counts:
 * the process, .env, the user's env block, the administrator's, the login shell. In a block what
 * stands there directly comes before "vars". */

#include "config.h"

#include "ocg-settings-sections.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ocg-config-path.h"
#include "ocg-dotenv.h"

#define SHELL_ENV_MAX_MS 15000

/* One that a block sets. */
typedef struct
{
  const char *name;
  const char *value;
  char *path;
  OcgConfigTree *tree;
  gboolean refers; /* to other variables */
} Variable;

typedef struct
{
  OcgSettings *out;
  OcgProblems *problems;
  GArray *variables; /* of Variable, the first that can be used counts */
  GHashTable *added; /* name -> value */
} EnvReader;

static void
variable_clear (gpointer data)
{
  g_free (((Variable *) data)->path);
}

static void
collect (EnvReader *self, OcgConfigTree *tree, JsonObject *block, const char *block_path)
{
  gboolean is_env = g_str_equal (block_path, "env");
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  if (block == NULL)
    return;
  json_object_iter_init_ordered (&iter, block);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      Variable variable = { name, NULL, NULL, tree, FALSE };

      if (is_env && (g_str_equal (name, "vars") || g_str_equal (name, "shellEnv")))
        continue;
      variable.path = ocg_config_path_join (block_path, name);
      if (json_node_get_value_type (node) == G_TYPE_STRING)
        variable.value = json_node_get_string (node);
      else
        ocg_problems_add (self->problems, OCG_SEVERITY_ERROR, variable.path,
                          _ ("this must be text in quotes"), NULL);
      if (variable.value == NULL || *variable.value == '\0')
        {
          variable_clear (&variable);
          continue;
        }
      variable.refers = strchr (variable.value, '$') != NULL;
      g_array_append_val (self->variables, variable);
    }
}

static void
read_shell_env (EnvReader *self, OcgSettingsReader *reader, JsonObject *env)
{
  static const OcgNumberRule rule
      = { 0, INFINITY, TRUE, FALSE, N_ ("this must be a number of milliseconds, more than 0") };
  JsonObject *shell = ocg_settings_reader_get_object (reader, env, "env", "shellEnv");
  double timeout = 0;

  ocg_settings_reader_get_boolean (reader, shell, "env.shellEnv", "enabled",
                                   &self->out->shell_env_enabled);
  if (ocg_settings_reader_get_number (reader, shell, "env.shellEnv", "timeoutMs", &rule, &timeout))
    self->out->shell_env_timeout_ms = (guint) ceil (MIN (timeout, SHELL_ENV_MAX_MS));
}

static void
read_block (EnvReader *self, OcgConfigTree *tree)
{
  OcgSettingsReader reader = { NULL, self->problems, tree };
  JsonObject *env = NULL;

  ocg_problems_set_source (self->problems, tree);
  env = ocg_settings_reader_get_object (&reader, ocg_settings_root (tree), NULL, "env");
  collect (self, tree, env, "env");
  collect (self, tree, ocg_settings_reader_get_object (&reader, env, "env", "vars"), "env.vars");
}

static void
read_shell_env_of (EnvReader *self, OcgConfigTree *tree)
{
  OcgSettingsReader reader = { NULL, self->problems, tree };
  JsonObject *root = ocg_settings_root (tree);
  JsonNode *env = root != NULL ? json_object_get_member (root, "env") : NULL;

  ocg_problems_set_source (self->problems, tree);
  if (env != NULL && JSON_NODE_HOLDS_OBJECT (env))
    read_shell_env (self, &reader, json_node_get_object (env));
}

static void
read_dotenv (EnvReader *self, OcgConfigFiles *files)
{
  g_autoptr (GArray) faults = g_array_new (FALSE, FALSE, sizeof (OcgDotenvProblem));
  g_autoptr (GHashTable) variables = NULL;
  GHashTableIter iter;
  gpointer name = NULL, value = NULL;

  if (files->dotenv == NULL)
    return;
  variables = ocg_dotenv_parse (files->dotenv, faults);
  g_hash_table_iter_init (&iter, variables);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (*(const char *) value != '\0')
      g_hash_table_insert (self->added, g_strdup (name), g_strdup (value));
  for (guint i = 0; i < faults->len; i++)
    {
      const OcgDotenvProblem *fault = &g_array_index (faults, OcgDotenvProblem, i);

      ocg_problems_add_at (self->problems, OCG_SEVERITY_WARNING, files->dotenv_path, fault->line,
                           fault->column, "", ocg_dotenv_fault_describe (fault->fault), NULL);
    }
}

/* Those that refer to no other, as long as nothing that comes before them has the name. */
static void
add_plain (EnvReader *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->variables->len; i++)
    {
      const Variable *variable = &g_array_index (self->variables, Variable, i);

      if (g_hash_table_add (seen, (gpointer) variable->name) && !variable->refers
          && !g_hash_table_contains (self->added, variable->name))
        g_hash_table_insert (self->added, g_strdup (variable->name), g_strdup (variable->value));
    }
}

static void
add_shell (GHashTable *variables, const char *const *shell)
{
  for (guint i = 0; shell != NULL && shell[i] != NULL; i++)
    {
      const char *equals = strchr (shell[i], '=');
      g_autofree char *name
          = equals != NULL ? g_strndup (shell[i], (gsize) (equals - shell[i])) : NULL;

      if (name != NULL && equals[1] != '\0' && !g_hash_table_contains (variables, name))
        g_hash_table_insert (variables, g_steal_pointer (&name), g_strdup (equals + 1));
    }
}

static void
add_referring (EnvReader *self, const Variable *variable, OcgEnvironment *known)
{
  g_autofree char *missing = NULL;
  char *value = ocg_environment_expand (known, variable->value, &missing);

  if (value != NULL)
    {
      g_hash_table_insert (self->added, g_strdup (variable->name), value);
      return;
    }
  ocg_problems_set_source (self->problems, variable->tree);
  ocg_problems_add_missing_variable (self->problems, OCG_SEVERITY_WARNING, variable->path, missing);
}

static void
wipe (gpointer value)
{
  explicit_bzero (value, strlen (value));
  g_free (value);
}

static GHashTable *
variables_copy (GHashTable *variables)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, wipe);
  GHashTableIter iter;
  gpointer name = NULL, value = NULL;

  g_hash_table_iter_init (&iter, variables);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (copy, g_strdup (name), g_strdup (value));
  return copy;
}

/* Those that refer to others may refer to what the shell sets, which they come before; not to each
 * other, so that there are no circles. */
static void
resolve (EnvReader *self, const OcgSettingsSources *sources)
{
  g_autoptr (OcgEnvironment) process = ocg_environment_new (sources->process, NULL);
  g_autoptr (OcgEnvironment) known = NULL;
  g_autoptr (GHashTable) with_shell = NULL;
  /* It may have been asked before somebody switched that off. */
  const char *const *shell = self->out->shell_env_enabled ? sources->shell : NULL;

  add_plain (self);
  with_shell = variables_copy (self->added);
  add_shell (with_shell, shell);
  known = ocg_environment_new (sources->process, with_shell);
  for (guint i = 0; i < self->variables->len; i++)
    {
      const Variable *variable = &g_array_index (self->variables, Variable, i);

      if (ocg_environment_get (process, variable->name) != NULL
          || g_hash_table_contains (self->added, variable->name))
        continue;
      add_referring (self, variable, known);
    }
  add_shell (self->added, shell);
}

void
ocg_settings_read_env (OcgSettings *out, const OcgSettingsSources *sources, OcgProblems *problems)
{
  EnvReader self = { out, problems, NULL, NULL };

  out->shell_env_timeout_ms = SHELL_ENV_MAX_MS;
  self.variables = g_array_new (FALSE, FALSE, sizeof (Variable));
  g_array_set_clear_func (self.variables, variable_clear);
  self.added = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, wipe);
  if (sources->files != NULL)
    {
      read_dotenv (&self, sources->files);
      read_block (&self, sources->files->config);
      read_block (&self, sources->files->admin_config);
      read_shell_env_of (&self, sources->files->admin_config);
      read_shell_env_of (&self, sources->files->config);
    }
  resolve (&self, sources);
  out->environment = ocg_environment_new (sources->process, self.added);
  g_hash_table_unref (self.added);
  g_array_unref (self.variables);
}
