/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-error.h"
#include "ocg-json-text.h"
#include "ocg-output.h"
#include "ocg-records.h"
#include "ocg-table.h"

#include <glib/gi18n.h>

/* (transfer full) NULL: @error is set */
static GVariant *
list_plugins (OcgCli *cli, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  OcgDbusGatewayPlugins *proxy = client != NULL ? ocg_client_get_plugins (client, error) : NULL;
  GVariant *plugins = NULL;

  if (proxy == NULL
      || !ocg_dbus_gateway_plugins_call_list_sync (proxy, ocg_client_options (), &plugins, NULL,
                                                   error))
    return NULL;
  return plugins;
}

static const char *
describe_state (GVariant *plugin)
{
  /* TRANSLATORS: the state of a plugin. */
  return ocg_record_get_boolean (plugin, "enabled", FALSE) ? C_ ("plugin", "on")
                                                           : C_ ("plugin", "off");
}

int
ocg_plugins_list (OcgCli *cli, GError **error)
{
  g_autoptr (GVariant) plugins = list_plugins (cli, error);
  g_autoptr (OcgTable) table = NULL;

  if (plugins == NULL)
    return 0;
  if (ocg_cli_has (cli, "json"))
    ocg_cli_print_json (cli, ocg_records_to_json ("plugins", plugins));
  else if (ocg_cli_has (cli, "plain"))
    ocg_records_print_plain (cli, plugins, "id");
  else if (g_variant_n_children (plugins) == 0)
    ocg_cli_print (cli, "%s\n", _ ("There are no plugins."));
  else
    {
      table = ocg_table_new (2, _ ("Plugin"), _ ("State"), _ ("What it is for"), NULL);
      ocg_table_set_wraps (table, 2);
      for (gsize i = 0; i < g_variant_n_children (plugins); i++)
        {
          g_autoptr (GVariant) plugin = g_variant_get_child_value (plugins, i);

          ocg_table_add_row (table, ocg_record_get_string (plugin, "id"), describe_state (plugin),
                             ocg_record_get_string (plugin, "description"), NULL);
        }
      ocg_table_append_to (table, cli->out, 0);
    }
  return 0;
}

/* The record of the plugin that the operand names. */
static GVariant *
find_plugin (OcgCli *cli, GError **error)
{
  g_autoptr (GVariant) plugins = list_plugins (cli, error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  const char *id = ocg_cli_operand (cli, 0);
  const char *nearest = NULL;

  for (gsize i = 0; plugins != NULL && i < g_variant_n_children (plugins); i++)
    {
      g_autoptr (GVariant) plugin = g_variant_get_child_value (plugins, i);

      if (g_str_equal (ocg_record_get_string (plugin, "id"), id))
        return g_steal_pointer (&plugin);
      g_ptr_array_add (ids, g_strdup (ocg_record_get_string (plugin, "id")));
    }
  if (plugins == NULL)
    return NULL;
  g_ptr_array_add (ids, NULL);
  nearest = ocg_command_nearest (id, (const char *const *)ids->pdata);
  if (nearest != NULL)
    g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_FOUND,
                 _ ("There is no plugin “%s”. The nearest is %s."), id, nearest);
  else
    g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_FOUND,
                 _ ("There is no plugin “%s”. To see them: openclawctl plugins list"), id);
  return NULL;
}

int
ocg_plugins_info (OcgCli *cli, GError **error)
{
  g_autoptr (GVariant) plugin = find_plugin (cli, error);
  const char *id = NULL;

  if (plugin == NULL)
    return 0;
  id = ocg_record_get_string (plugin, "id");
  if (ocg_cli_has (cli, "json"))
    {
      ocg_cli_print_json (cli, ocg_json_from_variant (plugin));
      return 0;
    }
  /* TRANSLATORS: a plugin and its state. */
  ocg_cli_print (cli, _ ("%s: %s\n"), id, describe_state (plugin));
  ocg_cli_print (cli, "%s\n", ocg_record_get_string (plugin, "description"));
  if (*ocg_record_get_string (plugin, "provider") != '\0')
    ocg_cli_print (cli, _ ("Provider: %s\n"), ocg_record_get_string (plugin, "provider"));
  if (!ocg_record_get_boolean (plugin, "enabled", FALSE))
    ocg_cli_print (cli, _ ("To turn it on: openclawctl plugins enable %s\n"), id);
  return 0;
}

static int
set_enabled (OcgCli *cli, gboolean enabled, GError **error)
{
  g_autoptr (GVariant) plugin = find_plugin (cli, error);
  OcgDbusGatewayPlugins *proxy = plugin != NULL ? ocg_client_get_plugins (cli->client, error)
                                                : NULL;
  const char *id = ocg_cli_operand (cli, 0);
  g_autoptr (JsonObject) root = json_object_new ();

  if (proxy == NULL
      || !ocg_dbus_gateway_plugins_call_set_enabled_sync (proxy, id, enabled, ocg_client_options (),
                                                          NULL, error))
    return 0;
  json_object_set_string_member (root, "id", id);
  json_object_set_boolean_member (root, "enabled", enabled);
  if (ocg_cli_has (cli, "json"))
    ocg_cli_print_json (cli, json_node_init_object (json_node_alloc (), root));
  else if (enabled)
    ocg_cli_print (cli, _ ("%s is on. That counts at once; no restart is needed.\n"), id);
  else
    ocg_cli_print (cli, _ ("%s is off. That counts at once; no restart is needed.\n"), id);
  return 0;
}

int
ocg_plugins_enable (OcgCli *cli, GError **error)
{
  return set_enabled (cli, TRUE, error);
}

int
ocg_plugins_disable (OcgCli *cli, GError **error)
{
  return set_enabled (cli, FALSE, error);
}
