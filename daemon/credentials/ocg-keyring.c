/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-keyring.h"

#include "ocg-error.h"
#include "ocg-keyring-private.h"
#include "ocg-secret-bus.h"

/* How long a fetched secret serves other lookups. gnome-keyring (42) signals locking, deletion and
 * replacement, but says nothing when SetSecret() gives an item another secret, as Seahorse does. */
#define REMEMBER_MS 1000

enum
{
  SIGNAL_CHANGED,
  SIGNAL_SECRETS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  OcgSecret *secret;
  char *origin;
} Remembered;

typedef struct
{
  OcgKeyringOp *op;
  OcgKeyringStep next;
} SessionWaiter;

struct _OcgKeyring
{
  GObject parent_instance;

  GDBusConnection *bus;
  OcgKeyringList *list;
  OcgKeyringUnlock *unlock;

  OcgSecretSession *session; /* (nullable) */
  gboolean opening;
  GArray *session_waiters; /* of SessionWaiter */

  GHashTable *remembered; /* profile -> Remembered */
  guint forget_id;
};

G_DEFINE_FINAL_TYPE (OcgKeyring, ocg_keyring, G_TYPE_OBJECT)

static void
remembered_free (Remembered *remembered)
{
  ocg_secret_unref (remembered->secret);
  g_free (remembered->origin);
  g_free (remembered);
}

void
ocg_keyring_forget_secrets (OcgKeyring *self)
{
  g_clear_handle_id (&self->forget_id, g_source_remove);
  g_hash_table_remove_all (self->remembered);
}

static gboolean
keyring_on_forget (gpointer user_data)
{
  OcgKeyring *self = user_data;

  self->forget_id = 0;
  g_hash_table_remove_all (self->remembered);
  return G_SOURCE_REMOVE;
}

static void
keyring_remember (OcgKeyring *self, const char *profile, OcgSecret *secret, const char *origin)
{
  Remembered *remembered = g_new0 (Remembered, 1);

  remembered->secret = ocg_secret_ref (secret);
  remembered->origin = g_strdup (origin);
  g_hash_table_replace (self->remembered, g_strdup (profile), remembered);
  if (self->forget_id == 0)
    self->forget_id = g_timeout_add (REMEMBER_MS, keyring_on_forget, self);
}

void
ocg_keyring_drop_session (OcgKeyring *self)
{
  g_clear_pointer (&self->session, ocg_secret_session_unref);
}

static void
keyring_on_touched (OcgKeyring *self, gboolean service_changed)
{
  ocg_keyring_forget_secrets (self);
  if (service_changed)
    ocg_keyring_drop_session (self);
}

/* Of the collection, or of the items where those are locked one by one. */
static gboolean
keyring_has_locked (OcgKeyring *self)
{
  GPtrArray *items = ocg_keyring_get_items (self);

  for (guint i = 0; i < items->len; i++)
    if (((OcgKeyringItem *) items->pdata[i])->locked)
      return TRUE;
  return ocg_keyring_is_locked (self);
}

static void
keyring_on_changed (OcgKeyring *self)
{
  if (!keyring_has_locked (self))
    ocg_keyring_unlock_settle (self->unlock);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
keyring_on_secrets_changed (OcgKeyring *self)
{
  g_signal_emit (self, signals[SIGNAL_SECRETS_CHANGED], 0);
}

static void
ocg_keyring_init (OcgKeyring *self)
{
  self->session_waiters = g_array_new (FALSE, FALSE, sizeof (SessionWaiter));
  self->remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) remembered_free);
}

static void
ocg_keyring_finalize (GObject *object)
{
  OcgKeyring *self = OCG_KEYRING (object);

  ocg_keyring_forget_secrets (self);
  ocg_keyring_drop_session (self);
  g_hash_table_unref (self->remembered);
  g_array_unref (self->session_waiters);
  ocg_keyring_unlock_unref (self->unlock);
  g_object_unref (self->list);
  g_object_unref (self->bus);
  G_OBJECT_CLASS (ocg_keyring_parent_class)->finalize (object);
}

static void
ocg_keyring_class_init (OcgKeyringClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ocg_keyring_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", OCG_TYPE_KEYRING, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SECRETS_CHANGED] = g_signal_new ("secrets-changed", OCG_TYPE_KEYRING,
                                                  G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                  G_TYPE_NONE, 0);
}

