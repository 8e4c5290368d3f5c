/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include <locale.h>
#include <string.h>

#include "config/ocg-config-path.h"
#include "config/ocg-json5-edit.h"
#include "config/ocg-json5-container.h"
#include "config/ocg-json5-write.h"
#include "config/ocg-json5.h"
#include "ocg-error.h"

#define BOM "\xef\xbb\xbf"

static const struct
{
  const char *before;
  const char *path;
  const char *value; /* NULL: unset */
  const char *after;
} rows[] = {
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
  { "{\n  a: [\n    1,\n  ],\n}", "a", "['x', 'y']", "{\n  a: [\"x\", \"y\"],\n}" },
  { "{ a: [1] }", "a", "[]", "{ a: [] }" },
  { "{\n  a: 1,\n}", "a", "{x: 1, y: [1, 2]}",
    "{\n  a: {\n    \"x\": 1,\n    \"y\": [1, 2]\n  },\n}" },
  { "{\n  a: { z: 0 },\n}", "a", "{x: 1}", "{\n  a: { \"x\": 1 },\n}" },
  { "{ a: 1 }", "a", "{x: {y: null}}", "{ a: { \"x\": { \"y\": null } } }" },
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
  { "{\n  'x y': 0,\n  a: 1\n}\n", "it's", "2", "{\n  'x y': 0,\n  a: 1,\n  'it\\'s': 2\n}\n" },
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
    "{\n  m: {\n    'a/b': { alias: 'x' },\n    'c/d': { alias: \"y\" },\n  },\n}" },
  { "{\n  m: {\n    \"a/b\": {},\n  },\n}", "m[\"c/d\"].alias", "'y'",
    "{\n  m: {\n    \"a/b\": {},\n    \"c/d\": {\n      alias: \"y\",\n    },\n  },\n}" },
  { "{\n  a   : 1\n}", "b", "2", "{\n  a   : 1,\n  b   : 2\n}" },

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

/* @value: (nullable) JSON5 */
static char *
edit (const char *text, const char *path, const char *value, GError **error)
{
  g_auto (GStrv) segments = ocg_config_path_parse (path, NULL);
  const char *const *names = (const char *const *) segments;
  if (value == NULL)
    return ocg_json5_unset (text, names, error);
  g_autoptr (JsonNode) node = ocg_json5_parse (value, -1, NULL);
  return ocg_json5_set (text, names, node, error);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = edit (rows[i].before, rows[i].path, rows[i].value, &error);
      g_test_message ("%s\n%s = %s", rows[i].before, rows[i].path, rows[i].value);
      g_assert_no_error (error);
      g_assert_cmpstr (after, ==, rows[i].after);
      /* The same again changes nothing more. */
      g_autofree char *again = edit (after, rows[i].path, rows[i].value, &error);
      g_assert_cmpstr (again, ==, after);
    }
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
  { "{\n  a: [{}]\n}", "a[0].b", "2", "line 2, column 6: *" },
  { "[]", "a", "2", "line 1, column 1: *" },
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
      g_autofree char *after = edit (bad[i].text, bad[i].path, bad[i].value, &error);
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
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) one = ocg_json5_parse ("1", -1, NULL);

  g_assert_null (ocg_json5_set ("", (const char *const *) path->pdata, one, &error));
  g_assert_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID);
  path->pdata[OCG_JSON5_MAX_DEPTH] = NULL;
  g_autofree char *text = ocg_json5_set ("", (const char *const *) path->pdata, one, NULL);
  g_assert_nonnull (text);
}

/* --- random edits of random messy texts --- */

typedef struct
{
  GString *text;
  guint comments; /* so far; each has its number in it */
  const char *newline;
} Mess;

static guint
below (guint n)
{
  return g_test_rand_int_range (0, n);
}

