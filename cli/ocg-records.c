/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-records.h"

#include "ocg-json-text.h"

const char *
ocg_record_get_string (GVariant *record, const char *key)
{
  const char *text = "";

  /* The string is part of the record, which lives on. */
  g_variant_lookup (record, key, "&s", &text);
  return text;
}

gboolean
ocg_record_get_boolean (GVariant *record, const char *key, gboolean fallback)
{
  gboolean value = fallback;

  g_variant_lookup (record, key, "b", &value);
  return value;
}

gboolean
ocg_record_get_integer (GVariant *record, const char *key, gint64 *number)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (record, key, NULL);
  g_autoptr (JsonNode) node = value != NULL ? ocg_json_from_variant (value) : NULL;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *number = json_node_get_int (node);
  return TRUE;
}

const char **
ocg_record_get_strv (GVariant *record, const char *key)
{
  const char **list = NULL;

  return g_variant_lookup (record, key, "^a&s", &list) ? list : NULL;
}

JsonNode *
ocg_records_to_json (const char *name, GVariant *records)
{
  g_autoptr (JsonObject) root = json_object_new ();

  json_object_set_member (root, name, ocg_json_from_variant (records));
  return json_node_init_object (json_node_alloc (), root);
}

void
ocg_records_print_plain (OcgCli *cli, GVariant *records, const char *key)
{
  for (gsize i = 0; i < g_variant_n_children (records); i++)
    {
      g_autoptr (GVariant) record = g_variant_get_child_value (records, i);

      ocg_cli_print (cli, "%s\n", ocg_record_get_string (record, key));
    }
}

gboolean
ocg_records_have (GVariant *records, const char *key, const char *value)
{
  for (gsize i = 0; records != NULL && i < g_variant_n_children (records); i++)
    {
      g_autoptr (GVariant) record = g_variant_get_child_value (records, i);

      if (g_str_equal (ocg_record_get_string (record, key), value))
        return TRUE;
    }
  return FALSE;
}
