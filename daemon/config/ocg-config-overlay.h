/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The files on disk with new texts for some of them, which are not written yet. Remembers what it has
 * read, so that a tree can be read over and over and a file is always the same. Blocks. */

#pragma once

#include "ocg-config-file.h"

typedef struct _OcgConfigOverlay OcgConfigOverlay;

OcgConfigOverlay *ocg_config_overlay_new (void);
void ocg_config_overlay_free (OcgConfigOverlay *self);

/* An OcgConfigReadFunc; @user_data: the overlay. */
int ocg_config_overlay_read (OcgConfigFile *file, const char *path, gpointer user_data);

/* From now on @path holds these bytes. */
void ocg_config_overlay_set_text (OcgConfigOverlay *self, const char *path, const char *text,
                                  gsize length);

/* Of char*, borrowed, sorted: the files whose new text is another than the old one. */
GPtrArray *ocg_config_overlay_get_changed (OcgConfigOverlay *self);
/* As it was read from the disk. (nullable) */
const OcgConfigFile *ocg_config_overlay_get_old (OcgConfigOverlay *self, const char *path);
/* Why it could not be read: errno, or 0. */
int ocg_config_overlay_get_error (OcgConfigOverlay *self, const char *path);
/* The new text. (nullable) */
GBytes *ocg_config_overlay_get_text (OcgConfigOverlay *self, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgConfigOverlay, ocg_config_overlay_free)
