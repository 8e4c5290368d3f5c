/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* openai-completions: reads requests, and refuses what is wrong with a single message. */

#include "completions.h"

#include <string.h>

#include "openai-errors.h"

#define MAX_CALL_ID 40

static void
append_content (JsonObject *message, GString *text)
{
  JsonArray *parts = member_array (message, "content");
  const char *plain = member_string (message, "content");

  if (plain)
    g_string_append (text, plain);
  for (guint i = 0; i < array_size (parts); i++)
    {
      const char *part = member_string (element_object (parts, i), "text");

      g_string_append (text, part ? part : "");
    }
}

/* The prompt is what the user and the tools said since the model spoke. */
static void
read_message (JsonObject *message, Chat *chat)
{
  gboolean spoken = member_is (message, "role", "user") || member_is (message, "role", "tool");
  g_autoptr (GString) text = g_string_new (NULL);

  append_content (message, text);
  chat->size += text->len;
  if (member_is (message, "role", "assistant"))
    g_string_truncate (chat->prompt, 0);
  else if (spoken && !member_is (message, "role", "tool")
           && !g_str_has_prefix (chat->prompt->str, "RESULT"))
    g_string_assign (chat->prompt, text->str);
  else if (spoken)
    g_string_append (chat->prompt, text->str);
}

void
completions_read (JsonObject *json, Chat *chat)
{
  JsonArray *messages = member_array (json, "messages");
  JsonArray *tools = member_array (json, "tools");
  const char *model = member_string (json, "model");

  chat->model = g_strdup (model ? model : "");
  chat->stream = member_true (json, "stream");
  chat->stream_options = member_has (json, "stream_options");
  chat->include_usage = member_true (member_object (json, "stream_options"), "include_usage");
  chat->reasoning_split = member_true (json, "reasoning_split");
  chat->max_tokens = member_int (json, "max_completion_tokens",
                                 member_int (json, "max_tokens", -1));
  for (guint i = 0; i < array_size (messages); i++)
    read_message (element_object (messages, i), chat);
  for (guint i = 0; i < array_size (tools); i++)
    {
      const char *name = member_string (member_object (element_object (tools, i), "function"),
                                        "name");

      g_ptr_array_add (chat->tools, g_strdup (name ? name : ""));
    }
}

static Problem *
check_image (JsonObject *part, const char *model, Flavour flavour, const char *where)
{
  JsonObject *image = member_object (part, "image_url");
  const char *url = member_string (image, "url");

  if (!url || (!g_str_has_prefix (url, "data:image/") && !g_str_has_prefix (url, "https://")))
    return problem_new (where, "invalid_type",
                        "Invalid type for '%s.image_url': expected an object with a url.", where);
  if (flavour == FLAVOUR_LMSTUDIO && !g_str_has_prefix (url, "data:"))
    return problem_new (where, NULL, "'url' field must be a base64 encoded image.");
  if (flavour == FLAVOUR_MINIMAX && g_str_has_prefix (model, "MiniMax-M2"))
    return problem_new (NULL, NULL, "invalid params, image is not supported by this model (2013)");
  return NULL;
}

static Problem *
check_part (
    JsonObject *part, const char *role, const char *model, Flavour flavour, const char *where)
{
  const char *type = member_string (part, "type");
  const char *text = member_string (part, "text");

  if (g_strcmp0 (type, "text") == 0)
    return text && *text
               ? NULL
               : problem_new (where, "invalid_value", "%s: text must not be empty", where);
  if (g_strcmp0 (type, "image_url") == 0 && strcmp (role, "user") == 0)
    return check_image (part, model, flavour, where);
  if (g_strcmp0 (type, "refusal") == 0 && strcmp (role, "assistant") == 0
      && flavour == FLAVOUR_OPENAI)
    return NULL;
  return problem_new (where, "invalid_value",
                      "Invalid value: '%s'. Supported values are: 'text'%s.", type ? type : "",
                      strcmp (role, "user") == 0 ? " and 'image_url'" : "");
}

