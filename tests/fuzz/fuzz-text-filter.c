/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What models mix into their text: thoughts, tool calls as markup, end markers, at every split
 * between characters. */

#include <string.h>

#include "fuzz-models.h"
#include "fuzz-trace.h"

static gsize
character_end (const char *text, gsize at, gsize wanted)
{
  gsize end = at + wanted;

  while (text[end] != '\0' && ((guchar) text[end] & 0xc0) == 0x80)
    end++;
  return end;
}

static void
push (FuzzTrace *trace, const char *text, FuzzFeed feed, GRand *rand)
{
  gsize size = strlen (text);

  for (gsize at = 0; at < size;)
    {
      gsize end = character_end (text, at, fuzz_next_size (feed, size, size - at, rand));
      g_autofree char *piece = g_strndup (text + at, end - at);

      ocg_decoder_add_text (trace->decoder, piece);
      at = end;
    }
  ocg_decoder_end_text (trace->decoder);
  ocg_decoder_add_stop (trace->decoder, OCG_STOP_STOP, NULL);
  ocg_decoder_complete (trace->decoder);
}

/* Text that has no tag, no bracket and so no marker in it comes out as it went in. */
static void
check_plain (FuzzTrace *trace, const char *text, gboolean is_clean)
{
  g_autofree char *visible = ocg_completion_dup_text (trace->completion, OCG_ANSWER_TEXT);

  if (is_clean || strpbrk (text, "<[]") == NULL)
    fuzz_check_equal (visible, text);
  fuzz_check (strlen (visible) <= strlen (text));
}

static void
run (const char *api, guint which, const char *text, const uint8_t *data, size_t size)
{
  OcgModel *model = fuzz_get_model (api, which);
  g_autofree char *whole = NULL;

  for (FuzzFeed feed = FUZZ_FEED_WHOLE; feed < FUZZ_N_FEEDS; feed++)
    {
      g_autoptr (GRand) rand = fuzz_rand_new (data, size);
      g_autoptr (FuzzTrace) trace = fuzz_trace_new (api, model, FUZZ_TRACE_PLAIN);

      push (trace, text, feed, rand);
      fuzz_trace_conclude (trace);
      check_plain (trace, text, which == 0);
      if (whole == NULL)
        whole = g_strdup (trace->said->str);
      fuzz_check_equal (whole, trace->said->str);
    }
}

/* Text of a model that writes nothing else ends before the first of the stops. */
static void
run_to_stop (const char *text, const uint8_t *data, size_t size)
{
  OcgModel *model = fuzz_get_model ("anthropic-messages", 0);
  g_autoptr (FuzzTrace) trace
      = fuzz_trace_new ("anthropic-messages", model, FUZZ_TRACE_STOPS);
  g_autoptr (GRand) rand = fuzz_rand_new (data, size);
  const char *stop = strstr (text, FUZZ_STOP);
  const char *other = strstr (text, FUZZ_OTHER_STOP);
  g_autofree char *wanted = NULL;
  g_autofree char *visible = NULL;

  if (stop == NULL || (other != NULL && other < stop))
    stop = other;
  wanted = stop != NULL ? g_strndup (text, (gsize) (stop - text)) : g_strdup (text);
  push (trace, text, FUZZ_FEED_RANDOM, rand);
  visible = ocg_completion_dup_text (trace->completion, OCG_ANSWER_TEXT);
  fuzz_check_equal (visible, wanted);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);

  run ("anthropic-messages", 0, text, data, size);
  run ("anthropic-messages", 1, text, data, size);
  run ("anthropic-messages", 4, text, data, size);
  run ("openai-completions", 1, text, data, size);
  run_to_stop (text, data, size);
  return 0;
}
