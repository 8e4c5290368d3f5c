/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* data/providers.schema.json, which drop-ins are held against. */

#pragma once

#include <json-glib/json-glib.h>

#include "../config/ocg-problem.h"

/* As it is built in, constant; in any thread. (transfer none) */
JsonObject *ocg_provider_schema_get (void);

/* A copy of a drop-in's own member @name without what is wrong in it, which is described; NULL when
 * nothing of it can be used or the schema does not have it. @beneath: (nullable) what it is put
 * upon; @path: of the member. (transfer full) (nullable) */
JsonNode *ocg_provider_schema_keep (const char *name, JsonNode *node, JsonNode *beneath,
                                    const char *path, OcgProblems *problems);
