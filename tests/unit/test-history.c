/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Conversations with tools, made at random and as messy as real ones, through each wire API: the
 * same calls with the same results arrive everywhere, under ids that the API takes. */

#include <string.h>

#include "provider-fixture.h"
#include "wire/ocg-json.h"
#include "wire/ocg-wire.h"

#define N_CONVERSATIONS 300

/* A call that has its result, as "NAME ARGUMENTS RESULT". */
typedef GPtrArray Pairs;

static const char *const ids[] = {
  "call_1",
  "toolu_01A:b",
  "toolu_01A|b",
  "fc 1",
  "工具",
  "functions.get_weather:0",
  "",
  "call_abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz1",
  "call_abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz2",
};

static OcgPart *
add_part (OcgMessage *message, OcgPartType type)
{
  OcgPart *part = ocg_part_new (type);

  g_ptr_array_add (message->parts, part);
  return part;
}

static OcgMessage *
add_message (OcgChat *chat, OcgRole role)
{
  OcgMessage *message = ocg_message_new (role);

  g_ptr_array_add (chat->messages, message);
  return message;
}

static void
add_text (OcgMessage *message, const char *text)
{
  add_part (message, OCG_PART_TEXT)->text = g_strdup (text);
}

static void
add_result (OcgMessage *message, const char *id, const char *text)
{
  OcgPart *part = add_part (message, OCG_PART_TOOL_RESULT);
  OcgPart *inner = ocg_part_new (OCG_PART_TEXT);

  part->id = g_strdup (id);
  part->name = g_strdup ("f");
  inner->text = g_strdup (text);
  if (part->content == NULL)
    part->content = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_part_free);
  g_ptr_array_add (part->content, inner);
}

/* One round: calls with distinct ids, and results in another order, one of which may be missing. */
static void
add_round (OcgChat *chat, GRand *rand, guint *serial, Pairs *expected)
{
  OcgMessage *assistant = add_message (chat, OCG_ROLE_ASSISTANT);
  guint first = (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (ids));
  guint n = (guint) g_rand_int_range (rand, 1, 4);
  gboolean has_orphan = g_rand_boolean (rand);

  if (g_rand_boolean (rand))
    {
      OcgPart *thought = add_part (assistant, OCG_PART_THINKING);

      thought->text = g_strdup ("hm");
      thought->replay = g_strdup ("{\"api\":\"other\",\"family\":\"x\",\"block\":{}}");
    }
  if (g_rand_boolean (rand))
    add_text (assistant, "I look it up.");
  for (guint i = 0; i < n; i++)
    {
      OcgPart *call = add_part (assistant, OCG_PART_TOOL_CALL);

      call->id = g_strdup (ids[(first + i) % G_N_ELEMENTS (ids)]);
      call->name = g_strdup ("f");
      call->arguments = g_strdup_printf ("{\"n\":%u}", *serial + i);
    }
  for (guint i = n; i > 0; i--)
    {
      g_autofree char *text = g_strdup_printf ("result %u", *serial + i - 1);

      if (has_orphan && i == n)
        continue;
      add_result (add_message (chat, OCG_ROLE_TOOL), ids[(first + i - 1) % G_N_ELEMENTS (ids)],
                  text);
      g_ptr_array_add (expected, g_strdup_printf ("f {\"n\":%u} %s", *serial + i - 1, text));
    }
  *serial += n;
}

static OcgChat *
make_chat (GRand *rand, Pairs *expected)
{
  OcgChat *chat = ocg_chat_new ();
  guint n_rounds = (guint) g_rand_int_range (rand, 0, 5);
  guint serial = 0;

  chat->stream = TRUE;
  chat->temperature = chat->top_p = -1;
  if (g_rand_boolean (rand))
    add_text (add_message (chat, OCG_ROLE_SYSTEM), "Be brief.");
  add_text (add_message (chat, OCG_ROLE_USER), "Hello");
  for (guint i = 0; i < n_rounds; i++)
    {
      add_round (chat, rand, &serial, expected);
      if (g_rand_boolean (rand))
        add_text (add_message (chat, OCG_ROLE_ASSISTANT), g_rand_boolean (rand) ? "So." : "  ");
      if (g_rand_boolean (rand))
        add_text (add_message (chat, OCG_ROLE_USER), "Go on.");
      if (g_rand_boolean (rand))
        add_result (add_message (chat, OCG_ROLE_TOOL), "of nobody", "stray");
    }
  add_text (add_message (chat, OCG_ROLE_USER), "And now?");
  return chat;
}

static void
check_id (GHashTable *seen, const char *id, gsize max_length, gboolean is_fixed)
{
  g_assert_nonnull (id);
  g_assert_cmpuint (strlen (id), >, 0);
  g_assert_cmpuint (strlen (id), <=, max_length);
  if (is_fixed)
    g_assert_cmpuint (strlen (id), ==, max_length);
  for (const char *p = id; *p != '\0'; p++)
    g_assert_true (g_ascii_isalnum (*p) || (!is_fixed && (*p == '_' || *p == '-')));
  g_assert_true (g_hash_table_add (seen, g_strdup (id)));
}

static void
add_pair (Pairs *pairs, const char *name, const char *arguments, const char *result)
{
  g_ptr_array_add (pairs, g_strdup_printf ("%s %s %s", name, arguments, result));
}

