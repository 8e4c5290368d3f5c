/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-config-mask.h"

#include <string.h>

#include "ocg-config-path.h"
#include "ocg-environment.h"

#define MASK "********"

/* Places whose own names say nothing about secrets: ids that users choose, and keys of ours such as
 * maxTokens. "*" is one segment, "**" at the end any number. */
static const char *const plain_places[] = {
  "agents.defaults.imageModel.**",
  "agents.defaults.model.**",
  "agents.defaults.models.**",
  "auth.cooldowns.**",
  "auth.order.**",
  "auth.profiles.*",
  "models.providers.*",
  "models.providers.*.models.**",
  "plugins.entries.*",
};

static gboolean
matches (const char *const *pattern, const char *const *path, guint length)
{
  for (guint i = 0; pattern[i] != NULL; i++)
    {
      if (g_str_equal (pattern[i], "**"))
        return TRUE;
      if (i == length || !(g_str_equal (pattern[i], "*") || g_str_equal (pattern[i], path[i])))
        return FALSE;
      if (pattern[i + 1] == NULL)
        return i + 1 == length;
    }
  return FALSE;
}

static gboolean
is_plain_place (const char *const *path, guint length)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain_places); i++)
    {
      g_auto (GStrv) pattern = g_strsplit (plain_places[i], ".", -1);
      if (matches ((const char *const *) pattern, path, length))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_secret_name (const char *name)
{
  static const char *const words[] = { "token", "secret", "password", "key" };
  g_autofree char *lower = g_ascii_strdown (name, -1);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* @path: NULL-terminated; elements of arrays have the path of their array */
static gboolean
is_secret_place (const char *const *path)
{
  for (guint i = 0; path[i] != NULL; i++)
    {
      /* Blocks of environment variables: the one on top, and those of tools and skills. Text where
       * the whole block should be is as good as one of them. */
      if (g_ascii_strcasecmp (path[i], "apiKey") == 0
          || g_ascii_strcasecmp (path[i], "headers") == 0 || g_str_equal (path[i], "env"))
        return TRUE;
      if (has_secret_name (path[i]) && !is_plain_place (path, i + 1))
        return TRUE;
    }
  return FALSE;
}

/* Where the one who logs in by the URL at @authority ends: at the "@", also where its password has a
 * "/" that should be "%2F". NULL: nobody does. */
static const char *
find_login_end (const char *authority)
{
  gsize word = strcspn (authority, " \t\r\n");
  gsize length = strcspn (authority, "/?# \t\r\n");
  const char *at = g_strrstr_len (authority, (gssize) length, "@");
  const char *colon = memchr (authority, ':', length);

  if (at == NULL && colon != NULL && !g_ascii_isdigit (colon[1]) && colon[1] != '/')
    at = g_strrstr_len (authority, (gssize) word, "@");
  return at;
}

/* Appends the URL from @rest on with what its query says under the name of a secret taken out.
 * Returns where it ends. */
static const char *
append_queries (GString *masked, const char *rest, gboolean *found)
{
  gsize plain = strcspn (rest, "?& \t\r\n");

  g_string_append_len (masked, rest, (gssize) plain);
  rest += plain;
  while (*rest == '?' || *rest == '&')
    {
      gsize length = 1 + strcspn (rest + 1, "&# \t\r\n");
      const char *equals = memchr (rest, '=', length);
      g_autofree char *name = equals != NULL ? g_strndup (rest, (gsize) (equals - rest)) : NULL;
      gboolean secret = name != NULL && has_secret_name (name) && rest + length > equals + 1;

      g_string_append_len (masked, rest, secret ? equals + 1 - rest : (gssize) length);
      if (secret)
        g_string_append (masked, MASK);
      *found = *found || secret;
      rest += length;
    }
  return rest;
}

/* @text with who logs in by a URL taken out of each, and the secrets of its query; NULL when there
 * are none. */
static char *
mask_url (const char *text)
{
  g_autoptr (GString) masked = g_string_new (NULL);
  const char *rest = text;
  const char *scheme_end = NULL;
  gboolean found = FALSE;

  while ((scheme_end = strstr (rest, "://")) != NULL)
    {
      const char *authority = scheme_end + 3;
      const char *at = find_login_end (authority);

      g_string_append_len (masked, rest, authority - rest);
      if (at != NULL)
        g_string_append (masked, MASK);
      found = found || at != NULL;
      rest = append_queries (masked, at != NULL ? at : authority, &found);
    }
  g_string_append (masked, rest);
  return found ? g_string_free (g_steal_pointer (&masked), FALSE) : NULL;
}

/* Whether @node would tell a secret if it stood where those do. */
static gboolean
tells (JsonNode *node)
{
  GType type = json_node_get_value_type (node);
  const char *text = type == G_TYPE_STRING ? json_node_get_string (node) : NULL;

  return text != NULL ? *text != '\0' && !ocg_environment_is_reference (text)
                      : type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
}

/* Such as contextTokens: 150000, or env.shellEnv.timeoutMs. */
static gboolean
is_mere_number (JsonNode *node, const char *const *path)
{
  guint length = g_strv_length ((char **) path);
  GType type = json_node_get_value_type (node);
  const char *last = length > 0 ? path[length - 1] : "";

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;
  return g_str_equal (last, "tokens") || strstr (last, "Tokens") != NULL
         || (length > 1 && g_str_equal (path[length - 2], "shellEnv"));
}

/* Text where an object should stand that holds secrets. */
static gboolean
is_misplaced_text (JsonNode *node, const char *const *path)
{
  static const char *const places[]
      = { "models.providers", "models.providers.*", "auth.profiles", "auth.profiles.*" };
  guint length = g_strv_length ((char **) path);

  if (json_node_get_value_type (node) != G_TYPE_STRING || *json_node_get_string (node) == '\0')
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_auto (GStrv) pattern = g_strsplit (places[i], ".", -1);

      if (matches ((const char *const *) pattern, path, length))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_secret (JsonNode *node, const char *const *path)
{
  return is_misplaced_text (node, path)
         || (tells (node) && is_secret_place (path) && !is_mere_number (node, path));
}

static JsonNode *
mask_scalar (JsonNode *node, const char *const *path)
{
  GType type = json_node_get_value_type (node);
  const char *text = type == G_TYPE_STRING ? json_node_get_string (node) : NULL;
  g_autofree char *url = text != NULL ? mask_url (text) : NULL;
  if (is_secret (node, path))
    return json_node_init_string (json_node_alloc (), MASK);
  if (url != NULL)
    return json_node_init_string (json_node_alloc (), url);
  return json_node_copy (node);
}

/* @path: the segments so far, without a NULL at the end */
static JsonNode *
mask_node (JsonNode *node, GPtrArray *path)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autoptr (JsonArray) copy = json_array_new ();
      JsonArray *array = json_node_get_array (node);
      for (guint i = 0; i < json_array_get_length (array); i++)
        json_array_add_element (copy, mask_node (json_array_get_element (array, i), path));
      return json_node_init_array (json_node_alloc (), copy);
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (JsonObject) copy = json_object_new ();
      JsonObjectIter iter;
      const char *name = NULL;
      JsonNode *value = NULL;
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        {
          g_ptr_array_add (path, (gpointer) name);
          g_autofree char *url = mask_url (name);
          json_object_set_member (copy, url != NULL ? url : name, mask_node (value, path));
          g_ptr_array_set_size (path, path->len - 1);
        }
      return json_node_init_object (json_node_alloc (), copy);
    }

  g_ptr_array_add (path, NULL);
  JsonNode *masked = mask_scalar (node, (const char *const *) path->pdata);
  g_ptr_array_set_size (path, path->len - 1);
  return masked;
}

/* What is an index in a list says nothing about secrets. */
static gboolean
is_index (const char *segment)
{
  return *segment != '\0' && strspn (segment, G_CSET_DIGITS) == strlen (segment);
}

JsonNode *
ocg_config_mask (JsonNode *node, const char *const *path)
{
  g_autoptr (GPtrArray) segments = g_ptr_array_new ();

  for (guint i = 0; path[i] != NULL; i++)
    if (!is_index (path[i]))
      g_ptr_array_add (segments, (gpointer) path[i]);
  return mask_node (node, segments);
}

/* A URL that somebody logs in by. */
static gboolean
has_password (JsonNode *node)
{
  g_autofree char *masked = json_node_get_value_type (node) == G_TYPE_STRING
                                ? mask_url (json_node_get_string (node))
                                : NULL;

  return masked != NULL;
}

static char *find_in (JsonNode *node, GPtrArray *path);

static char *
find_in_object (JsonObject *object, GPtrArray *path)
{
  char *found = NULL;
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  json_object_iter_init_ordered (&iter, object);
  while (found == NULL && json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_ptr_array_add (path, (gpointer) name);
      found = find_in (value, path);
      g_ptr_array_set_size (path, (int) path->len - 1);
    }
  return found;
}

/* @path: the segments so far, without a NULL at the end */
static char *
find_in (JsonNode *node, GPtrArray *path)
{
  char *found = NULL;
  guint length = path->len;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return find_in_object (json_node_get_object (node), path);
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; found == NULL && i < json_array_get_length (array); i++)
        found = find_in (json_array_get_element (array, i), path);
      return found;
    }
  g_ptr_array_add (path, NULL);
  if (is_secret (node, (const char *const *) path->pdata) || has_password (node))
    found = ocg_config_path_format ((const char *const *) path->pdata, length);
  g_ptr_array_set_size (path, (int) length);
  return found;
}

char *
ocg_config_find_secret (const char *const *path, JsonNode *value)
{
  g_autoptr (GPtrArray) segments = g_ptr_array_new ();

  for (guint i = 0; path[i] != NULL; i++)
    g_ptr_array_add (segments, (gpointer) path[i]);
  return find_in (value, segments);
}
