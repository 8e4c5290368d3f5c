/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a response of openai-responses holds: texts, thoughts and calls. Each comes up to four
 * times: in fragments, as a whole part, as a whole item and in the whole response. Only what is new
 * is passed on. Pure. */

#pragma once

#include "ocg-decoder.h"
#include "ocg-response-items.h"

typedef struct
{
  OcgDecoder *decoder; /* (not owned) what comes out goes there */
  OcgResponseItems items;
  OcgPiece *current;      /* (nullable) (not owned) whose text came last */
  OcgItem *last;          /* (nullable) (not owned) of which something came last */
  GPtrArray *refusals;    /* of OcgPiece (not owned) */
  gboolean has_output;    /* the stream has text or a call */
  gboolean is_listing;    /* the whole response is being read */
  gboolean is_incomplete; /* and it ends early */
} OcgResponseContent;

/* Where a piece of text stands. */
typedef struct
{
  OcgItemKey item;
  OcgPieceType type;
  gint64 index; /* among the pieces of its type */
} OcgPiecePlace;

void ocg_response_content_init (OcgResponseContent *self, OcgDecoder *decoder);
void ocg_response_content_clear (OcgResponseContent *self);

/* The piece at @place, or the call; a new one when there is none. (transfer none) */
OcgPiece *ocg_response_content_get_piece (OcgResponseContent *self, const OcgPiecePlace *place);
OcgItem *ocg_response_content_get_call (OcgResponseContent *self, const OcgItemKey *key);

/* @text: (nullable) more of @piece, or all of it so far, or for good (@is_done). */
void ocg_response_content_add_text (OcgResponseContent *self, OcgPiece *piece, const char *text);
void ocg_response_content_set_text (OcgResponseContent *self, OcgPiece *piece, const char *text,
                                    gboolean is_done);
/* Reads what kind of piece a part of an item is, and its text (nullable); FALSE: an unknown one. */
gboolean ocg_response_content_read_part (JsonObject *part, OcgPieceType *type, const char **text);

/* @fragment, @name, @arguments: (nullable) */
void ocg_response_content_add_arguments (OcgResponseContent *self, OcgItem *call,
                                         const char *fragment);
void ocg_response_content_set_arguments (OcgResponseContent *self, OcgItem *call, const char *name,
                                         const char *arguments);

/* @json: (nullable) An item that begins, or a whole one. */
void ocg_response_content_take_item (OcgResponseContent *self, OcgItemEvent event,
                                     const OcgItemKey *key, JsonObject *json);

/* The whole response follows, item by item, and then the end. */
void ocg_response_content_begin_list (OcgResponseContent *self, gboolean is_incomplete);
void ocg_response_content_end (OcgResponseContent *self);
/* The words of a refusal, or NULL. (transfer full) */
char *ocg_response_content_dup_refusal (OcgResponseContent *self);
