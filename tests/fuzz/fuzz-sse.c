/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The same events at every split. */

#include "fuzz.h"

#include <string.h>

#include "wire/ocg-sse.h"

typedef struct
{
  GString *said;
  guint n_events;
  guint stop_after; /* 0: never */
  gsize size;
} Listener;

static gboolean
on_event (const char *event, const char *data, gsize length, gpointer user_data)
{
  Listener *self = user_data;

  fuzz_check (strlen (data) == length);
  fuzz_check (fuzz_is_text (data) && fuzz_is_text (event));
  fuzz_check (strpbrk (event, "\r\n") == NULL && strchr (data, '\r') == NULL);
  self->n_events++;
  fuzz_check (self->stop_after == 0 || self->n_events <= self->stop_after);
  g_string_append_printf (self->said, "%s\n%s\n\n", event, data);
  /* A byte that is no UTF-8 becomes three. */
  fuzz_check (self->said->len <= self->size * 3 + self->n_events * 4);
  return self->n_events != self->stop_after;
}

static char *
run (const uint8_t *data, size_t size, FuzzFeed feed, guint stop_after, guint *n_events)
{
  Listener self = { g_string_new (NULL), 0, stop_after, size };
  g_autoptr (OcgSse) sse = ocg_sse_new (on_event, &self);
  g_autoptr (GRand) rand = fuzz_rand_new (data, size);

  for (size_t at = 0; at < size;)
    {
      gsize length = fuzz_next_size (feed, size, size - at, rand);
      g_autofree char *copy = g_memdup2 (data + at, length);

      fuzz_check (ocg_sse_feed (sse, copy, length));
      at += length;
    }
  fuzz_check (ocg_sse_get_signs_of_life (sse) >= self.n_events);
  *n_events = self.n_events;
  return g_string_free (self.said, FALSE);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  guint n_events, n_again;
  g_autofree char *whole = run (data, size, FUZZ_FEED_WHOLE, 0, &n_events);

  for (FuzzFeed feed = FUZZ_FEED_BYTES; feed < FUZZ_N_FEEDS; feed++)
    {
      g_autofree char *said = run (data, size, feed, 0, &n_again);

      fuzz_check (n_again == n_events);
      fuzz_check_equal (said, whole);
    }
  if (n_events > 0)
    {
      g_autofree char *first = run (data, size, FUZZ_FEED_RANDOM, 1, &n_again);

      fuzz_check (n_again == 1 && g_str_has_prefix (whole, first));
    }
  return 0;
}
