/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-error-envelope.h"

#include <string.h>

#include "ocg-json.h"
#include "ocg-retry-after.h"

/* Proxies wrap an error into theirs, as an object or as JSON in a string, and do so in a row. */
#define MAX_WRAPS 6
#define MAX_COMPLAINTS_SIZE 1000

/* In the order of what says most. */
static const char *const message_members[] = {
  "message", "error_description", "error_message", "error_msg", "detail", "msg", "Message", "title",
};
static const char *const code_members[] = { "code", "error_code", "Code" };
static const char *const type_members[] = { "type", "error_type", "status", "__type" };
static const char *const status_members[] = {
  "status", "status_code", "statusCode", "http_code", "code", "error_code", "error",
};
static const char *const id_members[] = { "request_id", "requestId", "requestID" };
static const char *const container_members[] = { "error", "message", "detail", "response" };

/* Members that say when to come back, and how many milliseconds their unit has. */
static const struct
{
  const char *member;
  double ms;
} hints[] = {
  { "retry_after_ms", 1 },         { "retry_after", 1000 },       { "retryAfter", 1000 },
  { "retry_after_seconds", 1000 }, { "resets_in_seconds", 1000 },
};

/* Beside one of these a "message" is no error. */
static const char *const answer_members[] = {
  "choices", "content", "output", "delta", "response", "usage", "candidates", "data", "model",
};

static void read_node (OcgErrorReply *self, JsonNode *node, guint wraps);

/* The number that is all of @text, or 0. */
static gint64
read_number (const char *text)
{
  gsize length = text != NULL ? strspn (text, "0123456789") : 0;

  return length > 0 && length < 10 && text[length] == '\0' ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static gboolean
is_status (gint64 number)
{
  return number >= 400 && number <= 599;
}

/* A code or a status is a string with some providers and a number with others. */
static char *
dup_scalar (JsonObject *object, const char *member)
{
  const char *text = ocg_json_get_string (object, member);
  gint64 number;

  if (text != NULL)
    return *text != '\0' ? g_strdup (text) : NULL;
  if (ocg_json_get_int (object, member, &number))
    return g_strdup_printf ("%" G_GINT64_FORMAT, number);
  return NULL;
}

/* One word, such as "rate_limit_exceeded". */
static gboolean
is_word (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");

  return length > 0 && length < 80 && text[length] == '\0';
}

static gboolean
is_html (const char *text)
{
  text += strspn (text, " \t\r\n");
  return text[0] == '<' && (g_ascii_isalpha (text[1]) || text[1] == '!' || text[1] == '?');
}

static void
set_if_unset (char **member, const char *text)
{
  if (*member == NULL && text != NULL && *text != '\0')
    *member = g_strdup (text);
}

static gboolean
is_small_number (const char *text)
{
  return strlen (text) <= 3 && text[strspn (text, "0123456789")] == '\0';
}

/* A word, or a number that is no status, says more than a status does. */
static void
take_code (OcgErrorReply *self, const char *code)
{
  if (code == NULL || !is_word (code) || g_str_equal (code, "0"))
    return;
  if (self->code != NULL && (!is_small_number (self->code) || is_small_number (code)))
    return;
  g_free (self->code);
  self->code = g_strdup (code);
}

/* What a text says that may hold JSON with another error in it. */
static void
take_message (OcgErrorReply *self, const char *text, guint wraps)
{
  g_autoptr (JsonNode) node = NULL;

  if (text == NULL || is_html (text))
    return;
  text += strspn (text, " \t\r\n");
  if ((*text == '{' || *text == '[') && wraps < MAX_WRAPS)
    node = ocg_json_parse (text, -1, NULL);
  if (node != NULL && !JSON_NODE_HOLDS_VALUE (node))
    read_node (self, node, wraps + 1);
  set_if_unset (&self->message, text);
}

static char *
dup_step (JsonNode *node)
{
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node)
                                                          : json_to_string (node, FALSE);
}

/* FastAPI: [{"loc": ["body", "model"], "msg": "Field required", "type": "missing"}] */
static void
take_complaints (OcgErrorReply *self, JsonArray *array)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array) && text->len < MAX_COMPLAINTS_SIZE; i++)
    {
      JsonObject *complaint = ocg_json_array_get_object (array, i);
      JsonArray *place = ocg_json_get_array (complaint, "loc");
      const char *words = ocg_json_get_string (complaint, "msg");

      if (words == NULL)
        continue;
      if (text->len > 0)
        g_string_append (text, "; ");
      for (guint j = 0; place != NULL && j < json_array_get_length (place); j++)
        {
          g_autofree char *step = dup_step (json_array_get_element (place, j));

          g_string_append_printf (text, "%s%s", j > 0 ? "." : "", step);
        }
      g_string_append_printf (text, "%s%s", place != NULL ? ": " : "", words);
    }
  set_if_unset (&self->message, text->str);
}

