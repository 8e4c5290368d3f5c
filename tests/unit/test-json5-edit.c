/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include <locale.h>
#include <string.h>

#include "config/ocg-json5-edit.h"
#include "json5-rows.h"
#include "ocg-error.h"

#define BOM "\xef\xbb\xbf"

static const Json5Row rows[] = {
  /* Nothing there yet. */
  { "", "a", "1", "{\n  \"a\": 1\n}\n" },
  { "", "a.b.c", "'x'", "{\n  \"a\": {\n    \"b\": {\n      \"c\": \"x\"\n    }\n  }\n}\n" },
  { "{}", "a", "1", "{\n  \"a\": 1\n}" },
  { "{}\n", "a", "1", "{\n  \"a\": 1\n}\n" },
  { "{ }", "a", "1", "{\n  \"a\": 1\n}" },
  { "{\n}\n", "a", "1", "{\n  \"a\": 1\n}\n" },
  { "{\n  // nothing yet  \n}\n", "a", "1", "{\n  // nothing yet  \n  \"a\": 1\n}\n" },
  { "{ /* c */ }", "a", "1", "{ /* c */\n  \"a\": 1\n}" },
  { "// only a comment", "a", "1", "// only a comment\n{\n  \"a\": 1\n}\n" },
  { "// c\r\n", "a", "1", "// c\r\n{\r\n  \"a\": 1\r\n}\r\n" },
  { BOM, "a", "1", BOM "{\n  \"a\": 1\n}\n" },
  { "", "a", NULL, "" },
  { "// c\n", "a", NULL, "// c\n" },

  /* A value replaced is only the value. */
  { "{ a : /* x */ 1 /* y */ , b:2}", "a", "'z'", "{ a : /* x */ \"z\" /* y */ , b:2}" },
  { "{a:1}", "a", "true", "{a:true}" },
  { "{'a':'x'}", "a", "\"it's\"", "{'a':\"it's\"}" },
  { "{a:{b:{c:0x10}}}", "a.b.c", "17", "{a:{b:{c:17}}}" },
  { "{\\u0061:1}", "a", "2", "{\\u0061:2}" },
  { "{a:1,a:2}", "a", "3", "{a:1,a:3}" },
  { "{a:{b:1},a:{b:2}}", "a.b", "3", "{a:{b:1},a:{b:3}}" },
  { "{a:{b:1},a:{}}", "a.b", "3", "{a:{b:1},a:{b:3}}" },
  { "{\n  a: [\n    1,\n  ],\n}", "a", "['x', 'y']", "{\n  a: [\n    \"x\",\n    \"y\",\n  ],\n}" },
  { "{ a: [1] }", "a", "[]", "{ a: [] }" },
  { "{\n  a: 1,\n}", "a", "{x: 1, y: [1, 2]}",
    "{\n  a: {\n    x: 1,\n    y: [1, 2],\n  },\n}" },
  { "{\n  a: { z: 0 },\n}", "a", "{x: 1}", "{\n  a: { x: 1 },\n}" },
  { "{ a: 1 }", "a", "{x: {y: null}}", "{ a: { x: { y: null } } }" },
  { "{ a: 1 }", "a", "{}", "{ a: {} }" },
  { "{a: 1}", "a", "NaN", "{a: NaN}" },
  { "{a: 1}", "a", "'line\\nbreak \\u2028 \"q\" \\\\'",
    "{a: \"line\\nbreak \\u2028 \\\"q\\\" \\\\\"}" },

  /* New members on lines of their own. */
  { "{\n  a: 1\n}\n", "b", "2", "{\n  a: 1,\n  b: 2\n}\n" },
  { "{\n  a: 1,\n}\n", "b", "2", "{\n  a: 1,\n  b: 2,\n}\n" },
  { "{\n  \"a\": 1\n}\n", "b", "2", "{\n  \"a\": 1,\n  \"b\": 2\n}\n" },
  { "{\n  'a': 1\n}\n", "b", "2", "{\n  'a': 1,\n  'b': 2\n}\n" },
  { "{\n  a: 1\n}\n", "b c", "2", "{\n  a: 1,\n  \"b c\": 2\n}\n" },
  { "{\n  'x y': 0,\n  a: 1\n}\n", "it's", "2", "{\n  'x y': 0,\n  a: 1,\n  \"it's\": 2\n}\n" },
  { "{\r\n\ta: 1\r\n}\r\n", "b", "2", "{\r\n\ta: 1,\r\n\tb: 2\r\n}\r\n" },
  { "{\r\ta: 1\r}\r", "b", "2", "{\r\ta: 1,\r\tb: 2\r}\r" },
  { BOM "{\n  a: 1\n}", "b", "2", BOM "{\n  a: 1,\n  b: 2\n}" },
  { "{\n  a: 1 // one\n}", "b", "2", "{\n  a: 1, // one\n  b: 2\n}" },
  { "{\n  a: 1, // one\n}", "b", "2", "{\n  a: 1, // one\n  b: 2,\n}" },
  { "{\n  a: 1, /* one\n  two */\n}", "b", "2", "{\n  a: 1, /* one\n  two */\n  b: 2,\n}" },
  { "{\n  a: 1,\n  // b: 3,\n}", "b", "2", "{\n  a: 1,\n  b: 2,\n  // b: 3,\n}" },
  { "{\n  a: 1,\n\n}", "b", "2", "{\n  a: 1,\n  b: 2,\n\n}" },
  { "{ a: 1,\n  b: 2 }", "c", "3", "{ a: 1,\n  b: 2,\n  c: 3 }" },
  { "{ a: 1 // one\n}", "b", "2", "{ a: 1, // one\n  b: 2\n}" },
  { "{\n    a: {\n        x: 1\n    }\n}", "b.c", "2",
    "{\n    a: {\n        x: 1\n    },\n    b: {\n        c: 2\n    }\n}" },
  { "{\n\ta: {\n\t\tx: 1,\n\t},\n}", "b.c.d", "2",
    "{\n\ta: {\n\t\tx: 1,\n\t},\n\tb: {\n\t\tc: {\n\t\t\td: 2,\n\t\t},\n\t},\n}" },
  { "{\n  a: {\n  },\n}", "a.b", "2", "{\n  a: {\n    b: 2,\n  },\n}" },
  { "{\n  a: {},\n}", "a.b", "2", "{\n  a: {\n    b: 2,\n  },\n}" },
  { "{\n  m: {\n    'a/b': { alias: 'x' },\n  },\n}", "m[\"c/d\"].alias", "'y'",
    "{\n  m: {\n    'a/b': { alias: 'x' },\n    'c/d': { alias: 'y' },\n  },\n}" },
  { "{\n  m: {\n    \"a/b\": {},\n  },\n}", "m[\"c/d\"].alias", "'y'",
    "{\n  m: {\n    \"a/b\": {},\n    \"c/d\": {\n      alias: \"y\",\n    },\n  },\n}" },
  { "{\n  a   : 1\n}", "b", "2", "{\n  a   : 1,\n  b   : 2\n}" },

  { "{\n  a: 'x',\n}", "b c", "'y'", "{\n  a: 'x',\n  'b c': 'y',\n}" },
  { "{\n  \"a\": 'x',\n}", "b.c", "'y'",
    "{\n  \"a\": 'x',\n  \"b\": {\n    \"c\": 'y',\n  },\n}" },
  { "{ a: { b: 'x', }, }", "c[\"d/e\"].f", "'g'",
    "{ a: { b: 'x', }, c: { 'd/e': { f: 'g' } }, }" },
  /* Line ends as they are around it. */
  { "{\r\n  a: {\n    x: 1\n  }\r\n}", "a.y", "2",
    "{\r\n  a: {\n    x: 1,\n    y: 2\n  }\r\n}" },
  { "{\n  a: {\r\n    x: 1,\r\n  }\n}", "a.y", "2",
    "{\n  a: {\r\n    x: 1,\r\n    y: 2,\r\n  }\n}" },
  { "{\n  a: {\r    x: 1\r  }\n}", "b", "2", "{\n  a: {\r    x: 1\r  },\n  b: 2\n}" },
  { "{\n    // four\n    a: 1, /* and */\n\n    /* more */\n}", "b", "{}",
    "{\n    // four\n    a: 1, /* and */\n    b: {},\n\n    /* more */\n}" },

  /* New members on the line. */
  { "{ a: 1 }", "b", "2", "{ a: 1, b: 2 }" },
  { "{ a: 1, }", "b", "2", "{ a: 1, b: 2, }" },
  { "{a: 1}", "b", "2", "{a: 1, b: 2}" },
  { "{\"a\":1}", "b", "2", "{\"a\":1,\"b\":2}" },
  { "{\"a\":1}", "b.c", "[1,2]", "{\"a\":1,\"b\":{\"c\":[1,2]}}" },
  { "{\"a\":{\"x\":1},\"b\":2}", "a.y", "3", "{\"a\":{\"x\":1,\"y\":3},\"b\":2}" },
  { "{ a: { b: { c: 1 } } }", "a.b.d", "2", "{ a: { b: { c: 1, d: 2 } } }" },
  { "{ a: {} }", "a.b", "1", "{ a: { b: 1 } }" },
  { "{ a: { /* c */ } }", "a.b", "1", "{ a: { /* c */ b: 1 } }" },
  { "{ a: 1 /* one */ }", "b", "2", "{ a: 1, /* one */ b: 2 }" },
  { "{\n  a: 1, b: 2,\n  c: 3, d: 4\n}", "e", "5", "{\n  a: 1, b: 2,\n  c: 3, d: 4, e: 5\n}" },

  /* Members taken away from lines of their own. */
  { "{\n  a: 1,\n  b: 2,\n  c: 3,\n}", "b", NULL, "{\n  a: 1,\n  c: 3,\n}" },
  { "{\n  a: 1,\n  b: 2,\n}", "b", NULL, "{\n  a: 1,\n}" },
  { "{\n  a: 1,\n  b: 2\n}", "b", NULL, "{\n  a: 1\n}" },
  { "{\n  a: 1, // one\n  b: 2 // two\n}", "b", NULL, "{\n  a: 1 // one\n}" },
  { "{\n  a: 1, // one\n  b: 2, // two\n  // three\n  c: 3\n}", "b", NULL,
    "{\n  a: 1, // one\n  // three\n  c: 3\n}" },
  { "{\n  a: 1,\n  /* two */ b: 2 /* zwei */, // deux\n  c: 3\n}", "b", NULL,
    "{\n  a: 1,\n  c: 3\n}" },
  { "{\n  // about a\n  a: 1,\n\n  // about b\n  b: 2,\n}", "a", NULL,
    "{\n  // about a\n\n  // about b\n  b: 2,\n}" },
  { "{\n  a: {\n    x: 1, // in a\n  },\n  b: 2,\n}", "a", NULL, "{\n  b: 2,\n}" },
  { "{\n  a: {\n    x: 1,\n  },\n}", "a.x", NULL, "{\n  a: {\n  },\n}" },
  { "{\r\n  a: 1,\r\n  b: 2\r\n}\r\n", "b", NULL, "{\r\n  a: 1\r\n}\r\n" },
  { "{\r  a: 1,\r  b: 2\r}\r", "a", NULL, "{\r  b: 2\r}\r" },
  { "{\n  a: 1\n}", "a", NULL, "{\n}" },
  { "{\n  a: 1,\n\n  b: 2,\n}", "b", NULL, "{\n  a: 1,\n\n}" },

  /* Members taken away from a line that others stand on too. */
  { "{ a: 1, b: 2, c: 3 }", "a", NULL, "{ b: 2, c: 3 }" },
  { "{ a: 1, b: 2, c: 3 }", "b", NULL, "{ a: 1, c: 3 }" },
  { "{ a: 1, b: 2, c: 3 }", "c", NULL, "{ a: 1, b: 2 }" },
  { "{ a: 1, b: 2, }", "b", NULL, "{ a: 1, }" },
  { "{ a: 1 }", "a", NULL, "{}" },
  { "{ a: 1, }", "a", NULL, "{}" },
  { "{\"a\":1,\"b\":2}", "a", NULL, "{\"b\":2}" },
  { "{\"a\":1,\"b\":2}", "b", NULL, "{\"a\":1}" },
  { "{ a: { b: 1 }, c: 2 }", "a.b", NULL, "{ a: {}, c: 2 }" },
  { "{ /* a */ a: 1, /* b */ b: 2 }", "a", NULL, "{ /* a */ /* b */ b: 2 }" },
  { "{ a: 1, /* b */ b: 2 }", "b", NULL, "{ a: 1 /* b */ }" },
  { "{ a: 1 // one\n  , b: 2 }", "b", NULL, "{ a: 1 // one\n   }" },
  { "{\n  a: 1, b: 2,\n  c: 3\n}", "b", NULL, "{\n  a: 1,\n  c: 3\n}" },
  { "{\n  a: 1, b: 2,\n  c: 3\n}", "a", NULL, "{\n  b: 2,\n  c: 3\n}" },
  { "{\n  a: 1, b: 2, // both\n  c: 3\n}", "b", NULL, "{\n  a: 1, // both\n  c: 3\n}" },
  { "{ a: 1,\n  b: 2 }", "b", NULL, "{ a: 1 }" },
  { "{ a: 1,\n  b: 2 }", "a", NULL, "{\n  b: 2 }" },

  /* What is no code stays none. */
  { "{ a: 1, // one\n  b: 2 // two }\n}", "b", NULL, "{ a: 1 // one\n}" },
  { "{ a: 1, // b: 2,\n}", "a", NULL, "{ // b: 2,\n}" },
  { "{ a: 1 // }\n}", "b", "2", "{ a: 1, // }\n  b: 2\n}" },
  { "{ a: 1 /* { */ } // }", "b", "2", "{ a: 1, /* { */ b: 2 } // }" },
  { "{ a: '// no', b: \"/*\" }", "a", NULL, "{ b: \"/*\" }" },
  { "{ // {\n}", "a", "1", "{ // {\n  \"a\": 1\n}" },
  { "{ a: 1 } // a: 2", "a", "'// */'", "{ a: \"// */\" } // a: 2" },

  /* Commas first. */
  { "{ a: 1\n, b: 2\n, c: 3\n}", "a", NULL, "{ b: 2\n, c: 3\n}" },
  { "{ a: 1\n, b: 2\n, c: 3\n}", "b", NULL, "{ a: 1\n, c: 3\n}" },
  { "{ a: 1\n, b: 2\n, c: 3\n}", "c", NULL, "{ a: 1\n, b: 2\n}" },
  { "{\n  a: 1\n  // about b\n  , b: 2\n}", "a", NULL, "{\n\n  // about b\n  b: 2\n}" },

  /* All of the same name go, or an earlier one would come back. */
  { "{ a: 1, b: 2, a: 3 }", "a", NULL, "{ b: 2 }" },
  { "{\n  a: 1,\n  b: 2,\n  a: 3\n}", "a", NULL, "{\n  b: 2\n}" },

  /* Nothing to take away. */
  { "{ a: 1 }", "b", NULL, "{ a: 1 }" },
  { "{ a: 1 }", "a.b", NULL, "{ a: 1 }" },
  { "{ a: 1 }", "b.c.d", NULL, "{ a: 1 }" },
  { "[1]", "a", NULL, "[1]" },
};

