/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Rate limits in headers, where quotas are asked for, and when somebody is told. */

#include <glib.h>

#include "usage/ocg-quota-headers.h"
#include "usage/ocg-quota-place.h"
#include "usage/ocg-quota-watch.h"

#define NOW (G_GINT64_CONSTANT (1790000000) * 1000)
#define HOUR (G_GINT64_CONSTANT (3600) * 1000)

static const char *
get_header (const char *name, gpointer user_data)
{
  const char *const *pairs = user_data;

  for (; *pairs != NULL; pairs += 2)
    if (g_str_equal (pairs[0], name))
      return pairs[1];
  return NULL;
}

/* "requests 25% 1790000063500; tokens …", "nothing". */
static char *
read_headers (const char *const *pairs)
{
  g_autoptr (OcgQuotaReport) report = ocg_quota_headers_read (get_header, (gpointer) pairs, NOW);
  GString *text = g_string_new (report == NULL ? "nothing" : NULL);

  for (guint i = 0; report != NULL && i < report->windows->len; i++)
    {
      const OcgQuotaWindow *window = &g_array_index (report->windows, OcgQuotaWindow, i);

      g_string_append_printf (text, "%s%s %g%% of %g", i > 0 ? "; " : "", window->label,
                              window->used_percent, window->total);
      if (window->resets_at != 0)
        g_string_append_printf (text, " +%" G_GINT64_FORMAT, window->resets_at - NOW);
    }
  return g_string_free (text, FALSE);
}

