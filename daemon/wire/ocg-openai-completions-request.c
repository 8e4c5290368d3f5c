/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-openai-completions-request.h"

#include <string.h>

#include "ocg-compat.h"
#include "ocg-history.h"
#include "ocg-json-writer.h"
#include "ocg-json.h"
#include "ocg-openai-dialect.h"
#include "ocg-openai-parts.h"
#include "ocg-openai-thinking.h"
#include "ocg-replay.h"

#define API "openai-completions"
#define ID_CHARACTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-"

/* One request while it is written. */
typedef struct
{
  OcgJsonWriter json;
  OcgWireRequest *request;
  OcgModel *model;
  OcgChat *chat;
  OcgHistory *history;
  OcgOpenaiDialect dialect;
} Writer;

char *
ocg_openai_completions_get_url (OcgModel *model)
{
  return ocg_openai_join_url (model, "/chat/completions");
}

static void
open_message (Writer *self, const char *role)
{
  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "role", role);
}

static void
close_message (Writer *self)
{
  ocg_json_close (&self->json, '}');
}

static void
write_text_part (Writer *self, const char *text)
{
  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "type", "text");
  ocg_json_member_string (&self->json, "text", text);
  ocg_json_close (&self->json, '}');
}

static void
write_image_part (Writer *self, OcgPart *part)
{
  g_autofree char *url = ocg_openai_dup_data_url (part);

  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "type", "image_url");
  ocg_json_key (&self->json, "image_url");
  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "url", url);
  ocg_json_close (&self->json, '}');
  ocg_json_close (&self->json, '}');
}

/* A string where there is only text: many servers take nothing else. */
static void
write_user (Writer *self, GPtrArray *parts)
{
  g_autofree char *text = ocg_openai_join_text (parts, "\n");

  if (parts->len == 0)
    return;
  open_message (self, "user");
  if (ocg_openai_count_images (parts) == 0)
    {
      ocg_json_member_string (&self->json, "content", text);
      close_message (self);
      return;
    }
  ocg_json_key (&self->json, "content");
  ocg_json_open (&self->json, '[');
  for (guint i = 0; i < parts->len; i++)
    {
      OcgPart *part = g_ptr_array_index (parts, i);

      if (part->type == OCG_PART_IMAGE)
        write_image_part (self, part);
      else if (part->type == OCG_PART_TEXT)
        write_text_part (self, part->text);
    }
  ocg_json_close (&self->json, ']');
  close_message (self);
}

/* Results are text; their images follow in a message of the user. */
static void
write_results (Writer *self, GPtrArray *results)
{
  g_autoptr (GPtrArray) images = ocg_openai_collect_images (results);

  for (guint i = 0; i < results->len; i++)
    {
      OcgPart *result = g_ptr_array_index (results, i);
      g_autofree char *text = ocg_openai_dup_result_text (result);

      open_message (self, "tool");
      ocg_json_member_string (&self->json, "tool_call_id",
                              ocg_history_get_id (self->history, result));
      if (self->dialect.result_name)
        ocg_json_member_string (&self->json, "name", result->name);
      ocg_json_member_string (&self->json, "content", text);
      close_message (self);
    }
  write_user (self, images);
}

/* What the thoughts of one turn are sent back as. */
typedef struct
{
  GString *details; /* reasoning_details: objects with commas between them */
  GString *content; /* reasoning_content */
  GString *think;   /* what stood in "<think>" */
} Thoughts;

static void
add_details (GString *out, JsonArray *details)
{
  OcgJsonWriter writer = { out, out->len > 0 };

  for (guint i = 0; details != NULL && i < json_array_get_length (details); i++)
    {
      JsonObject *detail = ocg_json_array_get_object (details, i);

      if (detail != NULL)
        ocg_json_object (&writer, detail);
    }
}

static void
collect_thoughts (Writer *self, OcgTurn *turn, Thoughts *thoughts)
{
  g_autofree char *family = ocg_replay_dup_family (API, self->model);

  if ((self->request->mends & OCG_MEND_REASONING) != 0)
    return;
  for (guint i = 0; i < turn->parts->len; i++)
    {
      OcgPart *part = g_ptr_array_index (turn->parts, i);
      g_autoptr (JsonObject) block = NULL;
      const char *text;

      if (part->type != OCG_PART_THINKING)
        continue;
      block = ocg_replay_unpack (part->replay, API, family);
      add_details (thoughts->details, ocg_json_get_array (block, "reasoning_details"));
      if ((text = ocg_json_get_string (block, "reasoning_content")) != NULL)
        g_string_append (thoughts->content, text);
      if ((text = ocg_json_get_string (block, "think")) != NULL)
        g_string_append (thoughts->think, text);
    }
}

