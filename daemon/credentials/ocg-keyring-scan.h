/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the default collection holds of ours, as one reading of it finds it. */

#pragma once

#include "ocg-keyring.h"

/* Items carry it as an attribute; another way of storing secrets raises it. It is what we search
 * by: a collection that is locked since its service started finds nothing by schema. */
#define OCG_SECRET_GENERATION "1"

/* Labels are this and the profile. */
#define OCG_SECRET_LABEL "OpenClaw Gateway: "

typedef struct
{
  OcgKeyringItem item; /* item.profile is NULL while only hashes are known */
  char *path;
  guint64 modified;
  GHashTable *hashes; /* (nullable) attribute name -> MD5 of its value, in hex */
} OcgKeyringEntry;

typedef struct
{
  char *collection; /* object path */
  gboolean locked;
  gboolean opaque;    /* locked, and nothing that is in it can be seen */
  GPtrArray *entries; /* of OcgKeyringEntry, by profile, the newest first */
} OcgKeyringScan;

/* @flags: as in ocg_secret_bus_call() */
void ocg_keyring_scan_async (GDBusConnection *bus, GDBusCallFlags flags,
                             GAsyncReadyCallback callback, gpointer user_data);
/* Error: OCG_ERROR_KEYRING_UNAVAILABLE. */
OcgKeyringScan *ocg_keyring_scan_finish (GAsyncResult *result, GError **error);
void ocg_keyring_scan_free (OcgKeyringScan *self);

/* Whether it is the item of @profile. One of which only hashes are known takes the name if so. */
gboolean ocg_keyring_entry_is (OcgKeyringEntry *self, const char *profile);
gint ocg_keyring_entry_compare (gconstpointer a, gconstpointer b); /* of OcgKeyringEntry** */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgKeyringScan, ocg_keyring_scan_free)
