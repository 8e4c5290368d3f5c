/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Changes one place of a JSON5 text and leaves every other byte as it was. Pure. */

#pragma once

#include "ocg-json5.h"

/* Sets what the segments of @path (NULL-terminated, unescaped) lead to, or takes it away when
 * @value (nullable) is NULL. A segment names a member of an object; in an array it is the number of an
 * element from 0, or "-" for one more at its end. Objects on the way that are missing are made. No
 * segments mean the whole value, which becomes an empty object without a @value.
 *
 * Where the value, or a part of it, is equal already, no byte changes. What is new takes the
 * indentation, quotes, commas and line ends around it. What goes takes the comments on its lines
 * with it. An empty @text counts as "{}". Taking away what is not there changes nothing.
 *
 * Returns the new text, which has been read again and means what it should; or NULL with @problem
 * when @text does not parse, a segment meets a scalar, or there is no such element. */
char *ocg_json5_edit (const char *text, const char *const *path, JsonNode *value,
                      OcgJson5Problem *problem);

/* Whether there is nothing but space and comments. */
gboolean ocg_json5_is_blank (const char *text);
