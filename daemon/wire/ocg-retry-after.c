/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-retry-after.h"

#include <string.h>

/* Bytes of a message that are looked at: a sentence, even in Chinese, is over by then. */
#define MAX_MESSAGE 2000
#define MAX_WAIT_MS (G_GINT64_CONSTANT (30) * 24 * 3600 * 1000)
#define BEIJING_MINUTES (8 * 60)

/* Longer names first: the first that fits is taken. */
static const struct
{
  const char *name;
  double ms;
} units[] = {
  { "milliseconds", 1 }, { "millisecond", 1 }, { "msecs", 1 },      { "msec", 1 },
  { "ms", 1 },           { "µs", 1e-3 },       { "μs", 1e-3 },      { "us", 1e-3 },
  { "ns", 1e-6 },        { "seconds", 1e3 },   { "second", 1e3 },   { "secs", 1e3 },
  { "sec", 1e3 },        { "s", 1e3 },         { "minutes", 60e3 }, { "minute", 60e3 },
  { "mins", 60e3 },      { "min", 60e3 },      { "m", 60e3 },       { "hours", 3600e3 },
  { "hour", 3600e3 },    { "hrs", 3600e3 },    { "hr", 3600e3 },    { "h", 3600e3 },
  { "days", 86400e3 },   { "day", 86400e3 },   { "d", 86400e3 },    { "毫秒", 1 },
  { "秒", 1e3 },         { "分钟", 60e3 },     { "分鐘", 60e3 },    { "分", 60e3 },
  { "小时", 3600e3 },    { "小時", 3600e3 },   { "个小时", 3600e3 }, { "天", 86400e3 },
};

/* The limits, how the header that counts looks when nothing is left (NULL: zero), and when it is
 * filled up again. Some servers send the last one alone. */
static const struct
{
  const char *left;
  const char *used_up;
  const char *reset;
  gboolean comes_alone;
} limits[] = {
  { "anthropic-ratelimit-requests-remaining", NULL, "anthropic-ratelimit-requests-reset", FALSE },
  { "anthropic-ratelimit-tokens-remaining", NULL, "anthropic-ratelimit-tokens-reset", FALSE },
  { "anthropic-ratelimit-input-tokens-remaining", NULL, "anthropic-ratelimit-input-tokens-reset",
    FALSE },
  { "anthropic-ratelimit-output-tokens-remaining", NULL, "anthropic-ratelimit-output-tokens-reset",
    FALSE },
  { "anthropic-ratelimit-unified-status", "rejected", "anthropic-ratelimit-unified-reset", FALSE },
  { "x-ratelimit-remaining-requests", NULL, "x-ratelimit-reset-requests", TRUE },
  { "x-ratelimit-remaining-tokens", NULL, "x-ratelimit-reset-tokens", TRUE },
  { "x-ratelimit-remaining", NULL, "x-ratelimit-reset", FALSE },
  { "ratelimit-remaining", NULL, "ratelimit-reset", FALSE },
};

/* What stands before a duration, and what stands beside a point in time. */
static const char *const duration_words[] = {
  "try again in", "try again after", "retry in",     "retry after", "wait for",
  "wait",         "resets in",       "reset in",     "reset after", "available in",
};
static const char *const moment_words[] = {
  "reset", "try again", "retry", "until", "available", "重置", "恢复", "恢復", "重试", "重試", "刷新",
};

static gboolean
is_sane (gint64 wait)
{
  return wait >= 0 && wait <= MAX_WAIT_MS;
}

static gint64
to_wait (double ms)
{
  /* 34.07 seconds are not 34069 ms. */
  return ms >= 0 && ms <= (double) MAX_WAIT_MS ? (gint64) (ms + 1e-3) : -1;
}

