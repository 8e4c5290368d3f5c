/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-auth-store.h"

#include "ocg-error.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n.h>
#include <string.h>

#define MAX_NAME_LENGTH 64

/* Whether @name may be shown and sent: a key that stands in its place by mistake must not be. */
static gboolean
is_plain_name (const char *name)
{
  return *name != '\0' && strlen (name) <= MAX_NAME_LENGTH && !ocg_args_may_be_secret (name)
         && strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-@+") == strlen (name);
}

char *
ocg_auth_get_profile (OcgCli *cli, const char *usual, char **provider, GError **error)
{
  const char *given = ocg_cli_get (cli, "provider");
  const char *name = ocg_cli_get (cli, "profile");
  g_autofree char *prefix = NULL;

  if (given == NULL)
    given = usual;
  if (given == NULL)
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                   _ ("“%s” needs --provider, such as --provider minimax."),
                   cli->args->command->words);
      return NULL;
    }
  *provider = g_ascii_strdown (given, -1);
  /* The whole id is what lists show, so it is understood here too. */
  prefix = g_strconcat (*provider, ":", NULL);
  if (name != NULL && g_str_has_prefix (name, prefix))
    name += strlen (prefix);
  if (!is_plain_name (*provider) || (name != NULL && !is_plain_name (name)))
    {
      g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                           _ ("The names of providers and profiles are short and made of letters, "
                              "digits and . _ - @ +. If a key stands there, replace that key: what "
                              "is on a command line can be seen by every program."));
      return NULL;
    }
  return g_strconcat (prefix, name != NULL ? name : "default", NULL);
}

OcgDbusGatewayCredentials *
ocg_auth_get_patient_proxy (OcgClient *client, GError **error)
{
  OcgDbusGatewayCredentials *proxy = ocg_client_get_credentials (client, error);

  if (proxy != NULL)
    g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (proxy), G_MAXINT);
  return proxy;
}

/* A list with the secret as its only descriptor. */
static GUnixFDList *
new_fd_list (OcgSecretInput *secret, GError **error)
{
  int fd = ocg_secret_input_to_pipe (secret, error);

  return fd >= 0 ? g_unix_fd_list_new_from_array (&fd, 1) : NULL;
}

gboolean
ocg_auth_store (OcgClient *client, const char *profile, const char *kind, OcgSecretInput *secret,
                const char *region, gint64 expires, GError **error)
{
  OcgDbusGatewayCredentials *credentials = ocg_auth_get_patient_proxy (client, error);
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  g_autoptr (GUnixFDList) fds = credentials != NULL ? new_fd_list (secret, error) : NULL;

  if (fds == NULL)
    return FALSE;
  if (region != NULL)
    g_variant_builder_add (options, "{sv}", "region", g_variant_new_string (region));
  if (expires > 0)
    g_variant_builder_add (options, "{sv}", "expires", g_variant_new_int64 (expires));
  return ocg_dbus_gateway_credentials_call_store_secret_sync (
      credentials, profile, kind, g_variant_new_handle (0), g_variant_builder_end (options), fds,
      NULL, NULL, error);
}

GVariant *
ocg_auth_try (OcgClient *client, const char *profile, const char *kind, OcgSecretInput *secret,
              const char *region, GError **error)
{
  OcgDbusGatewayCredentials *credentials = ocg_auth_get_patient_proxy (client, error);
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  g_autoptr (GUnixFDList) fds = credentials != NULL ? new_fd_list (secret, error) : NULL;
  GVariant *result = NULL;

  if (fds == NULL)
    return NULL;
  g_variant_builder_add (options, "{sv}", "secret", g_variant_new_handle (0));
  g_variant_builder_add (options, "{sv}", "kind", g_variant_new_string (kind));
  if (region != NULL)
    g_variant_builder_add (options, "{sv}", "region", g_variant_new_string (region));
  if (!ocg_dbus_gateway_credentials_call_check_credential_sync (
          credentials, profile, g_variant_builder_end (options), fds, &result, NULL, NULL, error))
    return NULL;
  return result;
}
