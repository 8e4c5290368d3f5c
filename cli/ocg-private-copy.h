/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A copy of a file for an editor. It may hold secrets: only the user can reach it, and it goes away
 * with all that the editor puts beside it, unless it is kept on purpose. */

#pragma once

#include <glib.h>

typedef struct _OcgPrivateCopy OcgPrivateCopy;

/* @name: as the file is called, so that editors know what it is; @text: a sealed file. */
OcgPrivateCopy *ocg_private_copy_new (const char *name, int text, GError **error);
/* Removes it. */
void ocg_private_copy_free (OcgPrivateCopy *self);
/* It stays where it is when this is freed. */
void ocg_private_copy_keep (OcgPrivateCopy *self);

/* (transfer none) */
const char *ocg_private_copy_get_path (OcgPrivateCopy *self);
/* What it holds now, as a sealed file of the caller's own, or -1. */
int ocg_private_copy_read (OcgPrivateCopy *self, gsize max_size, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgPrivateCopy, ocg_private_copy_free)