/* Digits, perhaps with a fraction. g_ascii_strtod() would read "0x10", "1e9" and "inf", too. */
static gboolean
take_number (const char **text, double *value)
{
  const char *p = *text;
  double digits = 0;
  double scale = 1;

  if (!g_ascii_isdigit (*p))
    return FALSE;
  for (; g_ascii_isdigit (*p); p++)
    digits = digits * 10 + g_ascii_digit_value (*p);
  if (*p == '.' && g_ascii_isdigit (p[1]))
    for (p++; g_ascii_isdigit (*p); p++)
      if (scale < 1e9)
        {
          digits = digits * 10 + g_ascii_digit_value (*p);
          scale *= 10;
        }
  *value = digits / scale;
  *text = p;
  return TRUE;
}

static gboolean
take_unit (const char **text, double *ms)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      gsize length = strlen (units[i].name);

      /* "5 models" are not five minutes. */
      if (g_ascii_strncasecmp (*text, units[i].name, length) != 0
          || g_ascii_isalpha ((*text)[length]))
        continue;
      *text += length;
      *ms = units[i].ms;
      return TRUE;
    }
  return FALSE;
}

static const char *
skip_spaces (const char *text)
{
  return text + strspn (text, " \t");
}

/* What may stand between "2 hours" and "5 minutes". */
static const char *
skip_joint (const char *text)
{
  text = skip_spaces (text);
  if (*text == ',')
    text = skip_spaces (text + 1);
  if (g_ascii_strncasecmp (text, "and ", 4) == 0)
    text = skip_spaces (text + 4);
  return text;
}

gint64
ocg_retry_after_parse_duration (const char *text, const char **end)
{
  double total = 0;
  gboolean any = FALSE;
  const char *rest = text;

  for (;;)
    {
      const char *p = any ? skip_joint (rest) : rest;
      double value, ms;

      if (!take_number (&p, &value))
        break;
      p = skip_spaces (p);
      if (!take_unit (&p, &ms))
        break;
      total += value * ms;
      any = TRUE;
      rest = p;
    }
  if (end != NULL)
    *end = rest;
  return any ? to_wait (total) : -1;
}

static gint64
ms_until (GDateTime *time, gint64 now_ms)
{
  if (time == NULL)
    return -1;
  return g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000 - now_ms;
}

/* @digits: how many; more may not follow. Returns -1 when there are others. */
static int
take_digits (const char **text, guint digits)
{
  int value = 0;

  for (guint i = 0; i < digits; i++, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return -1;
      value = value * 10 + g_ascii_digit_value (**text);
    }
  return g_ascii_isdigit (**text) ? -1 : value;
}

/* "Z", "+08:00", "+0800", " UTC", " GMT+8"; what is none is @usual. */
static int
read_zone (const char *text, int usual)
{
  const char *p = skip_spaces (text);
  gboolean is_named
      = g_ascii_strncasecmp (p, "utc", 3) == 0 || g_ascii_strncasecmp (p, "gmt", 3) == 0;
  int sign, hours, minutes = 0;

  if (g_ascii_toupper (*p) == 'Z' && !g_ascii_isalnum (p[1]))
    return 0;
  if (is_named)
    p += 3;
  sign = *p == '+' ? 1 : *p == '-' ? -1 : 0;
  if (sign == 0 || !g_ascii_isdigit (p[1]))
    return is_named ? 0 : usual;
  p++;
  hours = g_ascii_digit_value (*p++);
  if (g_ascii_isdigit (*p))
    hours = hours * 10 + g_ascii_digit_value (*p++);
  if (*p == ':')
    p++;
  if (g_ascii_isdigit (p[0]) && g_ascii_isdigit (p[1]))
    minutes = g_ascii_digit_value (p[0]) * 10 + g_ascii_digit_value (p[1]);
  return sign * (hours * 60 + minutes);
}

/* "2026-05-15T15:00:00+08:00", "2026-05-15 15:00" at the beginning of @text. A date alone is none:
 * versions of APIs and models are dates, too. @usual_zone: minutes east of Greenwich. */
