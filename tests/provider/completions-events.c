/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "completions.h"

#include <string.h>

#include "openai-errors.h"
#include "text.h"

/* Pieces that are no JSON, and no tag, alone. */
#define ARGUMENTS_PIECE 7
#define TAG_PIECE 4

typedef struct
{
  const Answer *answer;
  GPtrArray *events;
  guint quirks;
  guint64 said; /* deltas so far */
} Writer;

/* What a chunk that is not the one with the usage says of it. */
static void
add_running_usage (Writer *self, JsonObject *chunk)
{
  const Answer *answer = self->answer;
  guint64 prompt = answer->input + answer->cache_read + answer->cache_write;

  if (answer->usage == USAGE_NULL)
    json_extend (chunk, "n:usage", NULL);
  else if (answer->usage == USAGE_ABSENT)
    return;
  else if (self->quirks & COMPLETIONS_USAGE_EACH)
    json_extend (chunk, "o:usage",
                 json_make ("t:prompt_tokens", prompt, "t:completion_tokens",
                            MIN (self->said, answer->output), "t:total_tokens",
                            prompt + MIN (self->said, answer->output), NULL),
                 NULL);
  else if (answer->flavour == FLAVOUR_MINIMAX)
    json_extend (chunk, "o:usage", json_make ("i:total_tokens", 0, "i:total_characters", 0, NULL),
                 NULL);
  else if (answer->chat->include_usage)
    json_extend (chunk, "n:usage", NULL);
}

/* A member that the flavour has in each delta. */
static void
dress_delta (Writer *self, JsonObject *delta)
{
  Flavour flavour = self->answer->flavour;

  if (flavour == FLAVOUR_MINIMAX && !json_object_has_member (delta, "role"))
    json_extend (delta, "s:role", "", "s:name", "MiniMax AI", "s:audio_content", "", NULL);
  if (flavour == FLAVOUR_MINIMAX && !json_object_has_member (delta, "reasoning_content"))
    json_extend (delta, "s:reasoning_content", "", NULL);
  if (flavour == FLAVOUR_LMSTUDIO && !json_object_has_member (delta, "tool_calls"))
    json_extend (delta, "a:tool_calls", json_list (NULL, NULL), NULL);
}

static void
add_chunk (Writer *self, EventKind kind, JsonObject *delta)
{
  JsonObject *choice;
  JsonObject *chunk;

  dress_delta (self, delta);
  choice = json_make ("i:index", 0, "o:delta", delta, "n:logprobs", "n:finish_reason", NULL);
  chunk = completions_chunk (self->answer, json_list (choice, NULL));
  if (kind == EVENT_CONTENT)
    self->said++;
  add_running_usage (self, chunk);
  g_ptr_array_add (self->events, event_new_json (kind, NULL, chunk));
}

static void
add_content (Writer *self, const char *text)
{
  add_chunk (self, EVENT_CONTENT, json_make ("s:content", text, NULL));
}

static void
add_thought (Writer *self, const char *whole, gsize end, const char *word)
{
  guint quirks = self->quirks;
  JsonObject *delta = json_make (NULL, NULL);
  g_autofree char *so_far = g_strndup (whole, end);

  if (quirks & COMPLETIONS_BOTH)
    json_extend (delta, "s:content", "", "s:reasoning", word, NULL);
  if (quirks & (COMPLETIONS_DETAILS | COMPLETIONS_BOTH))
    json_extend (delta, "a:reasoning_details",
                 json_list (completions_detail (self->answer, whole, word), NULL), NULL);
  else if (quirks & COMPLETIONS_SNAPSHOTS)
    json_extend (delta, "a:reasoning_details",
                 json_list (completions_detail (self->answer, whole, so_far), NULL), NULL);
  else if ((quirks & COMPLETIONS_REASONING)
           || ((quirks & COMPLETIONS_MIXED) && self->said % 2 == 1))
    json_extend (delta, "s:reasoning", word, NULL);
  else if (quirks & COMPLETIONS_REASONING_TEXT)
    json_extend (delta, "s:reasoning_text", word, NULL);
  else
    json_extend (delta, "s:reasoning_content", word, NULL);
  add_chunk (self, EVENT_CONTENT, delta);
}

static void
add_pieces (Writer *self, const char *text, guint length)
{
  while (*text)
    {
      const char *end = text;
      g_autofree char *piece = NULL;

      for (guint i = 0; i < length && *end; i++)
        end = g_utf8_next_char (end);
      piece = g_strndup (text, end - text);
      add_content (self, piece);
      text = end;
    }
}

static void
add_thoughts (Writer *self)
{
  g_autofree char *thought = answer_text (self->answer, BLOCK_THINKING);
  g_autoptr (GPtrArray) words = text_split (thought);
  gsize end = 0;

  if (!*thought || self->answer->flavour == FLAVOUR_OPENAI)
    return;
  if (!(self->quirks & (COMPLETIONS_TAGS | COMPLETIONS_OPEN_TAG)))
    for (guint i = 0; i < words->len; i++)
      {
        end += strlen (words->pdata[i]);
        add_thought (self, thought, end, words->pdata[i]);
      }
  if (self->quirks & (COMPLETIONS_TAGS | COMPLETIONS_OPEN_TAG | COMPLETIONS_TAGS_TOO))
    {
      g_autofree char *tagged = g_strdup_printf (
          "<think>\n%s%s", thought, self->quirks & COMPLETIONS_OPEN_TAG ? "" : "\n</think>\n\n");

      add_pieces (self, tagged, TAG_PIECE);
    }
}

