/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "fuzz-chat.h"

#include <math.h>
#include <string.h>

#include "service/ocg-message-reader.h"
#include "wire/ocg-json.h"

static int
find_word (const char *word, const char *const *words)
{
  for (int i = 0; words[i] != NULL; i++)
    if (g_strcmp0 (words[i], word) == 0)
      return i;
  return -1;
}

/* JSON that travels as text, or stands there as an object; NULL when it is neither. */
static char *
dup_json_object (JsonObject *json, const char *name)
{
  const char *text = ocg_json_get_string (json, name);
  JsonObject *object = ocg_json_get_object (json, name);
  g_autofree char *written = NULL;

  if (object != NULL)
    text = written = json_to_string (json_object_get_member (json, name), FALSE);
  return text != NULL ? ocg_normalise_json_object (text) : NULL;
}

static gboolean
may_hold (OcgRole role, OcgPartType type)
{
  switch (type)
    {
    case OCG_PART_TEXT:
      return role != OCG_ROLE_TOOL;
    case OCG_PART_IMAGE:
      return role == OCG_ROLE_USER;
    case OCG_PART_THINKING:
    case OCG_PART_TOOL_CALL:
      return role == OCG_ROLE_ASSISTANT;
    case OCG_PART_TOOL_RESULT:
      return role == OCG_ROLE_TOOL || role == OCG_ROLE_USER;
    }
  return FALSE;
}

static void
read_image (OcgPart *part, JsonObject *json)
{
  static const char *const types[]
      = { "image/png", "image/jpeg", "image/gif", "image/webp", NULL };
  const char *base64 = ocg_json_get_string (json, "data");
  int type = find_word (ocg_json_get_string (json, "media-type"), types);
  gsize length = 0;
  guchar *data = base64 != NULL && *base64 != '\0' ? g_base64_decode (base64, &length) : NULL;

  part->media_type = g_strdup (types[MAX (type, 0)]);
  part->data = length > 0 ? g_bytes_new (data, length) : g_bytes_new_static ("x", 1);
  g_free (data);
}

static void read_content (GPtrArray *parts, JsonObject *json, OcgRole role, gboolean nested);

static void
read_members (OcgPart *part, JsonObject *json)
{
  const char *text = ocg_json_get_string (json, "text");
  const char *id = ocg_json_get_string (json, "id");
  const char *name = ocg_json_get_string (json, "name");

  part->text = g_strdup (text != NULL ? text : "");
  part->id = g_strdup (id != NULL ? id : "");
  part->name = g_strdup (name);
  ocg_json_get_boolean (json, "is-error", &part->is_error);
  part->replay = g_strdup (ocg_json_get_string (json, "replay"));
  if (part->replay == NULL)
    part->replay = dup_json_object (json, "replay");
  if (part->type == OCG_PART_IMAGE)
    read_image (part, json);
  if (part->type == OCG_PART_TOOL_CALL)
    {
      part->arguments = dup_json_object (json, "arguments");
      if (part->arguments == NULL)
        part->arguments = g_strdup ("{}");
      if (part->name == NULL)
        part->name = g_strdup ("");
    }
  if (part->type == OCG_PART_TOOL_RESULT)
    {
      part->content = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_part_free);
      read_content (part->content, json, OCG_ROLE_USER, TRUE);
    }
}

static void
read_part (GPtrArray *parts, JsonObject *json, OcgRole role, gboolean nested)
{
  static const char *const types[]
      = { "text", "image", "thinking", "tool-call", "tool-result", NULL };
  int type = find_word (ocg_json_get_string (json, "type"), types);
  OcgPart *part;

  if (type < 0 || !may_hold (role, (OcgPartType) type) || (nested && type > OCG_PART_IMAGE))
    return;
  part = ocg_part_new ((OcgPartType) type);
  read_members (part, json);
  g_ptr_array_add (parts, part);
}

static void
read_content (GPtrArray *parts, JsonObject *json, OcgRole role, gboolean nested)
{
  const char *text = ocg_json_get_string (json, "content");
  JsonArray *array = ocg_json_get_array (json, "content");

  if (text != NULL && may_hold (role, OCG_PART_TEXT))
    {
      OcgPart *part = ocg_part_new (OCG_PART_TEXT);

      part->text = g_strdup (text);
      g_ptr_array_add (parts, part);
    }
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    read_part (parts, ocg_json_array_get_object (array, i), role, nested);
}

