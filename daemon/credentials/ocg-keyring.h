/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Our items in the default collection of the Secret Service, or in its only one. Knows in memory
 * which profiles exist and tells when that changes; secrets are fetched when they are needed.
 *
 * Signals: "changed", of what is known in memory; "secrets-changed", when that is as it was, but
 * something has happened to an item of ours.
 *
 * Three states, three errors: OCG_ERROR_CREDENTIAL_MISSING (no such item), OCG_ERROR_KEYRING_LOCKED
 * (locked and nobody unlocked it), OCG_ERROR_KEYRING_UNAVAILABLE (no service, no collection that is
 * the default or the only one, a "plain" session, or no answer in two seconds). Messages here are
 * for logs: callers make the translated ones from the code. */

#pragma once

#include <gio/gio.h>

#include "ocg-secret.h"

#define OCG_TYPE_KEYRING (ocg_keyring_get_type ())
G_DECLARE_FINAL_TYPE (OcgKeyring, ocg_keyring, OCG, KEYRING, GObject)

/* What the attributes of an item say. No secret is among them. */
typedef struct
{
  char *profile;  /* "provider:name" */
  char *provider;
  char *kind;     /* (nullable) api_key, token, oauth */
  char *origin;   /* (nullable) scheme://host:port it was stored for; some locked ones hide it */
  char *region;   /* (nullable) the provider's region that it is for, where somebody said so */
  gboolean locked;
} OcgKeyringItem;

/* @connection: the shared one of the session bus, as libsecret uses that, too. */
OcgKeyring *ocg_keyring_new (GDBusConnection *connection);

/* Reads which profiles exist; never fails: with no usable keyring there are none. Two seconds at
 * most. Afterwards the service's signals keep the list right. "changed" is emitted when it is. */
void ocg_keyring_start_async (OcgKeyring *self, GAsyncReadyCallback callback, gpointer user_data);
void ocg_keyring_start_finish (OcgKeyring *self, GAsyncResult *result);

/* Of OcgKeyringItem*, sorted by profile. (transfer none) until another function of this object is
 * called or the main loop runs. An item whose name is not known yet is missing: a collection that
 * is locked since its service started tells hashes only, and ocg_keyring_find() solves them. */
GPtrArray *ocg_keyring_get_items (OcgKeyring *self);
/* The item of @profile. (transfer none) as above (nullable) */
const OcgKeyringItem *ocg_keyring_find (OcgKeyring *self, const char *profile);
/* Whether there was a service with a default collection when last looked at. */
gboolean ocg_keyring_is_there (OcgKeyring *self);
/* Whether there is none now, but was one with a profile of @provider in it. */
gboolean ocg_keyring_remembers (OcgKeyring *self, const char *provider);
/* Whether the default collection was there and locked when last seen. */
gboolean ocg_keyring_is_locked (OcgKeyring *self);

/* Fetches the secret of @profile. A locked collection is unlocked through the desktop's prompt when
 * there is a display; without one the answer is OCG_ERROR_KEYRING_LOCKED within two seconds. */
void ocg_keyring_lookup_async (OcgKeyring *self, const char *profile, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
/* The same without a prompt: what is locked is OCG_ERROR_KEYRING_LOCKED. */
void ocg_keyring_lookup_quietly_async (OcgKeyring *self, const char *profile,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);
/* @origin: (out) (nullable) what the secret is bound to. When cancelled, G_IO_ERROR_CANCELLED. */
OcgSecret *ocg_keyring_lookup_finish (OcgKeyring *self, GAsyncResult *result, char **origin,
                                      GError **error);

/* Stores @secret, replacing the item with the same profile. @item->locked is not looked at. */
void ocg_keyring_store_async (OcgKeyring *self, const OcgKeyringItem *item, OcgSecret *secret,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean ocg_keyring_store_finish (OcgKeyring *self, GAsyncResult *result, GError **error);

/* OCG_ERROR_NOT_FOUND when there is no such item. */
void ocg_keyring_remove_async (OcgKeyring *self, const char *profile, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
gboolean ocg_keyring_remove_finish (OcgKeyring *self, GAsyncResult *result, GError **error);