/* Thoughts that nobody may read. */
static void
add_redacted (Writer *self)
{
  g_autofree char *data = answer_text (self->answer, BLOCK_REDACTED);

  if (*data)
    add_chunk (
        self, EVENT_FRAME,
        json_make ("a:reasoning_details",
                   json_list (json_make ("s:type", "reasoning.encrypted", "s:data", data, "s:id",
                                         "rs_1", "s:format", "unknown", "i:index", 0, NULL),
                              NULL),
                   NULL));
}

static JsonObject *
call_part (Writer *self, const Block *block, guint n, gboolean first, const char *arguments)
{
  gboolean named = first || (self->quirks & COMPLETIONS_REPEAT_ID);
  g_autofree char *id = completions_call_id (self->answer, n);
  JsonObject *function = json_make (NULL, NULL);
  JsonObject *part = json_make (NULL, NULL);

  if (!(self->quirks & COMPLETIONS_NO_INDEX))
    json_extend (part, "i:index", (int)n, NULL);
  if (named)
    json_extend (part, "s:id", id, NULL);
  if (named || self->answer->flavour == FLAVOUR_LMSTUDIO)
    json_extend (part, "s:type", "function", NULL);
  if (named)
    json_extend (function, "s:name", block->name, NULL);
  else if (self->answer->flavour == FLAVOUR_LMSTUDIO)
    json_extend (function, "s:name", "", NULL);
  json_extend (function, "s:arguments", arguments, NULL);
  json_extend (part, "o:function", function, NULL);
  return part;
}

static void
add_call_part (Writer *self, const Block *block, guint n, gboolean first, const char *arguments)
{
  JsonObject *delta;

  if (self->quirks & COMPLETIONS_LEGACY)
    {
      JsonObject *call = json_make ("s:arguments", arguments, NULL);

      if (first)
        json_extend (call, "s:name", block->name, NULL);
      delta = json_make ("o:function_call", call, NULL);
    }
  else
    delta = json_make ("a:tool_calls",
                       json_list (call_part (self, block, n, first, arguments), NULL), NULL);
  add_chunk (self, EVENT_CONTENT, delta);
}

/* The next piece of the arguments of a call. FALSE when there is none left. */
static gboolean
add_arguments (Writer *self, const Block *block, guint n, const char **at)
{
  const char *end = *at;
  g_autofree char *piece = NULL;

  for (guint i = 0; i < ARGUMENTS_PIECE && *end; i++)
    end = g_utf8_next_char (end);
  if (end == *at)
    return FALSE;
  piece = g_strndup (*at, end - *at);
  add_call_part (self, block, n, FALSE, piece);
  *at = end;
  return TRUE;
}

static void
add_calls_at_once (Writer *self, GPtrArray *calls)
{
  JsonArray *parts = json_array_new ();

  for (guint n = 0; n < calls->len; n++)
    {
      const Block *block = calls->pdata[n];

      json_array_add_object_element (parts, call_part (self, block, n, TRUE, block->text));
    }
  add_chunk (self, EVENT_CONTENT, json_make ("a:tool_calls", parts, NULL));
}

/* All calls begin, then their arguments come in turns. */
static void
add_interleaved (Writer *self, GPtrArray *calls)
{
  g_autofree const char **at = g_new0 (const char *, calls->len + 1);
  gboolean more = TRUE;

  for (guint n = 0; n < calls->len; n++)
    {
      const Block *block = calls->pdata[n];

      at[n] = block->text;
      add_call_part (self, block, n, TRUE, "");
    }
  while (more)
    {
      more = FALSE;
      for (guint n = 0; n < calls->len; n++)
        more |= add_arguments (self, calls->pdata[n], n, &at[n]);
    }
}

static void
add_call (Writer *self, const Block *block, guint n, gboolean begun)
{
  const char *at = block->text;

  if (!begun)
    add_call_part (self, block, n, TRUE, self->answer->whole_arguments ? block->text : "");
  while (!self->answer->whole_arguments && add_arguments (self, block, n, &at))
    ;
}

static void
add_text_and_calls (Writer *self, GPtrArray *calls)
{
  g_autofree char *text = answer_text (self->answer, BLOCK_TEXT);
  g_autoptr (GPtrArray) words = text_split (text);
  gboolean with_text = (self->quirks & COMPLETIONS_WITH_TEXT) && calls->len > 0 && words->len > 0;

  for (guint i = 0; i < words->len - (with_text ? 1 : 0); i++)
    add_content (self, words->pdata[i]);
  if (with_text)
    add_chunk (self, EVENT_CONTENT,
               json_make ("s:content", words->pdata[words->len - 1], "a:tool_calls",
                          json_list (call_part (self, calls->pdata[0], 0, TRUE, ""), NULL), NULL));
  if (self->quirks & COMPLETIONS_TOGETHER)
    add_calls_at_once (self, calls);
  else if (self->quirks & COMPLETIONS_INTERLEAVED)
    add_interleaved (self, calls);
  else
    for (guint n = 0; n < calls->len; n++)
      add_call (self, calls->pdata[n], n, with_text && n == 0);
}

