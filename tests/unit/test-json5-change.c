/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Whole values set and merged in JSON5 texts: only what differs changes. */

#include <locale.h>

#include "config/ocg-config-path.h"
#include "config/ocg-json5-diff.h"
#include "config/ocg-json5-edit.h"
#include "config/ocg-json5-equal.h"
#include "config/ocg-json5-merge.h"
#include "json5-rows.h"

#define BOM "\xef\xbb\xbf"

static const Json5Row rows[] = {
  /* What is equal keeps its bytes. */
  { "{a: 0x10}", "a", "16", "{a: 0x10}" },
  { "{a: 1.0}", "a", "1", "{a: 1.0}" },
  { "{a: +1e2}", "a", "100", "{a: +1e2}" },
  { "{a: .5}", "a", "0.50", "{a: .5}" },
  { "{a: -0}", "a", "0", "{a: -0}" },
  { "{a: NaN}", "a", "NaN", "{a: NaN}" },
  { "{a: +Infinity}", "a", "Infinity", "{a: +Infinity}" },
  { "{a: 'x'}", "a", "\"x\"", "{a: 'x'}" },
  { "{a: '\\x41\\\nB'}", "a", "'AB'", "{a: '\\x41\\\nB'}" },
  { "{a: '${HOME}/x'}", "a", "'${HOME}/x'", "{a: '${HOME}/x'}" },
  { "{a: { /* c */ 'b': 0x1, }}", "a", "{b: 1}", "{a: { /* c */ 'b': 0x1, }}" },
  { "{a: {b: 1, c: 2}}", "a", "{c: 2, b: 1}", "{a: {b: 1, c: 2}}" },
  { "{a: [1, /* c */ 2,]}", "a", "[1, 2]", "{a: [1, /* c */ 2,]}" },
  { "{a: 1, a: 2}", "a", "2", "{a: 1, a: 2}" },
  { "{a: 9007199254740993}", "a", "9007199254740992.0", "{a: 9007199254740992.0}" },
  { "{a: true}", "a", "1", "{a: 1}" },
  { "{a: null}", "a", "false", "{a: false}" },
  { "{a: '1'}", "a", "1", "{a: 1}" },

  /* Members. */
  { "{a: {b: 1, c: 2}}", "a", "{b: 1, c: 3}", "{a: {b: 1, c: 3}}" },
  { "{a: {b: 1, c: 2}}", "a", "{b: 1}", "{a: {b: 1}}" },
  { "{a: {b: 1, c: 2}}", "a", "{b: 1, c: 2, d: 3}", "{a: {b: 1, c: 2, d: 3}}" },
  { "{a: {b: 1, c: 2}}", "a", "{d: 3}", "{a: {d: 3}}" },
  { "{a: {b: 1, c: 2}}", "a", "{}", "{a: {}}" },
  { "{\n  a: {\n    b: 1, // b\n    // about c\n    c: 2, // c\n    d: {e: 1, f: 2}, // d\n  },\n}",
    "a", "{b: 1, d: {f: 2, g: 'x'}, h: [true]}",
    "{\n  a: {\n    b: 1, // b\n    // about c\n    d: {f: 2, g: \"x\"}, // d\n    h: [true],\n"
    "  },\n}" },
  { "{\n\t\"a\": {\n\t\t\"b\": {\n\t\t\t\"c\": 1\n\t\t}\n\t}\n}\n", "a", "{b: {c: 1, d: {e: 2}}}",
    "{\n\t\"a\": {\n\t\t\"b\": {\n\t\t\t\"c\": 1,\n\t\t\t\"d\": {\n\t\t\t\t\"e\": 2\n\t\t\t}\n"
    "\t\t}\n\t}\n}\n" },
  { "{a: {b: 1, c: 2, b: 3}}", "a", "{b: 4, c: 2}", "{a: {b: 1, c: 2, b: 4}}" },
  { "{a: {b: 1, c: 2, b: 3}}", "a", "{c: 2}", "{a: {c: 2}}" },
  { "{a: {\n  // only a comment\n}}", "a", "{}", "{a: {\n  // only a comment\n}}" },
  { "{a: {\r\n  b: 1, // b\r\n  c: 2 // c\r\n}}", "a", "{b: 1}", "{a: {\r\n  b: 1 // b\r\n}}" },
  { "{a: { b: 1\n , c: 2\n , d: 3\n }}", "a", "{c: 2}", "{a: { c: 2\n }}" },

  /* The whole text. */
  { "// top\n{a: 1, /* b */ b: 2} // end", "", "{a: 1, b: 3}",
    "// top\n{a: 1, /* b */ b: 3} // end" },
  { BOM "{a: 1}\r\n", "", "{b: 2}", BOM "{b: 2}\r\n" },
  { "{a: 1}", "", "[1]", "[1]" },
  { "// c\n", "", "{a: 1}", "// c\n{\n  \"a\": 1\n}\n" },
  { "// c\n", "", "{}", "// c\n" },
  { "/* c */ 1 // d", "", "'x'", "/* c */ \"x\" // d" },

  /* Elements. */
  { "{a: [1, 2, 3]}", "a", "[1, 3]", "{a: [1, 3]}" },
  { "{a: [1, 3]}", "a", "[1, 2, 3]", "{a: [1, 2, 3]}" },
  { "{a: [2, 3]}", "a", "[1, 2, 3]", "{a: [1, 2, 3]}" },
  { "{a: [ 2, 3 ]}", "a", "[0, 1, 2, 3]", "{a: [ 0, 1, 2, 3 ]}" },
  { "{a: [/* two */ 2]}", "a", "[1, 2]", "{a: [1, /* two */ 2]}" },
  { "{a: [1, 2, 3]}", "a", "[3, 2, 1]", "{a: [3, 2, 1]}" },
  { "{a: [1, 2, 3]}", "a", "[4, 5]", "{a: [4, 5]}" },
  { "{a: [1, /* c */ 2]}", "a", "[]", "{a: [ /* c */]}" },
  { "{a: [1]}", "a", "[[1]]", "{a: [[1]]}" },
  { "{a: ['x', 'y']}", "a", "['x', 'z', 'y', 'w']", "{a: ['x', 'z', 'y', 'w']}" },
  { "[\n  'a', // a\n  'b', // b\n  'c', // c\n]", "", "['a', 'c']",
    "[\n  'a', // a\n  'c', // c\n]" },
  { "[\n  'a', // a\n  'c', // c\n]", "", "['a', 'b', 'c', 'd']",
    "[\n  'a', // a\n  'b',\n  'c', // c\n  'd',\n]" },
  { "[\n  // about b\n  'b' // b\n]", "", "['a', 'b']", "[\n  'a',\n  // about b\n  'b' // b\n]" },
  { "[ // list\n  'b'\n]", "", "['a', 'b']", "[ // list\n  'a',\n  'b'\n]" },
  { "[\n  'a', // a\n  'b' // b\n]", "", "['x', 'b']", "[\n  'x', // a\n  'b' // b\n]" },
  { "[1, 2, // first\n 3, 4]", "", "[1, 2, 2.5, 3, 4]", "[1, 2, // first\n 2.5,\n 3, 4]" },
  { "[ 1\n, 2\n, 3\n]", "", "[1, 3, 4]", "[ 1\n, 3, 4\n]" },

  /* Objects in arrays: those with the same id are the same. */
  { "{m: [\n  { id: 'a', n: 1 }, // a\n  { id: 'b', n: 2 }, // b\n]}", "m",
    "[{id: 'b', n: 3}]", "{m: [\n  { id: 'b', n: 3 }, // b\n]}" },
  { "{m: [\n  { id: 'b', /* n */ n: 2 }, // b\n]}", "m", "[{id: 'a'}, {id: 'b', n: 3}, {id: 'c'}]",
    "{m: [\n  { id: 'a' },\n  { id: 'b', /* n */ n: 3 }, // b\n  { id: 'c' },\n]}" },
  { "[{n: 1, /* c */ m: 2}]", "", "[{n: 1, m: 3}]", "[{n: 1, /* c */ m: 3}]" },
  { "[{id: 'a', /* c */ m: 2}]", "", "[{id: 'b', m: 2}]", "[{id: 'b', m: 2}]" },
  { "[[1, 2], [3]]", "", "[[1], [3, 4]]", "[[1], [3, 4]]" },
};

