/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* JSON from outside, JSON that we write, and the opaque replay string. */

#include <gio/gio.h>
#include <string.h>

#include "wire/ocg-json-writer.h"
#include "wire/ocg-json.h"
#include "wire/ocg-replay.h"

static void
test_accepts (void)
{
  static const char *const rows[] = {
    "{}", "[]", " {\"a\":[1,-2.5e3,true,false,null,\"x\"]}\n", "[\"]]]]{{{{\\\"[[\"]", "{\"a\":{}}",
    "\"x\"", "1", "null",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = ocg_json_parse (rows[i], -1, &error);

      g_test_message ("%s", rows[i]);
      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
}

static void
test_refuses (void)
{
  static const char *const rows[] = {
    "", " ", "{", "}", "[", "]", "{]", "[}", "{\"a\"}", "{\"a\":}", "nul", "<html>", "{\"a\":\"x}",
    "{\"a\":\"\\\"}", "\\", "\"", "{\"a\":1}}", "[1 2]", "data: {}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = ocg_json_parse (rows[i], -1, &error);
      g_autoptr (JsonNode) silent = ocg_json_parse (rows[i], -1, NULL);

      g_test_message ("%s", rows[i]);
      g_assert_null (node);
      g_assert_null (silent);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

static char *
dup_nested (guint depth, const char *opening, const char *closing)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, opening);
  g_string_append (text, "1");
  for (guint i = 0; i < depth; i++)
    g_string_append (text, closing);
  return g_string_free (text, FALSE);
}

static gboolean
parses (const char *text)
{
  g_autoptr (JsonNode) node = ocg_json_parse (text, -1, NULL);

  return node != NULL;
}

static void
test_depth (void)
{
  static const guint bombs[] = { OCG_JSON_MAX_DEPTH + 1, 1000, 100000, 1000000 };
  g_autofree char *arrays = dup_nested (OCG_JSON_MAX_DEPTH, "[", "]");
  g_autofree char *objects = dup_nested (OCG_JSON_MAX_DEPTH, "{\"a\":", "}");
  g_autofree char *unclosed = g_strnfill (200000, '[');
  g_autofree char *in_string = g_strdup_printf ("[\"%s\"]", unclosed);

  g_assert_true (parses (arrays));
  g_assert_true (parses (objects));
  g_assert_true (parses (in_string));
  g_assert_false (parses (unclosed));
  for (guint i = 0; i < G_N_ELEMENTS (bombs); i++)
    {
      g_autofree char *deep_array = dup_nested (bombs[i], "[", "]");
      g_autofree char *deep_object = dup_nested (bombs[i], "{\"a\":", "}");

      g_assert_false (parses (deep_array));
      g_assert_false (parses (deep_object));
    }
}

/* What the text that D-Bus cannot carry is replaced by. */
static void
test_strings (void)
{
  static const struct
  {
    const char *json, *value;
  } rows[] = {
    { "\\u0000", "\xef\xbf\xbd" },
    { "a\\u0000b\\u0000", "a\xef\xbf\xbd" "b\xef\xbf\xbd" },
    { "\\\\u0000", "\\u0000" },
    { "\\\\\\u0000", "\\\xef\xbf\xbd" },
    { "\\ud83d", "\xef\xbf\xbd" },
    { "\\uDE00x", "\xef\xbf\xbdx" },
    { "\\ud83d\\ude00", "\xf0\x9f\x98\x80" },
    { "\\uD83D\\uDE00", "\xf0\x9f\x98\x80" },
    { "\\ud83dx\\ude00", "\xef\xbf\xbdx\xef\xbf\xbd" },
    { "\\ud83d\\ud83d\\ude00", "\xef\xbf\xbd\xf0\x9f\x98\x80" },
    { "\\ud83d\\n", "\xef\xbf\xbd\n" },
    { "\\ude00\\ud83d", "\xef\xbf\xbd\xef\xbf\xbd" },
    { "\\\\ud83d", "\\ud83d" },
    { "\\u4f60\\u597d 你", "你好 你" },
    { "\\\"\\/\\b\\f\\n\\r\\t", "\"/\b\f\n\r\t" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"k\":\"%s\"}", rows[i].json);
      g_autoptr (JsonObject) object = ocg_json_parse_object (text, -1, NULL);

      g_test_message ("%s", text);
      g_assert_nonnull (object);
      g_assert_cmpstr (ocg_json_get_string (object, "k"), ==, rows[i].value);
      g_assert_true (g_utf8_validate (ocg_json_get_string (object, "k"), -1, NULL));
    }
}

static void
test_length (void)
{
  g_autoptr (JsonObject) object = ocg_json_parse_object ("{\"a\":1}garbage", 7, NULL);

  g_assert_nonnull (object);
  g_assert_null (ocg_json_parse_object ("[1]", -1, NULL));
  g_assert_null (ocg_json_parse_object ("7", -1, NULL));
  g_assert_null (ocg_json_parse_object ("null", -1, NULL));
}

static void
test_getters (void)
{
  g_autoptr (JsonObject) object = ocg_json_parse_object (
      "{\"s\":\"x\",\"i\":7,\"d\":1.5,\"b\":true,\"n\":null,\"o\":{},\"a\":[{},1]}", -1, NULL);
  const char *const members[] = { "s", "i", "d", "b", "n", "o", "a", "missing" };
  gint64 integer = 0;
  double number = 0;
  gboolean boolean = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *m = members[i];

      g_assert_true ((ocg_json_get_string (object, m) != NULL) == g_str_equal (m, "s"));
      g_assert_true ((ocg_json_get_object (object, m) != NULL) == g_str_equal (m, "o"));
      g_assert_true ((ocg_json_get_array (object, m) != NULL) == g_str_equal (m, "a"));
      g_assert_true (ocg_json_get_boolean (object, m, &boolean) == g_str_equal (m, "b"));
      g_assert_null (ocg_json_get_string (NULL, m));
      g_assert_null (ocg_json_get_object (NULL, m));
      g_assert_null (ocg_json_get_array (NULL, m));
      g_assert_false (ocg_json_get_int (NULL, m, &integer));
      g_assert_false (ocg_json_get_double (NULL, m, &number));
      g_assert_false (ocg_json_get_boolean (NULL, m, &boolean));
    }
  g_assert_true (ocg_json_get_int (object, "i", &integer));
  g_assert_cmpint (integer, ==, 7);
  g_assert_false (ocg_json_get_int (object, "s", &integer));
  g_assert_true (ocg_json_get_double (object, "d", &number));
  g_assert_cmpfloat (number, ==, 1.5);
  g_assert_true (ocg_json_get_double (object, "i", &number));
  g_assert_cmpfloat (number, ==, 7);
  g_assert_false (ocg_json_get_double (object, "n", &number));
  g_assert_nonnull (ocg_json_array_get_object (ocg_json_get_array (object, "a"), 0));
  g_assert_null (ocg_json_array_get_object (ocg_json_get_array (object, "a"), 1));
}

