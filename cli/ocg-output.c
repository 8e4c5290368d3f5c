/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-output.h"

#include "ocg-grapheme.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DEFAULT_COLUMNS 80
/* More is a mistake in $COLUMNS. */
#define MAX_COLUMNS 10000

gboolean
ocg_output_write (const char *text, gsize length, GError **error)
{
  while (length > 0)
    {
      gssize written = write (STDOUT_FILENO, text, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          int saved_errno = errno;

          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                       /* TRANSLATORS: %s is the system's reason, such as "No space left". */
                       _ ("The output could not be written: %s."), g_strerror (saved_errno));
          return FALSE;
        }
      text += written;
      length -= (gsize) written;
    }
  return TRUE;
}

void
ocg_output_complain (const char *text)
{
  g_autoptr (GString) line = g_string_new ("openclawctl: ");

  ocg_output_append_clean (line, text, TRUE);
  g_string_append_c (line, '\n');
  fputs (line->str, stderr);
}

void
ocg_output_note (const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);

  ocg_output_append_clean (line, text, FALSE);
  g_string_append_c (line, '\n');
  fputs (line->str, stderr);
}

void
ocg_output_complain_more (const char *name, const char *text)
{
  g_autoptr (GString) line = g_string_new ("  ");

  ocg_output_append_clean (line, name, FALSE);
  g_string_append (line, ": ");
  ocg_output_append_clean (line, text, FALSE);
  g_string_append_c (line, '\n');
  fputs (line->str, stderr);
}

gboolean
ocg_output_is_terminal (int fd)
{
  return isatty (fd) == 1;
}

gboolean
ocg_output_has_style (int fd)
{
  const char *no_color = g_getenv ("NO_COLOR");

  return ocg_output_is_terminal (fd) && (no_color == NULL || *no_color == '\0')
         && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

/* $COLUMNS counts more than the terminal, as with other programs; nonsense does not count. */
static guint
get_columns_variable (void)
{
  const char *text = g_getenv ("COLUMNS");
  guint64 columns = 0;

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 1, MAX_COLUMNS, &columns, NULL))
    return (guint) columns;
  return 0;
}

guint
ocg_output_get_columns_of (int fd)
{
  struct winsize size = { 0 };
  guint columns = 0;

  if (!ocg_output_is_terminal (fd))
    return G_MAXUINT;
  columns = get_columns_variable ();
  if (columns > 0)
    return columns;
  if (ioctl (fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return DEFAULT_COLUMNS;
}

guint
ocg_output_get_columns (void)
{
  return ocg_output_get_columns_of (STDOUT_FILENO);
}

guint
ocg_output_measure (const char *text)
{
  guint columns = 0;

  while (*text != '\0')
    {
      guint cells = 0;

      text = ocg_grapheme_next (text, &cells);
      columns += cells;
    }
  return columns;
}

static void
append_spaces (GString *out, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (out, ' ');
}

/* The end of what fits into @columns from @text on; @used: the columns of that. */
static const char *
find_end (const char *text, guint columns, guint *used)
{
  *used = 0;
  while (*text != '\0')
    {
      guint cells = 0;
      const char *next = ocg_grapheme_next (text, &cells);

      if (cells > columns - *used)
        break;
      *used += cells;
      text = next;
    }
  return text;
}

void
ocg_output_append_cell (GString *out, const char *text, guint columns)
{
  guint used = 0;
  const char *end = find_end (text, columns, &used);

  if (*end != '\0' && columns > 0)
    {
      /* One column is kept for the ellipsis. */
      end = find_end (text, columns - 1, &used);
      g_string_append_len (out, text, end - text);
      g_string_append (out, "…");
      used++;
    }
  else
    g_string_append_len (out, text, end - text);
  append_spaces (out, columns - used);
}

/* The end of the first word of @text, with the spaces behind it; @cells: without those. */
static const char *
find_word_end (const char *text, guint *cells)
{
  guint used = 0;

  *cells = 0;
  while (*text != '\0')
    {
      guint width = 0;
      const char *next = ocg_grapheme_next (text, &width);

      used += width;
      if (*text != ' ')
        *cells = used;
      if (*next != '\0' && ocg_grapheme_may_break (text, next))
        return next;
      text = next;
    }
  return text;
}

guint
ocg_output_measure_word (const char *text)
{
  guint widest = 0;

  while (*text != '\0')
    {
      guint cells = 0;

      text = find_word_end (text, &cells);
      widest = MAX (widest, cells);
    }
  return widest;
}

/* The spaces at the end of what is between @text and @end. */
static guint
count_spaces (const char *text, const char *end)
{
  guint n = 0;

  while (end > text && end[-1] == ' ')
    {
      end--;
      n++;
    }
  return n;
}

/* The end of the line that begins at @text. */
static const char *
find_line_end (const char *text, guint columns)
{
  const char *end = text;
  guint used = 0;

  while (*end != '\0')
    {
      guint cells = 0;
      const char *next = find_word_end (end, &cells);

      if (used + cells > columns)
        break;
      used += cells + count_spaces (end, next);
      end = next;
    }
  if (end == text)
    end = find_end (text, columns, &used);
  /* A character of two columns takes them even where there is but one. */
  return end == text && *text != '\0' ? ocg_grapheme_next (text, &used) : end;
}

GStrv
ocg_output_wrap (const char *text, guint columns)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  do
    {
      const char *end = find_line_end (text, columns);
      g_autofree char *line = g_strndup (text, (gsize) (end - text));

      g_strv_builder_add (lines, g_strchomp (line));
      text = end;
    }
  while (*text != '\0');
  return g_strv_builder_end (lines);
}

/* Controls that reorder or hide the text around them: a name could be read as another. */
static gboolean
is_treacherous (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static gboolean
is_line_end (gunichar c)
{
  return c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029;
}

void
ocg_output_append_clean (GString *out, const char *text, gboolean keep_lines)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_line_end (c) && !keep_lines)
        g_string_append_c (out, ' ');
      else if (is_line_end (c) || !is_treacherous (c))
        g_string_append_unichar (out, c);
    }
}
