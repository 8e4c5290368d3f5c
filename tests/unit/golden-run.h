/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Feeds the answer of a golden case to the decoder of its wire API and writes down what comes out,
 * one line for each event ("#" begins a comment; texts are quoted, long ones given by their hash):
 *   text T · thinking T · part (where it parts two texts or two thoughts) · replay BLOCK
 *   tool-start INDEX ID NAME · tool-delta INDEX T · tool-end INDEX ID NAME ARGUMENTS
 *   usage INPUT OUTPUT CACHE-READ CACHE-WRITE ("-": unknown) · stop REASON [pause] [T]
 *   error CLASS type= code= minimax= request= T · state running|complete|error|broken
 * Neighbouring fragments of one kind make one line: where they are cut is not the same in every
 * way of feeding. */

#pragma once

#include "engine/ocg-completion.h"
#include "golden-case.h"

typedef enum
{
  GOLDEN_FEED_WHOLE,
  GOLDEN_FEED_BYTES,
  GOLDEN_FEED_RANDOM, /* at seeded random splits */
} GoldenFeed;

typedef struct
{
  char *events;
  OcgCompletion *completion; /* the events folded */
  OcgDecoderState state;
} GoldenRun;

/* A body that is not streamed is always fed whole. */
GoldenRun *golden_run (GoldenCase *golden, GoldenFeed how, guint32 seed);
void golden_run_free (GoldenRun *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GoldenRun, golden_run_free)
