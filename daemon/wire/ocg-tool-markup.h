/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Tool calls as the models of MiniMax write them, which servers without a parser for them pass on
 * as text:
 *
 *   <minimax:tool_call><invoke name="f"><parameter name="a">1</parameter></invoke></minimax:tool_call>
 *
 * M3 puts "]<]minimax[>[" before each tag, leaves out "minimax:", and names parameters by their
 * tags. Pure. */

#pragma once

#include "ocg-wire-call.h"

typedef enum
{
  OCG_MARKUP_NONE,
  OCG_MARKUP_PARTIAL, /* what begins at start may become markup */
  OCG_MARKUP_PREFIX,  /* from start to end is a prefix that belongs to nothing */
  OCG_MARKUP_WHOLE,   /* from start to end is a whole block of calls */
} OcgMarkup;

/* The first markup in @text; where there is none, @start is @length. @end is @length where it is not
 * known yet. */
OcgMarkup ocg_tool_markup_find (const char *text, gsize length, gsize *start, gsize *end);

/* Whether @text begins with a block that is not at its end. @searched: (inout) how far that is known
 * already. */
gboolean ocg_tool_markup_is_open (const char *text, gsize length, gsize *searched);
/* Whether @text is the beginning of a block with a call in it that is not at its end. */
gboolean ocg_tool_markup_is_cut (const char *text);

/* The calls of a block, of OcgWireCall; the closing tag of the block may be missing. NULL when it is
 * something else. @tools: (nullable) of OcgTool: their schemas tell which values are strings.
 * (transfer full) */
GPtrArray *ocg_tool_markup_parse (const char *block, GPtrArray *tools);
