/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Base URLs, their origins, and names that are near to others. */

#include <gio/gio.h>
#include <string.h>

#include "catalog/ocg-base-url.h"
#include "config/ocg-nearest.h"
#include "ocg-error.h"

static const struct
{
  const char *text, *url, *api;
} url_rows[] = {
  { "https://api.minimax.io/anthropic", "https://api.minimax.io/anthropic", NULL },
  { " https://api.minimax.io/anthropic// \n", "https://api.minimax.io/anthropic", NULL },
  { "https://api.minimax.io/anthropic/v1/messages", "https://api.minimax.io/anthropic",
    "anthropic-messages" },
  { "https://api.minimax.io/anthropic/v1/messages/", "https://api.minimax.io/anthropic",
    "anthropic-messages" },
  { "https://api.anthropic.com/v1/messages", "https://api.anthropic.com", "anthropic-messages" },
  { "https://x.example/v1/chat/completions", "https://x.example/v1", "openai-completions" },
  { "https://x.example/v1//chat/completions", "https://x.example/v1", "openai-completions" },
  { "http://127.0.0.1:1234/v1/responses", "http://127.0.0.1:1234/v1", "openai-responses" },
  { "https://x.example/responses", "https://x.example", "openai-responses" },
  { "http://responses", "http://responses", NULL },
  { "http://responses/", "http://responses", NULL },
  { "HTTPS://API.minimax.io/v1", "HTTPS://API.minimax.io/v1", NULL },
  { "http://[::1]:8080/v1/", "http://[::1]:8080/v1", NULL },
  { "api.minimax.io/anthropic", NULL, NULL },
  { "ftp://api.minimax.io/", NULL, NULL },
  { "https://user:pw@api.minimax.io/", NULL, NULL },
  { "https://api.minimax.io/v1?key=secret", NULL, NULL },
  { "https://api.minimax.io/v1#x", NULL, NULL },
  { "https://api.minimax.io\\@evil.example/", NULL, NULL },
  { "https://evil.example%2f@api.minimax.io/", NULL, NULL },
  { "https://api.minimax.io:0/", NULL, NULL },
  { "https://api.minimax.io:99999/", NULL, NULL },
  { "https:///v1", NULL, NULL },
  { "https://a b/", NULL, NULL },
  { "https://api.minimax.io/a b", NULL, NULL },
  { "https://api.minimax.io/a\\b", NULL, NULL },
  { "https://api.minimax.io/a\nb", NULL, NULL },
  { "", NULL, NULL },
  { "://", NULL, NULL },
  { "\xff\xfe", NULL, NULL },
};

static void
test_base_url (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (url_rows); i++)
    {
      g_autoptr (GError) error = NULL;
      const char *api = "unset";
      g_autofree char *url = ocg_base_url_normalize (url_rows[i].text, &api, &error);

      g_test_message ("row %u", i);
      g_assert_cmpstr (url, ==, url_rows[i].url);
      g_assert_cmpstr (api, ==, url_rows[i].api);
      if (url != NULL)
        continue;
      g_assert_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID);
      g_assert_null (strstr (error->message, "secret"));
      g_assert_null (strstr (error->message, "pw"));
    }
}

