/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include <locale.h>
#include <string.h>

#include "config/ocg-config-path.h"
#include "config/ocg-json5-lines.h"
#include "config/ocg-json5-places.h"

#define BOM "\xef\xbb\xbf"

static const char messy[] = BOM "// top\r\n"
                            "{\r\n"
                            "  'a b' : /* x */ [ 1, {c: 2},\r\n"
                            "    'x' ],\n"
                            "  d:{}, \xe4\xb8\xad : 0x1\r"
                            "}";

static const struct
{
  const char *path;
  guint name_line, name_column, value_line, value_column;
} rows[] = {
  { "", 2, 1, 2, 1 },
  { "[\"a b\"]", 3, 3, 3, 19 },
  { "[\"a b\"][0]", 3, 21, 3, 21 },
  { "[\"a b\"][1]", 3, 24, 3, 24 },
  { "[\"a b\"][1].c", 3, 25, 3, 28 },
  { "[\"a b\"][2]", 4, 5, 4, 5 },
  { "d", 5, 3, 5, 5 },
  { "\xe4\xb8\xad", 5, 9, 5, 13 },
};

static void
test_find (void)
{
  OcgJson5Problem problem;
  g_autoptr (OcgJson5Places) places = NULL;
  g_autoptr (JsonNode) root = ocg_json5_read_places (messy, -1, &places, &problem);
  g_assert_nonnull (root);
  g_autoptr (OcgJson5Lines) lines = ocg_json5_lines_new (messy, strlen (messy));

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) path = ocg_config_path_parse (rows[i].path, NULL);
      JsonNode *node = ocg_config_path_lookup (root, (const char *const *) path);
      gsize name, value;
      guint line, column;
      g_test_message ("%s", rows[i].path);
      g_assert_nonnull (node);
      g_assert_true (ocg_json5_places_find (places, node, &name, &value));
      ocg_json5_lines_locate (lines, name, &line, &column);
      g_assert_cmpuint (line, ==, rows[i].name_line);
      g_assert_cmpuint (column, ==, rows[i].name_column);
      ocg_json5_lines_locate (lines, value, &line, &column);
      g_assert_cmpuint (line, ==, rows[i].value_line);
      g_assert_cmpuint (column, ==, rows[i].value_column);
    }

  g_autoptr (JsonNode) other = json_node_new (JSON_NODE_NULL);
  g_assert_false (ocg_json5_places_find (places, other, NULL, NULL));
  g_assert_cmpuint (ocg_json5_places_get_n_duplicates (places), ==, 0);
}

static void
test_duplicates (void)
{
  static const char text[] = "{a: {x: 1, x: 2}, b: 0, a: 3, 'a': {\"y\": 4, \\u0079: 5}}";
  OcgJson5Problem problem;
  g_autoptr (OcgJson5Places) places = NULL;
  g_autoptr (JsonNode) root = ocg_json5_read_places (text, -1, &places, &problem);
  static const struct
  {
    const char *name;
    gsize overridden, offset;
  } expected[] = { { "x", 5, 11 }, { "a", 1, 24 }, { "a", 24, 30 }, { "y", 36, 44 } };

  g_assert_cmpuint (ocg_json5_places_get_n_duplicates (places), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const OcgJson5Duplicate *duplicate = ocg_json5_places_get_duplicate (places, i);
      g_assert_cmpstr (duplicate->name, ==, expected[i].name);
      g_assert_cmpuint (duplicate->overridden, ==, expected[i].overridden);
      g_assert_cmpuint (duplicate->offset, ==, expected[i].offset);
    }
  g_assert_true (ocg_json5_places_get_duplicate (places, 1)->object == root);
  g_assert_true (ocg_json5_places_get_duplicate (places, 3)->object
                 == json_object_get_member (json_node_get_object (root), "a"));
}

static void
test_many_duplicates (void)
{
  g_autoptr (GString) text = g_string_new ("{");
  OcgJson5Problem problem;
  g_autoptr (OcgJson5Places) places = NULL;
  for (guint i = 0; i < 5000; i++)
    g_string_append (text, "a: [1], ");
  g_string_append_c (text, '}');

  g_autoptr (JsonNode) root = ocg_json5_read_places (text->str, text->len, &places, &problem);
  JsonNode *last = json_object_get_member (json_node_get_object (root), "a");
  gsize name = 0;
  g_assert_cmpuint (ocg_json5_places_get_n_duplicates (places), ==, OCG_JSON5_MAX_DUPLICATES);
  g_assert_true (ocg_json5_places_find (places, last, &name, NULL));
  g_assert_cmpuint (name, ==, 1 + 4999 * strlen ("a: [1], "));
}

static void
test_bad (void)
{
  OcgJson5Problem problem;
  OcgJson5Places *places = NULL;
  g_assert_null (ocg_json5_read_places ("{a: 1, a: [2}", -1, &places, &problem));
  g_assert_null (places);
  g_assert_cmpint (problem.fault, ==, OCG_JSON5_NO_COMMA);
}

/* The index and the plain count agree at each character of texts with all kinds of lines. */
static void
test_lines (void)
{
  static const char *const pieces[] = { "\n", "\r", "\r\n", "\n\r", "x", "\xc3\xa9", "\xe2\x80\xa8",
                                        "\xf0\x9f\xa6\x9e", "a line of text ", BOM };
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (GString) text = g_string_new (round % 2 == 0 ? BOM : "");
      while (text->len < 3000)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

      g_autofree char *copy = g_memdup2 (text->str, text->len);
      g_autoptr (OcgJson5Lines) lines = ocg_json5_lines_new (copy, text->len);
      const char *end = text->str + text->len;
      for (const char *p = text->str; p <= end; p = g_utf8_next_char (p))
        {
          guint line, column, plain_line, plain_column;
          if (p > text->str && *p == '\n' && p[-1] == '\r')
            continue;
          ocg_json5_locate (copy, p - text->str, &plain_line, &plain_column);
          ocg_json5_lines_locate (lines, p - text->str, &line, &column);
          g_assert_cmpuint (line, ==, plain_line);
          g_assert_cmpuint (column, ==, plain_column);
        }
    }
}

static const struct
{
  const char *text;
  gsize offset;
  guint line, column;
} places_of_lines[] = {
  { "", 0, 1, 1 },
  { BOM "a", 0, 1, 1 },
  { BOM "a", 3, 1, 1 },
  { "a\nb", 2, 2, 1 },
  { "a\r\nb", 3, 2, 1 },
  { "a\rb", 2, 2, 1 },
  { "a\n\rb", 3, 3, 1 },
  { "\xe2\x80\xa8 \xe2\x80\xa9 b", 8, 1, 5 },
  { "\xf0\x9f\xa6\x9e!", 4, 1, 2 },
};

static void
test_places_of_lines (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (places_of_lines); i++)
    {
      guint line, column;
      ocg_json5_locate (places_of_lines[i].text, places_of_lines[i].offset, &line, &column);
      g_assert_cmpuint (line, ==, places_of_lines[i].line);
      g_assert_cmpuint (column, ==, places_of_lines[i].column);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json5-places/find", test_find);
  g_test_add_func ("/json5-places/duplicates", test_duplicates);
  g_test_add_func ("/json5-places/many-duplicates", test_many_duplicates);
  g_test_add_func ("/json5-places/bad", test_bad);
  g_test_add_func ("/json5-places/lines", test_lines);
  g_test_add_func ("/json5-places/places-of-lines", test_places_of_lines);

  return g_test_run ();
}
