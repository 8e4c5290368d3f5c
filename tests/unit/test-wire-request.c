/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Canonical conversations, and the requests that anthropic-messages makes of them. JSON is written
 * with ' for ". */

#include <string.h>

#include "wire-fixture.h"
#include "wire/ocg-replay.h"

static void
add_call (OcgChat *chat, const char *id, const char *name, const char *arguments)
{
  OcgPart *part = add_part (chat, OCG_ROLE_ASSISTANT, OCG_PART_TOOL_CALL);

  part->id = g_strdup (id);
  part->name = g_strdup (name);
  part->arguments = g_strdup (arguments);
}

static OcgPart *
add_result (OcgChat *chat, const char *id, const char *text)
{
  OcgPart *part = add_part (chat, OCG_ROLE_TOOL, OCG_PART_TOOL_RESULT);
  OcgPart *inner = ocg_part_new (OCG_PART_TEXT);

  part->id = g_strdup (id);
  inner->text = g_strdup (text);
  if (part->content == NULL)
    part->content = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_part_free);
  g_ptr_array_add (part->content, inner);
  return part;
}

static void
set_image (OcgPart *part, const char *media_type, const char *bytes)
{
  part->media_type = g_strdup (media_type);
  part->data = g_bytes_new (bytes, strlen (bytes));
}

static void
assert_messages (OcgModel *model, OcgChat *chat, const char *expected)
{
  g_autoptr (JsonObject) body = build (model, chat);

  assert_member (body, "messages", expected);
}

static void
test_url (void)
{
  static const struct
  {
    const char *base, *url;
  } rows[] = {
    { "https://api.anthropic.com", "https://api.anthropic.com/v1/messages" },
    { "https://api.anthropic.com/", "https://api.anthropic.com/v1/messages" },
    { "https://api.anthropic.com///", "https://api.anthropic.com/v1/messages" },
    { "https://api.anthropic.com/v1", "https://api.anthropic.com/v1/messages" },
    { "https://api.anthropic.com/v1/", "https://api.anthropic.com/v1/messages" },
    { "https://api.anthropic.com/v1/messages", "https://api.anthropic.com/v1/messages" },
    { "https://api.minimax.io/anthropic", "https://api.minimax.io/anthropic/v1/messages" },
    { "https://api.minimax.io/anthropic/v1", "https://api.minimax.io/anthropic/v1/messages" },
    { "https://api.minimaxi.com/anthropic/v1/messages/",
      "https://api.minimaxi.com/anthropic/v1/messages" },
    { "http://127.0.0.1:1234/v1", "http://127.0.0.1:1234/v1/messages" },
    { "http://127.0.0.1:1234", "http://127.0.0.1:1234/v1/messages" },
    { "https://x.example/messages", "https://x.example/messages" },
    { "https://x.example/my-v1", "https://x.example/my-v1/v1/messages" },
    { "https://x.example/my-messages", "https://x.example/my-messages/v1/messages" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgModel) model = new_model_at ("x", rows[i].base, "m", NULL);
      g_autoptr (OcgChat) chat = new_chat ("Hi");
      g_autoptr (OcgWireRequest) request = ocg_wire_build (ocg_wire_find (API), model, chat);

      g_test_message ("%s", rows[i].base);
      g_assert_cmpstr (request->url, ==, rows[i].url);
    }
}

static void
test_minimal (void)
{
  g_autoptr (OcgModel) model = new_claude ("claude-x", "{}");
  g_autoptr (OcgChat) chat = new_chat ("Hi \"你\"\n\\ \xf0\x9f\xa6\x9e");
  g_autoptr (JsonObject) body = build (model, chat);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) expected = json_from_string (
      "{\"model\":\"claude-x\",\"max_tokens\":32000,\"stream\":true,\"messages\":[{\"role\":"
      "\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi \\\"你\\\"\\n\\\\ 🦞\"}]}]}",
      NULL);

  json_node_set_object (node, body);
  g_assert_true (json_node_equal (node, expected));

  chat->stream = FALSE;
  g_clear_pointer (&body, json_object_unref);
  body = build (model, chat);
  g_assert_false (json_object_get_boolean_member_with_default (body, "stream", FALSE));
}

