/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-cooldown-table.h"

#include <math.h>

#define SECOND_MS G_GINT64_CONSTANT (1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS (60 * MINUTE_MS)

/* A caller may ask for any number of models that there are not. */
#define MAX_COOLDOWNS 1024

struct _OcgCooldownTable
{
  OcgClock *clock;
  GPtrArray *cooldowns; /* of OcgCooldown */
};

/* How long a kind of failure lasts. */
typedef enum
{
  LADDER,   /* 1, 5, 25, 60 minutes */
  BILLING,  /* as the settings say, doubling */
  OVERLOAD, /* 30 seconds, doubling to 5 minutes */
  FIXED,    /* 5 minutes */
} Scale;

typedef struct
{
  OcgError code;
  const char *reason;
  Scale scale;
  gboolean is_of_model; /* the other models of the profile can be used */
} Rule;

static const Rule rules[] = {
  { OCG_ERROR_CREDENTIAL_REJECTED, "auth", LADDER, FALSE },
  { OCG_ERROR_QUOTA_EXCEEDED, "billing", BILLING, FALSE },
  { OCG_ERROR_RATE_LIMITED, "rate_limit", LADDER, TRUE },
  { OCG_ERROR_OVERLOADED, "overloaded", OVERLOAD, TRUE },
  { OCG_ERROR_UNKNOWN_MODEL, "model_not_found", FIXED, TRUE },
};

static void
cooldown_free (OcgCooldown *cooldown)
{
  g_free (cooldown->provider);
  g_free (cooldown->profile);
  g_free (cooldown->model);
  g_free (cooldown);
}

OcgCooldownTable *
ocg_cooldown_table_new (OcgClock *clock)
{
  OcgCooldownTable *self = g_new0 (OcgCooldownTable, 1);

  self->clock = ocg_clock_ref (clock);
  self->cooldowns = g_ptr_array_new_with_free_func ((GDestroyNotify) cooldown_free);
  return self;
}

void
ocg_cooldown_table_free (OcgCooldownTable *self)
{
  g_ptr_array_unref (self->cooldowns);
  ocg_clock_unref (self->clock);
  g_free (self);
}

static const Rule *
find_rule (OcgError code)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].code == code)
      return &rules[i];
  return NULL;
}

static gint64
hours (double number)
{
  return (gint64) (number * (double) HOUR_MS);
}

static gint64
measure_billing (const OcgCooldowns *settings, const char *provider, guint errors)
{
  const double *own = g_hash_table_lookup (settings->billing_backoff_by_provider, provider);
  double backoff = own != NULL ? *own : settings->billing_backoff;

  return hours (MIN (ldexp (backoff, (int) MIN (errors, 32) - 1), settings->billing_max));
}

/* @errors: this one included */
static gint64
measure (const Rule *rule, const OcgCooldowns *settings, const char *provider, guint errors)
{
  static const gint64 ladder[] = { 1, 5, 25, 60 };

  switch (rule->scale)
    {
    case LADDER:
      return ladder[MIN (errors, G_N_ELEMENTS (ladder)) - 1] * MINUTE_MS;
    case BILLING:
      return measure_billing (settings, provider, errors);
    case OVERLOAD:
      return MIN ((30 * SECOND_MS) << MIN (errors - 1, 8), 5 * MINUTE_MS);
    case FIXED:
      return 5 * MINUTE_MS;
    }
  return 0;
}

/* Makes room: what has run out and counts no more goes, or else what is over the soonest. */
static void
make_room (OcgCooldownTable *self, gint64 now, gint64 window)
{
  guint soonest = 0;

  for (guint i = self->cooldowns->len; i > 0; i--)
    {
      const OcgCooldown *each = self->cooldowns->pdata[i - 1];

      if (each->until <= now && each->failed_at + window <= now)
        g_ptr_array_remove_index (self->cooldowns, i - 1);
    }
  if (self->cooldowns->len < MAX_COOLDOWNS)
    return;
  for (guint i = 1; i < self->cooldowns->len; i++)
    if (((OcgCooldown *) self->cooldowns->pdata[i])->until
        < ((OcgCooldown *) self->cooldowns->pdata[soonest])->until)
      soonest = i;
  g_ptr_array_remove_index (self->cooldowns, soonest);
}

