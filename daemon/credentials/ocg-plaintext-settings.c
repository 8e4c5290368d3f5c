/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-plaintext-settings.h"

#include <string.h>

#include "../config/ocg-config-path.h"
#include "../config/ocg-dotenv.h"
#include "../config/ocg-environment.h"
#include "../wire/ocg-json.h"

#define BEARER "Bearer "

typedef struct
{
  OcgConfigTree *tree;
  GHashTable *variables;
  GPtrArray *finds;
} Reader;

/* The file that @place is written in, which may be an included one. */
static const char *
find_file (Reader *self, const char *place)
{
  OcgConfigPlace where;
  OcgConfigDocument *document = NULL;

  if (!ocg_config_tree_find (self->tree, place, &where))
    return ocg_config_tree_get_path (self->tree);
  document = g_ptr_array_index (ocg_config_tree_get_documents (self->tree), where.document);
  return document->path;
}

/* Variables with a key that a login gave are named so. */
static const char *
kind_of_variable (const char *name)
{
  return g_str_has_suffix (name, "_TOKEN") ? "token" : "api_key";
}

static OcgPlaintext *
new_find (Reader *self, const char *const *segments, const char *provider, const char *kind)
{
  g_autofree char *place
      = ocg_config_path_format (segments, g_strv_length ((char **) segments));
  OcgPlaintext *find = ocg_plaintext_new (OCG_PLAINTEXT_CONFIG, find_file (self, place), place,
                                          provider, kind);

  find->segments = g_strdupv ((char **) segments);
  return find;
}

/* Takes @find. */
static void
add (Reader *self, OcgPlaintext *find, const char *text)
{
  if (ocg_plaintext_set_secret (find, text))
    g_ptr_array_add (self->finds, find);
  else
    ocg_plaintext_free (find);
}

static gboolean
may_be_secret (const char *header)
{
  static const char *const parts[] = { "auth", "key", "token", "secret", "cookie" };
  g_autofree char *lower = g_ascii_strdown (header, -1);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (lower, parts[i]) != NULL)
      return TRUE;
  return FALSE;
}

static void
read_header (Reader *self, const char *provider, const char *name, const char *text)
{
  const char *segments[] = { "models", "providers", provider, "headers", name, NULL };
  gboolean is_bearer = g_ascii_strcasecmp (name, "authorization") == 0
                       && g_ascii_strncasecmp (text, BEARER, strlen (BEARER)) == 0;
  OcgPlaintext *find = NULL;

  if (!may_be_secret (name))
    return;
  find = new_find (self, segments, provider, "api_key");
  find->header = g_ascii_strdown (name, -1);
  if (!is_bearer && !g_str_equal (find->header, "x-api-key"))
    find->problem = OCG_PLAINTEXT_OTHER_HEADER;
  add (self, find, is_bearer ? text + strlen (BEARER) : text);
}

static void
read_provider (Reader *self, const char *provider, JsonObject *entry)
{
  const char *segments[] = { "models", "providers", provider, "apiKey", NULL };
  const char *key = ocg_json_get_string (entry, "apiKey");
  const char *auth = ocg_json_get_string (entry, "auth");
  JsonObject *headers = ocg_json_get_object (entry, "headers");
  JsonObjectIter iter;
  const char *name = NULL;

  if (key != NULL)
    add (self,
         new_find (self, segments, provider, g_strcmp0 (auth, "token") == 0 ? "token" : "api_key"),
         key);
  if (headers == NULL)
    return;
  json_object_iter_init_ordered (&iter, headers);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    if (ocg_json_get_string (headers, name) != NULL)
      read_header (self, provider, name, ocg_json_get_string (headers, name));
}

/* @inner: (nullable) the member of env that @block is */
static void
read_variables (Reader *self, JsonObject *block, const char *inner)
{
  JsonObjectIter iter;
  const char *name = NULL;

  if (block == NULL)
    return;
  json_object_iter_init_ordered (&iter, block);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      const char *segments[] = { "env", inner != NULL ? inner : name, inner != NULL ? name : NULL,
                                 NULL };
      const char *provider = g_hash_table_lookup (self->variables, name);
      const char *text = ocg_json_get_string (block, name);
      OcgPlaintext *find = NULL;

      if (provider == NULL || text == NULL)
        continue;
      find = new_find (self, segments, provider, kind_of_variable (name));
      find->variable = g_strdup (name);
      add (self, find, text);
    }
}

