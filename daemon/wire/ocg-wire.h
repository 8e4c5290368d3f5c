/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a wire API has to do: build a request from a canonical conversation, and turn what comes
 * back into canonical events. Pure: no input or output, no clock, no credentials. Each API is one
 * file with one OcgWire; ocg-wire.c has the table. */

#pragma once

#include "ocg-decoder.h"
#include "ocg-mend.h"

typedef struct
{
  char *url;
  GHashTable *headers; /* name in lower case -> value, without the one that carries the key */
  GBytes *body;
  OcgMends mends; /* what the server has refused of an earlier try */
  gboolean once;  /* sent on a connection of its own and never again: it uses something up */
} OcgWireRequest;

struct _OcgWire
{
  const char *api; /* "anthropic-messages" */

  /* The address that requests for @model go to. */
  char *(*get_url) (OcgModel *model);
  /* Adds headers and the JSON body. */
  void (*build) (OcgWireRequest *request, OcgModel *model, OcgChat *chat);

  gsize decoder_size;
  void (*decoder_init) (OcgDecoder *decoder);
  void (*decoder_clear) (OcgDecoder *decoder);
  /* (nullable) One event without a tree, when it is one of the many; FALSE: decode_event() shall see
   * it. Both come to the same. */
  gboolean (*decode_quickly) (OcgDecoder *decoder, const char *event, gsize length);
  /* One event of the stream. */
  void (*decode_event) (OcgDecoder *decoder, JsonObject *event);
  /* The whole body of an answer that is not streamed. */
  void (*decode_body) (OcgDecoder *decoder, JsonObject *body);
  /* (nullable) The stream has ended: where that can be an end, the answer is complete or not. */
  void (*decode_end) (OcgDecoder *decoder);
  /* (nullable) @root holds an error: what it cost all the same. */
  void (*decode_usage) (OcgDecoder *decoder, JsonObject *root);
  /* (nullable) Nothing more comes, whyever: passes on what is held back. */
  void (*flush) (OcgDecoder *decoder);
  gboolean tolerates_garbled_events; /* passes over events that are no JSON */
  gboolean replays_to_one_model;     /* thoughts are for the model that had them, not its family */
};

/* NULL for an API that is not spoken. */
const OcgWire *ocg_wire_find (const char *api);
/* Names of all APIs that are spoken. (transfer container) */
GStrv ocg_wire_list (void);

OcgWireRequest *ocg_wire_build (const OcgWire *wire, OcgModel *model, OcgChat *chat);
/* The same without what the server has refused; see ocg_mend_find(). */
OcgWireRequest *ocg_wire_build_mended (const OcgWire *wire, OcgModel *model, OcgChat *chat,
                                       OcgMends mends);
void ocg_wire_request_free (OcgWireRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgWireRequest, ocg_wire_request_free)
