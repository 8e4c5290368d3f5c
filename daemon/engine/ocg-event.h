/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The canonical events that every wire API is translated into. Plain structs on the stack: one
 * costs no allocation. */

#pragma once

#include <glib.h>

/* Tokens; -1: the provider did not say. Input excludes what came from or went to a cache. */
typedef struct
{
  gint64 input;
  gint64 output;
  gint64 cache_read;
  gint64 cache_write;
} OcgUsage;

#define OCG_USAGE_UNKNOWN ((OcgUsage){ -1, -1, -1, -1 })

typedef enum
{
  OCG_STOP_NONE, /* not said yet */
  OCG_STOP_STOP,
  OCG_STOP_LENGTH,
  OCG_STOP_TOOL_CALLS,
  OCG_STOP_CONTENT_FILTER,
  OCG_STOP_REFUSAL,
} OcgStopReason;

/* The words of the D-Bus API: "stop", "length", ... */
const char *ocg_stop_reason_to_string (OcgStopReason reason);

typedef enum
{
  OCG_EVENT_PART,       /* a new part of the answer begins */
  OCG_EVENT_TEXT,       /* text */
  OCG_EVENT_THINKING,   /* text */
  OCG_EVENT_REPLAY,     /* text: what the thinking part that ends here is replayed with */
  OCG_EVENT_TOOL_START, /* index, id, name */
  OCG_EVENT_TOOL_DELTA, /* index, text: a fragment of the arguments */
  OCG_EVENT_TOOL_END,   /* index, id, name, text: the arguments, a JSON object */
  OCG_EVENT_REVISION,   /* text: what the last text part says after all, to those who have not read it */
  OCG_EVENT_USAGE,      /* usage: totals so far */
  OCG_EVENT_STOP,       /* stop, pause, text (nullable): the words of a refusal */
} OcgEventType;

typedef struct
{
  OcgEventType type;
  const char *text; /* NUL-terminated, valid UTF-8; belongs to the sender */
  gsize length;
  guint index;
  const char *id;
  const char *name;
  OcgUsage usage;
  OcgStopReason stop;
  gboolean pause;
} OcgEvent;

typedef void (*OcgEventFunc) (const OcgEvent *event, gpointer user_data);

/* Whether the client sees something of the answer in @event: from then on there is no fallback. */
gboolean ocg_event_is_content (const OcgEvent *event);
