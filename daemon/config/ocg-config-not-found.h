/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What to tell somebody who asks for a value that is not there. */

#pragma once

#include <json-glib/json-glib.h>

/* OCG_ERROR_NOT_FOUND, with the name that may have been meant. @segments: lead nowhere in @root;
 * @top: (nullable) what @root is a part of; @file: where it would be written */
void ocg_config_set_not_found (JsonNode *root, const char *const *segments, const char *top,
                               const char *file, GError **error);
