/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What tests want to know of a tree of configuration files. */

#pragma once

#include "config/ocg-config-tree.h"

const OcgConfigDocument *tree_get_document (OcgConfigTree *tree, guint i);
guint tree_count_documents (OcgConfigTree *tree);

/* @expected: JSON5 */
void tree_assert_value (OcgConfigTree *tree, const char *expected);

/* All problems in their order: "BEGINNING|PART|PART" of each line, and NULL. */
void tree_assert_problems (OcgConfigTree *tree, const char *const *lines);
/* The one reason why it is not valid, likewise. */
void tree_assert_invalid (OcgConfigTree *tree, const char *line);
