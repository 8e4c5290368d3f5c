/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-cli.h"

#include "ocg-json-text.h"
#include "ocg-output.h"

#include <unistd.h>

OcgClient *
ocg_cli_connect (OcgCli *self, GError **error)
{
  if (self->client != NULL)
    return self->client;
  self->client = ocg_client_new (error);
  if (self->client != NULL && !(self->args->command->flags & OCG_COMMAND_TELLS_PROBLEMS))
    self->banner = ocg_config_banner_new (self->client);
  return self->client;
}

gboolean
ocg_cli_has (OcgCli *self, const char *option)
{
  return ocg_args_has (self->args, option);
}

const char *
ocg_cli_get (OcgCli *self, const char *option)
{
  return ocg_args_get (self->args, option);
}

const GPtrArray *
ocg_cli_get_list (OcgCli *self, const char *option)
{
  return ocg_args_get_list (self->args, option);
}

const char *
ocg_cli_operand (OcgCli *self, guint i)
{
  return ocg_args_operand (self->args, i);
}

void
ocg_cli_print (OcgCli *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  ocg_output_append_clean (self->out, text, TRUE);
}

void
ocg_cli_print_json (OcgCli *self, JsonNode *node)
{
  ocg_json_append (self->out, node, ocg_output_is_terminal (STDOUT_FILENO));
  g_string_append_c (self->out, '\n');
  json_node_unref (node);
}

void
ocg_cli_warn (OcgCli *self, GVariant *reply)
{
  g_autofree const char **warnings = NULL;

  if (ocg_cli_has (self, "json") || !g_variant_lookup (reply, "warnings", "^a&s", &warnings))
    return;
  for (guint i = 0; warnings[i] != NULL; i++)
    ocg_output_complain (warnings[i]);
}
