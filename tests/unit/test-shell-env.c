/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The login shell: scripts take its place. */

#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/ocg-shell-env.h"

static const char *const names[] = { "WANTED_1", "WANTED_2", "EMPTY", "ABSENT", NULL };

typedef struct
{
  char *folder;
  char *shell;
  GMainLoop *loop;
  GStrv variables;
  GError *error;
} Fixture;

/* @body: what the shell does; "$1" to "$3" are its arguments. */
static Fixture
fixture_new (const char *body)
{
  Fixture fixture = { g_dir_make_tmp ("shell-env-XXXXXX", NULL), NULL, NULL, NULL, NULL };
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n%s\n", body);

  fixture.shell = g_build_filename (fixture.folder, "shell", NULL);
  g_assert_true (g_file_set_contents (fixture.shell, text, -1, NULL));
  g_assert_cmpint (g_chmod (fixture.shell, 0700), ==, 0);
  fixture.loop = g_main_loop_new (NULL, FALSE);
  return fixture;
}

static void
fixture_clear (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->shell);
  g_main_loop_unref (fixture->loop);
  ocg_shell_env_free (fixture->variables);
  g_clear_error (&fixture->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->variables = ocg_shell_env_read_finish (result, &fixture->error);
  g_main_loop_quit (fixture->loop);
}

static void
run (Fixture *fixture, guint timeout_ms, GCancellable *cancellable)
{
  ocg_shell_env_read_async (fixture->shell, names, timeout_ms, cancellable, on_read, fixture);
  g_assert_null (fixture->variables);
  g_assert_no_error (fixture->error);
  g_main_loop_run (fixture->loop);
}

