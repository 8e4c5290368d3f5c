/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-openai-responses-request.h"

#include "ocg-compat.h"
#include "ocg-history.h"
#include "ocg-json-writer.h"
#include "ocg-json.h"
#include "ocg-openai-dialect.h"
#include "ocg-openai-parts.h"
#include "ocg-replay.h"

#define API "openai-responses"
#define ID_CHARACTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-"
#define MAX_ID_LENGTH 64
/* OpenAI refuses less. */
#define MIN_OUTPUT_TOKENS 16

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

/* What of an assistant's turn waits for the item that it belongs to. */
typedef struct
{
  JsonObject *reasoning; /* (nullable) (owned) */
  char *phase;           /* (nullable) */
  gboolean in_message;
} Pending;

char *
ocg_openai_responses_get_url (OcgModel *model)
{
  return ocg_openai_join_url (model, "/responses");
}

static void
write_flag (Writer *self, const char *key, gboolean value)
{
  ocg_json_key (&self->json, key);
  ocg_json_boolean (&self->json, value);
}

static void
write_system (Writer *self)
{
  if (self->history->system == NULL)
    return;
  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "role", self->dialect.developer ? "developer" : "system");
  ocg_json_member_string (&self->json, "content", self->history->system);
  ocg_json_close (&self->json, '}');
}

static void
write_image (Writer *self, OcgPart *part)
{
  g_autofree char *url = ocg_openai_dup_data_url (part);

  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "type", "input_image");
  ocg_json_member_string (&self->json, "detail", "auto");
  ocg_json_member_string (&self->json, "image_url", url);
  ocg_json_close (&self->json, '}');
}

static void
write_input_text (Writer *self, const char *text)
{
  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "type", "input_text");
  ocg_json_member_string (&self->json, "text", text);
  ocg_json_close (&self->json, '}');
}

static void
write_user (Writer *self, GPtrArray *parts)
{
  if (parts->len == 0)
    return;
  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "role", "user");
  ocg_json_key (&self->json, "content");
  ocg_json_open (&self->json, '[');
  for (guint i = 0; i < parts->len; i++)
    {
      OcgPart *part = g_ptr_array_index (parts, i);

      if (part->type == OCG_PART_IMAGE)
        write_image (self, part);
      else if (part->type == OCG_PART_TEXT)
        write_input_text (self, part->text);
    }
  ocg_json_close (&self->json, ']');
  ocg_json_close (&self->json, '}');
}

/* LM Studio takes nothing but a string: images follow in a message of the user. */
static void
write_results (Writer *self, GPtrArray *results)
{
  g_autoptr (GPtrArray) images = ocg_openai_collect_images (results);

  for (guint i = 0; i < results->len; i++)
    {
      OcgPart *result = g_ptr_array_index (results, i);
      g_autofree char *text = ocg_openai_dup_result_text (result);

      ocg_json_open (&self->json, '{');
      ocg_json_member_string (&self->json, "type", "function_call_output");
      ocg_json_member_string (&self->json, "call_id", ocg_history_get_id (self->history, result));
      ocg_json_member_string (&self->json, "output", text);
      ocg_json_close (&self->json, '}');
    }
  write_user (self, images);
}

/* @item: (nullable) */
static gboolean
is_reasoning (Writer *self, JsonObject *item)
{
  const char *encrypted = ocg_json_get_string (item, "encrypted_content");

  return (self->request->mends & OCG_MEND_REASONING) == 0
         && g_strcmp0 (ocg_json_get_string (item, "type"), "reasoning") == 0 && encrypted != NULL
         && *encrypted != '\0';
}

/* As it came, in its order, but without what names the stored item: nothing is stored. */
static JsonObject *
dup_reasoning (JsonObject *item)
{
  g_autoptr (GList) names = json_object_get_members (item);
  JsonObject *copy = json_object_new ();

  for (GList *at = names; at != NULL; at = at->next)
    {
      const char *name = at->data;
      JsonNode *node = json_object_get_member (item, name);

      if (!g_str_equal (name, "id") && !g_str_equal (name, "status")
          && !JSON_NODE_HOLDS_NULL (node))
        json_object_set_member (copy, name, json_node_copy (node));
    }
  if (ocg_json_get_array (copy, "summary") == NULL)
    json_object_set_array_member (copy, "summary", json_array_new ());
  return copy;
}

