/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What an answer has taken, for people. */

#pragma once

#include <json-glib/json-glib.h>

/* One line of tokens, cost and model. What is unknown is said to be: it is not nothing. @usage:
 * (nullable) tokens; @cost: (nullable) in USD; @model: (nullable) who answered. */
char *ocg_usage_describe (JsonObject *usage, JsonNode *cost, const char *model);
