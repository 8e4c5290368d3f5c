/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-config-document.h"
#include "ocg-json-text.h"

#include <string.h>

int
ocg_config_get (OcgCli *cli, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  OcgDbusGatewayConfig *config = client != NULL ? ocg_client_get_config (client, error) : NULL;
  const char *path = ocg_cli_operand (cli, 0);
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (config == NULL
      || !ocg_dbus_gateway_config_call_get_sync (config, path != NULL ? path : "",
                                                 ocg_client_options (), &json, NULL, error))
    return 0;
  node = ocg_json_parse (json, strlen (json), error);
  if (node == NULL)
    return 0;

  if (ocg_cli_has (cli, "json"))
    ocg_cli_print_json (cli, g_steal_pointer (&node));
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    ocg_cli_print (cli, "%s\n", json_node_get_string (node));
  else
    {
      ocg_json_append (cli->out, node, TRUE);
      g_string_append_c (cli->out, '\n');
    }
  return 0;
}

int
ocg_config_path (OcgCli *cli, GError **error)
{
  static const char *const names[]
      = { "Path", "State", "Hash", "DesktopPath", "DesktopState", "DesktopHash" };
  static const char *const keys[]
      = { "path", "state", "hash", "desktop-path", "desktop-state", "desktop-hash" };
  OcgConfigDocument document;
  g_autoptr (GVariant) properties = NULL;
  g_autoptr (JsonObject) root = json_object_new ();

  if (!ocg_config_document_parse (ocg_cli_operand (cli, 0), &document, error)
      || ocg_cli_connect (cli, error) == NULL
      || (properties = ocg_config_document_get_all (cli->client, error)) == NULL)
    return 0;
  if (!ocg_cli_has (cli, "json"))
    {
      ocg_cli_print (cli, "%s\n", ocg_config_document_get_path (properties, document));
      return 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = "";

      g_variant_lookup (properties, names[i], "&s", &value);
      json_object_set_string_member (root, keys[i], value);
    }
  ocg_cli_print_json (cli, json_node_init_object (json_node_alloc (), root));
  return 0;
}
