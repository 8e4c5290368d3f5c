/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* openai-responses: refuses what the real servers refuse in an item of the input. */

#include "responses.h"

#include <string.h>

#define MAX_ID 64
#define ENCRYPTED_PREFIX "gAAAA"

Problem *
responses_invalid (Flavour flavour, const char *where, const char *wanted)
{
  if (flavour == FLAVOUR_LMSTUDIO)
    return problem_new ("input", "invalid_union", "Invalid type for 'input'.");
  return problem_new (where, "invalid_value", "Invalid value: '%s'. %s", where, wanted);
}

static gboolean
is_type (JsonObject *item, const char *type)
{
  return member_is (item, "type", type);
}

static gboolean
is_message (JsonObject *item)
{
  return member_has (item, "role") && (is_type (item, "message") || !member_has (item, "type"));
}

static Problem *
check_image (JsonObject *part, Flavour flavour, const char *where)
{
  static const char *const details[] = { "auto", "low", "high", NULL };
  const char *url = member_string (part, "image_url");
  const char *detail = member_string (part, "detail");

  if (!url || (!g_str_has_prefix (url, "data:image/") && !g_str_has_prefix (url, "https://")))
    return responses_invalid (flavour, where, "An image_url that is a string is wanted.");
  if (flavour == FLAVOUR_LMSTUDIO && !g_str_has_prefix (url, "data:"))
    return responses_invalid (flavour, where, "");
  if (!detail || !g_strv_contains (details, detail))
    return responses_invalid (flavour, where, "A detail is wanted: auto, low or high.");
  return NULL;
}

static Problem *
check_part (JsonObject *part, gboolean assistant, Flavour flavour, const char *where)
{
  const char *text = member_string (part, "text");

  if (is_type (part, assistant ? "output_text" : "input_text"))
    return text && *text ? NULL : responses_invalid (flavour, where, "The text is empty.");
  if (assistant && is_type (part, "refusal") && member_string (part, "refusal"))
    return NULL;
  if (!assistant && is_type (part, "input_image"))
    return check_image (part, flavour, where);
  return responses_invalid (flavour, where,
                            assistant ? "Supported values are: 'output_text' and 'refusal'."
                                      : "Supported values are: 'input_text', 'input_image' and "
                                        "'input_file'.");
}

static Problem *
check_message (JsonObject *item, guint n, Flavour flavour)
{
  static const char *const roles[] = { "user", "assistant", "system", NULL };
  const char *role = member_string (item, "role");
  const char *plain = member_string (item, "content");
  JsonArray *parts = member_array (item, "content");
  g_autofree char *here = g_strdup_printf ("input[%u]", n);

  if (!(g_strv_contains (roles, role ? role : "")
        || (flavour == FLAVOUR_OPENAI && g_strcmp0 (role, "developer") == 0)))
    return responses_invalid (flavour, here, "The role is not known.");
  if ((!plain || !*plain) && array_size (parts) == 0)
    return responses_invalid (flavour, here, "The content is empty.");
  for (guint i = 0; i < array_size (parts); i++)
    {
      g_autofree char *where = g_strdup_printf ("input[%u].content[%u]", n, i);
      Problem *problem = check_part (element_object (parts, i), strcmp (role, "assistant") == 0,
                                     flavour, where);

      if (problem)
        return problem;
    }
  return NULL;
}

/* An item of @type with that call_id somewhere between @from and @to. */
static gboolean
has_item (JsonArray *input, guint from, guint to, const char *type, const char *call_id)
{
  for (guint i = from; i < to; i++)
    if (is_type (element_object (input, i), type)
        && member_is (element_object (input, i), "call_id", call_id))
      return TRUE;
  return FALSE;
}

static Problem *
check_call (JsonArray *input, guint n, Flavour flavour)
{
  JsonObject *item = element_object (input, n);
  const char *call_id = member_string (item, "call_id");
  const char *arguments = member_string (item, "arguments");
  g_autofree char *where = g_strdup_printf ("input[%u]", n);

  if (!call_id || !*call_id || strlen (call_id) > MAX_ID || !member_string (item, "name")
      || !arguments)
    return responses_invalid (flavour, where,
                              "call_id, name and arguments, which is a string, are wanted.");
  if (flavour != FLAVOUR_OPENAI && !json_is_valid_object (arguments))
    return problem_new (where, NULL, "%s: the arguments are no JSON object.", where);
  if (!has_item (input, n + 1, array_size (input), "function_call_output", call_id))
    return problem_new ("input", NULL, "No tool output found for function call %s.", call_id);
  return NULL;
}

