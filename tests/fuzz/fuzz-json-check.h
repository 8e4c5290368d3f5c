/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Whether a text is JSON, judged by other code than the one that is tested. */

#pragma once

#include <glib.h>

/* As RFC 8259 has it, at any depth, with numbers that a double can hold. */
gboolean fuzz_is_json (const char *text, gsize length);
gboolean fuzz_is_json_object (const char *text, gsize length);

/* The same, control characters in strings allowed. */
gboolean fuzz_is_lenient_json (const char *text, gsize length);
