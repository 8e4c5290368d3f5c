/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-message-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../../dbus/ocg-names.h"
#include "../wire/ocg-json.h"
#include "ocg-fd.h"
#include "ocg-options.h"

/* The longest name of a tool. */
#define MAX_NAME 128

void
ocg_fail_request (GError **error, const char *where, const char *key, const char *message)
{
  g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_REQUEST, _ ("“%s%s”: %s"), where, key, message);
}

char *
ocg_normalise_json_object (const char *text)
{
  g_autoptr (JsonObject) object = ocg_json_parse_object (text, -1, NULL);

  return object != NULL ? ocg_json_mend_for_servers (text, -1, NULL) : NULL;
}

/* The string member @key, which must be there. */
static gboolean
require_string (GVariant *dict, const char *where, const char *key, char **copy, GError **error)
{
  const char *value = NULL;

  if (!ocg_options_string (dict, where, key, &value, error))
    return FALSE;
  if (value == NULL)
    {
      ocg_options_fail (error, where, key, _ ("is missing."));
      return FALSE;
    }
  *copy = g_strdup (value);
  return TRUE;
}

static gboolean
matches_media_type (const char *media_type, GBytes *data)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (data, &size);

  if (g_str_equal (media_type, "image/png"))
    return size > 8 && memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) == 0;
  if (g_str_equal (media_type, "image/jpeg"))
    return size > 3 && memcmp (bytes, "\xff\xd8\xff", 3) == 0;
  if (g_str_equal (media_type, "image/gif"))
    return size > 6 && (memcmp (bytes, "GIF87a", 6) == 0 || memcmp (bytes, "GIF89a", 6) == 0);
  return size > 12 && memcmp (bytes, "RIFF", 4) == 0 && memcmp (bytes + 8, "WEBP", 4) == 0;
}

