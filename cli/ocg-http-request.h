/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The request that a dry run would have sent. */

#pragma once

#include <json-glib/json-glib.h>

/* Appends the line "METHOD URL", the headers by their names, an empty line, and the body as it is.
 * @request: the member http-request of an "end" event. */
void ocg_http_request_append (GString *out, JsonObject *request);
