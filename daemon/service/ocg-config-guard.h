/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What callers may not put into our files, however well it is written. */

#pragma once

#include "../config/ocg-config.h"

/* Whether @value may be written at @path (without "desktop"): no literal where secrets stand, and no
 * name that neither this gateway nor any OpenClaw knows, for OpenClaw would not start any more. The
 * members of @value that are null are not looked at: a patch takes them away. Errors:
 * OCG_ERROR_INVALID_ARGS. */
gboolean ocg_config_guard (OcgConfigDocumentId id, const char *const *path, JsonNode *value,
                           GError **error);
