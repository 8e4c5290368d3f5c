/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-question.h"

#include "ocg-ask-options.h"
#include "ocg-attachment.h"
#include "ocg-conversation.h"
#include "ocg-error.h"
#include "ocg-input.h"
#include "ocg-json-reader.h"
#include "ocg-names.h"
#include "ocg-prompt.h"
#include "ocg-tools.h"

#include <glib/gi18n.h>

/* Base64 takes a third more than what a request can hold. */
#define MAX_MESSAGES_SIZE (OCG_MAX_REQUEST_SIZE / 2 * 3)

/* What the file of --messages says, besides messages. */
typedef struct
{
  JsonNode *root;     /* NULL: no such file */
  const char *system; /* (nullable) part of @root, as the next one */
  JsonNode *tools;    /* (nullable) */
} Conversation;

static void
conversation_clear (Conversation *self)
{
  g_clear_pointer (&self->root, json_node_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Conversation, conversation_clear)

void
ocg_question_free (OcgQuestion *self)
{
  g_clear_pointer (&self->messages, g_variant_unref);
  g_clear_pointer (&self->options, g_variant_unref);
  g_clear_object (&self->fds);
  g_free (self);
}

/* Whether one of the options reads standard input; it can only be read once. */
static gboolean
check_standard_input (OcgCli *cli, gboolean *is_taken, GError **error)
{
  static const char *const names[] = { "messages", "tools", "schema" };
  const GPtrArray *files = ocg_cli_get_list (cli, "file");
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    n += ocg_cli_has (cli, names[i]) && ocg_input_is_standard (ocg_cli_get (cli, names[i]));
  for (guint i = 0; files != NULL && i < files->len; i++)
    n += ocg_input_is_standard (g_ptr_array_index (files, i));
  *is_taken = n > 0;
  if (n <= 1)
    return TRUE;
  g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                       _ ("Standard input can be read only once, so only one option can be “-”."));
  return FALSE;
}

static gboolean
read_conversation (OcgCli *cli, Conversation *conversation, GVariantBuilder *messages,
                   GError **error)
{
  const char *name = ocg_cli_get (cli, "messages");

  if (name == NULL)
    return TRUE;
  conversation->root = ocg_json_read_file (name, MAX_MESSAGES_SIZE, error);
  if (conversation->root == NULL)
    return FALSE;
  if (ocg_conversation_read (conversation->root, messages, &conversation->system,
                             &conversation->tools, error))
    return TRUE;
  g_prefix_error (error, "%s: ", ocg_input_describe (name));
  return FALSE;
}

/* What the command line says counts more than what the file of --messages says. */
static gboolean
add_tools (OcgCli *cli, const Conversation *conversation, GVariantBuilder *options, GError **error)
{
  const char *name = ocg_cli_get (cli, "tools");
  g_autoptr (JsonNode) root = NULL;
  GVariant *tools = NULL;

  if (name != NULL)
    {
      root = ocg_json_read_file (name, OCG_INPUT_MAX_TEXT, error);
      if (root == NULL)
        return FALSE;
    }
  else if (conversation->tools != NULL)
    {
      name = ocg_cli_get (cli, "messages");
      root = json_node_ref (conversation->tools);
    }
  else
    return TRUE;

  tools = ocg_tools_from_json (root, error);
  if (tools == NULL)
    {
      g_prefix_error (error, "%s: ", ocg_input_describe (name));
      return FALSE;
    }
  g_variant_builder_add (options, "{sv}", "tools", tools);
  return TRUE;
}

static gboolean
add_schema (OcgCli *cli, GVariantBuilder *options, GError **error)
{
  const char *name = ocg_cli_get (cli, "schema");
  g_autoptr (JsonNode) schema = NULL;
  GVariant *format = NULL;

  if (name == NULL)
    return TRUE;
  schema = ocg_json_read_file (name, OCG_INPUT_MAX_TEXT, error);
  if (schema == NULL)
    return FALSE;
  format = ocg_tools_new_response_format (schema, name, error);
  if (format == NULL)
    return FALSE;
  g_variant_builder_add (options, "{sv}", "response-format", format);
  return TRUE;
}

