/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include <locale.h>
#include <string.h>

#include "config/ocg-json5-write.h"
#include "config/ocg-json5.h"
#include "ocg-error.h"

#define BOM "\xef\xbb\xbf"
#define LS "\xe2\x80\xa8"
#define PS "\xe2\x80\xa9"
#define NBSP "\xc2\xa0"

static const OcgJson5Format compact = {
  .newline = "\n", .unit = "", .colon = ":", .separator = "", .padding = "", .json5 = TRUE,
};

static char *
to_text (JsonNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);
  ocg_json5_write (text, node, &compact, "");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Parses from memory that ends where the text does, so that a sanitizer sees every byte too far. */
static JsonNode *
read_exactly (const char *text, gsize length, OcgJson5Problem *problem)
{
  g_autofree char *copy = g_malloc (MAX (length, 1));
  memcpy (copy, text, length);
  return ocg_json5_read (copy, length, problem);
}

static const struct
{
  const char *text;
  const char *expected;
} good[] = {
  { "null", "null" },
  { "true", "true" },
  { " false ", "false" },
  { "{}", "{}" },
  { "[]", "[]" },
  { BOM "{a:1}", "{\"a\":1}" },
  { BOM BOM "1", "1" }, /* U+FEFF is white space anywhere */

  { "// c\n1", "1" },
  { "1// c", "1" },
  { "// a" LS "1", "1" },
  { "// a" PS "1", "1" },
  { "// a\r1", "1" },
  { "/**/1/* * / ** */", "1" },
  { "/* \n\n */ [ /* a */ 1 /* b */ , /* c */ ] // d", "[1]" },
  { "\t\v\f " NBSP "\xe3\x80\x80\n\r\n" LS PS "1", "1" },

  { "{a:1,}", "{\"a\":1}" },
  { "[1,]", "[1]" },
  { "[1,[2,],{a:[],},]", "[1,[2],{\"a\":[]}]" },
  { "{a:1,b:2,a:3}", "{\"a\":3,\"b\":2}" },
  { "{a:{x:1},a:{y:2}}", "{\"a\":{\"y\":2}}" },

  { "{$_a1:1}", "{\"$_a1\":1}" },
  { "{null:1,true:2,Infinity:3,NaN:4,if:5}",
    "{\"null\":1,\"true\":2,\"Infinity\":3,\"NaN\":4,\"if\":5}" },
  { "{\\u0061b:1}", "{\"ab\":1}" },
  { "{a\\u0301:1}", "{\"a\xcc\x81\":1}" },
  { "{中文:1,ünïcödé:2,ⅷ:3}", "{\"中文\":1,\"ünïcödé\":2,\"ⅷ\":3}" },
  { "{a\xe2\x80\x8c:1}", "{\"a\xe2\x80\x8c\":1}" },
  { "{'a b':1,\"c'd\":2,'e\"f':3,'':4}", "{\"a b\":1,\"c'd\":2,\"e\\\"f\":3,\"\":4}" },

  { "'x'", "\"x\"" },
  { "'\"'", "\"\\\"\"" },
  { "\"'\"", "\"'\"" },
  { "'\\'\\\"\\\\\\/'", "\"'\\\"\\\\/\"" },
  { "'\\b\\f\\n\\r\\t\\v'", "\"\\u0008\\u000c\\n\\r\\t\\u000b\"" },
  { "'\\x41\\u4e2d\\ud83d\\ude00'", "\"A中😀\"" },
  { "'\\a\\q\\中\\😀'", "\"aq中😀\"" },
  { "'a\\\nb\\\r\nc\\\rd\\" LS "e\\" PS "f'", "\"abcdef\"" },
  { "'a" LS "b" PS "c'", "\"a\\u2028b\\u2029c\"" },
  { "'a\tb'", "\"a\\tb\"" },
  { "'\\0'", "\"\xef\xbf\xbd\"" },
  { "'\\u0000x'", "\"\xef\xbf\xbdx\"" },
  { "'\\x00'", "\"\xef\xbf\xbd\"" },
  { "'\\ud83dx\\ude00'", "\"\xef\xbf\xbdx\xef\xbf\xbd\"" },
  { "'\\ud83d\\u0041'", "\"\xef\xbf\xbd" "A\"" },
  { "'// no /* comment'", "\"// no /* comment\"" },

  { "0", "0" },
  { "-0", "0" },
  { "+1", "1" },
  { "-12", "-12" },
  { ".5", "0.5" },
  { "5.", "5.0" },
  { "+.5e-3", "0.0005" },
  { "5.e3", "5000.0" },
  { "1E+2", "100.0" },
  { "0.1", "0.1" },
  { "0x1F", "31" },
  { "-0Xff", "-255" },
  { "9223372036854775807", "9223372036854775807" },
  { "-9223372036854775808", "-9223372036854775808" },
  { "9223372036854775808", "9.223372036854776e+18" },
  { "0xffffffffffffffff", "1.8446744073709552e+19" },
  { "1e999", "Infinity" },
  { "Infinity", "Infinity" },
  { "-Infinity", "-Infinity" },
  { "+Infinity", "Infinity" },
  { "NaN", "NaN" },
  { "-NaN", "NaN" },
  { "[0x1,0]", "[1,0]" },
  { "0e23", "0.0" },
  { "1e-0", "1.0" },
  { "0.", "0.0" },
  { "-.0", "-0.0" },
  { "[+NaN,-Infinity,]", "[NaN,-Infinity]" },
  { "-0x8000000000000000", "-9223372036854775808" },

  { "/**/{}/**/ // x", "{}" },
  { "[\n// none\n]", "[]" },
  { "{'a\\\nb':1}", "{\"ab\":1}" },
  { "{while:1,'true':2,\"1\":3}", "{\"while\":1,\"true\":2,\"1\":3}" },
  { "{\\u0024:1,\\u005fb:2}", "{\"$\":1,\"_b\":2}" },
  { "{a\xe2\x80\xbf:1,b\xd9\xa0:2}", "{\"a\xe2\x80\xbf\":1,\"b\xd9\xa0\":2}" }, /* Pc, Nd */
  { "\xe2\x80\x83[\xe1\x9a\x80 1" BOM "]", "[1]" },
  { "'\\u000A\\x0d'", "\"\\n\\r\"" },
  { "'${A} $${B}'", "\"${A} $${B}\"" },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      OcgJson5Problem problem;
      g_autoptr (JsonNode) node = read_exactly (good[i].text, strlen (good[i].text), &problem);
      g_autofree char *text = node != NULL ? to_text (node) : NULL;
      g_test_message ("%s", good[i].text);
      g_assert_cmpstr (text, ==, good[i].expected);
    }

  g_autoptr (JsonNode) big = ocg_json5_parse ("9223372036854775808", -1, NULL);
  g_assert_cmpint (json_node_get_value_type (big), ==, G_TYPE_DOUBLE);
  g_assert_cmpfloat (json_node_get_double (big), ==, 9223372036854775808.0);
  g_autoptr (JsonNode) small = ocg_json5_parse ("9223372036854775807", -1, NULL);
  g_assert_cmpint (json_node_get_value_type (small), ==, G_TYPE_INT64);
}

