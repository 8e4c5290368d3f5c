/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Calls of D-Bus, as text, and the conversations that they become. */

#include <string.h>

#include "ocg-error.h"
#include "service/ocg-chat-reader.h"

#define HELLO "[{'role':<'user'>,'content':<'hello'>}]"

static OcgCall *
read_call (const char *messages_text, const char *options_text, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GVariant) messages
      = g_variant_parse (G_VARIANT_TYPE ("aa{sv}"), messages_text, NULL, NULL, &local_error);
  g_autoptr (GVariant) options = NULL;

  g_assert_no_error (local_error);
  options = g_variant_parse (G_VARIANT_TYPE_VARDICT, options_text, NULL, NULL, &local_error);
  g_assert_no_error (local_error);
  return ocg_call_read (messages, options, NULL, error);
}

static OcgCall *
read_good (const char *messages, const char *options)
{
  g_autoptr (GError) error = NULL;
  OcgCall *call = read_call (messages, options, &error);

  g_assert_no_error (error);
  return call;
}

static void
test_silence (void)
{
  g_autoptr (OcgCall) call = read_good (HELLO, "{}");

  g_assert_cmpfloat (call->chat->temperature, <, 0);
  g_assert_cmpfloat (call->chat->top_p, <, 0);
  g_assert_cmpuint (call->chat->max_tokens, ==, 0);
  g_assert_cmpint (call->chat->thinking, ==, OCG_THINKING_DEFAULT);
  g_assert_null (call->chat->stop);
  g_assert_true (call->chat->stream);
  g_assert_false (call->chat->has_stream);
  g_assert_true (call->options.fallback);
  g_assert_false (call->options.dry_run);
  g_assert_false (call->options.image_model);
}

static void
test_options (void)
{
  g_autoptr (OcgCall) call = read_good (
      HELLO, "{'temperature':<0>,'top-p':<1>,'max-tokens':<byte 7>,'thinking':<'xhigh'>,"
             "'stop':<['a','b']>,'stream':<true>,'dry-run':<true>,'fallback':<false>}");

  g_assert_cmpfloat (call->chat->temperature, ==, 0);
  g_assert_cmpfloat (call->chat->top_p, ==, 1);
  g_assert_cmpuint (call->chat->max_tokens, ==, 7);
  g_assert_cmpint (call->chat->thinking, ==, OCG_THINKING_XHIGH);
  g_assert_cmpuint (g_strv_length (call->chat->stop), ==, 2);
  g_assert_true (call->chat->stream);
  g_assert_true (call->chat->has_stream);
  g_assert_true (call->options.dry_run);
  g_assert_false (call->options.fallback);
}

static void
test_levels (void)
{
  static const char *const levels[]
      = { "off", "minimal", "low", "medium", "high", "xhigh", "adaptive" };

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      g_autofree char *options = g_strdup_printf ("{'thinking':<'%s'>}", levels[i]);
      g_autoptr (OcgCall) call = read_good (HELLO, options);

      g_assert_cmpint (call->chat->thinking, ==, OCG_THINKING_OFF + (int) i);
    }
}

static void
test_message_model (void)
{
  g_autoptr (OcgCall) call = read_good (
      "[{'role':<'user'>,'content':<'hello'>},"
      "{'role':<'assistant'>,'model':<'minimax/MiniMax-M2.1'>,'content':<'Hi'>},"
      "{'role':<'user'>,'content':<'more'>}]",
      "{}");

  g_assert_cmpuint (call->chat->messages->len, ==, 3);
}

static void
test_arguments (void)
{
  static const struct
  {
    const char *given, *read;
  } rows[] = {
    { "{}", "{}" },
    { "{\"a\":1}", "{\"a\":1}" },
    { "", "{}" },
    { "[]", "{}" },
    { "null", "{}" },
    { "{\"a\":", "{}" },
    { "{\"a\":1}}", "{}" },
    { "five", "{}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *messages = g_strdup_printf (
          "[{'role':<'assistant'>,'content':<[{'type':<'tool-call'>,'id':<'c'>,'name':<'f'>,"
          "'arguments':<'%s'>}]>}]",
          rows[i].given);
      g_autoptr (OcgCall) call = read_good (messages, "{}");
      OcgMessage *message = g_ptr_array_index (call->chat->messages, 0);
      OcgPart *part = g_ptr_array_index (message->parts, 0);

      g_assert_cmpstr (part->arguments, ==, rows[i].read);
    }
}

