/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What targets begin with: files of the tree, and inputs that are too big to be stored. */

#pragma once

#include "fuzz.h"

typedef struct
{
  const char *name;
  int (*run) (const uint8_t *data, size_t size);
  const char *dictionary; /* (nullable) in this folder, without ".dict" */
  const char *folder;     /* (nullable) besides corpus/NAME, below the folder of all tests */
  const char *suffix;     /* of the files in it that count */
} FuzzTarget;

/* A name for people, and the bytes. */
typedef void (*FuzzSeedFunc) (const char *name, const uint8_t *data, size_t size,
                              gpointer user_data);

/* Those on disk, sorted; FALSE when a folder is missing or empty. @tests: the folder of all
 * tests. */
gboolean fuzz_seeds_foreach_file (const FuzzTarget *target, const char *tests, FuzzSeedFunc func,
                                  gpointer user_data);
/* Those that are made: up to a megabyte of what hurts. */
void fuzz_seeds_foreach_big (const FuzzTarget *target, FuzzSeedFunc func, gpointer user_data);