/* A configured header beats ours, however it is written. */
static void
test_header_override (void)
{
  g_autoptr (OcgModel) model = new_model_at (
      "x", "https://x.example", "m", "'headers':{'Anthropic-Version':'2026-10-21','x-team':'red'}");
  g_autoptr (OcgChat) chat = new_chat ("Hi");
  g_autoptr (OcgWireRequest) request = ocg_wire_build (ocg_wire_find (API), model, chat);
  GHashTableIter iter;
  gpointer name, value;
  guint n_versions = 0;

  g_assert_cmpstr (g_hash_table_lookup (request->headers, "x-team"), ==, "red");
  g_hash_table_iter_init (&iter, request->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_ascii_strcasecmp (name, "anthropic-version") == 0)
      {
        n_versions++;
        g_assert_cmpstr (value, ==, "2026-10-21");
      }
  g_assert_cmpuint (n_versions, ==, 1);
}

static void
test_system (void)
{
  g_autoptr (OcgModel) model = new_claude ("claude-x", "{}");
  g_autoptr (OcgChat) chat = new_chat (NULL);
  g_autoptr (JsonObject) body = NULL;

  chat->system = g_strdup ("Be brief.");
  add_text (chat, OCG_ROLE_SYSTEM, "Be kind.");
  add_text (chat, OCG_ROLE_USER, "Hi");
  add_text (chat, OCG_ROLE_SYSTEM, "Be true.");
  add_text (chat, OCG_ROLE_USER, "there");
  body = build (model, chat);
  assert_member (body, "system", "'Be brief.\\n\\nBe kind.\\n\\nBe true.'");
  assert_member (body, "messages",
                 "[{'role':'user','content':[{'type':'text','text':'Hi'},"
                 "{'type':'text','text':'there'}]}]");
}

static void
test_blank_system (void)
{
  g_autoptr (OcgModel) model = new_claude ("claude-x", "{}");
  g_autoptr (OcgChat) chat = new_chat ("Hi");
  g_autoptr (JsonObject) body = NULL;

  chat->system = g_strdup (" \n ");
  body = build (model, chat);
  assert_member (body, "system", NULL);
}

static void
test_same_role (void)
{
  g_autoptr (OcgModel) model = new_claude ("claude-x", "{}");
  g_autoptr (OcgChat) chat = new_chat ("a");

  add_text (chat, OCG_ROLE_USER, "b");
  add_text (chat, OCG_ROLE_ASSISTANT, "c");
  add_text (chat, OCG_ROLE_ASSISTANT, "d");
  add_text (chat, OCG_ROLE_USER, "e");
  assert_messages (model, chat,
                   "[{'role':'user','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]},"
                   "{'role':'assistant','content':[{'type':'text','text':'c'},{'type':'text','text':"
                   "'d'}]},{'role':'user','content':[{'type':'text','text':'e'}]}]");
}

static void
test_empty_text (void)
{
  g_autoptr (OcgModel) model = new_claude ("claude-x", "{}");
  g_autoptr (OcgChat) chat = new_chat ("a");

  add_text (chat, OCG_ROLE_USER, "");
  add_text (chat, OCG_ROLE_USER, "b");
  add_text (chat, OCG_ROLE_ASSISTANT, " \t\n");
  add_text (chat, OCG_ROLE_ASSISTANT, "c");
  add_text (chat, OCG_ROLE_USER, "\xc2\xa0\xe3\x80\x80");
  add_text (chat, OCG_ROLE_USER, "d");
  assert_messages (model, chat,
                   "[{'role':'user','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]},"
                   "{'role':'assistant','content':[{'type':'text','text':'c'}]},"
                   "{'role':'user','content':[{'type':'text','text':'d'}]}]");
}