static Problem *
check_content (JsonObject *message, guint n, const char *model, Flavour flavour)
{
  const char *role = member_string (message, "role");
  const char *plain = member_string (message, "content");
  JsonArray *parts = member_array (message, "content");
  gboolean calls = member_has (message, "tool_calls") || member_has (message, "refusal");
  gboolean is_tool = strcmp (role, "tool") == 0;

  if (member_has (message, "content") && !plain && !parts)
    return problem_new ("messages", "invalid_type",
                        "Invalid type for 'messages[%u].content': expected a string or an array.",
                        n);
  if (is_tool && !plain && (flavour != FLAVOUR_OPENAI || !parts))
    return problem_new ("messages", "invalid_type",
                        "Invalid type for 'messages[%u].content': expected a string.", n);
  if (is_tool || (strcmp (role, "assistant") == 0 && calls && !parts))
    return NULL;
  if ((!plain || !*plain) && array_size (parts) == 0)
    return flavour == FLAVOUR_MINIMAX
               ? problem_new (NULL, NULL, "invalid params, chat content is empty (2013)")
               : problem_new ("messages", "invalid_value",
                              "messages[%u]: content must not be empty.", n);
  for (guint i = 0; i < array_size (parts); i++)
    {
      g_autofree char *where = g_strdup_printf ("messages[%u].content[%u]", n, i);
      Problem *problem = check_part (element_object (parts, i), role, model, flavour, where);

      if (problem)
        return problem;
    }
  return NULL;
}

static Problem *
check_call (JsonObject *call, guint n, Flavour flavour)
{
  JsonObject *function = member_object (call, "function");
  const char *id = member_string (call, "id");
  const char *arguments = member_string (function, "arguments");

  if (!member_is (call, "type", "function") || !member_string (function, "name") || !arguments
      || !id || !*id)
    return problem_new ("messages", "invalid_value",
                        "messages[%u].tool_calls: id, type and function are required.", n);
  if (flavour == FLAVOUR_OPENAI && strlen (id) > MAX_CALL_ID)
    return problem_new ("messages", "string_above_max_length",
                        "Invalid 'messages[%u].tool_calls[0].id': string too long.", n);
  /* OpenAI takes any text; others feed it to a template. */
  if (flavour == FLAVOUR_MINIMAX && !json_is_valid_object (arguments))
    return problem_new (NULL, NULL,
                        "invalid params, invalid function arguments json string, tool_call_id: "
                        "%s (2013)",
                        id);
  if (flavour != FLAVOUR_OPENAI && !json_is_valid_object (arguments))
    return problem_new ("messages", NULL, "messages[%u]: tool call arguments are no JSON object.",
                        n);
  return NULL;
}

static const char *
call_id (JsonObject *message, guint i)
{
  return member_string (element_object (member_array (message, "tool_calls"), i), "id");
}

static gboolean
has_call (JsonObject *message, const char *id)
{
  for (guint i = 0; i < array_size (member_array (message, "tool_calls")); i++)
    if (g_strcmp0 (call_id (message, i), id) == 0)
      return TRUE;
  return FALSE;
}

/* Each call has to have its result among the tool messages that follow at once. */
static Problem *
check_results (JsonArray *messages, guint n, Flavour flavour)
{
  JsonObject *message = element_object (messages, n);

  for (guint i = 0; i < array_size (member_array (message, "tool_calls")); i++)
    {
      const char *id = call_id (message, i);
      gboolean found = FALSE;

      for (guint m = n + 1; m < array_size (messages) && !found; m++)
        {
          JsonObject *result = element_object (messages, m);

          if (!member_is (result, "role", "tool"))
            break;
          found = member_is (result, "tool_call_id", id);
        }
      if (!found && flavour == FLAVOUR_MINIMAX)
        return problem_new (NULL, NULL,
                            "invalid params, tool call result does not follow tool call (2013)");
      if (!found)
        return problem_new ("messages", NULL,
                            "An assistant message with 'tool_calls' must be followed by tool "
                            "messages responding to each 'tool_call_id'. The following "
                            "tool_call_ids did not have response messages: %s",
                            id);
    }
  return NULL;
}

static Problem *
check_result (JsonArray *messages, guint n, Flavour flavour)
{
  const char *id = member_string (element_object (messages, n), "tool_call_id");
  guint m = n;

  while (m > 0 && member_is (element_object (messages, m), "role", "tool"))
    m--;
  if (id && has_call (element_object (messages, m), id))
    return NULL;
  if (flavour == FLAVOUR_MINIMAX)
    return problem_new (NULL, NULL, "invalid params, tool result's tool id(%s) not found (2013)",
                        id ? id : "");
  return problem_new ("messages", NULL,
                      "Invalid parameter: messages with role 'tool' must be a response to a "
                      "preceding message with 'tool_calls'.");
}

