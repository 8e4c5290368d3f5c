/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-environment.h"

#include <string.h>

#include "ocg-wipe.h"

struct _OcgEnvironment
{
  GStrv process;
  GHashTable *added; /* name -> value */
};

OcgEnvironment *
ocg_environment_new (const char *const *process, GHashTable *added)
{
  OcgEnvironment *self = g_new0 (OcgEnvironment, 1);
  self->process = g_strdupv ((char **) process);
  /* Keys are among the values. */
  self->added = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, ocg_wipe_text);

  GHashTableIter iter;
  gpointer name = NULL, value = NULL;
  if (added != NULL)
    {
      g_hash_table_iter_init (&iter, added);
      while (g_hash_table_iter_next (&iter, &name, &value))
        g_hash_table_insert (self->added, g_strdup (name), g_strdup (value));
    }
  return self;
}

void
ocg_environment_free (OcgEnvironment *self)
{
  for (char **entry = self->process; entry != NULL && *entry != NULL; entry++)
    ocg_wipe_text (*entry);
  g_free (self->process);
  g_hash_table_unref (self->added);
  g_free (self);
}

const char *
ocg_environment_get (OcgEnvironment *self, const char *name)
{
  /* An empty variable counts as none, so that "export KEY=" does not hide the file's. */
  const char *value = g_environ_getenv (self->process, name);
  if (value == NULL || *value == '\0')
    value = g_hash_table_lookup (self->added, name);
  return value != NULL && *value != '\0' && g_utf8_validate (value, -1, NULL) ? value : NULL;
}

/* The size of "${NAME}" at @text, 0 when there is something else. */
static gsize
reference_size (const char *text)
{
  if (text[0] != '$' || text[1] != '{' || !(g_ascii_isupper (text[2]) || text[2] == '_'))
    return 0;

  gsize end = 3;
  while (g_ascii_isupper (text[end]) || g_ascii_isdigit (text[end]) || text[end] == '_')
    end++;
  return text[end] == '}' ? end + 1 : 0;
}

const char *
ocg_environment_find_reference (const char *text, char **name)
{
  for (const char *p = strchr (text, '$'); p != NULL; p = strchr (p, '$'))
    {
      gsize literal = reference_size (p + 1);
      gsize size = reference_size (p);

      if (literal == 0 && size > 0)
        {
          if (name != NULL)
            *name = g_strndup (p + 2, size - 3);
          return p;
        }
      p += literal > 0 ? literal + 1 : 1;
    }
  return NULL;
}

static void
collect_from_text (const char *text, GHashTable *names)
{
  const char *p = text;
  char *name = NULL;

  while ((p = ocg_environment_find_reference (p, &name)) != NULL)
    {
      p += reference_size (p);
      g_hash_table_add (names, name);
    }
}

gboolean
ocg_environment_is_reference (const char *text)
{
  gsize size = reference_size (text);
  return size > 0 && text[size] == '\0';
}

void
ocg_environment_collect_names (JsonNode *node, GHashTable *names)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      JsonNode *value = NULL;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, NULL, &value))
        ocg_environment_collect_names (value, names);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        ocg_environment_collect_names (json_array_get_element (array, i), names);
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    collect_from_text (json_node_get_string (node), names);
}

char *
ocg_environment_expand (OcgEnvironment *self, const char *text, char **missing)
{
  g_autoptr (GString) result = g_string_new (NULL);

  for (const char *p = text; *p != '\0';)
    {
      gsize literal = *p == '$' ? reference_size (p + 1) : 0;
      gsize size = reference_size (p);
      if (literal > 0)
        {
          g_string_append_len (result, p + 1, literal);
          p += 1 + literal;
        }
      else if (size > 0)
        {
          g_autofree char *name = g_strndup (p + 2, size - 3);
          const char *value = ocg_environment_get (self, name);
          if (value == NULL)
            {
              *missing = g_steal_pointer (&name);
              return NULL;
            }
          g_string_append (result, value);
          p += size;
        }
      else
        g_string_append_c (result, *p++);
    }
  return g_string_free (g_steal_pointer (&result), FALSE);
}
