/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-secret-prompt.h"

#include "ocg-error.h"
#include "ocg-secret-bus.h"

/* What libsecret has for this makes a GDBusProxy synchronously, hence our own.
 *
 * Dismiss() is never called: gnome-keyring (42) runs into an assertion when a prompt for unlocking
 * that is on the screen, its caller's or anybody else's, is dismissed that way. */

/* Whoever went for a coffee may still answer; what hangs must not block a profile for ever. */
#define LIFETIME_MS (5 * 60 * 1000)

typedef struct
{
  char *path;
  guint completed_id;
  guint owner_id;
  guint timer;
  gboolean done;
} Prompt;

static void
prompt_free (Prompt *prompt)
{
  g_free (prompt->path);
  g_free (prompt);
}

gboolean
ocg_secret_prompt_is_possible (void)
{
  const char *x11 = g_getenv ("DISPLAY");
  const char *wayland = g_getenv ("WAYLAND_DISPLAY");

  return (x11 != NULL && *x11 != '\0') || (wayland != NULL && *wayland != '\0');
}

/* Whatever comes first ends the wait; TRUE for that one caller. The subscriptions hold references
 * to @task, so they go here. */
static gboolean
prompt_settle (GTask *task)
{
  GDBusConnection *bus = g_task_get_source_object (task);
  Prompt *prompt = g_task_get_task_data (task);

  if (prompt->done)
    return FALSE;

  prompt->done = TRUE;
  g_clear_handle_id (&prompt->timer, g_source_remove);
  g_dbus_connection_signal_unsubscribe (bus, prompt->completed_id);
  g_dbus_connection_signal_unsubscribe (bus, prompt->owner_id);
  return TRUE;
}

static void
prompt_on_completed (GDBusConnection *bus, const char *sender, const char *path,
                     const char *interface, const char *signal, GVariant *parameters,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (G_TASK (user_data));
  g_autoptr (GVariant) value = NULL;
  gboolean dismissed = TRUE;

  if (!prompt_settle (task))
    return;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(bv)")))
    g_variant_get (parameters, "(bv)", &dismissed, &value);
  if (dismissed)
    g_task_return_new_error (task, OCG_ERROR, OCG_ERROR_KEYRING_LOCKED,
                             "The keyring's prompt was dismissed");
  else
    g_task_return_pointer (task, g_steal_pointer (&value), (GDestroyNotify) g_variant_unref);
}

static void
prompt_on_owner_changed (GDBusConnection *bus, const char *sender, const char *path,
                         const char *interface, const char *signal, GVariant *parameters,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (G_TASK (user_data));

  if (prompt_settle (task))
    g_task_return_new_error (task, OCG_ERROR, OCG_ERROR_KEYRING_UNAVAILABLE,
                             "The Secret Service went away during its prompt");
}

static gboolean
prompt_on_timeout (gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (G_TASK (user_data));
  Prompt *prompt = g_task_get_task_data (task);

  prompt->timer = 0;
  if (prompt_settle (task))
    g_task_return_new_error (task, OCG_ERROR, OCG_ERROR_KEYRING_LOCKED,
                             "Nobody answered the keyring's prompt");
  return G_SOURCE_REMOVE;
}

static void
prompt_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = ocg_secret_bus_call_finish (G_DBUS_CONNECTION (source), result,
                                                           &error);

  /* From here on Completed is waited for. */
  if (reply == NULL && prompt_settle (task))
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
prompt_watch (GTask *task)
{
  GDBusConnection *bus = g_task_get_source_object (task);
  Prompt *prompt = g_task_get_task_data (task);

  prompt->completed_id = g_dbus_connection_signal_subscribe (
      bus, OCG_SECRET_BUS_NAME, OCG_SECRET_IFACE_PROMPT, "Completed", prompt->path, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, prompt_on_completed, g_object_ref (task), g_object_unref);
  prompt->owner_id = g_dbus_connection_signal_subscribe (
      bus, "org.freedesktop.DBus", "org.freedesktop.DBus", "NameOwnerChanged",
      "/org/freedesktop/DBus", OCG_SECRET_BUS_NAME, G_DBUS_SIGNAL_FLAGS_NONE,
      prompt_on_owner_changed, g_object_ref (task), g_object_unref);
  /* The subscriptions keep @task until it is settled, which ends this, too. */
  prompt->timer = g_timeout_add (LIFETIME_MS, prompt_on_timeout, task);
}

void
ocg_secret_prompt_async (GDBusConnection *bus, const char *path, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  const OcgSecretBusMethod show = { path, OCG_SECRET_IFACE_PROMPT, "Prompt", "()" };
  g_autoptr (GTask) task = g_task_new (bus, NULL, callback, user_data);
  Prompt *prompt = g_new0 (Prompt, 1);

  g_task_set_source_tag (task, ocg_secret_prompt_async);
  prompt->path = g_strdup (path);
  g_task_set_task_data (task, prompt, (GDestroyNotify) prompt_free);

  if (!ocg_secret_prompt_is_possible ())
    {
      g_task_return_new_error (task, OCG_ERROR, OCG_ERROR_KEYRING_LOCKED,
                               "The keyring wants to ask the user, and there is no display");
      return;
    }

  prompt_watch (task);
  ocg_secret_bus_call (bus, &show, g_variant_new ("(s)", ""), G_DBUS_CALL_FLAGS_NO_AUTO_START, NULL,
                       prompt_shown, g_steal_pointer (&task));
}

GVariant *
ocg_secret_prompt_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ocg_secret_prompt_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