static void
write_calls (Writer *self, OcgTurn *turn)
{
  gboolean any = FALSE;

  for (guint i = 0; i < turn->parts->len; i++)
    {
      OcgPart *part = g_ptr_array_index (turn->parts, i);

      if (part->type != OCG_PART_TOOL_CALL)
        continue;
      if (!any)
        {
          ocg_json_key (&self->json, "tool_calls");
          ocg_json_open (&self->json, '[');
          any = TRUE;
        }
      ocg_json_open (&self->json, '{');
      ocg_json_member_string (&self->json, "id", ocg_history_get_id (self->history, part));
      ocg_json_member_string (&self->json, "type", "function");
      ocg_json_key (&self->json, "function");
      ocg_json_open (&self->json, '{');
      ocg_json_member_string (&self->json, "name", part->name);
      ocg_json_member_string (&self->json, "arguments", part->arguments);
      ocg_json_close (&self->json, '}');
      ocg_json_close (&self->json, '}');
    }
  if (any)
    ocg_json_close (&self->json, ']');
}

static void
write_assistant_content (Writer *self, OcgTurn *turn, const char *think)
{
  g_autofree char *text = ocg_openai_join_text (turn->parts, "");
  g_autofree char *whole = *think != '\0'
                               ? g_strconcat ("<think>", think, "</think>\n\n", text, NULL)
                               : g_steal_pointer (&text);

  ocg_json_key (&self->json, "content");
  if (*whole != '\0' || self->dialect.empty_content)
    ocg_json_string (&self->json, whole, -1);
  else
    ocg_json_raw (&self->json, "null");
}

static void
write_assistant (Writer *self, OcgTurn *turn)
{
  g_autoptr (GString) details = g_string_new (NULL);
  g_autoptr (GString) content = g_string_new (NULL);
  g_autoptr (GString) think = g_string_new (NULL);
  Thoughts thoughts = { details, content, think };

  collect_thoughts (self, turn, &thoughts);
  open_message (self, "assistant");
  write_assistant_content (self, turn, think->str);
  if (details->len > 0)
    {
      ocg_json_key (&self->json, "reasoning_details");
      ocg_json_open (&self->json, '[');
      ocg_json_raw (&self->json, details->str);
      ocg_json_close (&self->json, ']');
    }
  if (self->dialect.needs_reasoning_content
      || (self->dialect.keeps_reasoning_content && content->len > 0))
    ocg_json_member_string (&self->json, "reasoning_content", content->str);
  write_calls (self, turn);
  close_message (self);
}

static void
write_messages (Writer *self)
{
  ocg_json_key (&self->json, "messages");
  ocg_json_open (&self->json, '[');
  if (self->history->system != NULL)
    {
      open_message (self, self->dialect.developer ? "developer" : "system");
      ocg_json_member_string (&self->json, "content", self->history->system);
      close_message (self);
    }
  for (guint i = 0; i < self->history->turns->len; i++)
    {
      OcgTurn *turn = g_ptr_array_index (self->history->turns, i);

      if (turn->is_assistant)
        {
          write_assistant (self, turn);
          continue;
        }
      write_results (self, turn->results);
      write_user (self, turn->parts);
    }
  ocg_json_close (&self->json, ']');
}

static void
write_tool (Writer *self, OcgTool *tool)
{
  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "type", "function");
  ocg_json_key (&self->json, "function");
  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "name", tool->name);
  ocg_json_member_string (&self->json, "description", tool->description);
  ocg_json_key (&self->json, "parameters");
  ocg_json_raw (&self->json, tool->parameters);
  if (self->dialect.strict)
    {
      ocg_json_key (&self->json, "strict");
      ocg_json_boolean (&self->json, FALSE);
    }
  ocg_json_close (&self->json, '}');
  ocg_json_close (&self->json, '}');
}

static void
write_tool_choice (Writer *self)
{
  if (ocg_openai_write_tool_choice (&self->json, &self->dialect, self->chat->tool_choice))
    return;
  ocg_json_key (&self->json, "tool_choice");
  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "type", "function");
  ocg_json_key (&self->json, "function");
  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "name", self->chat->tool_choice_name);
  ocg_json_close (&self->json, '}');
  ocg_json_close (&self->json, '}');
}

