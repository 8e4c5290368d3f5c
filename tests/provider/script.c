/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "script.h"

#include <string.h>

Script *
script_new (void)
{
  Script *self = g_new0 (Script, 1);

  g_queue_init (&self->steps);
  return self;
}

void
step_free (Step *step)
{
  g_clear_pointer (&step->bytes, g_bytes_unref);
  if (step->free)
    step->free (step->state);
  g_free (step);
}

void
script_free (Script *self)
{
  g_queue_clear_full (&self->steps, (GDestroyNotify) step_free);
  g_free (self);
}

static Step *
add_step (Script *self, StepType type)
{
  Step *step = g_new0 (Step, 1);

  step->type = type;
  g_queue_push_tail (&self->steps, step);
  return step;
}

void
script_send (Script *self, const char *data, gssize length)
{
  add_step (self, STEP_SEND)->bytes = g_bytes_new (data,
                                                   length < 0 ? strlen (data) : (gsize) length);
}

void
script_wait (Script *self, guint ms)
{
  if (ms > 0)
    add_step (self, STEP_WAIT)->ms = ms;
}

void
script_generate (Script *self, StepFill fill, gpointer state, GDestroyNotify free, guint ms)
{
  Step *step = add_step (self, STEP_GENERATE);

  step->fill = fill;
  step->state = state;
  step->free = free;
  step->ms = ms;
}

void
script_end (Script *self, StepType type)
{
  add_step (self, type);
}
