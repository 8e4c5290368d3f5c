/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-choice.h"
#include "ocg-config-document.h"
#include "ocg-editor.h"
#include "ocg-error.h"
#include "ocg-output.h"
#include "ocg-private-copy.h"
#include "ocg-problem-list.h"
#include "ocg-sealed-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Where there is no file yet. */
#define EMPTY_TEXT "{\n}\n"

/* Nobody opens a file, looks at it and closes it again in less. */
#define QUICK_US (2 * G_USEC_PER_SEC)

typedef struct
{
  OcgCli *cli;
  OcgConfigDocument document;
  char *editor;
  char *path;
  char *hash;            /* of what was copied */
  int before;            /* what was copied; a sealed file, as the next one */
  int after;             /* what the editor left; -1: not known */
  gint64 duration_us;    /* how long the editor ran */
  guint n_staying;       /* errors that were there before and still are */
  OcgProblemList *known; /* what was wrong before */
  OcgPrivateCopy *copy;
} Edit;

typedef enum
{
  NEXT_SAVE,
  NEXT_EDIT_AGAIN,
  NEXT_DROP,
  NEXT_FAIL, /* with the error set, and the copy kept if it has to be */
} Next;

static void
edit_clear (Edit *self)
{
  g_clear_pointer (&self->editor, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->hash, g_free);
  if (self->before != -1)
    close (self->before);
  if (self->after != -1)
    close (self->after);
  g_clear_pointer (&self->known, ocg_problem_list_free);
  g_clear_pointer (&self->copy, ocg_private_copy_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Edit, edit_clear)

/* What the user has typed stays where it is, and is told at the end. */
static void
keep_copy (Edit *self)
{
  ocg_private_copy_keep (self->copy);
  g_free (self->cli->epilogue);
  /* TRANSLATORS: %s is a file. */
  self->cli->epilogue = g_strdup_printf (_ ("Your edited copy was kept: %s"),
                                         ocg_private_copy_get_path (self->copy));
}

/* The text of the file, or one to begin with. */
static int
read_file (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  int saved_errno = errno;
  int text = -1;

  if (fd == -1 && saved_errno == ENOENT)
    return ocg_sealed_file_new (EMPTY_TEXT, strlen (EMPTY_TEXT), path, error);
  if (fd == -1)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                 /* TRANSLATORS: a file, then the system's reason, such as "Permission denied". */
                 _ ("“%s” cannot be read: %s."), path, g_strerror (saved_errno));
  else
    {
      text = ocg_sealed_file_new_from_fd (fd, path, OCG_CONFIG_DOCUMENT_MAX_SIZE, error);
      close (fd);
    }
  return text;
}

static gboolean
begin (Edit *self, GError **error)
{
  OcgClient *client = ocg_cli_connect (self->cli, error);
  const char *document = ocg_config_document_to_string (self->document);
  g_autoptr (GVariant) all = NULL;
  g_autofree char *name = NULL;

  if (client == NULL)
    return FALSE;
  ocg_config_document_reload (client);
  all = ocg_config_document_get_all (client, error);
  if (all == NULL)
    return FALSE;
  self->path = g_strdup (ocg_config_document_get_path (all, self->document));
  self->hash = g_strdup (ocg_config_document_get_hash (all, self->document));
  self->before = read_file (self->path, error);
  if (self->before == -1)
    return FALSE;
  self->known = ocg_problem_list_fetch (client, self->before, document, error);
  if (self->known == NULL)
    return FALSE;
  name = g_path_get_basename (self->path);
  self->copy = ocg_private_copy_new (name, self->before, error);
  return self->copy != NULL;
}

/* Reads what the editor left. */
static gboolean
read_copy (Edit *self, GError **error)
{
  if (self->after != -1)
    close (self->after);
  self->after = ocg_private_copy_read (self->copy, OCG_CONFIG_DOCUMENT_MAX_SIZE, error);
  return self->after != -1;
}

