/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What servers mix into the visible text and clients must not see there: thoughts in "<think>" at
 * the beginning, tool calls of MiniMax written as markup, its end marker. Everything is found at
 * any split; text that only looks like it is passed on. Pure. */

#pragma once

#include "ocg-end-marker.h"

typedef struct _OcgDecoder OcgDecoder;

typedef enum
{
  OCG_THOUGHTS_BEFORE, /* only white space so far: a tag may come */
  OCG_THOUGHTS_INSIDE,
  OCG_THOUGHTS_BREAK, /* the lines after the closing tag */
  OCG_THOUGHTS_AFTER, /* from now on tags are text */
} OcgThoughtsState;

typedef struct
{
  OcgDecoder *decoder; /* (not owned) what comes out goes there */
  gboolean is_idle; /* these servers mix nothing into the text */
  gboolean is_busy; /* in one of the functions below */
  gboolean is_minimax;
  gboolean keeps_thoughts; /* the server wants them back */

  OcgThoughtsState thoughts;
  guint tag;     /* which of the tags has been opened */
  GString *held; /* (nullable) may be the beginning of a tag */
  GString *thought;   /* (nullable) for the replay */
  gboolean has_words; /* in the thought, beyond white space */
  gboolean has_structured_thoughts; /* those in the text are the same again */

  GString *markup; /* (nullable) not yet passed on: may be, or is, a tool call */
  gsize searched;  /* how far it has no end */
  guint n_calls;

  OcgEndMarker marker;
} OcgTextFilter;

void ocg_text_filter_init (OcgTextFilter *self, OcgDecoder *decoder);
void ocg_text_filter_clear (OcgTextFilter *self);

/* Whether @text, coming next, has to be pushed: most text goes straight on. */
gboolean ocg_text_filter_concerns (OcgTextFilter *self, const char *text);
void ocg_text_filter_push (OcgTextFilter *self, const char *text);
/* No more text for now: what is held is decided. */
void ocg_text_filter_finish (OcgTextFilter *self);
