/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Looks through the files in which credentials stand as plain text, and takes one out of .env.
 * Blocks: for worker threads. */

#pragma once

#include "../config/ocg-config-files.h"
#include "ocg-plaintext.h"

#define OCG_PLAINTEXT_MAX_SIZE (1024 * 1024) /* of a file, in bytes; .env and openclaw.json have
                                                their own */
#define OCG_PLAINTEXT_MAX_FILES 200          /* auth-profiles.json of agents */

typedef struct
{
  GPtrArray *finds;    /* of OcgPlaintext */
  OcgConfigTree *tree; /* openclaw.json as it was then */
} OcgPlaintextFiles;

/* @variables: as in ocg-plaintext-settings.h */
OcgPlaintextFiles *ocg_plaintext_files_new (const OcgConfigPaths *paths, GHashTable *variables);
void ocg_plaintext_files_free (OcgPlaintextFiles *self);

/* Takes the lines out of the .env at @path that set the variables of @finds (of OcgPlaintext) to
 * their secrets; every other byte stays. 0 or errno. */
int ocg_plaintext_files_remove_lines (const char *path, GPtrArray *finds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgPlaintextFiles, ocg_plaintext_files_free)
