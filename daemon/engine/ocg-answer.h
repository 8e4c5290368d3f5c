/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What comes back over HTTP, turned into canonical events: a stream, a body that is read whole, and
 * what says it is the one but is the other. Bytes in, events out; no I/O and no clock. */

#pragma once

#include "../wire/ocg-sse.h"
#include "../wire/ocg-wire.h"

typedef struct
{
  OcgDecoder *decoder;
  gboolean has_begun;  /* headers have come */
  gboolean is_success; /* with a status that promises an answer */
  OcgSse *sse;         /* (nullable) a stream of events */
  GByteArray *body;    /* (nullable) read whole */
  GByteArray *opening; /* (nullable) of a stream in which no event has come yet */
} OcgAnswer;

OcgAnswer *ocg_answer_new (const OcgWire *wire, OcgModel *model, OcgChat *chat, OcgEventFunc emit,
                           gpointer user_data);
void ocg_answer_free (OcgAnswer *self);

/* @content_type: (nullable) */
void ocg_answer_begin (OcgAnswer *self, gboolean is_success, const char *content_type);
/* FALSE: nothing more is wanted. The decoder's state says why; after a status that is no success
 * enough of the error page has come. */
gboolean ocg_answer_feed (OcgAnswer *self, const char *bytes, gsize length);
/* Every byte has come. A decoder that is RUNNING after this was cut off. */
void ocg_answer_finish (OcgAnswer *self);
/* Grows with each sign that the server is alive: events and comments of a stream, bytes of a body. */
guint64 ocg_answer_get_signs_of_life (OcgAnswer *self);
/* The body after a status that is no success. */
OcgErrorReply *ocg_answer_read_refusal (OcgAnswer *self, guint status);
/* Whether a complete answer has nothing in it that can be meant: some servers send that instead of
 * an error. */
gboolean ocg_answer_is_suspicious (OcgAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgAnswer, ocg_answer_free)
