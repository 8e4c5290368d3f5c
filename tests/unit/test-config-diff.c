/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config/ocg-config-diff.h"
#include "config/ocg-json5.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = text != NULL ? ocg_json5_parse (text, -1, &error) : NULL;

  g_assert_no_error (error);
  return node;
}

/* @expected: paths with spaces between them */
static void
check (const char *before, const char *after, const char *top, const char *expected)
{
  g_autoptr (JsonNode) a = parse (before);
  g_autoptr (JsonNode) b = parse (after);
  g_auto (GStrv) paths = ocg_config_diff (a, b, top);
  g_autofree char *joined = g_strjoinv (" ", paths);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_same (void)
{
  check ("{a: 1, b: [1, {c: 2}]}", "{b: [1.0, {c: 2}], a: 1}", "", "");
  check ("{a: NaN, b: Infinity}", "{a: NaN, b: Infinity}", "", "");
  check ("{a: 0x10, b: 1e2}", "{a: 16, b: 100}", "", "");
  check (NULL, NULL, "", "");
}

static void
test_scalars (void)
{
  check ("{a: 1}", "{a: 2}", "", "a");
  check ("{a: 1}", "{a: '1'}", "", "a");
  check ("{a: true}", "{a: 1}", "", "a");
  check ("{a: null}", "{a: false}", "", "a");
  check ("{a: Infinity}", "{a: -Infinity}", "", "a");
  check ("{a: 9007199254740993}", "{a: 9007199254740992.0}", "", "a");
  check ("{a: 9223372036854775807}", "{a: 9223372036854775808}", "", "a");
}

static void
test_members (void)
{
  check ("{a: {b: {c: 1, d: 1}}}", "{a: {b: {c: 2, d: 1}}}", "", "a.b.c");
  check ("{a: {}}", "{a: {b: {c: {d: 1}}}}", "", "a.b");
  check ("{a: {b: {c: 1}}, z: 1}", "{a: {}, z: 2}", "", "z a.b");
  check ("{x: 1, a: 1}", "{c: 1, b: 1}", "", "c b x a");
  check ("{a: {b: 1}}", "{a: 1}", "", "a");
  check ("{m: {'a/b': {alias: 'x'}}}", "{m: {'a/b': {alias: 'y'}}}", "", "m[\"a/b\"].alias");
}

static void
test_arrays (void)
{
  check ("{a: [1, 2]}", "{a: [1, 2, 3]}", "", "a");
  check ("{a: [{b: 1}]}", "{a: [{b: 2}]}", "", "a");
  check ("{a: [{b: 1, c: 2}]}", "{a: [{c: 2, b: 1}]}", "", "");
  check ("{a: [1, 2]}", "{a: [2, 1]}", "", "a");
}

static void
test_top (void)
{
  check (NULL, "{a: 1}", "desktop", "desktop");
  check ("{a: 1}", NULL, "desktop", "desktop");
  check ("{a: 1}", NULL, "", "");
  check ("{a: 1, b: 1}", "{a: 2, b: 1}", "desktop", "desktop.a");
  check ("[1]", "{}", "models", "models");

  g_autoptr (JsonNode) something = parse ("{a: 1}");
  g_auto (GStrv) whole = ocg_config_diff (something, NULL, "");
  g_assert_cmpuint (g_strv_length (whole), ==, 1);
}

/* "{m0: VALUE, m1: VALUE, …}" */
static char *
make_object (guint n, const char *value)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "m%u: %s,", i, value);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static guint
count (const char *before, const char *after, const char *first)
{
  g_autoptr (JsonNode) a = parse (before);
  g_autoptr (JsonNode) b = parse (after);
  g_auto (GStrv) paths = ocg_config_diff (a, b, "");

  g_assert_cmpstr (paths[0], ==, first);
  return g_strv_length (paths);
}

static void
test_many (void)
{
  g_autofree char *few = make_object (32, "1");
  g_autofree char *many = make_object (33, "1");
  g_autofree char *some = g_strdup_printf ("{a: {few: %s, b: {many: %s}}}", few, many);
  g_autofree char *most = make_object (256, "{a: 1}");
  g_autofree char *most_after = make_object (256, "{a: 2}");
  g_autofree char *wide = make_object (20, few);
  g_autofree char *wide_after = make_object (20, "{}");
  g_autofree char *endless = make_object (257, "1");
  g_autofree char *both = g_strdup_printf ("{a: %s}", wide);
  g_autofree char *both_after = g_strdup_printf ("{a: %s}", wide_after);

  g_assert_cmpuint (count ("{a: {few: {}, b: {many: {}}}}", some, "a"), ==, 1);
  g_assert_cmpuint (count (few, "{}", "m0"), ==, 32);
  g_assert_cmpuint (count (most, most_after, "m0.a"), ==, 256);
  g_assert_cmpuint (count (wide, wide_after, "m0"), ==, 20);
  g_assert_cmpuint (count (both, both_after, "a"), ==, 1);
  g_assert_cmpuint (count ("{}", endless, ""), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config-diff/same", test_same);
  g_test_add_func ("/config-diff/scalars", test_scalars);
  g_test_add_func ("/config-diff/members", test_members);
  g_test_add_func ("/config-diff/arrays", test_arrays);
  g_test_add_func ("/config-diff/top", test_top);
  g_test_add_func ("/config-diff/many", test_many);
  return g_test_run ();
}