static void
test_rows (void)
{
  OcgJson5Problem problem;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s\n%s = %s", rows[i].before, rows[i].path, rows[i].value);
      const char *const path[] = { *rows[i].path != '\0' ? rows[i].path : NULL, NULL };
      g_autoptr (JsonNode) value = ocg_json5_read (rows[i].value, -1, &problem);
      g_autofree char *after = ocg_json5_edit (rows[i].before, path, value, &problem);
      g_assert_cmpstr (after, ==, rows[i].after);
      g_autofree char *again = ocg_json5_edit (after, path, value, &problem);
      g_assert_cmpstr (again, ==, after);
    }
}

static const Json5Row merges[] = {
  /* The examples of RFC 7396. */
  { "{\"a\":\"b\"}", "", "{\"a\":\"c\"}", "{\"a\":\"c\"}" },
  { "{\"a\":\"b\"}", "", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}" },
  { "{\"a\":\"b\"}", "", "{\"a\":null}", "{}" },
  { "{\"a\":\"b\",\"b\":\"c\"}", "", "{\"a\":null}", "{\"b\":\"c\"}" },
  { "{\"a\":[\"b\"]}", "", "{\"a\":\"c\"}", "{\"a\":\"c\"}" },
  { "{\"a\":\"c\"}", "", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}" },
  { "{\"a\":{\"b\":\"c\"}}", "", "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}" },
  { "{\"a\":[{\"b\":\"c\"}]}", "", "{\"a\":[1]}", "{\"a\":[1]}" },
  { "[\"a\",\"b\"]", "", "[\"c\",\"d\"]", "[\"c\",\"d\"]" },
  { "{\"a\":\"b\"}", "", "[\"c\"]", "[\"c\"]" },
  { "{\"e\":null}", "", "{\"a\":1}", "{\"e\":null,\"a\":1}" },
  { "[1,2]", "", "{\"a\":\"b\",\"c\":null}", "{ \"a\": \"b\" }" },
  { "{}", "", "{\"a\":{\"bb\":{\"ccc\":null}}}",
    "{\n  \"a\": {\n    \"bb\": {}\n  }\n}" },
  { "{\"a\":\"foo\"}", "", "null", "{}" },
  { "{\"a\":\"foo\"}", "", "\"bar\"", "\"bar\"" },

  /* At a place. */
  { "{a: {b: 1, c: 2}}", "a", "{b: null, d: 3}", "{a: {c: 2, d: 3}}" },
  { "{a: {b: 1, c: 2}}", "a.b", "null", "{a: {c: 2}}" },
  { "{a: 1}", "b.c", "{d: null, e: 1}", "{a: 1, b: {c: {e: 1}}}" },
  { "{a: 1}", "b.c", "null", "{a: 1}" },
  { "{a: 1}", "", "{}", "{a: 1}" },
  { "", "", "{}", "" },
  { "", "", "{a: 1}", "{\n  \"a\": 1\n}\n" },
  { "{a: [{b: 1, /* c */ c: 2}]}", "a[0]", "{b: null}", "{a: [{ /* c */ c: 2}]}" },
  { "{\n  // a\n  a: 0x10, // sixteen\n  b: 'x', // b\n  c: {d: 1, e: 2}, // c\n}\n", "",
    "{a: 16, b: null, c: {e: 3, f: 4}, g: '${X}'}",
    "{\n  // a\n  a: 0x10, // sixteen\n  c: {d: 1, e: 3, f: 4}, // c\n  g: '${X}',\n}\n" },
  { "{a: 1, b: 2, a: 3}", "", "{a: null}", "{b: 2}" },
  { "{a: {b: 1}, a: {c: 2}}", "", "{a: {d: 3}}", "{a: {b: 1}, a: {c: 2, d: 3}}" },
};

