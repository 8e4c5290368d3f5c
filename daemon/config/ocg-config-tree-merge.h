/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Makes one value of the files of a tree. */

#pragma once

#include "ocg-config-tree-private.h"

#define OCG_CONFIG_TREE_MAX_NODES 300000 /* made or looked at while merging */

/* NULL with a fault added when they do not fit together. What no include touches is shared with the
 * documents. (transfer full) */
JsonNode *ocg_config_tree_merge (OcgConfigTree *tree);
