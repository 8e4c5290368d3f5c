/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The output items of a response of openai-responses, as far as they have come, and which of them
 * an event is about: some servers leave ids or indexes out, never announce an item, or give it
 * another id in every event. Pure. */

#pragma once

#include "ocg-wire-call.h"

typedef enum
{
  OCG_ITEM_MESSAGE,
  OCG_ITEM_REASONING,
  OCG_ITEM_CALL,
  OCG_ITEM_N_KINDS
} OcgItemKind;

typedef enum
{
  OCG_PIECE_TEXT,
  OCG_PIECE_REFUSAL,
  OCG_PIECE_SUMMARY, /* of a thought */
  OCG_PIECE_THOUGHT, /* as the model thought it */
  OCG_PIECE_N_TYPES
} OcgPieceType;

typedef struct _OcgItem OcgItem;

/* A content part, or a part of a summary. */
typedef struct
{
  OcgItem *item; /* (not owned) */
  OcgPieceType type;
  GString *text;     /* what has come */
  gboolean finished; /* all of it has come: what still comes is the same again */
} OcgPiece;

struct _OcgItem
{
  OcgItemKind kind;
  char *id;           /* (nullable) */
  gboolean announced; /* by output_item.added */
  gboolean finished;  /* it has come as a whole */
  gboolean listed;    /* in the output of the whole response */
  GHashTable *pieces; /* (nullable) */
  OcgPiece *shown;    /* (nullable) (not owned) the last one that the client has got text of */
  OcgWireCall *call;  /* (nullable) of OCG_ITEM_CALL */
  gboolean has_replay;
};

typedef struct
{
  GPtrArray *items[OCG_ITEM_N_KINDS]; /* of OcgItem, in the order in which they were met */
  GHashTable *by_id[OCG_ITEM_N_KINDS];
  GHashTable *by_index[OCG_ITEM_N_KINDS];
  GHashTable *by_call_id;
  guint n_listed[OCG_ITEM_N_KINDS]; /* so many from the beginning are listed */
} OcgResponseItems;

/* What an event says of the item that it is about. */
typedef struct
{
  const char *id;      /* (nullable) */
  const char *call_id; /* (nullable) */
  gint64 index;        /* in the output; negative: not said */
} OcgItemKey;

typedef enum
{
  OCG_ITEM_FRAGMENT,  /* something of it has come */
  OCG_ITEM_ANNOUNCED, /* it begins */
  OCG_ITEM_WHOLE,     /* all of it has come */
  OCG_ITEM_LISTED,    /* it stands at @index of the whole response */
} OcgItemEvent;

void ocg_response_items_init (OcgResponseItems *self);
void ocg_response_items_clear (OcgResponseItems *self);

/* The item that an event is about; a new one when there is none. (transfer none) */
OcgItem *ocg_response_items_get (OcgResponseItems *self, OcgItemKind kind, OcgItemEvent event,
                                 const OcgItemKey *key);

/* The piece at @index (negative: 0); a new one when there is none. (transfer none) */
OcgPiece *ocg_item_get_piece (OcgItem *item, OcgPieceType type, gint64 index);
