/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-logins.h"

#include <glib/gi18n.h>

#include "../../dbus/ocg-names.h"
#include "../login/ocg-login-flow.h"
#include "ocg-dbus-generated.h"
#include "ocg-login-choice.h"
#include "ocg-login-keep.h"

/* Under way at once. */
#define MAX_LOGINS 16
/* Nobody alone keeps others from logging in. */
#define MAX_LOGINS_EACH 4

struct _OcgLogins
{
  OcgService *service;
  OcgPrivateObjects *objects;
  GPtrArray *logins; /* of Login; they free themselves */
};

typedef struct
{
  OcgLogins *logins;
  OcgManagedCall *call; /* BeginLogin(); NULL once it has been answered */
  char *sender;
  char *path;
  locale_t locale;
  OcgLoginChoice *choice;
  OcgLoginFlow *flow; /* NULL while the token is stored */
  gint64 expires;     /* of the code, Unix ms */
  char *notification; /* (nullable) */
  GCancellable *cancellable;
} Login;

static void
login_free (Login *self)
{
  OcgLogins *logins = self->logins;

  ocg_callers_unwatch (logins->service->callers, self->sender, self);
  ocg_private_objects_remove (logins->objects, self->path);
  g_ptr_array_remove_fast (logins->logins, self);
  g_clear_pointer (&self->flow, ocg_login_flow_free);
  ocg_login_choice_free (self->choice);
  g_object_unref (self->cancellable);
  g_free (self->notification);
  g_free (self->sender);
  g_free (self->path);
  g_free (self);
}

static void
emit (Login *self, const char *name, GVariant *parameters)
{
  g_dbus_connection_emit_signal (self->logins->service->connection, self->sender, self->path,
                                 OCG_IFACE_LOGIN, name, parameters, NULL);
}

/* @interval_ms: 0 is none */
static void
emit_progress (Login *self, const char *state, const char *message, guint interval_ms)
{
  GVariantDict details;

  g_variant_dict_init (&details, NULL);
  g_variant_dict_insert (&details, "expires-at", "x", self->expires);
  if (interval_ms > 0)
    g_variant_dict_insert (&details, "interval-ms", "u", interval_ms);
  g_variant_dict_insert (&details, "message", "s", message);
  emit (self, "Progress", g_variant_new ("(s@a{sv})", state, g_variant_dict_end (&details)));
}

/* Frees @self. @error: in the language of the caller. */
static void
end_with_error (Login *self, const GError *error)
{
  OcgManagedCall *call = g_steal_pointer (&self->call);

  if (call != NULL)
    ocg_managed_call_return_error (call, error);
  else
    {
      GVariant *none = g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0);

      ocg_private_objects_remove (self->logins->objects, self->path);
      emit (self, "Finished",
            g_variant_new ("(bss@a{sv})", FALSE, ocg_error_get_name ((OcgError) error->code),
                           error->message, none));
    }
  login_free (self);
}

static void
end_with_failure (Login *self, OcgFailure *failure)
{
  g_autofree char *message = ocg_failure_render (failure);
  g_autoptr (GError) error = g_error_new_literal (OCG_ERROR, (int) failure->code, message);

  end_with_error (self, error);
}

/* A keyring that asks the user is asked no more; what it has stored by then stays. */
static void
cancel (gpointer user_data)
{
  Login *self = user_data;
  OCG_LOCALE_SCOPE (self->locale);
  g_autoptr (GError) error = NULL;

  if (self->flow == NULL)
    {
      g_cancellable_cancel (self->cancellable);
      return;
    }
  error = g_error_new_literal (OCG_ERROR, OCG_ERROR_CANCELLED, _ ("The login was cancelled."));
  end_with_error (self, error);
}

static void
on_sender_gone (gpointer data, gpointer name)
{
  cancel (data);
}