static void
test_rows (void)
{
  json5_rows_check (rows, G_N_ELEMENTS (rows));
}

static const struct
{
  const char *text;
  const char *path;
  const char *value;
  const char *message;
} bad[] = {
  { "{a: 1", "a", "2", "line 1, column 6: *" },
  { "{a: 1", "a", NULL, "line 1, column 6: *" },
  { "{\n  a: 1\n}", "a.b", "2", "line 2, column 6: *" },
  { "{\n  a: null\n}", "a.b", "2", "line 2, column 6: *" },
  { "{\n  a: [{}]\n}", "a.b", "2", "line 2, column 6: *an object*" },
  { "{\n  a: [{}]\n}", "a[\"01\"]", "2", "line 2, column 6: *an object*" },
  { "{\n  a: [{}]\n}", "a[\"+1\"]", "2", "line 2, column 6: *an object*" },
  { "{\n  a: [{}]\n}", "a[\"\"]", "2", "line 2, column 6: *an object*" },
  { "{\n  a: [{}]\n}", "a[2]", "2", "line 2, column 6: *only 1 element" },
  { "{\n  a: [1, 2]\n}", "a[3].b", "2", "line 2, column 6: *only 2 elements" },
  { "{\n  a: []\n}", "a[99999999999999999999]", "2", "line 2, column 6: *only 0 elements" },
  { "{\n  a: [{b: 1}]\n}", "a[0].b.c", "2", "line 2, column 11: *an object*" },
  { "[]", "a", "2", "line 1, column 1: *" },
  { "1", "a", "2", "line 1, column 1: *" },
  { "{a: 1} x", "a", "2", "line 1, column 8: *" },
  { "/* open", "a", "2", "line 1, column 1: *" },
  { "\xff", "a", "2", "line 1, column 1: *" },
  { "{a: '\xe4\xb8'}", "a", "2", "line 1, column 6: *" },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = json5_row_edit (bad[i].text, bad[i].path, bad[i].value, &error);
      g_assert_null (after);
      g_assert_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID);
      g_test_message ("%s", error->message);
      g_assert_true (g_pattern_match_simple (bad[i].message, error->message));
    }
}