static void
test_merges (void)
{
  json5_rows_check_merges (merges, G_N_ELEMENTS (merges));
}

static void
test_bad_merges (void)
{
  static const struct
  {
    const char *text, *path;
    OcgJson5Fault fault;
  } bad[] = {
    { "{a: 1", "a", OCG_JSON5_EARLY_END },
    { "{a: 1}", "a.b", OCG_JSON5_NOT_OBJECT },
    { "{a: [1]}", "a[2]", OCG_JSON5_NO_ELEMENT },
  };
  OcgJson5Problem problem;
  g_autoptr (JsonNode) patch = ocg_json5_read ("{x: 1}", -1, &problem);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (GStrv) path = ocg_config_path_parse (bad[i].path, NULL);
      g_assert_null (ocg_json5_merge (bad[i].text, (const char *const *) path, patch, &problem));
      g_assert_cmpint (problem.fault, ==, bad[i].fault);
    }
}

/* Each element of @new_text is there once, in order, and as many as possible stay. */
static guint
count_kept (const char *old_text, const char *new_text)
{
  OcgJson5Problem problem;
  g_autoptr (JsonNode) old_node = ocg_json5_read (old_text, -1, &problem);
  g_autoptr (JsonNode) new_node = ocg_json5_read (new_text, -1, &problem);
  JsonArray *old_array = json_node_get_array (old_node);
  JsonArray *new_array = json_node_get_array (new_node);
  g_autoptr (GArray) steps = ocg_json5_diff (old_array, new_array);
  guint old_next = 0, new_next = 0, kept = 0;

  for (guint i = 0; i < steps->len; i++)
    {
      OcgJson5DiffStep step = g_array_index (steps, OcgJson5DiffStep, i);
      if (step.old_index != OCG_JSON5_DIFF_NONE)
        g_assert_cmpuint (step.old_index, ==, old_next++);
      if (step.new_index != OCG_JSON5_DIFF_NONE)
        g_assert_cmpuint (step.new_index, ==, new_next++);
      if (step.old_index != OCG_JSON5_DIFF_NONE && step.new_index != OCG_JSON5_DIFF_NONE)
        kept += ocg_json5_equal (json_array_get_element (old_array, step.old_index),
                                 json_array_get_element (new_array, step.new_index));
    }
  g_assert_cmpuint (old_next, ==, json_array_get_length (old_array));
  g_assert_cmpuint (new_next, ==, json_array_get_length (new_array));
  return kept;
}

