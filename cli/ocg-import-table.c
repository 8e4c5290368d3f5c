/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-import-table.h"

#include "ocg-output.h"
#include "ocg-records.h"
#include "ocg-table.h"

#include <glib/gi18n.h>

static const char *
name_state (GVariant *find)
{
  const char *state = ocg_record_get_string (find, "state");

  if (ocg_record_get_boolean (find, "removed", FALSE))
    /* TRANSLATORS: a key is in the keyring, and no longer in the file. */
    return _ ("moved");
  if (g_str_equal (state, "found"))
    return _ ("found");
  if (g_str_equal (state, "stored"))
    return _ ("stored");
  if (g_str_equal (state, "skipped"))
    /* TRANSLATORS: a key is not stored. */
    return _ ("left out");
  if (g_str_equal (state, "failed"))
    return _ ("failed");
  return state;
}

/* What a row says all by itself needs no words. */
static gboolean
needs_words (GVariant *find)
{
  const char *state = ocg_record_get_string (find, "state");

  return !ocg_record_get_boolean (find, "removed", FALSE)
         && !(ocg_record_get_boolean (find, "removable", FALSE)
              && (g_str_equal (state, "found") || g_str_equal (state, "stored")));
}

static void
append_notes (GString *out, GVariant *finds)
{
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < g_variant_n_children (finds); i++)
    {
      g_autoptr (GVariant) find = g_variant_get_child_value (finds, i);
      const char *message = ocg_record_get_string (find, "message");
      const char *profile = ocg_record_get_string (find, "profile");
      g_auto (GStrv) lines = NULL;
      g_autofree char *note = NULL;

      if (!needs_words (find) || *message == '\0' || !g_hash_table_add (told, (gpointer) message))
        continue;
      note = g_strdup_printf (
          "%s: %s", *profile != '\0' ? profile : ocg_record_get_string (find, "file"), message);
      lines = ocg_output_wrap (note, ocg_output_get_columns ());
      for (char **line = lines; *line != NULL; line++)
        {
          ocg_output_append_clean (out, *line, FALSE);
          g_string_append_c (out, '\n');
        }
    }
}

void
ocg_import_table_append (GString *out, GVariant *finds)
{
  g_autoptr (OcgTable) table
      = ocg_table_new (3, _ ("PROFILE"), _ ("STATE"), _ ("PLACE"), _ ("FILE"), NULL);

  ocg_table_set_wraps (table, 2);
  ocg_table_set_wraps (table, 3);
  ocg_table_give_way (table, 3, 16);
  ocg_table_give_way (table, 2, 16);
  for (gsize i = 0; i < g_variant_n_children (finds); i++)
    {
      g_autoptr (GVariant) find = g_variant_get_child_value (finds, i);
      const char *profile = ocg_record_get_string (find, "profile");
      const char *place = ocg_record_get_string (find, "place");

      ocg_table_add_row (table, *profile != '\0' ? profile : "-", name_state (find),
                         *place != '\0' ? place : "-", ocg_record_get_string (find, "file"), NULL);
    }
  ocg_table_append_to (table, out, 0);
  append_notes (out, finds);
}
