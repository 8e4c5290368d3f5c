/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Tells when one of a set of files changes: written, replaced by another, made, removed, wherever a
 * symlink leads. Waits until the changes have come to rest. */

#pragma once

#include <glib.h>

typedef struct _OcgConfigWatch OcgConfigWatch;
typedef void (*OcgConfigWatchFunc) (gpointer user_data);

OcgConfigWatch *ocg_config_watch_new (OcgConfigWatchFunc changed, gpointer user_data);
void ocg_config_watch_free (OcgConfigWatch *self);

/* From now on these are watched, and what is in @folders. Files and folders need not be there. */
void ocg_config_watch_set (OcgConfigWatch *self, const char *const *files,
                           const char *const *folders);

/* Calls @changed once more in @ms. */
void ocg_config_watch_look_again (OcgConfigWatch *self, guint ms);
