/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Models, conversations, and the requests that anthropic-messages makes of them. JSON is written
 * with ' for ". */

#pragma once

#include "wire/ocg-wire.h"

#define API "anthropic-messages"

/* @members: of the model, after its id; NULL: an id that is not listed. */
OcgModel *new_model_at (const char *provider_id, const char *base_url, const char *id,
                        const char *members);
OcgModel *new_claude (const char *id, const char *compat);
OcgModel *new_minimax (const char *id);

/* @text: (nullable) the words of the user */
OcgChat *new_chat (const char *text);
/* A message of one part. Returns: (transfer none) */
OcgPart *add_part (OcgChat *chat, OcgRole role, OcgPartType type);
void add_text (OcgChat *chat, OcgRole role, const char *text);

/* The body, once the headers have been looked at: what has to be there, and no key. */
JsonObject *build (OcgModel *model, OcgChat *chat);
/* @expected: the member's JSON, or NULL: it is not there. */
void assert_member (JsonObject *body, const char *member, const char *expected);
