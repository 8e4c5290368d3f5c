/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "api.h"

#include <string.h>

static const Api *const apis[] = { &anthropic_api };

const Api *
api_find (const char *path, char **prefix)
{
  for (guint i = 0; i < G_N_ELEMENTS (apis); i++)
    if (g_str_has_suffix (path, apis[i]->path))
      {
        *prefix = g_strndup (path, strlen (path) - strlen (apis[i]->path));
        return apis[i];
      }
  return NULL;
}

Chat *
chat_new (void)
{
  Chat *self = g_new0 (Chat, 1);

  self->max_tokens = -1;
  self->prompt = g_string_new (NULL);
  self->tools = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
chat_free (Chat *self)
{
  g_free (self->model);
  g_string_free (self->prompt, TRUE);
  g_ptr_array_unref (self->tools);
  g_free (self);
}

static void
block_free (gpointer data)
{
  Block *block = data;

  g_free (block->text);
  g_free (block->name);
  g_free (block->id);
  g_free (block->signature);
  g_free (block);
}

Answer *
answer_new (const char *model)
{
  Answer *self = g_new0 (Answer, 1);

  self->id = g_strdup_printf ("msg_%08x", g_random_int ());
  self->model = g_strdup (model);
  self->blocks = g_ptr_array_new_with_free_func (block_free);
  self->stop_reason = "end_turn";
  return self;
}

void
answer_free (Answer *self)
{
  g_free (self->id);
  g_free (self->model);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

Block *
answer_add (Answer *self, BlockType type, const char *text)
{
  Block *block = g_new0 (Block, 1);

  block->type = type;
  block->text = g_strdup (text);
  g_ptr_array_add (self->blocks, block);
  return block;
}

void
answer_add_thinking (Answer *self, const char *text)
{
  answer_add (self, BLOCK_THINKING, text)->signature = thinking_signature (self->model, text);
}

void
answer_add_tool (Answer *self, const char *name, const char *arguments)
{
  Block *block = answer_add (self, BLOCK_TOOL, arguments);

  block->name = g_strdup (name);
  block->id = g_strdup_printf ("toolu_%u", self->blocks->len);
  self->stop_reason = "tool_use";
}

char *
thinking_signature (const char *model, const char *text)
{
  g_autofree char *signed_text = g_strdup_printf ("%.*s:%s", (int) strcspn (model, "-"), model,
                                                  text);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, signed_text, -1);

  return g_strndup (digest, 24);
}

Event *
event_new (EventKind kind, const char *name, const char *format, ...)
{
  Event *self = g_new0 (Event, 1);
  va_list args;

  self->kind = kind;
  self->name = name;
  self->data = g_string_new (NULL);
  va_start (args, format);
  g_string_append_vprintf (self->data, format, args);
  va_end (args);
  return self;
}

void
event_free (Event *self)
{
  g_string_free (self->data, TRUE);
  g_free (self);
}