/* The thought of a message, wherever it is: (transfer full), "" for none. */
static char *
find_thought (JsonObject *message)
{
  static const char *const members[] = { "reasoning_content", "reasoning", "reasoning_text" };
  JsonArray *details = member_array (message, "reasoning_details");
  const char *content = member_string (message, "content");
  const char *end = content ? strstr (content, "\n</think>") : NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members) && text->len == 0; i++)
    if (member_string (message, members[i]))
      g_string_append (text, member_string (message, members[i]));
  for (guint i = 0; i < array_size (details) && (i > 0 || text->len == 0); i++)
    if (member_string (element_object (details, i), "text"))
      g_string_append (text, member_string (element_object (details, i), "text"));
  if (text->len == 0 && end && g_str_has_prefix (content, "<think>\n"))
    g_string_append_len (text, content + strlen ("<think>\n"),
                         end - content - (gssize)strlen ("<think>\n"));
  return g_string_free (text, FALSE);
}

/* Compares the thought with the signature that the ids of details and calls hold, if any. */
static Problem *
check_thought (JsonObject *message, guint n, const char *model, Flavour flavour)
{
  g_autofree char *thought = find_thought (message);
  g_autofree char *signature = thinking_signature (model, thought);
  const char *id = call_id (message, 0);
  const char *mark = id ? strrchr (id, '_') : NULL;
  const char *detail = member_string (
      element_object (member_array (message, "reasoning_details"), 0), "id");
  gboolean is_marked = mark && strlen (mark + 1) == COMPLETIONS_SIGNATURE;

  if (member_has (message, "reasoning_details") && g_strcmp0 (detail, "rs_1") != 0
      && g_strcmp0 (detail, signature) != 0)
    return problem_new ("messages", NULL, "messages[%u]: the reasoning was changed.", n);
  if (*thought && is_marked && strncmp (mark + 1, signature, COMPLETIONS_SIGNATURE) != 0)
    return problem_new ("messages", NULL, "messages[%u]: the reasoning was changed.", n);
  if (flavour == FLAVOUR_DEEPSEEK && array_size (member_array (message, "tool_calls")) > 0
      && !member_string (message, "reasoning_content"))
    return problem_new ("messages", "invalid_request_error",
                        "Missing `reasoning_content` field in the assistant message at message "
                        "index %u.",
                        n);
  return NULL;
}

static Problem *
check_assistant (JsonArray *messages, guint n, const char *model, Flavour flavour)
{
  static const char *const known[] = { "role",  "content",    "refusal",       "name",
                                       "audio", "tool_calls", "function_call", NULL };
  JsonObject *message = element_object (messages, n);
  JsonArray *calls = member_array (message, "tool_calls");
  const char *unknown = member_unknown (message, known, NULL);
  Problem *problem = NULL;

  if (flavour == FLAVOUR_OPENAI && unknown)
    return problem_new ("messages", "unknown_parameter", "Unknown parameter: 'messages[%u].%s'.", n,
                        unknown);
  if (json_object_has_member (message, "tool_calls") && array_size (calls) == 0)
    return problem_new ("messages", "empty_array",
                        "Invalid 'messages[%u].tool_calls': empty array.", n);
  for (guint i = 0; i < array_size (calls) && !problem; i++)
    problem = check_call (element_object (calls, i), n, flavour);
  if (!problem)
    problem = check_results (messages, n, flavour);
  return problem ? problem : check_thought (message, n, model, flavour);
}

static Problem *
check_role (JsonObject *message, guint n, Flavour flavour)
{
  static const char *const roles[] = { "system", "user", "assistant", "tool", NULL };
  const char *role = member_string (message, "role");

  if (role && g_strv_contains (roles, role)
      && !(flavour == FLAVOUR_MINIMAX && n > 0 && strcmp (role, "system") == 0))
    return NULL;
  if (flavour == FLAVOUR_OPENAI && g_strcmp0 (role, "developer") == 0)
    return NULL;
  if (flavour == FLAVOUR_MINIMAX)
    return problem_new (NULL, NULL, "invalid params, invalid message role: %s (2013)",
                        role ? role : "");
  return problem_new ("messages", "invalid_value",
                      "Invalid value: '%s'. Supported values are: 'system', 'assistant', 'user' "
                      "and 'tool'.",
                      role ? role : "");
}

Problem *
completions_check_message (JsonArray *messages, guint n, const char *model, Flavour flavour)
{
  JsonObject *message = element_object (messages, n);
  Problem *problem = check_role (message, n, flavour);

  if (!problem)
    problem = check_content (message, n, model, flavour);
  if (!problem && member_is (message, "role", "assistant"))
    problem = check_assistant (messages, n, model, flavour);
  if (!problem && member_is (message, "role", "tool"))
    problem = check_result (messages, n, flavour);
  return problem;
}