static void
test_tools_in_history (void)
{
  g_autoptr (OcgModel) model = new_claude ("claude-x", "{}");
  g_autoptr (OcgChat) chat = new_chat ("Weather?");
  OcgPart *image;

  add_text (chat, OCG_ROLE_ASSISTANT, "Calling.");
  add_call (chat, "toolu_7", "weather", "{\"city\":\"Oslo\"}");
  add_call (chat, "call:8|x", "time", "{}");
  add_text (chat, OCG_ROLE_USER, "and?");
  add_result (chat, "toolu_7", "-3 C, snow");
  image = ocg_part_new (OCG_PART_IMAGE);
  set_image (image, "image/png", "PNG");
  g_ptr_array_add (add_result (chat, "call:8|x", "late")->content, image);
  ((OcgPart *) ((OcgMessage *) chat->messages->pdata[6])->parts->pdata[0])->is_error = TRUE;
  assert_messages (
      model, chat,
      "[{'role':'user','content':[{'type':'text','text':'Weather?'}]},"
      "{'role':'assistant','content':[{'type':'text','text':'Calling.'},"
      "{'type':'tool_use','id':'toolu_7','name':'weather','input':{'city':'Oslo'}},"
      "{'type':'tool_use','id':'call_8_x','name':'time','input':{}}]},"
      "{'role':'user','content':["
      "{'type':'tool_result','tool_use_id':'toolu_7','content':[{'type':'text','text':'-3 C, snow'}]},"
      "{'type':'tool_result','tool_use_id':'call_8_x','content':[{'type':'text','text':'late'},"
      "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'UE5H'}}],"
      "'is_error':true},{'type':'text','text':'and?'}]}]");
}

/* A call needs its result in the next turn and a result its call in the one before. */
static void
test_orphans (void)
{
  g_autoptr (OcgModel) model = new_claude ("claude-x", "{}");
  g_autoptr (OcgChat) chat = new_chat ("a");

  add_text (chat, OCG_ROLE_ASSISTANT, "b");
  add_call (chat, "t1", "f", "{}");
  add_text (chat, OCG_ROLE_USER, "c");
  add_result (chat, "t9", "never asked for");
  add_text (chat, OCG_ROLE_ASSISTANT, "d");
  add_text (chat, OCG_ROLE_USER, "e");
  add_result (chat, "t1", "too late");
  add_call (chat, "t2", "f", "{}");
  assert_messages (model, chat,
                   "[{'role':'user','content':[{'type':'text','text':'a'}]},"
                   "{'role':'assistant','content':[{'type':'text','text':'b'}]},"
                   "{'role':'user','content':[{'type':'text','text':'c'}]},"
                   "{'role':'assistant','content':[{'type':'text','text':'d'}]},"
                   "{'role':'user','content':[{'type':'text','text':'e'}]}]");
}

static void
test_image (void)
{
  g_autoptr (OcgModel) model = new_claude ("claude-x", "{}");
  g_autoptr (OcgChat) chat = new_chat (NULL);

  set_image (add_part (chat, OCG_ROLE_USER, OCG_PART_IMAGE), "image/jpeg", "\xff\xd8\xff");
  add_text (chat, OCG_ROLE_USER, "What is it?");
  assert_messages (model, chat,
                   "[{'role':'user','content':[{'type':'image','source':{'type':'base64',"
                   "'media_type':'image/jpeg','data':'/9j/'}},{'type':'text','text':'What is it?'}]}]");
}

/* A user turn, a thought with @replay and an answer, and another user turn. */
static OcgChat *
new_thoughtful_chat (const char *replay)
{
  OcgChat *chat = new_chat ("a");
  OcgPart *part = add_part (chat, OCG_ROLE_ASSISTANT, OCG_PART_THINKING);

  part->text = g_strdup ("Hm.");
  part->replay = g_strdup (replay);
  add_text (chat, OCG_ROLE_ASSISTANT, "b");
  add_text (chat, OCG_ROLE_USER, "c");
  return chat;
}

#define A "{'role':'user','content':[{'type':'text','text':'a'}]}"
#define C "{'role':'user','content':[{'type':'text','text':'c'}]}"

