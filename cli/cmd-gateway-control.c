/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-error.h"
#include "ocg-gateway-process.h"

#include <glib/gi18n.h>

/* {"running", "was-running", "manager"}, or @text. */
static void
print_result (OcgCli *cli, const OcgGatewayProcess *process, gboolean running, const char *text)
{
  g_autoptr (JsonObject) root = json_object_new ();

  if (!ocg_cli_has (cli, "json"))
    {
      ocg_cli_print (cli, "%s\n", text);
      return;
    }
  json_object_set_boolean_member (root, "running", running);
  json_object_set_boolean_member (root, "was-running", process->was_running);
  json_object_set_string_member (root, "manager", process->by_systemd ? "systemd" : "bus");
  ocg_cli_print_json (cli, json_node_init_object (json_node_alloc (), root));
}

static gboolean
start (OcgCli *cli, OcgGatewayProcess *process, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (ocg_gateway_process_start (ocg_client_get_connection (cli->client), process, &local_error))
    return TRUE;
  if (g_error_matches (local_error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN))
    g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN,
                         _ ("The gateway is not running, and the session bus does not know how to "
                            "start it. Start it with: openclawctl gateway run"));
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

int
ocg_gateway_start (OcgCli *cli, GError **error)
{
  OcgGatewayProcess process = { 0 };

  if (ocg_cli_connect (cli, error) != NULL && start (cli, &process, error))
    print_result (cli, &process, TRUE,
                  process.was_running ? _ ("The gateway is running already.")
                                      : _ ("The gateway is running."));
  return 0;
}

int
ocg_gateway_stop (OcgCli *cli, GError **error)
{
  OcgGatewayProcess process = { 0 };
  OcgClient *client = ocg_cli_connect (cli, error);

  if (client != NULL
      && ocg_gateway_process_stop (ocg_client_get_connection (client), &process, error))
    print_result (cli, &process, FALSE,
                  process.was_running
                      ? _ ("The gateway has ended. It starts again when it is needed.")
                      : _ ("The gateway is not running; it starts when it is needed."));
  return 0;
}

int
ocg_gateway_restart (OcgCli *cli, GError **error)
{
  OcgGatewayProcess before = { 0 };
  OcgGatewayProcess after = { 0 };
  OcgClient *client = ocg_cli_connect (cli, error);

  if (client == NULL
      || !ocg_gateway_process_stop (ocg_client_get_connection (client), &before, error)
      || !start (cli, &after, error))
    return 0;
  after.was_running = before.was_running;
  print_result (cli, &after, TRUE,
                before.was_running ? _ ("The gateway has been restarted.")
                                   : _ ("The gateway was not running, and is now."));
  return 0;
}
