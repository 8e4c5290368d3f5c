/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Writes the items of a container one behind the other, and leaves some out. */

#pragma once

#include <glib.h>

/* Some bytes of a text that lives elsewhere. */
typedef struct
{
  const char *text;
  gsize length;
} OcgJson5Slice;

typedef struct
{
  OcgJson5Slice lead; /* the space before it */
  OcgJson5Slice body;
  OcgJson5Slice post; /* the space before its comma */
  gboolean comma;     /* only the last may do without */
} OcgJson5Slot;

typedef struct
{
  GString *text;
  gsize gap;         /* where the space under way starts */
  gboolean has_last; /* whether an item has been kept: */
  gsize value_end;   /* where it ends */
  gsize comma;       /* where its comma is, if it has one */

  /* What is in the space under way. */
  gboolean newline, long_last; /* as in OcgJson5Gap */
  gboolean comments_above, comments_here; /* before and behind the last newline */
  gsize line_start;
} OcgJson5Pen;

void ocg_json5_pen_init (OcgJson5Pen *self, gsize size);
/* (transfer full) */
char *ocg_json5_pen_finish (OcgJson5Pen *self);

void ocg_json5_pen_space (OcgJson5Pen *self, OcgJson5Slice space);
void ocg_json5_pen_keep (OcgJson5Pen *self, const OcgJson5Slot *slot);
/* @next: the space behind it, of which may go what belongs to it. @is_last: no other item
 * follows. */
void ocg_json5_pen_leave_out (OcgJson5Pen *self, const OcgJson5Slot *slot, OcgJson5Slice *next,
                              gboolean is_last);
