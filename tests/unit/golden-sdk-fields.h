/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The final objects of the three SDKs, brought to the fields of golden-sdk.h. Stop reasons and
 * token counts are mapped here once more, so that a wrong table in the gateway is noticed. */

#pragma once

#include <json-glib/json-glib.h>

/* @sdk: a Message, a ChatCompletion, a Response. */
void golden_describe_message (JsonObject *fields, JsonObject *sdk);
void golden_describe_chat_completion (JsonObject *fields, JsonObject *sdk);
void golden_describe_response (JsonObject *fields, JsonObject *sdk);

/* @arguments: (transfer full) */
void golden_add_call (JsonArray *calls, const char *id, const char *name, JsonNode *arguments);
/* The JSON that @text is, or a string that holds @text. (transfer full) */
JsonNode *golden_parse_arguments (const char *text);
/* Negative: unknown, left out. */
void golden_set_count (JsonObject *fields, const char *name, gint64 count);
