/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "responses.h"

#include <string.h>

#include "text.h"

#define ARGUMENTS_PIECE 7

typedef struct
{
  const Answer *answer;
  guint quirks;
  GPtrArray *pending; /* of Pending*, in order */
} Writer;

/* An event that has no sequence number yet. */
typedef struct
{
  EventKind kind;
  const char *name;
  guint item; /* index of the item it belongs to */
  JsonObject *data;
} Pending;

static void
pending_free (gpointer data)
{
  Pending *self = data;

  json_object_unref (self->data);
  g_free (self);
}

static void
add (Writer *self, EventKind kind, const char *name, guint item, JsonObject *data)
{
  Pending *pending = g_new0 (Pending, 1);

  *pending = (Pending){ .kind = kind, .name = name, .item = item, .data = data };
  g_ptr_array_add (self->pending, pending);
}

/* What says where an event of item @index belongs. */
static JsonObject *
place (Writer *self, guint index)
{
  g_autofree char *id = responses_item_id (self->answer, index);
  JsonObject *data = json_make (NULL, NULL);

  if (!(self->quirks & RESPONSES_INDEX_ONLY))
    json_extend (data, "s:item_id", id, NULL);
  json_extend (data, "i:output_index", (int)index, NULL);
  return data;
}

static JsonObject *
part_place (Writer *self, guint index, const char *member, guint n)
{
  JsonObject *data = place (self, index);

  json_object_set_int_member (data, member, n);
  return data;
}

static void
add_part (Writer *self, guint index, const char *name, JsonObject *part)
{
  JsonObject *data = part_place (self, index, "content_index", 0);

  json_extend (data, "o:part", part, NULL);
  add (self, EVENT_FRAME, name, index, data);
}

static void
add_item (Writer *self, guint index, gboolean done)
{
  const Block *block = self->answer->blocks->pdata[index];
  EventKind kind = block->type == BLOCK_TOOL && !done ? EVENT_CONTENT : EVENT_FRAME;
  JsonObject *data = json_make ("i:output_index", (int)index, "o:item",
                                responses_item (self->answer, index, done, self->quirks), NULL);

  if (done && index == self->answer->blocks->len - 1)
    kind = EVENT_STOPPING;
  add (self, kind, done ? "response.output_item.done" : "response.output_item.added", index, data);
}

/* Words of a part of an item, whose number is @n in @member. */
static void
add_words (
    Writer *self, guint index, const char *name, const char *member, guint n, const char *text)
{
  g_autoptr (GPtrArray) words = text_split (text);
  gboolean is_text = strcmp (name, "response.output_text.delta") == 0;

  for (guint i = 0; i < words->len; i++)
    {
      JsonObject *data = part_place (self, index, member, n);

      json_extend (data, "s:delta", words->pdata[i], NULL);
      if (is_text && !(self->quirks & RESPONSES_NO_SEQUENCE))
        json_extend (data, "a:logprobs", json_list (NULL, NULL), NULL);
      add (self, EVENT_CONTENT, name, index, data);
    }
}

static void
add_done (Writer *self,
          guint index,
          const char *name,
          const char *member,
          guint n,
          const char *what,
          const char *text)
{
  JsonObject *data = part_place (self, index, member, n);

  json_object_set_string_member (data, what, text);
  add (self, EVENT_FRAME, name, index, data);
}

static JsonObject *
text_part (const char *text)
{
  return json_make ("s:type", "output_text", "s:text", text, "a:annotations",
                    json_list (NULL, NULL), NULL);
}

static void
add_text (Writer *self, guint index, const char *text)
{
  guint quirks = self->quirks;
  guint late = RESPONSES_TEXT_DONE | RESPONSES_TEXT_ITEM;

  add_item (self, index, FALSE);
  if (!(quirks & RESPONSES_NO_PART))
    add_part (self, index, "response.content_part.added", text_part (""));
  if (!(quirks & late))
    add_words (self, index, "response.output_text.delta", "content_index", 0, text);
  if (!(quirks & (RESPONSES_TEXT_ITEM | RESPONSES_NULL_CONTENT)))
    add_done (self, index, "response.output_text.done", "content_index", 0, "text", text);
  if (!(quirks & (RESPONSES_NO_PART | RESPONSES_TEXT_ITEM | RESPONSES_NULL_CONTENT)))
    add_part (self, index, "response.content_part.done", text_part (text));
  add_item (self, index, TRUE);
}

