/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-event.h"

const char *
ocg_stop_reason_to_string (OcgStopReason reason)
{
  static const char *const names[] = {
    [OCG_STOP_NONE] = "stop",
    [OCG_STOP_STOP] = "stop",
    [OCG_STOP_LENGTH] = "length",
    [OCG_STOP_TOOL_CALLS] = "tool-calls",
    [OCG_STOP_CONTENT_FILTER] = "content-filter",
    [OCG_STOP_REFUSAL] = "refusal",
  };

  return names[reason];
}

gboolean
ocg_event_is_content (const OcgEvent *event)
{
  switch (event->type)
    {
    case OCG_EVENT_TEXT:
    case OCG_EVENT_THINKING:
      return event->length > 0;
    case OCG_EVENT_TOOL_START:
    case OCG_EVENT_TOOL_DELTA:
    case OCG_EVENT_TOOL_END:
      return TRUE;
    case OCG_EVENT_PART:
    case OCG_EVENT_REPLAY:
    case OCG_EVENT_REVISION:
    case OCG_EVENT_USAGE:
    case OCG_EVENT_STOP:
      return FALSE;
    }
  return FALSE;
}
