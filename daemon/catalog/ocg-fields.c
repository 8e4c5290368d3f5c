/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-fields.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ocg-error.h"

/* Every whole number up to here is exact in a double. */
#define MAX_COUNT (G_GUINT64_CONSTANT (1) << 53)

void
ocg_fields_fail (OcgFields *self, const char *name, const char *message)
{
  if (self->error != NULL)
    return;
  g_set_error (&self->error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID, "%s%s%s: %s", self->path,
               *self->path != '\0' ? "." : "", name, message);
}

gboolean
ocg_fields_finish (OcgFields *self, GError **error)
{
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

static JsonNode *
get_value (OcgFields *self, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (self->json, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type
             ? node
             : NULL;
}

char *
ocg_fields_dup_string (OcgFields *self, const char *name, const char *fallback)
{
  JsonNode *node = get_value (self, name, G_TYPE_STRING);

  if (node != NULL)
    return json_node_dup_string (node);
  if (json_object_has_member (self->json, name))
    ocg_fields_fail (self, name, _ ("this must be text in quotes"));
  return g_strdup (fallback);
}

gboolean
ocg_fields_get_boolean (OcgFields *self, const char *name, gboolean fallback)
{
  JsonNode *node = get_value (self, name, G_TYPE_BOOLEAN);

  if (node != NULL)
    return json_node_get_boolean (node);
  if (json_object_has_member (self->json, name))
    ocg_fields_fail (self, name, _ ("this must be true or false"));
  return fallback;
}

/* NAN when there is no number. */
static double
get_number (OcgFields *self, const char *name)
{
  JsonNode *node = get_value (self, name, G_TYPE_INT64);

  if (node == NULL)
    node = get_value (self, name, G_TYPE_DOUBLE);
  return node != NULL ? json_node_get_double (node) : (double) NAN;
}

guint64
ocg_fields_get_count (OcgFields *self, const char *name, guint64 fallback)
{
  double value = get_number (self, name);

  if (value >= 1 && value <= (double) MAX_COUNT && floor (value) >= value)
    return (guint64) value;
  if (json_object_has_member (self->json, name))
    ocg_fields_fail (self, name, _ ("this must be a whole number, more than 0"));
  return fallback;
}

double
ocg_fields_get_price (OcgFields *self, const char *name, double fallback)
{
  double value = get_number (self, name);

  if (isfinite (value) && value >= 0)
    return value;
  if (json_object_has_member (self->json, name))
    ocg_fields_fail (self, name, _ ("this must be a number, 0 or more"));
  return fallback;
}

JsonObject *
ocg_fields_get_object (OcgFields *self, const char *name)
{
  JsonNode *node = json_object_get_member (self->json, name);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  if (node != NULL)
    ocg_fields_fail (self, name, _ ("this must be an object, “{ … }”"));
  return NULL;
}

JsonArray *
ocg_fields_get_array (OcgFields *self, const char *name)
{
  JsonNode *node = json_object_get_member (self->json, name);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  if (node != NULL)
    ocg_fields_fail (self, name, _ ("this must be a list, “[ … ]”"));
  return NULL;
}

GStrv
ocg_fields_dup_strings (OcgFields *self, const char *name, const char *const *fallback)
{
  JsonArray *array = ocg_fields_get_array (self, name);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (array == NULL)
    return g_strdupv ((GStrv) fallback);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
      else
        ocg_fields_fail (self, name, _ ("this must be a list of text in quotes"));
    }
  return g_strv_builder_end (builder);
}

char *
ocg_fields_find_variable (const char *text)
{
  for (const char *start = strstr (text, "${"); start != NULL; start = strstr (start + 2, "${"))
    {
      gsize length = strspn (start + 2, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");

      if (length > 0 && start[2 + length] == '}' && !g_ascii_isdigit (start[2]))
        return g_strndup (start + 2, length);
    }
  return NULL;
}

/* A token of RFC 9110. */
static gboolean
is_header_name (const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("!#$%&'*+-.^_`|~", *p) == NULL)
      return FALSE;
  return *name != '\0';
}

/* A line break would let a value add headers of its own. */
static gboolean
is_header_value (const char *value)
{
  for (const char *p = value; *p != '\0'; p++)
    if (((guchar) *p < ' ' && *p != '\t') || *p == 0x7f)
      return FALSE;
  return TRUE;
}

/* Header names are the same in any case. */
static void
set_header (GHashTable *headers, const char *name, const char *value)
{
  GHashTableIter iter;
  gpointer key = NULL;

  g_hash_table_iter_init (&iter, headers);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_ascii_strcasecmp (key, name) == 0)
      g_hash_table_iter_remove (&iter);
  g_hash_table_insert (headers, g_strdup (name), g_strdup (value));
}

GHashTable *
ocg_fields_dup_headers (OcgFields *self, const char *name, GHashTable *base)
{
  JsonObject *object = ocg_fields_get_object (self, name);
  g_autoptr (GHashTable) headers = NULL;
  GHashTableIter base_iter;
  JsonObjectIter iter;
  const char *key = NULL;
  gpointer base_key = NULL, base_value = NULL;
  JsonNode *node = NULL;

  if (object == NULL)
    return base != NULL ? g_hash_table_ref (base) : NULL;
  headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (base != NULL)
    {
      g_hash_table_iter_init (&base_iter, base);
      while (g_hash_table_iter_next (&base_iter, &base_key, &base_value))
        set_header (headers, base_key, base_value);
    }
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &key, &node))
    {
      const char *value
          = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
      g_autofree char *missing = value != NULL ? ocg_fields_find_variable (value) : NULL;

      if (value == NULL || !is_header_name (key) || !is_header_value (value))
        ocg_fields_fail (self, name, _ ("this must hold names and values of HTTP headers"));
      else if (missing == NULL)
        set_header (headers, key, value);
    }
  return g_steal_pointer (&headers);
}