static void
add_refusal (Writer *self, guint index)
{
  add_item (self, index, FALSE);
  add_part (self, index, "response.content_part.added",
            json_make ("s:type", "refusal", "s:refusal", "", NULL));
  add_words (self, index, "response.refusal.delta", "content_index", 0, RESPONSES_REFUSAL);
  add_done (self, index, "response.refusal.done", "content_index", 0, "refusal", RESPONSES_REFUSAL);
  add_part (self, index, "response.content_part.done",
            json_make ("s:type", "refusal", "s:refusal", RESPONSES_REFUSAL, NULL));
  add_item (self, index, TRUE);
}

static void
add_summary_part (Writer *self, guint index, guint n, const char *text)
{
  JsonObject *added = part_place (self, index, "summary_index", n);
  JsonObject *done = part_place (self, index, "summary_index", n);

  json_extend (added, "o:part", json_make ("s:type", "summary_text", "s:text", "", NULL), NULL);
  json_extend (done, "o:part", json_make ("s:type", "summary_text", "s:text", text, NULL), NULL);
  add (self, EVENT_FRAME, "response.reasoning_summary_part.added", index, added);
  add_words (self, index, "response.reasoning_summary_text.delta", "summary_index", n, text);
  add_done (self, index, "response.reasoning_summary_text.done", "summary_index", n, "text", text);
  add (self, EVENT_FRAME, "response.reasoning_summary_part.done", index, done);
}

static void
add_thought (Writer *self, guint index, const Block *block)
{
  if (self->quirks & RESPONSES_THOUGHT_DONE)
    {
      JsonObject *data = part_place (self, index, "content_index", 0);

      json_extend (data, "s:text", block->text, NULL);
      add (self, EVENT_CONTENT, "response.reasoning_text.done", index, data);
      return;
    }
  add_item (self, index, FALSE);
  if (self->quirks & RESPONSES_RAW)
    {
      add_part (self, index, "response.content_part.added",
                json_make ("s:type", "reasoning_text", "s:text", "", NULL));
      add_words (self, index, "response.reasoning_text.delta", "content_index", 0, block->text);
      add_done (self, index, "response.reasoning_text.done", "content_index", 0, "text",
                block->text);
      add_part (self, index, "response.content_part.done",
                json_make ("s:type", "reasoning_text", "s:text", block->text, NULL));
    }
  else
    {
      g_autoptr (GPtrArray) parts = responses_summary (block, self->quirks);

      for (guint i = 0; i < parts->len; i++)
        add_summary_part (self, index, i, parts->pdata[i]);
    }
  add_item (self, index, TRUE);
}

static void
add_argument_deltas (Writer *self, guint index, const char *arguments)
{
  while (*arguments)
    {
      const char *end = arguments;
      JsonObject *data = place (self, index);
      g_autofree char *piece = NULL;

      for (guint i = 0; i < ARGUMENTS_PIECE && *end; i++)
        end = g_utf8_next_char (end);
      piece = g_strndup (arguments, end - arguments);
      json_extend (data, "s:delta", piece, NULL);
      add (self, EVENT_CONTENT, "response.function_call_arguments.delta", index, data);
      arguments = end;
    }
}

static void
add_call (Writer *self, guint index, const Block *block)
{
  guint quirks = self->quirks;

  add_item (self, index, FALSE);
  if (!(quirks & (RESPONSES_ARGUMENTS_DONE | RESPONSES_ARGUMENTS_ITEM)))
    add_argument_deltas (self, index, block->text);
  if (!(quirks & RESPONSES_ARGUMENTS_ITEM))
    {
      JsonObject *data = place (self, index);

      json_extend (data, "s:name", block->name, "s:arguments", block->text, NULL);
      add (self, EVENT_FRAME, "response.function_call_arguments.done", index, data);
    }
  add_item (self, index, TRUE);
}

