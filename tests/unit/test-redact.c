/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Secrets in other people's words. */

#include <string.h>

#include "wire/ocg-redact.h"

#define JWT "eyJhbGciOiJSUzI1NiJ9.eyJHcm91cE5hbWUiOiJ4In0.c2lnbmF0dXJlLXNpZ25hdHVyZQ"

static void
test_masks (void)
{
  static const struct
  {
    const char *text, *secret;
    const char *gone[3]; /* what may not be left */
    const char *kept;
  } rows[] = {
    { "Incorrect API key provided: sk-proj-abcd1234efgh5678.", NULL, { "abcd1234", "efgh5678" },
      "Incorrect API key provided" },
    { "Incorrect API key provided: sk-abcd********************wxyz. You can find", NULL,
      { "wxyz", "abcd" }, "You can find" },
    { "invalid x-api-key sk-ant-api03-AAAA_bbbb-CCCC", NULL, { "AAAA_bbbb", "CCCC" }, "invalid" },
    { "key sk-cp-0123456789abcdef and sk-api-fedcba9876543210 are bad", NULL,
      { "0123456789abcdef", "fedcba9876543210" }, "are bad" },
    { "header was 'Authorization: Bearer abc.DEF-ghi_123=='", NULL, { "abc.DEF", "ghi_123" },
      "header was" },
    { "authorization: bearer   0123456789abcdef", NULL, { "0123456789abcdef" }, "authorization" },
    { "token " JWT " expired", NULL, { "eyJhbGciOiJSUzI1NiJ9", "c2lnbmF0dXJl" }, "expired" },
    { "you sent hunter2-hunter2 twice: hunter2-hunter2", "hunter2-hunter2", { "hunter2" },
      "you sent" },
    { "{\"key\":\"plainsecretvalue\"}", "plainsecretvalue", { "plainsecret" }, "key" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = ocg_redact (rows[i].text, rows[i].secret, 300);

      g_test_message ("%s", text);
      for (guint j = 0; j < 3 && rows[i].gone[j] != NULL; j++)
        g_assert_null (strstr (text, rows[i].gone[j]));
      g_assert_nonnull (strstr (text, rows[i].kept));
    }
}

static void
test_keeps (void)
{
  static const char *const rows[] = {
    "prompt is too long: 210000 tokens > 200000 maximum",
    "usage limit exceeded, resets at 2026-05-15T15:00:00Z (2056)",
    "model: MiniMax-M9 not found",
    "账户余额不足 (1008)",
    "risk-free and task-based; the bearer of news; eye level",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = ocg_redact (rows[i], "a-secret-that-is-not-in-there", 300);
      g_autofree char *without = ocg_redact (rows[i], NULL, 300);

      g_assert_cmpstr (text, ==, rows[i]);
      g_assert_cmpstr (without, ==, rows[i]);
    }
}

/* A key that begins before the end of what is kept must not survive in part. */
static void
test_cut_at_every_length (void)
{
  static const char text[] = "no: opaqueopaqueopaque sk-abcdefghijklmnop Bearer zyxwvutsrqponm end";

  for (glong max = 0; max < 80; max++)
    {
      g_autofree char *out = ocg_redact (text, "opaqueopaqueopaque", max);

      g_assert_cmpint (g_utf8_strlen (out, -1), <=, max);
      g_assert_null (strstr (out, "opaque"));
      g_assert_null (strstr (out, "abcd"));
      g_assert_null (strstr (out, "zyxw"));
    }
}

static void
test_characters (void)
{
  g_autofree char *chinese = ocg_redact ("你好世界", NULL, 2);
  g_autofree char *emoji = ocg_redact ("🦞🦞🦞", NULL, 300);
  g_autofree char *invalid = ocg_redact ("a\xff" "b", NULL, 300);
  g_autofree char *controls = ocg_redact ("a\nb\x1b[31mc\td\x7f" "e\xc2\x9b" "f", NULL, 300);
  g_autofree char *split = ocg_redact ("hunter2\nhunter2", "hunter2\nhunter2", 300);
  GString *big = g_string_new (NULL);
  g_autofree char *cut = NULL;

  g_assert_cmpstr (chinese, ==, "你好");
  g_assert_cmpstr (emoji, ==, "🦞🦞🦞");
  g_assert_true (g_utf8_validate (invalid, -1, NULL));
  g_assert_true (g_utf8_validate (controls, -1, NULL));
  for (const char *p = controls; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
  g_assert_null (strstr (split, "hunter2"));

  for (guint i = 0; i < 1000; i++)
    g_string_append (big, "字x");
  cut = ocg_redact (big->str, NULL, 300);
  g_assert_cmpint (g_utf8_strlen (cut, -1), ==, 300);
  g_string_free (big, TRUE);
}

/* An answer of a megabyte of what nearly is a key is no work without end. */
static void
test_long_text (void)
{
  g_autofree char *dashes = g_strnfill (1 << 20, '-');
  g_autofree char *text = g_strconcat ("sk-", dashes, " eyJ", dashes, " ey", NULL);
  g_autofree char *out = NULL;
  gint64 start = g_get_monotonic_time ();

  out = ocg_redact (text, "secretsecret", 300);
  g_assert_cmpint (g_utf8_strlen (out, -1), <=, 300);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/redact/masks", test_masks);
  g_test_add_func ("/redact/keeps", test_keeps);
  g_test_add_func ("/redact/cut-at-every-length", test_cut_at_every_length);
  g_test_add_func ("/redact/characters", test_characters);
  g_test_add_func ("/redact/long-text", test_long_text);
  return g_test_run ();
}
