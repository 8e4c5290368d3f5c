/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The ways in which newer versions of OpenClaw say where a secret is instead of writing it:
 * {source: "env", id: "NAME"} for apiKey and headers in openclaw.json, and markers in the
 * models.json that it makes. Pure. */

#pragma once

#include <json-glib/json-glib.h>

#include "ocg-problem.h"

/* A copy of the entry of a provider in which such an object of the environment is "${NAME}". Those
 * of other sources are left out with a problem below @path. */
JsonNode *ocg_secret_ref_to_variables (JsonNode *entry, const char *path, OcgProblems *problems);

/* A copy of the entry of a provider without the markers: the name of a variable and
 * "secretref-managed" for a key, "secretref-env:NAME" and "secretref-managed" for a header. */
JsonNode *ocg_secret_ref_drop_markers (JsonNode *entry);

/* Whether @text is such a marker, and no key. */
gboolean ocg_secret_ref_is_marker (const char *text);
