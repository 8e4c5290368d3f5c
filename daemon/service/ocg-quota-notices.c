/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-quota-notices.h"

#include <glib/gi18n.h>

#include "../usage/ocg-quota-watch.h"

struct _OcgQuotaNotices
{
  OcgNotifier *notifier;
  OcgClock *clock;
  OcgQuotaWatch *watch;
};

OcgQuotaNotices *
ocg_quota_notices_new (OcgNotifier *notifier, OcgClock *clock)
{
  OcgQuotaNotices *self = g_new0 (OcgQuotaNotices, 1);

  self->notifier = notifier;
  self->clock = clock;
  self->watch = ocg_quota_watch_new ();
  return self;
}

void
ocg_quota_notices_free (OcgQuotaNotices *self)
{
  ocg_quota_watch_free (self->watch);
  g_free (self);
}

/* "18:00" today, "2026-02-01 18:00" on another day; NULL when it is not known. */
static char *
format_reset (gint64 unix_ms, gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (unix_ms / 1000);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now / 1000);
  gboolean is_today = time != NULL && today != NULL
                      && g_date_time_get_year (time) == g_date_time_get_year (today)
                      && g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (today);

  if (unix_ms == 0 || time == NULL)
    return NULL;
  return g_date_time_format (time, is_today ? "%H:%M" : "%Y-%m-%d %H:%M");
}

/* Labels of the API that are words. */
static const char *
name_window (const char *label)
{
  if (g_strcmp0 (label, "week") == 0)
    /* TRANSLATORS: a window of a plan, as a name. */
    return _ ("week");
  if (g_strcmp0 (label, "day") == 0)
    return _ ("day");
  return label != NULL ? label : "-";
}

static char *
describe (const char *profile, const OcgQuotaWindow *window, gint64 now)
{
  g_autofree char *time = format_reset (window->resets_at, now);
  g_autofree char *percent = g_strdup_printf ("%.0f", window->used_percent);
  const char *label = name_window (window->label);
  g_autoptr (OcgFailure) text = NULL;

  if (time != NULL)
    text = ocg_failure_new (OCG_ERROR_QUOTA_EXCEEDED,
                            /* TRANSLATORS: {profile} is a credential such as minimax:default,
                             * {window} a stretch of time such as 5h, {time} a time of day. */
                            N_ ("{profile}: {percent} percent of the window {window} is used. "
                                "It starts anew at {time}."),
                            "profile", profile, "percent", percent, "window", label, "time", time,
                            NULL);
  else
    text = ocg_failure_new (OCG_ERROR_QUOTA_EXCEEDED,
                            N_ ("{profile}: {percent} percent of the window {window} is used."),
                            "profile", profile, "percent", percent, "window", label, NULL);
  return ocg_failure_render (text);
}

static void
take_window (OcgQuotaNotices *self, OcgProvider *provider, const char *profile,
             const OcgQuotaWindow *window)
{
  gint64 now = ocg_clock_now (self->clock);
  gboolean recovered = FALSE;
  OcgQuotaLevel level = ocg_quota_watch_take (self->watch, profile, window, now, &recovered);
  g_autofree char *key = g_strdup_printf ("quota %s %s", profile,
                                          window->label != NULL ? window->label : "");
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  if (recovered)
    ocg_notifier_withdraw (self->notifier, key);
  if (level == OCG_QUOTA_QUIET)
    return;
  /* TRANSLATORS: %s is a provider such as MiniMax. */
  title = g_strdup_printf (level == OCG_QUOTA_USED_UP ? _ ("The plan of %s is used up")
                                                      : _ ("The plan of %s is nearly used up"),
                           provider->name);
  body = describe (profile, window, now);
  ocg_notifier_show (self->notifier, OCG_NOTICE_QUOTA, key, title, body);
}

void
ocg_quota_notices_take (OcgQuotaNotices *self, OcgProvider *provider, const char *profile,
                        const OcgQuotaReport *report)
{
  if (report->source != OCG_QUOTA_PLAN)
    return;
  for (guint i = 0; i < report->windows->len; i++)
    take_window (self, provider, profile, &g_array_index (report->windows, OcgQuotaWindow, i));
}
