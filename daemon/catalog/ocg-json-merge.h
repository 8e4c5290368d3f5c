/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Objects of JSON that are kept as they are, layer upon layer. Pure. Nodes are counted atomically
 * and what is in them is not, so nothing is shared with what they are made of. */

#pragma once

#include <json-glib/json-glib.h>

/* @above upon @base (both nullable): objects member by member, at any depth; anything else takes
 * the place of what was there. (transfer full) (nullable) NULL when both are */
JsonNode *ocg_json_merge (JsonNode *base, JsonNode *above);
