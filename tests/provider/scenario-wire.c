/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* How bytes, lines, events and connections go wrong. */

#include "scenarios.h"

#include <string.h>

#include "flood.h"

#define PACE_MS 15
#define MEGABYTE (1024 * 1024)

static guint
number_or (Plan *plan, guint fallback)
{
  return plan->number > 0 ? plan->number : fallback;
}

static void
setup_paced (Plan *plan)
{
  plan->pace = number_or (plan, PACE_MS);
}

static void
setup_crlf (Plan *plan)
{
  plan->line_end = "\r\n";
}

static void
setup_cr (Plan *plan)
{
  plan->line_end = "\r";
}

static void
setup_bytes (Plan *plan)
{
  plan->split = SPLIT_BYTES;
}

static void
setup_bytes_crlf (Plan *plan)
{
  setup_bytes (plan);
  setup_crlf (plan);
}

static void
setup_dribble (Plan *plan)
{
  plan->split = SPLIT_DRIBBLE;
}

static void
setup_bare (Plan *plan)
{
  plan->event_lines = FALSE;
  plan->colon = ":";
}

static void
setup_noise (Plan *plan)
{
  g_string_append (plan->first, "\xef\xbb\xbf: welcome\n\nid: 7\nretry: 100\nother: field\n\n");
  g_string_append (plan->after, plan->api->noise);
}

static void
setup_garbage (Plan *plan)
{
  g_string_append (plan->before, plan->api->garbage);
}

static void
setup_garbage_late (Plan *plan)
{
  g_string_append (plan->after, plan->api->garbage);
}

static void
setup_brackets (Plan *plan)
{
  g_string_append (plan->before, "data: ");
  for (guint i = 0; i < MEGABYTE; i++)
    g_string_append_c (plan->before, '[');
  g_string_append (plan->before, "\n\n");
}

static void
setup_brackets_body (Plan *plan)
{
  g_autofree char *body = g_strnfill (MEGABYTE, '[');

  plan_respond (plan, 400, "application/json", body);
}

/* A delta whose text is @raw, not escaped. */
static void
add_raw_delta (Plan *plan, const char *raw)
{
  plan->api->append_delta (plan->answer, plan->before, "@RAW@");
  g_string_replace (plan->before, "@RAW@", raw, 1);
  plan->answer->open_ended = TRUE;
}

static void
setup_bad_utf8 (Plan *plan)
{
  add_raw_delta (plan, "bad \xff\xfe\xc3 bytes");
}

static void
setup_nul (Plan *plan)
{
  add_raw_delta (plan, "nul \\u0000 and \\ud800 half");
}

static void
setup_endless_line (Plan *plan)
{
  g_string_append (plan->before, "data: ");
  for (guint i = 0; i < 64 * MEGABYTE; i++)
    g_string_append_c (plan->before, 'x');
}

static void
setup_big_error (Plan *plan)
{
  g_autofree char *body = g_strnfill (8 * MEGABYTE, 'e');

  plan_respond (plan, 500, "text/plain", body);
}

static void
setup_big_header (Plan *plan)
{
  g_autofree char *value = g_strnfill (MEGABYTE, 'h');

  g_string_append_printf (plan->headers, "x-big: %s\r\n", value);
}

static void
setup_flood (Plan *plan)
{
  plan->flood = number_or (plan, 100000);
  plan->answer->output = plan->flood;
  plan->answer->open_ended = TRUE;
}

static void
setup_gzip (Plan *plan)
{
  const char *accept = request_get_header (plan->request, "accept-encoding");

  plan->gzip = accept && strstr (accept, "gzip");
}

static void
setup_plain (Plan *plan)
{
  plan->plain = TRUE;
}

static void
setup_length (Plan *plan)
{
  plan->framing = FRAMING_LENGTH;
}

static void
setup_http10 (Plan *plan)
{
  plan->framing = FRAMING_CLOSE;
}

static void
setup_close (Plan *plan)
{
  plan->end = STEP_CLOSE;
}

/* The second request on a connection finds that the server has just gone. */
static void
setup_stale (Plan *plan)
{
  if (plan->nth < 2)
    return;
  plan->fail = FAIL_RESET;
  plan->where = AT_START;
}

static void
setup_delay (Plan *plan)
{
  plan->event_delay = number_or (plan, 500);
}

static void
setup_slow_headers (Plan *plan)
{
  plan->header_delay = number_or (plan, 500);
}

static void
setup_pings (Plan *plan)
{
  Pings pings = { .text = plan->api->ping, .left = plan->number };

  plan->event_delay = 100;
  plan->repeat = flood_ping;
  plan->repeat_state = g_memdup2 (&pings, sizeof pings);
}

static void
setup_event_overloaded (Plan *plan)
{
  plan->api->append_error (plan->before, "overloaded_error", "Overloaded");
  plan->fail = FAIL_EOF;
  plan->where = AT_BEFORE;
}

