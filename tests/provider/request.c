/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "request.h"

#include <string.h>

#define MAX_HEADERS (256 * 1024)

void
request_free (Request *self)
{
  g_free (self->method);
  g_free (self->path);
  g_hash_table_unref (self->headers);
  g_string_free (self->body, TRUE);
  g_free (self);
}

const char *
request_get_header (Request *self, const char *name)
{
  return g_hash_table_lookup (self->headers, name);
}

JsonObject *
request_parse_json (Request *self, JsonParser *parser)
{
  JsonNode *root;

  if (!json_parser_load_from_data (parser, self->body->str, (gssize) self->body->len, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

static void
add_header (Request *self, const char *line)
{
  const char *colon = strchr (line, ':');
  g_autofree char *name = NULL;
  char *value = NULL;
  const char *before;

  if (!colon)
    return;
  name = g_ascii_strdown (line, colon - line);
  value = g_strstrip (g_strdup (colon + 1));
  before = g_hash_table_lookup (self->headers, name);
  if (before)
    {
      char *joined = g_strdup_printf ("%s, %s", before, value);

      g_free (value);
      value = joined;
    }
  g_hash_table_replace (self->headers, g_steal_pointer (&name), value);
}

static Request *
parse_head (const char *head)
{
  g_autoptr (Request) self = g_new0 (Request, 1);
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);
  g_auto (GStrv) words = g_strsplit (lines[0] ? lines[0] : "", " ", 3);
  const char *connection;

  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->body = g_string_new (NULL);
  if (g_strv_length (words) != 3)
    return NULL;
  self->method = g_strdup (words[0]);
  self->path = g_strndup (words[1], strcspn (words[1], "?"));
  for (guint i = 1; lines[i]; i++)
    add_header (self, lines[i]);
  connection = request_get_header (self, "connection");
  self->close = connection && g_ascii_strcasecmp (connection, "close") == 0;
  return g_steal_pointer (&self);
}

/* Returns how many bytes of @text the chunked body takes, 0 when it is not complete. */
static gsize
parse_chunked (const GString *text, gsize start, GString *body)
{
  gsize at = start;

  for (;;)
    {
      const char *end = g_strstr_len (text->str + at, text->len - at, "\r\n");
      guint64 size;

      if (!end)
        return 0;
      size = g_ascii_strtoull (text->str + at, NULL, 16);
      at = end + 2 - text->str;
      if (size > G_MAXINT || text->len - at < size + 2)
        return 0;
      g_string_append_len (body, text->str + at, (gssize) size);
      at += size + 2;
      if (size == 0)
        return at - start;
    }
}

/* Fills the body; returns its size on the wire, or -1 when it is not complete. */
static gssize
parse_body (Request *self, const GString *input, gsize start)
{
  const char *length = request_get_header (self, "content-length");
  const char *coding = request_get_header (self, "transfer-encoding");

  if (coding && g_ascii_strcasecmp (coding, "chunked") == 0)
    {
      gsize size = parse_chunked (input, start, self->body);

      return size > 0 ? (gssize) size : -1;
    }
  if (length)
    {
      guint64 size = g_ascii_strtoull (length, NULL, 10);

      if (input->len - start < size)
        return -1;
      g_string_append_len (self->body, input->str + start, (gssize) size);
      return (gssize) size;
    }
  return 0;
}

RequestState
request_parse (GString *input, Request **request)
{
  const char *end = g_strstr_len (input->str, (gssize) MIN (input->len, MAX_HEADERS), "\r\n\r\n");
  g_autofree char *head = NULL;
  g_autoptr (Request) self = NULL;
  gsize start;
  gssize size;

  if (!end)
    return input->len >= MAX_HEADERS ? REQUEST_BAD : REQUEST_INCOMPLETE;
  head = g_strndup (input->str, end - input->str);
  start = end + 4 - input->str;
  self = parse_head (head);
  if (!self)
    return REQUEST_BAD;
  size = parse_body (self, input, start);
  if (size < 0)
    return REQUEST_INCOMPLETE;
  g_string_erase (input, 0, (gssize) start + size);
  *request = g_steal_pointer (&self);
  return REQUEST_COMPLETE;
}