static gboolean
build_options (OcgCli *cli, const Conversation *conversation, OcgQuestion *self, GError **error)
{
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  const char *system
      = ocg_cli_has (cli, "system") ? ocg_cli_get (cli, "system") : conversation->system;

  if (system != NULL)
    g_variant_builder_add (options, "{sv}", "system", g_variant_new_string (system));
  if (!ocg_ask_options_add (cli, options, error)
      || !add_tools (cli, conversation, options, error) || !add_schema (cli, options, error))
    return FALSE;
  self->options = g_variant_ref_sink (g_variant_builder_end (options));
  return TRUE;
}

static GVariant *
new_text_part (const char *text)
{
  GVariantDict part;

  g_variant_dict_init (&part, NULL);
  g_variant_dict_insert (&part, "type", "s", "text");
  g_variant_dict_insert (&part, "text", "s", text);
  return g_variant_dict_end (&part);
}

static gboolean
add_files (OcgQuestion *self, const GPtrArray *files, GVariantBuilder *parts, GError **error)
{
  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      GVariant *part
          = ocg_attachment_new_part (g_ptr_array_index (files, i), self->fds, error);

      if (part == NULL)
        return FALSE;
      g_variant_builder_add_value (parts, part);
    }
  return TRUE;
}

/* Adds the last message, of the user: files, a prompt, or both. There may be neither. */
static gboolean
add_prompt (OcgCli *cli, OcgQuestion *self, gboolean keeps_input, GVariantBuilder *messages,
            GError **error)
{
  const GPtrArray *files = ocg_cli_get_list (cli, "file");
  g_auto (GVariantBuilder) parts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  g_autofree char *prompt = NULL;
  GVariantDict message;

  /* What is wrong with a file is told before standard input is waited for. */
  if (!add_files (self, files, &parts, error)
      || (prompt = ocg_prompt_gather (cli->args->operands, keeps_input, error)) == NULL)
    return FALSE;
  if (files == NULL && *prompt == '\0')
    return TRUE;

  g_variant_dict_init (&message, NULL);
  g_variant_dict_insert (&message, "role", "s", "user");
  if (files == NULL)
    g_variant_dict_insert (&message, "content", "s", prompt);
  else
    {
      if (*prompt != '\0')
        g_variant_builder_add_value (&parts, new_text_part (prompt));
      g_variant_dict_insert_value (&message, "content", g_variant_builder_end (&parts));
    }
  g_variant_builder_add_value (messages, g_variant_dict_end (&message));
  return TRUE;
}

/* The gateway would say the same, but a message that is too large for the bus ends the
 * connection. */
static gboolean
check_size (const OcgQuestion *self, GError **error)
{
  if (g_variant_n_children (self->messages) == 0)
    g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                         _ ("There is nothing to ask. Write the prompt behind the command, send "
                            "it to standard input, or name a file with --file."));
  else if (g_variant_get_size (self->messages) + g_variant_get_size (self->options)
           > OCG_MAX_REQUEST_SIZE)
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("All of it together is larger than %d MiB, which is more than a request can "
                    "be. Shorten it."),
                 OCG_MAX_REQUEST_SIZE / 1024 / 1024);
  else
    return TRUE;
  return FALSE;
}

OcgQuestion *
ocg_question_new (OcgCli *cli, GError **error)
{
  g_autoptr (OcgQuestion) self = g_new0 (OcgQuestion, 1);
  g_auto (GVariantBuilder) messages = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  g_auto (Conversation) conversation = { NULL };
  gboolean keeps_input = FALSE;

  self->fds = g_unix_fd_list_new ();
  if (!check_standard_input (cli, &keeps_input, error)
      || !read_conversation (cli, &conversation, &messages, error)
      || !build_options (cli, &conversation, self, error)
      || !add_prompt (cli, self, keeps_input, &messages, error))
    return NULL;
  self->messages = g_variant_ref_sink (g_variant_builder_end (&messages));
  return check_size (self, error) ? g_steal_pointer (&self) : NULL;
}