/* Chunks that a client has to make nothing of. */
static void
add_oddities (Writer *self)
{
  g_autofree char *text = answer_text (self->answer, BLOCK_TEXT);
  JsonObject *choice;

  if (self->quirks & COMPLETIONS_CHOICES)
    {
      choice = json_make ("i:index", 1, "o:delta", json_make ("s:content", "WRONG", NULL),
                          "s:finish_reason", "length", NULL);
      g_ptr_array_add (self->events,
                       event_new_json (EVENT_FRAME, NULL,
                                       completions_chunk (self->answer, json_list (choice, NULL))));
    }
  if (self->quirks & COMPLETIONS_SNAPSHOT)
    {
      choice = json_make ("i:index", 0, "o:message",
                          json_make ("s:role", "assistant", "s:content", text, NULL),
                          "n:finish_reason", NULL);
      g_ptr_array_add (self->events,
                       event_new_json (EVENT_FRAME, NULL,
                                       completions_chunk (self->answer, json_list (choice, NULL))));
    }
}

static void
add_finish (Writer *self)
{
  const char *finish = completions_finish (self->answer, self->quirks);
  JsonObject *delta = json_make (NULL, NULL);
  JsonObject *choice;
  JsonObject *chunk;

  if (self->quirks & COMPLETIONS_NO_FINISH)
    return;
  dress_delta (self, delta);
  choice = json_make ("i:index", 0, "o:delta", delta, "n:logprobs", "s:finish_reason", finish,
                      NULL);
  if (self->answer->flavour == FLAVOUR_OPENROUTER)
    json_extend (choice, "s:native_finish_reason", finish, NULL);
  chunk = completions_chunk (self->answer, json_list (choice, NULL));
  if (self->quirks & COMPLETIONS_TIMINGS)
    json_extend (
        chunk, "o:timings",
        json_make ("t:prompt_n", self->answer->input, "t:predicted_n", self->answer->output, NULL),
        NULL);
  else if (self->quirks & (COMPLETIONS_USAGE_FINISH | COMPLETIONS_USAGE_EACH))
    json_extend (chunk, "o:usage", completions_usage (self->answer, self->quirks), NULL);
  else
    add_running_usage (self, chunk);
  g_ptr_array_add (self->events, event_new_json (EVENT_STOPPING, NULL, chunk));
}

static void
add_usage (Writer *self)
{
  guint elsewhere = COMPLETIONS_USAGE_FINISH | COMPLETIONS_USAGE_EACH | COMPLETIONS_TIMINGS;
  const Answer *answer = self->answer;
  gboolean bare = self->quirks & COMPLETIONS_USAGE_BARE;
  JsonObject *chunk;

  if (!answer->chat->include_usage || (self->quirks & elsewhere) || answer->usage == USAGE_ABSENT
      || answer->usage == USAGE_NULL)
    return;
  chunk = completions_chunk (answer, bare ? NULL : json_list (NULL, NULL));
  json_extend (chunk, "o:usage", completions_usage (answer, self->quirks), NULL);
  if (answer->flavour == FLAVOUR_MINIMAX)
    json_extend (chunk, "o:base_resp", json_make ("i:status_code", 0, "s:status_msg", "", NULL),
                 NULL);
  g_ptr_array_add (self->events, event_new_json (EVENT_FRAME, NULL, chunk));
}

static void
add_refusal (Writer *self)
{
  g_autoptr (GPtrArray) words = text_split (COMPLETIONS_REFUSAL);

  for (guint i = 0; i < words->len; i++)
    add_chunk (self, EVENT_CONTENT, json_make ("s:refusal", words->pdata[i], NULL));
}

void
completions_events (const Answer *answer, GPtrArray *events)
{
  Writer self = { .answer = answer, .events = events, .quirks = completions_quirks (answer) };
  g_autoptr (GPtrArray) calls = g_ptr_array_new ();

  for (guint i = 0; i < answer->blocks->len; i++)
    {
      const Block *block = answer->blocks->pdata[i];

      if (block->type == BLOCK_TOOL)
        g_ptr_array_add (calls, (gpointer)block);
    }
  add_chunk (&self, EVENT_OPENING, json_make ("s:role", "assistant", "s:content", "", NULL));
  add_redacted (&self);
  add_thoughts (&self);
  if (!(self.quirks & COMPLETIONS_OPEN_TAG))
    add_text_and_calls (&self, calls);
  if (strcmp (answer->stop_reason, "refusal") == 0)
    add_refusal (&self);
  add_oddities (&self);
  add_finish (&self);
  add_usage (&self);
  if (!(self.quirks & COMPLETIONS_NO_DONE))
    g_ptr_array_add (events, event_new (EVENT_TERMINAL, NULL, "[DONE]"));
}