OcgKeyring *
ocg_keyring_new (GDBusConnection *connection)
{
  OcgKeyring *self = g_object_new (OCG_TYPE_KEYRING, NULL);

  self->bus = g_object_ref (connection);
  self->unlock = ocg_keyring_unlock_new (connection);
  self->list = ocg_keyring_list_new (connection);
  g_signal_connect_object (self->list, "changed", G_CALLBACK (keyring_on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "secrets-changed",
                           G_CALLBACK (keyring_on_secrets_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "touched", G_CALLBACK (keyring_on_touched), self,
                           G_CONNECT_SWAPPED);
  return self;
}

static void
start_was_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;

  if (!ocg_keyring_list_read_finish (OCG_KEYRING_LIST (source), result, &error))
    g_info ("Stored keys cannot be used now: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

void
ocg_keyring_start_async (OcgKeyring *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, ocg_keyring_start_async);
  ocg_keyring_list_read_async (self->list, start_was_read, task);
}

void
ocg_keyring_start_finish (OcgKeyring *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));
  g_task_propagate_boolean (G_TASK (result), NULL);
}

GPtrArray *
ocg_keyring_get_items (OcgKeyring *self)
{
  return ocg_keyring_list_get_items (self->list);
}

const OcgKeyringItem *
ocg_keyring_find (OcgKeyring *self, const char *profile)
{
  const OcgKeyringEntry *entry = ocg_keyring_list_find (self->list, profile);

  return entry != NULL ? &entry->item : NULL;
}

gboolean
ocg_keyring_is_there (OcgKeyring *self)
{
  return ocg_keyring_list_get_scan (self->list) != NULL;
}

gboolean
ocg_keyring_remembers (OcgKeyring *self, const char *provider)
{
  return ocg_keyring_list_remembers (self->list, provider);
}

gboolean
ocg_keyring_is_locked (OcgKeyring *self)
{
  const OcgKeyringScan *scan = ocg_keyring_list_get_scan (self->list);

  return scan != NULL && scan->locked;
}

OcgKeyringList *
ocg_keyring_get_list (OcgKeyring *self)
{
  return self->list;
}

OcgKeyringUnlock *
ocg_keyring_get_unlock (OcgKeyring *self)
{
  return self->unlock;
}

GDBusConnection *
ocg_keyring_get_bus (OcgKeyring *self)
{
  return self->bus;
}

static void
session_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OcgKeyring) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) waiters = g_steal_pointer (&self->session_waiters);
  g_autoptr (OcgSecretSession) session = ocg_secret_session_open_finish (result, &error);

  self->session_waiters = g_array_new (FALSE, FALSE, sizeof (SessionWaiter));
  self->opening = FALSE;
  if (session != NULL)
    self->session = ocg_secret_session_ref (session);
  for (guint i = 0; i < waiters->len; i++)
    {
      SessionWaiter *waiter = &g_array_index (waiters, SessionWaiter, i);
      g_autoptr (OcgKeyringOp) op = waiter->op;

      if (session == NULL)
        {
          ocg_keyring_op_return_error (op, g_error_copy (error));
          continue;
        }
      op->session = ocg_secret_session_ref (session);
      waiter->next (g_steal_pointer (&op));
    }
}

void
ocg_keyring_op_open_session (OcgKeyringOp *op, OcgKeyringStep next)
{
  OcgKeyring *self = op->keyring;
  SessionWaiter waiter = { op, next };

  g_clear_pointer (&op->session, ocg_secret_session_unref);
  if (self->session != NULL)
    {
      op->session = ocg_secret_session_ref (self->session);
      next (op);
      return;
    }

  g_array_append_val (self->session_waiters, waiter);
  if (!self->opening)
    {
      self->opening = TRUE;
      ocg_secret_session_open_async (session_opened, g_object_ref (self));
    }
}

static void lookup_read (OcgKeyringOp *op);

/* What a lookup hands out: the secret, with the origin beside it. */
static void
lookup_return (OcgKeyringOp *op, OcgSecret *secret, const char *origin)
{
  g_autoptr (GTask) task = g_steal_pointer (&op->task);

  if (task == NULL)
    return;
  g_task_set_task_data (task, g_strdup (origin), g_free);
  g_task_return_pointer (task, ocg_secret_ref (secret), (GDestroyNotify) ocg_secret_unref);
}

static void
lookup_again (OcgKeyringOp *op, GError *error)
{
  if (++op->tries < OCG_KEYRING_MAX_TRIES)
    {
      g_error_free (error);
      lookup_read (op);
      return;
    }
  if (error->code == OCG_ERROR_NOT_FOUND)
    error->code = OCG_ERROR_KEYRING_UNAVAILABLE;
  ocg_keyring_op_return_error (op, error);
  ocg_keyring_op_free (op);
}

