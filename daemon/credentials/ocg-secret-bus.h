/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Calls to the Secret Service that end after two seconds at the latest. */

#pragma once

#include <gio/gio.h>

#define OCG_SECRET_BUS_NAME "org.freedesktop.secrets"
#define OCG_SECRET_BUS_PATH "/org/freedesktop/secrets"
#define OCG_SECRET_IFACE_SERVICE "org.freedesktop.Secret.Service"
#define OCG_SECRET_IFACE_COLLECTION "org.freedesktop.Secret.Collection"
#define OCG_SECRET_IFACE_ITEM "org.freedesktop.Secret.Item"
#define OCG_SECRET_IFACE_PROMPT "org.freedesktop.Secret.Prompt"
#define OCG_SECRET_IFACE_PROPERTIES "org.freedesktop.DBus.Properties"

/* Below the two seconds in which the user is told, so that starting fits in too. */
#define OCG_SECRET_BUS_TIMEOUT_MS 1500

/* What stands for "no object" and "no prompt needed". */
#define OCG_SECRET_BUS_NO_PATH "/"

typedef struct
{
  const char *path;
  const char *interface;
  const char *method;
  const char *reply_type; /* a GVariant type string */
} OcgSecretBusMethod;

/* @arguments: floating or NULL. @flags: G_DBUS_CALL_FLAGS_NO_AUTO_START leaves a service alone that
 * does not run. */
void ocg_secret_bus_call (GDBusConnection *bus, const OcgSecretBusMethod *method,
                          GVariant *arguments, GDBusCallFlags flags, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);

/* Errors: OCG_ERROR_KEYRING_LOCKED, OCG_ERROR_NOT_FOUND (no such object or session),
 * OCG_ERROR_ACCESS_DENIED (the service will not), G_IO_ERROR_CANCELLED, and
 * OCG_ERROR_KEYRING_UNAVAILABLE for all others. */
GVariant *ocg_secret_bus_call_finish (GDBusConnection *bus, GAsyncResult *result, GError **error);
