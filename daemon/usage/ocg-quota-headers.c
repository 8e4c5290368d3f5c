/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-quota-headers.h"

#include <string.h>

#include "../wire/ocg-retry-after.h"

#define MAX_DIGITS 15
#define MAX_WAIT_MS (G_GINT64_CONSTANT (32) * 24 * 3600 * 1000)

static const struct
{
  const char *label;
  OcgQuotaUnit unit;
  const char *limit, *remaining, *reset;
} kinds[] = {
  { "requests", OCG_QUOTA_REQUESTS, "anthropic-ratelimit-requests-limit",
    "anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset" },
  { "tokens", OCG_QUOTA_TOKENS, "anthropic-ratelimit-tokens-limit",
    "anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset" },
  { "input-tokens", OCG_QUOTA_TOKENS, "anthropic-ratelimit-input-tokens-limit",
    "anthropic-ratelimit-input-tokens-remaining", "anthropic-ratelimit-input-tokens-reset" },
  { "output-tokens", OCG_QUOTA_TOKENS, "anthropic-ratelimit-output-tokens-limit",
    "anthropic-ratelimit-output-tokens-remaining", "anthropic-ratelimit-output-tokens-reset" },
  { "requests", OCG_QUOTA_REQUESTS, "x-ratelimit-limit-requests", "x-ratelimit-remaining-requests",
    "x-ratelimit-reset-requests" },
  { "tokens", OCG_QUOTA_TOKENS, "x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens",
    "x-ratelimit-reset-tokens" },
  { "requests", OCG_QUOTA_REQUESTS, "x-ratelimit-limit", "x-ratelimit-remaining",
    "x-ratelimit-reset" },
};

/* Digits and nothing else. */
static gboolean
read_count (const char *text, double *count)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length == 0 || length > MAX_DIGITS || strspn (text, G_CSET_DIGITS) != length)
    return FALSE;
  *count = g_ascii_strtod (text, NULL);
  return TRUE;
}

/* A date, a duration such as 1m3.5s, seconds from now, or Unix time in seconds or milliseconds. 0
 * when it is none of them. */
static gint64
read_reset (const char *text, gint64 now)
{
  g_autoptr (GDateTime) date = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  const char *rest = NULL;
  double number = 0;
  gint64 at = 0;

  if (text == NULL)
    return 0;
  if (date != NULL)
    at = g_date_time_to_unix (date) * 1000;
  else if (read_count (text, &number))
    at = number >= 1e12  ? (gint64) number
         : number >= 1e9 ? (gint64) number * 1000
                         : now + (gint64) number * 1000;
  else
    {
      gint64 wait = ocg_retry_after_parse_duration (text, &rest);

      at = wait >= 0 && *rest == '\0' ? now + wait : 0;
    }
  return at >= now && at - now <= MAX_WAIT_MS ? at : 0;
}

static gboolean
has_label (OcgQuotaReport *report, const char *label)
{
  for (guint i = 0; i < report->windows->len; i++)
    if (g_str_equal (g_array_index (report->windows, OcgQuotaWindow, i).label, label))
      return TRUE;
  return FALSE;
}

OcgQuotaReport *
ocg_quota_headers_read (OcgHeaderFunc get_header, gpointer user_data, gint64 now)
{
  OcgQuotaReport *report = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      OcgQuotaWindow window = { .label = kinds[i].label, .unit = kinds[i].unit };
      double left = 0;

      if (!read_count (get_header (kinds[i].limit, user_data), &window.total)
          || !read_count (get_header (kinds[i].remaining, user_data), &left) || window.total == 0
          || left > window.total)
        continue;
      if (report == NULL)
        report = ocg_quota_report_new (OCG_QUOTA_HEADERS);
      if (has_label (report, window.label))
        continue;
      window.used = window.total - left;
      window.used_percent = window.used / window.total * 100;
      window.resets_at = read_reset (get_header (kinds[i].reset, user_data), now);
      g_array_append_val (report->windows, window);
    }
  if (report != NULL)
    report->updated = now;
  return report;
}
