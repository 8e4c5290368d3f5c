/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The one look at every JSON text from outside before json-glib sees it: json-glib recurses without
 * a limit, and reads more than JSON (comments, other quotes, octal escapes). Pure. */

#pragma once

#include <glib.h>

typedef enum
{
  OCG_JSON_AS_TEXT,    /* what it says stays as it is */
  OCG_JSON_FOR_SERVERS, /* the same without lone surrogates and "\u0000", which some refuse */
  OCG_JSON_FOR_PARSER, /* what json-glib and D-Bus cannot hold is replaced: "\u0000" and lone
                        * surrogates by U+FFFD, whole numbers beyond 64 bits by fractions */
} OcgJsonPurpose;

/* Checks that @text is JSON as RFC 8259 has it and not deeper than @max_depth, which is 256 at most,
 * and that it does not hold more values (250,000) than anybody sends.
 * Control characters in strings, which models write and parsers refuse, become escapes.
 *
 * @text: a copy of @length bytes with a NUL after them; replaced when the mended text is longer.
 * Errors, not translated: G_IO_ERROR_INVALID_DATA, or G_IO_ERROR_NOT_SUPPORTED when too deep or too much. */
gboolean ocg_json_scan (char **text, gsize length, guint max_depth, OcgJsonPurpose purpose,
                        GError **error);
