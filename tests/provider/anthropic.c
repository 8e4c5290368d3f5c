/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* anthropic-messages: how answers are written. Requests are read in anthropic-request.c. */

#include "anthropic.h"

#include "text.h"

static void
append_usage (GString *out, const Answer *answer, gboolean input, gboolean output)
{
  g_string_append (out, "\"usage\":");
  if (answer->usage == USAGE_NULL)
    {
      g_string_append (out, "null");
      return;
    }
  g_string_append_c (out, '{');
  if (input)
    g_string_append_printf (out,
                            "\"input_tokens\":%" G_GUINT64_FORMAT
                            ",\"cache_read_input_tokens\":%" G_GUINT64_FORMAT
                            ",\"cache_creation_input_tokens\":%" G_GUINT64_FORMAT ",",
                            answer->input, answer->cache_read, answer->cache_write);
  else if (answer->usage == USAGE_AT_END)
    g_string_append (out, "\"input_tokens\":0,");
  g_string_append_printf (out, "\"output_tokens\":%" G_GUINT64_FORMAT "}",
                          output ? answer->output : 0);
}

static Event *
message_start (const Answer *answer)
{
  Event *event = event_new (EVENT_OPENING, "message_start",
                            "{\"type\":\"message_start\",\"message\":{\"id\":\"%s\",\"type\":"
                            "\"message\",\"role\":\"assistant\",\"model\":",
                            answer->id);

  text_quote (event->data, answer->model);
  g_string_append (event->data, ",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null");
  if (answer->usage != USAGE_ABSENT)
    {
      g_string_append_c (event->data, ',');
      append_usage (event->data, answer, answer->usage == USAGE_AT_START, FALSE);
    }
  g_string_append (event->data, "}}");
  return event;
}

static void
append_tool_head (GString *out, const Block *block, const char *input)
{
  g_string_append_printf (out, "{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":", block->id);
  text_quote (out, block->name);
  g_string_append_printf (out, ",\"input\":%s}", input);
}

static Event *
block_start (const Block *block, guint index, gboolean whole_arguments)
{
  /* Redacted thoughts and tool calls begin with something to keep. */
  EventKind kind = block->type == BLOCK_TOOL ? EVENT_CONTENT : EVENT_FRAME;
  Event *event = event_new (
      kind, "content_block_start",
      "{\"type\":\"content_block_start\",\"index\":%u,\"content_block\":", index);

  switch (block->type)
    {
    case BLOCK_TEXT:
      g_string_append (event->data, "{\"type\":\"text\",\"text\":\"\"}");
      break;
    case BLOCK_THINKING:
      g_string_append (event->data, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}");
      break;
    case BLOCK_REDACTED:
      g_string_append (event->data, "{\"type\":\"redacted_thinking\",\"data\":");
      text_quote (event->data, block->text);
      g_string_append_c (event->data, '}');
      break;
    case BLOCK_TOOL:
    default:
      append_tool_head (event->data, block, whole_arguments ? block->text : "{}");
      break;
    }
  g_string_append_c (event->data, '}');
  return event;
}

static Event *
block_delta (guint index, const char *type, const char *member, const char *text)
{
  Event *event = event_new (EVENT_CONTENT, "content_block_delta",
                            "{\"type\":\"content_block_delta\",\"index\":%u,\"delta\":{\"type\":"
                            "\"%s\",\"%s\":",
                            index, type, member);

  text_quote (event->data, text);
  g_string_append (event->data, "}}");
  return event;
}

static void
add_words (GPtrArray *events, guint index, const char *type, const char *member, const char *text)
{
  g_autoptr (GPtrArray) words = text_split (text);

  for (guint i = 0; i < words->len; i++)
    g_ptr_array_add (events, block_delta (index, type, member, words->pdata[i]));
}

/* The arguments come in pieces that are no JSON alone, the first of them empty. */
static void
add_arguments (GPtrArray *events, guint index, const char *arguments)
{
  g_ptr_array_add (events, block_delta (index, "input_json_delta", "partial_json", ""));
  while (*arguments)
    {
      const char *end = arguments;

      for (guint i = 0; i < 7 && *end; i++)
        end = g_utf8_next_char (end);
      {
        g_autofree char *piece = g_strndup (arguments, end - arguments);

        g_ptr_array_add (events, block_delta (index, "input_json_delta", "partial_json", piece));
      }
      arguments = end;
    }
}

static void
add_block (GPtrArray *events, const Answer *answer, guint index)
{
  const Block *block = answer->blocks->pdata[index];

  g_ptr_array_add (events, block_start (block, index, answer->whole_arguments));
  switch (block->type)
    {
    case BLOCK_TEXT:
      add_words (events, index, "text_delta", "text", block->text);
      break;
    case BLOCK_THINKING:
      add_words (events, index, "thinking_delta", "thinking", block->text);
      if (block->signature)
        g_ptr_array_add (events,
                         block_delta (index, "signature_delta", "signature", block->signature));
      break;
    case BLOCK_TOOL:
      if (!answer->whole_arguments)
        add_arguments (events, index, block->text);
      break;
    case BLOCK_REDACTED:
    default:
      break;
    }
  g_ptr_array_add (events, event_new (EVENT_FRAME, "content_block_stop",
                                      "{\"type\":\"content_block_stop\",\"index\":%u}", index));
}

static void
append_stop_reason (GString *out, const Answer *answer)
{
  if (answer->stop_reason)
    g_string_append_printf (out, "\"stop_reason\":\"%s\",\"stop_sequence\":null",
                            answer->stop_reason);
  else
    g_string_append (out, "\"stop_reason\":null,\"stop_sequence\":null");
  if (g_strcmp0 (answer->stop_reason, "refusal") == 0)
    g_string_append (out, ",\"stop_details\":{\"type\":\"refusal\",\"category\":\"cyber\","
                          "\"explanation\":\"This request was declined.\"}");
}

static Event *
message_delta (const Answer *answer)
{
  Event *event = event_new (EVENT_STOPPING, "message_delta",
                            "{\"type\":\"message_delta\",\"delta\":{");

  append_stop_reason (event->data, answer);
  g_string_append_c (event->data, '}');
  if (answer->usage != USAGE_ABSENT)
    {
      g_string_append_c (event->data, ',');
      append_usage (event->data, answer, answer->usage == USAGE_AT_END, TRUE);
    }
  g_string_append_c (event->data, '}');
  return event;
}

static void
render_events (const Answer *answer, GPtrArray *events)
{
  g_ptr_array_add (events, message_start (answer));
  g_ptr_array_add (events, event_new (EVENT_OPENING, "ping", "{\"type\":\"ping\"}"));
  for (guint i = 0; i < answer->blocks->len; i++)
    add_block (events, answer, i);
  if (answer->two_ends)
    g_ptr_array_add (events, event_new (EVENT_STOPPING, "message_delta",
                                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
                                        "null},\"usage\":{\"output_tokens\":1}}"));
  g_ptr_array_add (events, message_delta (answer));
  g_ptr_array_add (events,
                   event_new (EVENT_TERMINAL, "message_stop", "{\"type\":\"message_stop\"}"));
}

static void
append_block (GString *out, const Block *block)
{
  switch (block->type)
    {
    case BLOCK_TEXT:
      g_string_append (out, "{\"type\":\"text\",\"text\":");
      text_quote (out, block->text);
      break;
    case BLOCK_THINKING:
      g_string_append (out, "{\"type\":\"thinking\",\"thinking\":");
      text_quote (out, block->text);
      g_string_append (out, ",\"signature\":");
      text_quote (out, block->signature ? block->signature : "");
      break;
    case BLOCK_REDACTED:
      g_string_append (out, "{\"type\":\"redacted_thinking\",\"data\":");
      text_quote (out, block->text);
      break;
    case BLOCK_TOOL:
    default:
      append_tool_head (out, block, block->text);
      return;
    }
  g_string_append_c (out, '}');
}

static char *
render_body (const Answer *answer)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (
      out, "{\"id\":\"%s\",\"type\":\"message\",\"role\":\"assistant\",\"model\":", answer->id);
  text_quote (out, answer->model);
  g_string_append (out, ",\"content\":[");
  for (guint i = 0; i < answer->blocks->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_block (out, answer->blocks->pdata[i]);
    }
  g_string_append (out, "],");
  append_stop_reason (out, answer);
  if (answer->usage != USAGE_ABSENT)
    {
      g_string_append_c (out, ',');
      append_usage (out, answer, TRUE, TRUE);
    }
  g_string_append (out, ",\"base_resp\":{\"status_code\":0,\"status_msg\":\"\"}}");
  return g_string_free (out, FALSE);
}

