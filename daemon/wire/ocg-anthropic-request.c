/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-anthropic-request.h"

#include <string.h>

#include "ocg-anthropic-thinking.h"
#include "ocg-compat.h"
#include "ocg-history.h"
#include "ocg-json-writer.h"
#include "ocg-json.h"
#include "ocg-replay.h"

#define API "anthropic-messages"

/* The value that every compatible server knows. */
#define API_VERSION "2023-06-01"

/* What OpenClaw asks for unless told otherwise; models may end sooner. */
#define DEFAULT_MAX_TOKENS 32000

/* The API refuses less. */
#define MIN_BUDGET 1024

char *
ocg_anthropic_get_url (OcgModel *model)
{
  const char *base = model->provider->base_url;

  if (g_str_has_suffix (base, "/messages"))
    return g_strdup (base);
  /* Some catalogues list the base with the version on its end. */
  return g_strconcat (base, g_str_has_suffix (base, "/v1") ? "/messages" : "/v1/messages", NULL);
}

static const OcgIdRules id_rules = { G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-", 64, FALSE };

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
write_tool_call (OcgJsonWriter *writer, OcgHistory *history, OcgPart *part)
{
  ocg_json_open (writer, '{');
  ocg_json_member_string (writer, "type", "tool_use");
  ocg_json_member_string (writer, "id", ocg_history_get_id (history, part));
  ocg_json_member_string (writer, "name", part->name);
  ocg_json_key (writer, "input");
  ocg_json_raw (writer, part->arguments);
  ocg_json_close (writer, '}');
}

static void
write_tool_result (OcgJsonWriter *writer, OcgHistory *history, OcgPart *part)
{
  ocg_json_open (writer, '{');
  ocg_json_member_string (writer, "type", "tool_result");
  ocg_json_member_string (writer, "tool_use_id", ocg_history_get_id (history, part));
  ocg_json_key (writer, "content");
  ocg_json_open (writer, '[');
  for (guint i = 0; i < part->content->len; i++)
    {
      OcgPart *inner = g_ptr_array_index (part->content, i);

      if (inner->type == OCG_PART_IMAGE)
        write_image (writer, inner);
      else if (!ocg_history_is_blank (inner->text))
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

/* A replay comes through the client: only what a thinking block consists of is taken from it. */
static gboolean
write_thinking_block (OcgJsonWriter *writer, JsonObject *block)
{
  const char *type = ocg_json_get_string (block, "type");
  const char *thinking = ocg_json_get_string (block, "thinking");
  const char *signature = ocg_json_get_string (block, "signature");
  const char *data = ocg_json_get_string (block, "data");
  gboolean is_redacted = g_strcmp0 (type, "redacted_thinking") == 0 && data != NULL;

  if (!is_redacted
      && (g_strcmp0 (type, "thinking") != 0 || thinking == NULL || signature == NULL))
    return FALSE;
  ocg_json_open (writer, '{');
  ocg_json_member_string (writer, "type", type);
  ocg_json_member_string (writer, "thinking", is_redacted ? NULL : thinking);
  ocg_json_member_string (writer, "signature", is_redacted ? NULL : signature);
  ocg_json_member_string (writer, "data", is_redacted ? data : NULL);
  ocg_json_close (writer, '}');
  return TRUE;
}

/* A thinking block goes back to the family that signed it, unchanged; others never see it. */
static gboolean
write_thinking (OcgJsonWriter *writer, OcgPart *part, OcgWireRequest *request, OcgModel *model)
{
  g_autofree char *family = ocg_replay_dup_family (API, model);
  g_autoptr (JsonObject) block = ocg_replay_unpack (part->replay, API, family);

  if (block == NULL || (request->mends & OCG_MEND_REASONING) != 0)
    return FALSE;
  return write_thinking_block (writer, block);
}

static gboolean
write_part (OcgJsonWriter *writer, OcgHistory *history, OcgPart *part, OcgWireRequest *request,
            OcgModel *model)
{
  switch (part->type)
    {
    case OCG_PART_TEXT:
      write_text (writer, part->text);
      return TRUE;
    case OCG_PART_IMAGE:
      write_image (writer, part);
      return TRUE;
    case OCG_PART_THINKING:
      return write_thinking (writer, part, request, model);
    case OCG_PART_TOOL_CALL:
      write_tool_call (writer, history, part);
      return TRUE;
    case OCG_PART_TOOL_RESULT:
      write_tool_result (writer, history, part);
      return TRUE;
    }
  return FALSE;
}

/* Results first, as the API wants them. */
static void
write_turn (OcgJsonWriter *writer, OcgHistory *history, OcgTurn *turn, OcgWireRequest *request,
            OcgModel *model)
{
  ocg_json_open (writer, '{');
  ocg_json_member_string (writer, "role", turn->is_assistant ? "assistant" : "user");
  ocg_json_key (writer, "content");
  ocg_json_open (writer, '[');
  for (guint i = 0; i < turn->results->len; i++)
    write_part (writer, history, g_ptr_array_index (turn->results, i), request, model);
  for (guint i = 0; i < turn->parts->len; i++)
    write_part (writer, history, g_ptr_array_index (turn->parts, i), request, model);
  ocg_json_close (writer, ']');
  ocg_json_close (writer, '}');
}

static void
write_messages (OcgJsonWriter *writer, OcgHistory *history, OcgWireRequest *request,
                OcgModel *model)
{
  ocg_json_key (writer, "messages");
  ocg_json_open (writer, '[');
  for (guint i = 0; i < history->turns->len; i++)
    write_turn (writer, history, g_ptr_array_index (history->turns, i), request, model);
  ocg_json_close (writer, ']');
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
write_sampling (OcgJsonWriter *writer, OcgWireRequest *request, OcgModel *model, OcgChat *chat,
                gboolean has_budget)
{
  gboolean takes = !has_budget && (request->mends & OCG_MEND_TEMPERATURE) == 0
                   && ocg_compat_get (model, "supportsTemperature", TRUE);

  /* Anthropic refuses more than 1 and, with a thinking budget, any temperature. */
  if (chat->temperature >= 0 && takes)
    {
      ocg_json_key (writer, "temperature");
      ocg_json_double (writer, MIN (ocg_compat_fit_sampling (model, chat->temperature), 1.0));
    }
  if (chat->top_p >= 0 && takes)
    {
      ocg_json_key (writer, "top_p");
      ocg_json_double (writer, ocg_compat_fit_sampling (model, chat->top_p));
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
write_thinking_plan (OcgJsonWriter *writer, const OcgThinkingPlan *plan, OcgModel *model,
                     OcgChat *chat)
{
  /* MiniMax knows no output_config: it is asked in words. */
  gboolean has_format = chat->format_schema != NULL
                        && !g_str_equal (ocg_model_get_family (model), "minimax");

  if (plan->type != NULL)
    {
      ocg_json_key (writer, "thinking");
      ocg_json_open (writer, '{');
      ocg_json_member_string (writer, "type", plan->type);
      if (plan->budget > 0)
        ocg_json_member_int (writer, "budget_tokens", plan->budget);
      ocg_json_close (writer, '}');
    }
  if (plan->effort == NULL && !has_format)
    return;
  ocg_json_key (writer, "output_config");
  ocg_json_open (writer, '{');
  ocg_json_member_string (writer, "effort", plan->effort);
  if (has_format)
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
choose_thinking (OcgWireRequest *request, OcgModel *model, OcgChat *chat)
{
  OcgThinkingPlan plan;
  gboolean must_call
      = chat->tools->len > 0
        && (chat->tool_choice == OCG_TOOL_CHOICE_REQUIRED
            || chat->tool_choice == OCG_TOOL_CHOICE_NAMED);

  if (must_call && !g_str_equal (ocg_model_get_family (model), "minimax"))
    {
      /* The newest think unless told not to. */
      plan = ocg_anthropic_plan_thinking (model, OCG_THINKING_OFF);
      return g_strcmp0 (plan.type, "disabled") == 0
                     && ocg_compat_get (model, "forceAdaptiveThinking", FALSE)
                 ? plan
                 : (OcgThinkingPlan){ NULL, NULL, 0 };
    }
  plan = ocg_anthropic_plan_thinking (model, chat->thinking);
  if ((request->mends & OCG_MEND_THINKING_WORD) != 0 && plan.type != NULL
      && !g_str_equal (plan.type, "disabled"))
    plan = (OcgThinkingPlan){ plan.budget > 0 ? "adaptive" : "enabled", NULL,
                              plan.budget > 0 ? 0 : 8192 };
  return plan;
}

void
ocg_anthropic_build (OcgWireRequest *request, OcgModel *model, OcgChat *chat)
{
  GString *body = g_string_new (NULL);
  OcgJsonWriter writer = OCG_JSON_WRITER_INIT (body);
  g_autoptr (OcgHistory) history = ocg_history_new (chat, &id_rules);
  OcgThinkingPlan plan = choose_thinking (request, model, chat);
  guint64 max_tokens = plan_max_tokens (model, chat, plan.budget);

  if (g_str_equal (ocg_model_get_family (model), "minimax"))
    ocg_history_ask_for_schema (history, chat);
  /* A budget must leave room for the answer. */
  if (plan.budget > 0 && plan.budget >= max_tokens)
    plan.budget = (guint) (max_tokens / 2);
  if (plan.type != NULL && g_str_equal (plan.type, "enabled") && plan.budget < MIN_BUDGET)
    plan = (OcgThinkingPlan){ NULL, NULL, 0 };

  g_hash_table_replace (request->headers, g_strdup ("anthropic-version"), g_strdup (API_VERSION));
  ocg_json_open (&writer, '{');
  ocg_json_member_string (&writer, "model", model->id);
  ocg_json_member_int (&writer, "max_tokens", (gint64) max_tokens);
  ocg_json_key (&writer, "stream");
  ocg_json_boolean (&writer, chat->stream);
  ocg_json_member_string (&writer, "system", history->system);
  write_messages (&writer, history, request, model);
  write_tools (&writer, chat);
  write_thinking_plan (&writer, &plan, model, chat);
  write_sampling (&writer, request, model, chat, plan.budget > 0);
  ocg_json_close (&writer, '}');
  request->body = g_string_free_to_bytes (body);
}
