/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-response-content.h"

#include <string.h>

#include "ocg-json-writer.h"
#include "ocg-json.h"

/* An item or a piece counts for more than its text. */
#define ITEM_COST 512

void
ocg_response_content_init (OcgResponseContent *self, OcgDecoder *decoder)
{
  self->decoder = decoder;
  ocg_response_items_init (&self->items);
  self->refusals = g_ptr_array_new ();
}

void
ocg_response_content_clear (OcgResponseContent *self)
{
  ocg_response_items_clear (&self->items);
  g_ptr_array_unref (self->refusals);
}

static gboolean
is_running (OcgResponseContent *self)
{
  return self->decoder->state == OCG_DECODER_RUNNING;
}

static OcgItem *
get_item (OcgResponseContent *self, OcgItemKind kind, OcgItemEvent event, const OcgItemKey *key)
{
  guint before = self->items.items[kind]->len;
  OcgItem *item = ocg_response_items_get (&self->items, kind, event, key);

  if (self->items.items[kind]->len > before)
    ocg_decoder_keep (self->decoder, ITEM_COST);
  return item;
}

static OcgPiece *
get_piece (OcgResponseContent *self, OcgItem *item, OcgPieceType type, gint64 index)
{
  guint before = item->pieces != NULL ? g_hash_table_size (item->pieces) : 0;
  OcgPiece *piece = ocg_item_get_piece (item, type, index);

  if (g_hash_table_size (item->pieces) == before)
    return piece;
  ocg_decoder_keep (self->decoder, ITEM_COST);
  if (type == OCG_PIECE_REFUSAL)
    g_ptr_array_add (self->refusals, piece);
  return piece;
}

static OcgItemKind
get_kind (OcgPieceType type)
{
  return type == OCG_PIECE_TEXT || type == OCG_PIECE_REFUSAL ? OCG_ITEM_MESSAGE
                                                             : OCG_ITEM_REASONING;
}

static void
leave_text (OcgResponseContent *self)
{
  if (self->current != NULL && self->current->type == OCG_PIECE_TEXT)
    ocg_decoder_end_text (self->decoder);
  self->current = NULL;
}

static void
show_text (OcgResponseContent *self, OcgPiece *piece, const char *text)
{
  if (self->current != piece)
    leave_text (self);
  if (self->last != piece->item || piece->item->shown != piece)
    ocg_decoder_begin_part (self->decoder);
  self->current = piece;
  self->has_output = self->has_output || !self->is_listing;
  ocg_decoder_add_text (self->decoder, text);
}

static void
show_thought (OcgResponseContent *self, OcgPiece *piece, const char *text)
{
  if (self->current == NULL || self->current->item != piece->item)
    {
      leave_text (self);
      ocg_decoder_begin_part (self->decoder);
    }
  else if (self->current != piece && piece->type == OCG_PIECE_SUMMARY)
    {
      ocg_decoder_add_thinking (self->decoder, "\n\n");
    }
  self->current = piece;
  ocg_decoder_add_thinking (self->decoder, text);
}

static void
show (OcgResponseContent *self, OcgPiece *piece, const char *text)
{
  OcgItem *item = piece->item;

  g_string_append (piece->text, text);
  ocg_decoder_keep (self->decoder, strlen (text));
  if (piece->type == OCG_PIECE_REFUSAL || !is_running (self))
    return;
  /* A thought and its summary are the same twice: what comes first is shown. */
  if (item->shown != NULL && item->shown->type != piece->type)
    return;
  if (piece->type == OCG_PIECE_TEXT)
    show_text (self, piece, text);
  else
    show_thought (self, piece, text);
  item->shown = piece;
  self->last = item;
}

OcgPiece *
ocg_response_content_get_piece (OcgResponseContent *self, const OcgPiecePlace *place)
{
  OcgItem *item = get_item (self, get_kind (place->type), OCG_ITEM_FRAGMENT, &place->item);

  return get_piece (self, item, place->type, place->index);
}

void
ocg_response_content_add_text (OcgResponseContent *self, OcgPiece *piece, const char *text)
{
  if (text != NULL && *text != '\0' && !piece->finished && !piece->item->finished)
    show (self, piece, text);
}

/* What the client has got already cannot be taken back, but the item has the last word. */
static void
revise (OcgResponseContent *self, OcgPiece *piece, const char *text)
{
  if (piece->type != OCG_PIECE_TEXT || self->current != piece || piece->text->len == 0
      || g_str_equal (piece->text->str, text) || !is_running (self))
    return;
  g_string_assign (piece->text, text);
  ocg_decoder_revise_text (self->decoder, text);
}

void
ocg_response_content_set_text (OcgResponseContent *self, OcgPiece *piece, const char *text,
                               gboolean is_done)
{
  gsize known;

  piece->finished = piece->finished || is_done;
  if (text == NULL || *text == '\0')
    return;
  if (piece->type == OCG_PIECE_REFUSAL)
    g_string_truncate (piece->text, 0);
  known = piece->text->len;
  if (strlen (text) > known && memcmp (text, piece->text->str, known) == 0)
    show (self, piece, text + known);
  else
    revise (self, piece, text);
}

