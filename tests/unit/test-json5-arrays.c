/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Elements of arrays in JSON5 texts: set, added, taken away. */

#include <locale.h>

#include "json5-rows.h"

#define BOM "\xef\xbb\xbf"

static const Json5Row rows[] = {
  /* An element replaced is only its value. */
  { "{a: [1, 2, 3]}", "a[1]", "'x'", "{a: [1, \"x\", 3]}" },
  { "{ a: [ /* one */ 1 /* uno */ , 2 ] }", "a[0]", "9", "{ a: [ /* one */ 9 /* uno */ , 2 ] }" },
  { "{\n  a: [\n    'x', // x\n    'y', // y\n  ],\n}", "a[1]", "'z'",
    "{\n  a: [\n    'x', // x\n    'z', // y\n  ],\n}" },
  { "[1, 2]", "[0]", "3", "[3, 2]" },
  { "{a: [[1, 2], [3]]}", "a[0][1]", "5", "{a: [[1, 5], [3]]}" },
  { "{a: [0x10]}", "a[0]", "16", "{a: [0x10]}" },
  { "{a: [1.0, 'x']}", "a[1]", "\"x\"", "{a: [1.0, 'x']}" },

  /* Members of objects in arrays. */
  { "{m: [{id: 'a'}, {id: 'b'}]}", "m[1].name", "'B'", "{m: [{id: 'a'}, {id: 'b', name: 'B'}]}" },
  { "{m: [\n  {\n    id: 'a',\n    max: 1, // one\n  },\n]}", "m[0].max", "2",
    "{m: [\n  {\n    id: 'a',\n    max: 2, // one\n  },\n]}" },
  { "{m: [\n  {\n    id: 'a',\n  },\n]}", "m[0].cost.input", "0.3",
    "{m: [\n  {\n    id: 'a',\n    cost: {\n      input: 0.3,\n    },\n  },\n]}" },
  { "{m: [{id: 'a', n: 1}]}", "m[0].n", NULL, "{m: [{id: 'a'}]}" },
  { "{m: [{id: 'a'}]}", "m[0].id", NULL, "{m: [{}]}" },
  { "{\"m\":[{\"id\":\"a\"}]}", "m[0].n", "1", "{\"m\":[{\"id\":\"a\",\"n\":1}]}" },

  /* One more at the end, on the line. */
  { "{a: [1, 2]}", "a[2]", "3", "{a: [1, 2, 3]}" },
  { "{a: [1, 2]}", "a[\"-\"]", "3", "{a: [1, 2, 3]}" },
  { "{a: [1,2]}", "a[\"-\"]", "3", "{a: [1,2,3]}" },
  { "{a: [1, 2,]}", "a[\"-\"]", "3", "{a: [1, 2, 3,]}" },
  { "{a: [ 1, 2 ]}", "a[\"-\"]", "3", "{a: [ 1, 2, 3 ]}" },
  { "{a: [1 /* one */]}", "a[\"-\"]", "2", "{a: [1, /* one */ 2]}" },
  { "{a: [1 // one\n]}", "a[\"-\"]", "2", "{a: [1, // one\n  2\n]}" },
  { "{\"a\":[\"x\"]}", "a[\"-\"]", "'y'", "{\"a\":[\"x\",\"y\"]}" },
  { "{'a':['x']}", "a[\"-\"]", "'y'", "{'a':['x','y']}" },
  { "{a: ['x']}", "a[\"-\"]", "'it\\'s'", "{a: ['x', \"it's\"]}" },
  { "{a: [{x: 1}]}", "a[\"-\"]", "{x: 2}", "{a: [{x: 1}, {x: 2}]}" },
  { "{a: [{ 'x' : 1 }]}", "a[\"-\"]", "{x: 2, y: 'z'}",
    "{a: [{ 'x' : 1 }, { 'x' : 2, 'y' : 'z' }]}" },
  { "[]", "[0]", "1", "[1]" },
  { "{a: [[1], [2]]}", "a[\"-\"]", "[3]", "{a: [[1], [2], [3]]}" },

  /* One more at the end, on a line of its own. */
  { "{\n  a: [\n    1,\n    2\n  ]\n}", "a[\"-\"]", "3",
    "{\n  a: [\n    1,\n    2,\n    3\n  ]\n}" },
  { "{\n  a: [\n    1,\n  ],\n}", "a[\"-\"]", "3", "{\n  a: [\n    1,\n    3,\n  ],\n}" },
  { "{\r\n\ta: [\r\n\t\t1,\r\n\t],\r\n}\r\n", "a[1]", "3",
    "{\r\n\ta: [\r\n\t\t1,\r\n\t\t3,\r\n\t],\r\n}\r\n" },
  { "{\ra: [\r 1\r]\r}", "a[1]", "3", "{\ra: [\r 1,\r 3\r]\r}" },
  { BOM "[\n 'x' // x\n]", "[1]", "'y'", BOM "[\n 'x', // x\n 'y'\n]" },
  { "[\n  1, // one\n  // 2,\n]", "[1]", "3", "[\n  1, // one\n  3,\n  // 2,\n]" },
  { "[\n  1, 2,\n  3, 4\n]", "[\"-\"]", "5", "[\n  1, 2,\n  3, 4, 5\n]" },
  { "[\n  1\n  , 2\n]", "[\"-\"]", "3", "[\n  1\n  , 2, 3\n]" },
  { "{\n  m: [\n    { id: 'a', n: 1 },\n  ],\n}", "m[1]", "{id: 'b', n: 2}",
    "{\n  m: [\n    { id: 'a', n: 1 },\n    { id: 'b', n: 2 },\n  ],\n}" },
  { "{\n  \"m\": [\n    {\n      \"id\": \"a\"\n    }\n  ]\n}\n", "m[1]", "{id: 'b', i: ['text']}",
    "{\n  \"m\": [\n    {\n      \"id\": \"a\"\n    },\n    {\n      \"id\": \"b\",\n"
    "      \"i\": [\"text\"]\n    }\n  ]\n}\n" },
  { "{\n  m: [\n    {\n      id: 'a',\n    },\n  ],\n}", "m[\"-\"].id", "'b'",
    "{\n  m: [\n    {\n      id: 'a',\n    },\n    {\n      id: 'b',\n    },\n  ],\n}" },
  { "{\n\tm: [{\n\t\tid: 'a'\n\t}]\n}", "m[1]", "{id: 'b'}",
    "{\n\tm: [{\n\t\tid: 'a'\n\t}, {\n\t\tid: 'b'\n\t}]\n}" },

  /* Into an empty one. */
  { "{a: []}", "a[0]", "'x'", "{a: [\"x\"]}" },
  { "{ b: 'y', a: [] }", "a[\"-\"]", "'x'", "{ b: 'y', a: ['x'] }" },
  { "{a: [ ]}", "a[0]", "'x'", "{a: [\"x\"]}" },
  { "{\n  a: [],\n}", "a[0]", "'x'", "{\n  a: [\"x\"],\n}" },
  { "{\n  a: [\n  ],\n}", "a[0]", "'x'", "{\n  a: [\n    \"x\",\n  ],\n}" },
  { "{\n  a: [],\n}", "a[0]", "{b: 1}", "{\n  a: [\n    {\n      b: 1,\n    },\n  ],\n}" },
  { "{\n  a: [\n    // none yet\n  ]\n}", "a[0]", "1",
    "{\n  a: [\n    // none yet\n    1\n  ]\n}" },
  { "{a: [/* none */]}", "a[0]", "1", "{a: [/* none */ 1]}" },
  { "{a: [// none\n]}", "a[0]", "1", "{a: [// none\n  1\n]}" },
  { "{a: []}", "a[\"-\"].b.c", "1", "{a: [{b: {c: 1}}]}" },

  /* Taken away from the line. */
  { "{a: [1, 2, 3]}", "a[0]", NULL, "{a: [2, 3]}" },
  { "{a: [1, 2, 3]}", "a[1]", NULL, "{a: [1, 3]}" },
  { "{a: [1, 2, 3]}", "a[2]", NULL, "{a: [1, 2]}" },
  { "{a: [1, 2, 3,]}", "a[2]", NULL, "{a: [1, 2,]}" },
  { "{a: [1]}", "a[0]", NULL, "{a: []}" },
  { "{a: [ 1, ]}", "a[0]", NULL, "{a: []}" },
  { "{a: [1,2]}", "a[1]", NULL, "{a: [1]}" },
  { "{a: [1, /* two */ 2]}", "a[1]", NULL, "{a: [1 /* two */]}" },
  { "{a: [1, 2 /* two */]}", "a[1]", NULL, "{a: [1 /* two */]}" },
  { "{a: [{x: 1}, {x: 2}]}", "a[0]", NULL, "{a: [{x: 2}]}" },
  { "{a: [1, 1, 1]}", "a[1]", NULL, "{a: [1, 1]}" },

  /* Taken away from lines of their own. */
  { "[\n  1,\n  2,\n  3,\n]", "[1]", NULL, "[\n  1,\n  3,\n]" },
  { "[\n  1,\n  2\n]", "[1]", NULL, "[\n  1\n]" },
  { "[\n  1, // one\n  2 // two\n]", "[1]", NULL, "[\n  1 // one\n]" },
  { "[\n  1, // one\n  2, // two\n]", "[0]", NULL, "[\n  2, // two\n]" },
  { "[\n  // all of them\n\n  // one\n  1,\n  // two\n  2,\n]", "[0]", NULL,
    "[\n  // all of them\n\n  // one\n  // two\n  2,\n]" },
  { "[\n  1\n]", "[0]", NULL, "[\n]" },
  { "[\r\n\t{\r\n\t\ta: 1, // in it\r\n\t},\r\n\t2\r\n]", "[0]", NULL, "[\r\n\t2\r\n]" },
  { "[ 1\n, 2\n, 3\n]", "[1]", NULL, "[ 1\n, 3\n]" },
  { "[ 1\n, 2\n, 3\n]", "[2]", NULL, "[ 1\n, 2\n]" },
  { "[{\n  a: 1\n}, {\n  a: 2\n}]", "[0]", NULL, "[{\n  a: 2\n}]" },
  { "[{\n  a: 1\n}, {\n  a: 2\n}]", "[1]", NULL, "[{\n  a: 1\n}]" },

  /* Nothing to take away. */
  { "{a: [1]}", "a[1]", NULL, "{a: [1]}" },
  { "{a: [1]}", "a[\"-\"]", NULL, "{a: [1]}" },
  { "{a: [1]}", "a[7].b", NULL, "{a: [1]}" },
  { "{a: [1]}", "a.b", NULL, "{a: [1]}" },
  { "{a: [1]}", "a[0].b", NULL, "{a: [1]}" },

  /* In an object the same segments are names. */
  { "{a: {\"0\": 1, '-': 2}}", "a[0]", "3", "{a: {\"0\": 3, '-': 2}}" },
  { "{a: {\"0\": 1, '-': 2}}", "a[\"-\"]", NULL, "{a: {\"0\": 1}}" },
  { "{a: {}}", "a[0]", "1", "{a: {\"0\": 1}}" },
};

