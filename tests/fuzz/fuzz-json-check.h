/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* JSON judged by other code than that which is tested. */

#pragma once

#include <json-glib/json-glib.h>

/* As RFC 8259 has it, at any depth, with numbers that a double can hold. */
gboolean fuzz_is_json (const char *text, gsize length);
gboolean fuzz_is_json_object (const char *text, gsize length);

/* The same, control characters in strings allowed. */
gboolean fuzz_is_lenient_json (const char *text, gsize length);

/* All strings of a tree that has been read, and is not too deep to recurse: they are text. */
void fuzz_check_node (JsonNode *node);
