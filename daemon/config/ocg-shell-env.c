/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-shell-env.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_OUTPUT (1024 * 1024)
#define FALLBACK_SHELL "/bin/sh"

typedef struct
{
  GStrv names;
  GPid pid;    /* leader of its group; 0: it has ended and been waited for */
  int output;  /* -1: closed */
  guint output_id, child_id, timeout_id;
  gulong cancelled_id;
  char *buffer; /* of MAX_OUTPUT + 1 bytes */
  gsize length;
} Run;

char *
ocg_shell_env_find_shell (void)
{
  const char *shell = g_getenv ("SHELL");
  const struct passwd *account = NULL;

  /* Shells of Nix and Homebrew are not in /etc/shells. */
  if (shell != NULL && g_path_is_absolute (shell)
      && g_file_test (shell, G_FILE_TEST_IS_EXECUTABLE))
    return g_strdup (shell);
  account = getpwuid (getuid ());
  if (account != NULL && account->pw_shell != NULL && g_path_is_absolute (account->pw_shell))
    return g_strdup (account->pw_shell);
  return g_strdup (FALLBACK_SHELL);
}

static void
run_free (Run *run)
{
  g_strfreev (run->names);
  explicit_bzero (run->buffer, run->length);
  g_free (run->buffer);
  g_free (run);
}

/* Nobody has waited for the leader yet, so that the group is still its own. */
static void
kill_group (Run *run)
{
  if (run->pid != 0)
    kill (-run->pid, SIGKILL);
}

static void
reap (GPid pid, int status, gpointer user_data)
{
  g_spawn_close_pid (pid);
}

/* Ends the run whatever its state: nothing of it is left running or watched. */
static void
stop (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  g_clear_handle_id (&run->output_id, g_source_remove);
  g_clear_handle_id (&run->timeout_id, g_source_remove);
  if (run->cancelled_id != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), run->cancelled_id);
  run->cancelled_id = 0;
  if (run->output >= 0)
    close (run->output);
  run->output = -1;
  g_clear_handle_id (&run->child_id, g_source_remove);
  if (run->pid == 0)
    return;
  kill_group (run);
  g_child_watch_add (run->pid, reap, NULL);
  run->pid = 0;
}

/* Takes @task. */
static void
fail (GTask *task, int code, const char *message)
{
  stop (task);
  g_task_return_new_error (task, G_IO_ERROR, code, "%s", message);
  g_object_unref (task);
}

/* Whatever a profile writes comes before the first variable, and ends with a line break. */
static const char *
skip_noise (const char *entry)
{
  const char *line = strrchr (entry, '\n');

  return line != NULL ? line + 1 : entry;
}

static GStrv
take_variables (Run *run)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  const char *end = run->buffer + run->length;

  run->buffer[run->length] = '\0';
  for (const char *p = run->buffer; p < end; p += strlen (p) + 1)
    {
      const char *entry = p == run->buffer ? skip_noise (p) : p;
      const char *equals = strchr (entry, '=');
      g_autofree char *name
          = equals != NULL ? g_strndup (entry, (gsize) (equals - entry)) : NULL;

      if (name != NULL && equals[1] != '\0'
          && g_strv_contains ((const char *const *) run->names, name))
        g_ptr_array_add (found, g_strdup (entry));
    }
  g_ptr_array_add (found, NULL);
  return (GStrv) g_ptr_array_steal (found, NULL);
}

/* Reads what is there. FALSE: too much, or it cannot be read. */
static gboolean
drain (Run *run)
{
  while (run->output >= 0)
    {
      ssize_t n = read (run->output, run->buffer + run->length, MAX_OUTPUT - run->length);

      if (n > 0)
        run->length += (gsize) n;
      else if (n < 0 && errno == EINTR)
        continue;
      else if (n < 0)
        return errno == EAGAIN;
      else if (run->length == MAX_OUTPUT)
        return FALSE;
      else
        {
          close (run->output);
          run->output = -1;
        }
    }
  return TRUE;
}

/* Takes @task. */
static void
fail_reading (GTask *task)
{
  fail (task, G_IO_ERROR_FAILED, _ ("The login shell wrote more than its environment can be."));
}

