/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The event that openai-completions streams consist of: one fragment of text, or of a thought, and
 * nothing else. Read without a tree. Pure. */

#pragma once

#include <glib.h>

typedef struct
{
  gboolean is_reasoning; /* a thought, in reasoning_content */
  const char *text;      /* belongs to the buffer */
} OcgCompletionsDelta;

/* FALSE when @event is anything else: then the tree has to tell. */
gboolean ocg_completions_delta_read (const char *event, gsize length, GString *buffer,
                                     OcgCompletionsDelta *delta);
