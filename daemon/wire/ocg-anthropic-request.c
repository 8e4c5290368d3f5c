/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-anthropic-request.h"

#include <string.h>

#include "ocg-json-writer.h"
#include "ocg-json.h"
#include "ocg-replay.h"

#define API "anthropic-messages"

/* The value that every compatible server knows. */
#define API_VERSION "2023-06-01"

/* What OpenClaw asks for unless told otherwise; models may end sooner. */
#define DEFAULT_MAX_TOKENS 32000

char *
ocg_anthropic_get_url (OcgModel *model)
{
  const char *base = model->provider->base_url;

  /* Some catalogues list the base with the version on its end. */
  return g_strconcat (base, g_str_has_suffix (base, "/v1") ? "/messages" : "/v1/messages", NULL);
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

/* Ids from other providers may hold what this API refuses. Distinct ids stay distinct enough:
 * servers pair them by equality, and both halves are changed alike. */
static void
write_tool_id (OcgJsonWriter *writer, const char *key, const char *id)
{
  g_autofree char *clean = g_strdup (id);

  g_strcanon (clean, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-", '_');
  ocg_json_member_string (writer, key, clean);
}

static void
write_text (OcgJsonWriter *writer, const char *text)
{
  ocg_json_open (writer, '{');
  ocg_json_member_string (writer, "type", "text");
  ocg_json_member_string (writer, "text", text);
  ocg_json_close (writer, '}');
}

static void
write_image (OcgJsonWriter *writer, OcgPart *part)
{
  gsize size = 0;
  const guchar *bytes = g_bytes_get_data (part->data, &size);
  g_autofree char *base64 = g_base64_encode (bytes, size);

  ocg_json_open (writer, '{');
  ocg_json_member_string (writer, "type", "image");
  ocg_json_key (writer, "source");
  ocg_json_open (writer, '{');
  ocg_json_member_string (writer, "type", "base64");
  ocg_json_member_string (writer, "media_type", part->media_type);
  ocg_json_member_string (writer, "data", base64);
  ocg_json_close (writer, '}');
  ocg_json_close (writer, '}');
}

static void
write_tool_call (OcgJsonWriter *writer, OcgPart *part)
{
  ocg_json_open (writer, '{');
  ocg_json_member_string (writer, "type", "tool_use");
  write_tool_id (writer, "id", part->id);
  ocg_json_member_string (writer, "name", part->name);
  ocg_json_key (writer, "input");
  ocg_json_raw (writer, part->arguments);
  ocg_json_close (writer, '}');
}

static void
write_tool_result (OcgJsonWriter *writer, OcgPart *part)
{
  ocg_json_open (writer, '{');
  ocg_json_member_string (writer, "type", "tool_result");
  write_tool_id (writer, "tool_use_id", part->id);
  ocg_json_key (writer, "content");
  ocg_json_open (writer, '[');
  for (guint i = 0; i < part->content->len; i++)
    {
      OcgPart *inner = g_ptr_array_index (part->content, i);

      if (inner->type == OCG_PART_IMAGE)
        write_image (writer, inner);
      else if (!is_blank (inner->text))
        write_text (writer, inner->text);
    }
  ocg_json_close (writer, ']');
  if (part->is_error)
    {
      ocg_json_key (writer, "is_error");
      ocg_json_boolean (writer, TRUE);
    }
  ocg_json_close (writer, '}');
}

/* A thinking block goes back to the family that signed it, unchanged; others never see it. */
static gboolean
write_thinking (OcgJsonWriter *writer, OcgPart *part, OcgModel *model)
{
  g_autoptr (JsonObject) block
      = ocg_replay_unpack (part->replay, API, ocg_model_get_family (model));
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;

  if (block == NULL)
    return FALSE;
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, block);
  json = json_to_string (node, FALSE);
  ocg_json_raw (writer, json);
  return TRUE;
}

static gboolean
write_part (OcgJsonWriter *writer, OcgPart *part, OcgModel *model)
{
  switch (part->type)
    {
    case OCG_PART_TEXT:
      if (is_blank (part->text))
        return FALSE;
      write_text (writer, part->text);
      return TRUE;
    case OCG_PART_IMAGE:
      write_image (writer, part);
      return TRUE;
    case OCG_PART_THINKING:
      return write_thinking (writer, part, model);
    case OCG_PART_TOOL_CALL:
      write_tool_call (writer, part);
      return TRUE;
    case OCG_PART_TOOL_RESULT:
      write_tool_result (writer, part);
      return TRUE;
    }
  return FALSE;
}

static const char *
wire_role (OcgMessage *message)
{
  return message->role == OCG_ROLE_ASSISTANT ? "assistant" : "user";
}

/* Writes the parts of @messages[from..to) as one turn: results first, as the API wants them.
 * Nothing is written when nothing is left to say. */
static void
write_turn (OcgJsonWriter *writer, OcgModel *model, GPtrArray *messages, guint from, guint to)
{
  gsize start = writer->out->len;
  gboolean needed_comma = writer->needs_comma;
  gboolean any = FALSE;

  ocg_json_open (writer, '{');
  ocg_json_member_string (writer, "role", wire_role (g_ptr_array_index (messages, from)));
  ocg_json_key (writer, "content");
  ocg_json_open (writer, '[');
  for (int results = 1; results >= 0; results--)
    for (guint i = from; i < to; i++)
      {
        OcgMessage *message = g_ptr_array_index (messages, i);

        for (guint j = 0; message->role != OCG_ROLE_SYSTEM && j < message->parts->len; j++)
          {
            OcgPart *part = g_ptr_array_index (message->parts, j);

            if ((part->type == OCG_PART_TOOL_RESULT) == (results == 1))
              any = write_part (writer, part, model) || any;
          }
      }
  ocg_json_close (writer, ']');
  ocg_json_close (writer, '}');

  if (!any)
    {
      g_string_truncate (writer->out, start);
      writer->needs_comma = needed_comma;
    }
}

/* Consecutive messages of one role become one turn; system messages go into the system slot. */
static void
write_messages (OcgJsonWriter *writer, OcgModel *model, GPtrArray *messages)
{
  guint from = 0;

  ocg_json_key (writer, "messages");
  ocg_json_open (writer, '[');
  while (from < messages->len)
    {
      OcgMessage *first = g_ptr_array_index (messages, from);
      guint to = from + 1;

      if (first->role == OCG_ROLE_SYSTEM)
        {
          from++;
          continue;
        }
      for (; to < messages->len; to++)
        {
          OcgMessage *next = g_ptr_array_index (messages, to);

          if (next->role != OCG_ROLE_SYSTEM
              && !g_str_equal (wire_role (next), wire_role (first)))
            break;
        }
      write_turn (writer, model, messages, from, to);
      from = to;
    }
  ocg_json_close (writer, ']');
}

static void
write_system (OcgJsonWriter *writer, OcgChat *chat)
{
  g_autoptr (GString) system = g_string_new (chat->system);

  for (guint i = 0; i < chat->messages->len; i++)
    {
      OcgMessage *message = g_ptr_array_index (chat->messages, i);

      for (guint j = 0; message->role == OCG_ROLE_SYSTEM && j < message->parts->len; j++)
        {
          OcgPart *part = g_ptr_array_index (message->parts, j);

          if (part->type != OCG_PART_TEXT)
            continue;
          if (system->len > 0)
            g_string_append (system, "\n\n");
          g_string_append (system, part->text);
        }
    }
  if (!is_blank (system->str))
    ocg_json_member_string (writer, "system", system->str);
}

static void
write_tools (OcgJsonWriter *writer, OcgChat *chat)
{
  static const char *const choices[] = {
    [OCG_TOOL_CHOICE_AUTO] = "auto",
    [OCG_TOOL_CHOICE_NONE] = "none",
    [OCG_TOOL_CHOICE_REQUIRED] = "any",
    [OCG_TOOL_CHOICE_NAMED] = "tool",
  };

  if (chat->tools->len == 0)
    return;
  ocg_json_key (writer, "tools");
  ocg_json_open (writer, '[');
  for (guint i = 0; i < chat->tools->len; i++)
    {
      OcgTool *tool = g_ptr_array_index (chat->tools, i);

      ocg_json_open (writer, '{');
      ocg_json_member_string (writer, "name", tool->name);
      ocg_json_member_string (writer, "description", tool->description);
      ocg_json_key (writer, "input_schema");
      ocg_json_raw (writer, tool->parameters);
      ocg_json_close (writer, '}');
    }
  ocg_json_close (writer, ']');

  if (chat->tool_choice == OCG_TOOL_CHOICE_DEFAULT)
    return;
  ocg_json_key (writer, "tool_choice");
  ocg_json_open (writer, '{');
  ocg_json_member_string (writer, "type", choices[chat->tool_choice]);
  ocg_json_member_string (writer, "name", chat->tool_choice_name);
  ocg_json_close (writer, '}');
}

static gboolean
has_compat (OcgModel *model, const char *flag, gboolean fallback)
{
  gboolean value = fallback;

  ocg_json_get_boolean (model->compat, flag, &value);
  return value;
}

static guint
thinking_budget (OcgThinking thinking)
{
  switch (thinking)
    {
    case OCG_THINKING_MINIMAL:
      return 1024;
    case OCG_THINKING_LOW:
      return 2048;
    case OCG_THINKING_HIGH:
    case OCG_THINKING_XHIGH:
      return 16384;
    case OCG_THINKING_DEFAULT:
    case OCG_THINKING_OFF:
    case OCG_THINKING_MEDIUM:
    case OCG_THINKING_ADAPTIVE:
      return 8192;
    }
  return 8192;
}

static const char *
thinking_effort (OcgThinking thinking)
{
  switch (thinking)
    {
    case OCG_THINKING_OFF:
    case OCG_THINKING_MINIMAL:
    case OCG_THINKING_LOW:
      return "low";
    case OCG_THINKING_MEDIUM:
      return "medium";
    case OCG_THINKING_HIGH:
      return "high";
    case OCG_THINKING_XHIGH:
      return "max";
    case OCG_THINKING_DEFAULT:
    case OCG_THINKING_ADAPTIVE:
      return NULL;
    }
  return NULL;
}

typedef struct
{
  const char *type;   /* thinking.type, NULL: the member is left out */
  const char *effort; /* output_config.effort (nullable) */
  guint budget;       /* thinking.budget_tokens, 0: none */
} ThinkingPlan;

/* M2 always thinks and ignores "disabled"; M3 thinks only when asked and breaks on "disabled";
 * M3.1 always thinks and takes only "adaptive". None knows an effort. */
static ThinkingPlan
plan_minimax_thinking (OcgModel *model, OcgThinking thinking)
{
  g_autofree char *id = g_ascii_strdown (model->id, -1);
  gboolean asked = thinking != OCG_THINKING_DEFAULT && thinking != OCG_THINKING_OFF;

  if (strstr (id, "minimax-m3.1") != NULL)
    return (ThinkingPlan){ "adaptive", NULL, 0 };
  if (strstr (id, "minimax-m3") != NULL)
    return (ThinkingPlan){ asked ? "adaptive" : NULL, NULL, 0 };
  if (thinking == OCG_THINKING_OFF)
    return (ThinkingPlan){ "disabled", NULL, 0 };
  return (ThinkingPlan){ asked ? "enabled" : NULL, NULL, asked ? thinking_budget (thinking) : 0 };
}

/* From the 4.6 generation on there is no budget, only an effort; the newest refuse "disabled". */
static ThinkingPlan
plan_adaptive_thinking (OcgModel *model, OcgThinking thinking)
{
  static const char *const cannot_stop[] = { "opus-5-5", "fable", "mythos" };

  if (thinking != OCG_THINKING_OFF)
    return (ThinkingPlan){ "adaptive", thinking_effort (thinking), 0 };
  if (strstr (model->id, "sonnet-5-5") != NULL)
    return (ThinkingPlan){ "between_tools", NULL, 0 };
  for (guint i = 0; i < G_N_ELEMENTS (cannot_stop); i++)
    if (strstr (model->id, cannot_stop[i]) != NULL)
      return (ThinkingPlan){ "adaptive", "low", 0 };
  return (ThinkingPlan){ "disabled", NULL, 0 };
}

static ThinkingPlan
plan_thinking (OcgModel *model, OcgThinking thinking)
{
  if (!model->reasoning)
    return (ThinkingPlan){ NULL, NULL, 0 };
  if (g_str_equal (ocg_model_get_family (model), "minimax"))
    return plan_minimax_thinking (model, thinking);
  if (thinking == OCG_THINKING_DEFAULT)
    return (ThinkingPlan){ NULL, NULL, 0 };
  if (has_compat (model, "forceAdaptiveThinking", FALSE))
    return plan_adaptive_thinking (model, thinking);
  if (thinking == OCG_THINKING_OFF)
    return (ThinkingPlan){ "disabled", NULL, 0 };
  return (ThinkingPlan){ "enabled", NULL, thinking_budget (thinking) };
}

/* The budget counts as output, so the limit grows by it, as far as the model goes. */
static guint64
plan_max_tokens (OcgModel *model, OcgChat *chat, guint budget)
{
  guint64 wanted = chat->max_tokens > 0 ? chat->max_tokens
                                        : MIN (model->max_tokens, DEFAULT_MAX_TOKENS);

  wanted += budget;
  return model->listed ? MIN (wanted, model->max_tokens) : wanted;
}

static void
write_sampling (OcgJsonWriter *writer, OcgModel *model, OcgChat *chat, gboolean has_budget)
{
  double temperature = chat->temperature;

  /* MiniMax refuses 0 and everything above 1; Anthropic refuses more than 1 and, with a thinking
   * budget, any temperature. */
  if (temperature >= 0 && g_str_equal (ocg_model_get_family (model), "minimax"))
    temperature = CLAMP (temperature, 0.01, 1.0);
  if (temperature >= 0 && !has_budget && has_compat (model, "supportsTemperature", TRUE))
    {
      ocg_json_key (writer, "temperature");
      ocg_json_double (writer, MIN (temperature, 1.0));
    }
  if (chat->top_p >= 0 && !has_budget && has_compat (model, "supportsTemperature", TRUE))
    {
      ocg_json_key (writer, "top_p");
      ocg_json_double (writer, chat->top_p);
    }
  if (chat->stop == NULL || chat->stop[0] == NULL)
    return;
  ocg_json_key (writer, "stop_sequences");
  ocg_json_open (writer, '[');
  for (guint i = 0; chat->stop[i] != NULL; i++)
    ocg_json_string (writer, chat->stop[i], -1);
  ocg_json_close (writer, ']');
}

static void
write_thinking_plan (OcgJsonWriter *writer, const ThinkingPlan *plan, OcgChat *chat)
{
  if (plan->type != NULL)
    {
      ocg_json_key (writer, "thinking");
      ocg_json_open (writer, '{');
      ocg_json_member_string (writer, "type", plan->type);
      if (plan->budget > 0)
        ocg_json_member_int (writer, "budget_tokens", plan->budget);
      ocg_json_close (writer, '}');
    }
  if (plan->effort == NULL && chat->format_schema == NULL)
    return;
  ocg_json_key (writer, "output_config");
  ocg_json_open (writer, '{');
  ocg_json_member_string (writer, "effort", plan->effort);
  if (chat->format_schema != NULL)
    {
      ocg_json_key (writer, "format");
      ocg_json_open (writer, '{');
      ocg_json_member_string (writer, "type", "json_schema");
      ocg_json_key (writer, "schema");
      ocg_json_raw (writer, chat->format_schema);
      ocg_json_close (writer, '}');
    }
  ocg_json_close (writer, '}');
}

void
ocg_anthropic_build (OcgWireRequest *request, OcgModel *model, OcgChat *chat)
{
  GString *body = g_string_new (NULL);
  OcgJsonWriter writer = OCG_JSON_WRITER_INIT (body);
  ThinkingPlan plan = plan_thinking (model, chat->thinking);
  guint64 max_tokens = plan_max_tokens (model, chat, plan.budget);

  /* A budget must leave room for the answer. */
  if (plan.budget > 0 && plan.budget >= max_tokens)
    {
      plan.budget = 0;
      plan.type = NULL;
    }

  g_hash_table_replace (request->headers, g_strdup ("anthropic-version"), g_strdup (API_VERSION));
  ocg_json_open (&writer, '{');
  ocg_json_member_string (&writer, "model", model->id);
  ocg_json_member_int (&writer, "max_tokens", (gint64) max_tokens);
  ocg_json_key (&writer, "stream");
  ocg_json_boolean (&writer, chat->stream);
  write_system (&writer, chat);
  write_messages (&writer, model, chat->messages);
  write_tools (&writer, chat);
  write_thinking_plan (&writer, &plan, chat);
  write_sampling (&writer, model, chat, plan.budget > 0);
  ocg_json_close (&writer, '}');
  request->body = g_string_free_to_bytes (body);
}