static void
test_tools (void)
{
  g_autoptr (OcgCall) call
      = read_good (HELLO, "{'tools':<[{'name':<'a-B_9'>},{'name':<'time'>,'parameters':"
                          "<'{\"type\":\"object\"}'>}]>,'tool-choice':<{'name':<'time'>}>}");
  OcgTool *tool = g_ptr_array_index (call->chat->tools, 0);

  g_assert_cmpstr (tool->parameters, ==, "{\"type\":\"object\",\"properties\":{}}");
  g_assert_cmpint (call->chat->tool_choice, ==, OCG_TOOL_CHOICE_NAMED);
  g_assert_cmpstr (call->chat->tool_choice_name, ==, "time");
}

#define STOPS_16 "'0','1','2','3','4','5','6','7','8','9','a','b','c','d','e','f'"

/* What is refused, and the beginning of the message. */
static void
test_refused (void)
{
  static const struct
  {
    const char *options, *beginning;
  } rows[] = {
    { "{'temperature':<2.1>}", "“temperature”: must be a number from 0 to 2" },
    { "{'temperature':<'1'>}", "“temperature”: " },
    { "{'top-p':<0>}", "“top-p”: must be a number above 0" },
    { "{'top-p':<0.0>}", "“top-p”: must be a number above 0" },
    { "{'top-p':<1.01>}", "“top-p”: must be a number from 0 to 1" },
    { "{'max-tokens':<0>}", "“max-tokens”: must be a number from 1 " },
    { "{'max-tokens':<1.5>}", "“max-tokens”: " },
    { "{'stop':<['']>}", "“stop”: must be up to 16 texts" },
    { "{'stop':<[" STOPS_16 ",'g']>}", "“stop”: must be up to 16 texts" },
    { "{'stop':<'a'>}", "“stop”: expected a value of D-Bus type “as”" },
    { "{'thinking':<'much'>}", "“thinking”: must be off, minimal" },
    { "{'tools':<[{'name':<'a b'>}]>}", "“tools[0].name”: a tool needs a name" },
    { "{'tools':<[{'name':<'a'>},{'name':<'a'>}]>}", "“tools[1].name”: there are two tools" },
    { "{'tools':<[{'name':<'a'>,'parameters':<'[]'>}]>}", "“tools[0].parameters”: must be a JSON" },
    { "{'tool-choice':<'required'>}", "“tool-choice”: " },
    { "{'tool-choice':<{'name':<'a'>}>}", "“tool-choice.name”: must be the name of one" },
    { "{'tools':<[{'name':<'a'>}]>,'tool-choice':<{'name':<'b'>}>}",
      "“tool-choice.name”: must be the name of one" },
    { "{'response-format':<{'name':<'a'>}>}", "“response-format.schema”: must be a JSON" },
    { "{'response-format':<{'schema':<'5'>}>}", "“response-format.schema”: must be a JSON" },
    { "{'dry-run':<1>}", "“dry-run”: expected a value of D-Bus type “b”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (OcgCall) call = read_call (HELLO, rows[i].options, &error);

      g_assert_null (call);
      g_test_message ("%s: %s", rows[i].options, error->message);
      g_assert_true (g_error_matches (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS)
                     || g_error_matches (error, OCG_ERROR, OCG_ERROR_INVALID_REQUEST));
      g_assert_true (g_str_has_prefix (error->message, rows[i].beginning));
    }
}

static void
test_limits (void)
{
  g_autoptr (OcgCall) call
      = read_good (HELLO, "{'temperature':<2.0>,'top-p':<0.0001>,'max-tokens':<1>,"
                          "'stop':<[" STOPS_16 "]>,'response-format':<{'schema':<'{}'>}>}");

  g_assert_cmpuint (g_strv_length (call->chat->stop), ==, 16);
  g_assert_cmpstr (call->chat->format_schema, ==, "{}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chat-reader/silence", test_silence);
  g_test_add_func ("/chat-reader/options", test_options);
  g_test_add_func ("/chat-reader/levels", test_levels);
  g_test_add_func ("/chat-reader/message-model", test_message_model);
  g_test_add_func ("/chat-reader/arguments", test_arguments);
  g_test_add_func ("/chat-reader/tools", test_tools);
  g_test_add_func ("/chat-reader/refused", test_refused);
  g_test_add_func ("/chat-reader/limits", test_limits);
  return g_test_run ();
}
