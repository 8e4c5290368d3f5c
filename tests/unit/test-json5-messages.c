/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What people are told about a JSON5 text that is wrong. */

#include <locale.h>

#include "config/ocg-json5.h"

static const struct
{
  const char *text;
  const char *words;
} messages[] = {
  { "", "a value is missing; an object without members is “{}”" },
  { "// nothing\n", "a value is missing; an object without members is “{}”" },
  { "{\n  a: {\n    b: [1],\n", "it ends too early: the “{” of line 2 is still open" },
  { "\r\n\r\n[1, {b: 1}", "it ends too early: the “[” of line 3 is still open" },
  { "{a:", "it ends too early: the “{” of line 1 is still open" },
  { "{\n a: [1, 2\n}", "“]” is missing before “}”: the “[” of line 2 is still open" },
  { "{\n a: [1,\n}",
    "a value is expected here, not “}”: the “[” of line 2 is still open" },
  { "{\n a: }", "a value is expected here, not “}”" },
  { "{a: 1 b: 2}", "“,” or “}” is missing before “b”" },
  { "{a: True}", "this word is not a value; write “true”, or put it in quotes if it is text" },
  { "[None]", "this word is not a value; write “null”, or put it in quotes if it is text" },
  { "[undefined]", "this word is not a value; write “null”, or put it in quotes if it is text" },
  { "[tru]", "this word is not a value; write “true”, or put it in quotes if it is text" },
  { "[off]", "this word is not a value; write “false”, or put it in quotes if it is text" },
  { "[MiniMax]", "this word is not a value; text needs quotes" },
  { "{a: “b”}", "text stands in straight quotes, \" or ', not in “" },
  { "{‘a’: 1}", "text stands in straight quotes, \" or ', not in ‘" },
  { "{a: `b`}", "text stands in straight quotes, \" or ', not in `" },
  { "# a\n{}", "comments begin with “//”, not with “#”" },
  { "{ # a\n}", "comments begin with “//”, not with “#”" },
  { "{a: 1, # a\n}", "comments begin with “//”, not with “#”" },
  { "{} # a", "comments begin with “//”, not with “#”" },
  { "{} }", "the value has ended, but more text follows; remove it" },
};

#define NO_BRACES                                                                                  \
  "“{” is missing here, and “}” at the end: members stand in braces, also what was YAML"

static void
check_message (const char *text, const char *words)
{
  OcgJson5Problem problem;
  g_autofree char *described = NULL;

  g_assert_null (ocg_json5_read (text, -1, &problem));
  described = ocg_json5_problem_describe (&problem);
  g_assert_cmpstr (described, ==, words);
}

static void
test_messages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    check_message (messages[i].text, messages[i].words);
}

/* Also one in YAML. */
static void
test_file_without_braces (void)
{
  static const char *const texts[] = { "agents:\n  defaults:\n", "---\nagents: 1\n", "a-b.c: 1",
                                       "\"agents\": {}", "// mine\nagents: {}", "a:" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check_message (texts[i], NO_BRACES);
  check_message ("a b: 1", "this word is not a value; text needs quotes");
  check_message ("http://localhost", "this word is not a value; text needs quotes");
  check_message ("[a: 1]", "this word is not a value; text needs quotes");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json5/messages", test_messages);
  g_test_add_func ("/json5/file-without-braces", test_file_without_braces);
  return g_test_run ();
}
