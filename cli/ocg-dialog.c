/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-dialog.h"

#include "ocg-error.h"
#include "ocg-output.h"
#include "ocg-signal-input.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* More than anybody types to answer. */
#define MAX_LINE 4096

/* What a terminal asks for again and again, it may be asked for in vain. */
#define MAX_SECRET_TRIES 3

struct _OcgDialog
{
  int fd;
  gboolean has_terminal_input;
};

OcgDialog *
ocg_dialog_new (gboolean keeps_output)
{
  OcgDialog *self = g_new0 (OcgDialog, 1);
  gboolean is_seen = ocg_output_is_terminal (STDOUT_FILENO)
                     || !ocg_output_is_terminal (STDERR_FILENO);

  self->fd = keeps_output || !is_seen ? STDERR_FILENO : STDOUT_FILENO;
  self->has_terminal_input = ocg_output_is_terminal (STDIN_FILENO);
  return self;
}

void
ocg_dialog_free (OcgDialog *self)
{
  g_free (self);
}

int
ocg_dialog_get_fd (OcgDialog *self)
{
  return self->fd;
}

gboolean
ocg_dialog_is_terminal (OcgDialog *self)
{
  return ocg_output_is_terminal (self->fd);
}

guint
ocg_dialog_get_columns (OcgDialog *self)
{
  return ocg_output_get_columns_of (self->fd);
}

void
ocg_dialog_write (OcgDialog *self, const char *text)
{
  gsize length = strlen (text);

  /* Nobody who reads is left: the answers will tell. */
  while (length > 0)
    {
      gssize written = write (self->fd, text, length);

      if (written < 0 && errno != EINTR)
        return;
      text += MAX (written, 0);
      length -= (gsize) MAX (written, 0);
    }
}

/* Each line of @text with @indent spaces before it, but for the first. */
static void
write_wrapped (OcgDialog *self, const char *first, const char *text, guint indent)
{
  guint columns = ocg_dialog_get_columns (self);
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n", -1);
  g_autoptr (GString) out = g_string_new (first);

  for (guint p = 0; paragraphs[p] != NULL; p++)
    {
      g_auto (GStrv) lines = ocg_output_wrap (
          paragraphs[p], columns > indent + 1 ? columns - indent - 1 : G_MAXUINT);

      for (guint i = 0; lines[i] != NULL; i++)
        g_string_append_printf (out, "%*s%s\n", p + i > 0 ? (int) indent : 0, "", lines[i]);
    }
  ocg_dialog_write (self, out->str);
}

void
ocg_dialog_say (OcgDialog *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) clean = g_string_new (NULL);
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  ocg_output_append_clean (clean, text, TRUE);
  write_wrapped (self, "", clean->str, 0);
}

void
ocg_dialog_show (OcgDialog *self, const char *line)
{
  g_autoptr (GString) clean = g_string_new (NULL);

  ocg_output_append_clean (clean, line, FALSE);
  g_string_append_c (clean, '\n');
  ocg_dialog_write (self, clean->str);
}

/* Without its end; a byte at a time, as what follows is another answer. Returns whether there was a
 * line. */
static gboolean
read_line (GString *line)
{
  char byte = '\0';
  gssize n = 0;

  while ((n = ocg_signal_input_read (&byte, 1)) == 1 && byte != '\n')
    if (line->len < MAX_LINE)
      g_string_append_c (line, byte);
  return n == 1 || (n == 0 && line->len > 0);
}

static void
set_cancelled (GError **error)
{
  g_set_error_literal (error, OCG_ERROR, OCG_ERROR_CANCELLED,
                       ocg_signal_input_get_caught () != 0
                           ? _ ("Cancelled. Nothing has been changed.")
                           : _ ("There are no more answers to read, so this stops here. Nothing "
                                "has been changed."));
}

/* Digits of an input method for Chinese are digits, too. */
static char *
clean_answer (const char *line)
{
  g_autofree char *valid = g_utf8_make_valid (line, -1);

  return g_strstrip (g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE));
}

/* @prompt stays on the line on which the answer is typed. NULL: cancelled. */
static char *
ask_line (OcgDialog *self, const char *prompt, GError **error)
{
  static const int signals[] = { SIGINT, 0 };
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GString) clean = g_string_new (NULL);
  gboolean ok = FALSE;

  ocg_output_append_clean (clean, prompt, FALSE);
  ocg_signal_input_begin (signals);
  ocg_dialog_write (self, clean->str);
  ok = read_line (line);
  ocg_signal_input_end ();
  /* A terminal has shown the end of the line. */
  if (!ok || !self->has_terminal_input)
    ocg_dialog_write (self, "\n");
  if (ok)
    return clean_answer (line->str);
  set_cancelled (error);
  return NULL;
}

