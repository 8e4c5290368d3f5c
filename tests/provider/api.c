/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "api.h"

#include <string.h>

static const Api *const apis[] = { &anthropic_api, &completions_api, &responses_api };

/* What stands before the path of @api in @path, or NULL. */
static char *
match (const Api *api, const char *method, const char *path)
{
  g_autofree char *prefix = NULL;

  if (strcmp (method, api->method) != 0 || !g_str_has_suffix (path, api->path))
    return NULL;
  prefix = g_strndup (path, strlen (path) - strlen (api->path));
  if (g_str_has_suffix (prefix, "/v1"))
    prefix[strlen (prefix) - strlen ("/v1")] = '\0';
  return g_steal_pointer (&prefix);
}

const Api *
api_find (const char *method, const char *path, char **prefix)
{
  for (guint i = 0; i < G_N_ELEMENTS (apis); i++)
    if ((*prefix = match (apis[i], method, path)))
      return apis[i];
  for (guint i = 0; i < n_list_apis; i++)
    if ((*prefix = match (&list_apis[i], method, path)))
      return &list_apis[i];
  return NULL;
}

Problem *
problem_new (const char *param, const char *code, const char *format, ...)
{
  Problem *self = g_new0 (Problem, 1);
  va_list args;

  va_start (args, format);
  self->message = g_strdup_vprintf (format, args);
  va_end (args);
  self->param = g_strdup (param);
  self->code = code;
  return self;
}

void
problem_free (Problem *self)
{
  g_free (self->message);
  g_free (self->param);
  g_free (self);
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
  g_clear_pointer (&self->models, json_array_unref);
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

char *
answer_text (const Answer *self, BlockType type)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->blocks->len; i++)
    {
      const Block *block = self->blocks->pdata[i];

      if (block->type == type)
        g_string_append (text, block->text);
    }
  return g_string_free (text, FALSE);
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

Event *
event_new_json (EventKind kind, const char *name, JsonObject *data)
{
  g_autofree char *text = json_text_take (data);

  return event_new (kind, name, "%s", text);
}

void
event_free (Event *self)
{
  g_string_free (self->data, TRUE);
  g_free (self);
}
