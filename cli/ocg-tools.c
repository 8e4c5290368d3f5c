/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-tools.h"

#include "ocg-conversation.h"
#include "ocg-error.h"
#include "ocg-input.h"
#include "ocg-json-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_SCHEMA_NAME 64

static gboolean
has_value (JsonObject *object, const char *key)
{
  return json_object_has_member (object, key) && !json_object_get_null_member (object, key);
}

static gboolean
fail_at (GError **error, const char *place, const char *key, const char *problem)
{
  g_autofree char *inner = g_strconcat (place, ".", key, NULL);

  return ocg_conversation_fail (error, inner, problem);
}

static gboolean
add_parameters (GVariantBuilder *tool, JsonObject *object, const char *place, GError **error)
{
  /* Ours and OpenAI's, Anthropic's, MCP's. */
  static const char *const keys[] = { "parameters", "input_schema", "inputSchema" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      JsonNode *node = json_object_get_member (object, keys[i]);

      if (!has_value (object, keys[i]))
        continue;
      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_variant_builder_add (tool, "{sv}", "parameters",
                               g_variant_new_string (json_node_get_string (node)));
      else if (JSON_NODE_HOLDS_OBJECT (node))
        g_variant_builder_add (tool, "{sv}", "parameters", g_variant_new_take_string (ocg_json_to_text (node)));
      else
        return fail_at (error, place, keys[i],
                        _ ("must be an object, or a string that holds one."));
      return TRUE;
    }
  return TRUE;
}

/* The function inside of OpenAI's form, with its place; tools that providers run have none. */
static JsonObject *
get_function (JsonNode *node, char **place, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *type = object != NULL ? ocg_json_get_string (object, "type") : NULL;
  JsonObject *function = object != NULL ? ocg_json_get_object (object, "function") : NULL;

  if (object == NULL)
    {
      ocg_conversation_fail (error, *place, _ ("must be an object."));
      return NULL;
    }
  if (type != NULL && !g_str_equal (type, "function") && !g_str_equal (type, "custom"))
    {
      g_autofree char *problem
          /* TRANSLATORS: %s is a kind of tool, such as web_search. */
          = g_strdup_printf (_ ("“%s” is a tool that a provider runs. Only functions can be given "
                                "here."),
                             type);

      fail_at (error, *place, "type", problem);
      return NULL;
    }
  if (function != NULL)
    {
      char *inner = g_strconcat (*place, ".function", NULL);

      g_free (*place);
      *place = inner;
      return function;
    }
  return object;
}

static gboolean
add_tool (GVariantBuilder *tools, JsonNode *node, guint i, GError **error)
{
  g_autofree char *place = g_strdup_printf ("tools[%u]", i);
  JsonObject *object = get_function (node, &place, error);
  const char *name = object != NULL ? ocg_json_get_string (object, "name") : NULL;
  const char *description = object != NULL ? ocg_json_get_string (object, "description") : NULL;

  if (object == NULL)
    return FALSE;
  if (name == NULL)
    return fail_at (error, place, "name",
                    has_value (object, "name") ? _ ("must be a string.") : _ ("is missing."));
  if (description == NULL && has_value (object, "description"))
    return fail_at (error, place, "description", _ ("must be a string."));

  g_variant_builder_open (tools, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (tools, "{sv}", "name", g_variant_new_string (name));
  if (description != NULL)
    g_variant_builder_add (tools, "{sv}", "description", g_variant_new_string (description));
  if (!add_parameters (tools, object, place, error))
    return FALSE;
  g_variant_builder_close (tools);
  return TRUE;
}

GVariant *
ocg_tools_from_json (JsonNode *root, GError **error)
{
  g_auto (GVariantBuilder) tools = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  if (array == NULL)
    {
      ocg_conversation_fail (error, "tools", _ ("must be an array of tools."));
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!add_tool (&tools, json_array_get_element (array, i), i, error))
      return NULL;
  return g_variant_builder_end (&tools);
}

GVariant *
ocg_tools_new_choice (const char *choice)
{
  static const char *const words[] = { "auto", "none", "required", NULL };
  GVariantDict dict;

  if (g_strv_contains (words, choice))
    return g_variant_new_string (choice);
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "name", "s", choice);
  return g_variant_dict_end (&dict);
}

