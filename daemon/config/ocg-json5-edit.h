/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Changes one place of a JSON5 text and leaves every other byte as it was. Pure. */

#pragma once

#include "ocg-json5.h"

/* Sets the member that the segments of @path (NULL-terminated, unescaped member names) lead to,
 * making the objects on the way that are missing. New members take the indentation, quotes and
 * line ends around them. An empty @text counts as "{}". Returns the new text, or NULL with
 * OCG_ERROR_CONFIG_INVALID when @text does not parse or a segment is not an object. */
char *ocg_json5_set (const char *text, const char *const *path, JsonNode *value, GError **error);

/* Takes the member away together with its comma; nothing happens when it is not there. */
char *ocg_json5_unset (const char *text, const char *const *path, GError **error);

/* Both in one, with the problem as it is: @value (nullable) NULL takes the member away. */
char *ocg_json5_edit (const char *text, const char *const *path, JsonNode *value,
                      OcgJson5Problem *problem);

/* Whether there is nothing but space and comments. */
gboolean ocg_json5_is_blank (const char *text);
