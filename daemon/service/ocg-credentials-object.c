/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-credentials-object.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "../../dbus/ocg-names.h"
#include "../catalog/ocg-base-url.h"
#include "../credentials/ocg-login-token.h"
#include "ocg-auth-choices.h"
#include "ocg-credential-args.h"
#include "ocg-credential-check.h"
#include "ocg-dbus-generated.h"
#include "ocg-fd.h"
#include "ocg-import-call.h"
#include "ocg-options.h"
#include "ocg-profile-calls.h"

struct _OcgCredentialsObject
{
  OcgService *service;
  OcgLogins *logins;
  OcgDbusGatewayCredentials *skeleton;
};

/* StoreSecret() on its way. */
typedef struct
{
  char *profile;
  char *kind;
  char *region;   /* (nullable) */
  gint64 expires; /* Unix ms; 0: not known, or never */
  int fd;         /* -1: the reader has it */
} Store;

static void
store_free (Store *store)
{
  g_free (store->profile);
  g_free (store->kind);
  g_free (store->region);
  if (store->fd >= 0)
    close (store->fd);
  g_free (store);
}

static void
tokens_seen (GObject *keeper, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  OCG_LOCALE_SCOPE (call->locale);
  OcgService *service = call->service;
  GVariant *options = call->data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) list = NULL;
  const char *provider = NULL;

  ocg_token_keeper_look_finish (OCG_TOKEN_KEEPER (keeper), result);
  if (!ocg_options_string (options, "", "provider", &provider, &error))
    {
      ocg_managed_call_return_error (call, error);
      return;
    }
  list = g_variant_ref_sink (ocg_credentials_list (
      service->credentials, ocg_engine_get_catalog (service->engine), provider));
  /* No keyring is not the same as an empty one. */
  if (g_variant_n_children (list) == 0 && !ocg_keyring_is_there (service->keyring))
    {
      error = g_error_new_literal (OCG_ERROR, OCG_ERROR_KEYRING_UNAVAILABLE, "nothing to list");
      ocg_credential_args_return_keyring_error (call, NULL, error);
      return;
    }
  ocg_managed_call_return (call, g_variant_new ("(@aa{sv})", list));
}

/* A login that has ended is not to be listed as a good one. */
static void
list_credentials (OcgManagedCall *call)
{
  ocg_token_keeper_look_async (call->service->keeper, tokens_seen, call);
}

static gboolean
on_list_credentials (OcgDbusGatewayCredentials *skeleton, GDBusMethodInvocation *invocation,
                     GVariant *options, OcgCredentialsObject *self)
{
  ocg_service_manage (self->service, invocation, options, self, g_variant_ref (options),
                      (GDestroyNotify) g_variant_unref, list_credentials);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
fail_region (OcgProvider *provider, GError **error)
{
  g_autofree char *list = ocg_provider_list_regions (provider);
  g_autofree char *message = NULL;

  if (*list == '\0')
    message = g_strdup_printf (_ ("is nothing that %s has. Leave it out."), provider->id);
  else
    /* TRANSLATORS: a provider, and a list of words */
    message = g_strdup_printf (_ ("must be one of the regions of %s: %s."), provider->id, list);
  ocg_options_fail (error, "", "region", message);
}

/* What is kept: a key as it is, what expires with when that is. */
static OcgSecret *
make_text (const Store *store, OcgSecret *secret)
{
  g_autoptr (OcgLoginToken) token = NULL;

  if (store->expires == 0)
    return ocg_secret_ref (secret);
  token = ocg_login_token_new (secret);
  token->expires = store->expires;
  token->region = g_strdup (store->region);
  return ocg_login_token_print (token);
}

/* Where the secret may go. NULL: there is no such region. (transfer full) */
static char *
choose_origin (const Store *store, OcgProvider *provider)
{
  const char *url = NULL;

  if (store->region == NULL)
    return g_strdup (provider->origin);
  url = ocg_provider_get_region_url (provider, store->region);
  return url != NULL ? ocg_base_url_get_origin (url) : NULL;
}

static void
stored (GObject *keyring, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  Store *store = call->data;
  OCG_LOCALE_SCOPE (call->locale);
  g_autoptr (GError) error = NULL;

  if (!ocg_keyring_store_finish (OCG_KEYRING (keyring), result, &error))
    {
      ocg_credential_args_return_keyring_error (call, store->profile, error);
      return;
    }
  ocg_credentials_clear_cooldown (call->service->credentials, store->profile);
  ocg_managed_call_return (call, NULL);
}

static void
secret_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  Store *store = call->data;
  OCG_LOCALE_SCOPE (call->locale);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ocg_fd_read_finish (result, &error);
  g_autoptr (OcgSecret) secret
      = bytes != NULL ? ocg_credential_args_take_secret (bytes, &error) : NULL;
  OcgProvider *provider
      = secret != NULL
            ? ocg_credential_args_find_provider (call->service, store->profile, &error)
            : NULL;
  g_autofree char *origin = provider != NULL ? choose_origin (store, provider) : NULL;
  g_autoptr (OcgSecret) text = NULL;
  OcgKeyringItem item = { 0 };
  char *profile = NULL;

  if (provider != NULL && origin == NULL)
    fail_region (provider, &error);
  if (error != NULL)
    {
      ocg_managed_call_return_error (call, error);
      return;
    }
  /* One spelling of a provider is one provider. */
  profile = g_strconcat (provider->id, strchr (store->profile, ':'), NULL);
  g_free (store->profile);
  store->profile = profile;
  text = make_text (store, secret);
  item.profile = profile;
  item.provider = provider->id;
  item.kind = store->kind;
  item.origin = origin;
  item.region = store->region;
  ocg_keyring_store_async (call->service->keyring, &item, text, NULL, stored, call);
}

