/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-http-headers.h"

#include <string.h>

static void
add_key (SoupMessageHeaders *headers, OcgAuthHeader auth_header, OcgSecret *secret)
{
  if (auth_header == OCG_AUTH_BEARER)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", ocg_secret_peek (secret), NULL);

      soup_message_headers_replace (headers, "authorization", bearer);
      ocg_secret_wipe (bearer, strlen (bearer));
    }
  else
    {
      soup_message_headers_replace (headers, "x-api-key", ocg_secret_peek (secret));
    }
}

void
ocg_http_headers_fill (SoupMessageHeaders *headers, OcgWireRequest *request,
                       OcgAuthHeader auth_header, OcgSecret *secret)
{
  GHashTableIter iter;
  gpointer name, value;

  soup_message_headers_replace (headers, "user-agent", OCG_HTTP_USER_AGENT);
  /* Compressed events would sit in the decoder; servers that compress all the same are read. */
  soup_message_headers_replace (headers, "accept-encoding", "identity");
  g_hash_table_iter_init (&iter, request->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    soup_message_headers_replace (headers, name, value);
  if (request->body != NULL && !g_hash_table_contains (request->headers, "content-type"))
    soup_message_headers_replace (headers, "content-type", "application/json");
  if (secret != NULL)
    add_key (headers, auth_header, secret);
}
