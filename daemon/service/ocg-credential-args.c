/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-credential-args.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ocg-options.h"

#define MAX_PROFILE_LENGTH 128

gboolean
ocg_credential_args_is_profile (const char *profile)
{
  const char *colon = strchr (profile, ':');

  if (colon != NULL && (g_str_equal (colon, ":env") || g_str_equal (colon, ":config")))
    return FALSE;
  return colon != NULL && colon != profile && colon[1] != '\0'
         && strlen (profile) <= MAX_PROFILE_LENGTH
         && strspn (profile, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-.@+:") == strlen (profile);
}

OcgProvider *
ocg_credential_args_find_provider (OcgService *service, const char *profile, GError **error)
{
  g_autofree char *id = NULL;
  OcgProvider *provider;

  if (!ocg_credential_args_is_profile (profile))
    {
      ocg_options_fail (error, "", "profile",
                        _ ("must be provider:name, such as minimax:default."));
      return NULL;
    }
  id = g_strndup (profile, strcspn (profile, ":"));
  provider = ocg_catalog_find_provider (ocg_engine_get_catalog (service->engine), id);
  if (provider == NULL)
    g_set_error (error, OCG_ERROR, OCG_ERROR_PROVIDER_NOT_CONFIGURED,
                 _ ("There is no provider “%s”. Add models.providers.%s to openclaw.json first, or "
                    "choose one of: openclawctl models list --all"),
                 id, id);
  return provider;
}

/* A key is one printable word. */
static gboolean
is_key (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]))
      return FALSE;
  return length > 0;
}

OcgSecret *
ocg_credential_args_take_secret (GBytes *bytes, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  while (length > 0 && g_ascii_isspace (text[0]))
    {
      text++;
      length--;
    }
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (is_key (text, length))
    return ocg_secret_new (text, (gssize) length);
  ocg_options_fail (error, "", "secret",
                    length == 0 ? _ ("is empty. Give the key, and nothing else.")
                                : _ ("has spaces or control characters in it. Give the key, and "
                                     "nothing else."));
  return NULL;
}

void
ocg_credential_args_return_keyring_error (OcgManagedCall *call, const char *profile,
                                          const GError *error)
{
  g_autoptr (GError) shown = NULL;

  g_debug ("keyring: %s", error->message);
  if (g_error_matches (error, OCG_ERROR, OCG_ERROR_KEYRING_LOCKED))
    g_set_error_literal (&shown, OCG_ERROR, OCG_ERROR_KEYRING_LOCKED,
                         _ ("The keyring is locked, and nobody unlocked it. Unlock it, for "
                            "example by logging in to the desktop, and try again."));
  else if (g_error_matches (error, OCG_ERROR, OCG_ERROR_NOT_FOUND))
    g_set_error (&shown, OCG_ERROR, OCG_ERROR_NOT_FOUND,
                 _ ("There is no stored key %s. See: openclawctl models auth list"), profile);
  else
    g_set_error_literal (&shown, OCG_ERROR, OCG_ERROR_KEYRING_UNAVAILABLE,
                         _ ("There is no usable keyring (Secret Service). Start one, such as "
                            "gnome-keyring, and give it a default collection: in “Passwords and "
                            "Keys” (seahorse) choose “Set as default”, in KeePassXC open one "
                            "database only. Or set the key in the environment of the gateway."));
  ocg_managed_call_return_error (call, shown);
}