static void
read_store_options (OcgManagedCall *call, OcgProvider *provider, GError **error)
{
  Store *store = call->data;
  const char *region = NULL;
  g_autofree char *origin = NULL;

  if (!ocg_options_string (call->options, "", "region", &region, error)
      || !ocg_options_int64 (call->options, "", "expires", 1, &store->expires, error))
    return;
  store->region = g_strdup (region);
  origin = choose_origin (store, provider);
  if (origin == NULL)
    fail_region (provider, error);
  else if (store->expires != 0 && !g_str_equal (store->kind, "token"))
    ocg_options_fail (error, "", "expires", _ ("is for tokens: an API key does not expire."));
  else if (store->expires != 0 && store->expires <= ocg_clock_now (call->service->clock))
    ocg_options_fail (error, "", "expires",
                      _ ("is over already. It is a time in milliseconds since 1970."));
}

static void
store_secret (OcgManagedCall *call)
{
  Store *store = call->data;
  g_autoptr (GError) error = NULL;
  OcgProvider *provider = ocg_credential_args_find_provider (call->service, store->profile, &error);
  const char *problem;
  int fd;

  if (provider == NULL)
    {
      ocg_managed_call_return_error (call, error);
      return;
    }
  read_store_options (call, provider, &error);
  if (error != NULL)
    {
      ocg_managed_call_return_error (call, error);
      return;
    }
  if (!g_str_equal (store->kind, "api_key") && !g_str_equal (store->kind, "token"))
    ocg_options_fail (&error, "", "kind", _ ("must be api_key or token."));
  else if ((problem = ocg_fd_check (store->fd, OCG_FD_SECRET)) != NULL)
    ocg_options_fail (&error, "", "secret", problem);
  if (error != NULL)
    {
      ocg_managed_call_return_error (call, error);
      return;
    }
  fd = store->fd;
  store->fd = -1;
  ocg_fd_read_async (fd, OCG_MAX_SECRET_SIZE, "secret", secret_read, call);
}

