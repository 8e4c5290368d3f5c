/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What time it is, and alarms, for what lasts minutes to days: tokens, cooldowns, quotas. Handed in
 * at the composition root, so that a test build can let a day pass in a second. */

#pragma once

#include <glib.h>

typedef struct _OcgClock OcgClock;
typedef void (*OcgClockFunc) (gpointer user_data);

/* A clock that is not the system's. @now: Unix ms. @add: calls @func once when it is @at, in the main
 * loop, never before it returns; gives an id that is not 0. */
typedef struct
{
  gint64 (*now) (gpointer data);
  guint (*add) (gpointer data, gint64 at, OcgClockFunc func, gpointer user_data);
  void (*remove) (gpointer data, guint id);
} OcgClockClass;

OcgClock *ocg_clock_new (void);
/* @data has to outlive the clock. */
OcgClock *ocg_clock_new_with_class (const OcgClockClass *class, gpointer data);
OcgClock *ocg_clock_ref (OcgClock *self);
void ocg_clock_unref (OcgClock *self);

/* Unix ms. */
gint64 ocg_clock_now (OcgClock *self);
/* Rings once, at @at or as soon as possible after it; while the machine sleeps nothing rings. */
guint ocg_clock_add (OcgClock *self, gint64 at, OcgClockFunc func, gpointer user_data);
/* Takes an alarm away that has not rung, and sets @id to 0; 0 is none. */
void ocg_clock_clear (OcgClock *self, guint *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgClock, ocg_clock_unref)
