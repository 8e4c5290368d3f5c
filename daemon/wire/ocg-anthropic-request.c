/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-anthropic-request.h"

#include <string.h>

#include "ocg-anthropic-thinking.h"
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

  if (g_str_has_suffix (base, "/messages"))
    return g_strdup (base);
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

/* Consecutive messages of one role: what the API sees as one. System messages are in neither. */
typedef struct
{
  GPtrArray *messages; /* (not owned) */
  guint from;
  guint to;
} Turn;

static GArray *
find_turns (GPtrArray *messages)
{
  GArray *turns = g_array_new (FALSE, FALSE, sizeof (Turn));

  for (guint i = 0; i < messages->len; i++)
    {
      OcgMessage *message = g_ptr_array_index (messages, i);
      Turn *last = turns->len > 0 ? &g_array_index (turns, Turn, turns->len - 1) : NULL;
      Turn turn = { messages, i, i + 1 };

      if (message->role == OCG_ROLE_SYSTEM)
        continue;
      if (last != NULL
          && g_str_equal (wire_role (g_ptr_array_index (messages, last->from)),
                          wire_role (message)))
        last->to = i + 1;
      else
        g_array_append_val (turns, turn);
    }
  return turns;
}

static gboolean
turn_has (const Turn *turn, OcgPartType type, const char *id)
{
  for (guint i = turn != NULL ? turn->from : 0; turn != NULL && i < turn->to; i++)
    {
      OcgMessage *message = g_ptr_array_index (turn->messages, i);

      for (guint j = 0; j < message->parts->len; j++)
        {
          OcgPart *part = g_ptr_array_index (message->parts, j);

          if (part->type == type && g_str_equal (part->id, id))
            return TRUE;
        }
    }
  return FALSE;
}

/* A call without its result in the next turn, or a result without its call in the one before, is
 * refused: history from other providers, and cut-off answers, have them. */
static gboolean
is_orphan (OcgPart *part, const Turn *before, const Turn *after)
{
  if (part->type == OCG_PART_TOOL_CALL)
    return !turn_has (after, OCG_PART_TOOL_RESULT, part->id);
  if (part->type == OCG_PART_TOOL_RESULT)
    return !turn_has (before, OCG_PART_TOOL_CALL, part->id);
  return FALSE;
}

/* Results first, as the API wants them. Nothing is written when nothing is left to say. */
static void
write_turn (OcgJsonWriter *writer, OcgModel *model, const Turn *turn, const Turn *before,
            const Turn *after)
{
  gsize start = writer->out->len;
  gboolean needed_comma = writer->needs_comma;
  gboolean any = FALSE;

  ocg_json_open (writer, '{');
  ocg_json_member_string (writer, "role",
                          wire_role (g_ptr_array_index (turn->messages, turn->from)));
  ocg_json_key (writer, "content");
  ocg_json_open (writer, '[');
  for (int results = 1; results >= 0; results--)
    for (guint i = turn->from; i < turn->to; i++)
      {
        OcgMessage *message = g_ptr_array_index (turn->messages, i);

        for (guint j = 0; message->role != OCG_ROLE_SYSTEM && j < message->parts->len; j++)
          {
            OcgPart *part = g_ptr_array_index (message->parts, j);

            if ((part->type == OCG_PART_TOOL_RESULT) == (results == 1)
                && !is_orphan (part, before, after))
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

static void
write_messages (OcgJsonWriter *writer, OcgModel *model, GPtrArray *messages)
{
  g_autoptr (GArray) turns = find_turns (messages);

  ocg_json_key (writer, "messages");
  ocg_json_open (writer, '[');
  for (guint i = 0; i < turns->len; i++)
    write_turn (writer, model, &g_array_index (turns, Turn, i),
                i > 0 ? &g_array_index (turns, Turn, i - 1) : NULL,
                i + 1 < turns->len ? &g_array_index (turns, Turn, i + 1) : NULL);
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
  if (temperature >= 0 && !has_budget && ocg_anthropic_has_flag (model, "supportsTemperature", TRUE))
    {
      ocg_json_key (writer, "temperature");
      ocg_json_double (writer, MIN (temperature, 1.0));
    }
  if (chat->top_p >= 0 && !has_budget && ocg_anthropic_has_flag (model, "supportsTemperature", TRUE))
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
write_thinking_plan (OcgJsonWriter *writer, const OcgThinkingPlan *plan, OcgChat *chat)
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

/* A tool that must be called rules out thinking; MiniMax has no such rule. */
static OcgThinkingPlan
choose_thinking (OcgModel *model, OcgChat *chat)
{
  gboolean must_call
      = chat->tools->len > 0
        && (chat->tool_choice == OCG_TOOL_CHOICE_REQUIRED
            || chat->tool_choice == OCG_TOOL_CHOICE_NAMED);

  if (must_call && !g_str_equal (ocg_model_get_family (model), "minimax"))
    return (OcgThinkingPlan){ NULL, NULL, 0 };
  return ocg_anthropic_plan_thinking (model, chat->thinking);
}

void
ocg_anthropic_build (OcgWireRequest *request, OcgModel *model, OcgChat *chat)
{
  GString *body = g_string_new (NULL);
  OcgJsonWriter writer = OCG_JSON_WRITER_INIT (body);
  OcgThinkingPlan plan = choose_thinking (model, chat);
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
