/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the fuzz targets have in common. A target is one function that takes any bytes; what must
 * hold for all of them it says with fuzz_check(). */

#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* One run of a target; each file of a target defines it, the runner gives it a name of its own. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Ends the process, telling what did not hold. */
#define fuzz_check(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (G_UNLIKELY (!(condition)))                                                                 \
      fuzz_fail (G_STRLOC, #condition);                                                            \
  }                                                                                                \
  G_STMT_END

void fuzz_fail (const char *where, const char *what) G_GNUC_NORETURN;

/* The same text; both are shown when they differ. */
void fuzz_check_equal (const char *a, const char *b);

/* Before the first input: from now on criticals end the process. libFuzzer calls it by itself. */
int LLVMFuzzerInitialize (int *argc, char ***argv);

/* The same bytes give the same random numbers. */
GRand *fuzz_rand_new (const uint8_t *data, size_t size);

typedef enum
{
  FUZZ_FEED_WHOLE,
  FUZZ_FEED_BYTES, /* one by one; of larger inputs in small pieces */
  FUZZ_FEED_RANDOM,
  FUZZ_N_FEEDS,
} FuzzFeed;

/* How many of the @left bytes come next; never 0 unless that is. */
gsize fuzz_next_size (FuzzFeed feed, gsize size, gsize left, GRand *rand);

/* NULL, or a valid text without zero bytes and its terminator. */
gboolean fuzz_is_text (const char *text);

/* A copy as text: without zero bytes, and valid UTF-8. */
char *fuzz_dup_text (const uint8_t *data, size_t size);

/* Takes the first line off. (transfer full) */
char *fuzz_take_line (const uint8_t **data, size_t *size);
