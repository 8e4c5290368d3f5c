/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the decoders of all wire APIs have in common: their state, and the ways in which they emit
 * canonical events. Pure. */

#pragma once

#include "../catalog/ocg-model.h"
#include "../engine/ocg-chat.h"
#include "../engine/ocg-event.h"
#include "ocg-error-reply.h"
#include "ocg-stop-text.h"
#include "ocg-text-filter.h"
#include "ocg-wire-call.h"

typedef struct _OcgWire OcgWire;
typedef struct _OcgDecoder OcgDecoder;

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
  OcgModel *model;  /* (owned) */
  GPtrArray *tools; /* (nullable) of OcgTool: what the model was offered */
  OcgEventFunc emit;
  gpointer user_data;
  OcgDecoderState state;
  OcgErrorReply *error; /* (nullable) (owned) */
  const char *problem;  /* static, for logs */

  OcgUsage usage;
  OcgStopReason stop;
  void (*before_text) (OcgDecoder *self); /* (nullable) set by the API: visible text follows */
  OcgTextFilter text;
  OcgStopText stop_text;
  GString *scratch; /* for decode_quickly() */
  guint n_calls;
  gsize kept; /* bytes that are held and have not been emitted */
  guint n_garbled;          /* events that were no JSON and were passed over */
  gboolean has_content;     /* something for the client has come: text, thought, call, refusal */
  gboolean has_answer;      /* the same without thoughts */
  gboolean has_broken_call; /* a call that nobody can carry out */
  gboolean is_flushing;
  gboolean is_stopped;      /* the caller's own end has come */
  gboolean is_empty_body;   /* not one byte came */
  gboolean has_done;        /* "[DONE]" has come, which is no terminal of its own */
  gboolean may_end; /* everything has come but words about it; the end of the stream is an end */
};

OcgDecoder *ocg_decoder_new (const OcgWire *wire, OcgModel *model, OcgEventFunc emit,
                             gpointer user_data);
void ocg_decoder_free (OcgDecoder *self);
/* What the model was offered: tells strings from numbers where a call does not. */
void ocg_decoder_set_tools (OcgDecoder *self, GPtrArray *tools);
/* Where the answer shall end, if the server does not end it there. (nullable) */
void ocg_decoder_set_stop (OcgDecoder *self, GStrv stops);
/* Takes one event of a stream, or a whole body; nothing once the state is not RUNNING. */
void ocg_decoder_take_event (OcgDecoder *self, const char *data, gsize length);
void ocg_decoder_take_body (OcgDecoder *self, const char *body, gsize length);
/* The stream is at its end; a decoder that is RUNNING after this was cut off. */
void ocg_decoder_finish (OcgDecoder *self);

/* The rest is for the decoders of the APIs. */

/* Counts what is held back or kept for the end, so that no server can fill the memory with what no
 * client sees. FALSE: it was too much, and the answer is broken off. */
gboolean ocg_decoder_keep (OcgDecoder *self, gsize size);

/* Where one part of the answer ends and the next begins. */
void ocg_decoder_begin_part (OcgDecoder *self);
/* Fragments; NULL and "" are nothing. Visible text goes through the filter first. */
void ocg_decoder_add_text (OcgDecoder *self, const char *text);
void ocg_decoder_add_thinking (OcgDecoder *self, const char *text);
/* Past the filter. */
void ocg_decoder_emit_text (OcgDecoder *self, const char *text);
void ocg_decoder_emit_thinking (OcgDecoder *self, const char *text);
/* The visible text is at an end, or interrupted by something else. */
void ocg_decoder_end_text (OcgDecoder *self);
/* What the text that was added last says after all. */
void ocg_decoder_revise_text (OcgDecoder *self, const char *text);
/* @block: what the provider wants back, JSON; it belongs to the thought that ends here. */
void ocg_decoder_add_replay (OcgDecoder *self, const char *block);

/* Emits the start of @call once, and gives it its index. */
void ocg_decoder_start_call (OcgDecoder *self, OcgWireCall *call);
void ocg_decoder_add_arguments (OcgDecoder *self, OcgWireCall *call, const char *fragment);
/* Emits the call as a whole, or notes that it is broken. Only the first time counts. */
void ocg_decoder_end_call (OcgDecoder *self, OcgWireCall *call);

/* Emits what differs from what was known; -1 leaves a number as it is, and a later 0 does not
 * replace a number: servers that know better at first send zeros at the end. */
void ocg_decoder_add_usage (OcgDecoder *self, OcgUsage usage);
/* @words: (nullable) of a refusal */
void ocg_decoder_add_stop (OcgDecoder *self, OcgStopReason stop, const char *words);
/* The provider stopped for a breath: the same conversation sent again goes on. */
void ocg_decoder_add_pause (OcgDecoder *self);

/* The answer is complete, if all of it can be used. */
void ocg_decoder_complete (OcgDecoder *self);
/* @problem: static */
void ocg_decoder_break_off (OcgDecoder *self, const char *problem);
/* Takes @error. */
void ocg_decoder_fail (OcgDecoder *self, OcgErrorReply *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgDecoder, ocg_decoder_free)
