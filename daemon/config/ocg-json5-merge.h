/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* JSON merge patches (RFC 7396) of JSON5 texts: null takes a member away. */

#pragma once

#include "ocg-json5.h"

/* Applies @patch to what @path leads to, as one edit: see ocg_json5_edit(). A @patch that is null
 * takes that away. */
char *ocg_json5_merge (const char *text, const char *const *path, JsonNode *patch,
                       OcgJson5Problem *problem);