static void
on_code (OcgLoginFlow *flow, const OcgLoginCode *code, gpointer user_data)
{
  Login *self = user_data;
  OCG_LOCALE_SCOPE (self->locale);
  GVariantDict details;

  self->expires = code->expires;
  g_variant_dict_init (&details, NULL);
  g_variant_dict_insert (&details, "verification-uri", "s", code->verification_uri);
  if (code->verification_uri_complete != NULL)
    g_variant_dict_insert (&details, "verification-uri-complete", "s",
                           code->verification_uri_complete);
  g_variant_dict_insert (&details, "user-code", "s", code->user_code);
  g_variant_dict_insert (&details, "expires-at", "x", code->expires);
  g_variant_dict_insert (&details, "interval-ms", "u", code->interval_ms);
  /* The reply is queued before any signal can be. */
  ocg_managed_call_return (
      g_steal_pointer (&self->call),
      g_variant_new ("(o@a{sv})", self->path, g_variant_dict_end (&details)));
  emit_progress (self, "waiting", _ ("Waiting until you have entered the code."),
                 code->interval_ms);
}

static void
on_progress (OcgLoginFlow *flow, OcgLoginProgress progress, guint interval_ms, gpointer user_data)
{
  Login *self = user_data;
  OCG_LOCALE_SCOPE (self->locale);

  switch (progress)
    {
    case OCG_LOGIN_WAITS:
      emit_progress (self, "waiting", _ ("Waiting until you have entered the code."), interval_ms);
      return;
    case OCG_LOGIN_SLOWS:
      emit_progress (self, "slow-down", _ ("The server wants to be asked less often."),
                     interval_ms);
      return;
    case OCG_LOGIN_TRIES_ON:
      emit_progress (self, "retrying",
                     _ ("The server cannot be reached for the moment. It is tried again."),
                     interval_ms);
      return;
    }
}

/* The keyring's own messages are for logs. */
static GError *
explain (const GError *error)
{
  g_debug ("login: %s", error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_new_literal (OCG_ERROR, OCG_ERROR_CANCELLED, _ ("The login was cancelled."));
  if (g_error_matches (error, OCG_ERROR, OCG_ERROR_KEYRING_LOCKED))
    return g_error_new_literal (
        OCG_ERROR, OCG_ERROR_KEYRING_LOCKED,
        _ ("The login cannot be stored: the keyring is locked, and nobody unlocked it. Unlock it, "
           "for example by logging in to the desktop, and log in again."));
  return g_error_new_literal (
      OCG_ERROR, OCG_ERROR_KEYRING_UNAVAILABLE,
      _ ("The login cannot be stored: there is no usable keyring (Secret Service). Start one, such "
         "as gnome-keyring, and give it a default collection."));
}

static void
kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Login *self = user_data;
  OCG_LOCALE_SCOPE (self->locale);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) details = ocg_login_keep_finish (result, &error);

  if (details == NULL)
    {
      g_autoptr (GError) shown = explain (error);

      end_with_error (self, shown);
      return;
    }
  ocg_private_objects_remove (self->logins->objects, self->path);
  emit (self, "Finished",
        g_variant_new ("(bss@a{sv})", TRUE, "",
                       self->notification != NULL ? self->notification : "", details));
  login_free (self);
}

static void
on_end (OcgLoginFlow *flow, OcgLoginToken *token, const char *notification, OcgFailure *failure,
        gpointer user_data)
{
  Login *self = user_data;
  OCG_LOCALE_SCOPE (self->locale);
  OcgLoginChoice *choice = self->choice;
  const OcgLoginKeep keep = { .plan = choice->plan, .token = token, .profile = choice->profile,
                              .set_default = choice->set_default, .locale = self->locale };

  if (token == NULL)
    {
      end_with_failure (self, failure);
      return;
    }
  self->notification = g_strdup (notification);
  emit_progress (self, "storing", _ ("Storing the login in the keyring."), 0);
  ocg_login_keep_async (self->logins->service, &keep, self->cancellable, kept, self);
  g_clear_pointer (&self->flow, ocg_login_flow_free);
}