static void
test_writer (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  OcgJsonWriter writer = OCG_JSON_WRITER_INIT (out);
  g_autoptr (JsonObject) object = NULL;

  ocg_json_open (&writer, '{');
  ocg_json_member_string (&writer, "s", "\"\\\b\f\n\r\t\x01\x1f\x7f/你🦞");
  ocg_json_member_string (&writer, "absent", NULL);
  ocg_json_member_int (&writer, "i", G_MAXINT64);
  ocg_json_key (&writer, "d");
  ocg_json_double (&writer, 0.1);
  ocg_json_key (&writer, "a");
  ocg_json_open (&writer, '[');
  ocg_json_boolean (&writer, TRUE);
  ocg_json_int (&writer, -3);
  ocg_json_string (&writer, "abc", 2);
  ocg_json_raw (&writer, "{\"r\":null}");
  ocg_json_open (&writer, '{');
  ocg_json_close (&writer, '}');
  ocg_json_open (&writer, '[');
  ocg_json_close (&writer, ']');
  ocg_json_close (&writer, ']');
  ocg_json_member_string (&writer, "e", "");
  ocg_json_close (&writer, '}');

  g_assert_null (strchr (out->str, '\n'));
  g_assert_true (g_str_has_suffix (out->str, "\"d\":0.1,\"a\":[true,-3,\"ab\",{\"r\":null},{},[]],"
                                             "\"e\":\"\"}"));
  object = ocg_json_parse_object (out->str, -1, NULL);
  g_assert_nonnull (object);
  g_assert_cmpstr (ocg_json_get_string (object, "s"), ==, "\"\\\b\f\n\r\t\x01\x1f\x7f/你🦞");
  g_assert_false (json_object_has_member (object, "absent"));
  g_assert_cmpint (json_object_get_int_member (object, "i"), ==, G_MAXINT64);
}