static gint64
ms_until_iso8601 (const char *text, int usual_zone, gint64 now_ms)
{
  g_autoptr (GDateTime) time = NULL;
  const char *p = text;
  int year, month, day, hour, minute;
  double second = 0;

  if ((year = take_digits (&p, 4)) < 0 || *p++ != '-' || (month = take_digits (&p, 2)) < 0
      || *p++ != '-' || (day = take_digits (&p, 2)) < 0)
    return -1;
  if (g_ascii_toupper (*p) != 'T' && *p != ' ')
    return -1;
  p++;
  if ((hour = take_digits (&p, 2)) < 0 || *p++ != ':' || (minute = take_digits (&p, 2)) < 0)
    return -1;
  if (*p == ':')
    {
      p++;
      if (!take_number (&p, &second))
        return -1;
    }
  time = g_date_time_new_utc (year, month, day, hour, minute, second);
  if (time == NULL)
    return -1;
  return ms_until (time, now_ms) - read_zone (p, usual_zone) * G_GINT64_CONSTANT (60000);
}

static int
read_month (const char *word)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const char *place = strlen (word) == 3 ? strstr (months, word) : NULL;

  return place != NULL && (place - months) % 3 == 0 ? (int) (place - months) / 3 + 1 : 0;
}

/* The three forms of RFC 9110: "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT"
 * and "Sun Nov  6 08:49:37 1994". In each the day comes before the year. */
static gint64
ms_until_http_date (const char *text, gint64 now_ms)
{
  g_auto (GStrv) words = g_strsplit_set (text, " ,-", -1);
  g_autoptr (GDateTime) time = NULL;
  int day = -1, month = 0, year = -1, hour = -1, minute = -1, second = -1;

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *p = words[i];
      gboolean is_time = strlen (p) == 8 && p[2] == ':' && p[5] == ':';

      if (is_time && hour < 0)
        {
          hour = take_digits (&p, 2);
          p = words[i] + 3;
          minute = take_digits (&p, 2);
          p = words[i] + 6;
          second = take_digits (&p, 2);
        }
      else if (g_ascii_isdigit (*p) && day < 0)
        day = (int) MIN (g_ascii_strtoull (p, NULL, 10), 99);
      else if (g_ascii_isdigit (*p) && year < 0)
        year = (int) MIN (g_ascii_strtoull (p, NULL, 10), 9999);
      else if (month == 0)
        month = read_month (p);
    }
  if (year >= 0 && year < 100)
    year += 2000;
  if (month == 0 || year < 1970 || hour < 0 || minute < 0 || second < 0)
    return -1;
  time = g_date_time_new_utc (year, month, day, hour, minute, second);
  return ms_until (time, now_ms);
}

/* A header. @unit_ms: what a bare number counts; 0: seconds, or a point in time if it is large. */
static gint64
read_header (const char *value, double unit_ms, gint64 now_ms)
{
  g_autofree char *text = g_strstrip (g_strdup (value));
  const char *end = text;
  double number;
  gint64 wait;

  if (take_number (&end, &number) && *end == '\0')
    {
      if (unit_ms == 0 && number >= 1e12)
        return to_wait (number - (double) now_ms);
      if (unit_ms == 0 && number >= 1e9)
        return to_wait (number * 1000 - (double) now_ms);
      return to_wait (number * (unit_ms != 0 ? unit_ms : 1000));
    }
  wait = ocg_retry_after_parse_duration (text, &end);
  if (end != text)
    return *end == '\0' ? wait : -1;
  wait = ms_until_iso8601 (text, 0, now_ms);
  return is_sane (wait) ? wait : ms_until_http_date (text, now_ms);
}

static gboolean
is_used_up (const char *left, const char *used_up)
{
  double number;

  if (left == NULL)
    return FALSE;
  if (used_up != NULL)
    return g_ascii_strcasecmp (left, used_up) == 0;
  return *left == '-' || (take_number (&left, &number) && number == 0);
}

/* Everything that is used up has to be filled up again: the longest wait counts. */
static gint64
find_limit (OcgHeaderFunc get_header, gpointer user_data, gint64 now_ms)
{
  gint64 longest = -1;
  gint64 alone = -1;

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      const char *reset = get_header (limits[i].reset, user_data);
      const char *left = reset != NULL ? get_header (limits[i].left, user_data) : NULL;
      gint64 wait = reset != NULL ? read_header (reset, 0, now_ms) : -1;

      if (!is_sane (wait))
        continue;
      if (is_used_up (left, limits[i].used_up))
        longest = MAX (longest, wait);
      else if (left == NULL && limits[i].comes_alone && alone < 0)
        alone = wait;
    }
  return longest >= 0 ? longest : alone;
}

