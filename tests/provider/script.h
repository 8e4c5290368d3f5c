/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a connection does to answer one request: bytes, pauses, and how it ends. */

#pragma once

#include <glib.h>

typedef enum
{
  STEP_SEND,     /* writes bytes */
  STEP_WAIT,     /* does nothing for a time */
  STEP_GENERATE, /* writes what a function makes until it says that it is done */
  STEP_KEEP,     /* complete: the connection takes the next request */
  STEP_CLOSE,    /* complete: FIN */
  STEP_CUT,      /* FIN in the middle of the answer */
  STEP_RESET,    /* RST in the middle of the answer */
  STEP_STALL,    /* silent until the peer goes away */
} StepType;

/* Appends to @out; FALSE when there is nothing more after that. */
typedef gboolean (*StepFill) (gpointer state, GString *out);

typedef struct
{
  StepType type;
  GBytes *bytes;       /* STEP_SEND */
  guint ms;            /* STEP_WAIT; STEP_GENERATE: pause between the fills */
  StepFill fill;       /* STEP_GENERATE */
  gpointer state;      /* STEP_GENERATE (owned) */
  GDestroyNotify free; /* frees state */
} Step;

typedef struct
{
  GQueue steps; /* of Step* */
} Script;

Script *script_new (void);
void script_free (Script *self);

void script_send (Script *self, const char *data, gssize length);
void script_wait (Script *self, guint ms);
void script_generate (Script *self, StepFill fill, gpointer state, GDestroyNotify free, guint ms);
/* @type: one of the last five */
void script_end (Script *self, StepType type);

void step_free (Step *step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Script, script_free)