/* Numbers that JSON does not have must not make text that is none. */
static void
test_writer_doubles (void)
{
  static const double values[] = { 0, -0.5, 1e300, 1e-7, 0.7, 100000, 1.0 / 3 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      OcgJsonWriter writer = OCG_JSON_WRITER_INIT (out);
      g_autoptr (JsonObject) object = NULL;
      double value = 7;

      ocg_json_open (&writer, '{');
      ocg_json_key (&writer, "d");
      ocg_json_double (&writer, values[i]);
      ocg_json_close (&writer, '}');
      object = ocg_json_parse_object (out->str, -1, NULL);
      g_test_message ("%s", out->str);
      g_assert_true (ocg_json_get_double (object, "d", &value));
      g_assert_cmpfloat_with_epsilon (value, values[i], ABS (values[i]) * 1e-8 + 1e-300);
    }
}

static void
test_replay (void)
{
  static const char *const unreadable[]
      = { "", "x", "{}", "[]", "null", "{\"api\":\"a\",\"family\":\"f\"}",
          "{\"api\":\"a\",\"family\":\"f\",\"block\":7}", "{\"api\":1,\"family\":\"f\",\"block\":{}}" };
  g_autofree char *replay = ocg_replay_pack ("a", "f", "{\"type\":\"thinking\",\"n\":[1,\"你\\n\"]}");
  g_autofree char *no_family = ocg_replay_pack ("a", "", "{}");
  g_autofree char *bomb = g_strnfill (200000, '[');
  g_autoptr (JsonObject) block = ocg_replay_unpack (replay, "a", "f");
  g_autoptr (JsonObject) own = ocg_replay_unpack (no_family, "a", "");

  g_assert_nonnull (block);
  g_assert_nonnull (own);
  g_assert_true (g_utf8_validate (replay, -1, NULL));
  g_assert_cmpstr (ocg_json_get_string (block, "type"), ==, "thinking");
  g_assert_null (ocg_replay_unpack (replay, "b", "f"));
  g_assert_null (ocg_replay_unpack (replay, "a", "g"));
  g_assert_null (ocg_replay_unpack (replay, "a", ""));
  g_assert_null (ocg_replay_unpack (no_family, "a", "f"));
  g_assert_null (ocg_replay_unpack (NULL, "a", "f"));
  g_assert_null (ocg_replay_unpack (bomb, "a", "f"));
  for (guint i = 0; i < G_N_ELEMENTS (unreadable); i++)
    g_assert_null (ocg_replay_unpack (unreadable[i], "a", "f"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/json/accepts", test_accepts);
  g_test_add_func ("/json/refuses", test_refuses);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/strings", test_strings);
  g_test_add_func ("/json/length", test_length);
  g_test_add_func ("/json/getters", test_getters);
  g_test_add_func ("/json/writer", test_writer);
  g_test_add_func ("/json/writer-doubles", test_writer_doubles);
  g_test_add_func ("/json/replay", test_replay);
  return g_test_run ();
}
