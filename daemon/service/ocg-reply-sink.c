/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-locale.h"
#include "ocg-record.h"
#include "ocg-sinks.h"

typedef struct
{
  GDBusMethodInvocation *invocation; /* answering gives it away */
  locale_t locale;
} ReplySink;

gpointer
ocg_reply_sink_new (GDBusMethodInvocation *invocation, locale_t locale)
{
  ReplySink *self = g_new0 (ReplySink, 1);

  self->invocation = invocation;
  self->locale = locale;
  return self;
}

static void
reply_start (gpointer sink, OcgRequest *request)
{
}

static void
reply_event (gpointer sink, const OcgEvent *event)
{
}

static void
reply_fallback (gpointer sink, const char *from, const char *to, OcgFailure *failure)
{
}

static void
reply_finished (gpointer sink, OcgRequest *request)
{
  ReplySink *self = sink;
  OCG_LOCALE_SCOPE (self->locale);

  g_dbus_method_invocation_return_value (
      g_steal_pointer (&self->invocation),
      g_variant_new ("(@a{sv})", ocg_record_completion (request, TRUE)));
}

static void
reply_failed (gpointer sink, OcgRequest *request, OcgFailure *failure)
{
  ReplySink *self = sink;
  OCG_LOCALE_SCOPE (self->locale);
  g_autofree char *message = ocg_failure_render (failure);

  g_dbus_method_invocation_return_error_literal (g_steal_pointer (&self->invocation), OCG_ERROR,
                                                 failure->code, message);
}

static void
reply_free (gpointer sink)
{
  g_free (sink);
}

const OcgSink ocg_reply_sink_class = {
  .start = reply_start,
  .event = reply_event,
  .fallback = reply_fallback,
  .finished = reply_finished,
  .failed = reply_failed,
  .free = reply_free,
};
