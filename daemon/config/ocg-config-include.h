/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Reads a file and all that it includes: bounded in number, size and nesting, each file once. What
 * is wrong becomes faults of the tree; merging is the business of ocg-config-tree-merge.c. */

#pragma once

#include "ocg-config-tree-private.h"

/* Fills documents, includes and faults of an empty tree. */
void ocg_config_include_read (OcgConfigTree *tree, const char *path, OcgConfigReadFunc read,
                              gpointer user_data);
void ocg_config_include_free (OcgConfigInclude *self);
