/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-quota-record.h"

static const char *const states[] = {
  [OCG_QUOTA_OK] = "ok",
  [OCG_QUOTA_UNKNOWN] = "unknown",
  [OCG_QUOTA_ERROR] = "error",
};
static const char *const sources[] = {
  [OCG_QUOTA_PLAN] = "plan",
  [OCG_QUOTA_BALANCE] = "balance",
  [OCG_QUOTA_HEADERS] = "headers",
};
static const char *const units[] = {
  [OCG_QUOTA_PERCENT] = "percent",
  [OCG_QUOTA_REQUESTS] = "requests",
  [OCG_QUOTA_TOKENS] = "tokens",
};

static void
add_string (GVariantDict *dict, const char *key, const char *value)
{
  if (value != NULL && *value != '\0')
    g_variant_dict_insert (dict, key, "s", value);
}

static void
add_time (GVariantDict *dict, const char *key, gint64 unix_ms)
{
  if (unix_ms > 0)
    g_variant_dict_insert (dict, key, "t", (guint64) unix_ms);
}

static void
add_window (GVariantDict *dict, const OcgQuotaWindow *window)
{
  add_string (dict, "label", window->label);
  if (window->used_percent >= 0)
    g_variant_dict_insert (dict, "used-percent", "d", window->used_percent);
  else
    add_string (dict, "state", states[OCG_QUOTA_UNKNOWN]);
  if (window->total > 0)
    {
      g_variant_dict_insert (dict, "used", "d", window->used);
      g_variant_dict_insert (dict, "total", "d", window->total);
      add_string (dict, "unit", units[window->unit]);
    }
  add_time (dict, "resets-at", window->resets_at);
}

/* @window: (nullable) */
static void
add_record (GVariantBuilder *list, const char *provider, const char *profile,
            const OcgQuotaReport *report, const OcgQuotaWindow *window)
{
  g_autofree char *message = report->why != NULL ? ocg_failure_render (report->why) : NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  add_string (&dict, "provider", provider);
  add_string (&dict, "profile", profile);
  add_string (&dict, "region", report->region);
  add_string (&dict, "plan", report->plan);
  add_string (&dict, "source", sources[report->source]);
  add_string (&dict, "state", states[report->state]);
  add_string (&dict, "message", message);
  add_time (&dict, "updated", report->updated);
  g_variant_dict_insert (&dict, "plan-key", "b", report->is_of_plan);
  if (report->has_balance)
    g_variant_dict_insert (&dict, "balance", "d", report->balance);
  if (window != NULL)
    add_window (&dict, window);
  g_variant_builder_add_value (list, g_variant_dict_end (&dict));
}

void
ocg_quota_record_add (GVariantBuilder *list, const char *provider, const char *profile,
                      const OcgQuotaReport *report)
{
  for (guint i = 0; i < report->windows->len; i++)
    add_record (list, provider, profile, report,
                &g_array_index (report->windows, OcgQuotaWindow, i));
  if (report->windows->len == 0)
    add_record (list, provider, profile, report, NULL);
}
