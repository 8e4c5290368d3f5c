/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Storing and removing. */

#include "ocg-keyring.h"

#include <string.h>

#include "ocg-error.h"
#include "ocg-keyring-private.h"
#include "ocg-names.h"
#include "ocg-secret-bus.h"
#include "ocg-secret-prompt.h"

static void write_read (OcgKeyringOp *op);
static void write_delete_next (OcgKeyringOp *op);

static gboolean
op_stores (const OcgKeyringOp *op)
{
  return op->secret != NULL;
}

static void
write_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OcgKeyringOp) op = user_data;

  /* It is written, whatever the list could read. */
  ocg_keyring_list_read_finish (OCG_KEYRING_LIST (source), result, NULL);
  ocg_keyring_op_return_true (op);
}

/* A prompt for the deletion of what was replaced is not worth failing for: the newest item of a
 * profile is the one that counts. */
static void
write_deleted_one (OcgKeyringOp *op, GError *error)
{
  g_autoptr (OcgKeyringOp) owned = op;

  if (error != NULL && !op_stores (op) && !g_error_matches (error, OCG_ERROR, OCG_ERROR_NOT_FOUND))
    {
      ocg_keyring_op_return_error (op, error);
      return;
    }
  g_clear_error (&error);
  write_delete_next (g_steal_pointer (&owned));
}

static void
write_delete_prompted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  GVariant *value = ocg_secret_prompt_finish (result, &error);

  g_clear_pointer (&value, g_variant_unref);
  write_deleted_one (user_data, error);
}

static void
write_delete_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgKeyringOp *op = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) reply = ocg_secret_bus_call_finish (G_DBUS_CONNECTION (source), result,
                                                           &error);
  const char *prompt = OCG_SECRET_BUS_NO_PATH;

  if (reply != NULL)
    g_variant_get (reply, "(&o)", &prompt);
  if (strcmp (prompt, OCG_SECRET_BUS_NO_PATH) != 0)
    ocg_secret_prompt_async (G_DBUS_CONNECTION (source), prompt, write_delete_prompted, op);
  else
    write_deleted_one (op, error);
}

static void
write_delete_next (OcgKeyringOp *op)
{
  g_autofree char *path = NULL;
  OcgSecretBusMethod delete_item = { NULL, OCG_SECRET_IFACE_ITEM, "Delete", "(o)" };

  if (op->paths->len == 0)
    {
      ocg_keyring_forget_secrets (op->keyring);
      ocg_keyring_list_note_write (ocg_keyring_get_list (op->keyring));
      ocg_keyring_list_read_async (ocg_keyring_get_list (op->keyring), write_done, op);
      return;
    }

  path = g_ptr_array_steal_index (op->paths, op->paths->len - 1);
  delete_item.path = path;
  ocg_secret_bus_call (ocg_keyring_get_bus (op->keyring), &delete_item, NULL,
                       G_DBUS_CALL_FLAGS_NO_AUTO_START, NULL, write_delete_answered, op);
}

/* What had the same profile before goes, but not the item itself, which may have been reused. */
static void
store_created (OcgKeyringOp *op, const char *path)
{
  for (guint i = op->paths->len; i > 0; i--)
    if (strcmp (op->paths->pdata[i - 1], path) == 0)
      g_ptr_array_remove_index (op->paths, i - 1);
  write_delete_next (op);
}

static void
store_prompted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OcgKeyringOp) op = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) path = ocg_secret_prompt_finish (result, &error);

  if (error != NULL)
    ocg_keyring_op_return_error (op, error);
  else if (!g_variant_is_of_type (path, G_VARIANT_TYPE_OBJECT_PATH))
    ocg_keyring_op_return_error (op, g_error_new (OCG_ERROR, OCG_ERROR_KEYRING_UNAVAILABLE,
                                                  "Secret Service: no item came of its prompt"));
  else
    store_created (g_steal_pointer (&op), g_variant_get_string (path, NULL));
}

static void
store_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OcgKeyringOp) op = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) reply = ocg_secret_bus_call_finish (G_DBUS_CONNECTION (source), result,
                                                           &error);
  const char *path;
  const char *prompt;

  if (reply != NULL)
    {
      g_variant_get (reply, "(&o&o)", &path, &prompt);
      if (strcmp (prompt, OCG_SECRET_BUS_NO_PATH) == 0)
        store_created (g_steal_pointer (&op), path);
      else
        ocg_secret_prompt_async (G_DBUS_CONNECTION (source), prompt, store_prompted,
                                 g_steal_pointer (&op));
      return;
    }

  if (error->code == OCG_ERROR_NOT_FOUND)
    ocg_keyring_drop_session (op->keyring);
  if (error->code != OCG_ERROR_KEYRING_UNAVAILABLE && error->code != OCG_ERROR_ACCESS_DENIED
      && ++op->tries < OCG_KEYRING_MAX_TRIES)
    {
      g_error_free (error);
      write_read (g_steal_pointer (&op));
      return;
    }
  if (error->code == OCG_ERROR_NOT_FOUND)
    error->code = OCG_ERROR_KEYRING_UNAVAILABLE;
  ocg_keyring_op_return_error (op, error);
}

