/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-table.h"

#include "ocg-output.h"

#include <unistd.h>

#define GAP 2
#define MIN_SHRUNK_COLUMNS 8
/* The last resort for a column. */
#define MIN_COLUMNS 4
/* A word that is longer than this is broken when its column wraps. */
#define MAX_WORD_COLUMNS 20
#define MIN_TABLE_COLUMNS 40
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

typedef struct
{
  guint width;
  gboolean wraps;
  gboolean is_left_out;
} Column;

typedef struct
{
  guint column;
  guint minimum; /* 0: it is left out */
} Step;

struct _OcgTable
{
  GArray *columns; /* of Column */
  GArray *steps;   /* of Step: who gives way, in order */
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

  self->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  va_start (headings, shrinks);
  add_row (self, headings);
  va_end (headings);
  g_array_set_size (self->columns, g_strv_length (g_ptr_array_index (self->rows, 0)));
  ocg_table_give_way (self, shrinks, MIN_SHRUNK_COLUMNS);
  return self;
}

void
ocg_table_free (OcgTable *self)
{
  g_array_unref (self->columns);
  g_array_unref (self->steps);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

void
ocg_table_give_way (OcgTable *self, guint column, guint minimum)
{
  Step step = { column, minimum };

  g_return_if_fail (column < self->columns->len);
  g_array_append_val (self->steps, step);
}

void
ocg_table_set_wraps (OcgTable *self, guint column)
{
  g_return_if_fail (column < self->columns->len);
  g_array_index (self->columns, Column, column).wraps = TRUE;
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

/* Makes each column as wide as it wants to be. Returns the width of all. */
static guint
measure (OcgTable *self)
{
  guint total = (self->columns->len - 1) * GAP;

  for (guint c = 0; c < self->columns->len; c++)
    {
      Column *column = &g_array_index (self->columns, Column, c);

      column->width = 0;
      column->is_left_out = FALSE;
      for (guint i = 0; i < self->rows->len; i++)
        {
          GStrv row = g_ptr_array_index (self->rows, i);

          column->width = MAX (column->width, ocg_output_measure (row[c]));
        }
      total += column->width;
    }
  return total;
}

/* A column that wraps keeps its words whole while it can. */
static guint
find_minimum (OcgTable *self, guint c, guint minimum)
{
  if (!g_array_index (self->columns, Column, c).wraps)
    return minimum;
  for (guint i = 0; i < self->rows->len; i++)
    {
      GStrv row = g_ptr_array_index (self->rows, i);

      minimum = MAX (minimum, MIN (ocg_output_measure_word (row[c]), MAX_WORD_COLUMNS));
    }
  return minimum;
}

/* Returns by how much the table became narrower; at most @excess unless it is left out. */
static guint
take_step (OcgTable *self, const Step *step, guint excess)
{
  Column *column = &g_array_index (self->columns, Column, step->column);
  guint minimum = 0;
  guint gain = 0;

  if (step->minimum == 0)
    {
      column->is_left_out = TRUE;
      return column->width + GAP;
    }
  minimum = find_minimum (self, step->column, step->minimum);
  if (column->width > minimum)
    gain = MIN (excess, column->width - minimum);
  column->width -= gain;
  return gain;
}

/* Takes a column of the terminal from the widest of ours; FALSE: none has one to spare. */
static gboolean
squeeze (OcgTable *self)
{
  Column *widest = NULL;

  for (guint c = 0; c < self->columns->len; c++)
    {
      Column *column = &g_array_index (self->columns, Column, c);

      if (!column->is_left_out && (widest == NULL || column->width > widest->width))
        widest = column;
    }
  if (widest == NULL || widest->width <= MIN_COLUMNS)
    return FALSE;
  widest->width--;
  return TRUE;
}

/* Whether the rows can be made to fit. */
static gboolean
fit (OcgTable *self, guint available)
{
  guint total = measure (self);

  if (total <= available)
    return TRUE;
  if (available < MIN_TABLE_COLUMNS)
    return FALSE;
  for (guint i = 0; i < self->steps->len && total > available; i++)
    total -= take_step (self, &g_array_index (self->steps, Step, i), total - available);
  for (; total > available; total--)
    if (!squeeze (self))
      return FALSE;
  return TRUE;
}

static void
append_spaces (GString *out, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (out, ' ');
}

static void
end_line (GString *out)
{
  gsize end = out->len;

  while (end > 0 && out->str[end - 1] == ' ')
    end--;
  g_string_truncate (out, end);
  g_string_append_c (out, '\n');
}

/* What stands in the cell, line by line. */
static GPtrArray *
lay_out (OcgTable *self, GStrv row, gboolean is_heading, guint *n_lines)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  *n_lines = 1;
  for (guint c = 0; c < self->columns->len; c++)
    {
      const Column *column = &g_array_index (self->columns, Column, c);
      gboolean wraps = column->wraps && !column->is_left_out && !is_heading;
      GStrv lines = ocg_output_wrap (row[c], wraps ? column->width : G_MAXUINT);

      *n_lines = MAX (*n_lines, g_strv_length (lines));
      g_ptr_array_add (cells, lines);
    }
  return cells;
}

static void
append_row (OcgTable *self, GString *out, guint index, guint indent)
{
  guint n_lines = 0;
  g_autoptr (GPtrArray) cells
      = lay_out (self, g_ptr_array_index (self->rows, index), index == 0, &n_lines);

  for (guint line = 0; line < n_lines; line++)
    {
      guint gap = 0;

      append_spaces (out, indent);
      for (guint c = 0; c < self->columns->len; c++)
        {
          const Column *column = &g_array_index (self->columns, Column, c);
          GStrv lines = g_ptr_array_index (cells, c);

          if (column->is_left_out)
            continue;
          append_spaces (out, gap);
          ocg_output_append_cell (out, line < g_strv_length (lines) ? lines[line] : "",
                                  column->width);
          gap = GAP;
        }
      end_line (out);
    }
}

/* One field of a block: its lines under each other, behind the name if that leaves them room. */
static void
append_field (GString *out, const char *name, guint name_columns, const char *text,
              guint available, guint indent)
{
  gboolean is_beside = name_columns + GAP <= available / 2;
  guint margin = is_beside ? name_columns + GAP : MIN (GAP, available / 2);
  g_auto (GStrv) lines = ocg_output_wrap (text, available - margin);

  append_spaces (out, indent);
  ocg_output_append_cell (out, name, is_beside ? margin : available);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0 || !is_beside)
        {
          end_line (out);
          append_spaces (out, indent + margin);
        }
      g_string_append (out, lines[i]);
    }
  end_line (out);
}

static void
append_block (OcgTable *self, GString *out, guint index, guint available, guint indent)
{
  GStrv names = g_ptr_array_index (self->rows, 0);
  GStrv row = g_ptr_array_index (self->rows, index);
  guint name_columns = 0;

  for (guint c = 0; c < self->columns->len; c++)
    name_columns = MAX (name_columns, ocg_output_measure (names[c]));
  if (index > 1)
    g_string_append_c (out, '\n');
  for (guint c = 0; c < self->columns->len; c++)
    if (*row[c] != '\0')
      append_field (out, names[c], name_columns, row[c], available, indent);
}

void
ocg_table_append_to (OcgTable *self, GString *out, guint indent)
{
  guint columns = ocg_output_get_columns ();
  guint available = columns > indent ? columns - indent : 1;
  gboolean has_style = ocg_output_has_style (STDOUT_FILENO);

  if (!fit (self, available))
    {
      for (guint i = 1; i < self->rows->len; i++)
        append_block (self, out, i, available, indent);
      return;
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      gboolean is_heading = i == 0 && has_style;

      if (is_heading)
        g_string_append (out, BOLD);
      append_row (self, out, i, indent);
      if (is_heading)
        g_string_append (out, PLAIN);
    }
}
