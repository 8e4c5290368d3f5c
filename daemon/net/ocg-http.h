/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The one HTTP session, and calls on it that deliver bytes as they arrive. */

#pragma once

#include "../credentials/ocg-secret.h"
#include "../wire/ocg-wire.h"

/* Requests that may be under way at once; each has a connection of its own. */
#define OCG_HTTP_MAX_CONNECTIONS 1024

typedef struct _OcgHttp OcgHttp;
typedef struct _OcgHttpCall OcgHttpCall;

typedef enum
{
  OCG_HTTP_COMPLETE, /* the body has ended */
  OCG_HTTP_NETWORK,  /* resolving, connecting */
  OCG_HTTP_NO_ROOM,  /* no file descriptor is left for a connection */
  OCG_HTTP_BROKEN,   /* a connection that broke */
  OCG_HTTP_TLS,      /* a certificate or a handshake */
  OCG_HTTP_TIMEOUT,  /* no connection, or no headers, in time */
} OcgHttpEnd;

typedef struct
{
  /* Status and headers are there; bytes follow. */
  void (*headers) (OcgHttpCall *call, gpointer user_data);
  /* FALSE stops the reading of this turn: the call was paused or cancelled. */
  gboolean (*bytes) (OcgHttpCall *call, const char *bytes, gsize length, gpointer user_data);
  /* The last callback, exactly one, unless the call is cancelled. @detail: for logs. */
  void (*end) (OcgHttpCall *call, OcgHttpEnd end, const char *detail, gpointer user_data);
} OcgHttpHandlers;

/* Sets the environment variables that the libraries below have no other switch for. Before any
 * thread exists. */
void ocg_http_prepare_process (void);

OcgHttp *ocg_http_new (void);
void ocg_http_free (OcgHttp *self);

/* A @request without a body is a GET, one with a body a POST. @secret: (nullable) sent as
 * @auth_header says. Milliseconds; 0 is no limit. */
OcgHttpCall *ocg_http_start (OcgHttp *self, OcgWireRequest *request, OcgAuthHeader auth_header,
                             OcgSecret *secret, guint connect_ms, guint headers_ms,
                             const OcgHttpHandlers *handlers, gpointer user_data);

guint ocg_http_call_get_status (OcgHttpCall *self);
/* (nullable) An OcgHeaderFunc. */
const char *ocg_http_call_get_header (const char *name, gpointer call);
/* All of the answer: name in lower case -> value. (transfer full) */
GHashTable *ocg_http_call_dup_headers (OcgHttpCall *self);

/* While it is paused nothing is read from the connection. */
void ocg_http_call_pause (OcgHttpCall *self);
void ocg_http_call_resume (OcgHttpCall *self);

/* Closes the connection and frees the call; also after the end. No callback follows. */
void ocg_http_call_free (OcgHttpCall *self);
/* The same for a call whose answer is complete: what little may be left of the body is read first,
 * so that the connection can be used again. */
void ocg_http_call_release (OcgHttpCall *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgHttp, ocg_http_free)
