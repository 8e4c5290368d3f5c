/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Which profiles are left alone for a while, and until when, after what providers have said to
 * them. In memory; pure but for the clock. All times are Unix ms. */

#pragma once

#include "../clock/ocg-clock.h"
#include "../config/ocg-settings.h"
#include "ocg-error.h"

/* One kind of failure of one profile. What has run out stays for its count of errors. */
typedef struct
{
  char *provider;     /* its id */
  char *profile;
  char *model;        /* (nullable) the id of the only model that it is for; NULL: all of them */
  const char *reason; /* static: auth, billing, rate_limit, overloaded or model_not_found */
  gint64 until;
  gint64 failed_at;   /* the last time */
  guint errors;       /* in a row, none longer than the failure window after the one before */
} OcgCooldown;

typedef struct _OcgCooldownTable OcgCooldownTable;

OcgCooldownTable *ocg_cooldown_table_new (OcgClock *clock);
void ocg_cooldown_table_free (OcgCooldownTable *self);

/* An attempt that took @took_ms has failed with @code; @retry_after_ms is what the provider said,
 * or -1. Most failures are none of the profile's fault and leave no cooldown. Attempts that had
 * begun before the last failure count as one with it. Returns whether there is a cooldown. */
gboolean ocg_cooldown_table_add (OcgCooldownTable *self, const OcgCooldowns *settings,
                                 const char *provider, const char *profile, const char *model,
                                 OcgError code, gint64 retry_after_ms, gint64 took_ms);
/* It works again: what there was for the whole profile and for @model is forgotten. */
void ocg_cooldown_table_forgive (OcgCooldownTable *self, const char *profile, const char *model);
/* Forgets everything about @profile, or about all of them (NULL). */
void ocg_cooldown_table_clear (OcgCooldownTable *self, const char *profile);
void ocg_cooldown_table_clear_provider (OcgCooldownTable *self, const char *provider);

/* What keeps @profile from being used for @model now, the longest of it. @model: NULL looks at the
 * whole profile only. (transfer none) (nullable) until the table changes */
const OcgCooldown *ocg_cooldown_table_find (OcgCooldownTable *self, const char *profile,
                                            const char *model);
/* The same for whatever model, one of the whole profile first: for people. */
const OcgCooldown *ocg_cooldown_table_find_any (OcgCooldownTable *self, const char *profile);

/* Of OcgCooldown: all there is, for saving. (transfer none) */
GPtrArray *ocg_cooldown_table_get_all (OcgCooldownTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgCooldownTable, ocg_cooldown_table_free)
