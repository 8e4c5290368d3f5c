/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* anthropic-messages: reads requests and refuses what the real servers refuse, so that a test
 * fails when the gateway writes something that only a lenient server takes. */

#include "anthropic.h"

#include <string.h>

static gboolean
is_type (JsonObject *block, const char *type)
{
  return member_is (block, "type", type);
}

static void
read_content (JsonObject *holder, GString *text)
{
  JsonArray *blocks = member_array (holder, "content");
  const char *plain = member_string (holder, "content");

  if (plain)
    g_string_append (text, plain);
  for (guint i = 0; blocks && i < json_array_get_length (blocks); i++)
    {
      JsonObject *block = element_object (blocks, i);

      if (is_type (block, "text") && member_string (block, "text"))
        g_string_append (text, member_string (block, "text"));
      else if (is_type (block, "tool_result"))
        read_content (block, text);
    }
}

void
anthropic_read (JsonObject *json, Chat *chat)
{
  JsonArray *messages = member_array (json, "messages");
  JsonArray *tools = member_array (json, "tools");

  chat->model = g_strdup (member_string (json, "model") ? member_string (json, "model") : "");
  chat->stream = json_object_get_boolean_member_with_default (json, "stream", FALSE);
  chat->max_tokens = json_object_get_int_member_with_default (json, "max_tokens", -1);
  for (guint i = 0; messages && i < json_array_get_length (messages); i++)
    if (element_object (messages, i))
      {
        g_string_truncate (chat->prompt, 0);
        read_content (element_object (messages, i), chat->prompt);
        chat->size += chat->prompt->len;
      }
  for (guint i = 0; tools && i < json_array_get_length (tools); i++)
    if (element_object (tools, i))
      g_ptr_array_add (chat->tools, g_strdup (member_string (element_object (tools, i), "name")));
}

static char *
check_thinking (JsonObject *block, const char *model, const char *where)
{
  const char *text = member_string (block, "thinking");
  const char *signature = member_string (block, "signature");
  g_autofree char *expected = text ? thinking_signature (model, text) : NULL;

  if (g_strcmp0 (signature, expected) != 0)
    return g_strdup_printf ("%s: Invalid `signature` in `thinking` block", where);
  return NULL;
}

static char *
check_image (JsonObject *block, const char *model, gboolean strict, const char *where)
{
  JsonObject *object = member_object (block, "source");
  const char *media_type = member_string (object, "media_type");
  static const char *const known[] = { "image/png", "image/jpeg", "image/gif", "image/webp", NULL };

  if (!object || !is_type (object, "base64") || !member_string (object, "data") || !media_type
      || !g_strv_contains (known, media_type))
    return g_strdup_printf ("%s.image.source: Input should be a valid image", where);
  if (!strict && g_str_has_prefix (model, "MiniMax-M2"))
    return g_strdup ("invalid params, image is not supported by this model (2013)");
  return NULL;
}

static char *
check_block (JsonObject *block, const char *model, gboolean strict, const char *where)
{
  const char *text = block ? member_string (block, "text") : NULL;
  g_autofree char *stripped = text ? g_strstrip (g_strdup (text)) : NULL;
  JsonNode *input = block ? json_object_get_member (block, "input") : NULL;

  if (is_type (block, "text"))
    return stripped && *stripped ? NULL
                                 : g_strdup ("messages: text content blocks must be non-empty");
  if (is_type (block, "thinking"))
    return check_thinking (block, model, where);
  if (is_type (block, "image"))
    return check_image (block, model, strict, where);
  if (is_type (block, "tool_use"))
    return input && JSON_NODE_HOLDS_OBJECT (input) && member_string (block, "id")
                   && !strpbrk (member_string (block, "id"), " .:/|")
               ? NULL
               : g_strdup_printf ("%s.tool_use: invalid id or input", where);
  if (is_type (block, "tool_result") || is_type (block, "redacted_thinking"))
    return NULL;
  return g_strdup_printf ("%s: Input tag not expected", where);
}

/* The ids of the blocks of @type, in order, each followed by a space. */
static char *
collect_ids (JsonObject *message, const char *type, const char *member)
{
  JsonArray *blocks = message ? member_array (message, "content") : NULL;
  GString *ids = g_string_new (NULL);

  for (guint i = 0; blocks && i < json_array_get_length (blocks); i++)
    if (is_type (element_object (blocks, i), type))
      g_string_append_printf (ids, "%s ", member_string (element_object (blocks, i), member));
  return g_string_free (ids, FALSE);
}

