/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The file on disk: reading it whole and replacing it whole. Blocks; functions return 0 or errno,
 * because the words are made by somebody who knows the language. */

#pragma once

#include <glib.h>
#include <sys/stat.h>

#define OCG_CONFIG_TEMPORARY_SUFFIX ".tmp-openclaw-gateway"

typedef struct
{
  gboolean exists;
  struct stat stat;
  char *text; /* ends with a zero byte after length; "" when there is no file */
  gsize length;
  char *hash; /* SHA-256, hex; "" when there is no file */
} OcgConfigFile;

void ocg_config_file_clear (OcgConfigFile *self);

/* A file that is not there is no error. */
int ocg_config_file_read (OcgConfigFile *self, const char *path);

/* Where the symlinks that start at @path end, even if nothing is there. */
int ocg_config_file_resolve (const char *path, char **target);

/* Opens the folder of @target and locks it against other gateways; EAGAIN when one is writing. */
int ocg_config_file_lock (const char *target, int *folder_fd);

/* A file is replaced in two steps, so that several can be as good as one; the folder is locked.
 * First @text goes into a temporary file beside @name, with the mode and owner of @old. ESTALE when
 * the file is no longer the one in @old. What fails leaves nothing behind. */
int ocg_config_file_prepare (int folder_fd, const char *name, const OcgConfigFile *old, GBytes *text);
/* Then the temporary file takes the place of @name, or is taken away when that fails. */
int ocg_config_file_put (int folder_fd, const char *name, const OcgConfigFile *old);
/* Or it is taken away. */
void ocg_config_file_drop (int folder_fd, const char *name);

/* Takes away what a gateway that was killed while writing has left. */
void ocg_config_file_remove_stale (const char *path);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OcgConfigFile, ocg_config_file_clear)