/* OpenRouter tells what the host of the model said, its own limits, and what moderation found. */
static void
read_metadata (OcgErrorReply *self, JsonObject *metadata, guint wraps)
{
  JsonObject *headers = ocg_json_get_object (metadata, "headers");
  g_autofree char *reset = dup_scalar (headers, "X-RateLimit-Reset");

  if (ocg_json_get_array (metadata, "reasons") != NULL)
    self->is_moderation = TRUE;
  if (reset != NULL && g_ascii_isdigit (*reset))
    self->hinted_at_ms = (gint64) MIN (g_ascii_strtoull (reset, NULL, 10), G_MAXINT64 / 2);
  set_if_unset (&self->type, ocg_json_get_string (metadata, "error_type"));
  if (metadata != NULL && json_object_has_member (metadata, "raw"))
    read_node (self, json_object_get_member (metadata, "raw"), wraps + 1);
}

/* Google describes an error in an array: {"reason": …}, {"retryDelay": "3s"}. */
static void
read_details (OcgErrorReply *self, JsonObject *object)
{
  JsonArray *details = ocg_json_get_array (object, "details");

  take_code (self, ocg_json_get_string (ocg_json_get_object (object, "details"), "error_code"));
  for (guint i = 0; details != NULL && i < json_array_get_length (details); i++)
    {
      JsonObject *detail = ocg_json_array_get_object (details, i);
      const char *delay = ocg_json_get_string (detail, "retryDelay");

      take_code (self, ocg_json_get_string (detail, "reason"));
      if (delay != NULL)
        self->hinted_ms = ocg_retry_after_parse_duration (delay, NULL);
    }
}

static void
read_hints (OcgErrorReply *self, JsonObject *object)
{
  double value;

  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    if (ocg_json_get_double (object, hints[i].member, &value) && value >= 0 && value < 1e10)
      self->hinted_ms = (gint64) (value * hints[i].ms);
  if (ocg_json_get_double (object, "resets_at", &value) && value > 0 && value < 1e11)
    self->hinted_at_ms = (gint64) (value * 1000);
}

/* MiniMax: 0 is success. */
static gint64
get_base_resp_code (JsonObject *object)
{
  JsonObject *base_resp = ocg_json_get_object (object, "base_resp");
  gint64 code = 0;

  if (base_resp == NULL || ocg_json_get_int (base_resp, "status_code", &code))
    return code;
  return read_number (ocg_json_get_string (base_resp, "status_code"));
}

static void
read_base_resp (OcgErrorReply *self, JsonObject *object)
{
  gint64 code = get_base_resp_code (object);

  if (code == 0)
    return;
  self->minimax_code = code;
  self->is_base_resp = TRUE;
  set_if_unset (&self->message,
                ocg_json_get_string (ocg_json_get_object (object, "base_resp"), "status_msg"));
}

/* "error": "not_found" beside a message is a code; alone it is the message, too. */
static void
take_error_text (OcgErrorReply *self, JsonObject *object, guint wraps)
{
  const char *text = ocg_json_get_string (object, "error");

  if (text == NULL || *text == '\0')
    return;
  if (is_word (text) && (strchr (text, '_') != NULL || self->message != NULL))
    take_code (self, text);
  take_message (self, text, wraps);
}

/* OpenRouter and others answer 200 themselves and put a status into the body. */
static void
take_status (OcgErrorReply *self, JsonObject *object)
{
  for (guint i = 0; i < G_N_ELEMENTS (status_members); i++)
    {
      g_autofree char *text = dup_scalar (object, status_members[i]);
      gint64 number = read_number (text);

      if ((self->status == 0 || self->status == 200) && is_status (number))
        self->status = (guint) number;
    }
}

