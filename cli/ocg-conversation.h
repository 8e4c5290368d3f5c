/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Messages in JSON, as the D-Bus API wants them. Keys are those of the D-Bus API; image data is
 * base64, and the arguments of a tool call may be an object. What the gateway knows better, such as
 * which roles there are, is left to it, and so are keys that are not known here. */

#pragma once

#include <json-glib/json-glib.h>

/* Where in the JSON something is wrong: OCG_ERROR_INVALID_ARGS, "PLACE: PROBLEM". Returns FALSE. */
gboolean ocg_conversation_fail (GError **error, const char *place, const char *problem);

/* Adds the messages of @root, an array of them or {messages, system?, tools?}, to @messages
 * (aa{sv}). @system and @tools belong to @root, and are NULL when it has none. Errors:
 * OCG_ERROR_INVALID_ARGS, such as "messages[3].content[1].data: ...". */
gboolean ocg_conversation_read (JsonNode *root, GVariantBuilder *messages, const char **system,
                                JsonNode **tools, GError **error);
