/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-secret-bus.h"

#include "ocg-error.h"

void
ocg_secret_bus_call (GDBusConnection *bus, const OcgSecretBusMethod *method, GVariant *arguments,
                     GDBusCallFlags flags, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_dbus_connection_call (bus, OCG_SECRET_BUS_NAME, method->path, method->interface, method->method,
                          arguments, G_VARIANT_TYPE (method->reply_type), flags,
                          OCG_SECRET_BUS_TIMEOUT_MS, cancellable, callback, user_data);
}

static int
error_code (const GError *error, const char *remote)
{
  if (g_strcmp0 (remote, "org.freedesktop.Secret.Error.IsLocked") == 0)
    return OCG_ERROR_KEYRING_LOCKED;
  if (g_strcmp0 (remote, "org.freedesktop.Secret.Error.NoSuchObject") == 0
      || g_strcmp0 (remote, "org.freedesktop.Secret.Error.NoSession") == 0
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_INTERFACE))
    return OCG_ERROR_NOT_FOUND;
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_FAILED))
    return OCG_ERROR_ACCESS_DENIED;
  return OCG_ERROR_KEYRING_UNAVAILABLE;
}

GVariant *
ocg_secret_bus_call_finish (GDBusConnection *bus, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *remote = NULL;
  GVariant *reply = g_dbus_connection_call_finish (bus, result, &local);

  if (reply != NULL)
    return reply;
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  remote = g_dbus_error_get_remote_error (local);
  g_dbus_error_strip_remote_error (local);
  g_set_error (error, OCG_ERROR, error_code (local, remote), "Secret Service: %s", local->message);
  return NULL;
}
