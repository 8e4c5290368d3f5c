/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The newest reading of the default collection, read anew when the service's signals say so.
 *
 * Signals: "changed" when the items or their states are others than before; "secrets-changed" when
 * they are the same, but something has happened to one of them; "touched" (gboolean
 * service_changed) when a secret that was fetched before may not be the right one any more. */

#pragma once

#include "ocg-keyring-scan.h"

#define OCG_TYPE_KEYRING_LIST (ocg_keyring_list_get_type ())
G_DECLARE_FINAL_TYPE (OcgKeyringList, ocg_keyring_list, OCG, KEYRING_LIST, GObject)

OcgKeyringList *ocg_keyring_list_new (GDBusConnection *bus);

/* Reads the collection, in a reading that begins after this call; starts the service if need be. */
void ocg_keyring_list_read_async (OcgKeyringList *self, GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean ocg_keyring_list_read_finish (OcgKeyringList *self, GAsyncResult *result, GError **error);

/* Of OcgKeyringItem*, one a profile, sorted. (transfer none) until anything else is called here */
GPtrArray *ocg_keyring_list_get_items (OcgKeyringList *self);
/* (transfer none) (nullable) NULL without a usable collection */
const OcgKeyringScan *ocg_keyring_list_get_scan (OcgKeyringList *self);
/* (transfer none) (nullable) the newest item of @profile */
const OcgKeyringEntry *ocg_keyring_list_find (OcgKeyringList *self, const char *profile);

/* Something of ours has been written, whether or not the service says so. */
void ocg_keyring_list_note_write (OcgKeyringList *self);
/* Whether there is no collection now, but was one with a profile of @provider in it. */
gboolean ocg_keyring_list_remembers (OcgKeyringList *self, const char *provider);

/* Goes up when something happened to one of our items. */
guint64 ocg_keyring_list_get_epoch (OcgKeyringList *self);
/* Whether nothing has since it was read. */
gboolean ocg_keyring_list_is_fresh (OcgKeyringList *self);
