/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-answer.h"
#include "ocg-error.h"
#include "ocg-output.h"
#include "ocg-prompt.h"
#include "ocg-stream.h"

#include <glib/gi18n.h>
#include <unistd.h>

static gboolean
add_max_tokens (OcgCli *cli, GVariantBuilder *options, GError **error)
{
  const char *text = ocg_cli_get (cli, "max-tokens");
  guint64 number = 0;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &number, NULL))
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                   _ ("--max-tokens takes a whole number from 1 to %u."), G_MAXUINT32);
      return FALSE;
    }
  g_variant_builder_add (options, "{sv}", "max-tokens", g_variant_new_uint32 ((guint32) number));
  return TRUE;
}

static gboolean
add_thinking (OcgCli *cli, GVariantBuilder *options, GError **error)
{
  static const char *const levels[]
      = { "off", "minimal", "low", "medium", "high", "xhigh", "adaptive", NULL };
  const char *level = ocg_cli_get (cli, "thinking");

  if (level == NULL)
    return TRUE;
  if (!g_strv_contains (levels, level))
    {
      g_autofree char *list = g_strjoinv (", ", (GStrv) levels);

      g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS, _ ("--thinking takes one of: %s."),
                   list);
      return FALSE;
    }
  g_variant_builder_add (options, "{sv}", "thinking", g_variant_new_string (level));
  return TRUE;
}

/* The options of the call. Returns: (transfer floating) */
static GVariant *
build_options (OcgCli *cli, GError **error)
{
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  const char *system = ocg_cli_get (cli, "system");

  if (!add_max_tokens (cli, options, error) || !add_thinking (cli, options, error))
    return NULL;
  if (system != NULL)
    g_variant_builder_add (options, "{sv}", "system", g_variant_new_string (system));
  if (ocg_cli_has (cli, "no-stream"))
    g_variant_builder_add (options, "{sv}", "stream", g_variant_new_boolean (FALSE));
  if (ocg_cli_has (cli, "no-fallback"))
    g_variant_builder_add (options, "{sv}", "fallback", g_variant_new_boolean (FALSE));
  return g_variant_builder_end (options);
}

/* One message of the user. Returns: (transfer floating) */
static GVariant *
build_messages (const char *prompt)
{
  g_auto (GVariantBuilder) messages = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  g_variant_builder_open (&messages, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&messages, "{sv}", "role", g_variant_new_string ("user"));
  g_variant_builder_add (&messages, "{sv}", "content", g_variant_new_string (prompt));
  g_variant_builder_close (&messages);
  return g_variant_builder_end (&messages);
}

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
  cli->failure = ocg_answer_steal_failure (answer, &cli->failure_is_shown);
  cli->failure_is_shown |= is_stuck;
}

int
ocg_ask (OcgCli *cli, GError **error)
{
  g_autoptr (GVariant) options = NULL;
  g_autoptr (GVariant) messages = NULL;
  g_autofree char *prompt = NULL;
  g_autoptr (OcgWriter) writer = ocg_writer_new ();
  g_autoptr (OcgAnswer) answer = new_answer (cli, writer);
  g_autoptr (GError) stream_error = NULL;
  OcgStreamCall call = { .writer = writer, .on_line = on_line, .user_data = answer };

  if ((options = build_options (cli, error)) == NULL)
    return 0;
  g_variant_ref_sink (options);
  if ((prompt = ocg_prompt_gather (cli->args->operands, error)) == NULL
      || ocg_cli_connect (cli, error) == NULL)
    return 0;
  messages = g_variant_ref_sink (build_messages (prompt));

  cli->model = ocg_cli_get (cli, "model");
  call.model = cli->model != NULL ? cli->model : "";
  call.messages = messages;
  call.options = options;
  if (!ocg_stream_run (cli->client, &call, &stream_error) && stream_error->domain == G_IO_ERROR)
    g_propagate_error (error, g_steal_pointer (&stream_error));
  else
    conclude (cli, answer, writer, stream_error);
  return 0;
}
