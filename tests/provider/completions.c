/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "completions.h"

#include "openai-errors.h"

static void
append_event (GString *out, JsonObject *data)
{
  g_autofree char *text = json_text_take (data);

  g_string_append_printf (out, "data: %s\n\n", text);
}

static void
append_delta (const Answer *answer, GString *out, const char *text)
{
  JsonObject *choice = json_make ("i:index", 0, "o:delta", json_make ("s:content", text, NULL),
                                  "n:finish_reason", NULL);

  append_event (out, completions_chunk (answer, json_list (choice, NULL)));
}

static void
append_error (GString *out, const char *type, const char *message)
{
  const char *code = NULL;

  openai_words (&type, &code);
  append_event (out, json_make ("o:error",
                                json_make ("s:message", message, "s:type", type, "n:param",
                                           "s:code", code, NULL),
                                NULL));
}

const Api completions_api = {
  .method = "POST",
  .path = "/chat/completions",
  .read = completions_read,
  .check = completions_check,
  .render_events = completions_events,
  .render_body = completions_body,
  .render_error = openai_render_error,
  .append_delta = append_delta,
  .append_error = append_error,
  .ping = ": keep-alive\n\n",
  .garbage = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chu\n\n",
  .noise
  = ": OPENROUTER PROCESSING\n\n"
    "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\n"
    "data: \"choices\":[{\"index\":0,\"delta\":{\"sparkle\":\"!\"},\"finish_reason\":null}]}\n\n"
    "event: new_thing\ndata: {\"object\":\"new.thing\",\"obfuscation\":\"aBc\"}\n\n"
    "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,"
    "\"delta\":{\"content\":null,\"tool_calls\":null,\"role\":\"\"},\"finish_reason\":\"\"}],"
    "\"x_groq\":{\"id\":\"req_1\"},\"system_fingerprint\":null}\n\n"
    "data: {\"id\":\"c1\",\"choices\":[]}\n\n"
    ":\n\n",
};
