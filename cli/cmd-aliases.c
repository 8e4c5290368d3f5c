/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-config-document.h"
#include "ocg-error.h"
#include "ocg-json-text.h"
#include "ocg-output.h"
#include "ocg-records.h"
#include "ocg-table.h"

#include <glib/gi18n.h>

/* All models that the gateway knows, as aa{sv}. */
static GVariant *
list_all_models (OcgCli *cli, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  OcgDbusGateway *gateway = client != NULL ? ocg_client_get_gateway (client, error) : NULL;
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  GVariant *models = NULL;

  g_variant_builder_add (options, "{sv}", "all", g_variant_new_boolean (TRUE));
  if (gateway != NULL)
    ocg_dbus_gateway_call_list_models_sync (gateway, g_variant_builder_end (options), &models,
                                            NULL, error);
  return models;
}

/* One dictionary an alias: alias and ref. */
static GVariant *
pick_aliases (GVariant *models)
{
  g_auto (GVariantBuilder) pairs = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (gsize i = 0; i < g_variant_n_children (models); i++)
    {
      g_autoptr (GVariant) model = g_variant_get_child_value (models, i);
      g_autofree const char **aliases = ocg_record_get_strv (model, "aliases");

      for (guint a = 0; aliases != NULL && aliases[a] != NULL; a++)
        {
          g_variant_builder_open (&pairs, G_VARIANT_TYPE_VARDICT);
          g_variant_builder_add (&pairs, "{sv}", "alias", g_variant_new_string (aliases[a]));
          g_variant_builder_add (&pairs, "{sv}", "ref",
                                 g_variant_new_string (ocg_record_get_string (model, "ref")));
          g_variant_builder_close (&pairs);
        }
    }
  return g_variant_ref_sink (g_variant_builder_end (&pairs));
}

static void
print_table (OcgCli *cli, GVariant *aliases)
{
  g_autoptr (OcgTable) table = ocg_table_new (1, _ ("ALIAS"), _ ("REF"), NULL);

  for (gsize i = 0; i < g_variant_n_children (aliases); i++)
    {
      g_autoptr (GVariant) alias = g_variant_get_child_value (aliases, i);

      ocg_table_add_row (table, ocg_record_get_string (alias, "alias"),
                         ocg_record_get_string (alias, "ref"), NULL);
    }
  if (ocg_table_get_n_rows (table) > 0)
    ocg_table_append_to (table, cli->out, 0);
  else
    ocg_cli_print (cli, "%s\n",
                   _ ("There are no aliases. To make one: openclawctl models aliases add ALIAS "
                      "REF"));
}

int
ocg_aliases_list (OcgCli *cli, GError **error)
{
  g_autoptr (GVariant) models = list_all_models (cli, error);
  g_autoptr (GVariant) aliases = models != NULL ? pick_aliases (models) : NULL;

  if (aliases == NULL)
    return 0;
  if (ocg_cli_has (cli, "json"))
    ocg_cli_print_json (cli, ocg_records_to_json ("aliases", aliases));
  else if (ocg_cli_has (cli, "plain"))
    ocg_records_print_plain (cli, aliases, "alias");
  else
    print_table (cli, aliases);
  return 0;
}

/* Returns the reply, or NULL. */
static GVariant *
set_alias (OcgCli *cli, const char *ref, const char *alias, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  OcgDbusGateway *gateway = client != NULL ? ocg_client_get_gateway (client, error) : NULL;
  GVariant *reply = NULL;

  if (gateway != NULL)
    ocg_dbus_gateway_call_set_alias_sync (gateway, ref, alias, ocg_client_options (), &reply, NULL,
                                          error);
  return reply;
}

static void
print_change (OcgCli *cli, GVariant *reply, const char *ref, const char *alias, const char *text)
{
  ocg_cli_warn (cli, reply);
  if (ocg_cli_has (cli, "json"))
    {
      JsonNode *node = ocg_json_from_variant (reply);

      json_object_set_string_member (json_node_get_object (node), "alias", alias);
      json_object_set_string_member (json_node_get_object (node), "ref", ref);
      ocg_cli_print_json (cli, node);
    }
  else
    ocg_cli_print (cli, "%s\n", text);
}

int
ocg_aliases_add (OcgCli *cli, GError **error)
{
  const char *alias = ocg_cli_operand (cli, 0);
  const char *ref = ocg_cli_operand (cli, 1);
  g_autoptr (GVariant) reply = NULL;
  g_autofree char *text = NULL;

  /* To the gateway, an empty alias means that it is taken away. */
  if (*alias == '\0')
    {
      g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS, _ ("An alias has a name."));
      return 0;
    }
  cli->model = ref;
  reply = set_alias (cli, ref, alias, error);
  if (reply == NULL)
    return 0;
  text = g_strdup_printf (_ ("%s now stands for %s."), alias, ref);
  print_change (cli, reply, ref, alias, text);
  return 0;
}

