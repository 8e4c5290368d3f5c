/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Splits a text/event-stream into events. Pure: bytes in, events out; see the framing rules of
 * https://html.spec.whatwg.org/multipage/server-sent-events.html. */

#pragma once

#include <glib.h>

/* Bytes that one event may hold before the stream is given up. */
#define OCG_SSE_MAX_EVENT (16 * 1024 * 1024)

typedef struct _OcgSse OcgSse;

/* @event: "" when the event has no name; @data: NUL-terminated, always valid UTF-8. Both belong to
 * the parser. Return FALSE to stop: nothing more is dispatched, from this or any later bytes. */
typedef gboolean (*OcgSseFunc) (const char *event, const char *data, gsize length,
                                gpointer user_data);

OcgSse *ocg_sse_new (OcgSseFunc func, gpointer user_data);
void ocg_sse_free (OcgSse *self);

/* FALSE when an event is larger than OCG_SSE_MAX_EVENT. An event without its blank line at the end
 * of the stream is never dispatched. */
gboolean ocg_sse_feed (OcgSse *self, const char *bytes, gsize length);

/* How many events and comments have been seen: any of them shows that the server is alive. */
guint64 ocg_sse_get_signs_of_life (OcgSse *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgSse, ocg_sse_free)
