/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-secret-session.h"

#include <string.h>

/* For the functions that encode and decode secrets; exported and unchanged since libsecret 0.1. */
#define SECRET_API_SUBJECT_TO_CHANGE
#include <libsecret/secret.h>

#include "ocg-error.h"
#include "ocg-secret-bus.h"

/* A session is all that we want of a SecretService; the rest of libsecret's objects would cost
 * several calls and match rules an item, and some of them block. */
#define SERVICE(session) SECRET_SERVICE ((gpointer) (session))

typedef struct
{
  GCancellable *cancellable;
  guint timeout_id;
} Opening;

static void
opening_free (Opening *opening)
{
  g_clear_handle_id (&opening->timeout_id, g_source_remove);
  g_clear_object (&opening->cancellable);
  g_free (opening);
}

static gboolean
open_on_timeout (gpointer user_data)
{
  Opening *opening = user_data;

  opening->timeout_id = 0;
  g_cancellable_cancel (opening->cancellable);
  return G_SOURCE_REMOVE;
}

static void
open_finished (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service = secret_service_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_new_error (task, OCG_ERROR, OCG_ERROR_KEYRING_UNAVAILABLE,
                             "Secret Service: no answer to OpenSession");
  else if (service == NULL)
    g_task_return_new_error (task, OCG_ERROR, OCG_ERROR_KEYRING_UNAVAILABLE,
                             "Secret Service: no session: %s", error->message);
  else if (g_strcmp0 (secret_service_get_session_algorithms (service), "plain") == 0)
    g_task_return_new_error (task, OCG_ERROR, OCG_ERROR_KEYRING_UNAVAILABLE,
                             "Secret Service: it offers unencrypted sessions only");
  else
    g_task_return_pointer (task, g_steal_pointer (&service), g_object_unref);
}

void
ocg_secret_session_open_async (GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  g_task_set_source_tag (task, ocg_secret_session_open_async);
  opening->cancellable = g_cancellable_new ();
  opening->timeout_id = g_timeout_add (OCG_SECRET_BUS_TIMEOUT_MS, open_on_timeout, opening);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  secret_service_open (SECRET_TYPE_SERVICE, OCG_SECRET_BUS_NAME, SECRET_SERVICE_OPEN_SESSION,
                       opening->cancellable, open_finished, task);
}

OcgSecretSession *
ocg_secret_session_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ocg_secret_session_open_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

OcgSecretSession *
ocg_secret_session_ref (OcgSecretSession *self)
{
  g_object_ref (SERVICE (self));
  return self;
}

void
ocg_secret_session_unref (OcgSecretSession *self)
{
  g_object_unref (SERVICE (self));
}

GDBusConnection *
ocg_secret_session_get_bus (OcgSecretSession *self)
{
  return g_dbus_proxy_get_connection (G_DBUS_PROXY (SERVICE (self)));
}

const char *
ocg_secret_session_get_path (OcgSecretSession *self)
{
  return secret_service_get_session_dbus_path (SERVICE (self));
}

GVariant *
ocg_secret_session_encode (OcgSecretSession *self, OcgSecret *secret)
{
  g_autoptr (SecretValue) value = secret_value_new (ocg_secret_peek (secret), -1, "text/plain");

  return secret_service_encode_dbus_secret (SERVICE (self), value);
}

OcgSecret *
ocg_secret_session_decode (OcgSecretSession *self, GVariant *encoded)
{
  g_autoptr (SecretValue) value = secret_service_decode_dbus_secret (SERVICE (self), encoded);
  const char *text;
  gsize length = 0;

  if (value == NULL)
    return NULL;

  text = secret_value_get (value, &length);
  if (text == NULL || memchr (text, '\0', length) != NULL)
    return NULL;
  return ocg_secret_new (text, (gssize) length);
}

gboolean
ocg_secret_session_is_binary (OcgSecretSession *self, GVariant *encoded)
{
  g_autoptr (SecretValue) value = secret_service_decode_dbus_secret (SERVICE (self), encoded);
  gsize length = 0;
  const char *text = value != NULL ? secret_value_get (value, &length) : NULL;

  return text != NULL && memchr (text, '\0', length) != NULL;
}