static void
start (OcgLogins *self, OcgManagedCall *call, OcgLoginChoice *choice, const char *sender,
       const char *path)
{
  static const OcgLoginHandlers handlers = { on_code, on_progress, on_end };
  OcgService *service = self->service;
  Login *login = g_new0 (Login, 1);

  login->logins = self;
  login->call = call;
  login->sender = g_strdup (sender);
  login->path = g_strdup (path);
  login->locale = call->locale;
  login->choice = choice;
  login->cancellable = g_cancellable_new ();
  g_ptr_array_add (self->logins, login);
  ocg_callers_watch (service->callers, sender, on_sender_gone, login);
  ocg_private_objects_add (self->objects, sender, path, cancel, login);
  login->flow = ocg_login_flow_start (ocg_engine_get_http (service->engine), service->clock,
                                      choice->plan, &handlers, login);
}

static gboolean
check_busy (OcgLogins *self, const char *sender, GError **error)
{
  guint own = 0;

  for (guint i = 0; i < self->logins->len; i++)
    own += g_str_equal (((Login *) g_ptr_array_index (self->logins, i))->sender, sender);
  if (self->logins->len < MAX_LOGINS && own < MAX_LOGINS_EACH)
    return TRUE;
  g_set_error_literal (error, OCG_ERROR, OCG_ERROR_BUSY,
                       _ ("Too many logins are under way. Finish one, or cancel it, and try "
                          "again."));
  return FALSE;
}

static void
begin (OcgManagedCall *call)
{
  OcgLogins *self = call->owner;
  const char *sender = call->invocation != NULL
                           ? g_dbus_method_invocation_get_sender (call->invocation)
                           : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (OcgLoginChoice) choice = NULL;
  g_autofree char *path = NULL;

  if (sender != NULL)
    choice = ocg_login_choice_read (ocg_engine_get_catalog (self->service->engine), call->data,
                                    call->options, &error);
  if (choice != NULL && check_busy (self, sender, &error))
    path = ocg_private_objects_choose_path (self->objects, sender, choice->handle_token, &error);
  if (path != NULL)
    {
      start (self, call, g_steal_pointer (&choice), sender, path);
      return;
    }
  /* The gateway has stopped, and answered it. */
  if (error == NULL)
    error = g_error_new_literal (OCG_ERROR, OCG_ERROR_BUSY, "stopped");
  ocg_managed_call_return_error (call, error);
}

void
ocg_logins_handle_begin (OcgLogins *self, GDBusMethodInvocation *invocation, const char *method,
                         GVariant *options)
{
  ocg_service_manage (self->service, invocation, options, self, g_strdup (method), g_free, begin);
}

OcgLogins *
ocg_logins_new (OcgService *service)
{
  OcgLogins *self = g_new0 (OcgLogins, 1);

  self->service = service;
  self->logins = g_ptr_array_new ();
  self->objects = ocg_private_objects_new (service->connection, OCG_LOGIN_PATH,
                                           ocg_dbus_gateway_login_interface_info ());
  return self;
}

void
ocg_logins_shut_down (OcgLogins *self)
{
  for (guint i = self->logins->len; i > 0; i--)
    {
      Login *login = i <= self->logins->len ? g_ptr_array_index (self->logins, i - 1) : NULL;

      /* What the user has confirmed is stored yet. */
      if (login != NULL && login->flow != NULL)
        cancel (login);
    }
}

gboolean
ocg_logins_is_busy (OcgLogins *self)
{
  return self->logins->len > 0;
}

void
ocg_logins_free (OcgLogins *self)
{
  ocg_logins_shut_down (self);
  for (guint i = 0; i < self->logins->len; i++)
    cancel (g_ptr_array_index (self->logins, i));
  ocg_private_objects_free (self->objects);
  g_ptr_array_unref (self->logins);
  g_free (self);
}