static void
append_delta (const Answer *answer, GString *out, const char *text)
{
  g_string_append (out, "event: content_block_delta\ndata: {\"type\":\"content_block_delta\","
                        "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":");
  text_quote (out, text);
  g_string_append (out, "}}\n\n");
}

static void
append_error (GString *out, const char *type, const char *message)
{
  g_string_append_printf (out, "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"%s\","
                               "\"message\":",
                          type);
  text_quote (out, message);
  g_string_append (out, "},\"request_id\":\"req_in_stream\"}\n\n");
}

static char *
render_error (const ApiError *error, Flavour flavour)
{
  GString *out = g_string_new ("{\"type\":\"error\",\"error\":{\"type\":");

  text_quote (out, error->type);
  g_string_append (out, ",\"message\":");
  text_quote (out, error->message);
  if (error->minimax)
    g_string_append_printf (out, ",\"http_code\":\"%u\"", error->status);
  if (error->code)
    {
      g_string_append (out, ",\"details\":{\"error_code\":");
      text_quote (out, error->code);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "},\"request_id\":\"req_loopback_1\"}");
  return g_string_free (out, FALSE);
}

static Problem *
check (JsonObject *json, Flavour flavour)
{
  g_autofree char *problem = anthropic_check (json, flavour == FLAVOUR_ANTHROPIC);

  return problem ? problem_new (NULL, NULL, "%s", problem) : NULL;
}

const Api anthropic_api = {
  .method = "POST",
  .path = "/v1/messages",
  .read = anthropic_read,
  .check = check,
  .render_events = render_events,
  .render_body = render_body,
  .render_error = render_error,
  .append_delta = append_delta,
  .append_error = append_error,
  .ping = "event: ping\ndata: {\"type\":\"ping\"}\n\n",
  .garbage = "event: content_block_delta\ndata: {\"type\": \"content_bl\n\n",
  .noise = "event: new_thing\ndata: {\"type\":\"new_thing\",\"index\":0}\n\n"
           "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\n"
           "data: \"index\":0,\"delta\":{\"type\":\"sparkle_delta\",\"sparkle\":\"!\"}}\n\n"
           "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":9,"
           "\"content_block\":{\"type\":\"server_tool_use\",\"id\":\"srv_1\",\"name\":"
           "\"web_search\",\"input\":{}}}\n\n"
           "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":9,"
           "\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}}\n\n"
           "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":9}\n\n"
           "event: ping\ndata: {\"type\":\"ping\"}\n\n",
};