gboolean
ocg_response_content_read_part (JsonObject *part, OcgPieceType *type, const char **text)
{
  static const struct
  {
    const char *name;
    OcgPieceType type;
    const char *member;
  } rows[] = {
    { "output_text", OCG_PIECE_TEXT, "text" },
    { "refusal", OCG_PIECE_REFUSAL, "refusal" },
    { "summary_text", OCG_PIECE_SUMMARY, "text" },
    { "reasoning_text", OCG_PIECE_THOUGHT, "text" },
  };
  const char *name = ocg_json_get_string (part, "type");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (rows[i].name, name) == 0)
      {
        *type = rows[i].type;
        *text = ocg_json_get_string (part, rows[i].member);
        return TRUE;
      }
  return FALSE;
}

static void
take_parts (OcgResponseContent *self, OcgItem *item, JsonArray *parts)
{
  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    {
      OcgPieceType type;
      const char *text;

      if (ocg_response_content_read_part (ocg_json_array_get_object (parts, i), &type, &text)
          && get_kind (type) == item->kind)
        ocg_response_content_set_text (self, get_piece (self, item, type, i), text, TRUE);
    }
}

static void
add_replay (OcgResponseContent *self, OcgItem *item, const char *block)
{
  item->has_replay = TRUE;
  if (self->last != item)
    {
      leave_text (self);
      ocg_decoder_begin_part (self->decoder);
    }
  self->last = item;
  ocg_decoder_add_replay (self->decoder, block);
}

/* Newer models say whether a message is commentary or the answer, and want to be told again. Text
 * has no replay, so an empty thought before it carries that. */
static void
take_phase (OcgResponseContent *self, OcgItem *item, JsonObject *json)
{
  const char *phase = ocg_json_get_string (json, "phase");
  g_autoptr (GString) block = g_string_new (NULL);
  OcgJsonWriter writer = OCG_JSON_WRITER_INIT (block);

  if (phase == NULL || item->shown != NULL || item->has_replay)
    return;
  ocg_json_open (&writer, '{');
  ocg_json_member_string (&writer, "phase", phase);
  ocg_json_close (&writer, '}');
  add_replay (self, item, block->str);
}

static void
take_message (OcgResponseContent *self, OcgItem *item, JsonObject *json)
{
  take_phase (self, item, json);
  take_parts (self, item, ocg_json_get_array (json, "content"));
  if (self->current != NULL && self->current->item == item)
    leave_text (self);
}

/* Some servers encrypt the thought in the whole response only, when what it led to has been passed
 * on already. The one that began the answer can still say where it stood. */
static void
take_reasoning (OcgResponseContent *self, OcgItem *item, JsonObject *json, gint64 index)
{
  const char *encrypted = ocg_json_get_string (json, "encrypted_content");
  gboolean is_late = self->is_listing && self->has_output && self->last != item;
  g_autoptr (GString) block = g_string_new (NULL);
  OcgJsonWriter writer = OCG_JSON_WRITER_INIT (block);

  take_parts (self, item, ocg_json_get_array (json, "summary"));
  take_parts (self, item, ocg_json_get_array (json, "content"));
  if (encrypted == NULL || *encrypted == '\0' || item->has_replay || (is_late && index != 0))
    return;
  if (is_late)
    {
      ocg_json_open (&writer, '{');
      ocg_json_key (&writer, "lead");
    }
  ocg_json_object (&writer, json);
  if (is_late)
    ocg_json_close (&writer, '}');
  add_replay (self, item, block->str);
}

static void
turn_to_call (OcgResponseContent *self, OcgItem *item)
{
  leave_text (self);
  self->has_output = self->has_output || !self->is_listing;
  self->last = item;
}

static void
start_call (OcgResponseContent *self, OcgItem *item)
{
  if (item->call->started || item->call->id == NULL || item->call->name == NULL)
    return;
  turn_to_call (self, item);
  ocg_decoder_start_call (self->decoder, item->call);
}

static void
end_call (OcgResponseContent *self, OcgItem *item)
{
  if (item->call->ended || !is_running (self))
    return;
  if (!item->call->started)
    turn_to_call (self, item);
  /* Not all servers have an id apart from the item's. */
  if (item->call->id == NULL)
    ocg_wire_call_set_id (item->call, item->id);
  ocg_decoder_end_call (self->decoder, item->call);
}

/* A name that the client has been told stays. */
static void
name_call (OcgItem *item, const char *name)
{
  if (item->call->name == NULL)
    ocg_wire_call_set_name (item->call, name);
}

OcgItem *
ocg_response_content_get_call (OcgResponseContent *self, const OcgItemKey *key)
{
  return get_item (self, OCG_ITEM_CALL, OCG_ITEM_FRAGMENT, key);
}

