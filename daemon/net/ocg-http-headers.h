/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The headers of a request: the one place where they come together, whether it is sent or only
 * shown. */

#pragma once

#include <libsoup/soup.h>

#include "../credentials/ocg-secret.h"
#include "../wire/ocg-wire.h"

#define OCG_HTTP_USER_AGENT "openclaw-gateway/" OCG_VERSION

/* Everything but what the connection itself adds: host, connection, content-length.
 * @secret: (nullable) carried as @auth_header says. */
void ocg_http_headers_fill (SoupMessageHeaders *headers, OcgWireRequest *request,
                            OcgAuthHeader auth_header, OcgSecret *secret);