static gboolean
has_chinese (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c >= 0x4e00 && c <= 0x9fff)
        return TRUE;
    }
  return FALSE;
}

/* Times without a zone are those of Beijing where the message is Chinese, and with Z.AI, which
 * answers in English, too; its codes for used up plans are 1308, 1310 and their like. */
static int
guess_zone (const OcgErrorReply *reply)
{
  gboolean is_zai = reply->code != NULL && strlen (reply->code) == 4
                    && g_str_has_prefix (reply->code, "13");

  return is_zai || has_chinese (reply->message) ? BEIJING_MINUTES : 0;
}

/* @text: in lower case. A time after such a word, else the last one before it. */
static gint64
find_moment (const char *text, int usual_zone, gint64 now_ms)
{
  const char *word = NULL;
  gint64 last = -1;

  for (guint i = 0; i < G_N_ELEMENTS (moment_words); i++)
    {
      const char *place = strstr (text, moment_words[i]);

      if (place != NULL && (word == NULL || place < word))
        word = place;
    }
  for (const char *p = text; word != NULL && *p != '\0'; p++)
    {
      gint64 wait;

      if (!g_ascii_isdigit (*p) || (p > text && g_ascii_isdigit (p[-1])))
        continue;
      wait = ms_until_iso8601 (p, usual_zone, now_ms);
      if (!is_sane (wait))
        continue;
      last = wait;
      if (p > word)
        break;
    }
  return last;
}

static gint64
find_duration (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (duration_words); i++)
    for (const char *p = strstr (text, duration_words[i]); p != NULL;
         p = strstr (p + 1, duration_words[i]))
      {
        const char *number = p + strlen (duration_words[i]);
        gint64 wait = ocg_retry_after_parse_duration (number + strspn (number, " :~"), NULL);

        if (wait >= 0)
          return wait;
      }
  return -1;
}

/* "请在 30 秒后重试": the number comes first. */
static gint64
find_chinese_duration (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      const char *end = p;
      gint64 wait;

      if (!g_ascii_isdigit (*p) || (p > text && (g_ascii_isdigit (p[-1]) || p[-1] == '.')))
        continue;
      wait = ocg_retry_after_parse_duration (p, &end);
      end = skip_spaces (end);
      if (wait >= 0 && (g_str_has_prefix (end, "后") || g_str_has_prefix (end, "後")))
        return wait;
    }
  return -1;
}

static gint64
find_in_message (const OcgErrorReply *reply, gint64 now_ms)
{
  g_autofree char *text = NULL;
  gint64 wait;

  if (reply->message == NULL)
    return -1;
  text = g_ascii_strdown (reply->message, (gssize) strnlen (reply->message, MAX_MESSAGE));
  wait = find_moment (text, guess_zone (reply), now_ms);
  if (wait < 0)
    wait = find_duration (text);
  return wait >= 0 ? wait : find_chinese_duration (text);
}

gint64
ocg_retry_after_find (const OcgErrorReply *reply, OcgHeaderFunc get_header, gpointer user_data,
                      gint64 now_ms)
{
  const char *value = get_header ("retry-after-ms", user_data);
  gint64 wait = value != NULL ? read_header (value, 1, now_ms) : -1;

  if (is_sane (wait))
    return wait;
  value = get_header ("retry-after", user_data);
  wait = value != NULL ? read_header (value, 1000, now_ms) : -1;
  if (is_sane (wait))
    return wait;
  wait = find_limit (get_header, user_data, now_ms);
  if (is_sane (wait))
    return wait;
  if (is_sane (reply->hinted_ms))
    return reply->hinted_ms;
  if (reply->hinted_at_ms >= 0 && is_sane (reply->hinted_at_ms - now_ms))
    return reply->hinted_at_ms - now_ms;
  wait = find_in_message (reply, now_ms);
  return is_sane (wait) ? wait : -1;
}
