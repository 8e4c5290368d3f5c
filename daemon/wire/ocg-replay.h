/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The opaque string that a thinking part travels with through the client: which API and model
 * family made it, and the provider's own block. Pure. */

#pragma once

#include "../catalog/ocg-model.h"

/* Whose thoughts @model can take back: those of its family, or its own where it has none or where the
 * API binds them to one model. (transfer full) */
char *ocg_replay_dup_family (const char *api, OcgModel *model);

/* @block: the provider's block as JSON. */
char *ocg_replay_pack (const char *api, const char *family, const char *block);

/* The block, or NULL when @replay is unreadable or was made by another API or family.
 * Returns: (transfer full) */
JsonObject *ocg_replay_unpack (const char *replay, const char *api, const char *family);
