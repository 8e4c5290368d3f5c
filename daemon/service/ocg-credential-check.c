/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-credential-check.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "../../dbus/ocg-names.h"
#include "../engine/ocg-key-check.h"
#include "ocg-credential-args.h"
#include "ocg-fd.h"
#include "ocg-options.h"

/* Checks that follow each other so soon find out no more than one. */
#define ONE_REFUSAL_MS (60 * 60 * 1000)

/* CheckCredential() on its way. */
typedef struct
{
  char *profile;
  int fd; /* -1: there is none, or the reader has it */
  gboolean has_secret;
  OcgProvider *provider; /* (nullable) */
  char *base_url;        /* (nullable) where the key would be used */
} Check;

static void
check_free (Check *check)
{
  g_free (check->profile);
  g_free (check->base_url);
  g_clear_pointer (&check->provider, ocg_provider_unref);
  if (check->fd >= 0)
    close (check->fd);
  g_free (check);
}

static void
return_result (OcgManagedCall *call, const OcgKeyResult *result)
{
  static const char *const states[] = {
    [OCG_KEY_STATE_OK] = "ok",
    [OCG_KEY_STATE_REJECTED] = "rejected",
    [OCG_KEY_STATE_EXPIRED] = "expired",
    [OCG_KEY_STATE_UNKNOWN] = "unknown",
  };
  g_autofree char *message = ocg_failure_render (result->why);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "state", "s", states[result->state]);
  g_variant_dict_insert (&dict, "message", "s", message);
  g_variant_dict_insert (&dict, "other-region", "b", result->region != NULL);
  if (result->region != NULL)
    {
      g_variant_dict_insert (&dict, "region", "s", result->region);
      g_variant_dict_insert (&dict, "region-name", "s", result->region_name);
    }
  ocg_managed_call_return (call, g_variant_new ("(@a{sv})", g_variant_dict_end (&dict)));
}

/* What a stored one is told counts as what a request with it is told. */
static void
note (OcgManagedCall *call, const OcgKeyResult *result)
{
  Check *check = call->data;
  OcgCredentials *credentials = call->service->credentials;

  if (check->has_secret)
    return;
  if (result->state == OCG_KEY_STATE_OK && !result->is_unpaid)
    ocg_credentials_note_success (credentials, check->profile, NULL);
  else if (result->state == OCG_KEY_STATE_REJECTED)
    ocg_credentials_note_failure (credentials, check->provider, check->profile, NULL,
                                  OCG_ERROR_CREDENTIAL_REJECTED, -1, ONE_REFUSAL_MS);
}

static void
checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  OCG_LOCALE_SCOPE (call->locale);
  g_autoptr (GError) error = NULL;
  g_autoptr (OcgKeyResult) key_result = ocg_key_check_finish (result, &error);

  if (key_result != NULL)
    {
      note (call, key_result);
      return_result (call, key_result);
    }
  else
    ocg_managed_call_return_error (call, error);
}

/* Whose regions a key of @provider may be of. minimax-cn is minimax in another region, with an id
 * of its own for those who know it from elsewhere. */
static OcgProvider *
find_regional (OcgService *service, OcgProvider *provider)
{
  if (provider->regions != NULL || !g_str_equal (provider->id, "minimax-cn"))
    return provider;
  return ocg_catalog_find_provider (ocg_engine_get_catalog (service->engine), "minimax");
}

static void
ask_provider (OcgManagedCall *call, OcgSecret *secret)
{
  Check *check = call->data;
  const OcgKeyCheck request = { check->provider, find_regional (call->service, check->provider),
                                check->base_url, secret };

  ocg_key_check_async (ocg_engine_get_http (call->service->engine), &request, NULL, checked, call);
}

/* A key that is good nowhere else, or has to be stored anew, is a result; what is missing is not.
 */
static void
take_credential_error (OcgManagedCall *call, const GError *error)
{
  Check *check = call->data;
  g_autoptr (OcgKeyResult) result = NULL;
  g_autoptr (GError) shown = NULL;

  g_debug ("check of a key: %s", error->message);
  if (g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_EXPIRED))
    result = ocg_key_result_new (
        OCG_KEY_STATE_EXPIRED,
        ocg_failure_new (OCG_ERROR_CREDENTIAL_EXPIRED,
                         N_ ("{profile} has expired. Log in again, or store another one."),
                         "profile", check->profile, NULL));
  else if (g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED))
    result = ocg_key_result_new (
        OCG_KEY_STATE_REJECTED,
        ocg_failure_new (OCG_ERROR_CREDENTIAL_REJECTED,
                         N_ ("{profile} was not sent to {address}: it was stored for another "
                             "address, or is no key. Store it again with: openclawctl models auth "
                             "add --provider {provider}"),
                         "profile", check->profile, "address", check->provider->origin, "provider",
                         check->provider->id, NULL));
  else if (g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING))
    g_set_error (&shown, OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING,
                 _ ("There is no key %s. See which there are: openclawctl models auth list"),
                 check->profile);
  else if (!g_error_matches (error, OCG_ERROR, OCG_ERROR_KEYRING_LOCKED)
           && !g_error_matches (error, OCG_ERROR, OCG_ERROR_KEYRING_UNAVAILABLE))
    result = ocg_key_result_new (
        OCG_KEY_STATE_UNKNOWN,
        ocg_failure_new (OCG_ERROR_NETWORK,
                         N_ ("{profile} has expired, and {provider} could not be asked for a new "
                             "one. Check the network and the proxy."),
                         "profile", check->profile, "provider", check->provider->name, NULL));

  if (result != NULL)
    return_result (call, result);
  else if (shown != NULL)
    ocg_managed_call_return_error (call, shown);
  else
    ocg_credential_args_return_keyring_error (call, check->profile, error);
}

