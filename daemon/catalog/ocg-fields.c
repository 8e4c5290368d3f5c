/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-fields.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "../config/ocg-config-path.h"
#include "../config/ocg-environment.h"
#include "../config/ocg-nearest.h"

/* Every whole number up to here is exact in a double. */
#define MAX_COUNT (G_GUINT64_CONSTANT (1) << 53)

/* Longer words are no mistyped ones. */
#define MAX_WORD 64

#define MAX_HEADERS 100

void
ocg_fields_clear (OcgFields *self)
{
  g_clear_pointer (&self->first, g_free);
}

void
ocg_fields_note (OcgFields *self, OcgSeverity severity, const char *name, const char *message,
                 const char *suggestion)
{
  g_autofree char *path = ocg_config_path_join (self->path, name);

  ocg_problems_add (self->problems, severity, path, message, suggestion);
}

static void
fail_at (OcgFields *self, const char *path, const char *message, const char *suggestion)
{
  ocg_problems_add (self->problems, OCG_SEVERITY_ERROR, path, message, suggestion);
  if (self->first == NULL)
    self->first = g_strdup_printf ("%s: %s", path, message);
  self->failed = TRUE;
}

void
ocg_fields_fail (OcgFields *self, const char *name, const char *message, const char *suggestion)
{
  g_autofree char *path = ocg_config_path_join (self->path, name);

  fail_at (self, path, message, suggestion);
}

/* The one of @words that somebody may have meant, or NULL. */
static const char *
find_nearest (const char *text, const char *const *words)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new ();
  g_autoptr (GPtrArray) nearest = NULL;

  if (strlen (text) > MAX_WORD)
    return NULL;
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (candidates, (gpointer) words[i]);
  nearest = ocg_nearest_names (text, candidates, 1);
  return nearest->len > 0 ? g_ptr_array_index (nearest, 0) : NULL;
}

void
ocg_fields_join (OcgFields *self, OcgFields *part)
{
  self->failed = self->failed || part->failed;
  if (self->first == NULL)
    self->first = g_steal_pointer (&part->first);
  ocg_fields_clear (part);
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
    ocg_fields_fail (self, name, _ ("this must be text in quotes"), NULL);
  return g_strdup (fallback);
}

gboolean
ocg_fields_get_boolean (OcgFields *self, const char *name, gboolean fallback)
{
  JsonNode *node = get_value (self, name, G_TYPE_BOOLEAN);

  if (node != NULL)
    return json_node_get_boolean (node);
  if (json_object_has_member (self->json, name))
    ocg_fields_fail (self, name, _ ("this must be true or false"), NULL);
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
    ocg_fields_fail (self, name, _ ("this must be a whole number, more than 0"), NULL);
  return fallback;
}

double
ocg_fields_get_price (OcgFields *self, const char *name, double fallback)
{
  double value = get_number (self, name);

  if (isfinite (value) && value >= 0)
    return value;
  if (json_object_has_member (self->json, name))
    ocg_fields_fail (self, name, _ ("this must be a number, 0 or more"), NULL);
  return fallback;
}

JsonObject *
ocg_fields_get_object (OcgFields *self, const char *name)
{
  JsonNode *node = json_object_get_member (self->json, name);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  if (node != NULL)
    ocg_fields_fail (self, name, _ ("this must be an object, “{ … }”"), NULL);
  return NULL;
}

JsonArray *
ocg_fields_get_array (OcgFields *self, const char *name)
{
  JsonNode *node = json_object_get_member (self->json, name);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  if (node != NULL)
    ocg_fields_fail (self, name, _ ("this must be a list, “[ … ]”"), NULL);
  return NULL;
}

/* Says what is expected in the place of @text. */
static void
fail_word (OcgFields *self, const char *path, const char *text, const char *const *words)
{
  g_autofree char *all = g_strjoinv (", ", (char **) words);
  /* TRANSLATORS: %s is a list of words that stay as they are */
  g_autofree char *message = g_strdup_printf (_ ("this must be one of: %s"), all);

  fail_at (self, path, message, find_nearest (text, words));
}

char *
ocg_fields_dup_word (OcgFields *self, const char *name, const char *const *words,
                     const char *fallback)
{
  g_autofree char *text = ocg_fields_dup_string (self, name, NULL);
  g_autofree char *path = NULL;

  if (text != NULL && g_strv_contains (words, text))
    return g_steal_pointer (&text);
  if (text != NULL)
    {
      path = ocg_config_path_join (self->path, name);
      fail_word (self, path, text, words);
    }
  return g_strdup (fallback);
}

GStrv
ocg_fields_dup_strings (OcgFields *self, const char *name, const char *const *words)
{
  JsonArray *array = ocg_fields_get_array (self, name);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *list_path = ocg_config_path_join (self->path, name);

  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *text
          = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
      g_autofree char *path = ocg_config_path_join_index (list_path, i);

      if (text == NULL)
        fail_at (self, path, _ ("this must be text in quotes"), NULL);
      else if (words != NULL && !g_strv_contains (words, text))
        fail_word (self, path, text, words);
      else
        g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

char *
ocg_fields_find_missing (OcgFields *self, const char *member, const char *text)
{
  g_autofree char *path = NULL;
  char *name = NULL;

  if (self->missing != NULL)
    {
      path = ocg_config_path_join (self->path, member);
      return g_strdup (g_hash_table_lookup (self->missing, path));
    }
  ocg_environment_find_reference (text, &name);
  return name;
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

static void
read_header (OcgFields *headers_fields, GHashTable *headers, const char *name, JsonNode *node)
{
  const char *value
      = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
  g_autofree char *missing = value != NULL ? ocg_fields_find_missing (headers_fields, name, value) : NULL;

  if (value == NULL || !is_header_name (name) || !is_header_value (value))
    ocg_fields_fail (headers_fields, name,
                     _ ("this must be the name of an HTTP header and its value, one line of text"),
                     NULL);
  else if (missing == NULL)
    set_header (headers, name, value);
}

GHashTable *
ocg_fields_dup_headers (OcgFields *self, const char *name, GHashTable *base)
{
  JsonObject *object = ocg_fields_get_object (self, name);
  g_autofree char *path = object != NULL ? ocg_config_path_join (self->path, name) : NULL;
  OcgFields fields = { object, path, self->problems, FALSE, NULL, self->missing };
  GHashTable *headers = NULL;
  GHashTableIter base_iter;
  JsonObjectIter iter;
  const char *key = NULL;
  gpointer base_key = NULL, base_value = NULL;
  JsonNode *node = NULL;

  if (object == NULL)
    return base != NULL ? g_hash_table_ref (base) : NULL;
  headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (json_object_get_size (object) > MAX_HEADERS)
    {
      ocg_fields_fail (self, name, _ ("these are more headers than a server takes"), NULL);
      return headers;
    }
  if (base != NULL)
    {
      g_hash_table_iter_init (&base_iter, base);
      while (g_hash_table_iter_next (&base_iter, &base_key, &base_value))
        set_header (headers, base_key, base_value);
    }
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    read_header (&fields, headers, key, node);
  ocg_fields_join (self, &fields);
  return headers;
}