static void
add_block (Writer *self, guint index)
{
  const Block *block = self->answer->blocks->pdata[index];

  switch (block->type)
    {
    case BLOCK_TEXT:
      if (strcmp (self->answer->stop_reason, "refusal") == 0)
        add_refusal (self, index);
      else
        add_text (self, index, block->text);
      break;
    case BLOCK_THINKING:
      add_thought (self, index, block);
      break;
    case BLOCK_REDACTED:
      add_item (self, index, FALSE);
      add_item (self, index, TRUE);
      break;
    case BLOCK_TOOL:
    default:
      add_call (self, index, block);
      break;
    }
}

/* Lets the items take turns, each in its own order. */
static void
interleave (Writer *self)
{
  g_autoptr (GPtrArray) all = g_steal_pointer (&self->pending);
  guint left = all->len;

  self->pending = g_ptr_array_new_with_free_func (pending_free);
  while (left > 0)
    for (guint item = 0; item < self->answer->blocks->len; item++)
      for (guint i = 0; i < all->len; i++)
        {
          Pending *pending = all->pdata[i];

          if (!pending || pending->item != item)
            continue;
          g_ptr_array_add (self->pending, pending);
          all->pdata[i] = NULL;
          left--;
          break;
        }
  g_ptr_array_set_free_func (all, NULL);
}

static void
add_begin (Writer *self)
{
  add (self, EVENT_OPENING, "response.created", 0,
       json_make ("o:response", responses_response (self->answer, self->quirks, "in_progress"),
                  NULL));
  add (self, EVENT_OPENING, "response.in_progress", 0,
       json_make ("o:response", responses_response (self->answer, self->quirks, "in_progress"),
                  NULL));
}

static void
add_terminal (Writer *self)
{
  static const char *const names[][2] = { { "completed", "response.completed" },
                                          { "incomplete", "response.incomplete" },
                                          { "failed", "response.failed" },
                                          { "cancelled", "response.cancelled" } };
  const char *status = responses_status (self->answer, self->quirks);
  /* The terminal response is whole even if what streamed was not. */
  guint quirks = self->quirks & ~(guint)RESPONSES_NULL_CONTENT;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i][0], status) == 0)
      add (self, EVENT_TERMINAL, names[i][1], 0,
           json_make ("o:response", responses_response (self->answer, quirks, NULL), NULL));
}

/* Gives the events their numbers and types. */
static void
flush (Writer *self, GPtrArray *events)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      Pending *pending = self->pending->pdata[i];
      JsonObject *data = json_make ("s:type", pending->name, NULL);
      g_autoptr (GList) members = json_object_get_members (pending->data);

      if (!(self->quirks & RESPONSES_NO_SEQUENCE))
        json_extend (data, "i:sequence_number", (int)i, NULL);
      for (GList *l = members; l; l = l->next)
        json_object_set_member (data, l->data, json_object_dup_member (pending->data, l->data));
      g_ptr_array_add (events, event_new_json (pending->kind, pending->name, data));
    }
}

void
responses_events (const Answer *answer, GPtrArray *events)
{
  Writer self = { .answer = answer,
                  .quirks = responses_quirks (answer),
                  .pending = g_ptr_array_new_with_free_func (pending_free) };

  for (guint i = 0; i < answer->blocks->len && !(self.quirks & RESPONSES_TEXT_TERMINAL); i++)
    add_block (&self, i);
  if (self.quirks & RESPONSES_INTERLEAVED)
    interleave (&self);
  {
    g_autoptr (GPtrArray) middle = g_steal_pointer (&self.pending);

    self.pending = g_ptr_array_new_with_free_func (pending_free);
    add_begin (&self);
    g_ptr_array_extend_and_steal (self.pending, g_steal_pointer (&middle));
  }
  if (!(self.quirks & RESPONSES_NO_TERMINAL))
    add_terminal (&self);
  flush (&self, events);
  if (self.quirks & RESPONSES_DONE)
    g_ptr_array_add (events, event_new (EVENT_FRAME, NULL, "[DONE]"));
  g_ptr_array_unref (self.pending);
}
