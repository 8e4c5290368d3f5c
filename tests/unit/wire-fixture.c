/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "wire-fixture.h"
#include "provider-fixture.h"

#include <string.h>

static JsonNode *
parse (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (json, &error);

  g_assert_no_error (error);
  return node;
}

/* @model: members of the model, after its id; NULL: an id that is not listed. */
OcgModel *
new_model_at (const char *provider_id, const char *base_url, const char *id, const char *model)
{
  g_autofree char *text = g_strdup_printf (
      "{'baseUrl':'%s','api':'" API "','family':'%s','headers':{'x-team':'blue'}}", base_url,
      provider_id);
  g_autofree char *model_text
      = model != NULL ? g_strdup_printf ("{'id':'%s',%s}", id, model) : NULL;
  g_autoptr (JsonNode) node = parse (text);
  g_autoptr (OcgProvider) provider
      = provider_fixture_new (provider_id, json_node_get_object (node));
  g_autoptr (JsonNode) model_node = NULL;
  OcgModel *self;

  if (model == NULL)
    return ocg_model_new_unlisted (provider, id);
  model_node = parse (model_text);
  self = provider_fixture_model (provider, json_node_get_object (model_node));
  return self;
}

OcgModel *
new_claude (const char *id, const char *compat)
{
  g_autofree char *members = g_strdup_printf (
      "'reasoning':true,'input':['text','image'],'maxTokens':64000,'compat':%s", compat);

  return new_model_at ("anthropic", "https://api.anthropic.com", id, members);
}

OcgModel *
new_minimax (const char *id)
{
  return new_model_at ("minimax", "https://api.minimax.io/anthropic", id,
                       "'reasoning':true,'maxTokens':131072");
}

OcgPart *
add_part (OcgChat *chat, OcgRole role, OcgPartType type)
{
  OcgMessage *message = ocg_message_new (role);
  OcgPart *part = ocg_part_new (type);

  g_ptr_array_add (message->parts, part);
  g_ptr_array_add (chat->messages, message);
  return part;
}

void
add_text (OcgChat *chat, OcgRole role, const char *text)
{
  add_part (chat, role, OCG_PART_TEXT)->text = g_strdup (text);
}

OcgChat *
new_chat (const char *text)
{
  OcgChat *chat = ocg_chat_new ();

  chat->stream = TRUE;
  chat->temperature = -1;
  chat->top_p = -1;
  if (text != NULL)
    add_text (chat, OCG_ROLE_USER, text);
  return chat;
}

static void
check_header (gpointer key, gpointer value, gpointer user_data)
{
  const char *name = key;

  g_assert_cmpint (g_ascii_strcasecmp (name, "authorization"), !=, 0);
  g_assert_cmpint (g_ascii_strcasecmp (name, "x-api-key"), !=, 0);
  g_assert_cmpint (g_ascii_strcasecmp (name, "anthropic-beta"), !=, 0);
}

JsonObject *
build (OcgModel *model, OcgChat *chat)
{
  g_autoptr (OcgWireRequest) request = ocg_wire_build (ocg_wire_find (API), model, chat);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);

  g_assert_cmpstr (g_hash_table_lookup (request->headers, "anthropic-version"), ==, "2023-06-01");
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "x-team"), ==, "blue");
  g_hash_table_foreach (request->headers, check_header, NULL);

  body = g_strndup (data, length);
  g_assert_cmpuint (strlen (body), ==, length);
  g_assert_true (g_utf8_validate (body, -1, NULL));
  node = json_from_string (body, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (node));
}

/* @expected: the member's JSON, or NULL: it is not there. */
void
assert_member (JsonObject *body, const char *member, const char *expected)
{
  JsonNode *node = json_object_get_member (body, member);
  g_autoptr (JsonNode) wanted = expected != NULL ? parse (expected) : NULL;
  g_autofree char *got = node != NULL ? json_to_string (node, FALSE) : g_strdup ("nothing");
  g_autofree char *want = wanted != NULL ? json_to_string (wanted, FALSE) : g_strdup ("nothing");

  if ((node == NULL) != (wanted == NULL) || (node != NULL && !json_node_equal (node, wanted)))
    {
      g_test_message ("%s: expected %s, got %s", member, want, got);
      g_test_fail ();
    }
}