static void
mess_space (Mess *mess, gboolean may_break)
{
  static const char *const blanks[] = { "", "", " ", "  ", "\t", "\xc2\xa0" };
  for (guint i = below (3); i > 0; i--)
    {
      guint kind = below (8);
      if (kind < 4)
        g_string_append (mess->text, blanks[below (G_N_ELEMENTS (blanks))]);
      else if (kind == 4)
        g_string_append_printf (mess->text, "/* #%u: { \"' // */", mess->comments++);
      else if (kind == 5 && may_break)
        g_string_append_printf (mess->text, "/* #%u:%s */", mess->comments++, mess->newline);
      else if (kind == 6 && may_break)
        g_string_append_printf (mess->text, "// #%u: } , ' */%s", mess->comments++, mess->newline);
      else if (may_break)
        g_string_append_printf (mess->text, "%s%*s", mess->newline, (int) below (5), "");
    }
}

static const char *const names[] = { "a", "b", "c", "d e", "f/g.h", "'", "\"", "中", "\\", "i1" };

static void
mess_name (Mess *mess)
{
  const char *name = names[below (G_N_ELEMENTS (names))];
  if (g_ascii_isalpha (*name) && strpbrk (name, " /.") == NULL && below (2) == 0)
    g_string_append (mess->text, name);
  else
    ocg_json5_write_string (mess->text, name, below (2) == 0 ? '"' : '\'');
}

static void
mess_value (Mess *mess, guint depth)
{
  static const char *const scalars[]
      = { "1",     "0x1f", ".5",   "-Infinity", "true", "null", "'it\\'s, {'", "\"// no /* \"",
          "'a\\\n'", "[1, [2,], {a: 1,}]", "[]", "{}", "{ }", "[ // ]\n]" };
  if (depth > 3 || below (3) == 0)
    {
      g_string_append (mess->text, scalars[below (G_N_ELEMENTS (scalars))]);
      return;
    }

  gboolean lines = below (2) == 0;
  guint members = below (5);
  g_string_append_c (mess->text, '{');
  for (guint i = 0; i < members; i++)
    {
      if (lines)
        g_string_append_printf (mess->text, "%s%*s", mess->newline, (int) depth * 2, "");
      mess_space (mess, !lines || below (4) == 0);
      mess_name (mess);
      mess_space (mess, below (8) == 0);
      g_string_append_c (mess->text, ':');
      mess_space (mess, below (8) == 0);
      mess_value (mess, depth + 1);
      mess_space (mess, below (8) == 0);
      if (i + 1 < members || below (2) == 0)
        g_string_append_c (mess->text, ',');
      mess_space (mess, below (4) == 0);
    }
  mess_space (mess, TRUE);
  if (lines)
    g_string_append (mess->text, mess->newline);
  g_string_append_c (mess->text, '}');
}

/* A text whose root is an object. */
static char *
random_mess (void)
{
  static const char *const newlines[] = { "\n", "\n", "\r\n", "\r" };
  for (;;)
    {
      g_autoptr (GString) text = g_string_new (below (4) == 0 ? BOM : "");
      Mess mess = { .text = text, .newline = newlines[below (G_N_ELEMENTS (newlines))] };
      mess_space (&mess, TRUE);
      gsize start = text->len;
      mess_value (&mess, 0);
      if (text->str[start] != '{')
        continue;
      mess_space (&mess, TRUE);
      return g_string_free (g_steal_pointer (&text), FALSE);
    }
}

/* A path that may or may not be there. */
static GStrv
random_path (JsonNode *root)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonNode *node = root;
  do
    {
      JsonObject *object
          = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      guint size = object != NULL ? json_object_get_size (object) : 0;
      const char *name = names[below (G_N_ELEMENTS (names))];
      g_autoptr (GList) members = size > 0 ? json_object_get_members (object) : NULL;
      if (size > 0 && below (5) > 0)
        name = g_list_nth_data (members, below (size));
      g_strv_builder_add (builder, name);
      node = size > 0 ? json_object_get_member (object, name) : NULL;
    }
  while (below (4) > 0);
  return g_strv_builder_end (builder);
}

