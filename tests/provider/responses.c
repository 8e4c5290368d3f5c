/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "responses.h"

#include "openai-errors.h"

static char *
render_body (const Answer *answer)
{
  guint quirks = responses_quirks (answer) & ~(guint)RESPONSES_NULL_CONTENT;

  return json_text_take (responses_response (answer, quirks, NULL));
}

static void
append_event (GString *out, const char *name, JsonObject *data)
{
  g_autofree char *text = json_text_take (data);

  g_string_append_printf (out, "event: %s\ndata: %s\n\n", name, text);
}

static void
append_delta (const Answer *answer, GString *out, const char *text)
{
  g_autofree char *id = answer->blocks->len > 0 ? responses_item_id (answer, 0) : NULL;
  JsonObject *data = json_make ("s:type", "response.output_text.delta", NULL);

  /* Not counted: it is not known how many of them there will be. */
  if (!(responses_quirks (answer) & RESPONSES_NO_SEQUENCE))
    json_extend (data, "i:sequence_number", 4, NULL);
  json_extend (data, "s:item_id", id, "i:output_index", 0, "i:content_index", 0, "s:delta", text,
               NULL);
  append_event (out, "response.output_text.delta", data);
}

static void
append_error (GString *out, const char *type, const char *message)
{
  const char *code = NULL;

  openai_words (&type, &code);
  append_event (out, "error",
                json_make ("s:type", "error", "i:sequence_number", 4, "s:code", code ? code : type,
                           "s:message", message, "n:param", NULL));
}

const Api responses_api = {
  .method = "POST",
  .path = "/responses",
  .read = responses_read,
  .check = responses_check,
  .render_events = responses_events,
  .render_body = render_body,
  .render_error = openai_render_error,
  .append_delta = append_delta,
  .append_error = append_error,
  .ping = "event: keepalive\ndata: {\"type\":\"keepalive\",\"sequence_number\":2}\n\n",
  .garbage = "event: response.output_text.delta\ndata: {\"type\": \"response.outp\n\n",
  .noise
  = "event: response.new_thing.delta\ndata: {\"type\":\"response.new_thing.delta\","
    "\"sequence_number\":6,\"delta\":\"WRONG\"}\n\n"
    "event: response.output_item.added\ndata: {\"type\":\"response.output_item.added\",\n"
    "data: \"output_index\":9,\"item\":{\"type\":\"web_search_call\",\"id\":\"ws_1\",\"status\":"
    "\"in_progress\"}}\n\n"
    "event: response.web_search_call.searching\ndata: {\"type\":"
    "\"response.web_search_call.searching\",\"item_id\":\"ws_1\",\"output_index\":9}\n\n"
    "event: response.output_item.done\ndata: {\"type\":\"response.output_item.done\","
    "\"output_index\":9,\"item\":{\"type\":\"web_search_call\",\"id\":\"ws_1\",\"status\":"
    "\"completed\"}}\n\n"
    "event: response.output_text.annotation.added\ndata: {\"type\":"
    "\"response.output_text.annotation.added\",\"output_index\":0,\"content_index\":0,"
    "\"annotation_index\":0,\"annotation\":{\"type\":\"url_citation\"}}\n\n"
    ": comment\n\n",
};