static void
test_rows (void)
{
  json5_rows_check (rows, G_N_ELEMENTS (rows));
}

static const struct
{
  const char *file, *path, *value, *old, *new_text;
} on_files[] = {
  { "minimax-fallback.json5", "agents.defaults.model.fallbacks[\"-\"]", "'zai/glm-4.7'",
    "[\"minimax/MiniMax-M2.1\"]", "[\"minimax/MiniMax-M2.1\", \"zai/glm-4.7\"]" },
  { "minimax-fallback.json5", "agents.defaults.model.fallbacks[0]", NULL,
    "[\"minimax/MiniMax-M2.1\"]", "[]" },
  { "messy.json5", "notes[4]", NULL, "Infinity, /* and */ 'done',]", "Infinity, /* and */]" },
  { "messy.json5", "notes[\"-\"]", "'more'", "'done',]", "'done', 'more',]" },
  { "messy.json5", "notes[1]", "2", "2.", "2." },
  { "minimax-lmstudio.json5", "models.providers.lmstudio.models[0].contextWindow", "1000",
    "contextWindow: 196608", "contextWindow: 1000" },
};

static void
test_files (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (on_files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *before = json5_fixture (on_files[i].file);
      g_autofree char *after
          = json5_row_edit (before, on_files[i].path, on_files[i].value, &error);
      g_assert_no_error (error);
      g_test_message ("%s %s\n%s", on_files[i].file, on_files[i].path, after);
      g_auto (GStrv) parts = g_strsplit (before, on_files[i].old, 2);
      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      g_autofree char *expected = g_strjoinv (on_files[i].new_text, parts);
      g_assert_cmpstr (after, ==, expected);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json5-arrays/rows", test_rows);
  g_test_add_func ("/json5-arrays/files", test_files);

  return g_test_run ();
}