static void
test_origin (void)
{
  static const struct
  {
    const char *url, *origin;
    gboolean loopback;
  } rows[] = {
    { "https://api.minimax.io/anthropic", "https://api.minimax.io:443", FALSE },
    { "HTTPS://API.MiniMax.io:443", "https://api.minimax.io:443", FALSE },
    { "http://api.minimax.io/", "http://api.minimax.io:80", FALSE },
    { "http://127.0.0.1:1234/v1", "http://127.0.0.1:1234", TRUE },
    { "http://127.1.2.3/", "http://127.1.2.3:80", TRUE },
    { "http://[::1]:8080/v1", "http://[::1]:8080", TRUE },
    { "http://localhost/", "http://localhost:80", TRUE },
    { "http://LocalHost.:1/", "http://localhost.:1", TRUE },
    { "http://llm.localhost/", "http://llm.localhost:80", TRUE },
    { "http://notlocalhost/", "http://notlocalhost:80", FALSE },
    { "http://localhost.example/", "http://localhost.example:80", FALSE },
    { "http://127.0.0.1.example/", "http://127.0.0.1.example:80", FALSE },
    { "http://192.168.1.5:11434/", "http://192.168.1.5:11434", FALSE },
    { "http://[fe80::1]/", "http://[fe80::1]:80", FALSE },
    { "gopher://127.0.0.1/", NULL, FALSE },
    { "", NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *origin = ocg_base_url_get_origin (rows[i].url);

      g_test_message ("%s", rows[i].url);
      g_assert_cmpstr (origin, ==, rows[i].origin);
      g_assert_cmpint (ocg_base_url_is_loopback (rows[i].url), ==, rows[i].loopback);
    }
}

static void
test_nearest (void)
{
  const char *const names[] = { "minimax/MiniMax-M2.1", "minimax/MiniMax-M2.5", "openai/gpt-5",
                                "openrouter/moonshotai/kimi-k2", "opus" };
  g_autoptr (GPtrArray) candidates = g_ptr_array_new ();
  static const struct
  {
    const char *name, *first;
    guint n;
  } rows[] = {
    { "minmax/MiniMax-M2.1", "minimax/MiniMax-M2.1", 2 },
    { "MINIMAX/minimax-m2.5", "minimax/MiniMax-M2.5", 2 },
    { "moonshotai/kimi-k2", "openrouter/moonshotai/kimi-k2", 1 },
    { "opsu", "opus", 1 },
    { "MiniMax", "minimax/MiniMax-M2.1", 2 },
    { "something-else-altogether", NULL, 0 },
    { "", NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (candidates, (gpointer) names[i]);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) nearest = ocg_nearest_names (rows[i].name, candidates, 3);

      g_test_message ("%s", rows[i].name);
      g_assert_cmpuint (nearest->len, ==, rows[i].n);
      if (rows[i].n > 0)
        g_assert_cmpstr (g_ptr_array_index (nearest, 0), ==, rows[i].first);
    }
}

/* The whole matrix, to hold what leaves out most of it against. */
static guint
measure_slowly (const char *a, const char *b)
{
  guint cells[20][20] = { { 0 } };
  gsize rows = strlen (a);
  gsize columns = strlen (b);

  for (guint i = 0; i <= rows; i++)
    for (guint j = 0; j <= columns; j++)
      {
        guint *cell = &cells[i][j];

        *cell = i == 0 || j == 0 ? i + j : cells[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
        if (i > 0 && j > 0)
          *cell = MIN (*cell, MIN (cells[i - 1][j], cells[i][j - 1]) + 1);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
          *cell = MIN (*cell, cells[i - 2][j - 2] + 1);
      }
  return cells[rows][columns];
}

static void
fill_randomly (char *text)
{
  int length = g_test_rand_int_range (0, 13);

  for (int i = 0; i < length; i++)
    text[i] = (char) g_test_rand_int_range ('a', 'd');
  text[length] = '\0';
}

static void
test_distance (void)
{
  g_autofree char *long_name = g_strnfill (301, 'x');
  guint n_near = 0;

  g_assert_cmpuint (ocg_nearest_distance ("auth", "ATUH", 1), ==, 1);
  g_assert_cmpuint (ocg_nearest_distance ("", "", 0), ==, 0);
  g_assert_cmpuint (ocg_nearest_distance ("", "abc", G_MAXUINT), ==, 3);
  g_assert_cmpuint (ocg_nearest_distance (long_name + 1, long_name + 1, 0), ==, 0);
  g_assert_cmpuint (ocg_nearest_distance (long_name, long_name, 0), ==, G_MAXUINT);
  for (guint i = 0; i < 20000; i++)
    {
      char a[16];
      char b[16];
      guint limit = (guint) g_test_rand_int_range (0, 6);
      guint expected;

      fill_randomly (a);
      fill_randomly (b);
      expected = measure_slowly (a, b);
      n_near += expected <= limit ? 1 : 0;
      g_assert_cmpuint (ocg_nearest_distance (a, b, limit), ==,
                        expected <= limit ? expected : G_MAXUINT);
    }
  g_assert_cmpuint (n_near, >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base-url/base-url", test_base_url);
  g_test_add_func ("/base-url/origin", test_origin);
  g_test_add_func ("/base-url/nearest", test_nearest);
  g_test_add_func ("/base-url/distance", test_distance);
  return g_test_run ();
}
