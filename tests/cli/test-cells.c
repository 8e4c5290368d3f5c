/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* How wide text is, and where it may be cut. */

#include "ocg-grapheme.h"
#include "ocg-output.h"

#include <string.h>

#define FAMILY "👨‍👩‍👧‍👦"
#define FLAG "🇹🇼"
#define HEART "❤️"
#define THUMB "👍🏽"
#define KEYCAP "1️⃣"
#define E_ACUTE "e\u0301"
#define HANGUL "\u1112\u1161\u11ab"

static void
test_measure (void)
{
  static const struct
  {
    const char *text;
    guint columns;
  } cases[] = {
    { "", 0 },         { "abc", 3 },      { "模型", 4 },      { "ｆｕｌｌ", 8 },
    { "ｱｲ", 2 },       { E_ACUTE, 1 },    { "a\u200bb", 2 },  { "\ufeff", 0 },
    { "😀", 2 },       { FAMILY, 2 },     { FLAG, 2 },        { FLAG FLAG, 4 },
    { HEART, 2 },      { "❤", 1 },        { THUMB, 2 },       { KEYCAP, 2 },
    { "1", 1 },        { HANGUL, 2 },     { "±§…", 3 },       { "한글", 4 },
    { "🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2 }, { "a\u0301\u0302\u0303", 1 }, { "क\u093e", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (ocg_output_measure (cases[i].text), ==, cases[i].columns);
    }
}

static void
test_graphemes (void)
{
  static const char *const whole[] = { "a",   "模",  E_ACUTE, FAMILY,     FLAG,
                                       HEART, THUMB, KEYCAP,  HANGUL,     "क\u093e",
                                       "😀",  "\u200b", "a\u200d", "\u0301" };

  for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
    {
      g_autofree char *text = g_strconcat (whole[i], "x", NULL);
      guint cells = 0;

      g_assert_cmpstr (ocg_grapheme_next (text, &cells), ==, "x");
    }
}

static void
assert_cell (const char *text, guint columns, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  ocg_output_append_cell (out, text, columns);
  g_assert_cmpstr (out->str, ==, expected);
  g_assert_cmpuint (ocg_output_measure (out->str), ==, columns);
}

static void
test_cut (void)
{
  assert_cell ("abc", 5, "abc  ");
  assert_cell ("abc", 3, "abc");
  assert_cell ("abcd", 3, "ab…");
  assert_cell ("模型", 4, "模型");
  assert_cell ("模型", 3, "模…");
  assert_cell ("模型模", 4, "模… ");
  assert_cell ("模型", 1, "…");
  assert_cell ("a", 0, "");
  assert_cell (FAMILY "ab", 3, FAMILY "…");
  assert_cell (FAMILY "ab", 2, "… ");
  assert_cell (E_ACUTE E_ACUTE E_ACUTE, 2, E_ACUTE "…");
  assert_cell (FLAG FLAG, 3, FLAG "…");
}

static void
assert_lines (const char *text, guint columns, const char *expected)
{
  g_auto (GStrv) lines = ocg_output_wrap (text, columns);
  g_autofree char *joined = g_strjoinv ("|", lines);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_wrap (void)
{
  assert_lines ("", 5, "");
  assert_lines ("default,alias:opus,local", 24, "default,alias:opus,local");
  assert_lines ("default,alias:opus,local", 23, "default,alias:opus,|local");
  assert_lines ("default,alias:opus,local", 12, "default,|alias:opus,|local");
  assert_lines ("default,alias:opus", 5, "defau|lt,|alias|:opus");
  assert_lines ("paused until 2026-02-01", 12, "paused until|2026-02-01");
  assert_lines ("two  words", 4, "two|word|s");
  assert_lines ("模型模型", 5, "模型|模型");
  /* Punctuation does not begin a line. */
  assert_lines ("模型模型，模", 8, "模型模|型，模");
  assert_lines ("模型", 1, "模|型");
  assert_lines (FAMILY FAMILY, 2, FAMILY "|" FAMILY);
  assert_lines ("one line", G_MAXUINT, "one line");
}

static void
test_words (void)
{
  g_assert_cmpuint (ocg_output_measure_word (""), ==, 0);
  g_assert_cmpuint (ocg_output_measure_word ("default,alias:opus,local"), ==, 11);
  g_assert_cmpuint (ocg_output_measure_word ("模型 ab"), ==, 2);
}

static void
assert_clean (const char *text, gboolean keep_lines, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  ocg_output_append_clean (out, text, keep_lines);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_clean (void)
{
  assert_clean ("a\033[31mb\a\177\302\233", FALSE, "a[31mb");
  assert_clean ("a\nb\tc", FALSE, "a b c");
  assert_clean ("a\nb\tc\r", TRUE, "a\nb\tc");
  assert_clean ("a\u202eb\u202ac\u2066d\u2069", FALSE, "abcd");
  assert_clean ("a\u202eb", TRUE, "ab");
  assert_clean ("a\u2028b", FALSE, "a b");
  assert_clean (FAMILY "שלום", FALSE, FAMILY "שלום");
}

/* Wrapped at any width, nothing is lost and no character is torn. */
static void
test_wrap_keeps_all (void)
{
  static const char text[] = "openrouter/模型-" FAMILY E_ACUTE FLAG "、終" HEART "end";

  for (guint columns = 2; columns < 60; columns++)
    {
      g_auto (GStrv) lines = ocg_output_wrap (text, columns);
      g_autofree char *joined = g_strjoinv ("", lines);

      g_assert_cmpstr (joined, ==, text);
      for (guint i = 0; lines[i] != NULL; i++)
        {
          g_assert_cmpuint (ocg_output_measure (lines[i]), <=, columns);
          g_assert_true (g_str_has_prefix (lines[i], FAMILY)
                         || strstr (lines[i], "👩") == NULL || strstr (lines[i], FAMILY) != NULL);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cells/measure", test_measure);
  g_test_add_func ("/cells/graphemes", test_graphemes);
  g_test_add_func ("/cells/cut", test_cut);
  g_test_add_func ("/cells/wrap", test_wrap);
  g_test_add_func ("/cells/wrap-keeps-all", test_wrap_keeps_all);
  g_test_add_func ("/cells/words", test_words);
  g_test_add_func ("/cells/clean", test_clean);
  return g_test_run ();
}
