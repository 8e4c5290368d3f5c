/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-config-document.h"
#include "ocg-error.h"
#include "ocg-json-text.h"
#include "ocg-names.h"
#include "ocg-records.h"

#include <glib/gi18n.h>

/* So often somebody else may change the file first. */
#define MAX_TRIES 32

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

/* @empty: what is said when there are none. */
static void
print_list (OcgCli *cli, GPtrArray *list, GVariant *reply, const char *empty)
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
    ocg_cli_print (cli, "%s\n", empty);
}

static const char *
say_none (void)
{
  return _ ("There are no fallbacks. To add one: openclawctl models fallbacks add REF");
}

int
ocg_fallbacks_list (OcgCli *cli, GError **error)
{
  g_autoptr (GPtrArray) list = get_fallbacks (cli, error);

  if (list != NULL)
    print_list (cli, list, NULL, say_none ());
  return 0;
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

/* What is done to the list. FALSE with no error: there is nothing to do. */
typedef gboolean (*ChangeFunc) (OcgCli *cli, GPtrArray *list, GError **error);

static gboolean
add (OcgCli *cli, GPtrArray *list, GError **error)
{
  g_autofree char *ref = resolve (cli, ocg_cli_operand (cli, 0));

  if (g_ptr_array_find_with_equal_func (list, ref, g_str_equal, NULL))
    {
      if (!ocg_cli_has (cli, "json"))
        /* TRANSLATORS: %s is a model. */
        ocg_cli_print (cli, _ ("%s is one of the fallbacks already:\n"), ref);
      return FALSE;
    }
  g_ptr_array_add (list, g_steal_pointer (&ref));
  return TRUE;
}

static gboolean
take_off (OcgCli *cli, GPtrArray *list, GError **error)
{
  const char *typed = ocg_cli_operand (cli, 0);
  g_autofree char *ref = NULL;
  guint index = 0;

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
          return FALSE;
        }
    }
  g_ptr_array_remove_index (list, index);
  return TRUE;
}

static gboolean
empty (OcgCli *cli, GPtrArray *list, GError **error)
{
  gboolean had_any = list->len > 0;

  g_ptr_array_set_size (list, 0);
  return had_any;
}

/* @list, as it follows from the file with @hash. */
static GVariant *
set_fallbacks (OcgCli *cli, GPtrArray *list, const char *hash, GError **error)
{
  OcgDbusGateway *gateway = ocg_client_get_gateway (cli->client, error);
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  g_autoptr (GStrvBuilder) refs = g_strv_builder_new ();
  g_auto (GStrv) strv = NULL;
  GVariant *reply = NULL;

  for (guint i = 0; i < list->len; i++)
    g_strv_builder_add (refs, g_ptr_array_index (list, i));
  strv = g_strv_builder_end (refs);
  g_variant_builder_add (options, "{sv}", "if-hash", g_variant_new_string (hash));
  if (gateway != NULL)
    ocg_dbus_gateway_call_set_fallback_models_sync (gateway, (const char *const *) strv,
                                                    g_variant_builder_end (options), &reply, NULL,
                                                    error);
  return reply;
}

/* Changes the list as it is in the file now. Returns the list that was there, or the new one with
 * @reply set; NULL: an error, OCG_ERROR_CONFIG_CONFLICT when somebody else was faster. */
static GPtrArray *
try_to_change (OcgCli *cli, ChangeFunc change, GVariant **reply, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  g_autoptr (GVariant) config = NULL;
  g_autoptr (GPtrArray) list = NULL;
  GError *local_error = NULL;

  if (client == NULL)
    return NULL;
  ocg_config_document_reload (client);
  config = ocg_config_document_get_all (client, error);
  if (config == NULL || (list = get_fallbacks (cli, error)) == NULL)
    return NULL;
  if (change (cli, list, &local_error))
    *reply = set_fallbacks (cli, list,
                            ocg_config_document_get_hash (config, OCG_CONFIG_DOCUMENT_OPENCLAW),
                            &local_error);
  if (local_error == NULL)
    return *reply != NULL ? get_fallbacks (cli, error) : g_steal_pointer (&list);
  g_propagate_error (error, local_error);
  return NULL;
}

/* @emptied: what is said when there are none any more. */
static void
change_list (OcgCli *cli, ChangeFunc change, const char *emptied, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) local_error = NULL;

  for (guint i = 0; list == NULL && i < MAX_TRIES; i++)
    {
      g_clear_error (&local_error);
      list = try_to_change (cli, change, &reply, &local_error);
      if (list == NULL && !g_error_matches (local_error, OCG_ERROR, OCG_ERROR_CONFIG_CONFLICT))
        break;
    }
  if (list == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return;
    }
  if (reply != NULL)
    ocg_cli_warn (cli, reply);
  print_list (cli, list, reply, reply != NULL ? emptied : say_none ());
}

int
ocg_fallbacks_add (OcgCli *cli, GError **error)
{
  cli->model = ocg_cli_operand (cli, 0);
  if (*cli->model != '\0')
    change_list (cli, add, say_none (), error);
  else
    g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                         _ ("A fallback is named by PROVIDER/ID or an alias."));
  return 0;
}

int
ocg_fallbacks_remove (OcgCli *cli, GError **error)
{
  change_list (cli, take_off, _ ("That was the last one: there are no fallbacks any more."), error);
  return 0;
}

int
ocg_fallbacks_clear (OcgCli *cli, GError **error)
{
  change_list (cli, empty, _ ("There are no fallbacks any more."), error);
  return 0;
}
