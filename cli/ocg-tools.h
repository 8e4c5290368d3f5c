/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Tools and answers in a fixed shape, from the JSON files that people have. */

#pragma once

#include <json-glib/json-glib.h>

/* An array of tools as the D-Bus API has them, or as OpenAI, Anthropic or MCP write them. Errors:
 * OCG_ERROR_INVALID_ARGS, such as "tools[1].name: ...". Returns: (transfer floating) aa{sv} */
GVariant *ocg_tools_from_json (JsonNode *root, GError **error);

/* "auto", "none", "required", or the name of a tool. Returns: (transfer floating) */
GVariant *ocg_tools_new_choice (const char *choice);

/* The option response-format for a JSON schema; its name comes from the title, or from the file that
 * is called @name. It is strict if the schema is written for that. Returns: (transfer floating) */
GVariant *ocg_tools_new_response_format (JsonNode *schema, const char *name, GError **error);
