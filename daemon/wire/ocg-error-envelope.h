/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The many envelopes that errors come in. Pure. */

#pragma once

#include "ocg-error-reply.h"

/* Whether an event of a stream, or a body beside a 200, is an error: a truthy "error" (as the
 * SDKs judge), a base_resp with a code, the events "error" and "response.failed", and a message
 * where an answer should be. A few look-ups only: every event of every stream comes this way. */
gboolean ocg_error_envelope_is_error (JsonObject *root);

/* Fills in what is said anywhere in @node: error as an object, a string or an array; nested errors,
 * also in strings of JSON; detail, base_resp, metadata.raw, response.error. */
void ocg_error_envelope_read (OcgErrorReply *reply, JsonNode *node);
