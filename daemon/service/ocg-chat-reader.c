/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-chat-reader.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "../../dbus/ocg-names.h"
#include "ocg-fd.h"
#include "ocg-message-reader.h"
#include "ocg-options.h"

#define MAX_TOOL_NAME 128
#define MAX_STOPS 16
#define MAX_STOP_SIZE 256

void
ocg_call_free (OcgCall *self)
{
  g_clear_pointer (&self->chat, ocg_chat_unref);
  g_free (self->options.profile);
  g_free (self->handle_token);
  g_ptr_array_unref (self->images);
  g_ptr_array_unref (self->image_names);
  g_free (self);
}

static OcgCall *
call_new (void)
{
  OcgCall *self = g_new0 (OcgCall, 1);

  self->chat = ocg_chat_new ();
  self->options.fallback = TRUE;
  self->images = g_ptr_array_new ();
  self->image_names = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static gboolean
is_tool_name (const char *name)
{
  gsize length = strlen (name);

  return length > 0 && length <= MAX_TOOL_NAME
         && strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-") == length;
}

static OcgTool *
read_tool (GVariant *dict, const char *where, GError **error)
{
  g_autoptr (OcgTool) tool = g_new0 (OcgTool, 1);
  const char *name = NULL;
  const char *description = NULL;
  const char *parameters = "{\"type\":\"object\",\"properties\":{}}";

  if (!ocg_options_string (dict, where, "name", &name, error)
      || !ocg_options_string (dict, where, "description", &description, error)
      || !ocg_options_string (dict, where, "parameters", &parameters, error))
    return NULL;
  if (name == NULL || !is_tool_name (name))
    {
      ocg_options_fail (error, where, "name",
                        _ ("a tool needs a name of up to 128 letters, digits, “_” and “-”."));
      return NULL;
    }
  tool->name = g_strdup (name);
  tool->description = g_strdup (description);
  tool->parameters = ocg_normalise_json_object (parameters);
  if (tool->parameters == NULL)
    {
      ocg_fail_request (error, where, "parameters",
                        _ ("must be a JSON schema: text that is a JSON object."));
      return NULL;
    }
  return g_steal_pointer (&tool);
}

static gboolean
has_tool (OcgChat *chat, const char *name)
{
  for (guint i = 0; i < chat->tools->len; i++)
    if (g_str_equal (((OcgTool *) g_ptr_array_index (chat->tools, i))->name, name))
      return TRUE;
  return FALSE;
}

static gboolean
read_tools (OcgChat *chat, GVariant *options, GError **error)
{
  g_autoptr (GVariant) tools = NULL;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  if (!ocg_options_variant (options, "", "tools", "aa{sv}", &tools, error))
    return FALSE;
  for (gsize i = 0; tools != NULL && i < g_variant_n_children (tools); i++)
    {
      g_autoptr (GVariant) dict = g_variant_get_child_value (tools, i);
      g_autofree char *where = g_strdup_printf ("tools[%zu].", i);
      OcgTool *tool = read_tool (dict, where, error);

      if (tool == NULL)
        return FALSE;
      if (!g_hash_table_add (names, tool->name))
        {
          g_autofree char *message
              = g_strdup_printf (_ ("there are two tools of the name “%s”."), tool->name);

          ocg_options_fail (error, where, "name", message);
          ocg_tool_free (tool);
          return FALSE;
        }
      g_ptr_array_add (chat->tools, tool);
    }
  return TRUE;
}

static gboolean
read_named_tool_choice (OcgChat *chat, GVariant *choice, GError **error)
{
  const char *name = NULL;

  if (!ocg_options_string (choice, "tool-choice.", "name", &name, error))
    return FALSE;
  if (name == NULL || !has_tool (chat, name))
    {
      ocg_options_fail (error, "tool-choice.", "name", _ ("must be the name of one of the tools."));
      return FALSE;
    }
  chat->tool_choice = OCG_TOOL_CHOICE_NAMED;
  chat->tool_choice_name = g_strdup (name);
  return TRUE;
}

static gboolean
read_tool_choice (OcgChat *chat, GVariant *options, GError **error)
{
  static const char *const words[] = {
    [OCG_TOOL_CHOICE_AUTO] = "auto",
    [OCG_TOOL_CHOICE_NONE] = "none",
    [OCG_TOOL_CHOICE_REQUIRED] = "required",
  };
  g_autoptr (GVariant) choice = g_variant_lookup_value (options, "tool-choice", NULL);

  if (choice == NULL)
    return TRUE;
  if (g_variant_is_of_type (choice, G_VARIANT_TYPE_VARDICT))
    return read_named_tool_choice (chat, choice, error);
  for (guint i = OCG_TOOL_CHOICE_AUTO; i < G_N_ELEMENTS (words); i++)
    if (g_variant_is_of_type (choice, G_VARIANT_TYPE_STRING)
        && g_str_equal (words[i], g_variant_get_string (choice, NULL)))
      {
        chat->tool_choice = (OcgToolChoice) i;
        if (i != OCG_TOOL_CHOICE_REQUIRED || chat->tools->len > 0)
          return TRUE;
        ocg_options_fail (error, "", "tool-choice", _ ("there are no tools to choose from."));
        return FALSE;
      }
  ocg_options_fail (error, "", "tool-choice",
                    _ ("must be auto, none, required, or a dictionary with a name."));
  return FALSE;
}

static gboolean
read_response_format (OcgChat *chat, GVariant *options, GError **error)
{
  g_autoptr (GVariant) format = NULL;
  const char *name = NULL;
  const char *schema = NULL;

  if (!ocg_options_variant (options, "", "response-format", "a{sv}", &format, error))
    return FALSE;
  if (format == NULL)
    return TRUE;
  if (!ocg_options_string (format, "response-format.", "name", &name, error)
      || !ocg_options_string (format, "response-format.", "schema", &schema, error)
      || !ocg_options_boolean (format, "response-format.", "strict", &chat->format_strict, error))
    return FALSE;
  chat->format_name = g_strdup (name);
  chat->format_schema = schema != NULL ? ocg_normalise_json_object (schema) : NULL;
  if (chat->format_schema != NULL)
    return TRUE;
  ocg_fail_request (error, "response-format.", "schema",
                    _ ("must be a JSON schema: text that is a JSON object."));
  return FALSE;
}

static gboolean
read_thinking_level (OcgChat *chat, GVariant *options, GError **error)
{
  const char *level = NULL;

  if (!ocg_options_string (options, "", "thinking", &level, error))
    return FALSE;
  if (level == NULL || ocg_thinking_from_string (level, &chat->thinking))
    return TRUE;
  ocg_options_fail (error, "", "thinking",
                    _ ("must be off, minimal, low, medium, high, xhigh or adaptive."));
  return FALSE;
}

static gboolean
read_handle_token (OcgCall *self, GVariant *options, GError **error)
{
  const char *token = NULL;

  if (!ocg_options_handle_token (options, &token, error))
    return FALSE;
  self->handle_token = g_strdup (token);
  return TRUE;
}

/* The most likely words only, down to none of them: servers refuse that. */
static gboolean
check_top_p (OcgChat *chat, GError **error)
{
  if (chat->top_p < 0 || chat->top_p > 0)
    return TRUE;
  ocg_options_fail (error, "", "top-p", _ ("must be a number above 0, and 1 at most."));
  return FALSE;
}

static gboolean
check_stop (OcgChat *chat, GError **error)
{
  gboolean ok = chat->stop == NULL || g_strv_length (chat->stop) <= MAX_STOPS;

  for (guint i = 0; ok && chat->stop != NULL && chat->stop[i] != NULL; i++)
    ok = *chat->stop[i] != '\0' && strlen (chat->stop[i]) <= MAX_STOP_SIZE;
  if (!ok)
    ocg_options_fail (error, "", "stop", _ ("must be up to 16 texts of 1 to 256 bytes."));
  return ok;
}

/* What goes to the model. */
static gboolean
read_chat_options (OcgChat *chat, GVariant *options, GError **error)
{
  const char *system = NULL;

  if (!ocg_options_string (options, "", "system", &system, error)
      || !ocg_options_uint (options, "", "max-tokens", 1, &chat->max_tokens, error)
      || !ocg_options_double (options, "", "temperature", 0, 2, &chat->temperature, error)
      || !ocg_options_double (options, "", "top-p", 0, 1, &chat->top_p, error)
      || !ocg_options_strv (options, "", "stop", &chat->stop, error)
      || !ocg_options_boolean (options, "", "stream", &chat->stream, error))
    return FALSE;
  chat->system = g_strdup (system);
  chat->has_stream = g_variant_lookup (options, "stream", "b", NULL);
  return check_top_p (chat, error) && check_stop (chat, error)
         && read_thinking_level (chat, options, error) && read_tools (chat, options, error)
         && read_tool_choice (chat, options, error)
         && read_response_format (chat, options, error);
}

/* What is for the gateway. */
static gboolean
read_request_options (OcgCall *self, GVariant *options, GError **error)
{
  static const char *const known[]
      = { "locale",      "system",      "max-tokens",      "temperature",     "top-p",
          "stop",        "thinking",    "tools",           "tool-choice",     "response-format",
          "stream",      "fallback",    "timeout-ms",      "idle-timeout-ms", "profile",
          "tag",         "dry-run",     "handle_token",    NULL };
  g_autoptr (GVariant) timeout = g_variant_lookup_value (options, "timeout-ms", NULL);
  const char *profile = NULL;
  const char *tag = NULL;

  if (!ocg_options_boolean (options, "", "fallback", &self->options.fallback, error)
      || !ocg_options_uint (options, "", "timeout-ms", 0, &self->options.timeout_ms, error)
      || !ocg_options_uint (options, "", "idle-timeout-ms", 0, &self->options.idle_timeout_ms,
                            error)
      || !ocg_options_string (options, "", "profile", &profile, error)
      || !ocg_options_string (options, "", "tag", &tag, error)
      || !ocg_options_boolean (options, "", "dry-run", &self->options.dry_run, error)
      || !read_handle_token (self, options, error))
    return FALSE;
  if (profile != NULL && *profile == '\0')
    {
      ocg_options_fail (error, "", "profile", _ ("must be a profile id, provider:name."));
      return FALSE;
    }
  self->options.profile = g_strdup (profile);
  self->has_timeout = timeout != NULL;
  ocg_options_log_unknown (options, known);
  return TRUE;
}

static gboolean
has_substance (OcgChat *chat)
{
  for (guint i = 0; i < chat->messages->len; i++)
    {
      OcgMessage *message = g_ptr_array_index (chat->messages, i);

      for (guint j = 0; message->role != OCG_ROLE_SYSTEM && j < message->parts->len; j++)
        {
          OcgPart *part = g_ptr_array_index (message->parts, j);

          if (part->type != OCG_PART_TEXT && part->type != OCG_PART_THINKING)
            return TRUE;
          for (const char *p = part->text; part->type == OCG_PART_TEXT && *p != '\0';
               p = g_utf8_next_char (p))
            if (!g_unichar_isspace (g_utf8_get_char (p)))
              return TRUE;
        }
    }
  return FALSE;
}

static void
fail_empty (OcgChat *chat, GError **error)
{
  g_autofree char *where
      = chat->messages->len > 0
            ? g_strdup_printf ("messages[%u].content", chat->messages->len - 1)
            : g_strdup ("messages");

  ocg_fail_request (error, "", where,
                    _ ("there is nothing to answer. Give at least one message with text."));
}

OcgCall *
ocg_call_read (GVariant *messages, GVariant *options, GUnixFDList *fds, GError **error)
{
  g_autoptr (OcgCall) self = call_new ();
  guint n_fds = fds != NULL ? (guint) g_unix_fd_list_get_length (fds) : 0;
  g_autofree guint8 *used = g_new0 (guint8, n_fds + 1);
  OcgFdTable table = { fds, n_fds, used };

  if (g_variant_get_size (messages) + g_variant_get_size (options) > OCG_MAX_REQUEST_SIZE)
    {
      ocg_fail_request (error, "", "messages",
                        _ ("the request is larger than 32 MiB. Shorten it."));
      return NULL;
    }
  if (!ocg_messages_read (messages, &table, self, error)
      || !read_chat_options (self->chat, options, error)
      || !read_request_options (self, options, error))
    return NULL;
  if (memchr (used, FALSE, n_fds) != NULL)
    {
      ocg_options_fail (error, "", "messages",
                        _ ("more file descriptors came than the messages use."));
      return NULL;
    }
  if (!has_substance (self->chat))
    {
      fail_empty (self->chat, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

static void read_next_image (GTask *task);

static void
on_image_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OcgCall *self = g_task_get_task_data (task);
  OcgPart *part = g_ptr_array_index (self->images, 0);
  g_autofree char *where = g_strdup (g_ptr_array_index (self->image_names, 0));
  g_autoptr (GError) error = NULL;

  part->data = ocg_fd_read_finish (result, &error);
  g_ptr_array_remove_index (self->images, 0);
  g_ptr_array_remove_index (self->image_names, 0);
  if (part->data == NULL || !ocg_image_check (part, "", where, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    read_next_image (g_steal_pointer (&task));
}

static void
read_next_image (GTask *task)
{
  OcgCall *self = g_task_get_task_data (task);
  OcgPart *part;
  int fd;

  if (self->images->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  part = g_ptr_array_index (self->images, 0);
  fd = part->fd;
  part->fd = -1;
  ocg_fd_read_async (fd, OCG_MAX_IMAGE_SIZE, g_ptr_array_index (self->image_names, 0),
                     on_image_read, task);
}

void
ocg_call_read_images_async (OcgCall *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, ocg_call_read_images_async);
  g_task_set_task_data (task, self, NULL);
  read_next_image (task);
}

gboolean
ocg_call_read_images_finish (OcgCall *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