static char *
read_note (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

static void
test_variables (void)
{
  g_auto (Fixture) f = fixture_new (
      "export WANTED_1='one\ntwo=2' WANTED_2=2 EMPTY= UNWANTED=secret\n"
      "exec /bin/sh \"$2\" \"$3\"");

  run (&f, 60000, NULL);
  g_assert_no_error (f.error);
  g_assert_cmpuint (g_strv_length (f.variables), ==, 2);
  g_assert_true (g_strv_contains ((const char *const *) f.variables, "WANTED_1=one\ntwo=2"));
  g_assert_true (g_strv_contains ((const char *const *) f.variables, "WANTED_2=2"));
}

/* A profile may talk, and has neither input nor the terminal. */
static void
test_surroundings (void)
{
  g_auto (Fixture) f = fixture_new (
      "dir=$(dirname \"$0\"); echo \"$1|$2|$3\" > \"$dir/arguments\"\n"
      "cat > \"$dir/input\"; echo $$ > \"$dir/pid\"\n"
      "echo 'Welcome to = this machine'; echo WANTED_1=no; echo oops >&2\n"
      "printf 'WANTED_2=2\\0WANTED_1=1\\0'");
  g_autofree char *arguments = NULL;
  g_autofree char *input = NULL;
  g_autofree char *pid = NULL;

  run (&f, 60000, NULL);
  g_assert_no_error (f.error);
  g_assert_cmpuint (g_strv_length (f.variables), ==, 2);
  g_assert_cmpstr (f.variables[0], ==, "WANTED_2=2");
  g_assert_cmpstr (f.variables[1], ==, "WANTED_1=1");
  arguments = read_note (&f, "arguments");
  input = read_note (&f, "input");
  pid = read_note (&f, "pid");
  g_assert_cmpstr (arguments, ==, "-l|-c|env -0\n");
  g_assert_cmpstr (input, ==, "");
  g_assert_cmpint (atoi (pid), !=, getpgrp ());
}

static void
test_failures (void)
{
  static const char *const bodies[] = { "printf 'WANTED_1=1\\0'; exit 3", "kill -9 $$",
                                        "exec head -c 2000000 /dev/zero" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_auto (Fixture) f = fixture_new (bodies[i]);

      run (&f, 60000, NULL);
      g_assert_error (f.error, G_IO_ERROR, G_IO_ERROR_FAILED);
      g_assert_null (f.variables);
      g_assert_null (strstr (f.error->message, "WANTED"));
    }
}

static void
test_no_shell (void)
{
  g_auto (Fixture) f = fixture_new ("exit 0");

  g_free (f.shell);
  f.shell = g_strdup ("/nowhere/shell");
  run (&f, 60000, NULL);
  g_assert_error (f.error, G_IO_ERROR, G_IO_ERROR_FAILED);
}

/* Waits until the process is no more. */
static void
assert_gone (int pid)
{
  g_assert_cmpint (pid, >, 1);
  while (kill (pid, 0) == 0)
    {
      g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
      g_autofree char *stat = NULL;

      /* Whoever has inherited it may not have waited for it yet. */
      if (g_file_get_contents (path, &stat, NULL, NULL) && strstr (stat, ") Z ") != NULL)
        return;
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static void
test_timeout (void)
{
  g_auto (Fixture) f = fixture_new ("printf 'WANTED_1=1\\0'; sleep 1000");

  run (&f, 50, NULL);
  g_assert_error (f.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_null (f.variables);
}

/* What a profile leaves in the background keeps running, and keeps nobody waiting. */
static void
test_background (void)
{
  g_auto (Fixture) f
      = fixture_new ("dir=$(dirname \"$0\"); sleep 1000 & echo $! > \"$dir/child\"\n"
                     "printf 'WANTED_1=1\\0'");
  g_autofree char *child = NULL;

  run (&f, 60000, NULL);
  g_assert_no_error (f.error);
  g_assert_cmpstr (f.variables[0], ==, "WANTED_1=1");
  child = read_note (&f, "child");
  g_assert_cmpint (kill (atoi (child), 0), ==, 0);
  kill (atoi (child), SIGKILL);
}

typedef struct
{
  Fixture *fixture;
  GCancellable *cancellable;
} Cancelling;

/* Once the script has said that it runs. */
static gboolean
cancel_running (gpointer user_data)
{
  Cancelling *cancelling = user_data;
  g_autofree char *pid = read_note (cancelling->fixture, "pid");

  if (pid == NULL || strchr (pid, '\n') == NULL)
    return G_SOURCE_CONTINUE;
  g_cancellable_cancel (cancelling->cancellable);
  return G_SOURCE_REMOVE;
}

/* What it has started ends with it. */
static void
test_cancel (void)
{
  g_auto (Fixture) f
      = fixture_new ("dir=$(dirname \"$0\"); sleep 1000 & echo $! > \"$dir/child\"\n"
                     "echo $$ > \"$dir/pid\"; printf 'WANTED_1=1\\0'; wait");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Cancelling cancelling = { &f, cancellable };
  g_autofree char *child = NULL;
  g_autofree char *pid = NULL;

  g_timeout_add (5, cancel_running, &cancelling);
  run (&f, 60000, cancellable);
  g_assert_error (f.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  child = read_note (&f, "child");
  pid = read_note (&f, "pid");
  assert_gone (atoi (child));
  assert_gone (atoi (pid));
}

static void
test_cancelled_before (void)
{
  g_auto (Fixture) f = fixture_new ("sleep 1000");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  run (&f, 60000, cancellable);
  g_assert_error (f.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_find_shell (void)
{
  g_autofree char *there = NULL;
  g_autofree char *relative = NULL;
  g_autofree char *missing = NULL;

  g_setenv ("SHELL", "/bin/sh", TRUE);
  there = ocg_shell_env_find_shell ();
  g_setenv ("SHELL", "sh", TRUE);
  relative = ocg_shell_env_find_shell ();
  g_setenv ("SHELL", "/nowhere/evil", TRUE);
  missing = ocg_shell_env_find_shell ();
  g_assert_true (g_path_is_absolute (there));
  g_assert_true (g_path_is_absolute (relative));
  g_assert_cmpstr (there, ==, "/bin/sh");
  g_assert_true (g_path_is_absolute (missing));
  g_assert_cmpstr (missing, !=, "/nowhere/evil");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shell-env/find-shell", test_find_shell);
  g_test_add_func ("/shell-env/variables", test_variables);
  g_test_add_func ("/shell-env/surroundings", test_surroundings);
  g_test_add_func ("/shell-env/failures", test_failures);
  g_test_add_func ("/shell-env/no-shell", test_no_shell);
  g_test_add_func ("/shell-env/timeout", test_timeout);
  g_test_add_func ("/shell-env/background", test_background);
  g_test_add_func ("/shell-env/cancel", test_cancel);
  g_test_add_func ("/shell-env/cancelled-before", test_cancelled_before);
  return g_test_run ();
}
