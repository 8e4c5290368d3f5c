/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-error-reply.h"

#include <gio/gio.h>
#include <string.h>

#include "ocg-error-envelope.h"
#include "ocg-json.h"
#include "ocg-retry-after.h"

#define MAX_PLAIN_CHARS 1000

static OcgErrorReply *
reply_new (guint status)
{
  OcgErrorReply *self = g_new0 (OcgErrorReply, 1);

  self->status = self->http_status = status;
  self->retry_after_ms = self->hinted_ms = self->hinted_at_ms = -1;
  self->should_retry = -1;
  return self;
}

OcgErrorReply *
ocg_error_reply_new_literal (const char *type, const char *message)
{
  OcgErrorReply *self = reply_new (0);

  self->type = g_strdup (type);
  self->message = g_strdup (message);
  return self;
}

void
ocg_error_reply_free (OcgErrorReply *self)
{
  g_free (self->type);
  g_free (self->code);
  g_free (self->message);
  g_free (self->request_id);
  g_free (self);
}

/* MiniMax ends a message with its own code: "invalid params (2013)". */
static gint64
find_trailing_code (const char *message)
{
  g_autofree char *text = g_strchomp (g_strdup (message));
  gsize length = strlen (text);
  const char *open = strrchr (text, '(');
  gsize digits;

  if (length < 6 || text[length - 1] != ')' || open == NULL)
    return 0;
  digits = strspn (open + 1, "0123456789");
  if ((digits != 4 && digits != 5) || open[1 + digits] != ')')
    return 0;
  return g_ascii_strtoll (open + 1, NULL, 10);
}

/* "[503] upstream failed", "Error code: 429 - …", "502 Bad Gateway": the number as a field. */
static guint
find_leading_status (const char *message)
{
  static const char *const starts[]
      = { "[", "http/1.1 ", "http ", "error code: ", "status code: " };
  const char *text = message;
  guint status;

  for (guint i = 0; i < G_N_ELEMENTS (starts) && text == message; i++)
    if (g_ascii_strncasecmp (message, starts[i], strlen (starts[i])) == 0)
      text += strlen (starts[i]);
  if (strspn (text, "0123456789") != 3 || g_ascii_isalpha (text[3]))
    return 0;
  if (*message == '[' && text[3] != ']')
    return 0;
  if (text == message && !(text[3] == ' ' && g_ascii_isupper (text[4])))
    return 0;
  status = (guint) g_ascii_strtoull (text, NULL, 10);
  return status >= 400 && status <= 599 ? status : 0;
}

static void
finish (OcgErrorReply *self)
{
  gboolean has_status = self->status != 0 && self->status != 200;

  if (self->minimax_code == 0 && self->code != NULL
      && self->code[strspn (self->code, "0123456789")] == '\0' && strlen (self->code) <= 5)
    self->minimax_code = g_ascii_strtoll (self->code, NULL, 10);
  if (self->minimax_code < 1000)
    self->minimax_code = self->is_base_resp ? self->minimax_code : 0;
  if (self->minimax_code == 0 && self->message != NULL)
    self->minimax_code = find_trailing_code (self->message);
  if (self->minimax_code != 0 && (self->code == NULL || self->is_base_resp))
    {
      g_free (self->code);
      self->code = g_strdup_printf ("%" G_GINT64_FORMAT, self->minimax_code);
      self->is_trailing_code = !self->is_base_resp;
    }
  if (!has_status && self->message != NULL && find_leading_status (self->message) != 0)
    self->status = find_leading_status (self->message);
}

OcgErrorReply *
ocg_error_reply_new_from_json (guint status, JsonObject *root)
{
  g_autoptr (JsonNode) node = NULL;
  OcgErrorReply *self;

  if (!ocg_error_envelope_is_error (root))
    return NULL;
  self = reply_new (status);
  node = json_node_init_object (json_node_alloc (), root);
  ocg_error_envelope_read (self, node);
  finish (self);
  return self;
}

/* Some servers answer a request for a stream with an event, whatever the status. */
static char *
dup_event_data (const char *text)
{
  const char *place;

  if (!g_str_has_prefix (text, "event:") && !g_str_has_prefix (text, "data:"))
    return g_strdup (text);
  place = g_str_has_prefix (text, "data:") ? text : strstr (text, "\ndata:");
  if (place == NULL)
    return g_strdup (text);
  place = strchr (place, ':') + 1;
  return g_strndup (place, strcspn (place, "\r\n"));
}

/* What is no JSON, or none that we know, is still the provider's own words. */
static void
read_plain_text (OcgErrorReply *self, const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *cut
      = g_utf8_substring (stripped, 0, MIN (g_utf8_strlen (stripped, -1), MAX_PLAIN_CHARS));
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), cut);

  if (strlen (cut) > 2)
    ocg_error_envelope_read (self, node);
}

OcgErrorReply *
ocg_error_reply_new (guint status, const char *body, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid (body, (gssize) length);
  const char *start = g_str_has_prefix (valid, "\xef\xbb\xbf") ? valid + 3 : valid;
  g_autofree char *text = dup_event_data (start + strspn (start, " \t\r\n"));
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;
  OcgErrorReply *self;

  root = ocg_json_parse (text, -1, &error);
  self = reply_new (status);
  self->too_deep = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  if (self->too_deep)
    return self;
  if (root != NULL)
    ocg_error_envelope_read (self, root);
  if (self->message == NULL && self->code == NULL && self->type == NULL)
    read_plain_text (self, text);
  finish (self);
  return self;
}

static gint
read_should_retry (const char *value)
{
  if (g_strcmp0 (value, "true") == 0)
    return 1;
  return g_strcmp0 (value, "false") == 0 ? 0 : -1;
}

void
ocg_error_reply_add_headers (OcgErrorReply *self, OcgHeaderFunc get_header, gpointer user_data,
                             gint64 now_ms)
{
  static const char *const ids[] = { "request-id",      "x-request-id", "apim-request-id",
                                     "x-ms-request-id", "trace-id",     "x-amzn-requestid" };

  self->retry_after_ms = ocg_retry_after_find (self, get_header, user_data, now_ms);
  self->should_retry = read_should_retry (get_header ("x-should-retry", user_data));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const char *id = get_header (ids[i], user_data);

      if (id == NULL || *id == '\0' || (self->request_id != NULL && !self->is_answer_id))
        continue;
      g_free (self->request_id);
      self->request_id = g_strdup (id);
      self->is_answer_id = FALSE;
      return;
    }
}
