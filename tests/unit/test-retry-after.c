/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* When to come back, in all the ways in which providers say it. */

#include <string.h>

#include "wire/ocg-retry-after.h"

/* 2026-05-15T12:00:00Z */
#define NOW G_GINT64_CONSTANT (1778846400000)
#define HOUR G_GINT64_CONSTANT (3600000)

typedef struct
{
  const char *headers; /* lines */
  const char *message;
  gint64 ms;
} Row;

static const Row header_rows[] = {
  { "", "x", -1 },
  { "retry-after-ms: 1500", "x", 1500 },
  { "retry-after-ms: 1500.7", "x", 1500 },
  { "retry-after-ms: 0", "x", 0 },
  { "Retry-After-Ms: 20\nretry-after: 9", "x", 20 },
  { "retry-after: 7", "x", 7000 },
  { "retry-after:  7 ", "x", 7000 },
  { "retry-after: 0", "x", 0 },
  { "retry-after: 1.5", "x", 1500 },
  { "retry-after: 0.001", "x", 1 },
  { "retry-after: 20s", "x", 20000 },
  { "retry-after: 1m30s", "x", 90000 },
  { "retry-after: 2592000", "x", 2592000 * G_GINT64_CONSTANT (1000) },
  /* The three forms of a date, */
  { "retry-after: Fri, 15 May 2026 12:00:30 GMT", "x", 30000 },
  { "retry-after: Fri, 15 May 2026 13:00:00 GMT", "x", HOUR },
  { "retry-after: Friday, 15-May-26 12:00:30 GMT", "x", 30000 },
  { "retry-after: Fri May 15 12:00:30 2026", "x", 30000 },
  { "retry-after: Mon Jun  1 12:00:00 2026", "x", 17 * 24 * HOUR },
  { "retry-after: Mon, 01 Jun 2026 12:00:00 GMT", "x", 17 * 24 * HOUR },
  /* and one that is used as if it were. */
  { "retry-after: 2026-05-15T12:00:30Z", "x", 30000 },
  { "retry-after: 2026-05-15T14:00:30+02:00", "x", 30000 },
  /* Nonsense. */
  { "retry-after: Fri, 15 May 2026 11:59:00 GMT", "x", -1 },
  { "retry-after: Sun, 06 Nov 1994 08:49:37 GMT", "x", -1 },
  { "retry-after: Fri, 15 Mai 2026 12:00:30 GMT", "x", -1 },
  { "retry-after: Fri, 32 May 2026 12:00:30 GMT", "x", -1 },
  { "retry-after: Fri, 15 May 2026 25:00:30 GMT", "x", -1 },
  { "retry-after: Fri, 15 May 2026 12:0x:30 GMT", "x", -1 },
  { "retry-after: Fri, 15 May 2026", "x", -1 },
  { "retry-after: Fri, 15 May 99999999999999999999 12:00:30 GMT", "x", -1 },
  { "retry-after: -3", "x", -1 },
  { "retry-after: +3", "x", -1 },
  { "retry-after: soon", "x", -1 },
  { "retry-after: nan", "x", -1 },
  { "retry-after: inf", "x", -1 },
  { "retry-after: 1e3", "x", -1 },
  { "retry-after: 0x10", "x", -1 },
  { "retry-after: 5 apples", "x", -1 },
  { "retry-after: 1.2.3", "x", -1 },
  { "retry-after: ", "x", -1 },
  { "retry-after: 99999999999999999999", "x", -1 },
  { "retry-after: 2592001", "x", -1 },
  /* Values that are ignored leave it to the next in order. */
  { "retry-after-ms: -5\nretry-after: 3", "x", 3000 },
  { "retry-after-ms: soon\nretry-after: 3", "x", 3000 },
  { "retry-after-ms: nan\nretry-after: 3", "x", 3000 },
  { "retry-after: soon\nanthropic-ratelimit-requests-remaining: 0\n"
    "anthropic-ratelimit-requests-reset: 2026-05-15T12:00:05Z",
    "x", 5000 },
  { "retry-after: 99999999", "try again in 2s", 2000 },
  { "retry-after: 4", "resets at 2026-05-15T15:00:00Z", 4000 },
};