void
ocg_plaintext_read_config (OcgConfigTree *tree, GHashTable *variables, GPtrArray *finds)
{
  Reader reader = { tree, variables, finds };
  JsonNode *root = ocg_config_tree_get_root (tree);
  JsonObject *top = root != NULL ? json_node_get_object (root) : NULL;
  JsonObject *providers = ocg_json_get_object (ocg_json_get_object (top, "models"), "providers");
  JsonObject *env = ocg_json_get_object (top, "env");
  JsonObjectIter iter;
  const char *id = NULL;
  JsonNode *entry = NULL;

  if (root == NULL)
    {
      ocg_plaintext_add_problem (finds, OCG_PLAINTEXT_CONFIG, ocg_config_tree_get_path (tree),
                                 OCG_PLAINTEXT_NO_JSON);
      return;
    }
  if (providers != NULL)
    {
      json_object_iter_init_ordered (&iter, providers);
      while (json_object_iter_next_ordered (&iter, &id, &entry))
        if (JSON_NODE_HOLDS_OBJECT (entry))
          read_provider (&reader, id, json_node_get_object (entry));
    }
  read_variables (&reader, env, NULL);
  read_variables (&reader, ocg_json_get_object (env, "vars"), "vars");
}

void
ocg_plaintext_read_dotenv (const char *file, const char *text, GHashTable *variables,
                           GPtrArray *finds)
{
  g_autoptr (GArray) faults = g_array_new (FALSE, FALSE, sizeof (OcgDotenvProblem));
  g_autoptr (GHashTable) values = ocg_dotenv_parse (text, faults);
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (values), (GCompareFunc) strcmp);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *provider = g_hash_table_lookup (variables, l->data);
      g_autoptr (OcgPlaintext) find = NULL;

      if (provider == NULL)
        continue;
      find = ocg_plaintext_new (OCG_PLAINTEXT_DOTENV, file, l->data, provider,
                                kind_of_variable (l->data));
      find->variable = g_strdup (l->data);
      if (ocg_plaintext_set_secret (find, g_hash_table_lookup (values, l->data)))
        g_ptr_array_add (finds, g_steal_pointer (&find));
    }
}

static gboolean
refers_to (const char *text, const char *variable)
{
  const char *at = text;
  g_autofree char *name = NULL;

  while ((at = ocg_environment_find_reference (at, &name)) != NULL)
    {
      if (g_str_equal (name, variable))
        return TRUE;
      at += strlen ("${") + strlen (name);
      g_clear_pointer (&name, g_free);
    }
  return FALSE;
}

/* {source: "env", id: NAME}, which newer versions of OpenClaw write. */
static gboolean
is_reference_object (JsonObject *object, const char *variable)
{
  return g_strcmp0 (ocg_json_get_string (object, "source"), "env") == 0
         && g_strcmp0 (ocg_json_get_string (object, "id"), variable) == 0;
}

static void
add_place (GPtrArray *places, GPtrArray *path)
{
  g_autoptr (GStrvBuilder) segments = g_strv_builder_new ();

  for (guint i = 0; i < path->len; i++)
    g_strv_builder_add (segments, g_ptr_array_index (path, i));
  g_ptr_array_add (places, g_strv_builder_end (segments));
}

static void
walk (JsonNode *node, GPtrArray *path, const char *variable, GPtrArray *places)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node)
      && is_reference_object (json_node_get_object (node), variable))
    add_place (places, path);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        {
          g_ptr_array_add (path, g_strdup (name));
          walk (member, path, variable, places);
          g_ptr_array_set_size (path, (int) path->len - 1);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      {
        g_ptr_array_add (path, g_strdup_printf ("%u", i));
        walk (json_array_get_element (json_node_get_array (node), i), path, variable, places);
        g_ptr_array_set_size (path, (int) path->len - 1);
      }
  else if (json_node_get_value_type (node) == G_TYPE_STRING
           && refers_to (json_node_get_string (node), variable))
    add_place (places, path);
}

GPtrArray *
ocg_plaintext_find_references (OcgConfigTree *tree, const char *variable)
{
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GPtrArray) path = g_ptr_array_new_with_free_func (g_free);
  JsonNode *root = ocg_config_tree_get_root (tree);

  if (root != NULL)
    walk (root, path, variable, places);
  return places;
}