static char *
numbers (guint from, guint to)
{
  g_autoptr (GString) text = g_string_new ("[");
  for (guint i = from; i < to; i++)
    g_string_append_printf (text, "%u,", i);
  g_string_append_c (text, ']');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_diff (void)
{
  g_assert_cmpuint (count_kept ("[]", "[]"), ==, 0);
  g_assert_cmpuint (count_kept ("[1, 2, 3]", "[]"), ==, 0);
  g_assert_cmpuint (count_kept ("[]", "[1, 2, 3]"), ==, 0);
  g_assert_cmpuint (count_kept ("[1, 2, 3]", "[0, 1, 2.0, 9, 3]"), ==, 3);
  g_assert_cmpuint (count_kept ("[1, 1, 1]", "[1, 1]"), ==, 2);
  g_assert_cmpuint (count_kept ("[1, 2, 3, 4, 5]", "[5, 1, 3, 4, 2]"), ==, 3);
  g_assert_cmpuint (count_kept ("[{id: 'a'}, [1]]", "[[1], {id: 'a'}]"), ==, 1);

  /* Beyond the bound only the two ends are compared. */
  g_autofree char *some = numbers (0, 1500);
  g_autofree char *others = numbers (750, 2250);
  g_assert_cmpuint (count_kept (some, others), ==, 750);
  g_autofree char *many = numbers (0, 6000);
  g_autofree char *fewer = numbers (0, 3000);
  g_assert_cmpuint (count_kept (many, fewer), ==, 3000);
  g_autofree char *shifted = numbers (1, 6001);
  g_assert_cmpuint (count_kept (many, shifted), ==, 0);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json5-change/rows", test_rows);
  g_test_add_func ("/json5-change/merges", test_merges);
  g_test_add_func ("/json5-change/bad-merges", test_bad_merges);
  g_test_add_func ("/json5-change/diff", test_diff);

  return g_test_run ();
}
