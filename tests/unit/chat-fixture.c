/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "chat-fixture.h"
#include "provider-fixture.h"

static JsonNode *
load_named_model (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "models.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *models;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  models = json_node_get_object (json_parser_get_root (parser));
  if (!json_object_has_member (models, name))
    g_error ("fixtures/models.json has no model of the name %s", name);
  return json_node_copy (json_object_get_member (models, name));
}

OcgModel *
model_fixture_read (JsonNode *node)
{
  g_autoptr (JsonNode) named = JSON_NODE_HOLDS_VALUE (node)
                                   ? load_named_model (json_node_get_string (node))
                                   : NULL;
  JsonObject *json = json_node_get_object (named != NULL ? named : node);
  JsonNode *model = json_object_get_member (json, "model");
  g_autoptr (OcgProvider) provider = provider_fixture_new (
      json_object_get_string_member (json, "provider"),
      json_object_get_object_member (json, "entry"));
  OcgModel *self;

  if (JSON_NODE_HOLDS_VALUE (model))
    return ocg_model_new_unlisted (provider, json_node_get_string (model));
  self = provider_fixture_model (provider, json_node_get_object (model));
  return self;
}

static char *
dup_string (JsonObject *object, const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, NULL));
}

/* JSON that travels as text: an object, or the text itself where its every byte matters. */
static char *
dup_json (JsonObject *object, const char *name, const char *fallback)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return g_strdup (fallback);
  return JSON_NODE_HOLDS_VALUE (node) ? json_node_dup_string (node) : json_to_string (node, FALSE);
}

static int
index_of (const char *word, const char *const *words)
{
  for (int i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], word))
      return i;
  g_error ("a fixture says “%s”", word);
}

static void read_content (GPtrArray *parts, JsonObject *object);

static OcgPart *
read_part (JsonObject *json)
{
  static const char *const types[]
      = { "text", "image", "thinking", "tool-call", "tool-result", NULL };
  OcgPart *part = ocg_part_new (
      (OcgPartType) index_of (json_object_get_string_member (json, "type"), types));

  part->text = g_strdup (json_object_get_string_member_with_default (
      json, "text", part->type == OCG_PART_THINKING ? "" : NULL));
  part->id = dup_string (json, "id");
  part->name = dup_string (json, "name");
  part->media_type = dup_string (json, "media-type");
  part->is_error = json_object_get_boolean_member_with_default (json, "is-error", FALSE);
  part->replay = dup_json (json, "replay", NULL);
  if (part->type == OCG_PART_TOOL_CALL)
    part->arguments = dup_json (json, "arguments", "{}");
  if (part->type == OCG_PART_IMAGE)
    {
      gsize length;
      guchar *data = g_base64_decode (json_object_get_string_member (json, "data"), &length);

      part->data = g_bytes_new_take (data, length);
    }
  if (part->type == OCG_PART_TOOL_RESULT)
    {
      part->content = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_part_free);
      read_content (part->content, json);
    }
  return part;
}

static void
read_content (GPtrArray *parts, JsonObject *object)
{
  JsonNode *content = json_object_get_member (object, "content");
  JsonArray *array;

  if (JSON_NODE_HOLDS_VALUE (content))
    {
      OcgPart *part = ocg_part_new (OCG_PART_TEXT);

      part->text = json_node_dup_string (content);
      g_ptr_array_add (parts, part);
      return;
    }
  array = json_node_get_array (content);
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (parts, read_part (json_array_get_object_element (array, i)));
}

static void
read_messages (OcgChat *chat, JsonArray *messages)
{
  static const char *const roles[] = { "system", "user", "assistant", "tool", NULL };

  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      JsonObject *json = json_array_get_object_element (messages, i);
      OcgMessage *message = ocg_message_new (
          (OcgRole) index_of (json_object_get_string_member (json, "role"), roles));

      read_content (message->parts, json);
      g_ptr_array_add (chat->messages, message);
    }
}

static void
read_tools (OcgChat *chat, JsonArray *tools)
{
  for (guint i = 0; i < json_array_get_length (tools); i++)
    {
      JsonObject *json = json_array_get_object_element (tools, i);
      OcgTool *tool = g_new0 (OcgTool, 1);

      tool->name = dup_string (json, "name");
      tool->description = dup_string (json, "description");
      tool->parameters = dup_json (json, "parameters", "{\"type\":\"object\",\"properties\":{}}");
      g_ptr_array_add (chat->tools, tool);
    }
}

static void
read_tool_choice (OcgChat *chat, JsonNode *choice)
{
  static const char *const choices[] = { "", "auto", "none", "required", NULL };

  if (JSON_NODE_HOLDS_VALUE (choice))
    {
      chat->tool_choice = (OcgToolChoice) index_of (json_node_get_string (choice), choices);
      return;
    }
  chat->tool_choice = OCG_TOOL_CHOICE_NAMED;
  chat->tool_choice_name = dup_string (json_node_get_object (choice), "name");
}

static void
read_stop (OcgChat *chat, JsonArray *stop)
{
  guint length = json_array_get_length (stop);

  chat->stop = g_new0 (char *, length + 1);
  for (guint i = 0; i < length; i++)
    chat->stop[i] = g_strdup (json_array_get_string_element (stop, i));
}

static void
read_option (JsonObject *object, const char *name, JsonNode *value, gpointer user_data)
{
  static const char *const names[] = { "system",          "messages",   "tools",  "tool-choice",
                                       "response-format", "max-tokens", "stop",   "temperature",
                                       "top-p",           "thinking",   "stream", NULL };
  OcgChat *chat = user_data;

  index_of (name, names);
  if (g_str_equal (name, "messages"))
    read_messages (chat, json_node_get_array (value));
  else if (g_str_equal (name, "tools"))
    read_tools (chat, json_node_get_array (value));
  else if (g_str_equal (name, "tool-choice"))
    read_tool_choice (chat, value);
  else if (g_str_equal (name, "stop"))
    read_stop (chat, json_node_get_array (value));
  else if (g_str_equal (name, "thinking"))
    g_assert_true (ocg_thinking_from_string (json_node_get_string (value), &chat->thinking));
  else if (g_str_equal (name, "response-format"))
    {
      JsonObject *format = json_node_get_object (value);

      chat->format_name = dup_string (format, "name");
      chat->format_schema = dup_json (format, "schema", NULL);
      chat->format_strict = json_object_get_boolean_member_with_default (format, "strict", FALSE);
    }
}

OcgChat *
chat_fixture_read (JsonObject *json)
{
  OcgChat *chat = ocg_chat_new ();

  chat->system = dup_string (json, "system");
  chat->max_tokens = (guint) json_object_get_int_member_with_default (json, "max-tokens", 0);
  chat->temperature = json_object_get_double_member_with_default (json, "temperature", -1);
  chat->top_p = json_object_get_double_member_with_default (json, "top-p", -1);
  chat->stream = json_object_get_boolean_member_with_default (json, "stream", TRUE);
  json_object_foreach_member (json, read_option, chat);
  g_assert_cmpuint (chat->messages->len, >, 0);
  return chat;
}
