/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a provider says when it refuses: read from a body, an event of a stream, and headers.
 * Pure. */

#pragma once

#include <json-glib/json-glib.h>

typedef struct
{
  guint status;          /* what it counts as: a body or a message may name another; 0: none */
  guint http_status;     /* of HTTP; 0 inside a stream */
  char *type;            /* (nullable) error.type */
  char *code;            /* (nullable) error.code or error.details.error_code */
  char *message;         /* (nullable) unredacted */
  gint64 minimax_code;   /* base_resp.status_code or the "(NNNN)" that ends a message; 0: none */
  char *request_id;      /* (nullable) */
  gint64 retry_after_ms; /* -1: not said */
  gint64 hinted_ms;      /* -1: the body does not say when to come back */
  gboolean is_moderation; /* OpenRouter names reasons of content */
  gboolean too_deep;     /* JSON that nobody nests like that */
  gint64 hinted_at_ms;   /* the same as a point in time, Unix; -1: not said */
  gboolean is_base_resp; /* minimax_code stands in the envelope that is MiniMax's own */
  gboolean is_answer_id; /* request_id only names the answer: one from a header is better */
  gboolean is_trailing_code; /* code is the number that ends the message: one with MiniMax only */
  gint should_retry;     /* 1 or 0: the provider says so; -1: it does not */
} OcgErrorReply;

typedef const char *(*OcgHeaderFunc) (const char *name, gpointer user_data);

/* @body: anything: JSON, HTML, an event of a stream, nothing. */
OcgErrorReply *ocg_error_reply_new (guint status, const char *body, gsize length);
/* An error inside a stream or beside a 200. NULL when @root holds none; that takes a few look-ups
 * only, because every event of every stream comes this way. */
OcgErrorReply *ocg_error_reply_new_from_json (guint status, JsonObject *root);
/* An error that a decoder finds where no envelope is. @type, @message: (nullable) */
OcgErrorReply *ocg_error_reply_new_literal (const char *type, const char *message);
void ocg_error_reply_free (OcgErrorReply *self);

/* Adds the request id, whether to retry, and when to come back: see ocg-retry-after.h. @now_ms:
 * Unix time. */
void ocg_error_reply_add_headers (OcgErrorReply *self, OcgHeaderFunc get_header, gpointer user_data,
                                  gint64 now_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgErrorReply, ocg_error_reply_free)
