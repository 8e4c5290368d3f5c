/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Files in memory, for trees of configuration: also those that one file may not hold on disk. */

#pragma once

#include "config/ocg-config-tree.h"

/* Path -> text; one that is NULL cannot be read (EACCES). */
typedef GHashTable MemoryFiles;

MemoryFiles *memory_files_new (void);
/* Names and texts by turns, "NAME" being below /m/, and NULL. */
MemoryFiles *memory_files_new_with (const char *name, ...) G_GNUC_NULL_TERMINATED;
void memory_files_set (MemoryFiles *self, const char *path, const char *text);

/* Of main.json */
OcgConfigTree *memory_files_load (MemoryFiles *self);
int memory_files_read (OcgConfigFile *file, const char *path, gpointer self);

/* Edits the file that @target of @tree names: sets @value, or takes away what is there when it is
 * NULL. FALSE when it cannot be done. */
gboolean memory_files_apply (MemoryFiles *self, OcgConfigTree *tree, const OcgConfigTarget *target,
                             JsonNode *value);
