/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The default request options of one model, in the spellings that people use. Pure. */

#pragma once

#include <json-glib/json-glib.h>

#include "ocg-problem.h"

/* What @written (nullable; params) and @streaming (nullable; what stands beside it) say, under the
 * names of the D-Bus API: temperature, top-p, max-tokens, thinking, stop (a list), stream. Keys that
 * are not known are left out; so are values that are wrong, each described in @problems.
 * @path: of the entry that holds both. Returns: (transfer full) (nullable) NULL when both are. */
JsonObject *ocg_model_params_read (JsonObject *written, JsonNode *streaming, const char *path,
                                   OcgProblems *problems);

/* The words for how much a model thinks; NULL-terminated. */
const char *const *ocg_model_params_get_levels (void);
