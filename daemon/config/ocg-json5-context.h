/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What lies around the place where a JSON5 text is wrong, for a message that helps. Pure. */

#pragma once

#include "ocg-json5-walk.h"

/* Fills what the walk, which has failed, does not: the bracket that is open, the word that is
 * meant, and whether the braces around everything are missing. @opened: where the bracket of each depth of
 * the walk is. */
void ocg_json5_add_context (OcgJson5Problem *problem, const OcgJson5Walk *walk,
                            const gsize *opened);