/* Whether there is anything to keep that cannot be read. */
static gboolean
may_hold_text (const GError *error)
{
  return !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
         && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static gboolean
edit_copy (Edit *self, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 start = g_get_monotonic_time ();
  gboolean crashed = FALSE;

  if (!ocg_editor_run (self->editor, ocg_private_copy_get_path (self->copy), &crashed, error))
    {
      if (crashed && read_copy (self, NULL) && !ocg_sealed_file_equal (self->before, self->after))
        keep_copy (self);
      return FALSE;
    }
  self->duration_us = g_get_monotonic_time () - start;
  if (read_copy (self, &failure))
    return TRUE;
  if (may_hold_text (failure))
    keep_copy (self);
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 /* TRANSLATORS: a command, then a file. */
                 _ ("The editor “%s” removed the copy that it was given, so %s was left as it is."),
                 self->editor, self->path);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Shows what is newly wrong. Returns how many errors that are, or -1 with @error set. */
static int
check_copy (Edit *self, gboolean *is_readable, GError **error)
{
  g_autoptr (OcgProblemList) problems = ocg_problem_list_fetch (
      self->cli->client, self->after, ocg_config_document_to_string (self->document), error);
  g_autoptr (GString) lines = g_string_new (NULL);
  guint n_errors = 0;

  if (problems == NULL)
    return -1;
  *is_readable = !ocg_problem_list_is_unreadable (problems, self->path);
  self->n_staying = ocg_problem_list_count (problems, OCG_SEVERITY_ERROR);
  ocg_problem_list_subtract (problems, self->known);
  n_errors = ocg_problem_list_count (problems, OCG_SEVERITY_ERROR);
  self->n_staying -= n_errors;
  if (n_errors + ocg_problem_list_count (problems, OCG_SEVERITY_WARNING) > 0)
    ocg_problem_list_append (problems, lines, ocg_output_has_style (STDERR_FILENO));
  fputs (lines->str, stderr);
  return *is_readable ? (int) MIN (n_errors, G_MAXINT) : MAX ((int) n_errors, 1);
}

static Next
fail (Edit *self, OcgError code, const char *reason, GError **error)
{
  keep_copy (self);
  g_set_error_literal (error, OCG_ERROR, code, reason);
  return NEXT_FAIL;
}

/* @may_save: the text can be used, mistakes and all. @reason: (transfer full) why it is not used
 * without an answer. */
static Next
ask (Edit *self, gboolean may_save, char *reason, GError **error)
{
  g_autofree char *refusal = reason;
  g_autofree char *interruption
      /* TRANSLATORS: %s is a file. */
      = g_strdup_printf (_ ("Interrupted; %s was left as it is."), self->path);
  char answer = OCG_CHOICE_END;

  if (!ocg_choice_is_possible ())
    return fail (self, OCG_ERROR_CONFIG_INVALID, refusal, error);
  if (may_save)
    /* TRANSLATORS: the letters stay as they are. */
    answer = ocg_choice_ask (_ ("e = edit again, k = keep it anyway, q = drop my changes: "), "ekq");
  else
    /* TRANSLATORS: the letters stay as they are. */
    answer = ocg_choice_ask (_ ("e = edit again, q = drop my changes: "), "eq");

  if (answer == 'e')
    return NEXT_EDIT_AGAIN;
  if (answer == 'k')
    return NEXT_SAVE;
  if (answer == 'q')
    return NEXT_DROP;
  if (answer == OCG_CHOICE_INTERRUPTED)
    return fail (self, OCG_ERROR_CANCELLED, interruption, error);
  return fail (self, OCG_ERROR_CONFIG_INVALID, refusal, error);
}

static Next
ask_about_mistakes (Edit *self, gboolean may_save, GError **error)
{
  return ask (self, may_save,
              /* TRANSLATORS: %s is a file. */
              g_strdup_printf (_ ("There are mistakes in the edited text, so %s was left as it "
                                  "is."),
                               self->path),
              error);
}

/* An editor that could not write leaves this, too. */
static Next
ask_about_nothing (Edit *self, GError **error)
{
  if (ocg_choice_is_possible ())
    ocg_output_complain (_ ("The edited text is empty. To take all settings away, write “{}”."));
  return ask (self, FALSE,
              /* TRANSLATORS: %s is a file. */
              g_strdup_printf (_ ("The edited text is empty, so %s was left as it is. To take all "
                                  "settings away, write “{}”."),
                               self->path),
              error);
}

static gboolean
replace_text (Edit *self, GError **error)
{
  OcgDbusGatewayConfig *config = ocg_client_get_config (self->cli->client, error);
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  int index = g_unix_fd_list_append (fds, self->after, error);

  g_variant_builder_add (options, "{sv}", "if-hash", g_variant_new_string (self->hash));
  g_variant_builder_add (
      options, "{sv}", "document",
      g_variant_new_string (ocg_config_document_to_string (self->document)));
  return config != NULL && index != -1
         && ocg_dbus_gateway_config_call_replace_text_sync (config, g_variant_new_handle (index),
                                                            g_variant_builder_end (options), fds,
                                                            NULL, NULL, error);
}

/* Nothing that was typed is lost when the gateway does not take it. */
static Next
save (Edit *self, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  const char *copy = ocg_private_copy_get_path (self->copy);

  if (replace_text (self, &refusal))
    {
      /* TRANSLATORS: %s is a file. */
      ocg_cli_print (self->cli, _ ("%s is saved and in use.\n"), self->path);
      if (self->n_staying > 0)
        ocg_cli_print (self->cli,
                       ngettext ("%u mistake of before is still there. To see it: openclawctl "
                                 "config validate\n",
                                 "%u mistakes of before are still there. To see them: openclawctl "
                                 "config validate\n",
                                 self->n_staying),
                       self->n_staying);
      return NEXT_SAVE;
    }
  if ((g_error_matches (refusal, OCG_ERROR, OCG_ERROR_CONFIG_INVALID)
       || g_error_matches (refusal, OCG_ERROR, OCG_ERROR_INVALID_ARGS))
      && ocg_choice_is_possible ())
    {
      g_dbus_error_strip_remote_error (refusal);
      ocg_output_complain (refusal->message);
      return ask_about_mistakes (self, FALSE, error);
    }
  keep_copy (self);
  if (g_error_matches (refusal, OCG_ERROR, OCG_ERROR_CONFIG_CONFLICT))
    g_set_error (error, OCG_ERROR, OCG_ERROR_CONFIG_CONFLICT,
                 /* TRANSLATORS: %1$s and %2$s are files; %3$s is a command. */
                 _ ("%1$s was changed by somebody else meanwhile, so it was left as it is. See "
                    "what differs with “diff %1$s %2$s”, then carry your changes over with "
                    "“%3$s”."),
                 self->path, copy,
                 self->document == OCG_CONFIG_DOCUMENT_DESKTOP ? "openclawctl config edit desktop"
                                                               : "openclawctl config edit");
  else
    g_propagate_error (error, g_steal_pointer (&refusal));
  return NEXT_FAIL;
}

/* Once through the editor and as far from there as it goes. */
static Next
run_once (Edit *self, GError **error)
{
  gboolean is_readable = FALSE;
  int n_errors = 0;
  Next next = NEXT_SAVE;

  if (!edit_copy (self, error))
    return NEXT_FAIL;
  if (ocg_sealed_file_equal (self->before, self->after))
    return NEXT_DROP;
  if (ocg_sealed_file_get_first (self->after) == '\0')
    return ask_about_nothing (self, error);
  n_errors = check_copy (self, &is_readable, error);
  if (n_errors < 0)
    {
      keep_copy (self);
      return NEXT_FAIL;
    }
  if (n_errors > 0)
    next = ask_about_mistakes (self, is_readable, error);
  return next == NEXT_SAVE ? save (self, error) : next;
}

static void
print_no_change (Edit *self)
{
  /* TRANSLATORS: %s is a file. */
  ocg_cli_print (self->cli, _ ("No change: %s is as it was.\n"), self->path);
  if (self->duration_us >= QUICK_US || !ocg_sealed_file_equal (self->before, self->after))
    return;
  /* It may have handed the file on to a window that is still open. */
  ocg_private_copy_keep (self->copy);
  self->cli->epilogue = g_strdup_printf (
      /* TRANSLATORS: a command, then a file. */
      _ ("The editor “%s” came back at once. If its window is still open, close it and have the "
         "editor wait, for example with VISUAL=\"code --wait\". The copy was kept: %s"),
      self->editor, ocg_private_copy_get_path (self->copy));
}

int
ocg_config_edit (OcgCli *cli, GError **error)
{
  g_auto (Edit) self = { .cli = cli, .before = -1, .after = -1 };
  Next next = NEXT_EDIT_AGAIN;

  if (!ocg_config_document_parse (ocg_cli_operand (cli, 0), &self.document, error)
      || (self.editor = ocg_editor_find (error)) == NULL || !begin (&self, error))
    return 0;
  while (next == NEXT_EDIT_AGAIN)
    next = run_once (&self, error);
  if (next == NEXT_DROP)
    print_no_change (&self);
  return 0;
}