static void
setup_event_overloaded_late (Plan *plan)
{
  plan->api->append_error (plan->after, "overloaded_error", "Overloaded");
  plan->fail = FAIL_EOF;
  plan->where = AT_AFTER;
}

static void
setup_event_error (Plan *plan)
{
  plan->api->append_error (plan->before, "api_error", "Internal server error");
  plan->fail = FAIL_EOF;
  plan->where = AT_BEFORE;
}

static void
setup_event_limit (Plan *plan)
{
  plan->api->append_error (plan->before, "rate_limit_error", "rate limit exceeded(RPM) (1002)");
  plan->fail = FAIL_EOF;
  plan->where = AT_BEFORE;
}

static void
setup_event_key (Plan *plan)
{
  g_autofree char *message = g_strdup_printf ("the key %s is not known here",
                                             plan->key ? plan->key : "");

  plan->api->append_error (plan->after, "authentication_error", message);
  plan->fail = FAIL_EOF;
  plan->where = AT_AFTER;
}

/* /file/NAME: a response that starts with HTTP/ is sent as it is, others get a header. */
static void
setup_file (Plan *plan)
{
  g_autofree char *name = g_path_get_basename (plan->rest);
  g_autofree char *path = g_build_filename (plan->fixtures ? plan->fixtures : ".", name, NULL);
  g_autofree char *data = NULL;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, NULL))
    {
      plan_respond (plan, 404, "text/plain", "no such fixture");
      return;
    }
  g_string_append_len (plan->body, data, (gssize) size);
  plan->status = 200;
  plan->content_type = g_str_has_suffix (name, ".json") ? "application/json" : "text/event-stream";
}

/* clang-format off */
const Scenario wire_scenarios[] = {
  { "paced", "15 ms between the words; paced-N: N ms", setup_paced, AUTH_BEARER },
  { "delay", "N ms between the headers and the first content", setup_delay, AUTH_BEARER },
  { "slow-headers", "N ms before the headers", setup_slow_headers, AUTH_BEARER },
  { "pings", "pings, 100 ms apart, for ever; pings-N: N of them, then the answer", setup_pings, AUTH_BEARER },
  { "crlf", "lines end in CR LF", setup_crlf, AUTH_BEARER },
  { "cr", "lines end in CR", setup_cr, AUTH_BEARER },
  { "bytes", "each byte in a chunk of its own", setup_bytes, AUTH_BEARER },
  { "bytes-crlf", "both", setup_bytes_crlf, AUTH_BEARER },
  { "dribble", "one byte each millisecond", setup_dribble, AUTH_BEARER },
  { "bare", "no event: lines, no space after data:", setup_bare, AUTH_BEARER },
  { "noise", "BOM, comments, ids, unknown events, deltas and blocks, an event in two data lines", setup_noise, AUTH_BEARER },
  { "garbage", "an event that is no JSON before the first content", setup_garbage, AUTH_BEARER },
  { "garbage-late", "the same after the second", setup_garbage_late, AUTH_BEARER },
  { "brackets", "an event with a million nested brackets", setup_brackets, AUTH_BEARER },
  { "brackets-body", "400 with a million nested brackets", setup_brackets_body, AUTH_BEARER },
  { "bad-utf8", "bytes in the text that are no UTF-8", setup_bad_utf8, AUTH_BEARER },
  { "nul", "an escaped NUL and half a surrogate in the text", setup_nul, AUTH_BEARER },
  { "endless-line", "64 MiB without a line end", setup_endless_line, AUTH_BEARER },
  { "big-error", "500 with 8 MiB", setup_big_error, AUTH_BEARER },
  { "big-header", "a header of 1 MiB", setup_big_header, AUTH_BEARER },
  { "flood", "N (100000) numbered deltas as fast as they are taken", setup_flood, AUTH_BEARER },
  { "gzip", "compressed, if that is accepted", setup_gzip, AUTH_BEARER },
  { "ignores-stream", "one JSON text though a stream was asked for", setup_plain, AUTH_BEARER },
  { "length", "Content-Length instead of chunks", setup_length, AUTH_BEARER },
  { "http10", "HTTP/1.0: the end of the connection ends the body", setup_http10, AUTH_BEARER },
  { "close", "Connection: close", setup_close, AUTH_BEARER },
  { "stale", "a connection's second request is answered by RST", setup_stale, AUTH_BEARER },
  { "event-overloaded", "an overloaded_error event before the first content", setup_event_overloaded, AUTH_BEARER },
  { "event-overloaded-late", "the same after content", setup_event_overloaded_late, AUTH_BEARER },
  { "event-error", "an api_error event before the first content", setup_event_error, AUTH_BEARER },
  { "event-limit", "a rate_limit_error event (1002) before the first content", setup_event_limit, AUTH_BEARER },
  { "event-key", "an error event after content that repeats the key", setup_event_key, AUTH_BEARER },
  { "file", "/file/NAME: replays NAME from the folder of --fixtures", setup_file, AUTH_NONE },
};
/* clang-format on */

const guint n_wire_scenarios = G_N_ELEMENTS (wire_scenarios);
