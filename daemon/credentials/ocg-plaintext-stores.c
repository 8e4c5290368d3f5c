/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-plaintext-stores.h"

#include <string.h>

#include "../config/ocg-config-path.h"
#include "../wire/ocg-json.h"

#define STORE OCG_PLAINTEXT_STORE

/* json-glib frees text as it is. */
static void
wipe_node (JsonNode *node)
{
  JsonObjectIter iter;
  JsonNode *member = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, NULL, &member))
        wipe_node (member);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      wipe_node (json_array_get_element (json_node_get_array (node), i));
  else if (json_node_get_value_type (node) == G_TYPE_STRING && json_node_get_string (node) != NULL)
    {
      char *text = (char *) json_node_get_string (node);

      ocg_secret_wipe (text, strlen (text));
    }
}

static void
free_tree (JsonNode *root)
{
  wipe_node (root);
  json_node_unref (root);
}

/* The object that @text is. (nullable) (transfer full): free_tree() */
static JsonNode *
parse (const char *file, const char *text, gsize length, GPtrArray *finds)
{
  JsonNode *root = g_utf8_validate_len (text, length, NULL)
                       ? ocg_json_parse (text, (gssize) length, NULL)
                       : NULL;

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return root;
  ocg_plaintext_add_problem (finds, STORE, file, OCG_PLAINTEXT_NO_JSON);
  g_clear_pointer (&root, free_tree);
  return NULL;
}

/* Milliseconds, however the number is written. */
static gint64
get_time (JsonObject *object, const char *member)
{
  double value = 0;

  return ocg_json_get_double (object, member, &value) && value > 0 && value < 1e16
             ? (gint64) value
             : 0;
}

/* Takes @find. @text: (nullable) the secret; @refresh: (nullable) */
static void
add (GPtrArray *finds, OcgPlaintext *find, const char *text, const char *refresh)
{
  g_autoptr (OcgPlaintext) mine = find;
  g_autoptr (OcgPlaintext) other = ocg_plaintext_new (STORE, "", "", "", "");

  if (text == NULL || !ocg_plaintext_set_secret (mine, text))
    return;
  if (refresh != NULL && ocg_plaintext_set_secret (other, refresh))
    mine->refresh = g_steal_pointer (&other->secret);
  g_ptr_array_add (finds, g_steal_pointer (&mine));
}

typedef struct
{
  const char *name;
  const char *member; /* that holds the secret */
  gboolean has_refresh;
} Kind;

static const Kind kinds[] = {
  { "api_key", "key", FALSE },
  { "token", "token", FALSE },
  { "oauth", "access", TRUE },
  { NULL },
};

static void
read_profile (const char *file, const char *id, JsonObject *profile, GPtrArray *finds)
{
  const char *type = ocg_json_get_string (profile, "type");
  const char *provider = ocg_json_get_string (profile, "provider");
  const char *colon = strchr (id, ':');
  g_autofree char *path = ocg_config_path_join ("profiles", id);
  g_autofree char *prefix = g_strndup (id, strcspn (id, ":"));
  g_autofree char *place = NULL;
  const Kind *kind = NULL;
  OcgPlaintext *find = NULL;

  for (kind = kinds; kind->name != NULL && g_strcmp0 (kind->name, type) != 0;)
    kind++;
  if (kind->name == NULL)
    return;
  place = ocg_config_path_join (path, kind->member);
  find = ocg_plaintext_new (STORE, file, place, provider != NULL ? provider : prefix, kind->name);
  find->name = g_strdup (colon != NULL && colon[1] != '\0' ? colon + 1 : "default");
  find->expires = get_time (profile, "expires");
  add (finds, find, ocg_json_get_string (profile, kind->member),
       kind->has_refresh ? ocg_json_get_string (profile, "refresh") : NULL);
}

static void
read_order (const char *file, const char *provider, JsonNode *list, GPtrArray *finds)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
  g_autoptr (GStrvBuilder) profiles = g_strv_builder_new ();
  g_autofree char *place = ocg_config_path_join ("order", provider);
  OcgPlaintext *find = NULL;

  if (array == NULL || json_array_get_length (array) == 0)
    return;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (profiles, json_node_get_string (node));
    }
  find = ocg_plaintext_new (STORE, file, place, provider, "order");
  find->order = g_strv_builder_end (profiles);
  g_ptr_array_add (finds, find);
}

void
ocg_plaintext_read_profiles (const char *file, const char *text, gsize length, GPtrArray *finds)
{
  JsonNode *root = parse (file, text, length, finds);
  JsonObject *profiles
      = root != NULL ? ocg_json_get_object (json_node_get_object (root), "profiles") : NULL;
  JsonObject *order
      = root != NULL ? ocg_json_get_object (json_node_get_object (root), "order") : NULL;
  JsonObjectIter iter;
  const char *id = NULL;
  JsonNode *node = NULL;

  if (profiles != NULL)
    {
      json_object_iter_init_ordered (&iter, profiles);
      while (json_object_iter_next_ordered (&iter, &id, &node))
        if (JSON_NODE_HOLDS_OBJECT (node))
          read_profile (file, id, json_node_get_object (node), finds);
    }
  if (order != NULL)
    {
      json_object_iter_init_ordered (&iter, order);
      while (json_object_iter_next_ordered (&iter, &id, &node))
        read_order (file, id, node, finds);
    }
  g_clear_pointer (&root, free_tree);
}

void
ocg_plaintext_read_oauth (const char *file, const char *text, gsize length, GPtrArray *finds)
{
  JsonNode *root = parse (file, text, length, finds);
  JsonObjectIter iter;
  const char *provider = NULL;
  JsonNode *node = NULL;

  if (root == NULL)
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (root));
  while (json_object_iter_next_ordered (&iter, &provider, &node))
    {
      JsonObject *login = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_autofree char *path = ocg_config_path_join (NULL, provider);
      g_autofree char *place = ocg_config_path_join (path, "access");
      OcgPlaintext *find = NULL;

      if (login == NULL)
        continue;
      find = ocg_plaintext_new (STORE, file, place, provider, "oauth");
      find->name = g_strdup ("default");
      find->expires = get_time (login, "expires");
      add (finds, find, ocg_json_get_string (login, "access"),
           ocg_json_get_string (login, "refresh"));
    }
  free_tree (root);
}

void
ocg_plaintext_read_minimax_cli (const char *file, const char *text, gsize length,
                                GPtrArray *finds)
{
  JsonNode *root = parse (file, text, length, finds);
  JsonObject *login = root != NULL ? json_node_get_object (root) : NULL;
  OcgPlaintext *find = NULL;

  if (root == NULL)
    return;
  find = ocg_plaintext_new (STORE, file, "access_token", "minimax-portal", "oauth");
  find->name = g_strdup ("minimax-cli");
  find->expires = get_time (login, "expiry_date");
  find->base_url = g_strdup (ocg_json_get_string (login, "resource_url"));
  add (finds, find, ocg_json_get_string (login, "access_token"),
       ocg_json_get_string (login, "refresh_token"));
  free_tree (root);
}
