/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-provider-schema.h"

#include <gio/gio.h>

#include "ocg-schema-check.h"

#define RESOURCE "/org/openclaw/Gateway/providers.schema.json"

/* A schema that cannot be read is a fault of the build: critical, so that tests fail. */
static gpointer
load (gpointer user_data)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gconstpointer data = NULL;
  gsize size = 0;

  g_return_val_if_fail (bytes != NULL, NULL);
  data = g_bytes_get_data (bytes, &size);
  if (!json_parser_load_from_data (parser, data, (gssize) size, NULL))
    g_return_val_if_reached (NULL);
  return json_parser_steal_root (parser);
}

JsonObject *
ocg_provider_schema_get (void)
{
  static GOnce once = G_ONCE_INIT;
  JsonNode *root = g_once (&once, load, NULL);

  return root != NULL ? json_node_get_object (root) : NULL;
}

/* What has to be there in the end, in one file or the other. (nullable) */
static JsonObject *
get_complete (JsonObject *root, const char *name)
{
  JsonObject *definitions = json_object_get_object_member (root, "$defs");
  JsonObject *built_in = json_object_get_object_member (definitions, "builtIn");
  JsonObject *properties = json_object_get_object_member (built_in, "properties");
  JsonNode *node = json_object_get_member (properties, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonNode *
ocg_provider_schema_keep (const char *name, JsonNode *node, JsonNode *beneath, const char *path,
                          OcgProblems *problems)
{
  JsonObject *root = ocg_provider_schema_get ();
  JsonObject *properties = root != NULL ? json_object_get_object_member (root, "properties") : NULL;

  if (properties == NULL || !json_object_has_member (properties, name))
    return NULL;
  return ocg_schema_check_keep (root, json_object_get_object_member (properties, name),
                                get_complete (root, name), node, beneath, path, problems);
}
