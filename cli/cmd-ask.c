/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-answer.h"
#include "ocg-output.h"
#include "ocg-question.h"
#include "ocg-stream.h"

#include <unistd.h>

static gboolean
on_line (const char *line, gsize length, gpointer user_data)
{
  return ocg_answer_take_line (user_data, line, length);
}

static OcgAnswer *
new_answer (OcgCli *cli, OcgWriter *writer)
{
  /* A level asks for thoughts to read, but a script that captures the answer wants only that. */
  gboolean show_thinking = ocg_cli_has (cli, "show-thinking")
                           || (ocg_cli_has (cli, "thinking")
                               && ocg_output_is_terminal (STDOUT_FILENO));
  OcgAnswerFormat format = OCG_ANSWER_TEXT;

  if (ocg_cli_has (cli, "json"))
    format = OCG_ANSWER_JSON;
  else if (ocg_cli_has (cli, "events"))
    format = OCG_ANSWER_EVENTS;
  else if (ocg_cli_has (cli, "dry-run"))
    format = OCG_ANSWER_REQUEST;
  return ocg_answer_new (format, show_thinking, ocg_writer_get_buffer (writer));
}

/* @error: (nullable) why the stream has no last line. */
static void
conclude (OcgCli *cli, OcgAnswer *answer, OcgWriter *writer, const GError *error)
{
  GString *unread = ocg_writer_get_buffer (writer);
  /* Nothing more can be shown to a reader that has stopped reading. */
  gboolean is_stuck = unread->len > 0;

  g_string_truncate (unread, 0);
  if (error != NULL)
    ocg_answer_fail (answer, error);
  if (!is_stuck)
    g_string_append (cli->out, unread->str);
  if (ocg_answer_get_remark (answer) != NULL)
    ocg_output_complain (ocg_answer_get_remark (answer));
  if (ocg_cli_has (cli, "usage") && !ocg_cli_has (cli, "dry-run"))
    cli->epilogue = ocg_answer_describe_usage (answer);
  cli->failure = ocg_answer_steal_failure (answer, &cli->failure_is_shown);
  cli->failure_is_shown |= is_stuck;
}

int
ocg_ask (OcgCli *cli, GError **error)
{
  g_autoptr (OcgQuestion) question = ocg_question_new (cli, error);
  g_autoptr (OcgWriter) writer = ocg_writer_new ();
  g_autoptr (OcgAnswer) answer = new_answer (cli, writer);
  g_autoptr (GError) stream_error = NULL;
  OcgStreamCall call = { .writer = writer, .on_line = on_line, .user_data = answer };

  if (question == NULL || ocg_cli_connect (cli, error) == NULL)
    return 0;
  cli->model = ocg_cli_get (cli, "model");
  call.model = cli->model != NULL ? cli->model : "";
  call.messages = question->messages;
  call.options = question->options;
  call.fds = question->fds;
  if (!ocg_stream_run (cli->client, &call, &stream_error) && stream_error->domain == G_IO_ERROR)
    g_propagate_error (error, g_steal_pointer (&stream_error));
  else
    conclude (cli, answer, writer, stream_error);
  return 0;
}