void
ocg_response_content_add_arguments (OcgResponseContent *self, OcgItem *call, const char *fragment)
{
  if (fragment == NULL)
    return;
  ocg_decoder_keep (self->decoder, strlen (fragment));
  if (is_running (self))
    ocg_decoder_add_arguments (self->decoder, call->call, fragment);
}

/* Fragments that differ from the whole cannot be taken back, but the end of the call has it. */
static void
set_arguments (OcgResponseContent *self, OcgWireCall *call, const char *text)
{
  gsize known = call->arguments->len;

  if (text == NULL || *text == '\0' || call->ended)
    return;
  ocg_decoder_keep (self->decoder, strlen (text));
  if (!is_running (self))
    return;
  if (strlen (text) >= known && memcmp (text, call->arguments->str, known) == 0)
    ocg_decoder_add_arguments (self->decoder, call, text + known);
  else
    g_string_assign (call->arguments, text);
}

void
ocg_response_content_set_arguments (OcgResponseContent *self, OcgItem *call, const char *name,
                                    const char *arguments)
{
  name_call (call, name);
  set_arguments (self, call->call, arguments);
  start_call (self, call);
}

static gboolean
is_cut (OcgResponseContent *self, JsonObject *json)
{
  const char *status = ocg_json_get_string (json, "status");

  return g_strcmp0 (status, "incomplete") == 0
         || (self->is_incomplete && g_strcmp0 (status, "in_progress") == 0);
}

static void
take_call (OcgResponseContent *self, OcgItem *item, JsonObject *json)
{
  JsonObject *object = ocg_json_get_object (json, "arguments");
  g_autoptr (GString) text = g_string_new (NULL);
  OcgJsonWriter writer = OCG_JSON_WRITER_INIT (text);

  if (item->call->ended)
    return;
  item->call->is_broken = is_cut (self, json);
  name_call (item, ocg_json_get_string (json, "name"));
  if (object != NULL)
    ocg_json_object (&writer, object);
  set_arguments (self, item->call, object != NULL ? text->str
                                                  : ocg_json_get_string (json, "arguments"));
  /* Without arguments it waits for the end: some servers send them after the item. */
  if (item->call->is_broken || item->call->arguments->len > 0)
    end_call (self, item);
  else
    start_call (self, item);
}

static gboolean
read_kind (JsonObject *json, OcgItemKind *kind)
{
  static const char *const names[] = { [OCG_ITEM_MESSAGE] = "message",
                                       [OCG_ITEM_REASONING] = "reasoning",
                                       [OCG_ITEM_CALL] = "function_call" };
  const char *type = ocg_json_get_string (json, "type");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i], type) == 0)
      {
        *kind = (OcgItemKind) i;
        return TRUE;
      }
  return FALSE;
}

static void
announce (OcgResponseContent *self, OcgItem *item, JsonObject *json)
{
  item->announced = TRUE;
  if (item->kind == OCG_ITEM_MESSAGE)
    take_phase (self, item, json);
  if (item->kind != OCG_ITEM_CALL)
    return;
  name_call (item, ocg_json_get_string (json, "name"));
  start_call (self, item);
}

/* Items of tools that the server runs itself are passed over. */
void
ocg_response_content_take_item (OcgResponseContent *self, OcgItemEvent event,
                                const OcgItemKey *key, JsonObject *json)
{
  const char *id = ocg_json_get_string (json, "id");
  OcgItemKey full = { id != NULL ? id : key->id, ocg_json_get_string (json, "call_id"),
                      key->index };
  OcgItemKind kind;
  OcgItem *item;

  if (!is_running (self) || !read_kind (json, &kind))
    return;
  item = get_item (self, kind, event, &full);
  if (event == OCG_ITEM_ANNOUNCED)
    {
      announce (self, item, json);
      return;
    }
  if (kind == OCG_ITEM_MESSAGE)
    take_message (self, item, json);
  else if (kind == OCG_ITEM_REASONING)
    take_reasoning (self, item, json, key->index);
  else
    take_call (self, item, json);
  item->finished = TRUE;
  item->listed = event == OCG_ITEM_LISTED;
}

void
ocg_response_content_begin_list (OcgResponseContent *self, gboolean is_incomplete)
{
  self->is_listing = TRUE;
  self->is_incomplete = is_incomplete;
}

void
ocg_response_content_end (OcgResponseContent *self)
{
  GPtrArray *calls = self->items.items[OCG_ITEM_CALL];

  leave_text (self);
  ocg_decoder_end_text (self->decoder);
  for (guint i = 0; i < calls->len; i++)
    {
      OcgItem *item = g_ptr_array_index (calls, i);

      /* Nobody carries out a call of which not all has come. */
      item->call->is_broken
          = item->call->is_broken || (self->is_incomplete && !item->finished);
      end_call (self, item);
    }
}

char *
ocg_response_content_dup_refusal (OcgResponseContent *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < self->refusals->len; i++)
    g_string_append (words, ((OcgPiece *) g_ptr_array_index (self->refusals, i))->text->str);
  return words->len > 0 ? g_strdup (words->str) : NULL;
}
