/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a wire API has to do: build a request from a canonical conversation, and turn what comes
 * back into canonical events. Pure: no input or output, no clock, no credentials. Each API is one
 * file with one OcgWire; ocg-wire.c has the table. */

#pragma once

#include "../catalog/ocg-model.h"
#include "../engine/ocg-chat.h"
#include "../engine/ocg-event.h"
#include "ocg-error-reply.h"

typedef struct _OcgDecoder OcgDecoder;

typedef struct
{
  char *url;
  GHashTable *headers; /* name in lower case -> value, without the one that carries the key */
  GBytes *body;
} OcgWireRequest;

typedef struct
{
  const char *api; /* "anthropic-messages" */

  /* The address that requests for @model go to. */
  char *(*get_url) (OcgModel *model);
  /* Adds headers and the JSON body. */
  void (*build) (OcgWireRequest *request, OcgModel *model, OcgChat *chat);

  gsize decoder_size;
  void (*decoder_init) (OcgDecoder *decoder);
  void (*decoder_clear) (OcgDecoder *decoder);
  /* One event of the stream. */
  void (*decode_event) (OcgDecoder *decoder, JsonObject *event);
  /* The whole body of an answer that is not streamed. */
  void (*decode_body) (OcgDecoder *decoder, JsonObject *body);
} OcgWire;

typedef enum
{
  OCG_DECODER_RUNNING,
  OCG_DECODER_COMPLETE, /* the API's own terminal has come */
  OCG_DECODER_ERROR,    /* the provider reports an error: see error */
  OCG_DECODER_BROKEN,   /* what came is not the API: see problem */
} OcgDecoderState;

/* APIs embed this as their first member. */
struct _OcgDecoder
{
  const OcgWire *wire;
  OcgModel *model; /* (owned) */
  OcgEventFunc emit;
  gpointer user_data;
  OcgDecoderState state;
  OcgErrorReply *error; /* (nullable) (owned) */
  const char *problem;  /* static, for logs */
};

/* NULL for an API that is not spoken. */
const OcgWire *ocg_wire_find (const char *api);
/* Names of all APIs that are spoken. (transfer container) */
GStrv ocg_wire_list (void);

OcgWireRequest *ocg_wire_build (const OcgWire *wire, OcgModel *model, OcgChat *chat);
void ocg_wire_request_free (OcgWireRequest *self);

OcgDecoder *ocg_decoder_new (const OcgWire *wire, OcgModel *model, OcgEventFunc emit,
                             gpointer user_data);
void ocg_decoder_free (OcgDecoder *self);
/* Takes one event of a stream, or a whole body; nothing once the state is not RUNNING. */
void ocg_decoder_take_event (OcgDecoder *self, const char *data, gsize length);
void ocg_decoder_take_body (OcgDecoder *self, const char *body, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgWireRequest, ocg_wire_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgDecoder, ocg_decoder_free)
