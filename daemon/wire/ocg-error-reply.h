/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a provider says when it refuses: read from a body, an event of a stream, and headers. Pure. */

#pragma once

#include <json-glib/json-glib.h>

typedef struct
{
  guint status;          /* of HTTP; 0 when the error came inside a stream */
  char *type;            /* (nullable) error.type */
  char *code;            /* (nullable) error.code or error.details.error_code */
  char *message;         /* (nullable) unredacted */
  gint64 minimax_code;   /* base_resp.status_code or the "(NNNN)" that ends a message; 0: none */
  char *request_id;      /* (nullable) */
  gint64 retry_after_ms; /* -1: not said */
  gint64 hinted_ms;      /* -1: the body does not say when to come back */
  gboolean is_moderation; /* OpenRouter names reasons of content */
  gboolean too_deep;     /* JSON that nobody nests like that */
} OcgErrorReply;

typedef const char *(*OcgHeaderFunc) (const char *name, gpointer user_data);

/* @body: anything: JSON, HTML, nothing. */
OcgErrorReply *ocg_error_reply_new (guint status, const char *body, gsize length);
/* An error object inside a stream or beside a 200. NULL when @root holds no error. */
OcgErrorReply *ocg_error_reply_new_from_json (guint status, JsonObject *root);
void ocg_error_reply_free (OcgErrorReply *self);

/* Adds the request id and when to come back: retry-after-ms, retry-after (seconds or an HTTP date),
 * the rate limit headers, then "resets at TIME" and "try again in 2s" in the message. Negative
 * values and more than 30 days are ignored. @now_ms: Unix time. */
void ocg_error_reply_add_headers (OcgErrorReply *self, OcgHeaderFunc get_header, gpointer user_data,
                                  gint64 now_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgErrorReply, ocg_error_reply_free)
