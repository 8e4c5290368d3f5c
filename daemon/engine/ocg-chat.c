/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-chat.h"

#include <unistd.h>

OcgChat *
ocg_chat_new (void)
{
  OcgChat *self = g_new0 (OcgChat, 1);

  self->ref_count = 1;
  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_message_free);
  self->tools = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_tool_free);
  self->temperature = -1;
  self->top_p = -1;
  self->stream = TRUE;
  return self;
}

OcgChat *
ocg_chat_copy (OcgChat *self)
{
  OcgChat *copy = g_new (OcgChat, 1);

  *copy = *self;
  copy->ref_count = 1;
  copy->system = g_strdup (self->system);
  g_ptr_array_ref (copy->messages);
  g_ptr_array_ref (copy->tools);
  copy->tool_choice_name = g_strdup (self->tool_choice_name);
  copy->format_name = g_strdup (self->format_name);
  copy->format_schema = g_strdup (self->format_schema);
  copy->stop = g_strdupv (self->stop);
  return copy;
}

OcgChat *
ocg_chat_ref (OcgChat *self)
{
  self->ref_count++;
  return self;
}

void
ocg_chat_unref (OcgChat *self)
{
  if (--self->ref_count > 0)
    return;
  g_free (self->system);
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->tools);
  g_free (self->tool_choice_name);
  g_free (self->format_name);
  g_free (self->format_schema);
  g_strfreev (self->stop);
  g_free (self);
}

static gboolean
has_image (GPtrArray *parts)
{
  for (guint i = 0; i < parts->len; i++)
    {
      OcgPart *part = g_ptr_array_index (parts, i);

      if (part->type == OCG_PART_IMAGE || (part->content != NULL && has_image (part->content)))
        return TRUE;
    }
  return FALSE;
}

gboolean
ocg_chat_has_images (OcgChat *self)
{
  for (guint i = 0; i < self->messages->len; i++)
    if (has_image (((OcgMessage *) g_ptr_array_index (self->messages, i))->parts))
      return TRUE;
  return FALSE;
}

OcgMessage *
ocg_message_new (OcgRole role)
{
  OcgMessage *self = g_new0 (OcgMessage, 1);

  self->role = role;
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_part_free);
  return self;
}

void
ocg_message_free (OcgMessage *self)
{
  g_ptr_array_unref (self->parts);
  g_free (self);
}

OcgPart *
ocg_part_new (OcgPartType type)
{
  OcgPart *self = g_new0 (OcgPart, 1);

  self->type = type;
  self->fd = -1;
  return self;
}

void
ocg_part_free (OcgPart *self)
{
  g_free (self->text);
  g_free (self->replay);
  g_free (self->id);
  g_free (self->name);
  g_free (self->arguments);
  g_free (self->media_type);
  g_clear_pointer (&self->data, g_bytes_unref);
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->content, g_ptr_array_unref);
  g_free (self);
}

void
ocg_tool_free (OcgTool *self)
{
  g_free (self->name);
  g_free (self->description);
  g_free (self->parameters);
  g_free (self);
}

gboolean
ocg_thinking_from_string (const char *word, OcgThinking *thinking)
{
  static const struct
  {
    const char *word;
    OcgThinking thinking;
  } words[] = {
    { "off", OCG_THINKING_OFF },       { "minimal", OCG_THINKING_MINIMAL },
    { "low", OCG_THINKING_LOW },       { "medium", OCG_THINKING_MEDIUM },
    { "high", OCG_THINKING_HIGH },     { "xhigh", OCG_THINKING_XHIGH },
    { "adaptive", OCG_THINKING_ADAPTIVE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, word))
      {
        *thinking = words[i].thinking;
        return TRUE;
      }
  return FALSE;
}
