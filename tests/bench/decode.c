/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What it costs to turn the bytes of a stream into canonical events, for each wire API: milliseconds
 * of processor for 1,000 deltas, without the network, the pipe, or a client. */

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../unit/provider-fixture.h"
#include "wire/ocg-sse.h"
#include "wire/ocg-wire.h"

#define N_DELTAS 100000
#define N_ROUNDS 7
/* As much as arrives in one read. */
#define PIECE 8192

typedef struct
{
  const char *api, *family, *start, *delta, *end;
} Stream;

/* Deltas as the companies send them, with every member that they have. */
static const Stream streams[] = {
  { "anthropic-messages", "anthropic",
    "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":"
    "\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"usage\":{\"input_tokens\":9,"
    "\"output_tokens\":1}}}\n\nevent: content_block_start\ndata: {\"type\":\"content_block_start\","
    "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n",
    "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{"
    "\"type\":\"text_delta\",\"text\":\" word\"}}\n\n",
    "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\nevent: "
    "message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
    "\"usage\":{\"output_tokens\":4}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n" },
  { "openai-completions", "openai", "",
    "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1763000000,"
    "\"model\":\"m\",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_1\",\"choices\":[{"
    "\"index\":0,\"delta\":{\"content\":\" word\"},\"logprobs\":null,\"finish_reason\":null}],"
    "\"usage\":null}\n\n",
    "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1763000000,"
    "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
    "data: [DONE]\n\n" },
  { "openai-responses", "openai",
    "event: response.output_item.added\ndata: {\"type\":\"response.output_item.added\","
    "\"sequence_number\":2,\"output_index\":0,\"item\":{\"id\":\"msg_1\",\"type\":\"message\","
    "\"status\":\"in_progress\",\"content\":[],\"role\":\"assistant\"}}\n\n",
    "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\","
    "\"sequence_number\":4,\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":"
    "\" word\",\"logprobs\":[],\"obfuscation\":\"x8Qd2Lk\"}\n\n",
    "event: response.completed\ndata: {\"type\":\"response.completed\",\"sequence_number\":9,"
    "\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"output\":[],"
    "\"usage\":{\"input_tokens\":9,\"output_tokens\":2}}}\n\n" },
};

static void
on_event (const OcgEvent *event, gpointer user_data)
{
  gsize *length = user_data;

  *length += event->length;
}

static gboolean
on_sse (const char *event, const char *data, gsize length, gpointer user_data)
{
  ocg_decoder_take_event (user_data, data, length);
  return TRUE;
}

static OcgModel *
new_model (const Stream *stream)
{
  g_autofree char *text
      = g_strdup_printf ("{\"baseUrl\":\"https://x.example/v1\",\"api\":\"%s\",\"family\":\"%s\"}",
                         stream->api, stream->family);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (OcgProvider) provider = provider_fixture_new ("x", json_node_get_object (node));

  return ocg_model_new_unlisted (provider, "m");
}

static GString *
spell (const Stream *stream)
{
  GString *bytes = g_string_new (stream->start);

  for (guint i = 0; i < N_DELTAS; i++)
    g_string_append (bytes, stream->delta);
  g_string_append (bytes, stream->end);
  return bytes;
}

static double
processor_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/* Milliseconds for 1,000 deltas. */
static double
decode (const Stream *stream, OcgModel *model, GString *bytes)
{
  gsize length = 0;
  g_autoptr (OcgDecoder) decoder
      = ocg_decoder_new (ocg_wire_find (stream->api), model, on_event, &length);
  g_autoptr (OcgSse) sse = ocg_sse_new (on_sse, decoder);
  double start = processor_ms ();

  for (gsize at = 0; at < bytes->len; at += PIECE)
    ocg_sse_feed (sse, bytes->str + at, MIN (PIECE, bytes->len - at));
  g_assert_cmpint (decoder->state, ==, OCG_DECODER_COMPLETE);
  g_assert_cmpuint (length, ==, N_DELTAS * strlen (" word"));
  return (processor_ms () - start) / (N_DELTAS / 1000.0);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

int
main (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      g_autoptr (OcgModel) model = new_model (&streams[i]);
      g_autoptr (GString) bytes = spell (&streams[i]);
      double rounds[N_ROUNDS];

      for (guint r = 0; r < N_ROUNDS; r++)
        rounds[r] = decode (&streams[i], model, bytes);
      qsort (rounds, N_ROUNDS, sizeof rounds[0], compare);
      printf ("decode-%-22s %.2f ms of processor per 1,000 deltas (%.2f-%.2f)\n", streams[i].api,
              rounds[N_ROUNDS / 2], rounds[0], rounds[N_ROUNDS - 1]);
    }
  return 0;
}
