/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-settings-reader.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ocg-config-path.h"
#include "ocg-name-guess.h"

void
ocg_settings_reader_fail (OcgSettingsReader *self, const char *path, const char *what)
{
  ocg_problems_add (self->problems, OCG_SEVERITY_ERROR, path, what, NULL);
}

static JsonNode *
get_member (JsonObject *parent, const char *name)
{
  return parent != NULL ? json_object_get_member (parent, name) : NULL;
}

JsonObject *
ocg_settings_reader_get_object (OcgSettingsReader *self, JsonObject *parent,
                                const char *parent_path, const char *name)
{
  JsonNode *node = get_member (parent, name);
  g_autofree char *path = NULL;

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  path = ocg_config_path_join (parent_path, name);
  ocg_settings_reader_fail (self, path, _ ("this must be an object, “{ … }”"));
  return NULL;
}

/* NULL when a variable is missing. */
static char *
expand (OcgSettingsReader *self, OcgSeverity severity, const char *text, const char *path)
{
  g_autofree char *missing = NULL;
  char *result = NULL;

  if (self->environment == NULL)
    return g_strdup (text);
  result = ocg_environment_expand (self->environment, text, &missing);
  if (result == NULL)
    ocg_problems_add_missing_variable (self->problems, severity, path, missing);
  if (result == NULL && self->missing != NULL)
    g_hash_table_insert (self->missing, g_strdup (path), g_steal_pointer (&missing));
  return result;
}

char *
ocg_settings_reader_take_string (OcgSettingsReader *self, JsonNode *node, const char *path)
{
  g_autofree char *text = NULL;

  if (json_node_get_value_type (node) != G_TYPE_STRING)
    {
      ocg_settings_reader_fail (self, path, _ ("this must be text in quotes"));
      return NULL;
    }
  text = expand (self, OCG_SEVERITY_ERROR, json_node_get_string (node), path);
  if (text == NULL || *g_strstrip (text) == '\0')
    return NULL;
  return g_steal_pointer (&text);
}

char *
ocg_settings_reader_get_string (OcgSettingsReader *self, JsonObject *parent,
                                const char *parent_path, const char *name)
{
  JsonNode *node = get_member (parent, name);
  g_autofree char *path = node != NULL ? ocg_config_path_join (parent_path, name) : NULL;

  return node != NULL ? ocg_settings_reader_take_string (self, node, path) : NULL;
}

GStrv
ocg_settings_reader_take_strings (OcgSettingsReader *self, JsonNode *node, const char *path)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  JsonArray *array = NULL;

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      ocg_settings_reader_fail (self, path, _ ("this must be a list, “[ … ]”"));
      return NULL;
    }
  builder = g_strv_builder_new ();
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *item_path = ocg_config_path_join_index (path, i);
      g_autofree char *item = ocg_settings_reader_take_string (
          self, json_array_get_element (array, i), item_path);

      if (item != NULL)
        g_strv_builder_add (builder, item);
    }
  return g_strv_builder_end (builder);
}

static gboolean
is_blank (JsonNode *node)
{
  const char *text
      = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "?";

  return text[strspn (text, " \t\r\n")] == '\0';
}

const char *
ocg_settings_reader_get_choice (OcgSettingsReader *self, JsonObject *parent,
                                const char *parent_path, const char *name,
                                const char *const *choices, const char *wanted)
{
  JsonNode *node = get_member (parent, name);
  g_autofree char *path = node != NULL ? ocg_config_path_join (parent_path, name) : NULL;
  g_autofree char *text
      = node != NULL ? ocg_settings_reader_take_string (self, node, path) : NULL;

  if (text == NULL)
    {
      if (node != NULL && is_blank (node))
        ocg_settings_reader_fail (self, path, wanted);
      return NULL;
    }
  for (guint i = 0; choices[i] != NULL; i++)
    if (g_str_equal (choices[i], text))
      return choices[i];
  ocg_problems_add (self->problems, OCG_SEVERITY_ERROR, path, wanted,
                    ocg_name_guess (text, choices));
  return NULL;
}

gboolean
ocg_settings_reader_get_boolean (OcgSettingsReader *self, JsonObject *parent,
                                 const char *parent_path, const char *name, gboolean *value)
{
  JsonNode *node = get_member (parent, name);
  g_autofree char *path = NULL;

  if (node == NULL)
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    {
      *value = json_node_get_boolean (node);
      return TRUE;
    }
  path = ocg_config_path_join (parent_path, name);
  ocg_settings_reader_fail (self, path, _ ("this must be true or false"));
  return FALSE;
}

gboolean
ocg_settings_reader_take_number (OcgSettingsReader *self, JsonNode *node, const char *path,
                                 const OcgNumberRule *rule, double *value)
{
  GType type = json_node_get_value_type (node);
  double number
      = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : (double) NAN;

  /* Written so that NaN fails. */
  if (number >= rule->min && number <= rule->max && !(rule->above_min && number <= rule->min)
      && (!rule->whole || floor (number) >= number))
    {
      *value = number;
      return TRUE;
    }
  ocg_settings_reader_fail (self, path, _ (rule->wanted));
  return FALSE;
}

gboolean
ocg_settings_reader_get_number (OcgSettingsReader *self, JsonObject *parent,
                                const char *parent_path, const char *name,
                                const OcgNumberRule *rule, double *value)
{
  JsonNode *node = get_member (parent, name);
  g_autofree char *path = node != NULL ? ocg_config_path_join (parent_path, name) : NULL;

  return node != NULL && ocg_settings_reader_take_number (self, node, path, rule, value);
}

/* Without it a provider is still there. */
static gboolean
is_about_secret (const char *path)
{
  return g_str_has_suffix (path, ".apiKey") || strstr (path, ".headers.") != NULL
         || strstr (path, ".headers[") != NULL;
}

static JsonNode *
expand_string (OcgSettingsReader *self, JsonNode *node, const char *path, gboolean *complete)
{
  const char *text = json_node_get_string (node);
  g_autofree char *expanded = NULL;

  if (strchr (text, '$') == NULL)
    return json_node_copy (node);
  expanded = expand (self, is_about_secret (path) ? OCG_SEVERITY_WARNING : OCG_SEVERITY_ERROR, text,
                     path);
  if (expanded != NULL)
    return json_node_init_string (json_node_alloc (), expanded);
  if (complete != NULL)
    *complete = FALSE;
  return json_node_copy (node);
}

static JsonNode *
expand_object (OcgSettingsReader *self, JsonObject *object, const char *path, gboolean *complete)
{
  g_autoptr (JsonObject) copy = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *member_path = ocg_config_path_join (path, name);

      json_object_set_member (copy, name,
                              ocg_settings_reader_expand (self, value, member_path, complete));
    }
  return json_node_init_object (json_node_alloc (), copy);
}

JsonNode *
ocg_settings_reader_expand (OcgSettingsReader *self, JsonNode *node, const char *path,
                            gboolean *complete)
{
  g_autoptr (JsonArray) copy = NULL;
  JsonArray *array = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return expand_object (self, json_node_get_object (node), path, complete);
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return expand_string (self, node, path, complete);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return json_node_copy (node);
  copy = json_array_new ();
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *item_path = ocg_config_path_join_index (path, i);

      json_array_add_element (
          copy, ocg_settings_reader_expand (self, json_array_get_element (array, i), item_path,
                                            complete));
    }
  return json_node_init_array (json_node_alloc (), copy);
}