/* What would be too deep to be read again is not written. */
static void
test_too_deep (void)
{
  g_autoptr (GPtrArray) path = g_ptr_array_new ();
  for (guint i = 0; i < OCG_JSON5_MAX_DEPTH + 1; i++)
    g_ptr_array_add (path, (gpointer) "a");
  g_ptr_array_add (path, NULL);
  OcgJson5Problem problem;
  g_autoptr (JsonNode) one = ocg_json5_parse ("1", -1, NULL);

  g_assert_null (ocg_json5_edit ("", (const char *const *) path->pdata, one, &problem));
  g_assert_cmpint (problem.fault, ==, OCG_JSON5_TOO_DEEP);
  path->pdata[OCG_JSON5_MAX_DEPTH] = NULL;
  g_autofree char *text = ocg_json5_edit ("", (const char *const *) path->pdata, one, &problem);
  g_assert_nonnull (text);
}

/* Replaces the one occurrence of @old. */
static char *
replaced (const char *text, const char *old, const char *new_text)
{
  g_auto (GStrv) parts = g_strsplit (text, old, -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strjoinv (new_text, parts);
}

static const struct
{
  const char *file, *path, *value, *old, *new_text;
} on_files[] = {
  { "minimax-hosted.json5", "agents.defaults.model.primary", "'minimax/MiniMax-M2.1-lightning'",
    "\"minimax/MiniMax-M2.1\"", "\"minimax/MiniMax-M2.1-lightning\"" },
  { "minimax-hosted.json5", "agents.defaults.model.fallbacks", "['a/b', 'c/d']",
    "{ primary: \"minimax/MiniMax-M2.1\" }",
    "{ primary: \"minimax/MiniMax-M2.1\", fallbacks: [\"a/b\", \"c/d\"] }" },
  { "minimax-hosted.json5", "agents.defaults.models[\"minimax/MiniMax-M2.1\"].alias", "'mm'",
    "{ primary: \"minimax/MiniMax-M2.1\" } } },",
    "{ primary: \"minimax/MiniMax-M2.1\" }, models: { \"minimax/MiniMax-M2.1\": { alias: \"mm\" } "
    "} } }," },
  { "minimax-hosted.json5", "auth.order.minimax", "['minimax:default']", "    },\n  },\n}\n",
    "    },\n  },\n  auth: {\n    order: {\n      minimax: [\"minimax:default\"],\n    },\n  "
    "},\n}\n" },
  { "minimax-hosted.json5", "env", NULL, "  env: { MINIMAX_API_KEY: \"sk-...\" },\n", "" },
  { "minimax-fallback.json5", "agents.defaults.models[\"zai/glm-4.7\"].alias", "'glm'",
    "{ alias: \"minimax\" },\n", "{ alias: \"minimax\" },\n        \"zai/glm-4.7\": { alias: "
                                 "\"glm\" },\n" },
  { "minimax-fallback.json5", "agents.defaults.models[\"anthropic/claude-opus-4-6\"]", NULL,
    "        \"anthropic/claude-opus-4-6\": { alias: \"opus\" },\n", "" },
  { "minimax-fallback.json5", "agents.defaults.model.fallbacks", NULL,
    "        fallbacks: [\"minimax/MiniMax-M2.1\"],\n", "" },
  { "minimax-lmstudio.json5", "agents.defaults.imageModel.primary", "'a/b'",
    "{ alias: \"Minimax\" } },\n",
    "{ alias: \"Minimax\" } },\n      imageModel: { primary: \"a/b\" },\n" },
  { "messy.json5", "agents.defaults.model", "'x/y'", "'anthropic/claude-opus-4-6', /* was",
    "'x/y', /* was" },
  { "messy.json5", "agents.defaults.timeoutSeconds", NULL, "timeoutSeconds: 0x258, ", "" },
  { "messy.json5", "agents.defaults.maxConcurrent", NULL, " maxConcurrent: +4,", "" },
  { "messy.json5", "agents.defaults.thinkingDefault", "'low'", "work\",\n",
    "work\",\n\t\t\tthinkingDefault: \"low\",\n" },
  { "messy.json5", "agents.defaults.models[\"zai/glm\"]", "{}", "params: {temperature:.7} }\n",
    "params: {temperature:.7} },\n\t\t\t\t\"zai/glm\": {}\n" },
  { "messy.json5", "models.providers.zai.api", "'openai-completions'", "providers: {}",
    "providers: { zai: { api: \"openai-completions\" } }" },
  { "messy.json5", "agents2", NULL, ",],\n\tagents2: null\n", ",]\n" },
  { "messy.json5", "channels", NULL, "\t\"channels\" : { },\n", "" },
  { "messy.json5", "gateway.auth", NULL, "{port: 18789, auth: {mode: \"token\", token: \"abc\"}}",
    "{port: 18789}" },
};

static void
test_files (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (on_files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *before = json5_fixture (on_files[i].file);
      g_autofree char *after = json5_row_edit (before, on_files[i].path, on_files[i].value, &error);
      g_assert_no_error (error);
      g_test_message ("%s %s\n%s", on_files[i].file, on_files[i].path, after);
      g_autofree char *expected = replaced (before, on_files[i].old, on_files[i].new_text);
      g_assert_cmpstr (after, ==, expected);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json5-edit/rows", test_rows);
  g_test_add_func ("/json5-edit/bad", test_bad);
  g_test_add_func ("/json5-edit/too-deep", test_too_deep);
  g_test_add_func ("/json5-edit/files", test_files);

  return g_test_run ();
}