/* What the edit means for the values: FALSE when it has to fail. */
static gboolean
apply (JsonNode *root, const char *const *path, JsonNode *value)
{
  JsonObject *object = json_node_get_object (root);
  for (; path[1] != NULL; path++)
    {
      JsonNode *node = json_object_get_member (object, path[0]);
      if (node == NULL && value == NULL)
        return TRUE;
      if (node == NULL)
        json_object_set_object_member (object, path[0], json_object_new ());
      else if (!JSON_NODE_HOLDS_OBJECT (node))
        return value == NULL;
      object = json_object_get_object_member (object, path[0]);
    }
  if (value != NULL)
    json_object_set_member (object, path[0], json_node_copy (value));
  else if (json_object_has_member (object, path[0]))
    json_object_remove_member (object, path[0]);
  return TRUE;
}

/* The member in force at @path, by the values' own places. */
static gboolean
find_member (const char *text, const char *const *path, OcgJson5Item *found)
{
  gsize position = 0;
  for (; *path != NULL; path++)
    {
      g_autoptr (OcgJson5Container) object = ocg_json5_container_new (text, strlen (text), position);
      const OcgJson5Item *member
          = object != NULL ? ocg_json5_object_find (object, *path) : NULL;
      if (member == NULL)
        return FALSE;
      *found = *member;
      found->name = NULL;
      position = member->value_start;
    }
  return TRUE;
}

static gboolean
is_blank (const char *text, gsize length)
{
  g_autofree char *copy = g_strndup (text, length);
  return strspn (copy, " \t\r\n\xc2\xa0") == length;
}

/* Bytes that are the same at the start and at the end of both texts. */
static void
common_ends (const char *a, const char *b, gsize *prefix, gsize *suffix)
{
  gsize size_a = strlen (a), size_b = strlen (b);
  gsize limit = MIN (size_a, size_b);
  *prefix = *suffix = 0;
  while (*prefix < limit && a[*prefix] == b[*prefix])
    (*prefix)++;
  while (*suffix < limit - *prefix && a[size_a - 1 - *suffix] == b[size_b - 1 - *suffix])
    (*suffix)++;
}

/* A new member: nothing is lost but blanks in what was an empty object. */
static void
check_added (const char *before, const char *after)
{
  gsize prefix, suffix;
  common_ends (before, after, &prefix, &suffix);
  gsize lost = strlen (before) - prefix - suffix;
  g_autofree char *middle = g_strndup (before + prefix, lost);
  g_autofree char *new_middle
      = g_strndup (after + prefix, strlen (after) - prefix - suffix);
  g_assert_true (is_blank (middle, lost) || strstr (new_middle, middle) != NULL);
}

static void
check_replaced (const char *before, const char *after, const OcgJson5Item *member)
{
  gsize tail = strlen (before) - member->value_end;
  g_assert_cmpuint (strlen (after), >=, member->value_start + tail);
  g_assert_cmpmem (before, member->value_start, after, member->value_start);
  g_assert_cmpstr (before + member->value_end, ==, after + strlen (after) - tail);
}

/* The lines around the member and its comma are as they were, and nothing came in. */
static void
check_around (const char *before, const char *after, const OcgJson5Item *member, gsize line_end)
{
  gsize head = member->before - 1;
  gsize tail = line_end;
  const char *p = before;

  while (head > 0 && strchr ("\r\n", before[head - 1]) == NULL)
    head--;
  tail += g_str_has_prefix (before + tail, "\r\n") ? 2 : before[tail] != '\0';
  g_assert_cmpuint (strlen (after), <, strlen (before));
  g_assert_cmpuint (strlen (after), >=, head + strlen (before + tail));
  g_assert_cmpmem (before, head, after, head);
  g_assert_true (g_str_has_suffix (after, before + tail));
  for (const char *a = after; *a != '\0'; a++, p++)
    while (*p != *a)
      g_assert_cmpint (*p++, !=, '\0');
}

