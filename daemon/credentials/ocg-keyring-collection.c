/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-keyring-collection.h"

#include <string.h>

#include "ocg-error.h"
#include "ocg-secret-bus.h"

/* What is in it is gone when the user logs out, so it is nobody's only collection. */
#define SESSION_COLLECTION "/org/freedesktop/secrets/collection/session"

/* (nullable) */
static char *
choose_only_one (GVariant *paths, guint *count)
{
  g_autofree char *only = NULL;
  GVariantIter iter;
  const char *path;

  *count = 0;
  g_variant_iter_init (&iter, paths);
  while (g_variant_iter_next (&iter, "&o", &path))
    {
      if (strcmp (path, SESSION_COLLECTION) == 0)
        continue;
      if (++*count == 1)
        only = g_strdup (path);
    }
  return *count == 1 ? g_steal_pointer (&only) : NULL;
}

static void
got_collections (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  g_autoptr (GVariant) reply = ocg_secret_bus_call_finish (G_DBUS_CONNECTION (source), result,
                                                           &error);
  g_autoptr (GVariant) paths = NULL;
  char *path = NULL;
  guint count = 0;

  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_variant_get (reply, "(v)", &paths);
  if (g_variant_is_of_type (paths, G_VARIANT_TYPE ("ao")))
    path = choose_only_one (paths, &count);
  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_new_error (task, OCG_ERROR, OCG_ERROR_KEYRING_UNAVAILABLE,
                             "Secret Service: there is no default collection, and %u others",
                             count);
}

static void
got_alias (GObject *source, GAsyncResult *result, gpointer user_data)
{
  static const OcgSecretBusMethod get = { OCG_SECRET_BUS_PATH, OCG_SECRET_IFACE_PROPERTIES, "Get",
                                          "(v)" };
  g_autoptr (GTask) task = G_TASK (user_data);
  GDBusConnection *bus = G_DBUS_CONNECTION (source);
  GDBusCallFlags flags = (GDBusCallFlags) GPOINTER_TO_UINT (g_task_get_task_data (task));
  GError *error = NULL;
  g_autoptr (GVariant) reply = ocg_secret_bus_call_finish (bus, result, &error);
  const char *path = NULL;

  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_variant_get (reply, "(&o)", &path);
  if (strcmp (path, OCG_SECRET_BUS_NO_PATH) != 0)
    g_task_return_pointer (task, g_strdup (path), g_free);
  else
    ocg_secret_bus_call (bus, &get,
                         g_variant_new ("(ss)", OCG_SECRET_IFACE_SERVICE, "Collections"), flags,
                         NULL, got_collections, g_steal_pointer (&task));
}

void
ocg_keyring_collection_find_async (GDBusConnection *bus, GDBusCallFlags flags,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  static const OcgSecretBusMethod read_alias = { OCG_SECRET_BUS_PATH, OCG_SECRET_IFACE_SERVICE,
                                                 "ReadAlias", "(o)" };
  GTask *task = g_task_new (bus, NULL, callback, user_data);

  g_task_set_source_tag (task, ocg_keyring_collection_find_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (flags), NULL);
  ocg_secret_bus_call (bus, &read_alias, g_variant_new ("(s)", "default"), flags, NULL, got_alias,
                       task);
}

char *
ocg_keyring_collection_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ocg_keyring_collection_find_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
