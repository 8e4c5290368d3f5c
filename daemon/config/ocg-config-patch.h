/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Single changes that together do what a larger one says. Pure. */

#pragma once

#include <json-glib/json-glib.h>

/* One change: @value (nullable) NULL takes the member away. */
typedef struct
{
  GStrv path; /* as from the top of openclaw.json, or beneath "desktop" */
  JsonNode *value;
} OcgConfigEdit;

/* @value: (transfer full) (nullable) */
OcgConfigEdit *ocg_config_edit_new (const char *const *path, JsonNode *value);
void ocg_config_edit_free (OcgConfigEdit *edit);

/* Of OcgConfigEdit, in the order of the members: what makes of @root what the JSON merge patch
 * (RFC 7396) @patch, an object, makes of it. */
GPtrArray *ocg_config_patch_to_edits (JsonNode *patch, JsonNode *root);

/* Of OcgConfigEdit: @edit itself; when it goes beneath agents.defaults.model (or imageModel) and
 * that is plain text in @root, which means the primary, edits that take that into account. */
GPtrArray *ocg_config_edit_widen (const OcgConfigEdit *edit, JsonNode *root);