static void
test_replay (void)
{
  static const char block[]
      = "{\"type\":\"thinking\",\"thinking\":\"Hm.\",\"signature\":\"c2ln\"}";
  static const char with_block[]
      = "[" A ",{'role':'assistant','content':[{'type':'thinking','thinking':'Hm.','signature':"
        "'c2ln'},{'type':'text','text':'b'}]}," C "]";
  static const char without_block[]
      = "[" A ",{'role':'assistant','content':[{'type':'text','text':'b'}]}," C "]";
  g_autofree char *minimax = ocg_replay_pack (API, "minimax", block);
  g_autofree char *claude = ocg_replay_pack (API, "anthropic", block);
  g_autofree char *responses = ocg_replay_pack ("openai-responses", "anthropic", block);
  const char *const foreign[] = { minimax, responses, NULL, "", "{}", "garbage", "[[[[", "null" };
  g_autoptr (OcgModel) model = new_claude ("claude-x", "{}");
  g_autoptr (OcgModel) m2 = new_minimax ("MiniMax-M2.7");
  g_autoptr (OcgModel) proxied = new_model_at ("proxy", "https://proxy.example", "minimax/MiniMax-M2.7",
                                               "'reasoning':true,'maxTokens':131072");

  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      g_autoptr (OcgChat) chat = new_thoughtful_chat (foreign[i]);

      assert_messages (model, chat, without_block);
    }
  {
    g_autoptr (OcgChat) own = new_thoughtful_chat (claude);
    g_autoptr (OcgChat) minimax_chat = new_thoughtful_chat (minimax);

    assert_messages (model, own, with_block);
    assert_messages (m2, own, without_block);
    assert_messages (m2, minimax_chat, with_block);
    assert_messages (proxied, minimax_chat, with_block);
  }
}

/* An assistant turn that was only a foreign thought leaves nothing behind. */
static void
test_replay_leaves_nothing (void)
{
  g_autoptr (OcgModel) model = new_claude ("claude-x", "{}");
  g_autoptr (OcgChat) chat = new_chat ("a");

  add_part (chat, OCG_ROLE_ASSISTANT, OCG_PART_THINKING)->text = g_strdup ("Hm.");
  add_text (chat, OCG_ROLE_USER, "c");
  {
    g_autoptr (JsonObject) body = build (model, chat);
    JsonArray *messages = json_object_get_array_member (body, "messages");

    for (guint i = 0; i < json_array_get_length (messages); i++)
      {
        JsonObject *turn = json_array_get_object_element (messages, i);

        g_assert_cmpstr (json_object_get_string_member (turn, "role"), ==, "user");
        g_assert_cmpuint (json_array_get_length (json_object_get_array_member (turn, "content")), >,
                          0);
      }
  }
}

static void
add_tool (OcgChat *chat, const char *name, const char *description, const char *parameters)
{
  OcgTool *tool = g_new0 (OcgTool, 1);

  tool->name = g_strdup (name);
  tool->description = g_strdup (description);
  tool->parameters = g_strdup (parameters);
  g_ptr_array_add (chat->tools, tool);
}

static void
test_tools_and_stop (void)
{
  static const char *const stop[] = { "END", "\n\n", NULL };
  static const struct
  {
    OcgToolChoice choice;
    const char *sent;
  } rows[] = {
    { OCG_TOOL_CHOICE_DEFAULT, NULL },
    { OCG_TOOL_CHOICE_AUTO, "{'type':'auto'}" },
    { OCG_TOOL_CHOICE_NONE, "{'type':'none'}" },
    { OCG_TOOL_CHOICE_REQUIRED, "{'type':'any'}" },
    { OCG_TOOL_CHOICE_NAMED, "{'type':'tool','name':'f'}" },
  };
  g_autoptr (OcgModel) model = new_claude ("claude-x", "{}");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgChat) chat = new_chat ("Hi");
      g_autoptr (JsonObject) body = NULL;

      add_tool (chat, "f", "Does f", "{\"type\":\"object\",\"properties\":{\"a\":{}}}");
      add_tool (chat, "g", NULL, "{\"type\":\"object\",\"properties\":{}}");
      chat->stop = g_strdupv ((char **) stop);
      chat->tool_choice = rows[i].choice;
      if (rows[i].choice == OCG_TOOL_CHOICE_NAMED)
        chat->tool_choice_name = g_strdup ("f");
      body = build (model, chat);
      assert_member (body, "tools",
                     "[{'name':'f','description':'Does f','input_schema':{'type':'object',"
                     "'properties':{'a':{}}}},{'name':'g','input_schema':{'type':'object',"
                     "'properties':{}}}]");
      assert_member (body, "tool_choice", rows[i].sent);
      assert_member (body, "stop_sequences", "['END','\\n\\n']");
    }
}