static gboolean
on_store_secret (OcgDbusGatewayCredentials *skeleton, GDBusMethodInvocation *invocation,
                 GUnixFDList *fds, const char *profile, const char *kind, GVariant *handle,
                 GVariant *options, OcgCredentialsObject *self)
{
  int index = g_variant_get_handle (handle);
  int length = fds != NULL ? g_unix_fd_list_get_length (fds) : 0;
  g_autoptr (GError) error = NULL;
  Store *store;
  int fd = -1;

  if (length == 1 && index == 0)
    fd = g_unix_fd_list_get (fds, index, NULL);
  if (fd < 0)
    {
      locale_t locale;
      gboolean found = ocg_service_find_locale (self->service, options, &locale, &error);
      OCG_LOCALE_SCOPE (locale);

      if (found)
        ocg_options_fail (&error, "", "secret",
                          _ ("exactly one file descriptor must come with the message."));
      ocg_service_return_error (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  store = g_new0 (Store, 1);
  store->profile = g_strdup (profile);
  store->kind = g_strdup (kind);
  store->fd = fd;
  ocg_service_manage (self->service, invocation, options, self, store,
                      (GDestroyNotify) store_free, store_secret);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_check_credential (OcgDbusGatewayCredentials *skeleton, GDBusMethodInvocation *invocation,
                     GUnixFDList *fds, const char *profile, GVariant *options,
                     OcgCredentialsObject *self)
{
  ocg_credential_check (self->service, invocation, fds, profile, options, self);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_remove_credential (OcgDbusGatewayCredentials *skeleton, GDBusMethodInvocation *invocation,
                      const char *profile, GVariant *options, OcgCredentialsObject *self)
{
  ocg_profile_calls_remove (self->service, invocation, options, self, profile);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_import_plaintext (OcgDbusGatewayCredentials *skeleton, GDBusMethodInvocation *invocation,
                     GVariant *options, OcgCredentialsObject *self)
{
  ocg_import_call_handle (self->service, invocation, options, self);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_set_order (OcgDbusGatewayCredentials *skeleton, GDBusMethodInvocation *invocation,
              const char *provider, const char *const *profiles, GVariant *options,
              OcgCredentialsObject *self)
{
  ocg_profile_calls_set_order (self->service, invocation, options, self, provider, profiles);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
list_auth_choices (OcgManagedCall *call)
{
  g_autoptr (GError) error = NULL;
  const char *provider = NULL;
  GVariant *list = NULL;

  if (!ocg_options_string (call->options, "", "provider", &provider, &error))
    {
      ocg_managed_call_return_error (call, error);
      return;
    }
  list = ocg_auth_choices_list (ocg_engine_get_catalog (call->service->engine), provider);
  ocg_managed_call_return (call, g_variant_new ("(@aa{sv})", list));
}

static gboolean
on_list_auth_choices (OcgDbusGatewayCredentials *skeleton, GDBusMethodInvocation *invocation,
                      GVariant *options, OcgCredentialsObject *self)
{
  ocg_service_manage (self->service, invocation, options, self, NULL, NULL, list_auth_choices);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_clear_cooldown (OcgDbusGatewayCredentials *skeleton, GDBusMethodInvocation *invocation,
                   const char *profile, GVariant *options, OcgCredentialsObject *self)
{
  ocg_profile_calls_clear_cooldown (self->service, invocation, options, self, profile);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_begin_login (OcgDbusGatewayCredentials *skeleton, GDBusMethodInvocation *invocation,
                const char *method, GVariant *options, OcgCredentialsObject *self)
{
  GDBusMessage *message = g_dbus_method_invocation_get_message (invocation);

  /* Whoever does not hear of the code cannot enter it. */
  if ((g_dbus_message_get_flags (message) & G_DBUS_MESSAGE_FLAGS_NO_REPLY_EXPECTED) != 0)
    g_object_unref (invocation);
  else
    ocg_logins_handle_begin (self->logins, invocation, method, options);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

OcgCredentialsObject *
ocg_credentials_object_new (OcgService *service, OcgLogins *logins)
{
  OcgCredentialsObject *self = g_new0 (OcgCredentialsObject, 1);

  self->service = service;
  self->logins = logins;
  self->skeleton = ocg_dbus_gateway_credentials_skeleton_new ();
  g_signal_connect (self->skeleton, "handle-list-credentials", G_CALLBACK (on_list_credentials),
                    self);
  g_signal_connect (self->skeleton, "handle-store-secret", G_CALLBACK (on_store_secret), self);
  g_signal_connect (self->skeleton, "handle-remove-credential",
                    G_CALLBACK (on_remove_credential), self);
  g_signal_connect (self->skeleton, "handle-import-plaintext", G_CALLBACK (on_import_plaintext),
                    self);
  g_signal_connect (self->skeleton, "handle-set-order", G_CALLBACK (on_set_order), self);
  g_signal_connect (self->skeleton, "handle-clear-cooldown", G_CALLBACK (on_clear_cooldown), self);
  g_signal_connect (self->skeleton, "handle-list-auth-choices",
                    G_CALLBACK (on_list_auth_choices), self);
  g_signal_connect (self->skeleton, "handle-begin-login", G_CALLBACK (on_begin_login), self);
  g_signal_connect (self->skeleton, "handle-check-credential", G_CALLBACK (on_check_credential),
                    self);
  return self;
}

void
ocg_credentials_object_free (OcgCredentialsObject *self)
{
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
  g_object_unref (self->skeleton);
  g_free (self);
}

gboolean
ocg_credentials_object_export (OcgCredentialsObject *self, GError **error)
{
  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton),
                                           self->service->connection, OCG_OBJECT_PATH, error);
}