/* The reference that @name stands for, or NULL. Aliases are the same in any case. */
static char *
find_alias (GVariant *aliases, const char *name)
{
  g_autofree char *wanted = g_utf8_casefold (name, -1);

  for (gsize i = 0; i < g_variant_n_children (aliases); i++)
    {
      g_autoptr (GVariant) alias = g_variant_get_child_value (aliases, i);
      g_autofree char *found = g_utf8_casefold (ocg_record_get_string (alias, "alias"), -1);

      if (g_str_equal (found, wanted))
        return g_strdup (ocg_record_get_string (alias, "ref"));
    }
  return NULL;
}

/* Those of the files as they are now. */
static GVariant *
read_aliases (OcgCli *cli, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  g_autoptr (GVariant) models = NULL;

  if (client == NULL)
    return NULL;
  ocg_config_document_reload (client);
  models = list_all_models (cli, error);
  return models != NULL ? pick_aliases (models) : NULL;
}

/* What the user's file does not say, it cannot take away. */
static gboolean
check_removal (OcgCli *cli, const char *alias, GError **error)
{
  g_autoptr (GVariant) models = list_all_models (cli, error);
  g_autoptr (GVariant) aliases = models != NULL ? pick_aliases (models) : NULL;
  g_autofree char *ref = aliases != NULL ? find_alias (aliases, alias) : NULL;

  if (ref != NULL)
    g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_SUPPORTED,
                 /* TRANSLATORS: an alias and a model. */
                 _ ("%s still stands for %s: the administrator has set it, and only the "
                    "administrator can take it away."),
                 alias, ref);
  return aliases != NULL && ref == NULL;
}

int
ocg_aliases_remove (OcgCli *cli, GError **error)
{
  const char *alias = ocg_cli_operand (cli, 0);
  g_autoptr (GVariant) aliases = read_aliases (cli, error);
  g_autofree char *ref = aliases != NULL ? find_alias (aliases, alias) : NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autofree char *text = NULL;

  if (aliases == NULL)
    return 0;
  if (ref == NULL)
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_FOUND,
                   _ ("There is no alias %s. To see them: openclawctl models aliases list"), alias);
      return 0;
    }
  reply = set_alias (cli, ref, "", error);
  if (reply == NULL || !check_removal (cli, alias, error))
    return 0;
  text = g_strdup_printf (_ ("%s no longer stands for %s."), alias, ref);
  print_change (cli, reply, ref, alias, text);
  return 0;
}

/* Adds the warnings of @reply to @warnings (of char*), each but once. */
static void
gather_warnings (GPtrArray *warnings, GVariant *reply)
{
  g_autofree const char **list = ocg_record_get_strv (reply, "warnings");

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (warnings, list[i], g_str_equal, NULL))
      g_ptr_array_add (warnings, g_strdup (list[i]));
}

/* Takes every one of @aliases away, until one cannot be. */
static gboolean
remove_all (OcgCli *cli, GVariant *aliases, GPtrArray *warnings, GError **error)
{
  for (gsize i = 0; i < g_variant_n_children (aliases); i++)
    {
      g_autoptr (GVariant) alias = g_variant_get_child_value (aliases, i);
      g_autoptr (GVariant) reply = set_alias (cli, ocg_record_get_string (alias, "ref"), "", error);

      if (reply == NULL)
        return FALSE;
      gather_warnings (warnings, reply);
    }
  return TRUE;
}

static void
print_no_aliases (OcgCli *cli, GPtrArray *warnings)
{
  g_autoptr (JsonObject) root = json_object_new ();
  g_autoptr (JsonArray) list = json_array_new ();

  for (guint i = 0; i < warnings->len; i++)
    json_array_add_string_element (list, g_ptr_array_index (warnings, i));
  if (warnings->len > 0)
    json_object_set_array_member (root, "warnings", json_array_ref (list));
  json_object_set_array_member (root, "aliases", json_array_new ());
  ocg_cli_print_json (cli, json_node_init_object (json_node_alloc (), root));
}

int
ocg_aliases_clear (OcgCli *cli, GError **error)
{
  g_autoptr (GVariant) aliases = read_aliases (cli, error);
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  gboolean ok = aliases != NULL && remove_all (cli, aliases, warnings, error);

  /* What was taken away before one could not be has its warnings, too. */
  for (guint i = 0; i < warnings->len && !ocg_cli_has (cli, "json"); i++)
    ocg_output_complain (g_ptr_array_index (warnings, i));
  if (!ok)
    return 0;
  if (ocg_cli_has (cli, "json"))
    print_no_aliases (cli, warnings);
  else
    ocg_cli_print (cli, "%s\n", _ ("There are no aliases any more."));
  return 0;
}
