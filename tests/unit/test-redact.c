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

static const struct
{
  const char *text, *gone, *kept;
} kind_rows[] = {
  { "密钥sk-abcd1234efgh无效，请检查", "abcd1234", "密钥" },
  { "密钥sk-abcd1234efgh无效，请检查", "efgh", "无效，请检查" },
  { "密钥：Bearer abcd.EFGH-1234无效", "EFGH", "无效" },
  { "令牌" JWT "已过期", "eyJhbGci", "已过期" },
  { "token eyJhbGciOiJSUzI1NiJ9eyJHcm91cE5hbWUi was cut", "OiJSUzI1", "was cut" },
  { "API key AIzaSyD-9tSrke72PouQMnMX is invalid", "PouQMnMX", "is invalid" },
  { "ghp_16C7e42F292c6912E7", "292c6912", "" },
  { "github_pat_11ABCDEFG0abcdefghij", "abcdefghij", "" },
  { "gsk_A1b2C3d4E5f6G7h8", "E5f6G7h8", "" },
  { "xai-A1b2C3d4E5f6G7h8", "E5f6G7h8", "" },
  { "hf_AbCdEfGhIjKlMnOpQr", "IjKlMnOp", "" },
  { "AKIAIOSFODNN7EXAMPLE", "FODNN7", "" },
  { "xoxb-123456789012", "123456789012", "" },
  { "x-api-key: 0123456789abcdef0123", "6789abcd", "x-api-key" },
  { "{\"x-api-key\":\"0123456789abcdef0123\"}", "6789abcd", "\"x-api-key\"" },
  { "{\\\"api_key\\\":\\\"0123456789abcdef0123\\\"}", "6789abcd", "api_key" },
  { "api-key = 0123456789abcdef0123, sent", "6789abcd", ", sent" },
  { "Authorization: Basic dXNlcjpwYXNzd29yZDEyMw==", "dXNlcjpw", "Authorization" },
  { "'Authorization': 'Token 0123456789abcdef'", "6789abcd", "Authorization" },
  { "GET https://h.example/v1?key=opaqueopaque99&alt=sse failed", "opaque", "&alt=sse failed" },
  { "GET https://h.example/v1?a=b&api_key=opaqueopaque99 failed", "opaque", "failed" },
  { "https://h.example/v1?access_token=opaque%2Fopaque，请重试", "opaque", "，请重试" },
  { "provided: sk-abc***xyz.", "xyz", "provided" },
  { "provided: sk-proj-****************wxyz. Find", "wxyz", " Find" },
  { "provided: abcd****************wxyz. Find", "wxyz", ". Find" },
  { "provided: abcd****************wxyz. Find", "abcd", "provided" },
  { "provided: ****wxyz, sorry", "wxyz", ", sorry" },
  { "provided: abcd••••wxyz, sorry", "wxyz", ", sorry" },
  { "provided: sk-ab…wxyz, sorry", "wxyz", ", sorry" },
};

/* Every kind of key that may stand in somebody's words, beside Chinese as well. */
static void
test_kinds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_rows); i++)
    {
      g_autofree char *text = ocg_redact (kind_rows[i].text, NULL, 300);

      g_test_message ("%s", text);
      g_assert_null (strstr (text, kind_rows[i].gone));
      g_assert_nonnull (strstr (text, kind_rows[i].kept));
      g_assert_nonnull (strstr (text, "[redacted]"));
    }
}

/* The key of the request, which may look like anything, in every form in which it comes back. */
static void
test_own_key (void)
{
  static const char secret[] = "Zq+8/Rt\"w\\Lm=5Vb?Nc&Xy";
  g_autofree char *percent = g_uri_escape_string (secret, NULL, FALSE);
  g_autofree char *percent_lower = g_ascii_strdown (percent, -1);
  g_autofree char *path = g_uri_escape_string (secret, "/+=:", FALSE);
  g_autofree char *base64 = g_base64_encode ((const guchar *) secret, strlen (secret));
  g_autofree char *basic_text = g_strconcat ("user:", secret, NULL);
  g_autofree char *basic = g_base64_encode ((const guchar *) basic_text, strlen (basic_text));
  g_autofree char *bearer_text = g_strconcat ("Bearer ", secret, "!!", NULL);
  g_autofree char *bearer = g_base64_encode ((const guchar *) bearer_text, strlen (bearer_text));
  g_autofree char *url_base64 = g_strdelimit (g_strdelimit (g_strdup (base64), "+", '-'), "/", '_');
  const char *const forms[] = {
    secret,
    percent,
    percent_lower,
    path,
    base64,
    url_base64,
    basic,
    bearer,
    "Zq+8/Rt\\\"w\\\\Lm=5Vb?Nc&Xy",
    "Zq+8\\/Rt\\\"w\\\\Lm=5Vb?Nc&Xy",
    "zQ+8/rT\"W\\lM=5vB?nC&xY",
    "Zq+8...c&Xy",
    "Zq+8/***",
    "Zq+8/Rt\"w\\Lm",
    "w\\Lm=5Vb?Nc&Xy",
    "Zq+xxxxxxxxxxx&Xy",
  };
  const char *const parts[]
      = { "Zq+8", "Rt\"w", "Lm=5", "Vb?Nc", "c&Xy", "UnQid", "5Vb%3FNc" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *said = g_strdup_printf ("密钥<%s>无效", forms[i]);
      g_autofree char *text = ocg_redact (said, secret, 300);

      g_test_message ("%s -> %s", forms[i], text);
      g_assert_true (g_str_has_prefix (text, "密钥<"));
      g_assert_true (g_str_has_suffix (text, "无效"));
      g_assert_nonnull (strstr (text, "[redacted]"));
      for (guint j = 0; j < G_N_ELEMENTS (parts); j++)
        g_assert_null (strcasestr (text, parts[j]));
    }
}

