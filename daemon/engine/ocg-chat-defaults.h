/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the settings say where the caller of a completion is silent. */

#pragma once

#include "../catalog/ocg-catalog.h"
#include "ocg-chat.h"

/* @chat as @model gets it: options that were not given come from the model's params, then from
 * agents.defaults. Each candidate has its own. (transfer full) */
OcgChat *ocg_chat_with_defaults (OcgChat *chat, OcgCatalog *catalog, OcgModel *model);
