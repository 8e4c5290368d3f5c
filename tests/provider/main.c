/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A model provider on 127.0.0.1 for tests, benchmarks and demonstrations. The first parts of the
 * path of the base URL say how it behaves; --help lists flavours and scenarios. No key is needed
 * that anybody has: any "Authorization: Bearer" does. */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "provider.h"
#include "scenarios.h"

typedef struct
{
  int port;
  char *log;
  int ready_fd;
  gboolean print_port;
  char *fixtures;
  char *flavour;
  char *lists;
  char *models;
} Options;

static void
parse_options (Options *options, int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &options->port, "Port to listen on; 0 picks one", "PORT" },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &options->log, "Append JSON lines to FILE", "FILE" },
    { "ready-fd", 0, 0, G_OPTION_ARG_INT, &options->ready_fd,
      "Write the port there, close it, and say nothing on stdout", "N" },
    { "print-port", 0, 0, G_OPTION_ARG_NONE, &options->print_port,
      "Print the port on stdout (the default)", NULL },
    { "fixtures", 0, 0, G_OPTION_ARG_FILENAME, &options->fixtures, "Folder of /file/NAME",
      "FOLDER" },
    { "flavour", 0, 0, G_OPTION_ARG_STRING, &options->flavour,
      "Whose server this is where the path does not say it", "FLAVOUR" },
    { "lists", 0, 0, G_OPTION_ARG_STRING, &options->lists,
      "Model lists that exist, of v1,api/v1,api/v0,tags; else it is up to the flavour", "LISTS" },
    { "models", 0, 0, G_OPTION_ARG_FILENAME, &options->models,
      "What is in them: a JSON array of objects with id, name, type (llm, vlm, embedding), "
      "context, loaded (with which context), tools, vision, reasoning, owner, arch, quantization, "
      "parameters, bytes",
      "FILE" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *description = scenario_describe ();

  g_option_context_set_summary (context,
                                "Plays a model provider on http://127.0.0.1:PORT/SCENARIO, or "
                                "/FLAVOUR/SCENARIO, that speaks anthropic-messages "
                                "(/v1/messages), openai-completions (/v1/chat/completions) and "
                                "openai-responses (/v1/responses), and lists models "
                                "(/v1/models, /api/v1/models, /api/v0/models, /api/tags, "
                                "/api/show).\nGET /status tells numbers; PUT /control with "
                                "{\"flavour\", \"lists\", \"models\"} changes what the options "
                                "below set.\nEnds when stdin is closed or by SIGTERM.");
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, &argc, &argv, &error))
    return;
  fprintf (stderr, "loopback-provider: %s\n", error->message);
  exit (2);
}

static void
set_up (Provider *provider, const Options *options)
{
  g_autofree char *problem = settings_options (&provider->settings, options->flavour,
                                               options->lists, options->models);

  provider->fixtures = options->fixtures;
  if (!problem)
    return;
  fprintf (stderr, "loopback-provider: %s\n", problem);
  exit (2);
}

static void
free_options (Options *options)
{
  g_free (options->log);
  g_free (options->fixtures);
  g_free (options->flavour);
  g_free (options->lists);
  g_free (options->models);
}

static void
announce (const Options *options, guint port)
{
  g_autofree char *line = g_strdup_printf ("%u\n", port);
  int fd = options->ready_fd >= 0 ? options->ready_fd : STDOUT_FILENO;

  if (write (fd, line, strlen (line)) < 0)
    fprintf (stderr, "loopback-provider: cannot announce the port: %s\n", g_strerror (errno));
  if (options->ready_fd >= 0)
    close (options->ready_fd);
}

static void
raise_limits (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) < 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

typedef struct
{
  Provider *provider;
  LoopWatch listener;
  LoopWatch signals;
  LoopWatch input;
} App;

static void
accept_all (guint32 events, gpointer user_data)
{
  App *app = user_data;

  for (;;)
    {
      int fd = accept4 (app->listener.fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

      if (fd < 0)
        return;
      connection_start (&app->provider->server, fd);
    }
}

static void
signalled (guint32 events, gpointer user_data)
{
  App *app = user_data;

  loop_quit (app->provider->server.loop);
}

static void
input_ready (guint32 events, gpointer user_data)
{
  App *app = user_data;
  char buffer[256];

  if (read (STDIN_FILENO, buffer, sizeof buffer) <= 0)
    loop_quit (app->provider->server.loop);
}

static int
open_signals (void)
{
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGTERM);
  sigaddset (&set, SIGINT);
  sigprocmask (SIG_BLOCK, &set, NULL);
  return signalfd (-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void
app_watch (App *app, Loop *loop, int listener)
{
  app->listener = (LoopWatch){ .fd = listener, .func = accept_all, .user_data = app };
  app->signals = (LoopWatch){ .fd = open_signals (), .func = signalled, .user_data = app };
  app->input = (LoopWatch){ .fd = STDIN_FILENO, .func = input_ready, .user_data = app };
  loop_add (loop, &app->listener, EPOLLIN);
  loop_add (loop, &app->signals, EPOLLIN);
  /* Not with </dev/null, which cannot be polled: then only a signal ends it. */
  loop_add (loop, &app->input, EPOLLIN);
}

int
main (int argc, char **argv)
{
  Options options = { .ready_fd = -1 };
  App app = { 0 };
  Loop *loop;
  Log *log;
  int listener;

  parse_options (&options, argc, argv);
  log = log_new (options.log);
  if (!log)
    {
      fprintf (stderr, "loopback-provider: %s: %s\n", options.log, g_strerror (errno));
      return 1;
    }
  raise_limits ();
  loop = loop_new ();
  app.provider = provider_new (loop, log);
  set_up (app.provider, &options);
  listener = provider_listen (app.provider, (guint) options.port);
  if (listener < 0)
    {
      fprintf (stderr, "loopback-provider: cannot listen: %s\n", g_strerror (errno));
      return 1;
    }
  app_watch (&app, loop, listener);
  announce (&options, app.provider->port);
  loop_run (loop);

  close (listener);
  provider_free (app.provider);
  log_free (log);
  loop_free (loop);
  free_options (&options);
  return 0;
}
