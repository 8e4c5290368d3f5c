/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-quota-watch.h"

#define NEARLY 80.0
#define ALL 100.0

/* Servers tell the end of the same window a little differently each time. */
#define SAME_END_MS (5 * 60 * 1000)
/* How long a level counts as told when nobody says when the window ends. */
#define UNKNOWN_END_MS (60 * 60 * 1000)

struct _OcgQuotaWatch
{
  GHashTable *told; /* "PROFILE LABEL" -> Told */
};

typedef struct
{
  OcgQuotaLevel level;
  gint64 resets_at; /* as it was first told; 0: not known */
  gint64 told_at;
  gboolean is_shown; /* what was told holds still */
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

/* An answer below the levels alone ends no window: some servers contradict themselves from one
 * answer to the next. Nor does an end that creeps on. */
static gboolean
is_over (const Told *told, const OcgQuotaWindow *window, gint64 now)
{
  gboolean is_same = window->resets_at == 0
                     || ABS (window->resets_at - told->resets_at) <= SAME_END_MS;

  if (told->resets_at == 0)
    return window->used_percent < NEARLY && now >= told->told_at + UNKNOWN_END_MS;
  return now >= told->resets_at + (is_same ? SAME_END_MS : -SAME_END_MS);
}

static OcgQuotaLevel
take_level (OcgQuotaWatch *self, const char *key, const OcgQuotaWindow *window, gint64 now)
{
  OcgQuotaLevel level = get_level (window);
  Told *told = g_hash_table_lookup (self->told, key);

  if (told == NULL)
    {
      told = g_new0 (Told, 1);
      g_hash_table_insert (self->told, g_strdup (key), told);
    }
  told->is_shown = TRUE;
  if (told->resets_at == 0)
    told->resets_at = window->resets_at;
  if (level <= told->level)
    return OCG_QUOTA_QUIET;
  told->level = level;
  told->told_at = now;
  return level;
}

OcgQuotaLevel
ocg_quota_watch_take (OcgQuotaWatch *self, const char *profile, const OcgQuotaWindow *window,
                      gint64 now, gboolean *recovered)
{
  g_autofree char *key = g_strconcat (profile, " ", window->label != NULL ? window->label : "",
                                      NULL);
  Told *told = g_hash_table_lookup (self->told, key);

  *recovered = FALSE;
  /* What is not known changes nothing. */
  if (window->used_percent < 0)
    return OCG_QUOTA_QUIET;
  if (get_level (window) == OCG_QUOTA_QUIET && told != NULL)
    {
      *recovered = told->is_shown;
      told->is_shown = FALSE;
    }
  if (told != NULL && is_over (told, window, now))
    g_hash_table_remove (self->told, key);
  return get_level (window) == OCG_QUOTA_QUIET ? OCG_QUOTA_QUIET
                                               : take_level (self, key, window, now);
}
