/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The whole body of an answer of the API that FUZZ_API names. */

#include "fuzz-models.h"
#include "fuzz-trace.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  for (guint which = 0; which < 2; which++)
    {
      g_autoptr (FuzzTrace) trace
          = fuzz_trace_new (FUZZ_API, fuzz_get_model (FUZZ_API, which),
                            which == 0 ? FUZZ_TRACE_PLAIN : FUZZ_TRACE_STOPS);
      g_autofree char *copy = g_memdup2 (size > 0 ? (const char *) data : "", MAX (size, 1));

      ocg_decoder_take_body (trace->decoder, copy, size);
      /* A body is all there is. */
      fuzz_check (trace->decoder->state != OCG_DECODER_RUNNING);
      fuzz_trace_conclude (trace);
    }
  return 0;
}
