/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The three ways in which an answer reaches a client: a reply, signals, lines on a pipe. Each is an
 * OcgSink; @locale is the language of its messages. */

#pragma once

#include <gio/gio.h>
#include <locale.h>

#include "../engine/ocg-request.h"

/* Complete(): takes @invocation and answers it once. */
extern const OcgSink ocg_reply_sink_class;
gpointer ocg_reply_sink_new (GDBusMethodInvocation *invocation, locale_t locale);

/* Submit(): unicast signals to @owner from @path. */
extern const OcgSink ocg_signal_sink_class;
gpointer ocg_signal_sink_new (GDBusConnection *connection, const char *owner, const char *path,
                              locale_t locale);

/* Stream(): takes the write end @fd, which must not block. What is left to be written when the
 * request has ended is still written, as long as somebody reads; @lingering counts those sinks. */
extern const OcgSink ocg_pipe_sink_class;
gpointer ocg_pipe_sink_new (int fd, locale_t locale, guint *lingering);
