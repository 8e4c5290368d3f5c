/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Unlocks a collection, or items: one prompt, however many wait for it, and whoever gives up. */

#pragma once

#include <gio/gio.h>

typedef struct _OcgKeyringUnlock OcgKeyringUnlock;

OcgKeyringUnlock *ocg_keyring_unlock_new (GDBusConnection *bus);
void ocg_keyring_unlock_unref (OcgKeyringUnlock *self);

/* @objects: paths. Cancelling leaves the prompt to those who come later. */
void ocg_keyring_unlock_async (OcgKeyringUnlock *self, const char *const *objects,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
/* TRUE when they may be unlocked now. Errors: OCG_ERROR_KEYRING_LOCKED (at once when
 * there is no display, or when the user dismissed the prompt), OCG_ERROR_KEYRING_UNAVAILABLE,
 * G_IO_ERROR_CANCELLED. */
gboolean ocg_keyring_unlock_finish (GAsyncResult *result, GError **error);

/* Somebody else has unlocked it: nobody need wait any more. */
void ocg_keyring_unlock_settle (OcgKeyringUnlock *self);
