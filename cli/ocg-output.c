/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-output.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

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

guint
ocg_output_get_columns (void)
{
  struct winsize size = { 0 };

  if (!ocg_output_is_terminal (STDOUT_FILENO))
    return G_MAXUINT;
  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return 80;
}

static guint
measure_char (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

guint
ocg_output_measure (const char *text)
{
  guint columns = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    columns += measure_char (g_utf8_get_char (p));
  return columns;
}

static void
append_spaces (GString *out, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (out, ' ');
}

void
ocg_output_append_cell (GString *out, const char *text, guint columns)
{
  guint used = 0;
  guint all = ocg_output_measure (text);

  if (all <= columns)
    {
      g_string_append (out, text);
      append_spaces (out, columns - all);
      return;
    }

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      /* One column is kept for the ellipsis. */
      if (used + measure_char (c) + 1 > columns)
        break;
      used += measure_char (c);
      g_string_append_unichar (out, c);
    }
  g_string_append (out, "…");
  append_spaces (out, columns - MIN (columns, used + 1));
}

void
ocg_output_append_clean (GString *out, const char *text, gboolean keep_lines)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\t')
        g_string_append_c (out, keep_lines ? (char) c : ' ');
      else if (!g_unichar_iscntrl (c))
        g_string_append_unichar (out, c);
    }
}
