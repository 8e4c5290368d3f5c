/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A decoder with somebody at its other end who checks every event against what came before, and
 * writes down what was said. */

#pragma once

#include "engine/ocg-completion.h"
#include "fuzz.h"
#include "wire/ocg-wire.h"

/* Where answers end with FUZZ_TRACE_STOPS. */
#define FUZZ_STOP "STOP"
#define FUZZ_OTHER_STOP "<stop>"

typedef enum
{
  FUZZ_TRACE_PLAIN = 0,
  FUZZ_TRACE_SLOWLY = 1 << 0, /* every event goes the long way */
  FUZZ_TRACE_STOPS = 1 << 1,
} FuzzTraceFlags;

typedef struct
{
  OcgWire wire; /* the API's own, or without its short cut */
  OcgDecoder *decoder;
  OcgCompletion *completion; /* the events folded */
  GPtrArray *calls;          /* of Call */
  GString *said;             /* one line for each event; neighbouring fragments are one */
  OcgEventType last;
  guint last_index;
  gboolean has_last;
  gboolean has_stops; /* where the answer shall end */
  gboolean has_stop;
  gboolean has_content;
  gboolean is_over; /* nothing may come any more */
} FuzzTrace;

FuzzTrace *fuzz_trace_new (const char *api, OcgModel *model, FuzzTraceFlags flags);
void fuzz_trace_free (FuzzTrace *self);

/* All bytes of a stream and its end. */
void fuzz_trace_feed (FuzzTrace *self, const uint8_t *data, gsize size, FuzzFeed feed, GRand *rand);

/* Checks what has to hold at the end, and that nothing comes after it. */
void fuzz_trace_conclude (FuzzTrace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FuzzTrace, fuzz_trace_free)