static void
pending_clear (Pending *pending)
{
  g_clear_pointer (&pending->reasoning, json_object_unref);
  g_clear_pointer (&pending->phase, g_free);
}

static void
set_pending (Pending *pending, JsonObject *reasoning)
{
  g_clear_pointer (&pending->reasoning, json_object_unref);
  pending->reasoning = dup_reasoning (reasoning);
}

static void
close_message (Writer *self, Pending *pending)
{
  if (!pending->in_message)
    return;
  pending->in_message = FALSE;
  ocg_json_close (&self->json, ']');
  ocg_json_close (&self->json, '}');
}

static void
write_reasoning_item (Writer *self, Pending *pending)
{
  if (pending->reasoning == NULL)
    return;
  ocg_json_object (&self->json, pending->reasoning);
  g_clear_pointer (&pending->reasoning, json_object_unref);
}

/* A thought is refused without what followed it: it waits for that. */
static void
take_thought (Writer *self, OcgPart *part, const char *family, Pending *pending)
{
  g_autoptr (JsonObject) block = ocg_replay_unpack (part->replay, API, family);
  const char *phase = ocg_json_get_string (block, "phase");

  close_message (self, pending);
  g_clear_pointer (&pending->phase, g_free);
  if (phase != NULL)
    pending->phase = g_strdup (phase);
  else if (is_reasoning (self, block))
    set_pending (pending, block);
}

static void
write_text (Writer *self, OcgPart *part, Pending *pending)
{
  if (!pending->in_message)
    {
      write_reasoning_item (self, pending);
      ocg_json_open (&self->json, '{');
      ocg_json_member_string (&self->json, "type", "message");
      ocg_json_member_string (&self->json, "role", "assistant");
      ocg_json_member_string (&self->json, "status", "completed");
      ocg_json_member_string (&self->json, "phase", pending->phase);
      ocg_json_key (&self->json, "content");
      ocg_json_open (&self->json, '[');
      g_clear_pointer (&pending->phase, g_free);
      pending->in_message = TRUE;
    }
  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "type", "output_text");
  ocg_json_member_string (&self->json, "text", part->text);
  ocg_json_key (&self->json, "annotations");
  ocg_json_raw (&self->json, "[]");
  ocg_json_close (&self->json, '}');
}

static void
write_call (Writer *self, OcgPart *part, Pending *pending)
{
  close_message (self, pending);
  g_clear_pointer (&pending->phase, g_free);
  write_reasoning_item (self, pending);
  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "type", "function_call");
  ocg_json_member_string (&self->json, "call_id", ocg_history_get_id (self->history, part));
  ocg_json_member_string (&self->json, "name", part->name);
  ocg_json_member_string (&self->json, "arguments", part->arguments);
  ocg_json_close (&self->json, '}');
}

/* The thought that began the turn may have come last: see ocg-response-content.c. */
static void
find_lead (Writer *self, OcgTurn *turn, const char *family, Pending *pending)
{
  for (guint i = 0; i < turn->parts->len; i++)
    {
      OcgPart *part = g_ptr_array_index (turn->parts, i);
      g_autoptr (JsonObject) block = NULL;
      JsonObject *lead;

      if (part->type != OCG_PART_THINKING)
        continue;
      block = ocg_replay_unpack (part->replay, API, family);
      lead = ocg_json_get_object (block, "lead");
      if (is_reasoning (self, lead))
        {
          set_pending (pending, lead);
          return;
        }
    }
}

static void
write_assistant (Writer *self, OcgTurn *turn)
{
  g_autofree char *family = ocg_replay_dup_family (API, self->model);
  Pending pending = { NULL, NULL, FALSE };

  find_lead (self, turn, family, &pending);
  for (guint i = 0; i < turn->parts->len; i++)
    {
      OcgPart *part = g_ptr_array_index (turn->parts, i);

      if (part->type == OCG_PART_THINKING)
        take_thought (self, part, family, &pending);
      else if (part->type == OCG_PART_TEXT)
        write_text (self, part, &pending);
      else if (part->type == OCG_PART_TOOL_CALL)
        write_call (self, part, &pending);
    }
  close_message (self, &pending);
  pending_clear (&pending);
}

