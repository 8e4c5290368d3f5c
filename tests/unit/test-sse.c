/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The framing of text/event-stream, at every split. */

#include <string.h>

#include "wire/ocg-sse.h"

/* "EVENT|DATA;" for each event. */
static gboolean
on_event (const char *event, const char *data, gsize length, gpointer user_data)
{
  g_assert_cmpuint (strlen (data), ==, length);
  g_assert_true (g_utf8_validate (data, -1, NULL));
  g_assert_true (g_utf8_validate (event, -1, NULL));
  g_string_append_printf (user_data, "%s|%s;", event, data);
  return !g_str_equal (data, "stop");
}

typedef struct
{
  const char *name;
  const char *bytes;
  gsize length; /* 0: to the NUL */
  const char *events;
  guint64 signs_of_life;
} Row;

static const Row rows[] = {
  { "one event", "event: a\ndata: b\n\n", 0, "a|b;", 1 },
  { "no name", "data: b\n\n", 0, "|b;", 1 },
  { "the name does not stick", "event: a\ndata: b\n\ndata: c\n\n", 0, "a|b;|c;", 2 },
  { "the last name counts", "event: a\nevent: b\ndata: c\n\n", 0, "b|c;", 1 },
  { "name after data", "data: b\nevent: a\n\n", 0, "a|b;", 1 },
  { "CRLF", "event: a\r\ndata: b\r\n\r\n", 0, "a|b;", 1 },
  { "lone CR", "event: a\rdata: b\r\r", 0, "a|b;", 1 },
  { "mixed", "event: a\rdata: b\r\n\ndata: c\n\rdata: d\r\r\n", 0, "a|b;|c;|d;", 3 },
  { "one space is taken", "data:  b\n\n", 0, "| b;", 1 },
  { "a tab is not", "data:\tb\n\n", 0, "|\tb;", 1 },
  { "no space", "data:b\n\n", 0, "|b;", 1 },
  { "a colon in the value", "data: a:b: c\n\n", 0, "|a:b: c;", 1 },
  { "several data lines", "data: a\ndata: b\ndata:\ndata: c\n\n", 0, "|a\nb\n\nc;", 1 },
  { "empty data is data", "data:\n\n", 0, "|;", 1 },
  { "a line without colon", "data\n\n", 0, "|;", 1 },
  { "no data, no event", "event: a\n\nid: 1\nretry: 5\n\n", 0, "", 0 },
  { "a name without data is forgotten", "event: a\n\ndata: b\n\n", 0, "|b;", 1 },
  { "unknown fields", "datum: x\ndat: x\ndata2: x\nDATA: x\n data: x\ndata: b\n\n", 0, "|b;", 1 },
  { "comments are life", ": a\n:\n:data: x\n\n", 0, "", 3 },
  { "a comment inside an event", "data: a\n: x\ndata: b\n\n", 0, "|a\nb;", 2 },
  { "a BOM", "\xef\xbb\xbf" "data: b\n\n", 0, "|b;", 1 },
  { "a BOM before nothing", "\xef\xbb\xbf\ndata: b\n\n", 0, "|b;", 1 },
  { "only one BOM", "\xef\xbb\xbf\xef\xbb\xbf" "data: b\n\n", 0, "", 0 },
  { "half a BOM", "\xef\xbb" "data: b\n\n", 0, "", 0 },
  { "a BOM later", "data: a\n\n\xef\xbb\xbf" "data: b\n\n", 0, "|a;", 1 },
  { "blank lines", "\n\n\r\r\n\ndata: b\n\n\n\n", 0, "|b;", 1 },
  { "no blank line at the end", "data: a\n\ndata: b\n", 0, "|a;", 1 },
  { "no line end at the end", "data: a\n\ndata: b", 0, "|a;", 1 },
  { "Chinese and emoji", "data: 你好🦞\n\n", 0, "|你好🦞;", 1 },
  { "bytes that are no UTF-8", "event: \xfe\ndata: a\xff\xe4\xbd" "b\n\n", 0,
    "\xef\xbf\xbd|a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" "b;", 1 },
  { "a character in two data lines", "data: \xe4\xbd\ndata: \xa0\n\n", 0,
    "|\xef\xbf\xbd\xef\xbf\xbd\n\xef\xbf\xbd;", 1 },
  { "a zero byte", "data: a\0b\n\n", 11, "|a\xef\xbf\xbd" "b;", 1 },
  { "stopped", "data: a\n\ndata: stop\n\ndata: b\n\n: c\n", 0, "|a;|stop;", 2 },
  { "nothing", "", 0, "", 0 },
};

static void
feed (OcgSse *sse, const char *bytes, gsize length)
{
  /* A copy of the exact size: reading beyond it is seen by the sanitizer. */
  g_autofree char *copy = g_memdup2 (length > 0 ? bytes : "", MAX (length, 1));

  g_assert_true (ocg_sse_feed (sse, copy, length));
}

