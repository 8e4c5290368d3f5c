/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* openclaw-gatewayd: options, language, limits, signals, exit status. */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "../dbus/ocg-names.h"
#include "net/ocg-http.h"
#include "service/ocg-daemon.h"

typedef struct
{
  GMainLoop *loop;
  OcgDaemon *daemon;
  int exit_status;
} Main;

/* Before any thread exists: nothing sets the environment later. */
static void
set_up_process (void)
{
  struct rlimit files;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, OCG_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  /* LANGUAGE would beat the language of each caller. */
  g_unsetenv ("LANGUAGE");
  ocg_http_prepare_process ();

  /* Large requests and answers come and go: their memory is given back at once. */
  mallopt (M_MMAP_THRESHOLD, 256 * 1024);

  /* No core dump and no debugger of the same user sees the keys. */
  prctl (PR_SET_DUMPABLE, 0);
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN); /* a write that is too large fails, and is told about */
  if (getrlimit (RLIMIT_NOFILE, &files) == 0)
    {
      files.rlim_cur = files.rlim_max;
      setrlimit (RLIMIT_NOFILE, &files);
    }
}

static void
on_stopped (gpointer user_data)
{
  g_main_loop_quit (((Main *) user_data)->loop);
}

static void
on_lost (gpointer user_data)
{
  Main *self = user_data;

  /* TRANSLATORS: %s is org.openclaw.Gateway */
  g_printerr (_ ("Another gateway owns the name %s on this bus already.\n"), OCG_BUS_NAME);
  self->exit_status = EXIT_FAILURE;
  ocg_daemon_stop (self->daemon, on_stopped, self);
}

static void
on_closed (GDBusConnection *connection, gboolean by_peer, GError *error, Main *self)
{
  /* Streams need no bus: their readers still learn how they end. */
  self->exit_status = EXIT_FAILURE;
  ocg_daemon_stop (self->daemon, on_stopped, self);
}

static gboolean
on_terminate (gpointer user_data)
{
  Main *self = user_data;

  ocg_daemon_stop (self->daemon, on_stopped, self);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_hang_up (gpointer user_data)
{
  ocg_daemon_reload (((Main *) user_data)->daemon);
  return G_SOURCE_CONTINUE;
}

/* TRUE: go on. */
static gboolean
parse_options (int *argc, char ***argv, int *exit_status)
{
  gboolean show_version = FALSE;
  gboolean verbose = FALSE;
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, N_ ("Print the version and exit"), NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, N_ ("Log what happens"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context
      = g_option_context_new (_ ("— language models for desktop apps, over D-Bus"));
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, &error) || *argc > 1)
    {
      /* TRANSLATORS: what is wrong with the command line. */
      g_printerr (_ ("%s\nSee: openclaw-gatewayd --help\n"),
                  error != NULL ? error->message : _ ("There are too many arguments."));
      *exit_status = 2;
      return FALSE;
    }
  if (verbose)
    g_log_set_debug_enabled (TRUE);
  if (show_version)
    g_print ("openclaw-gatewayd %s\n", OCG_VERSION);
  *exit_status = EXIT_SUCCESS;
  return !show_version;
}

int
main (int argc, char **argv)
{
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (OcgClock) clock = NULL;
  g_autoptr (OcgDaemon) daemon = NULL;
  g_autoptr (GError) error = NULL;
  Main self = { 0 };

  set_up_process ();
  if (!parse_options (&argc, &argv, &self.exit_status))
    return self.exit_status;

  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  if (connection == NULL)
    {
      g_printerr (_ ("There is no session bus: %s\n"), error->message);
      return EXIT_FAILURE;
    }
  g_dbus_connection_set_exit_on_close (connection, FALSE);

  self.loop = loop = g_main_loop_new (NULL, FALSE);
  clock = ocg_clock_new ();
  self.daemon = daemon = ocg_daemon_new (connection, clock, on_lost, &self);
  g_signal_connect (connection, "closed", G_CALLBACK (on_closed), &self);
  g_unix_signal_add (SIGTERM, on_terminate, &self);
  g_unix_signal_add (SIGINT, on_terminate, &self);
  g_unix_signal_add (SIGHUP, on_hang_up, &self);
  if (!ocg_daemon_start (daemon, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  g_main_loop_run (loop);
  return self.exit_status;
}