gboolean
ocg_image_check (OcgPart *part, const char *where, const char *key, GError **error)
{
  if (g_bytes_get_size (part->data) == 0)
    {
      ocg_fail_request (error, where, key, _ ("the image is empty."));
      return FALSE;
    }
  if (g_bytes_get_size (part->data) > OCG_MAX_IMAGE_SIZE)
    {
      ocg_fail_request (error, where, key,
                        _ ("the image is larger than 5 MiB. Make it smaller first."));
      return FALSE;
    }
  if (!matches_media_type (part->media_type, part->data))
    {
      g_autofree char *message
          = g_strdup_printf (_ ("the bytes are not of the type “%s”."), part->media_type);

      ocg_fail_request (error, where, key, message);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_media_type (const char *media_type, const char *where, GError **error)
{
  static const char *const known[]
      = { "image/png", "image/jpeg", "image/gif", "image/webp", NULL };
  g_autofree char *message = NULL;

  if (g_strv_contains (known, media_type))
    return TRUE;
  message = g_strdup_printf (
      _ ("“%s” is not supported. Use image/png, image/jpeg, image/gif or image/webp."),
      media_type);
  ocg_options_fail (error, where, "media-type", message);
  return FALSE;
}

/* Takes a duplicate of the descriptor; GLib would only assert on an index out of range. */
static gboolean
take_image_fd (OcgPart *part, int index, const char *where, OcgFdTable *fds, OcgCall *call,
               GError **error)
{
  const char *problem;

  if (index < 0 || (guint) index >= fds->length)
    {
      ocg_options_fail (error, where, "fd", _ ("no such file descriptor came with the message."));
      return FALSE;
    }
  if (fds->used[index])
    {
      ocg_options_fail (error, where, "fd", _ ("another image uses this file descriptor."));
      return FALSE;
    }
  fds->used[index] = TRUE;
  part->fd = g_unix_fd_list_get (fds->list, index, error);
  if (part->fd < 0)
    return FALSE;
  problem = ocg_fd_check (part->fd, OCG_FD_IMAGE);
  if (problem != NULL)
    {
      ocg_options_fail (error, where, "fd", problem);
      return FALSE;
    }
  g_ptr_array_add (call->images, part);
  g_ptr_array_add (call->image_names, g_strconcat (where, "fd", NULL));
  return TRUE;
}

static gboolean
read_image (OcgPart *part, GVariant *dict, const char *where, OcgFdTable *fds, OcgCall *call,
            GError **error)
{
  g_autoptr (GVariant) data = NULL;
  g_autoptr (GVariant) handle = NULL;

  if (!require_string (dict, where, "media-type", &part->media_type, error)
      || !check_media_type (part->media_type, where, error)
      || !ocg_options_variant (dict, where, "data", "ay", &data, error)
      || !ocg_options_variant (dict, where, "fd", "h", &handle, error))
    return FALSE;
  if ((data == NULL) == (handle == NULL))
    {
      ocg_options_fail (error, where, "data", _ ("an image needs either data or fd."));
      return FALSE;
    }
  if (handle != NULL)
    return take_image_fd (part, g_variant_get_handle (handle), where, fds, call, error);
  part->data = g_variant_get_data_as_bytes (data);
  return ocg_image_check (part, where, "data", error);
}

static gboolean
read_tool_call (OcgPart *part, GVariant *dict, const char *where, GError **error)
{
  g_autofree char *arguments = NULL;

  if (!require_string (dict, where, "id", &part->id, error)
      || !require_string (dict, where, "name", &part->name, error)
      || !require_string (dict, where, "arguments", &arguments, error))
    return FALSE;
  /* Another provider's history may hold names that this one refuses. */
  g_strcanon (part->name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-", '_');
  if (strlen (part->name) > MAX_NAME)
    part->name[MAX_NAME] = '\0';
  /* Models make arguments that are none; refusing them would end a conversation for good, and
   * MiniMax refuses to see them again. */
  part->arguments = ocg_normalise_json_object (arguments);
  if (part->arguments == NULL)
    part->arguments = g_strdup ("{}");
  return TRUE;
}

static gboolean read_content (GPtrArray *parts, GVariant *dict, const char *where, gboolean nested,
                              OcgFdTable *fds, OcgCall *call, GError **error);

static gboolean
read_tool_result (OcgPart *part, GVariant *dict, const char *where, OcgFdTable *fds, OcgCall *call,
                  GError **error)
{
  const char *name = NULL;

  part->content = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_part_free);
  if (!require_string (dict, where, "id", &part->id, error)
      || !ocg_options_string (dict, where, "name", &name, error)
      || !ocg_options_boolean (dict, where, "is-error", &part->is_error, error))
    return FALSE;
  part->name = g_strdup (name);
  return read_content (part->content, dict, where, TRUE, fds, call, error);
}

static gboolean
read_thinking (OcgPart *part, GVariant *dict, const char *where, GError **error)
{
  const char *text = "";
  const char *replay = NULL;

  if (!ocg_options_string (dict, where, "text", &text, error)
      || !ocg_options_string (dict, where, "replay", &replay, error))
    return FALSE;
  part->text = g_strdup (text);
  part->replay = g_strdup (replay);
  return TRUE;
}

static const char *const part_types[] = {
  [OCG_PART_TEXT] = "text",         [OCG_PART_IMAGE] = "image",
  [OCG_PART_THINKING] = "thinking", [OCG_PART_TOOL_CALL] = "tool-call",
  [OCG_PART_TOOL_RESULT] = "tool-result",
};

static gboolean
part_type_from_string (const char *word, gboolean nested, OcgPartType *type)
{
  guint n = nested ? OCG_PART_IMAGE + 1 : G_N_ELEMENTS (part_types);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (part_types[i], word))
      {
        *type = (OcgPartType) i;
        return TRUE;
      }
  return FALSE;
}

static OcgPart *
read_part (GVariant *dict, const char *where, gboolean nested, OcgFdTable *fds, OcgCall *call,
           GError **error)
{
  g_autofree char *word = NULL;
  g_autoptr (OcgPart) part = ocg_part_new (OCG_PART_TEXT);
  gboolean ok = FALSE;

  if (!require_string (dict, where, "type", &word, error))
    return NULL;
  if (!part_type_from_string (word, nested, &part->type))
    {
      g_autofree char *message = g_strdup_printf (
          nested ? _ ("“%s” cannot be part of a tool result. Use text or image.")
                 : _ ("“%s” is not a kind of part. Use text, image, thinking, tool-call or "
                      "tool-result."),
          word);

      ocg_options_fail (error, where, "type", message);
      return NULL;
    }
  switch (part->type)
    {
    case OCG_PART_TEXT:
      ok = require_string (dict, where, "text", &part->text, error);
      break;
    case OCG_PART_IMAGE:
      ok = read_image (part, dict, where, fds, call, error);
      break;
    case OCG_PART_THINKING:
      ok = read_thinking (part, dict, where, error);
      break;
    case OCG_PART_TOOL_CALL:
      ok = read_tool_call (part, dict, where, error);
      break;
    case OCG_PART_TOOL_RESULT:
      ok = read_tool_result (part, dict, where, fds, call, error);
      break;
    }
  return ok ? g_steal_pointer (&part) : NULL;
}

/* The member "content": a string, or an array of parts. */
static gboolean
read_content (GPtrArray *parts, GVariant *dict, const char *where, gboolean nested,
              OcgFdTable *fds, OcgCall *call, GError **error)
{
  g_autoptr (GVariant) content = g_variant_lookup_value (dict, "content", NULL);

  if (content == NULL)
    {
      ocg_options_fail (error, where, "content", _ ("is missing."));
      return FALSE;
    }
  if (g_variant_is_of_type (content, G_VARIANT_TYPE_STRING))
    {
      OcgPart *part = ocg_part_new (OCG_PART_TEXT);

      part->text = g_variant_dup_string (content, NULL);
      g_ptr_array_add (parts, part);
      return TRUE;
    }
  if (!g_variant_is_of_type (content, G_VARIANT_TYPE ("aa{sv}")))
    {
      ocg_options_fail (error, where, "content",
                        _ ("must be text (s) or an array of parts (aa{sv})."));
      return FALSE;
    }
  for (gsize i = 0; i < g_variant_n_children (content); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (content, i);
      g_autofree char *inner = g_strdup_printf ("%scontent[%zu].", where, i);
      OcgPart *part = read_part (child, inner, nested, fds, call, error);

      if (part == NULL)
        return FALSE;
      g_ptr_array_add (parts, part);
    }
  return TRUE;
}

static gboolean
check_parts_of_role (OcgMessage *message, const char *role, const char *where, GError **error)
{
  for (guint i = 0; i < message->parts->len; i++)
    {
      OcgPart *part = g_ptr_array_index (message->parts, i);
      g_autofree char *key = g_strdup_printf ("content[%u].type", i);
      gboolean ok = TRUE;

      switch (part->type)
        {
        case OCG_PART_TEXT:
          ok = message->role != OCG_ROLE_TOOL;
          break;
        case OCG_PART_IMAGE:
          ok = message->role == OCG_ROLE_USER;
          break;
        case OCG_PART_THINKING:
        case OCG_PART_TOOL_CALL:
          ok = message->role == OCG_ROLE_ASSISTANT;
          break;
        case OCG_PART_TOOL_RESULT:
          ok = message->role == OCG_ROLE_TOOL || message->role == OCG_ROLE_USER;
          break;
        }
      if (!ok)
        {
          g_autofree char *problem = g_strdup_printf (
              /* TRANSLATORS: a role, such as user, and a kind of part, such as tool-call. */
              _ ("a message of the role “%s” cannot hold a part of the type “%s”."), role,
              part_types[part->type]);

          ocg_options_fail (error, where, key, problem);
          return FALSE;
        }
    }
  return TRUE;
}

static OcgMessage *
read_message (GVariant *dict, const char *where, OcgFdTable *fds, OcgCall *call, GError **error)
{
  static const char *const roles[] = {
    [OCG_ROLE_SYSTEM] = "system",
    [OCG_ROLE_USER] = "user",
    [OCG_ROLE_ASSISTANT] = "assistant",
    [OCG_ROLE_TOOL] = "tool",
  };
  g_autoptr (OcgMessage) message = NULL;
  g_autofree char *role = NULL;
  const char *model = NULL; /* what a thought may go back to is in its replay */

  if (!require_string (dict, where, "role", &role, error)
      || !ocg_options_string (dict, where, "model", &model, error))
    return NULL;
  for (guint i = 0; message == NULL && i < G_N_ELEMENTS (roles); i++)
    if (g_str_equal (roles[i], role))
      message = ocg_message_new ((OcgRole) i);
  if (message == NULL)
    {
      g_autofree char *problem = g_strdup_printf (
          _ ("“%s” is not a role. Use system, user, assistant or tool."), role);

      ocg_options_fail (error, where, "role", problem);
      return NULL;
    }
  if (!read_content (message->parts, dict, where, FALSE, fds, call, error)
      || !check_parts_of_role (message, role, where, error))
    return NULL;
  return g_steal_pointer (&message);
}

gboolean
ocg_messages_read (GVariant *messages, OcgFdTable *fds, OcgCall *call, GError **error)
{
  for (gsize i = 0; i < g_variant_n_children (messages); i++)
    {
      g_autoptr (GVariant) dict = g_variant_get_child_value (messages, i);
      g_autofree char *where = g_strdup_printf ("messages[%zu].", i);
      OcgMessage *message = read_message (dict, where, fds, call, error);

      if (message == NULL)
        return FALSE;
      g_ptr_array_add (call->chat->messages, message);
    }
  return TRUE;
}