static gboolean
on_output (int fd, GIOCondition condition, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);

  if (!drain (run))
    {
      run->output_id = 0;
      fail_reading (task);
      return G_SOURCE_REMOVE;
    }
  if (run->output >= 0)
    return G_SOURCE_CONTINUE;
  run->output_id = 0;
  return G_SOURCE_REMOVE;
}

/* Takes @task. */
static void
fail_cancelled (GTask *task)
{
  fail (task, G_IO_ERROR_CANCELLED,
        _ ("Reading the environment of the login shell was cancelled."));
}

/* All that "env" wrote is in the pipe now. What a profile has left in the background may keep it
 * open, and is no business of ours. */
static void
on_exited (GPid pid, int status, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  gboolean good = drain (run);

  run->child_id = 0;
  run->pid = 0;
  g_spawn_close_pid (pid);
  /* The shell was killed then, and may be gone before on_cancelled_idle() runs. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      fail_cancelled (task);
      return;
    }
  if (!good)
    {
      fail_reading (task);
      return;
    }
  if (!WIFEXITED (status) || WEXITSTATUS (status) != 0)
    {
      fail (task, G_IO_ERROR_FAILED,
            _ ("The login shell did not end well, so its environment is not known."));
      return;
    }
  stop (task);
  g_task_return_pointer (task, take_variables (run), (GDestroyNotify) ocg_shell_env_free);
  g_object_unref (task);
}

static gboolean
on_timeout (gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);

  run->timeout_id = 0;
  fail (task, G_IO_ERROR_TIMED_OUT,
        _ ("The login shell took too long, and was ended. Look for something in its profile that "
           "waits, or raise env.shellEnv.timeoutMs."));
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled_idle (gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);

  run->timeout_id = 0;
  fail_cancelled (task);
  return G_SOURCE_REMOVE;
}

/* A handler of this signal must not disconnect itself, so the end comes a moment later; whoever
 * cancels because he ends may not be there then. */
static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);

  if (run->timeout_id != 0)
    g_source_remove (run->timeout_id);
  kill_group (run);
  run->timeout_id = g_idle_add (on_cancelled_idle, task);
}

/* In the child, between fork and exec. */
static void
make_session (gpointer user_data)
{
  setsid ();
}

static gboolean
start (Run *run, const char *shell, GError **error)
{
  const char *const arguments[] = { shell, "-l", "-c", "env -0", NULL };

  if (!g_spawn_async_with_pipes (NULL, (char **) arguments, NULL,
                                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL,
                                 make_session, NULL, &run->pid, NULL, &run->output, NULL, error))
    return FALSE;
  g_unix_set_fd_nonblocking (run->output, TRUE, NULL);
  return TRUE;
}

void
ocg_shell_env_read_async (const char *shell, const char *const *names, guint timeout_ms,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);
  g_autoptr (GError) error = NULL;

  run->names = g_strdupv ((GStrv) names);
  run->output = -1;
  /* All at once, so that nothing stays behind in memory that was given back. */
  run->buffer = g_malloc (MAX_OUTPUT + 1);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  g_task_set_check_cancellable (task, FALSE);
  if (!start (run, shell, &error))
    {
      g_autofree char *message = g_strdup_printf (
          /* TRANSLATORS: the path of a program, and what the system says */
          _ ("The login shell “%s” cannot be started: %s."), shell, error->message);

      fail (task, G_IO_ERROR_FAILED, message);
      return;
    }
  run->output_id = g_unix_fd_add (run->output, G_IO_IN | G_IO_HUP | G_IO_ERR, on_output, task);
  run->child_id = g_child_watch_add (run->pid, on_exited, task);
  run->timeout_id = g_timeout_add (timeout_ms, on_timeout, task);
  if (cancellable != NULL)
    run->cancelled_id
        = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled), task);
  if (cancellable != NULL && g_cancellable_is_cancelled (cancellable))
    on_cancelled (cancellable, task);
}

GStrv
ocg_shell_env_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
ocg_shell_env_free (GStrv variables)
{
  for (char **one = variables; one != NULL && *one != NULL; one++)
    explicit_bzero (*one, strlen (*one));
  g_strfreev (variables);
}