/* What providers take as a name: [A-Za-z0-9_-]{1,64}. */
static char *
make_name (const char *text)
{
  static const char allowed[] = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-";
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *p = text; *p != '\0' && name->len < MAX_SCHEMA_NAME; p++)
    {
      if (strchr (allowed, *p) != NULL)
        g_string_append_c (name, *p);
      else if (name->len > 0 && name->str[name->len - 1] != '_')
        g_string_append_c (name, '_');
    }
  while (name->len > 0 && name->str[name->len - 1] == '_')
    g_string_truncate (name, name->len - 1);
  return name->len > 0 ? g_string_free (g_steal_pointer (&name), FALSE) : NULL;
}

static char *
name_schema (JsonObject *schema, const char *file)
{
  const char *title = ocg_json_get_string (schema, "title");
  g_autofree char *base = g_path_get_basename (file);
  char *dot = strrchr (base, '.');
  char *name = title != NULL ? make_name (title) : NULL;

  if (dot != NULL)
    *dot = '\0';
  if (name == NULL && !ocg_input_is_standard (file))
    name = make_name (base);
  return name != NULL ? name : g_strdup ("answer");
}

static gboolean is_closed (JsonNode *node);

/* Whether the object that @schema describes has all of its properties and no others. */
static gboolean
is_closed_object (JsonObject *schema)
{
  JsonObject *properties = ocg_json_get_object (schema, "properties");
  JsonArray *required = ocg_json_get_array (schema, "required");
  JsonNode *others = json_object_get_member (schema, "additionalProperties");
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) keys = properties != NULL ? json_object_get_members (properties) : NULL;

  if (others == NULL || json_node_get_value_type (others) != G_TYPE_BOOLEAN
      || json_node_get_boolean (others))
    return FALSE;
  for (guint i = 0; required != NULL && i < json_array_get_length (required); i++)
    {
      JsonNode *name = json_array_get_element (required, i);

      if (json_node_get_value_type (name) == G_TYPE_STRING)
        g_hash_table_add (names, (gpointer) json_node_get_string (name));
    }
  for (GList *l = keys; l != NULL; l = l->next)
    if (!g_hash_table_contains (names, l->data)
        || !is_closed (json_object_get_member (properties, l->data)))
      return FALSE;
  return TRUE;
}

/* Whether every object in the schema @node is closed, which providers ask of a strict one: they
 * refuse it otherwise. Schemas inside of others are members of objects or arrays. */
static gboolean
is_closed (JsonNode *node)
{
  JsonObject *schema = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (GList) keys = schema != NULL ? json_object_get_members (schema) : NULL;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (!is_closed (json_array_get_element (array, i)))
          return FALSE;
    }
  if (schema == NULL)
    return TRUE;
  if ((g_strcmp0 (ocg_json_get_string (schema, "type"), "object") == 0
       || ocg_json_get_object (schema, "properties") != NULL)
      && !is_closed_object (schema))
    return FALSE;
  for (GList *l = keys; l != NULL; l = l->next)
    if (!g_str_equal (l->data, "properties")
        && !is_closed (json_object_get_member (schema, l->data)))
      return FALSE;
  return TRUE;
}

GVariant *
ocg_tools_new_response_format (JsonNode *schema, const char *name, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (schema) ? json_node_get_object (schema) : NULL;
  g_autofree char *title = object != NULL ? name_schema (object, name) : NULL;
  GVariantDict format;

  if (object == NULL)
    {
      ocg_conversation_fail (error, ocg_input_describe (name),
                             _ ("a JSON schema must be an object."));
      return NULL;
    }
  g_variant_dict_init (&format, NULL);
  g_variant_dict_insert (&format, "name", "s", title);
  g_variant_dict_insert_value (&format, "schema", g_variant_new_take_string (ocg_json_to_text (schema)));
  g_variant_dict_insert (&format, "strict", "b",
                         is_closed (schema) && ocg_json_get_string (object, "type") != NULL
                             && g_str_equal (ocg_json_get_string (object, "type"), "object"));
  return g_variant_dict_end (&format);
}