static const Row limit_rows[] = {
  /* Only the kind that is used up counts, */
  { "anthropic-ratelimit-requests-remaining: 3\n"
    "anthropic-ratelimit-requests-reset: 2026-05-15T12:00:01Z\n"
    "anthropic-ratelimit-tokens-remaining: 0\n"
    "anthropic-ratelimit-tokens-reset: 2026-05-15T12:01:00Z",
    "x", 60000 },
  { "anthropic-ratelimit-input-tokens-remaining: 0\n"
    "anthropic-ratelimit-input-tokens-reset: 2026-05-15T14:00:10+02:00",
    "x", 10000 },
  { "anthropic-ratelimit-output-tokens-remaining: 0\n"
    "anthropic-ratelimit-output-tokens-reset: 2026-05-15T12:00:02.5Z",
    "x", 2500 },
  { "anthropic-ratelimit-requests-remaining: 3\n"
    "anthropic-ratelimit-requests-reset: 2026-05-15T12:00:01Z",
    "x", -1 },
  { "anthropic-ratelimit-requests-reset: 2026-05-15T12:00:01Z", "x", -1 },
  /* and of two that are, the later. */
  { "anthropic-ratelimit-requests-remaining: 0\n"
    "anthropic-ratelimit-requests-reset: 2026-05-15T12:00:01Z\n"
    "anthropic-ratelimit-tokens-remaining: 0\n"
    "anthropic-ratelimit-tokens-reset: 2026-05-15T12:01:00Z",
    "x", 60000 },
  { "x-ratelimit-remaining-requests: 0\nx-ratelimit-reset-requests: 1m3.5s", "x", 63500 },
  { "x-ratelimit-remaining-requests: 0\nx-ratelimit-reset-requests: 6m0s", "x", 360000 },
  { "x-ratelimit-remaining-tokens: 0\nx-ratelimit-reset-tokens: 20ms", "x", 20 },
  { "x-ratelimit-remaining-tokens: 5\nx-ratelimit-reset-tokens: 20ms", "x", -1 },
  { "x-ratelimit-remaining-tokens: -2\nx-ratelimit-reset-tokens: 20ms", "x", 20 },
  { "x-ratelimit-remaining-tokens: 0\nx-ratelimit-reset-tokens: 850µs", "x", 0 },
  { "x-ratelimit-remaining-tokens: 0\nx-ratelimit-reset-tokens: 7.66", "x", 7660 },
  { "x-ratelimit-remaining-tokens: 0\nx-ratelimit-reset-tokens: 1d2h", "x", 26 * HOUR },
  /* A reset may come alone; it counts when nothing is known to be used up. */
  { "x-ratelimit-reset-requests: 2h1m0s", "x", 7260000 },
  { "x-ratelimit-reset-requests: 2h\nx-ratelimit-remaining-tokens: 0\nx-ratelimit-reset-tokens: 3s",
    "x", 3000 },
};

static const Row message_rows[] = {
  { "", "usage limit exceeded, resets at 2026-05-15T15:00:00Z (2056)", 3 * HOUR },
  { "", "limit (0/0 used), resets at 2026-05-15T23:00:00+08:00 (2056)", 3 * HOUR },
  { "", "resets at 2026-05-15T23:00:00+0800", 3 * HOUR },
  { "", "resets at 2026-05-15T23:00:00 UTC+8", 3 * HOUR },
  { "", "resets at 2026-05-15 15:00:00 GMT", 3 * HOUR },
  { "", "resets at 2026-05-15T15:00:00", 3 * HOUR },
  { "", "resets at 2026-05-15 15:00.", 3 * HOUR },
  { "", "resets at 2026-05-15T15:00:00.500Z", 3 * HOUR + 500 },
  { "", "resets at 2026-05-15T07:30:00-07:30", 3 * HOUR },
  { "", "Your limit will reset at 2026-05-15 15:00:00", 3 * HOUR },
  { "", "From 2026-05-15T13:00:00Z on it is full; it resets at 2026-05-15T15:00:00Z", 3 * HOUR },
  { "", "已达上限，将于 2026-05-15T23:00:00+08:00 重置", 3 * HOUR },
  { "", "已达上限，重置时间：2026-05-15 23:00:00", 3 * HOUR },
  { "", "您的限额将在 2026-05-15 23:00:00 重置。", 3 * HOUR },
  { "", "2026-05-15T23:00:00 后恢复", 3 * HOUR },
  { "", "resets at 2026-05-15T11:00:00Z", -1 },
  { "", "resets at 2027-05-15T11:00:00Z", -1 },
  { "", "resets at 2026-13-15T11:00:00Z", -1 },
  { "", "resets at 2026-05-16", -1 },
  { "", "resets at noon", -1 },
  { "", "since version 2026-05-16T00:00:00Z of the API this is so", -1 },
  { "", "Please try again in 2s.", 2000 },
  { "", "Please try again in 350ms. Visit", 350 },
  { "", "Please try again in 1m2.3s. Visit", 62300 },
  { "", "Please try again in 6m0s", 360000 },
  { "", "Please Try Again In 20 Seconds", 20000 },
  { "", "try again in 2 hours and 5 minutes", 2 * HOUR + 300000 },
  { "", "try again in 1 hour, 30 minutes", HOUR * 3 / 2 },
  { "", "try again in 3 days 4 hours", 76 * HOUR },
  { "", "Please retry after 7 seconds. Please go here", 7000 },
  { "", "please try again after 1 seconds", 1000 },
  { "", "Please retry in 19.5s.", 19500 },
  { "", "Rate limited. Wait 5 sec", 5000 },
  { "", "resets in: 40m", 2400000 },
  { "", "请在 30 秒后重试", 30000 },
  { "", "请30秒后重试", 30000 },
  { "", "1小时20分钟后恢复", HOUR + 1200000 },
  { "", "2天后重置", 48 * HOUR },
  { "", "5小时内已用 30 秒", -1 },
  { "", "try again in 500 ms, version 2024-02-01", 500 },
  { "", "Please try again in a while", -1 },
  { "", "Please try again in 5", -1 },
  { "", "Please try again in 5 models", -1 },
  { "", "Please try again in -5s", -1 },
  { "", "Please try again in 31 days", -1 },
  { "", "Please try again in 99999999999999999999999999999s", -1 },
};

