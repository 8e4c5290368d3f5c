/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-clock.h"

/* Somebody may set the time meanwhile. */
#define LONGEST_MS (6 * 60 * 60 * 1000)

struct _OcgClock
{
  int ref_count;
  const OcgClockClass *class;
  gpointer data;
};

typedef struct
{
  GSource source;
  gint64 at;
  OcgClockFunc func;
  gpointer user_data;
} Alarm;

static gint64
system_now (gpointer data)
{
  return g_get_real_time () / 1000;
}

/* Sets when to look at @alarm next; FALSE: it is time. */
static gboolean
alarm_wind (Alarm *alarm)
{
  gint64 wait = MIN (alarm->at - system_now (NULL), LONGEST_MS);

  g_source_set_ready_time (&alarm->source, g_get_monotonic_time () + MAX (wait, 0) * 1000);
  return wait > 0;
}

static gboolean
alarm_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  Alarm *alarm = (Alarm *) source;

  if (alarm_wind (alarm))
    return G_SOURCE_CONTINUE;
  alarm->func (alarm->user_data);
  return G_SOURCE_REMOVE;
}

static guint
system_add (gpointer data, gint64 at, OcgClockFunc func, gpointer user_data)
{
  static GSourceFuncs funcs = { .dispatch = alarm_dispatch };
  GSource *source = g_source_new (&funcs, sizeof (Alarm));
  Alarm *alarm = (Alarm *) source;
  guint id;

  alarm->at = at;
  alarm->func = func;
  alarm->user_data = user_data;
  alarm_wind (alarm);
  id = g_source_attach (source, NULL);
  g_source_unref (source);
  return id;
}

static void
system_remove (gpointer data, guint id)
{
  g_source_remove (id);
}

OcgClock *
ocg_clock_new (void)
{
  static const OcgClockClass class = { system_now, system_add, system_remove };

  return ocg_clock_new_with_class (&class, NULL);
}

OcgClock *
ocg_clock_new_with_class (const OcgClockClass *class, gpointer data)
{
  OcgClock *self = g_new0 (OcgClock, 1);

  self->ref_count = 1;
  self->class = class;
  self->data = data;
  return self;
}

OcgClock *
ocg_clock_ref (OcgClock *self)
{
  self->ref_count++;
  return self;
}

void
ocg_clock_unref (OcgClock *self)
{
  if (--self->ref_count == 0)
    g_free (self);
}

gint64
ocg_clock_now (OcgClock *self)
{
  return self->class->now (self->data);
}

guint
ocg_clock_add (OcgClock *self, gint64 at, OcgClockFunc func, gpointer user_data)
{
  return self->class->add (self->data, at, func, user_data);
}

void
ocg_clock_clear (OcgClock *self, guint *id)
{
  if (*id != 0)
    self->class->remove (self->data, *id);
  *id = 0;
}