static void
assert_headers (const char *expected, const char *const *pairs)
{
  g_autofree char *text = read_headers (pairs);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_headers (void)
{
  assert_headers (
      "requests 25% of 4000 +60000; tokens 0% of 10; input-tokens 100% of 8; "
      "output-tokens 50% of 2",
      (const char *const[]){
          "anthropic-ratelimit-requests-limit", "4000", "anthropic-ratelimit-requests-remaining",
          "3000", "anthropic-ratelimit-requests-reset", "2026-09-21T14:14:20Z",
          "anthropic-ratelimit-tokens-limit", "10", "anthropic-ratelimit-tokens-remaining", "10",
          "anthropic-ratelimit-input-tokens-limit", "8",
          "anthropic-ratelimit-input-tokens-remaining", "0",
          "anthropic-ratelimit-output-tokens-limit", "2",
          "anthropic-ratelimit-output-tokens-remaining", "1", NULL });
  assert_headers (
      "requests 10% of 60 +1000; tokens 1% of 150000 +63500",
      (const char *const[]){ "x-ratelimit-limit-requests", "60", "x-ratelimit-remaining-requests",
                             "54", "x-ratelimit-reset-requests", "1s", "x-ratelimit-limit-tokens",
                             "150000", "x-ratelimit-remaining-tokens", "148500",
                             "x-ratelimit-reset-tokens", "1m3.5s", NULL });
  assert_headers ("requests 100% of 50 +3600000",
                  (const char *const[]){ "x-ratelimit-limit", "50", "x-ratelimit-remaining", "0",
                                         "x-ratelimit-reset", "1790003600000", NULL });
  assert_headers ("requests 100% of 50 +7000",
                  (const char *const[]){ "x-ratelimit-limit", "50", "x-ratelimit-remaining", "0",
                                         "x-ratelimit-reset", "7", NULL });
}

static void
test_absurd_headers (void)
{
  static const char *const limits[] = { "", "-5", "1e3", "0x10", "0", "many", "9999999999999999" };
  static const char *const rests[] = { "", "-1", "51", "5.5", "none" };
  static const char *const resets[] = { "",   "yesterday", "-5", "1789990000", "9999999999999",
                                        "1y", "2026-09-21" };

  assert_headers ("nothing", (const char *const[]){ NULL });
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    assert_headers ("nothing", (const char *const[]){ "x-ratelimit-limit", limits[i],
                                                      "x-ratelimit-remaining", "0", NULL });
  for (guint i = 0; i < G_N_ELEMENTS (rests); i++)
    assert_headers ("nothing", (const char *const[]){ "x-ratelimit-limit", "50",
                                                      "x-ratelimit-remaining", rests[i], NULL });
  for (guint i = 0; i < G_N_ELEMENTS (resets); i++)
    assert_headers ("requests 20% of 50",
                    (const char *const[]){ "x-ratelimit-limit", "50", "x-ratelimit-remaining", "40",
                                           "x-ratelimit-reset", resets[i], NULL });
}

static OcgProvider
make_provider (const char *quota, const char *regions)
{
  OcgProvider provider = { 0 };

  provider.quota = json_from_string (quota, NULL);
  provider.regions = json_from_string (regions, NULL);
  g_assert_nonnull (provider.quota);
  g_assert_nonnull (provider.regions);
  return provider;
}

/* "region: url url, balance url", "nowhere". */
static char *
find_place (OcgProvider *provider, const char *base_url)
{
  g_autoptr (OcgQuotaPlace) place = ocg_quota_place_find (provider, base_url);
  g_autofree char *urls = place != NULL ? g_strjoinv (" ", place->plan_urls) : NULL;

  if (place == NULL)
    return g_strdup ("nowhere");
  return g_strdup_printf ("%s: %s%s%s", place->region != NULL ? place->region : "-", urls,
                          place->balance_url != NULL ? ", balance " : "",
                          place->balance_url != NULL ? place->balance_url : "");
}

static void
assert_place (OcgProvider *provider, const char *base_url, const char *expected)
{
  g_autofree char *text = find_place (provider, base_url);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_places (void)
{
  OcgProvider provider = make_provider (
      "{\"regions\":{\"global\":{\"planUrls\":[\"https://a.io/new\",\"https://a.io/old\"],"
      "\"balanceUrl\":\"https://a.io/balance\"},\"cn\":{\"planUrls\":[\"https://b.cn/new\","
      "\"https://thief.example/new\"],\"balanceUrl\":\"https://thief.example/b\"},"
      "\"moved\":{\"planUrls\":[\"https://thief.example/new\"]}}}",
      "{\"global\":{\"baseUrl\":\"https://a.io/x\"},\"cn\":{\"baseUrl\":\"https://b.cn/x\"},"
      "\"moved\":{\"baseUrl\":\"https://c.io/x\"}}");

  assert_place (&provider, "https://a.io/x",
                "global: https://a.io/new https://a.io/old, balance https://a.io/balance");
  assert_place (&provider, "https://b.cn/other", "cn: https://b.cn/new");
  assert_place (&provider, "https://c.io/x", "nowhere");
  assert_place (&provider, "http://127.0.0.1:8080/x",
                "-: http://127.0.0.1:8080/new http://127.0.0.1:8080/old, balance "
                "http://127.0.0.1:8080/balance");
  assert_place (&provider, "http://a.io/x",
                "-: http://a.io:80/new http://a.io:80/old, balance http://a.io:80/balance");
  assert_place (&provider, "no address", "nowhere");
  json_node_unref (provider.quota);
  json_node_unref (provider.regions);
}

/* Hosts of one login count as one. */
static void
test_group (void)
{
  OcgProvider provider = make_provider (
      "{\"regions\":{\"global\":{\"planUrls\":[\"https://account.a.io/left\"]}}}", "{}");

  assert_place (&provider, "https://a.io/x", "-: https://a.io:443/left");
  provider.origin_groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_ptr_array_add (provider.origin_groups,
                   g_strsplit ("https://a.io:443 https://account.a.io:443", " ", -1));
  assert_place (&provider, "https://a.io/x", "global: https://account.a.io/left");
  g_ptr_array_unref (provider.origin_groups);
  json_node_unref (provider.quota);
  json_node_unref (provider.regions);
}

static void
test_no_place (void)
{
  OcgProvider none = { 0 };
  OcgProvider empty = make_provider ("{\"regions\":{}}", "{}");
  OcgProvider odd = make_provider ("{\"regions\":{\"global\":{\"planUrls\":[5,\"\",\"nothing\"]}}}",
                                   "{}");

  g_assert_false (ocg_quota_place_exists (&none));
  assert_place (&none, "https://a.io", "nowhere");
  g_assert_false (ocg_quota_place_exists (&empty));
  assert_place (&empty, "https://a.io", "nowhere");
  assert_place (&odd, "https://a.io", "nowhere");
  json_node_unref (empty.quota);
  json_node_unref (empty.regions);
  json_node_unref (odd.quota);
  json_node_unref (odd.regions);
}

static OcgQuotaLevel
take (OcgQuotaWatch *watch, double percent, gint64 resets_at, gint64 now)
{
  const OcgQuotaWindow window = { .label = "5h", .used_percent = percent, .resets_at = resets_at };
  gboolean recovered = FALSE;

  return ocg_quota_watch_take (watch, "minimax:default", &window, now, &recovered);
}

static void
test_watch (void)
{
  g_autoptr (OcgQuotaWatch) watch = ocg_quota_watch_new ();
  gint64 end = NOW + 5 * HOUR;

  g_assert_cmpint (take (watch, 79.9, end, NOW), ==, OCG_QUOTA_QUIET);
  g_assert_cmpint (take (watch, 80, end, NOW), ==, OCG_QUOTA_NEARLY_USED_UP);
  g_assert_cmpint (take (watch, 99, end + 2000, NOW + HOUR), ==, OCG_QUOTA_QUIET);
  g_assert_cmpint (take (watch, -1, 0, NOW + HOUR), ==, OCG_QUOTA_QUIET);
  g_assert_cmpint (take (watch, 100, end - 1000, NOW + HOUR), ==, OCG_QUOTA_USED_UP);
  g_assert_cmpint (take (watch, 100, end, NOW + 2 * HOUR), ==, OCG_QUOTA_QUIET);
  g_assert_cmpint (take (watch, 85, end, NOW + 2 * HOUR), ==, OCG_QUOTA_QUIET);
  /* The next window is as full at once. */
  g_assert_cmpint (take (watch, 90, end + 5 * HOUR, end + HOUR), ==, OCG_QUOTA_NEARLY_USED_UP);
}

/* One of which no end is known starts anew when it is empty for some time. */
static void
test_watch_without_end (void)
{
  g_autoptr (OcgQuotaWatch) watch = ocg_quota_watch_new ();

  g_assert_cmpint (take (watch, 100, 0, NOW), ==, OCG_QUOTA_USED_UP);
  g_assert_cmpint (take (watch, 100, 0, NOW + 9 * HOUR), ==, OCG_QUOTA_QUIET);
  g_assert_cmpint (take (watch, 0, 0, NOW + 9 * HOUR), ==, OCG_QUOTA_QUIET);
  g_assert_cmpint (take (watch, 100, 0, NOW + 9 * HOUR), ==, OCG_QUOTA_USED_UP);
  g_assert_cmpint (take (watch, 0, 0, NOW + 9 * HOUR), ==, OCG_QUOTA_QUIET);
  g_assert_cmpint (take (watch, 100, 0, NOW + 9 * HOUR), ==, OCG_QUOTA_QUIET);
}

/* Servers that say now this and now that, and whose ends creep on. */
static void
test_watch_flips (void)
{
  g_autoptr (OcgQuotaWatch) watch = ocg_quota_watch_new ();
  gint64 end = NOW + 5 * HOUR;

  g_assert_cmpint (take (watch, 85, end, NOW), ==, OCG_QUOTA_NEARLY_USED_UP);
  for (int i = 1; i < 200; i++)
    {
      g_assert_cmpint (take (watch, 2, end + i * 61000, NOW + i), ==, OCG_QUOTA_QUIET);
      g_assert_cmpint (take (watch, 98, end + i * 61000, NOW + i), ==, OCG_QUOTA_QUIET);
    }
  g_assert_cmpint (take (watch, 100, end, NOW + 1000), ==, OCG_QUOTA_USED_UP);
  g_assert_cmpint (take (watch, 0, end, NOW + 2000), ==, OCG_QUOTA_QUIET);
  g_assert_cmpint (take (watch, 100, end, end + 1000), ==, OCG_QUOTA_QUIET);
  g_assert_cmpint (take (watch, 81, end + 5 * HOUR, end), ==, OCG_QUOTA_NEARLY_USED_UP);
}

static void
test_recovery (void)
{
  g_autoptr (OcgQuotaWatch) watch = ocg_quota_watch_new ();
  OcgQuotaWindow window = { .label = "week", .used_percent = 95 };
  gboolean recovered = FALSE;

  ocg_quota_watch_take (watch, "a:b", &window, NOW, &recovered);
  g_assert_false (recovered);
  window.used_percent = 10;
  ocg_quota_watch_take (watch, "a:c", &window, NOW, &recovered);
  g_assert_false (recovered);
  ocg_quota_watch_take (watch, "a:b", &window, NOW, &recovered);
  g_assert_true (recovered);
  ocg_quota_watch_take (watch, "a:b", &window, NOW, &recovered);
  g_assert_false (recovered);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quota/headers", test_headers);
  g_test_add_func ("/quota/absurd-headers", test_absurd_headers);
  g_test_add_func ("/quota/places", test_places);
  g_test_add_func ("/quota/group", test_group);
  g_test_add_func ("/quota/no-place", test_no_place);
  g_test_add_func ("/quota/watch", test_watch);
  g_test_add_func ("/quota/watch-without-end", test_watch_without_end);
  g_test_add_func ("/quota/watch-flips", test_watch_flips);
  g_test_add_func ("/quota/recovery", test_recovery);
  return g_test_run ();
}