static Problem *
check_output (JsonArray *input, guint n, Flavour flavour)
{
  JsonObject *item = element_object (input, n);
  const char *call_id = member_string (item, "call_id");
  gboolean array = flavour == FLAVOUR_OPENAI && member_array (item, "output");
  g_autofree char *where = g_strdup_printf ("input[%u].output", n);

  if (!call_id || (!member_string (item, "output") && !array))
    return responses_invalid (flavour, where, "A call_id and an output string are wanted.");
  if (!has_item (input, 0, n, "function_call", call_id))
    return problem_new ("input", NULL,
                        "No tool call found for function call output with call_id %s.", call_id);
  return NULL;
}

static char *
join_texts (JsonArray *parts, const char *between)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < array_size (parts); i++)
    {
      const char *part = member_string (element_object (parts, i), "text");

      if (i > 0)
        g_string_append (text, between);
      g_string_append (text, part ? part : "");
    }
  return g_string_free (text, FALSE);
}

/* Thoughts come back as they were, from the same family of models, and before what they led to. */
static Problem *
check_reasoning (JsonArray *input, guint n, const char *model, Flavour flavour)
{
  JsonObject *item = element_object (input, n);
  JsonObject *next = element_object (input, n + 1);
  const char *encrypted = member_string (item, "encrypted_content");
  g_autofree char *summary = join_texts (member_array (item, "summary"), " ");
  g_autofree char *content = join_texts (member_array (item, "content"), "");
  g_autofree char *signature = thinking_signature (model, *summary ? summary : content);
  g_autofree char *where = g_strdup_printf ("input[%u]", n);

  if (!member_array (item, "summary"))
    return responses_invalid (flavour, where, "Missing required parameter: 'summary'.");
  if (!encrypted && (flavour == FLAVOUR_OPENAI || !*content))
    return problem_new ("input", NULL,
                        "Item '%s' of type 'reasoning' was provided without its encrypted content, "
                        "and it is not stored.",
                        member_string (item, "id") ? member_string (item, "id") : "");
  if (!next
      || (!is_type (next, "function_call") && !is_type (next, "reasoning")
          && !member_is (next, "role", "assistant")))
    return problem_new ("input", NULL,
                        "Item '%s' of type 'reasoning' was provided without its required following "
                        "item.",
                        member_string (item, "id") ? member_string (item, "id") : "");
  /* What was redacted has no words to compare. */
  if (encrypted && (*summary || *content)
      && (!g_str_has_prefix (encrypted, ENCRYPTED_PREFIX)
          || strcmp (encrypted + strlen (ENCRYPTED_PREFIX), signature) != 0))
    return problem_new ("input", "invalid_encrypted_content",
                        "The encrypted content %.8s... could not be verified.", encrypted);
  if (encrypted && strcmp (encrypted, ENCRYPTED_PREFIX) == 0)
    return problem_new ("input", "invalid_encrypted_content",
                        "The encrypted content is not complete.");
  return NULL;
}

/* Ids belong to items that OpenAI made, and to each only one. */
static Problem *
check_id (JsonArray *input, guint n, Flavour flavour)
{
  JsonObject *item = element_object (input, n);
  const char *id = member_string (item, "id");
  const char *prefix = is_type (item, "reasoning")       ? "rs_"
                       : is_type (item, "function_call") ? "fc_"
                                                         : "msg_";
  g_autofree char *where = g_strdup_printf ("input[%u].id", n);

  if (!member_has (item, "id") || is_type (item, "function_call_output"))
    return NULL;
  if (flavour != FLAVOUR_OPENAI)
    return responses_invalid (flavour, where, "Ids of items are not taken here.");
  if (!id || strlen (id) > MAX_ID || !g_str_has_prefix (id, prefix))
    return problem_new (where, "invalid_value",
                        "Invalid '%s': '%s'. Expected an ID that begins with '%s'.", where,
                        id ? id : "", prefix);
  for (guint i = 0; i < n; i++)
    if (member_is (element_object (input, i), "id", id))
      return problem_new ("input", NULL,
                          "Duplicate item found with id %s. Remove duplicate items from your input "
                          "and try again.",
                          id);
  return NULL;
}

Problem *
responses_check_item (JsonArray *input, guint n, const char *model, Flavour flavour)
{
  JsonObject *item = element_object (input, n);
  g_autofree char *where = g_strdup_printf ("input[%u]", n);
  Problem *problem = check_id (input, n, flavour);

  if (problem)
    return problem;
  if (is_message (item))
    return check_message (item, n, flavour);
  if (is_type (item, "function_call"))
    return check_call (input, n, flavour);
  if (is_type (item, "function_call_output"))
    return check_output (input, n, flavour);
  if (is_type (item, "reasoning"))
    return check_reasoning (input, n, model, flavour);
  return responses_invalid (flavour, where, "The type is not known.");
}
