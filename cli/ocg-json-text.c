/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-json-text.h"

#include "ocg-json-reader.h"

#include <gio/gio.h>
#include <math.h>

/* Of what the gateway sends: JSON as deep as it takes is wrapped in some more. */
#define MAX_DEPTH (2 * OCG_JSON_MAX_DEPTH)

static gboolean
holds_json (const char *name)
{
  return g_str_equal (name, "arguments") || g_str_equal (name, "parameters")
         || g_str_equal (name, "schema");
}

/* The object that @text holds, or NULL. */
static JsonNode *
parse_object (const char *text)
{
  g_autoptr (JsonNode) node = ocg_json_parse (text, strlen (text), NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

static JsonNode *
node_from_dict (GVariant *dict)
{
  g_autoptr (JsonObject) object = json_object_new ();

  for (gsize i = 0; i < g_variant_n_children (dict); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (dict, i);
      g_autoptr (GVariant) key = g_variant_get_child_value (entry, 0);
      g_autoptr (GVariant) boxed = g_variant_get_child_value (entry, 1);
      g_autoptr (GVariant) value = g_variant_is_of_type (boxed, G_VARIANT_TYPE_VARIANT)
                                       ? g_variant_get_variant (boxed)
                                       : g_variant_ref (boxed);
      const char *name = g_variant_get_string (key, NULL);
      JsonNode *node = NULL;

      if (holds_json (name) && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
        node = parse_object (g_variant_get_string (value, NULL));
      json_object_set_member (object, name, node != NULL ? node : ocg_json_from_variant (value));
    }
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
node_from_container (GVariant *value)
{
  g_autoptr (JsonArray) array = json_array_new ();

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
    {
      gsize length = 0;
      const guchar *bytes = g_variant_get_fixed_array (value, &length, 1);
      g_autofree char *text = g_base64_encode (bytes, length);

      return json_node_init_string (json_node_alloc (), text);
    }
  if (g_variant_is_of_type (value, G_VARIANT_TYPE ("a{s*}")))
    return node_from_dict (value);

  for (gsize i = 0; i < g_variant_n_children (value); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (value, i);

      json_array_add_element (array, ocg_json_from_variant (child));
    }
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
node_from_unsigned (guint64 number)
{
  if (number > G_MAXINT64)
    return json_node_init_double (json_node_alloc (), (double) number);
  return json_node_init_int (json_node_alloc (), (gint64) number);
}

JsonNode *
ocg_json_from_variant (GVariant *value)
{
  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_BOOLEAN:
      return json_node_init_boolean (json_node_alloc (), g_variant_get_boolean (value));
    case G_VARIANT_CLASS_BYTE:
      return json_node_init_int (json_node_alloc (), g_variant_get_byte (value));
    case G_VARIANT_CLASS_INT16:
      return json_node_init_int (json_node_alloc (), g_variant_get_int16 (value));
    case G_VARIANT_CLASS_UINT16:
      return json_node_init_int (json_node_alloc (), g_variant_get_uint16 (value));
    case G_VARIANT_CLASS_INT32:
      return json_node_init_int (json_node_alloc (), g_variant_get_int32 (value));
    case G_VARIANT_CLASS_UINT32:
      return json_node_init_int (json_node_alloc (), g_variant_get_uint32 (value));
    case G_VARIANT_CLASS_INT64:
      return json_node_init_int (json_node_alloc (), g_variant_get_int64 (value));
    case G_VARIANT_CLASS_UINT64:
      return node_from_unsigned (g_variant_get_uint64 (value));
    case G_VARIANT_CLASS_DOUBLE:
      return json_node_init_double (json_node_alloc (), g_variant_get_double (value));
    case G_VARIANT_CLASS_STRING:
    case G_VARIANT_CLASS_OBJECT_PATH:
    case G_VARIANT_CLASS_SIGNATURE:
      return json_node_init_string (json_node_alloc (), g_variant_get_string (value, NULL));
    case G_VARIANT_CLASS_VARIANT:
      {
        g_autoptr (GVariant) inner = g_variant_get_variant (value);

        return ocg_json_from_variant (inner);
      }
    case G_VARIANT_CLASS_ARRAY:
    case G_VARIANT_CLASS_TUPLE:
      return node_from_container (value);
    case G_VARIANT_CLASS_HANDLE:
    case G_VARIANT_CLASS_MAYBE:
    case G_VARIANT_CLASS_DICT_ENTRY:
    default:
      return json_node_init_null (json_node_alloc ());
    }
}

JsonNode *
ocg_json_parse (const char *text, gsize length, GError **error)
{
  g_autofree char *copy = g_strndup (text, length);
  g_autoptr (GError) local_error = NULL;
  JsonNode *root = NULL;

  if (g_utf8_validate_len (text, length, NULL))
    root = ocg_json_read (copy, length, MAX_DEPTH, &local_error);
  if (root == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         local_error != NULL ? local_error->message : "no UTF-8 text");
  return root;
}

void
ocg_json_expand_arguments (JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *text = NULL;
      JsonNode *node = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        continue;
      text = ocg_json_get_string (json_node_get_object (element), "arguments");
      node = text != NULL ? parse_object (text) : NULL;
      if (node != NULL)
        json_object_set_member (json_node_get_object (element), "arguments", node);
    }
}

static void
append_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_printf (out, "\\%c", *p);
      else if (*p == '\n')
        g_string_append (out, "\\n");
      else if (*p == '\t')
        g_string_append (out, "\\t");
      else if (*p == '\r')
        g_string_append (out, "\\r");
      else if ((guchar) *p < 0x20 || *p == 0x7f)
        g_string_append_printf (out, "\\u%04x", (guint) (guchar) *p);
      else
        g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

static void
append_double (GString *out, double number)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    {
      g_string_append (out, "null");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (buffer, sizeof buffer, formats[i], number);
      if (g_ascii_strtod (buffer, NULL) == number)
        break;
    }
  g_string_append (out, buffer);
}

static void
append_break (GString *out, int depth)
{
  if (depth < 0)
    return;
  g_string_append_c (out, '\n');
  for (int i = 0; i < depth; i++)
    g_string_append (out, "  ");
}

static void
append_value (GString *out, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_INT64)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (type == G_TYPE_DOUBLE)
    append_double (out, json_node_get_double (node));
  else
    append_string (out, json_node_get_string (node));
}

static void append_node (GString *out, JsonNode *node, int depth);

static void
append_array (GString *out, JsonArray *array, int depth)
{
  guint length = json_array_get_length (array);
  int inner = depth < 0 ? depth : depth + 1;

  g_string_append_c (out, '[');
  for (guint i = 0; i < length; i++)
    {
      append_break (out, inner);
      append_node (out, json_array_get_element (array, i), inner);
      if (i + 1 < length)
        g_string_append_c (out, ',');
    }
  append_break (out, length > 0 ? depth : -1);
  g_string_append_c (out, ']');
}

static void
append_object (GString *out, JsonObject *object, int depth)
{
  g_autoptr (GList) names = json_object_get_members (object);
  int inner = depth < 0 ? depth : depth + 1;

  g_string_append_c (out, '{');
  for (GList *l = names; l != NULL; l = l->next)
    {
      append_break (out, inner);
      append_string (out, l->data);
      g_string_append (out, depth < 0 ? ":" : ": ");
      append_node (out, json_object_get_member (object, l->data), inner);
      if (l->next != NULL)
        g_string_append_c (out, ',');
    }
  append_break (out, names != NULL ? depth : -1);
  g_string_append_c (out, '}');
}

/* @depth: how far the line is indented; -1: everything on one line. */
static void
append_node (GString *out, JsonNode *node, int depth)
{
  if (JSON_NODE_HOLDS_NULL (node))
    g_string_append (out, "null");
  else if (JSON_NODE_HOLDS_VALUE (node))
    append_value (out, node);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    append_array (out, json_node_get_array (node), depth);
  else
    append_object (out, json_node_get_object (node), depth);
}

void
ocg_json_append (GString *out, JsonNode *node, gboolean pretty)
{
  append_node (out, node, pretty ? 0 : -1);
}

char *
ocg_json_to_text (JsonNode *node)
{
  GString *text = g_string_new (NULL);

  ocg_json_append (text, node, FALSE);
  return g_string_free (text, FALSE);
}

const char *
ocg_json_get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

JsonObject *
ocg_json_get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
ocg_json_get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}
