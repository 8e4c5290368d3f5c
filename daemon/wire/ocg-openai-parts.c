/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-openai-parts.h"

#include "ocg-history.h"

char *
ocg_openai_dup_data_url (OcgPart *image)
{
  gsize size = 0;
  const guchar *bytes = g_bytes_get_data (image->data, &size);
  g_autofree char *base64 = g_base64_encode (bytes, size);

  return g_strconcat ("data:", image->media_type, ";base64,", base64, NULL);
}

guint
ocg_openai_count_images (GPtrArray *parts)
{
  guint count = 0;

  for (guint i = 0; i < parts->len; i++)
    count += ((OcgPart *) g_ptr_array_index (parts, i))->type == OCG_PART_IMAGE;
  return count;
}

GPtrArray *
ocg_openai_collect_images (GPtrArray *results)
{
  GPtrArray *images = g_ptr_array_new ();

  for (guint i = 0; i < results->len; i++)
    {
      OcgPart *result = g_ptr_array_index (results, i);

      for (guint j = 0; j < result->content->len; j++)
        {
          OcgPart *part = g_ptr_array_index (result->content, j);

          if (part->type == OCG_PART_IMAGE)
            g_ptr_array_add (images, part);
        }
    }
  return images;
}

char *
ocg_openai_join_text (GPtrArray *parts, const char *separator)
{
  GString *text = g_string_new (NULL);
  gboolean any = FALSE;

  for (guint i = 0; i < parts->len; i++)
    {
      OcgPart *part = g_ptr_array_index (parts, i);

      if (part->type != OCG_PART_TEXT)
        continue;
      if (any)
        g_string_append (text, separator);
      g_string_append (text, part->text);
      any = TRUE;
    }
  return g_string_free (text, FALSE);
}

/* Models read this; it is not shown to people. */
char *
ocg_openai_dup_result_text (OcgPart *result)
{
  g_autofree char *text = ocg_openai_join_text (result->content, "\n");

  if (ocg_history_is_blank (text) && ocg_openai_count_images (result->content) > 0)
    return g_strdup ("(see the attached image)");
  return g_steal_pointer (&text);
}

gboolean
ocg_openai_write_tool_choice (OcgJsonWriter *writer, const OcgOpenaiDialect *dialect,
                              OcgToolChoice choice)
{
  static const char *const words[] = {
    [OCG_TOOL_CHOICE_DEFAULT] = NULL,        [OCG_TOOL_CHOICE_AUTO] = "auto",
    [OCG_TOOL_CHOICE_NONE] = "none",         [OCG_TOOL_CHOICE_REQUIRED] = "required",
    [OCG_TOOL_CHOICE_NAMED] = NULL,
  };

  if (!dialect->any_tool_choice && choice != OCG_TOOL_CHOICE_NONE
      && choice != OCG_TOOL_CHOICE_DEFAULT)
    choice = OCG_TOOL_CHOICE_AUTO;
  if (choice == OCG_TOOL_CHOICE_NAMED)
    return FALSE;
  ocg_json_member_string (writer, "tool_choice", words[choice]);
  return TRUE;
}

void
ocg_openai_write_schema (OcgJsonWriter *writer, OcgChat *chat)
{
  ocg_json_member_string (writer, "name",
                          chat->format_name != NULL ? chat->format_name : "response");
  ocg_json_key (writer, "schema");
  ocg_json_raw (writer, chat->format_schema);
  ocg_json_key (writer, "strict");
  ocg_json_boolean (writer, chat->format_strict);
}

guint64
ocg_openai_max_tokens (OcgModel *model, OcgChat *chat)
{
  return model->listed ? MIN (chat->max_tokens, model->max_tokens) : chat->max_tokens;
}