/* A stored key is used in its own region. */
static void
take_provider (Check *check, OcgProvider *provider)
{
  ocg_provider_ref (provider);
  ocg_provider_unref (check->provider);
  check->provider = provider;
  g_free (check->base_url);
  check->base_url = g_strdup (provider->base_url);
}

static void
got_credential (GObject *credentials, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  OCG_LOCALE_SCOPE (call->locale);
  g_autoptr (GError) error = NULL;
  g_autoptr (OcgCredential) credential = ocg_credentials_get_finish (OCG_CREDENTIALS (credentials),
                                                                     result, &error);

  if (credential == NULL)
    {
      take_credential_error (call, error);
      return;
    }
  take_provider (call->data, credential->provider);
  ask_provider (call, credential->secret);
}

static void
secret_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  OCG_LOCALE_SCOPE (call->locale);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ocg_fd_read_finish (result, &error);
  g_autoptr (OcgSecret) secret = bytes != NULL ? ocg_credential_args_take_secret (bytes, &error)
                                               : NULL;

  if (secret != NULL)
    ask_provider (call, secret);
  else
    ocg_managed_call_return_error (call, error);
}

/* Where requests with the key would go. */
static gboolean
choose_base_url (Check *check, const char *region, GError **error)
{
  const char *url = region != NULL ? ocg_provider_get_region_url (check->provider, region)
                                   : check->provider->base_url;

  check->base_url = g_strdup (url);
  if (url == NULL)
    ocg_options_fail (error, "", "region", _ ("must be one of the regions of the provider."));
  return url != NULL;
}

/* The region and the kind are of a secret that is not stored. */
static gboolean
read_options (OcgManagedCall *call, GError **error)
{
  Check *check = call->data;
  const char *region = NULL;
  const char *kind = "api_key";
  const char *problem = NULL;

  if (!ocg_options_string (call->options, "", "region", &region, error)
      || !ocg_options_string (call->options, "", "kind", &kind, error)
      || !choose_base_url (check, region, error))
    return FALSE;
  if (!g_str_equal (kind, "api_key") && !g_str_equal (kind, "token"))
    ocg_options_fail (error, "", "kind", _ ("must be api_key or token."));
  else if (region != NULL && !check->has_secret)
    ocg_options_fail (error, "", "region",
                      _ ("goes only with a secret that is not stored yet: a stored one has a region "
                         "of its own."));
  else if (check->fd >= 0 && (problem = ocg_fd_check (check->fd, OCG_FD_SECRET)) != NULL)
    ocg_options_fail (error, "", "secret", problem);
  else
    return TRUE;
  return FALSE;
}

/* "minimax:env" is a profile here, too. */
static OcgProvider *
find_provider (OcgService *service, const char *profile, GError **error)
{
  const char *colon = strchr (profile, ':');
  g_autofree char *id = NULL;
  g_autofree char *usual = NULL;

  if (colon == NULL || (!g_str_equal (colon, ":env") && !g_str_equal (colon, ":config")))
    return ocg_credential_args_find_provider (service, profile, error);
  id = g_strndup (profile, (gsize) (colon - profile));
  usual = g_strconcat (id, ":default", NULL);
  return ocg_credential_args_find_provider (service, usual, error);
}

static void
check_credential (OcgManagedCall *call)
{
  Check *check = call->data;
  OcgService *service = call->service;
  g_autoptr (GError) error = NULL;
  OcgProvider *provider = find_provider (service, check->profile, &error);
  int fd = check->fd;

  if (provider != NULL)
    check->provider = ocg_provider_ref (provider);
  if (provider == NULL || !read_options (call, &error))
    {
      ocg_managed_call_return_error (call, error);
      return;
    }
  check->fd = -1;
  if (check->has_secret)
    ocg_fd_read_async (fd, OCG_MAX_SECRET_SIZE, "secret", secret_read, call);
  else
    ocg_credentials_get_async (service->credentials, provider, check->profile, NULL, got_credential,
                               call);
}

/* The descriptor of the option "secret", or -1. FALSE: message and descriptors do not fit. */
static gboolean
take_fd (GUnixFDList *fds, GVariant *options, int *fd)
{
  g_autoptr (GVariant) handle = g_variant_lookup_value (options, "secret", NULL);
  int length = fds != NULL ? g_unix_fd_list_get_length (fds) : 0;

  *fd = -1;
  if (handle == NULL)
    return length == 0;
  if (!g_variant_is_of_type (handle, G_VARIANT_TYPE_HANDLE) || length != 1
      || g_variant_get_handle (handle) != 0)
    return FALSE;
  *fd = g_unix_fd_list_get (fds, 0, NULL);
  return *fd >= 0;
}

void
ocg_credential_check (OcgService *service, GDBusMethodInvocation *invocation, GUnixFDList *fds,
                      const char *profile, GVariant *options, gpointer owner)
{
  Check *check = NULL;
  int fd = -1;

  if (!take_fd (fds, options, &fd))
    {
      g_autoptr (GError) error = NULL;
      locale_t locale;
      gboolean found = ocg_service_find_locale (service, options, &locale, &error);
      OCG_LOCALE_SCOPE (locale);

      if (found)
        ocg_options_fail (&error, "", "secret",
                          _ ("must be the one file descriptor that comes with the message."));
      ocg_service_return_error (invocation, error);
      return;
    }
  check = g_new0 (Check, 1);
  check->profile = g_strdup (profile);
  check->fd = fd;
  check->has_secret = fd >= 0;
  ocg_service_manage (service, invocation, options, owner, check, (GDestroyNotify) check_free,
                      check_credential);
}
