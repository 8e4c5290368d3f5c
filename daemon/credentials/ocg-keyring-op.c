/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-keyring-private.h"

#include "ocg-error.h"

static gboolean
op_on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  OcgKeyringOp *op = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&op->task);

  if (task != NULL)
    g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

OcgKeyringOp *
ocg_keyring_op_new (OcgKeyring *keyring, const char *profile, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data, gpointer tag)
{
  OcgKeyringOp *op = g_new0 (OcgKeyringOp, 1);

  op->keyring = g_object_ref (keyring);
  op->profile = g_strdup (profile);
  op->task = g_task_new (keyring, cancellable, callback, user_data);
  g_task_set_source_tag (op->task, tag);
  if (cancellable != NULL)
    {
      op->cancellable = g_object_ref (cancellable);
      op->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (op->cancel_source, G_SOURCE_FUNC (op_on_cancelled), op, NULL);
      g_source_attach (op->cancel_source, g_task_get_context (op->task));
    }
  return op;
}

void
ocg_keyring_op_free (OcgKeyringOp *op)
{
  if (op->cancel_source != NULL)
    {
      g_source_destroy (op->cancel_source);
      g_source_unref (op->cancel_source);
    }
  g_clear_object (&op->cancellable);
  g_clear_object (&op->task);
  g_clear_pointer (&op->session, ocg_secret_session_unref);
  g_clear_pointer (&op->secret, ocg_secret_unref);
  g_clear_pointer (&op->paths, g_ptr_array_unref);
  g_free (op->profile);
  g_free (op->path);
  g_free (op->origin);
  g_free (op->provider);
  g_free (op->kind);
  g_free (op->region);
  g_free (op->collection);
  g_object_unref (op->keyring);
  g_free (op);
}

void
ocg_keyring_op_return_error (OcgKeyringOp *op, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&op->task);

  if (g_error_matches (error, OCG_ERROR, OCG_ERROR_ACCESS_DENIED))
    error->code = OCG_ERROR_KEYRING_UNAVAILABLE;
  if (task != NULL)
    g_task_return_error (task, error);
  else
    g_error_free (error);
}

void
ocg_keyring_op_return_true (OcgKeyringOp *op)
{
  g_autoptr (GTask) task = g_steal_pointer (&op->task);

  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

gboolean
ocg_keyring_op_was_read (OcgKeyringOp *op, GAsyncResult *result)
{
  OcgKeyringList *list = ocg_keyring_get_list (op->keyring);
  GError *error = NULL;

  /* A result may come a turn of the main loop late, when the service has gone again. */
  if (ocg_keyring_list_read_finish (list, result, &error)
      && ocg_keyring_list_get_scan (list) == NULL)
    g_set_error (&error, OCG_ERROR, OCG_ERROR_KEYRING_UNAVAILABLE, "The Secret Service went away");
  if (error != NULL)
    ocg_keyring_op_return_error (op, error);
  return op->task != NULL;
}

static void
op_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OcgKeyringOp) op = user_data;
  OcgKeyringStep next = op->after_unlock;
  GError *error = NULL;

  if (!ocg_keyring_unlock_finish (result, &error))
    ocg_keyring_op_return_error (op, error);
  else
    next (g_steal_pointer (&op));
}

/* The collection; or those of our items that are locked though it is not, as KeePassXC has them
 * when it asks about each secret. All of them, so that there is one prompt for all who wait. */
static GStrv
find_locked_objects (const OcgKeyringScan *scan)
{
  g_autoptr (GStrvBuilder) objects = g_strv_builder_new ();

  if (scan->locked)
    g_strv_builder_add (objects, scan->collection);
  for (guint i = 0; !scan->locked && i < scan->entries->len; i++)
    {
      const OcgKeyringEntry *entry = scan->entries->pdata[i];

      if (entry->item.locked)
        g_strv_builder_add (objects, entry->path);
    }
  return g_strv_builder_end (objects);
}

void
ocg_keyring_op_unlock (OcgKeyringOp *op, OcgKeyringStep next)
{
  const OcgKeyringScan *scan = ocg_keyring_list_get_scan (ocg_keyring_get_list (op->keyring));
  g_auto (GStrv) objects = find_locked_objects (scan);

  if (op->unlock_tried)
    {
      ocg_keyring_op_return_error (
          op, g_error_new (OCG_ERROR, OCG_ERROR_KEYRING_LOCKED, "The keyring is still locked"));
      ocg_keyring_op_free (op);
      return;
    }

  op->unlock_tried = TRUE;
  op->after_unlock = next;
  ocg_keyring_unlock_async (ocg_keyring_get_unlock (op->keyring), (const char *const *) objects,
                            op->cancellable, op_unlocked, op);
}
