/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json.h"

#include <gio/gio.h>
#include <string.h>

#include "ocg-json-scan.h"

static char *
dup_scanned (const char *text, gssize length, OcgJsonPurpose purpose, GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autofree char *copy = g_strndup (text, size);

  return ocg_json_scan (&copy, size, OCG_JSON_MAX_DEPTH, purpose, error) ? g_steal_pointer (&copy)
                                                                         : NULL;
}

char *
ocg_json_mend (const char *text, gssize length, GError **error)
{
  return dup_scanned (text, length, OCG_JSON_AS_TEXT, error);
}

char *
ocg_json_mend_for_servers (const char *text, gssize length, GError **error)
{
  return dup_scanned (text, length, OCG_JSON_FOR_SERVERS, error);
}

JsonNode *
ocg_json_parse (const char *text, gssize length, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *mended = dup_scanned (text, length, OCG_JSON_FOR_PARSER, error);
  JsonNode *node = mended != NULL ? json_from_string (mended, &local_error) : NULL;

  if (mended != NULL && node == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s",
                 local_error != NULL ? local_error->message : "empty");
  return node;
}

JsonObject *
ocg_json_parse_object (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonNode) node = ocg_json_parse (text, length, error);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not an object");
      return NULL;
    }
  return json_object_ref (json_node_get_object (node));
}

static JsonNode *
get_member (JsonObject *object, const char *member)
{
  return object != NULL ? json_object_get_member (object, member) : NULL;
}

const char *
ocg_json_get_string (JsonObject *object, const char *member)
{
  JsonNode *node = get_member (object, member);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

JsonObject *
ocg_json_get_object (JsonObject *object, const char *member)
{
  JsonNode *node = get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
ocg_json_get_array (JsonObject *object, const char *member)
{
  JsonNode *node = get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

gboolean
ocg_json_get_double (JsonObject *object, const char *member, double *value)
{
  JsonNode *node = get_member (object, member);
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_double (node);
  return TRUE;
}

gboolean
ocg_json_get_int (JsonObject *object, const char *member, gint64 *value)
{
  double number;

  if (!ocg_json_get_double (object, member, &number))
    return FALSE;
  /* Servers written in JavaScript send 12.0 for 12; NaN fails both comparisons. */
  if (!(number > -9.0e15 && number < 9.0e15))
    return FALSE;
  *value = (gint64) number;
  return TRUE;
}

gboolean
ocg_json_get_boolean (JsonObject *object, const char *member, gboolean *value)
{
  JsonNode *node = get_member (object, member);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;
  *value = json_node_get_boolean (node);
  return TRUE;
}

JsonObject *
ocg_json_array_get_object (JsonArray *array, guint index)
{
  JsonNode *node;

  if (index >= json_array_get_length (array))
    return NULL;
  node = json_array_get_element (array, index);
  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}