/* any and tool conflict with thinking: a request holds one or the other. */
static void
test_tool_choice_beside_thinking (void)
{
  g_autoptr (OcgModel) model = new_claude ("claude-opus-4-5", "{}");
  g_autoptr (OcgChat) chat = new_chat ("Hi");
  g_autoptr (JsonObject) body = NULL;

  add_tool (chat, "f", NULL, "{\"type\":\"object\",\"properties\":{}}");
  chat->tool_choice = OCG_TOOL_CHOICE_REQUIRED;
  chat->thinking = OCG_THINKING_HIGH;
  body = build (model, chat);
  g_assert_false (json_object_has_member (body, "thinking")
                  && json_object_has_member (body, "tool_choice"));
}

static void
test_format (void)
{
  g_autoptr (OcgModel) model = new_claude ("claude-opus-4-6", "{'forceAdaptiveThinking':true}");
  g_autoptr (OcgChat) chat = new_chat ("Hi");
  g_autoptr (JsonObject) body = NULL;

  chat->format_name = g_strdup ("answer");
  chat->format_schema = g_strdup ("{\"type\":\"object\"}");
  chat->thinking = OCG_THINKING_HIGH;
  body = build (model, chat);
  assert_member (body, "output_config",
                 "{'effort':'high','format':{'type':'json_schema','schema':{'type':'object'}}}");
}

static void
test_wires (void)
{
  g_auto (GStrv) names = ocg_wire_list ();

  g_assert_true (g_strv_contains ((const char *const *) names, API));
  for (guint i = 0; names[i] != NULL; i++)
    g_assert_cmpstr (ocg_wire_find (names[i])->api, ==, names[i]);
  g_assert_null (ocg_wire_find ("smoke-signals"));
  g_assert_null (ocg_wire_find (NULL));
}

/* MiniMax has no member for a schema: it is asked in words, after those of the caller. */
static void
test_schema_in_words (void)
{
  g_autoptr (OcgModel) model = new_minimax ("MiniMax-M2.7");
  g_autoptr (OcgChat) chat = new_chat ("Hi");
  g_autoptr (JsonObject) body = NULL;
  const char *system;

  chat->system = g_strdup ("Be brief.");
  chat->format_schema = g_strdup ("{\"type\":\"object\"}");
  body = build (model, chat);
  assert_member (body, "output_config", NULL);
  system = json_object_get_string_member (body, "system");
  g_assert_true (g_str_has_prefix (system, "Be brief.\n\n"));
  g_assert_true (g_str_has_suffix (system, "{\"type\":\"object\"}"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/wires", test_wires);
  g_test_add_func ("/anthropic-request/url", test_url);
  g_test_add_func ("/anthropic-request/minimal", test_minimal);
  g_test_add_func ("/anthropic-request/header-override", test_header_override);
  g_test_add_func ("/anthropic-request/system", test_system);
  g_test_add_func ("/anthropic-request/blank-system", test_blank_system);
  g_test_add_func ("/anthropic-request/same-role", test_same_role);
  g_test_add_func ("/anthropic-request/empty-text", test_empty_text);
  g_test_add_func ("/anthropic-request/tools-in-history", test_tools_in_history);
  g_test_add_func ("/anthropic-request/orphans", test_orphans);
  g_test_add_func ("/anthropic-request/image", test_image);
  g_test_add_func ("/anthropic-request/replay", test_replay);
  g_test_add_func ("/anthropic-request/replay-leaves-nothing", test_replay_leaves_nothing);
  g_test_add_func ("/anthropic-request/tools-and-stop", test_tools_and_stop);
  g_test_add_func ("/anthropic-request/tool-choice-beside-thinking",
                   test_tool_choice_beside_thinking);
  g_test_add_func ("/anthropic-request/format", test_format);
  g_test_add_func ("/anthropic-request/schema-in-words", test_schema_in_words);
  return g_test_run ();
}