/* Whatever stands before and after it, wherever the text is cut. */
static void
test_own_key_anywhere (void)
{
  static const char secret[] = "mK93hVbq7TzWp2Xc";

  for (guint before = 0; before < 330; before++)
    {
      g_autofree char *prefix = g_strnfill (before, 'a');
      g_autofree char *said = g_strdup_printf ("%s%s字", prefix, secret);
      g_autofree char *text = ocg_redact (said, secret, 300);

      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (text, -1), <=, 300);
      for (gsize i = 0; i + 4 <= strlen (secret); i++)
        {
          g_autofree char *part = g_strndup (secret + i, 4);

          g_assert_null (strstr (text, part));
        }
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
    "Missing bearer token. Use Bearer authentication.",
    "invalid x-api-key",
    "Please carry the API secret key in the 'Authorization' field of the request header (1004)",
    "api_key: Field required; password: too short",
    "**Note**: the key=value pair *is* wrong... really...",
    "unknown model hf_hub/xai-org/grok, gsk or ghp",
    "您的限额将在 2026-05-15 21:31:39 重置。密钥无效…请检查",
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
  static const char *const units[] = {
    "-", "eyJ-", "sk-", "secretsecre", "s*", "***", "a*", "x", "..", "Bearer ", "&a", "api_key=",
    "\\", "secret: ", "?api", "_api-", "secretsecret", "字",
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new ("sk- eyJ");
      g_autofree char *out = NULL;
      gint64 start = g_get_monotonic_time ();

      while (text->len < 1 << 20)
        g_string_append (text, units[i]);
      out = ocg_redact (text->str, "secretsecretsecretsecret", 300);
      g_test_message ("%s: %" G_GINT64_FORMAT " µs", units[i], g_get_monotonic_time () - start);
      g_assert_cmpint (g_utf8_strlen (out, -1), <=, 300);
      g_assert_true (g_utf8_validate (out, -1, NULL));
      g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
    }
}

/* Bytes of any kind are masked without harm. */
static void
test_random (void)
{
  static const char secret[] = "mK93hVbq7TzWp2Xc";
  static const char bytes[] = "mK93hVbq7TzWp2Xc*.x %+/=\"\\\n\xe5\xad\x97\xff";
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *text = g_strnfill ((gsize) g_rand_int_range (rand, 0, 60), ' ');
      g_autofree char *out = NULL;

      for (char *p = text; *p != '\0'; p++)
        *p = bytes[g_rand_int_range (rand, 0, sizeof bytes - 1)];
      if (strlen (text) > 20)
        memcpy (text + g_rand_int_range (rand, 0, (gint) strlen (text) - 16), secret, 16);
      out = ocg_redact (text, secret, 300);
      g_assert_true (g_utf8_validate (out, -1, NULL));
      g_assert_null (strstr (out, "mK93hVbq"));
      g_assert_null (strstr (out, "7TzWp2Xc"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/redact/masks", test_masks);
  g_test_add_func ("/redact/kinds", test_kinds);
  g_test_add_func ("/redact/own-key", test_own_key);
  g_test_add_func ("/redact/own-key-anywhere", test_own_key_anywhere);
  g_test_add_func ("/redact/keeps", test_keeps);
  g_test_add_func ("/redact/cut-at-every-length", test_cut_at_every_length);
  g_test_add_func ("/redact/characters", test_characters);
  g_test_add_func ("/redact/long-text", test_long_text);
  g_test_add_func ("/redact/random", test_random);
  return g_test_run ();
}