static void
write_input (Writer *self)
{
  ocg_json_key (&self->json, "input");
  ocg_json_open (&self->json, '[');
  write_system (self);
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
write_stream (Writer *self)
{
  write_flag (self, "stream", self->chat->stream);
  if (!self->chat->stream || !self->dialect.is_openai
      || (self->request->mends & OCG_MEND_STREAM_OPTIONS) != 0)
    return;
  ocg_json_key (&self->json, "stream_options");
  ocg_json_open (&self->json, '{');
  write_flag (self, "include_obfuscation", FALSE);
  ocg_json_close (&self->json, '}');
}

/* Nothing stays with the provider; thoughts travel with us instead. */
static void
write_store (Writer *self)
{
  if (self->dialect.is_openai || self->dialect.store)
    write_flag (self, "store", FALSE);
  if (!self->dialect.is_openai || !self->model->reasoning)
    return;
  ocg_json_key (&self->json, "include");
  ocg_json_raw (&self->json, "[\"reasoning.encrypted_content\"]");
}

static void
write_tool (Writer *self, OcgTool *tool)
{
  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "type", "function");
  ocg_json_member_string (&self->json, "name", tool->name);
  ocg_json_member_string (&self->json, "description", tool->description);
  ocg_json_key (&self->json, "parameters");
  ocg_json_raw (&self->json, tool->parameters);
  write_flag (self, "strict", FALSE);
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
  ocg_json_member_string (&self->json, "name", self->chat->tool_choice_name);
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
  write_tool_choice (self);
}

/* Without a format LM Studio refuses "text" altogether. */
static void
write_format (Writer *self)
{
  if (self->chat->format_schema == NULL)
    return;
  ocg_json_key (&self->json, "text");
  ocg_json_open (&self->json, '{');
  ocg_json_key (&self->json, "format");
  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "type", "json_schema");
  ocg_openai_write_schema (&self->json, self->chat);
  ocg_json_close (&self->json, '}');
  ocg_json_close (&self->json, '}');
}

/* Whether a level is passed on: MiniMax's models know none, wherever they run. */
static gboolean
takes_effort (Writer *self)
{
  return self->chat->thinking != OCG_THINKING_DEFAULT
         && (self->model->reasoning || !self->model->listed)
         && self->dialect.ask == OCG_ASK_EFFORT
         && !g_str_equal (ocg_model_get_family (self->model), "minimax");
}

/* OpenAI shows thoughts only as summaries, and those only when asked. */
static void
write_thinking (Writer *self)
{
  const char *effort
      = takes_effort (self) ? ocg_openai_effort (self->model, self->chat->thinking) : NULL;
  gboolean summary = self->dialect.is_openai && self->model->reasoning
                     && self->chat->thinking != OCG_THINKING_OFF;

  if (effort == NULL && !summary)
    return;
  ocg_json_key (&self->json, "reasoning");
  ocg_json_open (&self->json, '{');
  ocg_json_member_string (&self->json, "effort", effort);
  ocg_json_member_string (&self->json, "summary", summary ? "auto" : NULL);
  ocg_json_close (&self->json, '}');
}

static void
write_sampling (Writer *self)
{
  OcgChat *chat = self->chat;
  guint64 max_tokens = ocg_openai_max_tokens (self->model, chat);

  if (max_tokens > 0)
    ocg_json_member_int (&self->json, "max_output_tokens",
                         (gint64) MAX (max_tokens,
                                       self->dialect.is_openai ? MIN_OUTPUT_TOKENS : 1));
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
  if (chat->stop != NULL && chat->stop[0] != NULL)
    g_debug ("openai-responses has no stop sequences");
}

void
ocg_openai_responses_build (OcgWireRequest *request, OcgModel *model, OcgChat *chat)
{
  OcgIdRules rules = { ID_CHARACTERS, MAX_ID_LENGTH, FALSE };
  g_autoptr (OcgHistory) history = ocg_history_new (chat, &rules);
  GString *body = g_string_new (NULL);
  g_autofree char *model_id = ocg_openai_get_model_id (model);
  Writer self = { .json = OCG_JSON_WRITER_INIT (body),
                  .request = request,
                  .model = model,
                  .chat = chat,
                  .history = history,
                  .dialect = ocg_openai_dialect (model, request->mends) };

  ocg_json_open (&self.json, '{');
  ocg_json_member_string (&self.json, "model", model_id);
  write_input (&self);
  write_stream (&self);
  write_store (&self);
  write_tools (&self);
  write_format (&self);
  write_thinking (&self);
  write_sampling (&self);
  ocg_json_close (&self.json, '}');
  request->body = g_string_free_to_bytes (body);
}
