/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* https://platform.openai.com/docs/api-reference/responses-streaming, and what LM Studio and others
 * make of it. */

#include "ocg-json-skim.h"
#include "ocg-json.h"
#include "ocg-openai-responses-request.h"
#include "ocg-response-content.h"
#include "ocg-wire-apis.h"

typedef struct
{
  OcgDecoder base;
  OcgResponseContent content;
} ResponsesDecoder;

static void
decoder_init (OcgDecoder *base)
{
  ocg_response_content_init (&((ResponsesDecoder *) base)->content, base);
}

static void
decoder_clear (OcgDecoder *base)
{
  ocg_response_content_clear (&((ResponsesDecoder *) base)->content);
}

static OcgItemKey
read_key (JsonObject *event)
{
  OcgItemKey key = { ocg_json_get_string (event, "item_id"), ocg_json_get_string (event, "call_id"),
                     -1 };

  ocg_json_get_int (event, "output_index", &key.index);
  return key;
}

static OcgPiecePlace
read_place (JsonObject *event, OcgPieceType type)
{
  OcgPiecePlace place = { read_key (event), type, 0 };

  ocg_json_get_int (event, type == OCG_PIECE_SUMMARY ? "summary_index" : "content_index",
                    &place.index);
  return place;
}

/* Returns: whether it is an event of a text. */
static gboolean
take_text_event (ResponsesDecoder *self, JsonObject *event, const char *name)
{
  static const struct
  {
    const char *name;
    OcgPieceType type;
    const char *fragment;
    const char *whole;
  } rows[] = {
    { "output_text.delta", OCG_PIECE_TEXT, "delta", NULL },
    { "reasoning_summary_text.delta", OCG_PIECE_SUMMARY, "delta", NULL },
    { "reasoning_text.delta", OCG_PIECE_THOUGHT, "delta", NULL },
    { "refusal.delta", OCG_PIECE_REFUSAL, "delta", NULL },
    { "output_text.done", OCG_PIECE_TEXT, NULL, "text" },
    { "reasoning_summary_text.done", OCG_PIECE_SUMMARY, NULL, "text" },
    { "reasoning_text.done", OCG_PIECE_THOUGHT, NULL, "text" },
    { "refusal.done", OCG_PIECE_REFUSAL, NULL, "refusal" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      OcgPiecePlace place;
      OcgPiece *piece;

      if (!g_str_equal (rows[i].name, name))
        continue;
      place = read_place (event, rows[i].type);
      piece = ocg_response_content_get_piece (&self->content, &place);
      if (rows[i].fragment != NULL)
        ocg_response_content_add_text (&self->content, piece,
                                       ocg_json_get_string (event, rows[i].fragment));
      else
        ocg_response_content_set_text (&self->content, piece,
                                       ocg_json_get_string (event, rows[i].whole), TRUE);
      return TRUE;
    }
  return FALSE;
}

/* "content_part.added", "reasoning_summary_part.done", … */
static void
take_part_event (ResponsesDecoder *self, JsonObject *event, gboolean is_done)
{
  OcgPiecePlace place;
  OcgPieceType type;
  const char *text;

  if (!ocg_response_content_read_part (ocg_json_get_object (event, "part"), &type, &text))
    return;
  place = read_place (event, type);
  ocg_response_content_set_text (
      &self->content, ocg_response_content_get_piece (&self->content, &place), text, is_done);
}

static void
take_item_event (ResponsesDecoder *self, JsonObject *event, OcgItemEvent what)
{
  OcgItemKey key = read_key (event);

  ocg_response_content_take_item (&self->content, what, &key, ocg_json_get_object (event, "item"));
}

static void
take_arguments_event (ResponsesDecoder *self, JsonObject *event, gboolean is_done)
{
  OcgItemKey key = read_key (event);
  OcgItem *call = ocg_response_content_get_call (&self->content, &key);

  if (is_done)
    ocg_response_content_set_arguments (&self->content, call, ocg_json_get_string (event, "name"),
                                        ocg_json_get_string (event, "arguments"));
  else
    ocg_response_content_add_arguments (&self->content, call,
                                        ocg_json_get_string (event, "delta"));
}

/* Tokens from and to the cache are part of the input here. @response: (nullable) */
static void
take_usage (OcgDecoder *base, JsonObject *response)
{
  JsonObject *json = ocg_json_get_object (response, "usage");
  JsonObject *details = ocg_json_get_object (json, "input_tokens_details");
  OcgUsage usage = OCG_USAGE_UNKNOWN;

  ocg_json_get_int (json, "input_tokens", &usage.input);
  ocg_json_get_int (json, "output_tokens", &usage.output);
  ocg_json_get_int (details, "cached_tokens", &usage.cache_read);
  ocg_json_get_int (details, "cache_write_tokens", &usage.cache_write);
  if (usage.input >= 0)
    usage.input = MAX (usage.input - MAX (usage.cache_read, 0) - MAX (usage.cache_write, 0), 0);
  ocg_decoder_add_usage (base, usage);
}

/* @root: an event, or a body. */
static void
decode_usage (OcgDecoder *base, JsonObject *root)
{
  JsonObject *response = ocg_json_get_object (root, "response");

  take_usage (base, response != NULL ? response : root);
}

static void
take_stop (ResponsesDecoder *self, JsonObject *response)
{
  g_autofree char *refusal = ocg_response_content_dup_refusal (&self->content);
  const char *reason
      = ocg_json_get_string (ocg_json_get_object (response, "incomplete_details"), "reason");
  OcgStopReason stop = OCG_STOP_STOP;

  if (self->content.is_incomplete)
    stop = g_strcmp0 (reason, "content_filter") == 0 ? OCG_STOP_CONTENT_FILTER : OCG_STOP_LENGTH;
  else if (refusal != NULL)
    stop = OCG_STOP_REFUSAL;
  else if (self->base.n_calls > 0)
    stop = OCG_STOP_TOOL_CALLS;
  if (stop == OCG_STOP_LENGTH && g_strcmp0 (reason, "max_output_tokens") != 0)
    g_debug ("the response is incomplete for an unknown reason");
  ocg_decoder_add_stop (&self->base, stop, refusal);
}

/* The base knows the error of "response.failed"; what else has failed is told in its words. */
static void
fail (ResponsesDecoder *self, JsonObject *response)
{
  g_autoptr (JsonObject) event = json_object_new ();

  json_object_set_string_member (event, "type", "response.failed");
  if (response != NULL)
    json_object_set_object_member (event, "response", json_object_ref (response));
  ocg_decoder_fail (&self->base, ocg_error_reply_new_from_json (0, event));
}

static gboolean
has_failed (const char *status)
{
  return g_strcmp0 (status, "failed") == 0 || g_strcmp0 (status, "cancelled") == 0;
}

/* @response: (nullable) */
static void
end_response (ResponsesDecoder *self, JsonObject *response, const char *status)
{
  JsonArray *output = ocg_json_get_array (response, "output");

  if (has_failed (status))
    {
      take_usage (&self->base, response);
      fail (self, response);
      return;
    }
  ocg_response_content_begin_list (&self->content, g_strcmp0 (status, "incomplete") == 0);
  for (guint i = 0; output != NULL && i < json_array_get_length (output); i++)
    {
      OcgItemKey key = { NULL, NULL, i };

      ocg_response_content_take_item (&self->content, OCG_ITEM_LISTED, &key,
                                      ocg_json_array_get_object (output, i));
    }
  ocg_response_content_end (&self->content);
  take_usage (&self->base, response);
  if (self->base.state != OCG_DECODER_RUNNING)
    return;
  take_stop (self, response);
  ocg_decoder_complete (&self->base);
}

/* @name: how the event says that the response has ended */
static void
take_end_event (ResponsesDecoder *self, JsonObject *event, const char *name)
{
  JsonObject *response = ocg_json_get_object (event, "response");
  const char *status = ocg_json_get_string (response, "status");

  /* Some servers say "completed" of everything. */
  if (status == NULL || !g_str_equal (name, "completed"))
    status = name;
  end_response (self, response, status);
}

static void
decode_event (OcgDecoder *base, JsonObject *event)
{
  ResponsesDecoder *self = (ResponsesDecoder *) base;
  const char *name = ocg_json_get_string (event, "type");

  if (name == NULL || !g_str_has_prefix (name, "response."))
    return;
  name += strlen ("response.");
  if (take_text_event (self, event, name))
    return;
  if (g_str_equal (name, "function_call_arguments.delta"))
    take_arguments_event (self, event, FALSE);
  else if (g_str_equal (name, "function_call_arguments.done"))
    take_arguments_event (self, event, TRUE);
  else if (g_str_equal (name, "output_item.added"))
    take_item_event (self, event, OCG_ITEM_ANNOUNCED);
  else if (g_str_equal (name, "output_item.done"))
    take_item_event (self, event, OCG_ITEM_WHOLE);
  else if (g_str_equal (name, "content_part.added")
           || g_str_equal (name, "reasoning_summary_part.added"))
    take_part_event (self, event, FALSE);
  else if (g_str_equal (name, "content_part.done")
           || g_str_equal (name, "reasoning_summary_part.done"))
    take_part_event (self, event, TRUE);
  else if (g_str_equal (name, "completed") || g_str_equal (name, "incomplete")
           || has_failed (name))
    take_end_event (self, event, name);
}

enum
{
  TYPE,
  ITEM_ID,
  CALL_ID,
  OUTPUT_INDEX,
  CONTENT_INDEX,
  SUMMARY_INDEX,
  DELTA,
  /* What follows must not be there. */
  ERROR,
  BASE_RESP,
  N_WANTED
};

static const OcgJsonWanted wanted[N_WANTED] = {
  [TYPE] = { -1, "type" },
  [ITEM_ID] = { -1, "item_id" },
  [CALL_ID] = { -1, "call_id" },
  [OUTPUT_INDEX] = { -1, "output_index" },
  [CONTENT_INDEX] = { -1, "content_index" },
  [SUMMARY_INDEX] = { -1, "summary_index" },
  [DELTA] = { -1, "delta" },
  [ERROR] = { -1, "error" },
  [BASE_RESP] = { -1, "base_resp" },
};

/* Returns: whether it is absent or an index. */
static gboolean
read_index (const OcgJsonSlice *slice, gint64 *index)
{
  guint value;

  if (slice->kind == OCG_JSON_ABSENT)
    return TRUE;
  if (!ocg_json_slice_get_index (slice, &value))
    return FALSE;
  *index = value;
  return TRUE;
}

/* Where the deltas of everything but refusals belong. @place: what of them is text */
static gboolean
read_delta (const OcgJsonSlice *found, OcgPiecePlace *place, gboolean *is_call)
{
  const OcgJsonSlice *type = &found[TYPE];

  if (found[ITEM_ID].kind != OCG_JSON_STRING || found[DELTA].kind != OCG_JSON_STRING
      || found[CALL_ID].kind != OCG_JSON_ABSENT || found[ERROR].kind != OCG_JSON_ABSENT
      || found[BASE_RESP].kind != OCG_JSON_ABSENT)
    return FALSE;
  *is_call = ocg_json_slice_is (type, "response.function_call_arguments.delta");
  if (ocg_json_slice_is (type, "response.reasoning_summary_text.delta"))
    place->type = OCG_PIECE_SUMMARY;
  else if (ocg_json_slice_is (type, "response.reasoning_text.delta"))
    place->type = OCG_PIECE_THOUGHT;
  else if (!*is_call && !ocg_json_slice_is (type, "response.output_text.delta"))
    return FALSE;
  return read_index (&found[OUTPUT_INDEX], &place->item.index)
         && read_index (&found[place->type == OCG_PIECE_SUMMARY ? SUMMARY_INDEX : CONTENT_INDEX],
                        &place->index);
}

static gboolean
decode_quickly (OcgDecoder *base, const char *event, gsize length)
{
  ResponsesDecoder *self = (ResponsesDecoder *) base;
  OcgJsonSlice found[N_WANTED];
  OcgPiecePlace place = { { NULL, NULL, -1 }, OCG_PIECE_TEXT, 0 };
  gboolean is_call;

  if (!ocg_json_skim (event, length, wanted, N_WANTED, found)
      || !read_delta (found, &place, &is_call))
    return FALSE;
  /* The buffer holds the id and then the text. */
  place.item.id = ocg_json_slice_read (&found[ITEM_ID], base->scratch);
  if (is_call)
    {
      OcgItem *call = ocg_response_content_get_call (&self->content, &place.item);

      ocg_response_content_add_arguments (&self->content, call,
                                          ocg_json_slice_read (&found[DELTA], base->scratch));
    }
  else
    {
      OcgPiece *piece = ocg_response_content_get_piece (&self->content, &place);

      ocg_response_content_add_text (&self->content, piece,
                                     ocg_json_slice_read (&found[DELTA], base->scratch));
    }
  return TRUE;
}

static void
decode_body (OcgDecoder *base, JsonObject *body)
{
  const char *status = ocg_json_get_string (body, "status");

  if (g_strcmp0 (status, "in_progress") == 0 || g_strcmp0 (status, "queued") == 0)
    ocg_decoder_break_off (base, "the answer is not finished");
  else if (!has_failed (status) && ocg_json_get_array (body, "output") == NULL)
    ocg_decoder_break_off (base, "the answer has no output array");
  else
    end_response ((ResponsesDecoder *) base, body, status);
}

const OcgWire ocg_wire_openai_responses = {
  .api = "openai-responses",
  .get_url = ocg_openai_responses_get_url,
  .build = ocg_openai_responses_build,
  .decoder_size = sizeof (ResponsesDecoder),
  .decoder_init = decoder_init,
  .decoder_clear = decoder_clear,
  .decode_quickly = decode_quickly,
  .decode_event = decode_event,
  .decode_body = decode_body,
  .decode_usage = decode_usage,
  .tolerates_garbled_events = TRUE,
  .replays_to_one_model = TRUE,
};