static void
read_messages (OcgChat *chat, JsonArray *array)
{
  static const char *const roles[] = { "system", "user", "assistant", "tool", NULL };

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *json = ocg_json_array_get_object (array, i);
      int role = find_word (ocg_json_get_string (json, "role"), roles);
      OcgMessage *message;

      if (role < 0)
        continue;
      message = ocg_message_new ((OcgRole) role);
      read_content (message->parts, json, message->role, FALSE);
      g_ptr_array_add (chat->messages, message);
    }
}

static gboolean
is_tool_name (const char *name)
{
  gsize length = name != NULL ? strlen (name) : 0;

  return length > 0 && length <= 128
         && strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-") == length;
}

static void
read_tools (OcgChat *chat, JsonArray *array)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *json = ocg_json_array_get_object (array, i);
      const char *name = ocg_json_get_string (json, "name");
      OcgTool *tool;

      if (!is_tool_name (name))
        continue;
      tool = g_new0 (OcgTool, 1);
      tool->name = g_strdup (name);
      tool->description = g_strdup (ocg_json_get_string (json, "description"));
      tool->parameters = dup_json_object (json, "parameters");
      if (tool->parameters == NULL)
        tool->parameters = g_strdup ("{\"type\":\"object\",\"properties\":{}}");
      g_ptr_array_add (chat->tools, tool);
    }
}

static void
read_tool_choice (OcgChat *chat, JsonObject *json)
{
  static const char *const choices[] = { "", "auto", "none", "required", NULL };
  const char *name = ocg_json_get_string (ocg_json_get_object (json, "tool-choice"), "name");
  int choice = find_word (ocg_json_get_string (json, "tool-choice"), choices);

  if (choice > 0)
    chat->tool_choice = (OcgToolChoice) choice;
  for (guint i = 0; i < chat->tools->len; i++)
    if (g_strcmp0 (((OcgTool *) g_ptr_array_index (chat->tools, i))->name, name) == 0)
      {
        g_free (chat->tool_choice_name);
        chat->tool_choice = OCG_TOOL_CHOICE_NAMED;
        chat->tool_choice_name = g_strdup (name);
      }
}

static void
read_stop (OcgChat *chat, JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (array == NULL)
    return;
  for (guint i = 0; i < MIN (json_array_get_length (array), 16); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }
  chat->stop = g_strv_builder_end (builder);
}

static double
read_number (JsonObject *json, const char *name)
{
  double value;

  return ocg_json_get_double (json, name, &value) && value >= 0 && value <= 2 ? value : -1;
}

OcgChat *
fuzz_chat_new (JsonObject *json)
{
  OcgChat *chat = ocg_chat_new ();
  JsonObject *format = ocg_json_get_object (json, "response-format");
  const char *thinking = ocg_json_get_string (json, "thinking");
  gint64 max_tokens = 0;

  chat->system = g_strdup (ocg_json_get_string (json, "system"));
  read_messages (chat, ocg_json_get_array (json, "messages"));
  read_tools (chat, ocg_json_get_array (json, "tools"));
  read_tool_choice (chat, json);
  read_stop (chat, ocg_json_get_array (json, "stop"));
  chat->format_schema = dup_json_object (format, "schema");
  if (chat->format_schema != NULL)
    chat->format_name = g_strdup (ocg_json_get_string (format, "name"));
  ocg_json_get_boolean (format, "strict", &chat->format_strict);
  ocg_json_get_int (json, "max-tokens", &max_tokens);
  chat->max_tokens = (guint) CLAMP (max_tokens, 0, G_MAXUINT32);
  chat->temperature = read_number (json, "temperature");
  chat->top_p = read_number (json, "top-p");
  if (thinking != NULL)
    ocg_thinking_from_string (thinking, &chat->thinking);
  chat->stream = TRUE;
  ocg_json_get_boolean (json, "stream", &chat->stream);
  return chat;
}
