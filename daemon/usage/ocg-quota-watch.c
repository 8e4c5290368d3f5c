/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-quota-watch.h"

#define NEARLY 80.0
#define ALL 100.0

/* Servers tell the end of the same window a little differently each time. */
#define SAME_END_MS (5 * 60 * 1000)

struct _OcgQuotaWatch
{
  GHashTable *told; /* "PROFILE LABEL" -> Told */
};

typedef struct
{
  OcgQuotaLevel level;
  gint64 resets_at; /* 0: not known */
} Told;

OcgQuotaWatch *
ocg_quota_watch_new (void)
{
  OcgQuotaWatch *self = g_new0 (OcgQuotaWatch, 1);

  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
ocg_quota_watch_free (OcgQuotaWatch *self)
{
  g_hash_table_unref (self->told);
  g_free (self);
}

static OcgQuotaLevel
get_level (const OcgQuotaWindow *window)
{
  if (window->used_percent >= ALL)
    return OCG_QUOTA_USED_UP;
  return window->used_percent >= NEARLY ? OCG_QUOTA_NEARLY_USED_UP : OCG_QUOTA_QUIET;
}

static gboolean
is_another_window (const Told *told, const OcgQuotaWindow *window, gint64 now)
{
  if (told->resets_at == 0 || window->resets_at == 0)
    return FALSE;
  return now >= told->resets_at || ABS (window->resets_at - told->resets_at) > SAME_END_MS;
}

OcgQuotaLevel
ocg_quota_watch_take (OcgQuotaWatch *self, const char *profile, const OcgQuotaWindow *window,
                      gint64 now, gboolean *recovered)
{
  g_autofree char *key = g_strconcat (profile, " ", window->label != NULL ? window->label : "",
                                      NULL);
  OcgQuotaLevel level = get_level (window);
  Told *told = g_hash_table_lookup (self->told, key);

  *recovered = FALSE;
  /* What is not known changes nothing. */
  if (window->used_percent < 0)
    return OCG_QUOTA_QUIET;
  if (level == OCG_QUOTA_QUIET)
    {
      *recovered = g_hash_table_remove (self->told, key);
      return OCG_QUOTA_QUIET;
    }
  if (told == NULL)
    {
      told = g_new0 (Told, 1);
      g_hash_table_insert (self->told, g_steal_pointer (&key), told);
    }
  else if (is_another_window (told, window, now))
    told->level = OCG_QUOTA_QUIET;
  if (window->resets_at != 0)
    told->resets_at = window->resets_at;
  if (level <= told->level)
    return OCG_QUOTA_QUIET;
  told->level = level;
  return level;
}
