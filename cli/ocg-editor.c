/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-editor.h"

#include "ocg-error.h"
#include "ocg-output.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a shell ends with when there is no such program, and when a signal ended it, plus that. */
#define STATUS_NOT_FOUND 127
#define STATUS_SIGNAL 128

/* What Ctrl-C and Ctrl-\ send to all of the terminal's foreground: they are for the editor. */
static const int editor_signals[] = { SIGINT, SIGQUIT };

char *
ocg_editor_find (GError **error)
{
  static const char *const variables[] = { "VISUAL", "EDITOR" };
  static const char *const usual[] = { "editor", "nano", "vi" };

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      const char *command = g_getenv (variables[i]);

      if (command != NULL && *command != '\0')
        return g_strdup (command);
    }
  /* The usual ones need a terminal; what a variable names may open a window. */
  if (!ocg_output_is_terminal (STDIN_FILENO) || !ocg_output_is_terminal (STDOUT_FILENO))
    {
      g_set_error_literal (error, OCG_ERROR, OCG_ERROR_NOT_FOUND,
                           _ ("There is no terminal for an editor here. Set VISUAL to the command "
                              "of one that needs none."));
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      g_autofree char *program = g_find_program_in_path (usual[i]);

      if (program != NULL)
        return g_steal_pointer (&program);
    }
  g_set_error_literal (error, OCG_ERROR, OCG_ERROR_NOT_FOUND,
                       _ ("No editor was found. Set VISUAL to the command that starts yours, such "
                          "as: export VISUAL=nano"));
  return NULL;
}

/* Returns 0 or an errno. */
static int
start (const char *command, const char *file, pid_t *pid)
{
  /* The shell outlives Ctrl-C, as the editor is the one to decide what that means. */
  g_autofree char *script = g_strconcat ("trap : INT QUIT\n", command, " \"$@\"", NULL);
  const char *const argv[] = { "sh", "-c", script, command, file, NULL };
  posix_spawnattr_t attributes;
  sigset_t defaults;
  int failure = 0;

  /* The editor does not get what we and GLib ignore. */
  sigemptyset (&defaults);
  sigaddset (&defaults, SIGPIPE);
  for (guint i = 0; i < G_N_ELEMENTS (editor_signals); i++)
    sigaddset (&defaults, editor_signals[i]);
  posix_spawnattr_init (&attributes);
  posix_spawnattr_setsigdefault (&attributes, &defaults);
  posix_spawnattr_setflags (&attributes, POSIX_SPAWN_SETSIGDEF);
  failure = posix_spawn (pid, "/bin/sh", NULL, &attributes, (char **) argv, environ);
  posix_spawnattr_destroy (&attributes);
  return failure;
}

static gboolean
check_status (const char *command, int status, gboolean *crashed, GError **error)
{
  int code = WIFEXITED (status) ? WEXITSTATUS (status) : STATUS_SIGNAL + WTERMSIG (status);

  *crashed = code > STATUS_SIGNAL;
  if (code == STATUS_NOT_FOUND)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _ ("The editor “%s” was not found. Set VISUAL to the command that starts yours."),
                 command);
  else if (*crashed)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 /* TRANSLATORS: the second %s names a signal, such as "Terminated". */
                 _ ("The editor “%s” was ended by a signal (%s). Nothing has been changed."),
                 command, g_strsignal (code - STATUS_SIGNAL));
  else if (code != 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _ ("The editor “%s” ended with status %d. Nothing has been changed."), command,
                 code);
  return code == 0;
}

gboolean
ocg_editor_run (const char *command, const char *file, gboolean *crashed, GError **error)
{
  struct sigaction ignore = { .sa_handler = SIG_IGN };
  struct sigaction before[G_N_ELEMENTS (editor_signals)];
  pid_t pid = -1;
  int status = 0;
  int failure = 0;

  *crashed = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (editor_signals); i++)
    sigaction (editor_signals[i], &ignore, &before[i]);
  failure = start (command, file, &pid);
  while (failure == 0 && waitpid (pid, &status, 0) == -1)
    if (errno != EINTR)
      failure = errno;
  for (guint i = 0; i < G_N_ELEMENTS (editor_signals); i++)
    sigaction (editor_signals[i], &before[i], NULL);

  if (failure == 0)
    return check_status (command, status, crashed, error);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (failure),
               /* TRANSLATORS: a command, then the system's reason. */
               _ ("The editor “%s” cannot be started: %s."), command, g_strerror (failure));
  return FALSE;
}