static GVariant *
store_properties (const OcgKeyringOp *op)
{
  g_autofree char *label = g_strconcat (OCG_SECRET_LABEL, op->profile, NULL);
  GVariantBuilder attributes;
  GVariantBuilder properties;

  g_variant_builder_init (&attributes, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&attributes, "{ss}", "xdg:schema", OCG_SECRET_SCHEMA);
  g_variant_builder_add (&attributes, "{ss}", "generation", OCG_SECRET_GENERATION);
  g_variant_builder_add (&attributes, "{ss}", "profile", op->profile);
  g_variant_builder_add (&attributes, "{ss}", "provider", op->provider);
  g_variant_builder_add (&attributes, "{ss}", "kind", op->kind);
  g_variant_builder_add (&attributes, "{ss}", "origin", op->origin);
  if (op->region != NULL)
    g_variant_builder_add (&attributes, "{ss}", "region", op->region);

  g_variant_builder_init (&properties, G_VARIANT_TYPE ("a{sv}"));
  g_variant_builder_add (&properties, "{sv}", OCG_SECRET_IFACE_ITEM ".Label",
                         g_variant_new_string (label));
  g_variant_builder_add (&properties, "{sv}", OCG_SECRET_IFACE_ITEM ".Attributes",
                         g_variant_builder_end (&attributes));
  return g_variant_builder_end (&properties);
}

static void
store_create (OcgKeyringOp *op)
{
  const OcgSecretBusMethod create = { op->collection, OCG_SECRET_IFACE_COLLECTION, "CreateItem",
                                      "(oo)" };

  if (op->task == NULL)
    {
      ocg_keyring_op_free (op);
      return;
    }
  ocg_secret_bus_call (ocg_secret_session_get_bus (op->session), &create,
                       g_variant_new ("(@a{sv}@(oayays)b)", store_properties (op),
                                      ocg_secret_session_encode (op->session, op->secret), TRUE),
                       G_DBUS_CALL_FLAGS_NO_AUTO_START, NULL, store_answered, op);
}

/* Notes where @op happens. Returns whether something of it is locked. */
static gboolean
write_look (OcgKeyringOp *op)
{
  OcgKeyringList *list = ocg_keyring_get_list (op->keyring);
  const OcgKeyringScan *scan = ocg_keyring_list_get_scan (list);
  gboolean locked = op_stores (op) ? scan->locked : scan->opaque;

  ocg_keyring_list_find (list, op->profile); /* gives the name to those that have hashes only */
  g_free (op->collection);
  op->collection = g_strdup (scan->collection);
  g_ptr_array_set_size (op->paths, 0);
  for (guint i = 0; i < scan->entries->len; i++)
    {
      const OcgKeyringEntry *entry = scan->entries->pdata[i];

      if (g_strcmp0 (entry->item.profile, op->profile) != 0)
        continue;
      g_ptr_array_add (op->paths, g_strdup (entry->path));
      locked = locked || entry->item.locked;
    }
  return locked;
}

static void
write_was_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OcgKeyringOp) op = user_data;

  if (!ocg_keyring_op_was_read (op, result))
    return;

  if (write_look (op))
    ocg_keyring_op_unlock (g_steal_pointer (&op), write_read);
  else if (op_stores (op))
    ocg_keyring_op_open_session (g_steal_pointer (&op), store_create);
  else if (op->paths->len > 0)
    write_delete_next (g_steal_pointer (&op));
  else
    ocg_keyring_op_return_error (op, g_error_new (OCG_ERROR, OCG_ERROR_NOT_FOUND,
                                                  "The keyring has no item for %s", op->profile));
}

static void
write_read (OcgKeyringOp *op)
{
  ocg_keyring_list_read_async (ocg_keyring_get_list (op->keyring), write_was_read, op);
}

void
ocg_keyring_store_async (OcgKeyring *self, const OcgKeyringItem *item, OcgSecret *secret,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  OcgKeyringOp *op;

  g_return_if_fail (item->profile != NULL && item->provider != NULL && item->kind != NULL
                    && item->origin != NULL);

  op = ocg_keyring_op_new (self, item->profile, cancellable, callback, user_data,
                           ocg_keyring_store_async);
  op->provider = g_strdup (item->provider);
  op->kind = g_strdup (item->kind);
  op->origin = g_strdup (item->origin);
  op->region = g_strdup (item->region);
  op->secret = ocg_secret_ref (secret);
  op->paths = g_ptr_array_new_with_free_func (g_free);
  write_read (op);
}

gboolean
ocg_keyring_store_finish (OcgKeyring *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ocg_keyring_store_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ocg_keyring_remove_async (OcgKeyring *self, const char *profile, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  OcgKeyringOp *op = ocg_keyring_op_new (self, profile, cancellable, callback, user_data,
                                         ocg_keyring_remove_async);

  op->paths = g_ptr_array_new_with_free_func (g_free);
  write_read (op);
}

gboolean
ocg_keyring_remove_finish (OcgKeyring *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ocg_keyring_remove_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
