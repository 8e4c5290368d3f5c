/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One HTTP/1.1 request. */

#pragma once

#include <json-glib/json-glib.h>

typedef struct
{
  char *method;
  char *path;          /* without the query */
  gboolean close;      /* the client asked for Connection: close */
  GHashTable *headers; /* lower-case name -> value; repeated ones joined by ", " */
  GString *body;
} Request;

typedef enum
{
  REQUEST_INCOMPLETE,
  REQUEST_COMPLETE,
  REQUEST_BAD,
} RequestState;

/* Takes the first complete request off the front of @input. */
RequestState request_parse (GString *input, Request **request);
void request_free (Request *self);

/* (nullable) @name in lower case */
const char *request_get_header (Request *self, const char *name);

/* The body, of @parser, if it is a JSON object; else NULL. */
JsonObject *request_parse_json (Request *self, JsonParser *parser);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)