static OcgCooldown *
find_or_add (OcgCooldownTable *self, const char *provider, const char *profile, const char *model,
             const char *reason)
{
  OcgCooldown *cooldown;

  for (guint i = 0; i < self->cooldowns->len; i++)
    {
      cooldown = self->cooldowns->pdata[i];
      if (g_str_equal (cooldown->profile, profile) && g_strcmp0 (cooldown->model, model) == 0
          && g_str_equal (cooldown->reason, reason))
        return cooldown;
    }
  cooldown = g_new0 (OcgCooldown, 1);
  cooldown->provider = g_strdup (provider);
  cooldown->profile = g_strdup (profile);
  cooldown->model = g_strdup (model);
  cooldown->reason = reason;
  g_ptr_array_add (self->cooldowns, cooldown);
  return cooldown;
}

gboolean
ocg_cooldown_table_add (OcgCooldownTable *self, const OcgCooldowns *settings, const char *provider,
                        const char *profile, const char *model, OcgError code,
                        gint64 retry_after_ms, gint64 took_ms)
{
  const Rule *rule = find_rule (code);
  gint64 now = ocg_clock_now (self->clock);
  gint64 window = hours (settings->failure_window);
  gint64 length;
  OcgCooldown *cooldown;

  if (rule == NULL)
    return FALSE;
  make_room (self, now, window);
  cooldown = find_or_add (self, provider, profile, rule->is_of_model ? model : NULL, rule->reason);
  if (cooldown->failed_at + window <= now)
    cooldown->errors = 0;
  if (cooldown->errors == 0 || cooldown->failed_at <= now - took_ms)
    cooldown->errors++;

  length = measure (rule, settings, provider, cooldown->errors);
  if (code == OCG_ERROR_RATE_LIMITED)
    length = MAX (length, retry_after_ms);
  cooldown->until = MAX (cooldown->until, now + length);
  cooldown->failed_at = now;
  return TRUE;
}

void
ocg_cooldown_table_forgive (OcgCooldownTable *self, const char *profile, const char *model)
{
  for (guint i = self->cooldowns->len; i > 0; i--)
    {
      const OcgCooldown *each = self->cooldowns->pdata[i - 1];

      if (g_str_equal (each->profile, profile)
          && (each->model == NULL || g_strcmp0 (each->model, model) == 0))
        g_ptr_array_remove_index (self->cooldowns, i - 1);
    }
}

void
ocg_cooldown_table_clear (OcgCooldownTable *self, const char *profile)
{
  for (guint i = self->cooldowns->len; i > 0; i--)
    {
      const OcgCooldown *each = self->cooldowns->pdata[i - 1];

      if (profile == NULL || g_str_equal (each->profile, profile))
        g_ptr_array_remove_index (self->cooldowns, i - 1);
    }
}

void
ocg_cooldown_table_clear_provider (OcgCooldownTable *self, const char *provider)
{
  for (guint i = self->cooldowns->len; i > 0; i--)
    if (g_str_equal (((OcgCooldown *) self->cooldowns->pdata[i - 1])->provider, provider))
      g_ptr_array_remove_index (self->cooldowns, i - 1);
}

/* Whether @one says more than @other. @other: (nullable) */
static gboolean
is_longer (const OcgCooldown *one, const OcgCooldown *other)
{
  return other == NULL || one->until > other->until;
}

const OcgCooldown *
ocg_cooldown_table_find (OcgCooldownTable *self, const char *profile, const char *model)
{
  const OcgCooldown *found = NULL;
  gint64 now;

  /* Asked for every provider when models are listed. */
  if (self->cooldowns->len == 0)
    return NULL;
  now = ocg_clock_now (self->clock);
  for (guint i = 0; i < self->cooldowns->len; i++)
    {
      const OcgCooldown *each = self->cooldowns->pdata[i];

      if (each->until > now && is_longer (each, found) && g_str_equal (each->profile, profile)
          && (each->model == NULL || g_strcmp0 (each->model, model) == 0))
        found = each;
    }
  return found;
}

const OcgCooldown *
ocg_cooldown_table_find_any (OcgCooldownTable *self, const char *profile)
{
  const OcgCooldown *found = ocg_cooldown_table_find (self, profile, NULL);
  gint64 now = ocg_clock_now (self->clock);

  if (found != NULL)
    return found;
  for (guint i = 0; i < self->cooldowns->len; i++)
    {
      const OcgCooldown *each = self->cooldowns->pdata[i];

      if (each->until > now && is_longer (each, found) && g_str_equal (each->profile, profile))
        found = each;
    }
  return found;
}

GPtrArray *
ocg_cooldown_table_get_all (OcgCooldownTable *self)
{
  return self->cooldowns;
}
