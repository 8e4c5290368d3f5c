/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The stream of the API that FUZZ_API names: however it is cut, the long way and the short one. */

#include "fuzz-models.h"
#include "fuzz-trace.h"

static char *
run (const uint8_t *data, size_t size, guint which, FuzzFeed feed, FuzzTraceFlags flags)
{
  g_autoptr (GRand) rand = fuzz_rand_new (data, size);
  g_autoptr (FuzzTrace) trace
      = fuzz_trace_new (FUZZ_API, fuzz_get_model (FUZZ_API, which), flags);

  fuzz_trace_feed (trace, data, size, feed, rand);
  fuzz_trace_conclude (trace);
  return g_strdup_printf ("%s\n%d", trace->said->str, trace->decoder->state);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  for (guint which = 0; which < 2; which++)
    {
      FuzzFeed feed = which == 0 ? FUZZ_FEED_BYTES : FUZZ_FEED_RANDOM;
      FuzzTraceFlags flags = which == 0 ? FUZZ_TRACE_PLAIN : FUZZ_TRACE_STOPS;
      g_autofree char *whole = run (data, size, which, FUZZ_FEED_WHOLE, flags);
      g_autofree char *cut = run (data, size, which, feed, flags);
      g_autofree char *slowly
          = run (data, size, which, FUZZ_FEED_WHOLE, flags | FUZZ_TRACE_SLOWLY);

      fuzz_check_equal (whole, cut);
      fuzz_check_equal (whole, slowly);
    }
  return 0;
}