static char *
check_content (JsonObject *message, const char *model, gboolean strict, guint n)
{
  JsonArray *blocks = member_array (message, "content");
  const char *plain = member_string (message, "content");

  if ((!plain || !*plain) && (!blocks || json_array_get_length (blocks) == 0))
    return g_strdup_printf ("messages.%u: all messages must have non-empty content", n);
  for (guint i = 0; blocks && i < json_array_get_length (blocks); i++)
    {
      g_autofree char *where = g_strdup_printf ("messages.%u.content.%u", n, i);
      char *problem = check_block (element_object (blocks, i), model, strict, where);

      if (problem)
        return problem;
    }
  return NULL;
}

static char *
check_message (JsonArray *messages, guint n, const char *model, gboolean strict)
{
  JsonObject *message = element_object (messages, n);
  JsonObject *before = n > 0 ? element_object (messages, n - 1) : NULL;
  const char *role = message ? member_string (message, "role") : NULL;
  g_autofree char *calls = NULL;
  g_autofree char *results = NULL;
  char *problem;

  if (g_strcmp0 (role, "user") != 0 && g_strcmp0 (role, "assistant") != 0)
    return g_strdup_printf ("invalid params, invalid message role: %s (2013)", role);
  if (n == 0 && strcmp (role, "user") != 0)
    return g_strdup ("messages: first message must use the \"user\" role");
  problem = check_content (message, model, strict, n);
  if (problem)
    return problem;
  calls = collect_ids (before, "tool_use", "id");
  results = collect_ids (message, "tool_result", "tool_use_id");
  if (strcmp (calls, results) != 0)
    return g_strdup_printf ("invalid params, tool calls [%s] and tool results [%s] do not match "
                            "(2013)",
                            calls, results);
  return NULL;
}

static char *
check_tools (JsonObject *json)
{
  JsonArray *tools = member_array (json, "tools");

  for (guint i = 0; tools && i < json_array_get_length (tools); i++)
    {
      JsonObject *tool = element_object (tools, i);
      JsonNode *schema = tool ? json_object_get_member (tool, "input_schema") : NULL;

      if (!tool || !member_string (tool, "name") || !schema || !JSON_NODE_HOLDS_OBJECT (schema)
          || !is_type (json_node_get_object (schema), "object"))
        return g_strdup_printf ("invalid params, tools.%u: name and input_schema are required "
                                "(2013)",
                                i);
    }
  return NULL;
}

static char *
check_members (JsonObject *json)
{
  static const char *const known[] = {
    "model",    "max_tokens",    "messages", "system",       "stream",        "temperature",
    "top_p",    "top_k",         "tools",    "tool_choice",  "thinking",      "stop_sequences",
    "metadata", "output_config", "speed",    "service_tier", "cache_control", NULL
  };
  g_autoptr (GList) members = json_object_get_members (json);

  for (GList *l = members; l; l = l->next)
    if (!g_strv_contains (known, l->data))
      return g_strdup_printf ("%s: Extra inputs are not permitted", (char *) l->data);
  return NULL;
}

static char *
check_numbers (JsonObject *json, gboolean strict)
{
  double temperature = json_object_get_double_member_with_default (json, "temperature", 1.0);
  gint64 max_tokens = json_object_get_int_member_with_default (json, "max_tokens", -1);

  if (max_tokens < 1)
    return g_strdup ("max_tokens: Field required");
  if (temperature > 1.0 || temperature < 0.0 || (!strict && temperature <= 0.0))
    return g_strdup ("invalid params, temperature is out of range (2013)");
  return NULL;
}

char *
anthropic_check (JsonObject *json, gboolean strict)
{
  JsonArray *messages = member_array (json, "messages");
  const char *model = member_string (json, "model");
  char *problem = check_members (json);

  if (!problem && (!model || !*model))
    problem = g_strdup ("invalid params, model is required (2013)");
  if (!problem && (!messages || json_array_get_length (messages) == 0))
    problem = g_strdup ("invalid params, chat content is empty (2013)");
  if (!problem)
    problem = check_numbers (json, strict);
  if (!problem)
    problem = check_tools (json);
  for (guint i = 0; !problem && i < json_array_get_length (messages); i++)
    problem = check_message (messages, i, model, strict);
  return problem;
}