static const struct
{
  const char *text;
  OcgJson5Fault fault;
  guint line, column;
} bad[] = {
  { "", OCG_JSON5_EARLY_END, 1, 1 },
  { " \n // c\n", OCG_JSON5_EARLY_END, 3, 1 },
  { "{", OCG_JSON5_EARLY_END, 1, 2 },
  { "{a", OCG_JSON5_EARLY_END, 1, 3 },
  { "{a:", OCG_JSON5_EARLY_END, 1, 4 },
  { "{a:1", OCG_JSON5_EARLY_END, 1, 5 },
  { "{a:1,", OCG_JSON5_EARLY_END, 1, 6 },
  { "[\n1,\n", OCG_JSON5_EARLY_END, 3, 1 },
  { "{\n  a: 1\n  b: 2\n}", OCG_JSON5_NO_COMMA, 3, 3 },
  { "{\r\n  a: 1\r\n  b: 2\r\n}", OCG_JSON5_NO_COMMA, 3, 3 },
  { "{\r  a: 1\r  b: 2\r}", OCG_JSON5_NO_COMMA, 3, 3 },
  { BOM "{a:1 b:2}", OCG_JSON5_NO_COMMA, 1, 6 },
  { "{中:'文' b:2}", OCG_JSON5_NO_COMMA, 1, 8 },
  { "{'😀':1 b:2}", OCG_JSON5_NO_COMMA, 1, 8 },
  { "[1 2]", OCG_JSON5_NO_COMMA, 1, 4 },
  { "[1}", OCG_JSON5_NO_COMMA, 1, 3 },
  { "{a:1]", OCG_JSON5_NO_COMMA, 1, 5 },
  { "{,}", OCG_JSON5_NO_NAME, 1, 2 },
  { "{a:1,,}", OCG_JSON5_NO_NAME, 1, 6 },
  { "{1:2}", OCG_JSON5_NO_NAME, 1, 2 },
  { "{[1]:2}", OCG_JSON5_NO_NAME, 1, 2 },
  { "[,]", OCG_JSON5_NO_VALUE, 1, 2 },
  { "[1,,2]", OCG_JSON5_NO_VALUE, 1, 4 },
  { "{a:}", OCG_JSON5_NO_VALUE, 1, 4 },
  { "{a:,}", OCG_JSON5_NO_VALUE, 1, 4 },
  { "#", OCG_JSON5_NO_VALUE, 1, 1 },
  { "/", OCG_JSON5_NO_VALUE, 1, 1 },
  { "]", OCG_JSON5_NO_VALUE, 1, 1 },
  { "{a-b:1}", OCG_JSON5_NO_COLON, 1, 3 },
  { "{a 1}", OCG_JSON5_NO_COLON, 1, 4 },
  { "{a=1}", OCG_JSON5_NO_COLON, 1, 3 },
  { "1 2", OCG_JSON5_SURPLUS, 1, 3 },
  { "{}}", OCG_JSON5_SURPLUS, 1, 3 },
  { "{} {}", OCG_JSON5_SURPLUS, 1, 4 },
  { "truex", OCG_JSON5_BAD_WORD, 1, 1 },
  { "[undefined]", OCG_JSON5_BAD_WORD, 1, 2 },
  { "[True]", OCG_JSON5_BAD_WORD, 1, 2 },
  { "\\u0074rue", OCG_JSON5_BAD_WORD, 1, 1 },
  { "{a: minimax/MiniMax-M2.1}", OCG_JSON5_BAD_WORD, 1, 5 },
  { "'abc", OCG_JSON5_OPEN_STRING, 1, 1 },
  { "['abc\n']", OCG_JSON5_OPEN_STRING, 1, 2 },
  { "'abc\r'", OCG_JSON5_OPEN_STRING, 1, 1 },
  { "'a\"", OCG_JSON5_OPEN_STRING, 1, 1 },
  { "'a\\", OCG_JSON5_OPEN_STRING, 1, 1 },
  { "'a\\'", OCG_JSON5_OPEN_STRING, 1, 1 },
  { "1 /* a", OCG_JSON5_OPEN_COMMENT, 1, 3 },
  { "/*/", OCG_JSON5_OPEN_COMMENT, 1, 1 },
  { "'\\1'", OCG_JSON5_BAD_ESCAPE, 1, 2 },
  { "'a\\01'", OCG_JSON5_BAD_ESCAPE, 1, 3 },
  { "'\\x4'", OCG_JSON5_BAD_ESCAPE, 1, 2 },
  { "'\\u12g4'", OCG_JSON5_BAD_ESCAPE, 1, 2 },
  { "'\\x", OCG_JSON5_BAD_ESCAPE, 1, 2 },
  { "{\\u0031a:1}", OCG_JSON5_BAD_ESCAPE, 1, 2 },
  { "{a\\u0020:1}", OCG_JSON5_BAD_ESCAPE, 1, 3 },
  { "{a\\x41:1}", OCG_JSON5_BAD_ESCAPE, 1, 3 },
  { "01", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { "-01", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { "00", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { ".", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { "+", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { "- 1", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { "+-1", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { "1e", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { "1e+", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { ".e1", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { "0x", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { "0xg", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { "[ 3in]", OCG_JSON5_BAD_NUMBER, 1, 3 },
  { "1_000", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { "-Infinit", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { "Infinity1", OCG_JSON5_BAD_WORD, 1, 1 },
  { "-Infinity1", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { "1.2.3", OCG_JSON5_SURPLUS, 1, 4 },
  { "0xA.8", OCG_JSON5_SURPLUS, 1, 4 },
  { "-0x", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { "08", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { "1\\u0061", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { "--1", OCG_JSON5_BAD_NUMBER, 1, 1 },
  { "{10twenty:1}", OCG_JSON5_NO_NAME, 1, 2 },
  { "{multi-word:1}", OCG_JSON5_NO_COLON, 1, 7 },
  { "{a:1;b:2}", OCG_JSON5_NO_COMMA, 1, 5 },
  { "{\\u{61}:1}", OCG_JSON5_BAD_ESCAPE, 1, 2 },
  { "{\xe2\x80\x8c" "a:1}", OCG_JSON5_NO_NAME, 1, 2 },
  { "[1] /", OCG_JSON5_SURPLUS, 1, 5 },
  { "[1] # no", OCG_JSON5_SURPLUS, 1, 5 },
  { "/* a */ */", OCG_JSON5_NO_VALUE, 1, 9 },
  { "[\n  'a',\r\n  `b`]", OCG_JSON5_NO_VALUE, 3, 3 },
  { "'\\08'", OCG_JSON5_BAD_ESCAPE, 1, 2 },
  { "'\\9'", OCG_JSON5_BAD_ESCAPE, 1, 2 },
  { "'a" LS "' b", OCG_JSON5_SURPLUS, 1, 6 },
  { "{a:1," LS "b 2}", OCG_JSON5_NO_COLON, 1, 9 },
  { "{\n  a: '\xff'\n}", OCG_JSON5_BAD_UTF8, 2, 7 },
  { "中\xe4\xb8", OCG_JSON5_BAD_UTF8, 1, 2 },
  { "'\xc0\x80'", OCG_JSON5_BAD_UTF8, 1, 2 },
  { "'\xed\xa0\x80'", OCG_JSON5_BAD_UTF8, 1, 2 },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      OcgJson5Problem problem;
      g_autoptr (JsonNode) node = read_exactly (bad[i].text, strlen (bad[i].text), &problem);
      g_autofree char *words = ocg_json5_problem_describe (&problem);
      g_test_message ("%s: %u:%u %s", bad[i].text, problem.line, problem.column, words);
      g_assert_null (node);
      g_assert_cmpstr (words, !=, "");
      g_assert_cmpint (problem.fault, ==, bad[i].fault);
      g_assert_cmpuint (problem.line, ==, bad[i].line);
      g_assert_cmpuint (problem.column, ==, bad[i].column);
    }
}

static void
test_message (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (ocg_json5_parse ("{\n  a: 1\n  b: 2\n}", -1, &error));
  g_assert_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID);
  g_assert_cmpstr (error->message, ==, "line 3, column 3: “,” or “}” is missing before “b”");
}

static void
test_zero_byte (void)
{
  static const char text[] = "{\n'a\0b': 1}";
  OcgJson5Problem problem;
  g_assert_null (read_exactly (text, sizeof text - 1, &problem));
  g_assert_cmpint (problem.fault, ==, OCG_JSON5_ZERO_BYTE);
  g_assert_cmpuint (problem.line, ==, 2);
  g_assert_cmpuint (problem.column, ==, 3);
}

static char *
nested (guint depth, char open, char close)
{
  char *text = g_malloc (depth * 2 + 1);
  memset (text, open, depth);
  memset (text + depth, close, depth);
  text[depth * 2] = '\0';
  return text;
}

static void
test_bounds (void)
{
  OcgJson5Problem problem;
  g_autofree char *deepest = nested (OCG_JSON5_MAX_DEPTH, '[', ']');
  g_autofree char *too_deep = nested (OCG_JSON5_MAX_DEPTH + 1, '[', ']');
  g_autofree char *abyss = nested (OCG_JSON5_MAX_SIZE / 2, '[', ']');
  g_autofree char *big = g_strnfill (OCG_JSON5_MAX_SIZE, ' ');
  g_autofree char *too_big = g_strnfill (OCG_JSON5_MAX_SIZE + 1, ' ');
  big[100] = too_big[100] = '1';

  g_autoptr (JsonNode) deep_node = ocg_json5_read (deepest, -1, &problem);
  g_assert_nonnull (deep_node);
  g_autoptr (JsonNode) big_node = ocg_json5_read (big, -1, &problem);
  g_assert_nonnull (big_node);

  g_assert_null (ocg_json5_read (too_deep, -1, &problem));
  g_assert_cmpint (problem.fault, ==, OCG_JSON5_TOO_DEEP);
  g_assert_cmpuint (problem.column, ==, OCG_JSON5_MAX_DEPTH + 1);
  g_assert_null (ocg_json5_read (abyss, -1, &problem));
  g_assert_cmpint (problem.fault, ==, OCG_JSON5_TOO_DEEP);
  g_assert_null (ocg_json5_read (too_big, -1, &problem));
  g_assert_cmpint (problem.fault, ==, OCG_JSON5_TOO_BIG);
}

/* Whatever comes in, it is refused with a place, or what was read says itself again. */
static void
check_any (const char *text, gsize length)
{
  OcgJson5Problem problem;
  g_autoptr (JsonNode) node = read_exactly (text, length, &problem);
  if (node == NULL)
    {
      g_autofree char *words = ocg_json5_problem_describe (&problem);
      g_assert_cmpstr (words, !=, "");
      g_assert_true (g_utf8_validate (words, -1, NULL));
      g_assert_cmpuint (problem.line, >, 0);
      g_assert_cmpuint (problem.column, >, 0);
      g_assert_cmpuint (problem.offset, <=, length);
      return;
    }

  g_autofree char *once = to_text (node);
  g_autoptr (JsonNode) again = ocg_json5_read (once, -1, &problem);
  g_assert_nonnull (again);
  g_autofree char *twice = to_text (again);
  g_assert_cmpstr (once, ==, twice);
}

static void
test_random_bytes (void)
{
  static const char common[] = "{}[]:,'\"\\/*+-.0123xeIN \n\rtfnu_$a\xe2\x80\xa8";
  for (guint i = 0; i < 20000; i++)
    {
      char text[64];
      gsize length = g_test_rand_int_range (0, sizeof text);
      for (gsize k = 0; k < length; k++)
        text[k] = i % 2 == 0 ? (char) g_test_rand_int_range (0, 256)
                             : common[g_test_rand_int_range (0, sizeof common - 1)];
      check_any (text, length);
    }
}

static void
mutate (GString *text)
{
  static const char *const pieces[] = { "{", "}", "[", "]", ",", ":", "'", "\"", "\\", "/*", "*/",
                                        "//", "\n", "\r\n", "0x", "+", "\\u", "中", "\xff", " " };
  gsize at = g_test_rand_int_range (0, text->len);
  gsize wanted = g_test_rand_int_range (0, 8);
  gsize span = MIN (wanted, text->len - at);
  const char *piece = pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];
  if (g_test_rand_bit ())
    g_string_erase (text, at, span);
  if (g_test_rand_bit ())
    g_string_insert (text, at, piece);
  if (text->len == 0)
    g_string_append_c (text, '1');
}

static const char *const fixtures[] = { "minimax-hosted.json5", "minimax-fallback.json5",
                                        "minimax-lmstudio.json5", "messy.json5" };

static char *
fixture (const char *name)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "fixtures", "config", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_random_mutations (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++)
    {
      g_autofree char *text = fixture (fixtures[i]);
      for (guint round = 0; round < 1500; round++)
        {
          g_autoptr (GString) copy = g_string_new (text);
          for (int changes = g_test_rand_int_range (1, 4); changes > 0; changes--)
            mutate (copy);
          check_any (copy->str, copy->len);
        }
    }
}

/* Each beginning of a good text is refused, at its end. */
static void
test_truncated (void)
{
  g_autofree char *text = fixture ("minimax-hosted.json5");
  gsize end = strrchr (text, '}') - text;
  for (gsize length = 0; length <= end; length++)
    {
      OcgJson5Problem problem;
      g_assert_null (read_exactly (text, length, &problem));
      check_any (text, length);
    }
}

static void
test_fixtures (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++)
    {
      g_autofree char *text = fixture (fixtures[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = ocg_json5_parse (text, -1, &error);
      g_assert_no_error (error);
      g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json5/good", test_good);
  g_test_add_func ("/json5/bad", test_bad);
  g_test_add_func ("/json5/message", test_message);
  g_test_add_func ("/json5/zero-byte", test_zero_byte);
  g_test_add_func ("/json5/bounds", test_bounds);
  g_test_add_func ("/json5/fixtures", test_fixtures);
  g_test_add_func ("/json5/truncated", test_truncated);
  g_test_add_func ("/json5/random-bytes", test_random_bytes);
  g_test_add_func ("/json5/random-mutations", test_random_mutations);

  return g_test_run ();
}
