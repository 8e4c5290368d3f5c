/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The command line of the gateway: a D-Bus client and nothing more. */

#include "config.h"

#include "ocg-argument-name.h"
#include "ocg-cli.h"
#include "ocg-error.h"
#include "ocg-help.h"
#include "ocg-hint.h"
#include "ocg-json-text.h"
#include "ocg-locale.h"
#include "ocg-output.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* A closed standard output would otherwise become the socket of the bus. Returns whether it was
 * open. */
static gboolean
open_standard_files (void)
{
  gboolean has_output = fcntl (STDOUT_FILENO, F_GETFD) != -1;

  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) == -1 && open ("/dev/null", O_RDWR) != fd)
      abort ();
  return has_output;
}

/* GLib ignores SIGPIPE; a reader that has left ends us as it ends other programs. */
static void
die_of_broken_pipe (void)
{
  signal (SIGPIPE, SIG_DFL);
  raise (SIGPIPE);
}

static void
append_failure_json (GString *out, const OcgFailure *failure, gboolean as_event)
{
  g_autoptr (JsonNode) node = NULL;

  if (as_event)
    {
      g_autoptr (JsonObject) event = json_object_new ();
      g_autoptr (GList) names = json_object_get_members (failure->object);

      json_object_set_string_member (event, "type", "error");
      for (GList *l = names; l != NULL; l = l->next)
        json_object_set_member (event, l->data,
                                json_object_dup_member (failure->object, l->data));
      node = json_node_init_object (json_node_alloc (), event);
    }
  else
    node = ocg_failure_to_json (failure);
  ocg_json_append (out, node, !as_event && ocg_output_is_terminal (STDOUT_FILENO));
  g_string_append_c (out, '\n');
}

static void
complain_of_attempts (const OcgFailure *failure)
{
  JsonArray *attempts = ocg_json_get_array (failure->object, "attempts");

  for (guint i = 0; attempts != NULL && i < json_array_get_length (attempts); i++)
    {
      JsonNode *node = json_array_get_element (attempts, i);
      JsonObject *attempt = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *model = attempt != NULL ? ocg_json_get_string (attempt, "model") : NULL;
      const char *message = attempt != NULL ? ocg_json_get_string (attempt, "message") : NULL;

      if (message == NULL && attempt != NULL)
        message = ocg_json_get_string (attempt, "error");
      ocg_output_complain_more (model != NULL ? model : "?", message != NULL ? message : "?");
    }
}

static void
complain (OcgCli *cli, const OcgFailure *failure)
{
  const char *words = cli->args->group;

  ocg_output_complain (ocg_failure_get_message (failure));
  if (ocg_failure_is (failure, OCG_ERROR_ALL_FAILED))
    complain_of_attempts (failure);
  if (failure->is_usage)
    {
      /* TRANSLATORS: %s%s is a command and a space, or nothing. */
      g_autofree char *line = g_strdup_printf (_ ("For help, run: openclawctl %s%s--help"), words,
                                               *words != '\0' ? " " : "");

      ocg_output_complain (line);
    }
}

static void
show_hints (OcgCli *cli, const OcgFailure *failure)
{
  g_autoptr (GPtrArray) hints = NULL;

  if (cli->client == NULL)
    return;
  hints = ocg_hint_explain (cli->client, failure, cli->model);
  for (guint i = 0; i < hints->len; i++)
    ocg_output_complain (g_ptr_array_index (hints, i));
}

/* Writes what the command has printed. */
static gboolean
flush (OcgCli *cli, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  ocg_output_write (cli->out->str, cli->out->len, &local_error);
  g_string_truncate (cli->out, 0);
  if (local_error == NULL)
    return TRUE;
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    die_of_broken_pipe ();
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Shows what went wrong in the form that was asked for, or on standard error if that fails. */
static void
report (OcgCli *cli, const OcgFailure *failure, gboolean as_json)
{
  gboolean as_events = !as_json && ocg_args_has (cli->args, "events");
  g_autoptr (GError) error = NULL;

  if ((as_json || as_events) && !cli->failure_is_shown)
    append_failure_json (cli->out, failure, as_events);
  if (!flush (cli, &error) || !(as_json || as_events))
    complain (cli, failure);
  if (error != NULL && !g_str_equal (error->message, ocg_failure_get_message (failure)))
    ocg_output_complain (error->message);
  show_hints (cli, failure);
}

static int
run_command (OcgCli *cli, GError **error)
{
  if (cli->args->version)
    {
      g_string_append (cli->out, "openclawctl " OCG_VERSION "\n");
      return EXIT_SUCCESS;
    }
  if (cli->args->help)
    {
      ocg_help_append (cli->out, cli->args->group);
      return EXIT_SUCCESS;
    }
  return cli->args->command->run (cli, error);
}

/* The message of an argument that the gateway refused, with the words of the command line. */
static void
name_operands (OcgFailure *failure, const OcgArgs *args)
{
  g_autofree char *message = NULL;

  if (failure->is_usage || !ocg_failure_is (failure, OCG_ERROR_INVALID_ARGS))
    return;
  message = ocg_argument_name_translate (ocg_failure_get_message (failure), args);
  if (message != NULL)
    ocg_failure_set_message (failure, message);
}

static int
run (OcgCli *cli, OcgArgs *args, const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  int status = EXIT_SUCCESS;

  if (ocg_args_parse (args, argv, &error))
    status = run_command (cli, &error);
  if (error == NULL && cli->failure == NULL && flush (cli, &error))
    return status;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    die_of_broken_pipe ();
  if (cli->failure == NULL)
    cli->failure = ocg_failure_new_from_error (error);
  name_operands (cli->failure, args);
  report (cli, cli->failure, ocg_args_wants_json (argv));
  return cli->failure->exit_code;
}

int
main (int argc, char **argv)
{
  g_autoptr (OcgArgs) args = ocg_args_new ();
  OcgCli cli = { .args = args, .out = g_string_new (NULL) };
  gboolean has_output = open_standard_files ();
  int status = EXIT_FAILURE;

  ocg_locale_init ();
  /* Registers the error names, so that errors of the gateway come back as ours. */
  ocg_error_quark ();

  /* Nothing is changed or paid for whose outcome cannot be told. */
  if (has_output)
    status = run (&cli, args, (const char *const *) argv + MIN (argc, 1));
  else
    ocg_output_complain (_ ("Standard output is closed, so there is nowhere to write to. Leave it "
                            "open, or send it to /dev/null."));
  if (cli.banner != NULL)
    ocg_config_banner_show (cli.banner, cli.failure != NULL ? ocg_failure_get_message (cli.failure)
                                                            : NULL);
  if (cli.epilogue != NULL)
    ocg_output_note (cli.epilogue);
  g_string_free (cli.out, TRUE);
  g_free (cli.epilogue);
  g_clear_pointer (&cli.failure, ocg_failure_free);
  g_clear_pointer (&cli.banner, ocg_config_banner_free);
  g_clear_pointer (&cli.client, ocg_client_free);
  return status;
}