/* All comments that do not touch the lines of the member are still there, in order. */
static void
check_removed (const char *before, const char *after, const OcgJson5Item *member)
{
  gsize start = member->start;
  gsize end = member->comma != 0 ? member->comma : member->value_end;
  const char *next = after;
  guint number = 0;

  while (start > 0 && strchr ("\r\n", before[start - 1]) == NULL)
    start--;
  end += strcspn (before + end, "\r\n");
  check_around (before, after, member, end);
  for (const char *p = before; (p = strstr (p, " #")) != NULL; p++)
    {
      /* The member may start on the line where a comment of several lines ends. */
      gsize at = p - before;
      gsize comment_end = p[-1] == '*' ? (gsize) (strstr (p, "*/") + 2 - before) : at + 1;
      if (comment_end > start && at < end)
        continue;
      g_autofree char *mark = g_strndup (p, strcspn (p, ":") + 1);
      next = strstr (next, mark);
      g_assert_nonnull (next);
      number++;
    }
  g_test_message ("%u comments kept", number);
}

/* How many members there are of the name that @path ends in. */
static guint
count_members (const char *text, const char *const *path)
{
  g_auto (GStrv) parent = g_strdupv ((char **) path);
  guint last = g_strv_length (parent) - 1;
  OcgJson5Item holder = { 0 };
  guint count = 0;

  g_clear_pointer (&parent[last], g_free);
  if (!find_member (text, (const char *const *) parent, &holder))
    return 0;
  g_autoptr (OcgJson5Container) object
      = ocg_json5_container_new (text, strlen (text), holder.value_start);
  for (guint i = 0; object != NULL && i < object->members->len; i++)
    count += g_str_equal (ocg_json5_object_last (object, i)->name, path[last]);
  return count;
}

static void
check_edit (const char *before, const char *after, const char *const *path, gboolean set)
{
  OcgJson5Item member, left;
  if (!find_member (before, path, &member))
    {
      if (set)
        check_added (before, after);
      else
        g_assert_cmpstr (before, ==, after);
    }
  else if (set)
    check_replaced (before, after, &member);
  else
    {
      g_assert_false (find_member (after, path, &left));
      /* Duplicates are several removals, each like this one. */
      if (count_members (before, path) == 1)
        check_removed (before, after, &member);
    }
}

/* One edit; returns the new text, or NULL when the edit had to fail and did. */
static char *
random_edit (const char *text)
{
  static const char *const values[]
      = { "1", "'x'", "null", "['a', 'b']", "{k: [1, {l: 2}], 'm n': {}}", "{}", "0.25" };
  OcgJson5Problem problem;
  g_autoptr (JsonNode) root = ocg_json5_read (text, -1, &problem);
  g_assert_nonnull (root);
  g_auto (GStrv) strv = random_path (root);
  const char *const *path = (const char *const *) strv;
  g_autoptr (JsonNode) value
      = below (2) == 0 ? ocg_json5_read (values[below (G_N_ELEMENTS (values))], -1, &problem)
                       : NULL;
  gboolean possible = apply (root, path, value);

  g_autofree char *after = ocg_json5_edit (text, path, value, &problem);
  if (!possible)
    {
      g_assert_null (after);
      g_assert_cmpint (problem.fault, ==, OCG_JSON5_NOT_OBJECT);
      return NULL;
    }
  g_autofree char *shown = g_strjoinv (" > ", strv);
  g_test_message ("%s %s\n%s\n-----\n%s", value != NULL ? "set" : "unset", shown, text, after);
  g_assert_nonnull (after);
  g_autoptr (JsonNode) result = ocg_json5_read (after, -1, &problem);
  g_assert_true (json_node_equal (root, result));
  check_edit (text, after, path, value != NULL);
  return g_steal_pointer (&after);
}

static void
test_random (void)
{
  g_autofree char *text = NULL;
  guint done = 0;
  for (guint i = 0; done < 1000; i++)
    {
      if (text == NULL || i % 8 == 0)
        {
          g_free (text);
          text = random_mess ();
        }
      char *after = random_edit (text);
      if (after == NULL)
        continue;
      g_free (text);
      text = after;
      done++;
    }
}

static char *
fixture (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "config", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
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
    "\"x/y\", /* was" },
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
      g_autofree char *before = fixture (on_files[i].file);
      g_autofree char *after = edit (before, on_files[i].path, on_files[i].value, &error);
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
  g_test_add_func ("/json5-edit/random", test_random);

  return g_test_run ();
}
