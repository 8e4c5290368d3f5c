/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-completion.h"

#include <string.h>

/* What a part costs beside its text. */
#define PART_COST 256

static void
answer_part_free (OcgAnswerPart *part)
{
  g_string_free (part->text, TRUE);
  g_free (part->replay);
  g_free (part->id);
  g_free (part->name);
  g_free (part);
}

OcgCompletion *
ocg_completion_new (void)
{
  OcgCompletion *self = g_new0 (OcgCompletion, 1);

  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_part_free);
  self->calls = g_hash_table_new (NULL, NULL);
  self->usage = OCG_USAGE_UNKNOWN;
  return self;
}

void
ocg_completion_free (OcgCompletion *self)
{
  g_ptr_array_unref (self->parts);
  g_hash_table_unref (self->calls);
  g_free (self->refusal);
  g_free (self);
}

static OcgAnswerPart *
add_part (OcgCompletion *self, OcgAnswerPartType type)
{
  OcgAnswerPart *part = g_new0 (OcgAnswerPart, 1);

  part->type = type;
  part->text = g_string_new (NULL);
  g_ptr_array_add (self->parts, part);
  self->size += PART_COST;
  return part;
}

/* The last part if it is of @type and still open, else a new one. */
static OcgAnswerPart *
get_open_part (OcgCompletion *self, OcgAnswerPartType type)
{
  OcgAnswerPart *last = NULL;

  if (self->parts->len > 0)
    last = g_ptr_array_index (self->parts, self->parts->len - 1);
  if (last != NULL && last->type == type && !last->done)
    return last;
  return add_part (self, type);
}

static void
close_last_part (OcgCompletion *self)
{
  OcgAnswerPart *last;

  if (self->parts->len == 0)
    return;
  last = g_ptr_array_index (self->parts, self->parts->len - 1);
  if (last->type != OCG_ANSWER_TOOL_CALL)
    last->done = TRUE;
}

static void
add_tool_event (OcgCompletion *self, const OcgEvent *event)
{
  OcgAnswerPart *part = g_hash_table_lookup (self->calls, GUINT_TO_POINTER (event->index));

  if (part == NULL || (part->done && event->type == OCG_EVENT_TOOL_START))
    {
      part = add_part (self, OCG_ANSWER_TOOL_CALL);
      part->index = event->index;
      part->id = g_strdup (event->id);
      part->name = g_strdup (event->name);
      self->size += strlen (event->id) + strlen (event->name);
      g_hash_table_replace (self->calls, GUINT_TO_POINTER (event->index), part);
    }
  if (event->type == OCG_EVENT_TOOL_DELTA)
    g_string_append_len (part->text, event->text, (gssize) event->length);
  if (event->type == OCG_EVENT_TOOL_END)
    {
      g_string_assign (part->text, event->text);
      part->done = TRUE;
    }
}

static void
add_replay (OcgCompletion *self, const OcgEvent *event)
{
  OcgAnswerPart *part = get_open_part (self, OCG_ANSWER_THINKING);

  g_free (part->replay);
  part->replay = g_strndup (event->text, event->length);
  part->done = TRUE;
}

static void
revise_text (OcgCompletion *self, const OcgEvent *event)
{
  for (guint i = self->parts->len; i > 0; i--)
    {
      OcgAnswerPart *part = g_ptr_array_index (self->parts, i - 1);

      if (part->type != OCG_ANSWER_TEXT)
        continue;
      g_string_assign (part->text, event->text);
      return;
    }
}

void
ocg_completion_add (OcgCompletion *self, const OcgEvent *event)
{
  /* A revision replaces what has been counted. */
  if (event->type != OCG_EVENT_REVISION)
    self->size += event->length;
  self->has_content = self->has_content || ocg_event_is_content (event);

  switch (event->type)
    {
    case OCG_EVENT_PART:
      close_last_part (self);
      break;
    case OCG_EVENT_TEXT:
    case OCG_EVENT_THINKING:
      {
        OcgAnswerPart *part = get_open_part (self, event->type == OCG_EVENT_TEXT
                                                       ? OCG_ANSWER_TEXT
                                                       : OCG_ANSWER_THINKING);

        g_string_append_len (part->text, event->text, (gssize) event->length);
        break;
      }
    case OCG_EVENT_REPLAY:
      add_replay (self, event);
      break;
    case OCG_EVENT_REVISION:
      revise_text (self, event);
      break;
    case OCG_EVENT_TOOL_START:
    case OCG_EVENT_TOOL_DELTA:
    case OCG_EVENT_TOOL_END:
      add_tool_event (self, event);
      break;
    case OCG_EVENT_USAGE:
      self->usage = event->usage;
      break;
    case OCG_EVENT_STOP:
      self->stop = event->stop;
      self->pause = event->pause;
      g_free (self->refusal);
      self->refusal = g_strdup (event->text);
      break;
    }
}

char *
ocg_completion_dup_text (OcgCompletion *self, OcgAnswerPartType type)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->parts->len; i++)
    {
      OcgAnswerPart *part = g_ptr_array_index (self->parts, i);

      if (part->type == type)
        g_string_append_len (text, part->text->str, (gssize) part->text->len);
    }
  return g_string_free (text, FALSE);
}
