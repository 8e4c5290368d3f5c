/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Whether the names in a file are known: strict on what is ours, silent on what is OpenClaw's. */

#pragma once

#include "ocg-config-tree.h"
#include "ocg-problem.h"

typedef enum
{
  OCG_KEYS_CONFIG,      /* openclaw.json */
  OCG_KEYS_DESKTOP,     /* desktop.json, part "desktop" */
  OCG_KEYS_MODELS_JSON, /* models.json, part "models" */
  OCG_KEYS_DROP_IN,     /* providers.d/ID.json, part "models.providers.ID" */
} OcgKeysKind;

/* Adds a problem for each name that is not known: an error with what may be meant when a known name
 * is near, else a warning. A tree that is not valid has none. */
void ocg_config_keys_check (OcgConfigTree *tree, OcgKeysKind kind, OcgProblems *problems);
/* The same for OCG_KEYS_DROP_IN, of which a JSON Schema says what names there are. */
void ocg_config_keys_check_drop_in (OcgConfigTree *tree, JsonObject *schema,
                                    OcgProblems *problems);

/* Whether some version of OpenClaw (or, for desktop.json, we) would take something at @segments,
 * which begin at the top of the file. Parts that are not ours are taken on trust.
 * @suggestion: (nullable) the name that may be meant in place of the first that is not known. */
gboolean ocg_config_keys_is_known (OcgKeysKind kind, const char *const *segments,
                                   const char **suggestion);
