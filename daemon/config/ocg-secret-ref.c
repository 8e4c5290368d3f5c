/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-secret-ref.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ocg-config-path.h"
#include "ocg-environment.h"

#define MANAGED "secretref-managed"
#define ENV_PREFIX "secretref-env:"

/* "${NAME}", or NULL when @text is not the name of a variable. */
static char *
make_reference (const char *text)
{
  g_autofree char *reference = g_strdup_printf ("${%s}", text);

  return ocg_environment_is_reference (reference) ? g_steal_pointer (&reference) : NULL;
}

gboolean
ocg_secret_ref_is_marker (const char *text)
{
  g_autofree char *reference = strchr (text, '_') != NULL ? make_reference (text) : NULL;

  return g_str_equal (text, MANAGED) || g_str_has_prefix (text, ENV_PREFIX) || reference != NULL;
}

/* What takes the place of one value: (transfer full) (nullable) NULL leaves it out. */
typedef JsonNode *(*ReplaceFunc) (JsonNode *node, const char *path, OcgProblems *problems);

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : "";
}

static JsonNode *
replace_object (JsonNode *node, const char *path, OcgProblems *problems)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *reference = NULL;
  const char *source = NULL;

  if (object == NULL)
    return json_node_copy (node);
  source = get_text (object, "source");
  if (g_str_equal (source, "env"))
    reference = make_reference (get_text (object, "id"));
  if (reference != NULL)
    return json_node_init_string (json_node_alloc (), reference);
  if (g_str_equal (source, "file") || g_str_equal (source, "exec"))
    ocg_problems_add (problems, OCG_SEVERITY_WARNING, path,
                      _ ("secrets from files and programs are not supported and left out; store "
                         "the key with “openclawctl models auth paste-token”"),
                      NULL);
  else
    ocg_problems_add (problems, OCG_SEVERITY_ERROR, path,
                      _ ("this must be text in quotes, or {source: \"env\", id: \"NAME\"}"), NULL);
  return NULL;
}

static JsonNode *
drop_marker (JsonNode *node, const char *path, OcgProblems *problems)
{
  gboolean is_text = json_node_get_value_type (node) == G_TYPE_STRING;

  return is_text && ocg_secret_ref_is_marker (json_node_get_string (node)) ? NULL
                                                                           : json_node_copy (node);
}

static void
put (JsonObject *copy, const char *name, JsonNode *value)
{
  if (value != NULL)
    json_object_set_member (copy, name, value);
}

static JsonNode *
change_headers (JsonNode *node, const char *path, ReplaceFunc replace, OcgProblems *problems)
{
  g_autoptr (JsonObject) copy = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return json_node_copy (node);
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *header_path = ocg_config_path_join (path, name);

      put (copy, name, replace (value, header_path, problems));
    }
  return json_node_init_object (json_node_alloc (), copy);
}

static JsonNode *change_entry (JsonNode *entry, const char *path, ReplaceFunc replace,
                               OcgProblems *problems);

static JsonNode *
change_models (JsonNode *node, const char *path, ReplaceFunc replace, OcgProblems *problems)
{
  g_autoptr (JsonArray) copy = json_array_new ();
  JsonArray *array = NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return json_node_copy (node);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *model = json_array_get_element (array, i);
      g_autofree char *model_path = ocg_config_path_join_index (path, i);

      json_array_add_element (copy, JSON_NODE_HOLDS_OBJECT (model)
                                        ? change_entry (model, model_path, replace, problems)
                                        : json_node_copy (model));
    }
  return json_node_init_array (json_node_alloc (), copy);
}

/* Of a provider or of one of its models. */
static JsonNode *
change_entry (JsonNode *entry, const char *path, ReplaceFunc replace, OcgProblems *problems)
{
  g_autoptr (JsonObject) copy = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  json_object_iter_init_ordered (&iter, json_node_get_object (entry));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *member_path = ocg_config_path_join (path, name);

      if (g_str_equal (name, "apiKey"))
        put (copy, name, replace (value, member_path, problems));
      else if (g_str_equal (name, "headers"))
        put (copy, name, change_headers (value, member_path, replace, problems));
      else if (g_str_equal (name, "models"))
        put (copy, name, change_models (value, member_path, replace, problems));
      else
        json_object_set_member (copy, name, json_node_copy (value));
    }
  return json_node_init_object (json_node_alloc (), copy);
}

JsonNode *
ocg_secret_ref_to_variables (JsonNode *entry, const char *path, OcgProblems *problems)
{
  return change_entry (entry, path, replace_object, problems);
}

JsonNode *
ocg_secret_ref_drop_markers (JsonNode *entry)
{
  return change_entry (entry, "", drop_marker, NULL);
}
