/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-keyring-unlock.h"

#include "ocg-error.h"
#include "ocg-secret-bus.h"
#include "ocg-secret-prompt.h"

/* gnome-keyring tells nobody when a prompt ends because its dialog crashed. One this old, in µs, is
 * not relied upon any more. */
#define PROMPT_LIFETIME (120 * G_USEC_PER_SEC)

struct _OcgKeyringUnlock
{
  GDBusConnection *bus;
  GPtrArray *waiters; /* of GTask */
  gint64 asked_at;    /* monotonic; 0 while no Unlock() is under way */
};

/* The task data of a waiter. */
typedef struct
{
  OcgKeyringUnlock *unlock;
  GSource *cancel_source; /* (nullable) */
} Waiter;

OcgKeyringUnlock *
ocg_keyring_unlock_new (GDBusConnection *bus)
{
  OcgKeyringUnlock *self = g_rc_box_new0 (OcgKeyringUnlock);

  self->bus = g_object_ref (bus);
  self->waiters = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

static void
unlock_clear (gpointer data)
{
  OcgKeyringUnlock *self = data;

  g_ptr_array_unref (self->waiters);
  g_object_unref (self->bus);
}

void
ocg_keyring_unlock_unref (OcgKeyringUnlock *self)
{
  g_rc_box_release_full (self, unlock_clear);
}

static void
waiter_stop (Waiter *waiter)
{
  if (waiter->cancel_source == NULL)
    return;
  g_source_destroy (waiter->cancel_source);
  g_clear_pointer (&waiter->cancel_source, g_source_unref);
}

static void
waiter_free (Waiter *waiter)
{
  waiter_stop (waiter);
  ocg_keyring_unlock_unref (waiter->unlock);
  g_free (waiter);
}

static gboolean
waiter_on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (G_TASK (user_data));
  Waiter *waiter = g_task_get_task_data (task);
  OcgKeyringUnlock *self = waiter->unlock;

  waiter_stop (waiter);
  g_ptr_array_remove (self->waiters, task);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

/* @error: (nullable) what all who wait get */
static void
unlock_answer (OcgKeyringUnlock *self, const GError *error)
{
  g_autoptr (GPtrArray) waiters = g_steal_pointer (&self->waiters);

  self->waiters = g_ptr_array_new_with_free_func (g_object_unref);
  self->asked_at = 0;
  for (guint i = 0; i < waiters->len; i++)
    {
      GTask *task = waiters->pdata[i];

      waiter_stop (g_task_get_task_data (task));
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

void
ocg_keyring_unlock_settle (OcgKeyringUnlock *self)
{
  unlock_answer (self, NULL);
}

static void
unlock_prompted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgKeyringUnlock *self = user_data;
  g_autoptr (GError) error = NULL;
  GVariant *value = ocg_secret_prompt_finish (result, &error);

  g_clear_pointer (&value, g_variant_unref);
  unlock_answer (self, error);
  ocg_keyring_unlock_unref (self);
}

static void
unlock_replied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgKeyringUnlock *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = ocg_secret_bus_call_finish (self->bus, result, &error);
  const char *prompt = OCG_SECRET_BUS_NO_PATH;

  if (reply != NULL)
    g_variant_get (reply, "(ao&o)", NULL, &prompt);
  else if (g_error_matches (error, OCG_ERROR, OCG_ERROR_NOT_FOUND))
    error->code = OCG_ERROR_KEYRING_UNAVAILABLE;

  if (g_strcmp0 (prompt, OCG_SECRET_BUS_NO_PATH) != 0)
    {
      ocg_secret_prompt_async (self->bus, prompt, unlock_prompted, self);
      return;
    }
  unlock_answer (self, error);
  ocg_keyring_unlock_unref (self);
}

static void
unlock_begin (OcgKeyringUnlock *self, const char *const *objects)
{
  const OcgSecretBusMethod unlock = { OCG_SECRET_BUS_PATH, OCG_SECRET_IFACE_SERVICE, "Unlock",
                                      "(aoo)" };

  self->asked_at = g_get_monotonic_time ();
  ocg_secret_bus_call (self->bus, &unlock, g_variant_new ("(^ao)", objects),
                       G_DBUS_CALL_FLAGS_NONE, NULL, unlock_replied, g_rc_box_acquire (self));
}

void
ocg_keyring_unlock_async (OcgKeyringUnlock *self, const char *const *objects,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Waiter *waiter = g_new0 (Waiter, 1);

  g_task_set_source_tag (task, ocg_keyring_unlock_async);
  waiter->unlock = g_rc_box_acquire (self);
  g_task_set_task_data (task, waiter, (GDestroyNotify) waiter_free);

  if (!ocg_secret_prompt_is_possible ())
    {
      g_task_return_new_error (task, OCG_ERROR, OCG_ERROR_KEYRING_LOCKED,
                               "The keyring is locked, and there is no display to ask on");
      g_object_unref (task);
      return;
    }

  if (cancellable != NULL)
    {
      waiter->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (waiter->cancel_source, G_SOURCE_FUNC (waiter_on_cancelled), task,
                             NULL);
      g_source_attach (waiter->cancel_source, g_task_get_context (task));
    }
  g_ptr_array_add (self->waiters, task);
  if (self->asked_at == 0 || g_get_monotonic_time () - self->asked_at > PROMPT_LIFETIME)
    unlock_begin (self, objects);
}

gboolean
ocg_keyring_unlock_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ocg_keyring_unlock_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