static void
lookup_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OcgKeyringOp) op = user_data;
  OcgKeyring *self = op->keyring;
  GError *error = NULL;
  g_autoptr (GVariant) reply = ocg_secret_bus_call_finish (G_DBUS_CONNECTION (source), result,
                                                           &error);
  g_autoptr (GVariant) encoded = NULL;
  g_autoptr (OcgSecret) secret = NULL;
  gboolean touched = op->epoch != ocg_keyring_list_get_epoch (self->list);

  if (reply != NULL && !touched)
    {
      encoded = g_variant_get_child_value (reply, 0);
      secret = ocg_secret_session_decode (op->session, encoded);
    }
  if (secret != NULL)
    {
      keyring_remember (self, op->profile, secret, op->origin);
      lookup_return (op, secret, op->origin);
      return;
    }

  if (error == NULL && encoded != NULL && ocg_secret_session_is_binary (op->session, encoded))
    {
      ocg_keyring_op_return_error (op, g_error_new (OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED,
                                                    "The secret of %s is no text", op->profile));
      return;
    }
  if (error == NULL)
    g_set_error (&error, OCG_ERROR, OCG_ERROR_NOT_FOUND,
                 "Secret Service: the secret of %s cannot be read", op->profile);
  /* The item or the session may be the one that is not there. */
  if (!touched && error->code == OCG_ERROR_NOT_FOUND)
    ocg_keyring_drop_session (self);
  /* A service that was restarted under the call deserves another one, a silent one does not. */
  if (touched || error->code != OCG_ERROR_KEYRING_UNAVAILABLE)
    lookup_again (g_steal_pointer (&op), error);
  else
    ocg_keyring_op_return_error (op, error);
}

static void
lookup_fetch (OcgKeyringOp *op)
{
  const OcgKeyringEntry *entry = ocg_keyring_list_find (op->keyring->list, op->profile);
  OcgSecretBusMethod get_secret = { NULL, OCG_SECRET_IFACE_ITEM, "GetSecret", "((oayays))" };

  if (op->task == NULL)
    {
      ocg_keyring_op_free (op);
      return;
    }
  if (entry == NULL)
    {
      lookup_again (
          op, g_error_new (OCG_ERROR, OCG_ERROR_NOT_FOUND, "Secret Service: the item has changed"));
      return;
    }

  get_secret.path = entry->path;
  op->epoch = ocg_keyring_list_get_epoch (op->keyring->list);
  g_free (op->origin);
  op->origin = g_strdup (entry->item.origin);
  ocg_secret_bus_call (ocg_secret_session_get_bus (op->session), &get_secret,
                       g_variant_new ("(o)", ocg_secret_session_get_path (op->session)),
                       G_DBUS_CALL_FLAGS_NO_AUTO_START, NULL, lookup_fetched, op);
}

static void
lookup_was_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OcgKeyringOp) op = user_data;
  OcgKeyring *self = op->keyring;
  const OcgKeyringScan *scan;
  const OcgKeyringEntry *entry;

  if (!ocg_keyring_op_was_read (op, result))
    return;

  scan = ocg_keyring_list_get_scan (self->list);
  entry = ocg_keyring_list_find (self->list, op->profile);
  if (entry != NULL && !entry->item.locked)
    ocg_keyring_op_open_session (g_steal_pointer (&op), lookup_fetch);
  else if (entry == NULL && !scan->opaque)
    ocg_keyring_op_return_error (op, g_error_new (OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING,
                                                  "The keyring has no item for %s", op->profile));
  else
    ocg_keyring_op_unlock (g_steal_pointer (&op), lookup_read);
}

static void
lookup_read (OcgKeyringOp *op)
{
  ocg_keyring_list_read_async (op->keyring->list, lookup_was_read, op);
}

/* Takes @op. */
static void
lookup_start (OcgKeyring *self, OcgKeyringOp *operation)
{
  g_autoptr (OcgKeyringOp) op = operation;
  const char *profile = op->profile;
  const Remembered *remembered = g_hash_table_lookup (self->remembered, profile);
  const OcgKeyringEntry *entry = ocg_keyring_list_find (self->list, profile);

  if (remembered != NULL)
    lookup_return (op, remembered->secret, remembered->origin);
  else if (entry != NULL && !entry->item.locked && ocg_keyring_list_is_fresh (self->list))
    ocg_keyring_op_open_session (g_steal_pointer (&op), lookup_fetch);
  else
    lookup_read (g_steal_pointer (&op));
}

void
ocg_keyring_lookup_async (OcgKeyring *self, const char *profile, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  lookup_start (self, ocg_keyring_op_new (self, profile, cancellable, callback, user_data,
                                          ocg_keyring_lookup_async));
}

void
ocg_keyring_lookup_quietly_async (OcgKeyring *self, const char *profile,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  OcgKeyringOp *op = ocg_keyring_op_new (self, profile, cancellable, callback, user_data,
                                         ocg_keyring_lookup_async);

  op->unlock_tried = TRUE;
  lookup_start (self, op);
}

OcgSecret *
ocg_keyring_lookup_finish (OcgKeyring *self, GAsyncResult *result, char **origin, GError **error)
{
  OcgSecret *secret;

  g_return_val_if_fail (g_async_result_is_tagged (result, ocg_keyring_lookup_async), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  secret = g_task_propagate_pointer (G_TASK (result), error);
  if (secret != NULL && origin != NULL)
    *origin = g_strdup (g_task_get_task_data (G_TASK (result)));
  return secret;
}