static void
write_tools (Writer *self)
{
  if (self->chat->tools->len == 0)
    return;
  ocg_json_key (&self->json, "tools");
  ocg_json_open (&self->json, '[');
  for (guint i = 0; i < self->chat->tools->len; i++)
    write_tool (self, g_ptr_array_index (self->chat->tools, i));
  ocg_json_close (&self->json, ']');
  if (self->dialect.tool_stream)
    {
      ocg_json_key (&self->json, "tool_stream");
      ocg_json_boolean (&self->json, self->chat->stream);
    }
  write_tool_choice (self);
}

static void
write_format (Writer *self)
{
  /* MiniMax passes over it, or refuses it: it is asked in words. */
  if (self->chat->format_schema == NULL || self->dialect.ask == OCG_ASK_MINIMAX)
    return;
  ocg_json_key (&self->json, "response_format");
  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "type", "json_schema");
  ocg_json_key (&self->json, "json_schema");
  ocg_json_open (&self->json, '{');
  ocg_openai_write_schema (&self->json, self->chat);
  ocg_json_close (&self->json, '}');
  ocg_json_close (&self->json, '}');
}

static void
write_sampling (Writer *self)
{
  OcgChat *chat = self->chat;

  if (chat->max_tokens > 0)
    ocg_json_member_int (&self->json,
                         self->dialect.max_completion_tokens ? "max_completion_tokens"
                                                             : "max_tokens",
                         (gint64) ocg_openai_max_tokens (self->model, chat));
  if (chat->temperature >= 0 && self->dialect.temperature)
    {
      ocg_json_key (&self->json, "temperature");
      ocg_json_double (&self->json, ocg_compat_fit_sampling (self->model, chat->temperature));
    }
  if (chat->top_p >= 0 && self->dialect.temperature)
    {
      ocg_json_key (&self->json, "top_p");
      ocg_json_double (&self->json, ocg_compat_fit_sampling (self->model, chat->top_p));
    }
  if (chat->stop == NULL || chat->stop[0] == NULL || !self->dialect.stop)
    return;
  ocg_json_key (&self->json, "stop");
  ocg_json_open (&self->json, '[');
  for (guint i = 0; chat->stop[i] != NULL; i++)
    ocg_json_string (&self->json, chat->stop[i], -1);
  ocg_json_close (&self->json, ']');
}

static void
write_stream (Writer *self)
{
  ocg_json_key (&self->json, "stream");
  ocg_json_boolean (&self->json, self->chat->stream);
  if (!self->chat->stream || !self->dialect.stream_usage)
    return;
  ocg_json_key (&self->json, "stream_options");
  ocg_json_open (&self->json, '{');
  ocg_json_key (&self->json, "include_usage");
  ocg_json_boolean (&self->json, TRUE);
  ocg_json_close (&self->json, '}');
}

void
ocg_openai_completions_build (OcgWireRequest *request, OcgModel *model, OcgChat *chat)
{
  GString *body = g_string_new (NULL);
  g_autofree char *model_id = ocg_openai_get_model_id (model);
  Writer self = { .json = OCG_JSON_WRITER_INIT (body),
                  .request = request,
                  .model = model,
                  .chat = chat,
                  .dialect = ocg_openai_dialect (model, request->mends) };
  OcgIdRules rules = { ID_CHARACTERS, self.dialect.fixed_ids ? 9 : 40, self.dialect.fixed_ids };
  g_autoptr (OcgHistory) history = ocg_history_new (chat, &rules);

  self.history = history;
  if (self.dialect.ask == OCG_ASK_MINIMAX)
    ocg_history_ask_for_schema (history, chat);
  ocg_json_open (&self.json, '{');
  ocg_json_member_string (&self.json, "model", model_id);
  write_messages (&self);
  write_stream (&self);
  if (self.dialect.store)
    {
      ocg_json_key (&self.json, "store");
      ocg_json_boolean (&self.json, FALSE);
    }
  write_tools (&self);
  write_format (&self);
  ocg_openai_write_thinking (&self.json, model, chat->thinking, &self.dialect, request->mends);
  write_sampling (&self);
  ocg_json_close (&self.json, '}');
  request->body = g_string_free_to_bytes (body);
}
