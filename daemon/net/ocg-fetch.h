/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A small request whose answer is read whole: logins, quotas, checks of keys. Redirects are not
 * followed. */

#pragma once

#include "ocg-http.h"

typedef struct
{
  const char *url;
  GBytes *body;          /* (nullable) makes it a POST */
  const char *body_type; /* (nullable) its content-type; application/json without this */
  GHashTable *headers;   /* (nullable) more headers: name in lower case -> value */
  gboolean once;         /* as in OcgWireRequest */
  OcgAuthHeader auth_header;
  OcgSecret *secret; /* (nullable) sent as auth_header says */
  guint timeout_ms;  /* for all of it */
  gsize max_size;    /* bytes of the answer; 0: 256 KiB */
} OcgFetchRequest;

typedef struct
{
  guint status;
  GHashTable *headers; /* name in lower case -> value */
  char *text;          /* NUL-terminated, wiped on free: it may hold tokens */
  gsize length;
} OcgFetchReply;

/* Takes nothing of @request. */
void ocg_fetch_async (OcgHttp *http, const OcgFetchRequest *request, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
/* Any status is an answer. Errors: OCG_ERROR_NETWORK, OCG_ERROR_TLS, OCG_ERROR_TIMEOUT,
 * OCG_ERROR_PROTOCOL_VIOLATION (too long), G_IO_ERROR_CANCELLED. Messages are for logs. */
OcgFetchReply *ocg_fetch_finish (GAsyncResult *result, GError **error);
void ocg_fetch_reply_free (OcgFetchReply *self);

/* application/x-www-form-urlencoded, of pairs of a name and its value; a NULL ends them. Wiped when
 * it is freed. */
GBytes *ocg_fetch_new_form (const char *name, ...) G_GNUC_NULL_TERMINATED;
#define OCG_FETCH_FORM "application/x-www-form-urlencoded"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgFetchReply, ocg_fetch_reply_free)