/* "name: value" lines: an OcgHeaderFunc. */
static const char *
get_header (const char *name, gpointer user_data)
{
  char **lines = user_data;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize length = strlen (name);

      if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
        return lines[i] + length + 2;
    }
  return NULL;
}

static void
check_rows (const Row *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (OcgErrorReply) reply = ocg_error_reply_new_literal (NULL, rows[i].message);
      g_auto (GStrv) lines = g_strsplit (rows[i].headers, "\n", -1);
      gint64 ms = ocg_retry_after_find (reply, get_header, lines, NOW);

      if (ms == rows[i].ms)
        continue;
      g_test_message ("%s / %s: expected %" G_GINT64_FORMAT ", got %" G_GINT64_FORMAT,
                      rows[i].headers, rows[i].message, rows[i].ms, ms);
      g_test_fail ();
    }
}

static void
test_headers (void)
{
  check_rows (header_rows, G_N_ELEMENTS (header_rows));
}

static void
test_limits (void)
{
  check_rows (limit_rows, G_N_ELEMENTS (limit_rows));
}

static void
test_messages (void)
{
  check_rows (message_rows, G_N_ELEMENTS (message_rows));
}

static void
test_durations (void)
{
  static const struct
  {
    const char *text;
    gint64 ms;
    const char *rest;
  } rows[] = {
    { "34s", 34000, "" },       { "34.07s", 34070, "" },   { "1m3.5s rest", 63500, " rest" },
    { "20ms", 20, "" },         { "1 s, 2", 1000, ", 2" }, { "2小时", 2 * HOUR, "" },
    { "5", -1, "5" },           { "", -1, "" },            { "s", -1, "s" },
    { ".5s", -1, ".5s" },       { "5sx", -1, "5sx" },      { "1000d", -1, "" },
    { "1.s", -1, "1.s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *end = NULL;

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (ocg_retry_after_parse_duration (rows[i].text, &end), ==, rows[i].ms);
      g_assert_cmpstr (end, ==, rows[i].rest);
    }
}

/* What the body says in members of its own. */
static void
test_hints (void)
{
  static const struct
  {
    gint64 hinted_ms, hinted_at_ms, ms;
  } rows[] = {
    { 1500, -1, 1500 },         { -1, NOW + 7000, 7000 },      { -1, NOW - 1, -1 },
    { 31 * 24 * HOUR, -1, -1 }, { 31 * 24 * HOUR, NOW + 1, 1 }, { -1, G_MAXINT64, -1 },
    { G_MAXINT64, -1, -1 },     { 0, NOW + 1, 0 },
  };
  const char *none[] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgErrorReply) reply = ocg_error_reply_new_literal (NULL, NULL);

      reply->hinted_ms = rows[i].hinted_ms;
      reply->hinted_at_ms = rows[i].hinted_at_ms;
      g_assert_cmpint (ocg_retry_after_find (reply, get_header, none, NOW), ==, rows[i].ms);
    }
}

/* Whatever is sent, it is read, and nothing but sense comes out. */
static void
test_random (void)
{
  static const char letters[] = "0123456789:.-+ TZsmhdGMayFri,resetat秒后";
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *value = g_strnfill ((gsize) g_rand_int_range (rand, 0, 40), ' ');
      g_autofree char *valid = NULL;
      g_autofree char *line = NULL;
      g_autofree char *message = NULL;
      g_autoptr (OcgErrorReply) reply = NULL;
      const char *lines[2] = { NULL, NULL };
      gint64 ms;

      for (char *p = value; *p != '\0'; p++)
        *p = letters[g_rand_int_range (rand, 0, sizeof letters - 1)];
      valid = g_utf8_make_valid (value, -1);
      line = g_strconcat ("retry-after: ", valid, NULL);
      lines[0] = line;
      message = g_strconcat ("try again in ", valid, ", resets at ", valid, NULL);
      reply = ocg_error_reply_new_literal (NULL, message);
      ms = ocg_retry_after_find (reply, get_header, lines, NOW);
      g_assert_cmpint (ms, >=, -1);
      g_assert_cmpint (ms, <=, 30 * 24 * HOUR);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/retry-after/headers", test_headers);
  g_test_add_func ("/retry-after/limits", test_limits);
  g_test_add_func ("/retry-after/messages", test_messages);
  g_test_add_func ("/retry-after/durations", test_durations);
  g_test_add_func ("/retry-after/hints", test_hints);
  g_test_add_func ("/retry-after/random", test_random);
  return g_test_run ();
}
