/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-json-text.h"

#include <string.h>

int
ocg_config_get (OcgCli *cli, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  OcgDbusGatewayConfig *config = client != NULL ? ocg_client_get_config (client, error) : NULL;
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (config == NULL
      || !ocg_dbus_gateway_config_call_get_sync (config, ocg_cli_operand (cli, 0),
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
