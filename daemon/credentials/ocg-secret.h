/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A secret string: reference counted, wiped when the last reference goes. */

#pragma once

#include <glib.h>

typedef struct _OcgSecret OcgSecret;

/* Copies @length bytes (-1: to the NUL); wiping the source is the caller's duty. */
OcgSecret *ocg_secret_new (const char *value, gssize length);
OcgSecret *ocg_secret_ref (OcgSecret *self);
void ocg_secret_unref (OcgSecret *self);
/* NUL-terminated. (transfer none) Never log it. */
const char *ocg_secret_peek (OcgSecret *self);

/* Overwrites @size bytes in a way that the compiler keeps. */
void ocg_secret_wipe (gpointer memory, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgSecret, ocg_secret_unref)
