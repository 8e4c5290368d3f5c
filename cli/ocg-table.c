/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-table.h"

#include "ocg-output.h"

#include <string.h>
#include <unistd.h>

#define GAP 2
#define MIN_SHRUNK_COLUMNS 8
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

struct _OcgTable
{
  guint shrinks;
  GPtrArray *rows; /* of GStrv; the first is the heading */
};

static void
add_row (OcgTable *self, va_list cells)
{
  g_autoptr (GStrvBuilder) row = g_strv_builder_new ();
  const char *cell = NULL;

  while ((cell = va_arg (cells, const char *)) != NULL)
    {
      g_autoptr (GString) clean = g_string_new (NULL);

      ocg_output_append_clean (clean, cell, FALSE);
      g_strv_builder_add (row, clean->str);
    }
  g_ptr_array_add (self->rows, g_strv_builder_end (row));
}

OcgTable *
ocg_table_new (guint shrinks, ...)
{
  OcgTable *self = g_new0 (OcgTable, 1);
  va_list headings;

  self->shrinks = shrinks;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  va_start (headings, shrinks);
  add_row (self, headings);
  va_end (headings);
  return self;
}

void
ocg_table_free (OcgTable *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

void
ocg_table_add_row (OcgTable *self, ...)
{
  va_list cells;

  va_start (cells, self);
  add_row (self, cells);
  va_end (cells);
}

guint
ocg_table_get_n_rows (OcgTable *self)
{
  return self->rows->len - 1;
}

/* The width of each column. */
static GArray *
measure (OcgTable *self, guint indent)
{
  guint n_columns = g_strv_length (g_ptr_array_index (self->rows, 0));
  g_autoptr (GArray) widths = g_array_sized_new (FALSE, TRUE, sizeof (guint), n_columns);
  guint available = ocg_output_get_columns ();
  guint total = indent + (n_columns - 1) * GAP;
  guint *shrunk = NULL;

  g_array_set_size (widths, n_columns);
  for (guint i = 0; i < self->rows->len; i++)
    for (guint c = 0; c < n_columns; c++)
      {
        GStrv row = g_ptr_array_index (self->rows, i);
        guint *width = &g_array_index (widths, guint, c);

        *width = MAX (*width, ocg_output_measure (row[c]));
      }
  for (guint c = 0; c < n_columns; c++)
    total += g_array_index (widths, guint, c);

  shrunk = &g_array_index (widths, guint, self->shrinks);
  if (total > available)
    *shrunk = *shrunk > total - available + MIN_SHRUNK_COLUMNS ? *shrunk - (total - available)
                                                               : MIN (*shrunk, MIN_SHRUNK_COLUMNS);
  return g_steal_pointer (&widths);
}

static void
append_row (GString *out, GStrv row, GArray *widths, guint indent)
{
  gsize end = 0;

  for (guint i = 0; i < indent; i++)
    g_string_append_c (out, ' ');
  for (guint c = 0; c < widths->len; c++)
    {
      if (c > 0)
        g_string_append_printf (out, "%*s", GAP, "");
      ocg_output_append_cell (out, row[c], g_array_index (widths, guint, c));
    }
  for (end = out->len; end > 0 && out->str[end - 1] == ' '; end--)
    ;
  g_string_truncate (out, end);
  g_string_append_c (out, '\n');
}

void
ocg_table_append_to (OcgTable *self, GString *out, guint indent)
{
  g_autoptr (GArray) widths = measure (self, indent);
  gboolean has_style = ocg_output_has_style (STDOUT_FILENO);

  for (guint i = 0; i < self->rows->len; i++)
    {
      gboolean is_heading = i == 0 && has_style;

      if (is_heading)
        g_string_append (out, BOLD);
      append_row (out, g_ptr_array_index (self->rows, i), widths, indent);
      if (is_heading)
        g_string_append (out, PLAIN);
    }
}