/* Fed in two pieces, the second of which begins at @split, or byte by byte. */
static void
check_row (const Row *row, gsize split, gboolean single)
{
  g_autoptr (GString) events = g_string_new (NULL);
  g_autoptr (OcgSse) sse = ocg_sse_new (on_event, events);
  gsize length = row->length > 0 ? row->length : strlen (row->bytes);

  for (gsize i = 0; single && i < length; i++)
    feed (sse, row->bytes + i, 1);
  if (!single)
    {
      feed (sse, row->bytes, split);
      feed (sse, row->bytes + split, length - split);
    }
  g_assert_cmpstr (events->str, ==, row->events);
  g_assert_cmpuint (ocg_sse_get_signs_of_life (sse), ==, row->signs_of_life);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize length = rows[i].length > 0 ? rows[i].length : strlen (rows[i].bytes);

      g_test_message ("%s", rows[i].name);
      for (gsize split = 0; split <= length; split++)
        check_row (&rows[i], split, FALSE);
      check_row (&rows[i], 0, TRUE);
    }
}

/* All rows that leave no event open, one after the other, in pieces of every size. */
static void
test_random (void)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new (NULL);
  static const char *const endings[] = { "\n", "\r\n", "\r" };

  for (guint i = 0; i < 200; i++)
    {
      const char *end = endings[i % 3];

      g_string_append_printf (bytes, "event: e%u%sdata: 第%u行%s: c%sdata:x%s%s", i, end, i, end,
                              end, end, end);
      g_string_append_printf (expected, "e%u|第%u行\nx;", i, i);
    }
  for (guint32 seed = 1; seed <= 50; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (GString) events = g_string_new (NULL);
      g_autoptr (OcgSse) sse = ocg_sse_new (on_event, events);

      for (gsize at = 0; at < bytes->len;)
        {
          gsize size = MIN (bytes->len - at, (gsize) g_rand_int_range (rand, 0, (gint32) seed + 2));

          feed (sse, bytes->str + at, size);
          at += size;
        }
      g_assert_cmpstr (events->str, ==, expected->str);
    }
}

static gboolean
count_event (const char *event, const char *data, gsize length, gpointer user_data)
{
  *(gsize *) user_data += length;
  return TRUE;
}

/* @n_lines data lines of @line bytes in pieces of @piece; whether the parser took them. */
static gboolean
feed_lines (gsize n_lines, gsize line, gsize piece, gsize *seen)
{
  g_autoptr (OcgSse) sse = ocg_sse_new (count_event, seen);
  g_autoptr (GString) bytes = g_string_new (NULL);

  for (gsize i = 0; i < n_lines; i++)
    {
      g_string_append (bytes, "data: ");
      g_string_set_size (bytes, bytes->len + line);
      memset (bytes->str + bytes->len - line, 'x', line);
      g_string_append_c (bytes, '\n');
    }
  g_string_append_c (bytes, '\n');
  for (gsize at = 0; at < bytes->len; at += piece)
    if (!ocg_sse_feed (sse, bytes->str + at, MIN (piece, bytes->len - at)))
      return FALSE;
  return TRUE;
}

static void
test_bounds (void)
{
  static const gsize pieces[] = { 4096, 1 << 20, 1 << 26 };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      gsize seen = 0;

      g_assert_true (feed_lines (1, 3 << 20, pieces[i], &seen));
      g_assert_cmpuint (seen, ==, 3 << 20);
      seen = 0;
      g_assert_true (feed_lines (3, 1 << 20, pieces[i], &seen));
      g_assert_cmpuint (seen, ==, (3 << 20) + 2);
      seen = 0;
      g_assert_false (feed_lines (1, OCG_SSE_MAX_EVENT + 1, pieces[i], &seen));
      g_assert_cmpuint (seen, ==, 0);
      g_assert_false (feed_lines (17, 1 << 20, pieces[i], &seen));
      g_assert_cmpuint (seen, ==, 0);
    }
}

/* A line that never ends must not fill the memory. */
static void
test_endless_line (void)
{
  gsize seen = 0;
  g_autoptr (OcgSse) sse = ocg_sse_new (count_event, &seen);
  g_autofree char *block = g_malloc (1 << 20);
  guint fed = 0;

  memset (block, 'x', 1 << 20);
  while (fed < 40 && ocg_sse_feed (sse, block, 1 << 20))
    fed++;
  g_assert_cmpuint (fed, <=, 16);
  g_assert_cmpuint (seen, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/sse/rows", test_rows);
  g_test_add_func ("/sse/random", test_random);
  g_test_add_func ("/sse/bounds", test_bounds);
  g_test_add_func ("/sse/endless-line", test_endless_line);
  return g_test_run ();
}