/* Results must follow in the very next message, first in it. */
static void
read_anthropic (JsonObject *body, Pairs *pairs)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *messages = ocg_json_get_array (body, "messages");

  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      JsonObject *message = ocg_json_array_get_object (messages, i);
      JsonArray *content = ocg_json_get_array (message, "content");
      JsonObject *next = ocg_json_array_get_object (messages, i + 1);
      guint n_calls = 0;

      g_assert_cmpstr (ocg_json_get_string (message, "role"), ==, i % 2 == 0 ? "user" : "assistant");
      g_assert_cmpuint (json_array_get_length (content), >, 0);
      for (guint j = 0; j < json_array_get_length (content); j++)
        {
          JsonObject *block = ocg_json_array_get_object (content, j);
          g_autoptr (JsonNode) input = NULL;
          g_autofree char *arguments = NULL;
          JsonObject *result;

          if (g_strcmp0 (ocg_json_get_string (block, "type"), "tool_use") != 0)
            continue;
          check_id (seen, ocg_json_get_string (block, "id"), 64, FALSE);
          result = ocg_json_array_get_object (ocg_json_get_array (next, "content"), n_calls++);
          g_assert_cmpstr (ocg_json_get_string (result, "tool_use_id"), ==,
                           ocg_json_get_string (block, "id"));
          input = json_object_dup_member (block, "input");
          arguments = json_to_string (input, FALSE);
          add_pair (pairs, ocg_json_get_string (block, "name"), arguments,
                    ocg_json_get_string (ocg_json_array_get_object (
                                             ocg_json_get_array (result, "content"), 0),
                                         "text"));
        }
    }
}

static void
read_completions (JsonObject *body, Pairs *pairs, gsize max_length, gboolean is_fixed)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *messages = ocg_json_get_array (body, "messages");
  guint n_results = 0;

  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      JsonObject *message = ocg_json_array_get_object (messages, i);
      JsonArray *calls = ocg_json_get_array (message, "tool_calls");
      const char *role = ocg_json_get_string (message, "role");

      g_assert_true (i == 0 || !g_str_equal (role, "system"));
      n_results += g_str_equal (role, "tool");
      for (guint j = 0; calls != NULL && j < json_array_get_length (calls); j++)
        {
          JsonObject *call = ocg_json_array_get_object (calls, j);
          JsonObject *function = ocg_json_get_object (call, "function");
          JsonObject *result = ocg_json_array_get_object (messages, i + 1 + j);

          check_id (seen, ocg_json_get_string (call, "id"), max_length, is_fixed);
          g_assert_cmpstr (ocg_json_get_string (result, "tool_call_id"), ==,
                           ocg_json_get_string (call, "id"));
          add_pair (pairs, ocg_json_get_string (function, "name"),
                    ocg_json_get_string (function, "arguments"),
                    ocg_json_get_string (result, "content"));
        }
    }
  g_assert_cmpuint (n_results, ==, pairs->len);
}

static void
read_responses (JsonObject *body, Pairs *pairs)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) results = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *input = ocg_json_get_array (body, "input");

  for (guint i = json_array_get_length (input); i > 0; i--)
    {
      JsonObject *item = ocg_json_array_get_object (input, i - 1);
      const char *type = ocg_json_get_string (item, "type");
      const char *id = ocg_json_get_string (item, "call_id");

      if (g_strcmp0 (type, "function_call_output") == 0)
        g_assert_true (g_hash_table_insert (results, (gpointer) id,
                                            (gpointer) ocg_json_get_string (item, "output")));
      if (g_strcmp0 (type, "function_call") != 0)
        continue;
      check_id (seen, id, 64, FALSE);
      /* Outputs come after their call: reading backwards, they have been seen. */
      g_assert_true (g_hash_table_contains (results, id));
      add_pair (pairs, ocg_json_get_string (item, "name"),
                ocg_json_get_string (item, "arguments"), g_hash_table_lookup (results, id));
    }
  g_assert_cmpuint (g_hash_table_size (results), ==, pairs->len);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
assert_same (Pairs *pairs, Pairs *expected)
{
  g_ptr_array_sort (pairs, compare);
  g_ptr_array_sort (expected, compare);
  g_assert_cmpuint (pairs->len, ==, expected->len);
  for (guint i = 0; i < pairs->len; i++)
    g_assert_cmpstr (pairs->pdata[i], ==, expected->pdata[i]);
}

static void
check_api (const char *api, const char *provider_id, OcgChat *chat, Pairs *expected)
{
  g_autofree char *text
      = g_strdup_printf ("{\"baseUrl\":\"https://x.example/v1\",\"api\":\"%s\"}", api);
  g_autoptr (JsonObject) json = ocg_json_parse_object (text, -1, NULL);
  g_autoptr (OcgProvider) provider
      = provider_fixture_new (provider_id, json);
  g_autoptr (OcgModel) model = ocg_model_new_unlisted (provider, "m");
  g_autoptr (OcgWireRequest) request = ocg_wire_build (ocg_wire_find (api), model, chat);
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (g_free);
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);
  g_autoptr (JsonObject) body = ocg_json_parse_object (data, (gssize) length, NULL);
  gboolean is_mistral = g_str_equal (provider_id, "mistral");

  g_assert_nonnull (body);
  if (g_str_equal (api, "anthropic-messages"))
    read_anthropic (body, pairs);
  else if (g_str_equal (api, "openai-completions"))
    read_completions (body, pairs, is_mistral ? 9 : 40, is_mistral);
  else
    read_responses (body, pairs);
  assert_same (pairs, expected);
}

static void
test_round_trips (void)
{
  for (guint32 seed = 1; seed <= N_CONVERSATIONS; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) expected = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (OcgChat) chat = make_chat (rand, expected);

      g_test_message ("seed %u, %u pairs", seed, expected->len);
      check_api ("anthropic-messages", "x", chat, expected);
      check_api ("openai-completions", "x", chat, expected);
      check_api ("openai-completions", "mistral", chat, expected);
      check_api ("openai-responses", "x", chat, expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/round-trips", test_round_trips);
  return g_test_run ();
}
