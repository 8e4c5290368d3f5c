/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-error.h"
#include "ocg-json-text.h"
#include "ocg-names.h"
#include "ocg-records.h"

#include <glib/gi18n.h>

/* The references that are in force, of char*; NULL on an error. */
static GPtrArray *
get_fallbacks (OcgCli *cli, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  g_autoptr (GVariant) properties
      = client != NULL ? ocg_client_get_properties (client, OCG_IFACE_GATEWAY, TRUE, error) : NULL;
  g_autofree const char **refs = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  if (properties == NULL)
    return NULL;
  refs = ocg_record_get_strv (properties, "FallbackModels");
  for (guint i = 0; refs != NULL && refs[i] != NULL; i++)
    g_ptr_array_add (list, g_strdup (refs[i]));
  return g_steal_pointer (&list);
}

static void
print_list (OcgCli *cli, GPtrArray *list, GVariant *reply)
{
  if (ocg_cli_has (cli, "json"))
    {
      JsonNode *node = reply != NULL ? ocg_json_from_variant (reply)
                                     : json_node_init_object (json_node_alloc (),
                                                              json_object_new ());
      g_autoptr (JsonArray) refs = json_array_new ();

      for (guint i = 0; i < list->len; i++)
        json_array_add_string_element (refs, g_ptr_array_index (list, i));
      json_object_set_array_member (json_node_get_object (node), "fallbacks",
                                    json_array_ref (refs));
      ocg_cli_print_json (cli, node);
      return;
    }
  for (guint i = 0; i < list->len; i++)
    if (ocg_cli_has (cli, "plain"))
      ocg_cli_print (cli, "%s\n", (char *) g_ptr_array_index (list, i));
    else
      ocg_cli_print (cli, "%u. %s\n", i + 1, (char *) g_ptr_array_index (list, i));
  if (list->len == 0 && !ocg_cli_has (cli, "plain"))
    ocg_cli_print (cli, "%s\n",
                   _ ("There are no fallbacks. To add one: openclawctl models fallbacks add REF"));
}

int
ocg_fallbacks_list (OcgCli *cli, GError **error)
{
  g_autoptr (GPtrArray) list = get_fallbacks (cli, error);

  if (list != NULL)
    print_list (cli, list, NULL);
  return 0;
}

/* Makes @list the fallbacks and shows what they are then. */
static void
set_fallbacks (OcgCli *cli, GPtrArray *list, GError **error)
{
  OcgDbusGateway *gateway = ocg_client_get_gateway (cli->client, error);
  g_autoptr (GStrvBuilder) refs = g_strv_builder_new ();
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GPtrArray) now = NULL;
  g_auto (GStrv) strv = NULL;

  for (guint i = 0; i < list->len; i++)
    g_strv_builder_add (refs, g_ptr_array_index (list, i));
  strv = g_strv_builder_end (refs);
  if (gateway == NULL
      || !ocg_dbus_gateway_call_set_fallback_models_sync (gateway, (const char *const *) strv,
                                                          ocg_client_options (), &reply, NULL,
                                                          error)
      || (now = get_fallbacks (cli, error)) == NULL)
    return;
  ocg_cli_warn (cli, reply);
  print_list (cli, now, reply);
}

/* The full reference of what the user typed, or that itself when the gateway does not know it. */
static char *
resolve (OcgCli *cli, const char *typed)
{
  OcgDbusGateway *gateway = ocg_client_get_gateway (cli->client, NULL);
  g_autoptr (GVariant) record = NULL;

  if (gateway == NULL
      || !ocg_dbus_gateway_call_resolve_model_sync (gateway, typed, ocg_client_options (), &record,
                                                    NULL, NULL))
    return g_strdup (typed);
  return g_strdup (ocg_record_get_string (record, "ref"));
}

int
ocg_fallbacks_add (OcgCli *cli, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *ref = NULL;

  cli->model = ocg_cli_operand (cli, 0);
  if (*cli->model == '\0')
    {
      g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                           _ ("A fallback is named by PROVIDER/ID or an alias."));
      return 0;
    }
  list = get_fallbacks (cli, error);
  if (list == NULL)
    return 0;
  ref = resolve (cli, cli->model);
  if (g_ptr_array_find_with_equal_func (list, ref, g_str_equal, NULL))
    {
      print_list (cli, list, NULL);
      return 0;
    }
  g_ptr_array_add (list, g_steal_pointer (&ref));
  set_fallbacks (cli, list, error);
  return 0;
}

int
ocg_fallbacks_remove (OcgCli *cli, GError **error)
{
  const char *typed = ocg_cli_operand (cli, 0);
  g_autoptr (GPtrArray) list = get_fallbacks (cli, error);
  g_autofree char *ref = NULL;
  guint index = 0;

  if (list == NULL)
    return 0;
  /* What is in the list need not resolve any more. */
  if (!g_ptr_array_find_with_equal_func (list, typed, g_str_equal, &index))
    {
      ref = resolve (cli, typed);
      if (!g_ptr_array_find_with_equal_func (list, ref, g_str_equal, &index))
        {
          g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_FOUND,
                       _ ("%s is not one of the fallbacks. To see them: openclawctl models "
                          "fallbacks list"),
                       typed);
          return 0;
        }
    }
  g_ptr_array_remove_index (list, index);
  set_fallbacks (cli, list, error);
  return 0;
}

int
ocg_fallbacks_clear (OcgCli *cli, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  if (ocg_cli_connect (cli, error) != NULL)
    set_fallbacks (cli, list, error);
  return 0;
}
