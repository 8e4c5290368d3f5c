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

/* What becomes of it is told once: what is left out is known from the first table. */
static gboolean
is_news (GVariant *find)
{
  return ocg_record_get_boolean (find, "removed", FALSE)
         || !g_str_equal (ocg_record_get_string (find, "state"), "skipped");
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

/* Which find the words are about. (transfer none) */
static const char *
name_find (GVariant *find)
{
  static const char *const keys[] = { "profile", "place", "file" };
  const char *name = "";

  for (guint i = 0; i < G_N_ELEMENTS (keys) && *name == '\0'; i++)
    name = ocg_record_get_string (find, keys[i]);
  return name;
}

/* The finds with the same message; (transfer full) "NAME, NAME: MESSAGE" */
static char *
make_note (GPtrArray *finds, const char *message)
{
  g_autoptr (GString) note = g_string_new (NULL);

  for (guint i = 0; i < finds->len; i++)
    {
      GVariant *find = g_ptr_array_index (finds, i);

      if (needs_words (find) && g_str_equal (ocg_record_get_string (find, "message"), message))
        g_string_append_printf (note, "%s%s", note->len > 0 ? ", " : "", name_find (find));
    }
  g_string_append_printf (note, ": %s", message);
  return g_string_free (g_steal_pointer (&note), FALSE);
}

static void
append_notes (GString *out, GPtrArray *finds)
{
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < finds->len; i++)
    {
      GVariant *find = g_ptr_array_index (finds, i);
      const char *message = ocg_record_get_string (find, "message");
      g_autofree char *note = NULL;
      g_auto (GStrv) lines = NULL;

      if (!needs_words (find) || *message == '\0' || !g_hash_table_add (told, (gpointer) message))
        continue;
      note = make_note (finds, message);
      lines = ocg_output_wrap (note, ocg_output_get_columns ());
      for (char **line = lines; *line != NULL; line++)
        {
          ocg_output_append_clean (out, *line, FALSE);
          g_string_append_c (out, '\n');
        }
    }
}

void
ocg_import_table_append (GString *out, GVariant *answer, gboolean only_news)
{
  g_autoptr (OcgTable) table
      = ocg_table_new (3, _ ("PROFILE"), _ ("STATE"), _ ("PLACE"), _ ("FILE"), NULL);
  g_autoptr (GPtrArray) finds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);

  ocg_table_set_wraps (table, 2);
  ocg_table_set_wraps (table, 3);
  ocg_table_give_way (table, 3, 16);
  ocg_table_give_way (table, 2, 16);
  for (gsize i = 0; i < g_variant_n_children (answer); i++)
    {
      g_autoptr (GVariant) find = g_variant_get_child_value (answer, i);
      const char *profile = ocg_record_get_string (find, "profile");
      const char *place = ocg_record_get_string (find, "place");

      if (only_news && !is_news (find))
        continue;
      ocg_table_add_row (table, *profile != '\0' ? profile : "-", name_state (find),
                         *place != '\0' ? place : "-", ocg_record_get_string (find, "file"), NULL);
      g_ptr_array_add (finds, g_steal_pointer (&find));
    }
  if (finds->len > 0)
    ocg_table_append_to (table, out, 0);
  append_notes (out, finds);
}