char *
ocg_dialog_ask (OcgDialog *self, const char *question, const char *suggested, GError **error)
{
  g_autofree char *prompt = suggested != NULL ? g_strdup_printf ("%s [%s]: ", question, suggested)
                                              : g_strdup_printf ("%s: ", question);
  g_autofree char *answer = ask_line (self, prompt, error);

  if (answer != NULL && *answer == '\0' && suggested != NULL)
    return g_strdup (suggested);
  return g_steal_pointer (&answer);
}

gboolean
ocg_dialog_confirm (
    OcgDialog *self, const char *question, gboolean suggested, gboolean *yes, GError **error)
{
  g_autofree char *prompt = g_strdup_printf ("%s [%s] ", question, suggested ? "Y/n" : "y/N");

  for (;;)
    {
      g_autofree char *answer = ask_line (self, prompt, error);

      if (answer == NULL)
        return FALSE;
      *yes = *answer == '\0' ? suggested : g_ascii_tolower (*answer) == 'y';
      if (*answer == '\0' || g_ascii_strcasecmp (answer, "y") == 0
          || g_ascii_strcasecmp (answer, "n") == 0 || g_ascii_strcasecmp (answer, "yes") == 0
          || g_ascii_strcasecmp (answer, "no") == 0)
        return TRUE;
      ocg_dialog_say (self, "%s", _ ("Answer with y or n."));
    }
}

static void
show_items (OcgDialog *self, const char *question, GPtrArray *items)
{
  ocg_dialog_say (self, "\n%s", question);
  for (guint i = 0; i < items->len; i++)
    {
      g_autofree char *number = g_strdup_printf ("%4u. ", i + 1);
      g_autoptr (GString) clean = g_string_new (NULL);

      ocg_output_append_clean (clean, g_ptr_array_index (items, i), FALSE);
      write_wrapped (self, number, clean->str, (guint) strlen (number));
    }
}

static gboolean
parse_number (const char *text, guint max, guint *number)
{
  guint64 value = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 1, max, &value, NULL))
    return FALSE;
  *number = (guint) value - 1;
  return TRUE;
}

gboolean
ocg_dialog_choose (OcgDialog *self, const char *question, GPtrArray *items, guint suggested,
                   guint *chosen, GError **error)
{
  /* TRANSLATORS: a prompt; %u is the number that Enter stands for. */
  g_autofree char *prompt = g_strdup_printf (_ ("Number [%u]: "), suggested + 1);

  show_items (self, question, items);
  for (;;)
    {
      g_autofree char *answer = ask_line (self, prompt, error);

      if (answer == NULL)
        return FALSE;
      *chosen = suggested;
      if (*answer == '\0' || parse_number (answer, items->len, chosen))
        return TRUE;
      ocg_dialog_say (self, _ ("Type a number from 1 to %u, or press Enter for %u."), items->len,
                      suggested + 1);
    }
}

/* @answer: "2 3" or "2,3". FALSE: it is something else. */
static gboolean
parse_numbers (const char *answer, guint max, GArray *chosen)
{
  g_auto (GStrv) words = g_strsplit_set (answer, " ,", -1);

  if (g_str_equal (answer, "0"))
    return TRUE;
  for (guint i = 0; words[i] != NULL; i++)
    {
      guint number = 0;

      if (*words[i] == '\0')
        continue;
      if (!parse_number (words[i], max, &number))
        return FALSE;
      for (guint k = 0; k < chosen->len; k++)
        if (g_array_index (chosen, guint, k) == number)
          return FALSE;
      g_array_append_val (chosen, number);
    }
  return chosen->len > 0;
}

gboolean
ocg_dialog_choose_several (
    OcgDialog *self, const char *question, GPtrArray *items, GArray **chosen, GError **error)
{
  show_items (self, question, items);
  for (;;)
    {
      g_autofree char *answer = ask_line (
          self, _ ("Numbers in the order to try them, 0 for none [as it is]: "), error);
      g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));

      if (answer == NULL)
        return FALSE;
      *chosen = NULL;
      if (*answer == '\0')
        return TRUE;
      if (parse_numbers (answer, items->len, numbers))
        {
          *chosen = g_steal_pointer (&numbers);
          return TRUE;
        }
      ocg_dialog_say (
          self,
          _ ("Type numbers from 1 to %u with blanks between them, such as 2 1, or press "
             "Enter."),
          items->len);
    }
}

OcgSecretInput *
ocg_dialog_ask_secret (OcgDialog *self, const char *question, GError **error)
{
  if (!self->has_terminal_input)
    ocg_dialog_show (self, question);
  for (guint i = 1;; i++)
    {
      g_autoptr (GError) local_error = NULL;
      OcgSecretInput *secret = ocg_secret_input_read_line (question, &local_error);

      if (secret != NULL)
        return secret;
      if (!self->has_terminal_input || i == MAX_SECRET_TRIES
          || !g_error_matches (local_error, OCG_ERROR, OCG_ERROR_INVALID_ARGS))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      ocg_dialog_say (self, "%s", local_error->message);
    }
}
