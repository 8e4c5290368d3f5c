/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SINGLE_BYTES 512

void
fuzz_fail (const char *where, const char *what)
{
  fprintf (stderr, "%s: does not hold: %s\n", where, what);
  abort ();
}

void
fuzz_check_equal (const char *a, const char *b)
{
  if (g_str_equal (a, b))
    return;
  fprintf (stderr, "%s\n--- differs from ---\n%s\n", a, b);
  abort ();
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  return 0;
}

GRand *
fuzz_rand_new (const uint8_t *data, size_t size)
{
  guint32 hash = 2166136261u;

  for (size_t i = 0; i < MIN (size, 1024); i++)
    hash = (guint32) (((guint64) hash ^ data[i]) * 16777619u);
  return g_rand_new_with_seed (hash);
}

gsize
fuzz_next_size (FuzzFeed feed, gsize size, gsize left, GRand *rand)
{
  gsize wanted = left;

  if (feed == FUZZ_FEED_BYTES)
    wanted = size > SINGLE_BYTES ? MAX (size / 256, 2) : 1;
  else if (feed == FUZZ_FEED_RANDOM)
    wanted = 1 + (gsize) g_rand_int_range (rand, 0, (gint32) MAX (size / 4, 2));
  return MIN (wanted, left);
}

gboolean
fuzz_is_text (const char *text)
{
  return text == NULL || g_utf8_validate (text, -1, NULL);
}

char *
fuzz_dup_text (const uint8_t *data, size_t size)
{
  return g_utf8_make_valid (size > 0 ? (const char *) data : "", (gssize) size);
}

char *
fuzz_take_line (const uint8_t **data, size_t *size)
{
  const uint8_t *end = *size > 0 ? memchr (*data, '\n', *size) : NULL;
  size_t length = end != NULL ? (size_t) (end - *data) : *size;
  char *line = fuzz_dup_text (*data, length);
  size_t taken = end != NULL ? length + 1 : length;

  *data += taken;
  *size -= taken;
  return line;
}
