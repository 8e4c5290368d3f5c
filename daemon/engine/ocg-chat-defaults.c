/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-chat-defaults.h"

static void
fill_in_stop (OcgChat *chat, JsonArray *stops)
{
  guint length = json_array_get_length (stops);

  chat->stop = g_new0 (char *, length + 1);
  for (guint i = 0; i < length; i++)
    chat->stop[i] = g_strdup (json_array_get_string_element (stops, i));
}

/* @params: as ocg_model_params_read() makes them, so each member is of the right type. */
static void
fill_in (OcgChat *chat, JsonObject *params)
{
  const char *thinking = json_object_get_string_member_with_default (params, "thinking", NULL);

  if (chat->temperature < 0)
    chat->temperature
        = json_object_get_double_member_with_default (params, "temperature", chat->temperature);
  if (chat->top_p < 0)
    chat->top_p = json_object_get_double_member_with_default (params, "top-p", chat->top_p);
  if (chat->max_tokens == 0)
    chat->max_tokens
        = (guint) json_object_get_int_member_with_default (params, "max-tokens", 0);
  if (chat->thinking == OCG_THINKING_DEFAULT && thinking != NULL)
    ocg_thinking_from_string (thinking, &chat->thinking);
  if (chat->stop == NULL && json_object_has_member (params, "stop"))
    fill_in_stop (chat, json_object_get_array_member (params, "stop"));
  if (!chat->has_stream)
    chat->stream = json_object_get_boolean_member_with_default (params, "stream", chat->stream);
}

OcgChat *
ocg_chat_with_defaults (OcgChat *chat, OcgCatalog *catalog, OcgModel *model)
{
  OcgChat *copy = ocg_chat_copy (chat);
  JsonObject *params = ocg_catalog_get_params (catalog, model);
  const char *thinking = ocg_catalog_get_settings (catalog)->thinking_default;

  if (params != NULL)
    fill_in (copy, params);
  if (copy->thinking == OCG_THINKING_DEFAULT && thinking != NULL)
    ocg_thinking_from_string (thinking, &copy->thinking);
  return copy;
}