static gboolean
is_type (const char *member, const char *text)
{
  if (text == NULL || !is_word (text) || g_str_equal (text, "error"))
    return FALSE;
  /* "status" is "error", "failed" or a number with most, and the type of an error with Google. */
  if (g_str_equal (member, "status"))
    return text[strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_")] == '\0';
  return !g_str_has_prefix (text, "response.") && !g_str_has_prefix (text, "message")
         && !g_str_has_prefix (text, "content_block");
}

static void
take_fields (OcgErrorReply *self, JsonObject *object, guint wraps)
{
  for (guint i = 0; i < G_N_ELEMENTS (code_members); i++)
    {
      g_autofree char *code = dup_scalar (object, code_members[i]);

      take_code (self, code);
    }
  for (guint i = 0; i < G_N_ELEMENTS (type_members); i++)
    {
      const char *type = ocg_json_get_string (object, type_members[i]);

      if (is_type (type_members[i], type))
        set_if_unset (&self->type, type);
    }
  for (guint i = 0; i < G_N_ELEMENTS (message_members) && self->message == NULL; i++)
    take_message (self, ocg_json_get_string (object, message_members[i]), wraps);
  for (guint i = 0; i < G_N_ELEMENTS (id_members); i++)
    set_if_unset (&self->request_id, ocg_json_get_string (object, id_members[i]));
}

static void
read_array (OcgErrorReply *self, JsonArray *array, guint wraps)
{
  take_complaints (self, array);
  if (self->message == NULL && json_array_get_length (array) > 0)
    read_node (self, json_array_get_element (array, 0), wraps + 1);
}

/* What is inside comes first: who wraps an error knows less of it. */
static void
read_object (OcgErrorReply *self, JsonObject *object, guint wraps)
{
  read_metadata (self, ocg_json_get_object (object, "metadata"), wraps);
  for (guint i = 0; i < G_N_ELEMENTS (container_members); i++)
    {
      JsonNode *node = json_object_get_member (object, container_members[i]);

      if (node != NULL && (JSON_NODE_HOLDS_OBJECT (node) || JSON_NODE_HOLDS_ARRAY (node)))
        read_node (self, node, wraps + 1);
    }
  take_fields (self, object, wraps);
  take_error_text (self, object, wraps);
  read_details (self, object);
  read_hints (self, object);
  read_base_resp (self, object);
  if (self->message == NULL && ocg_json_get_array (object, "errors") != NULL)
    read_array (self, ocg_json_get_array (object, "errors"), wraps);
  take_status (self, object);
}

static void
read_node (OcgErrorReply *self, JsonNode *node, guint wraps)
{
  if (wraps > MAX_WRAPS)
    return;
  if (JSON_NODE_HOLDS_OBJECT (node))
    read_object (self, json_node_get_object (node), wraps);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    read_array (self, json_node_get_array (node), wraps);
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    take_message (self, json_node_get_string (node), wraps);
}

/* As JavaScript judges, except that what holds nothing but emptiness says nothing. */
static gboolean
says_something (JsonNode *node)
{
  JsonObjectIter iter;
  JsonNode *member;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        if (says_something (json_array_get_element (json_node_get_array (node), i)))
          return TRUE;
      return FALSE;
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, NULL, &member))
        if (says_something (member))
          return TRUE;
      return FALSE;
    }
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return *json_node_get_string (node) != '\0';
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  return json_node_get_double (node) != 0;
}

static gboolean
has_answer (JsonObject *root)
{
  for (guint i = 0; i < G_N_ELEMENTS (answer_members); i++)
    if (json_object_has_member (root, answer_members[i])
        && !json_object_get_null_member (root, answer_members[i]))
      return TRUE;
  return FALSE;
}

/* Go writes an error that it has not as an object of empty members. */
static gboolean
is_truthy (JsonNode *error, JsonObject *root)
{
  if (error == NULL || JSON_NODE_HOLDS_NULL (error))
    return FALSE;
  if (JSON_NODE_HOLDS_VALUE (error) || says_something (error))
    return says_something (error);
  return !has_answer (root) && !json_object_has_member (root, "type");
}

/* {"message": …} or {"detail": …} and nothing that an answer has. */
static gboolean
is_loose_error (JsonObject *root)
{
  if (has_answer (root))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (message_members); i++)
    if (ocg_json_get_string (root, message_members[i]) != NULL)
      return TRUE;
  return ocg_json_get_array (root, "detail") != NULL || ocg_json_get_array (root, "errors") != NULL;
}

static JsonObject *
get_choice (JsonObject *root)
{
  JsonArray *choices = ocg_json_get_array (root, "choices");

  return choices != NULL ? ocg_json_array_get_object (choices, 0) : NULL;
}

/* Events with a type: those of Anthropic and of Responses. */
static gboolean
is_error_type (const char *type)
{
  gsize length = strlen (type);

  if (length >= 5 && g_ascii_strcasecmp (type + length - 5, "error") == 0)
    return strchr (type, '.') == NULL;
  return g_str_equal (type, "response.failed");
}

gboolean
ocg_error_envelope_is_error (JsonObject *root)
{
  const char *type = ocg_json_get_string (root, "type");
  const char *kind = ocg_json_get_string (root, "object");
  JsonObject *choice;
  gboolean success;

  if (is_truthy (json_object_get_member (root, "error"), root) || get_base_resp_code (root) != 0)
    return TRUE;
  if (type != NULL)
    return is_error_type (type);
  if (g_strcmp0 (kind, "error") == 0)
    return TRUE;
  if (g_strcmp0 (kind, "response") == 0)
    return g_strcmp0 (ocg_json_get_string (root, "status"), "failed") == 0;
  choice = get_choice (root);
  if (choice != NULL)
    return is_truthy (json_object_get_member (choice, "error"), root);
  if (kind != NULL)
    return FALSE;
  return (ocg_json_get_boolean (root, "success", &success) && !success) || is_loose_error (root);
}

void
ocg_error_envelope_read (OcgErrorReply *reply, JsonNode *node)
{
  JsonObject *root = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonObject *choice = root != NULL ? get_choice (root) : NULL;
  JsonObject *response = ocg_json_get_object (root, "response");

  if (choice != NULL)
    read_object (reply, choice, 0);
  read_node (reply, node, 0);
  if (root == NULL || reply->request_id != NULL)
    return;
  reply->request_id = dup_scalar (response != NULL ? response : root, "id");
  reply->is_answer_id = reply->request_id != NULL;
}
