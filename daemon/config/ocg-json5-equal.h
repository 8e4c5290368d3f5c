/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Values as JSON5 means them: 16 and 0x10, 1 and 1.0, NaN and NaN are equal; the order of members
 * does not count. */

#pragma once

#include <json-glib/json-glib.h>

gboolean ocg_json5_equal (JsonNode *a, JsonNode *b);

/* Equal values have equal hashes. */
guint ocg_json5_hash (JsonNode *node);
