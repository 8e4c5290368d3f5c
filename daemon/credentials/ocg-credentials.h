/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Which credential a provider gets: stored profiles, environment keys and keys in the settings, in
 * the order of the design. */

#pragma once

#include "../catalog/ocg-catalog.h"
#include "../clock/ocg-clock.h"
#include "ocg-error.h"
#include "ocg-keyring.h"
#include "ocg-token-keeper.h"

#define OCG_TYPE_CREDENTIALS (ocg_credentials_get_type ())
G_DECLARE_FINAL_TYPE (OcgCredentials, ocg_credentials, OCG, CREDENTIALS, GObject)

/* A credential in hand. @secret is NULL when the provider needs none. */
typedef struct
{
  OcgProvider *provider; /* the one that was asked for, at the server of the credential's region:
                            @secret and what is asked with it go there, and nowhere else */
  char *profile; /* "provider:name", "provider:env", "provider:config" or "none-needed" */
  OcgSecret *secret;
  gboolean renewable; /* the token of a login: when it is refused, there may be another one */
} OcgCredential;

void ocg_credential_free (OcgCredential *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgCredential, ocg_credential_free)

OcgCredentials *ocg_credentials_new (OcgKeyring *keyring, OcgTokenKeeper *keeper, OcgClock *clock);

/* The settings that order and environment come from. Emits "changed", as does the keyring. */
void ocg_credentials_set_settings (OcgCredentials *self, OcgSettings *settings);

/* The profile that comes first, as long as none is used or cools down, from memory: a profile id,
 * "none-needed", or NULL when there is none. (transfer full) */
char *ocg_credentials_peek (OcgCredentials *self, OcgProvider *provider);
/* An OcgHasCredentialFunc. */
gboolean ocg_credentials_has (OcgProvider *provider, gpointer self);

/* Fetches the credential for @provider; @profile (nullable) picks one. A stored secret whose origin
 * is not one of the provider's is OCG_ERROR_CREDENTIAL_REJECTED and never handed out. What is
 * locked or wrong gives way to the next one in order; when none is left, the first error is
 * returned. Of a login the access token is handed out, renewed when need be. Other errors: those of
 * OcgKeyring and of ocg_token_keeper_get_async(), G_IO_ERROR_CANCELLED. Messages are for logs. */
void ocg_credentials_get_async (OcgCredentials *self, OcgProvider *provider, const char *profile,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
/* The same for a request to @model, the id of one of @provider's, without the profiles in @tried
 * (of char*), which the caller may add to later on. */
void ocg_credentials_get_for_async (OcgCredentials *self, OcgProvider *provider, const char *model,
                                    GPtrArray *tried, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
/* The same as get_async() without asking anybody to unlock a keyring, for what is no use. */
void ocg_credentials_get_quietly_async (OcgCredentials *self, OcgProvider *provider,
                                        const char *profile, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
/* What is stored, without asking anybody anything, even if it has ended: for a dry run. */
void ocg_credentials_get_stored_async (OcgCredentials *self, OcgProvider *provider,
                                       const char *profile, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
/* Another one for @refused, which is renewable and was refused by the provider; see
 * ocg_token_keeper_get_async(). */
void ocg_credentials_refresh_async (OcgCredentials *self, OcgProvider *provider,
                                    const OcgCredential *refused, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
OcgCredential *ocg_credentials_get_finish (OcgCredentials *self, GAsyncResult *result,
                                           GError **error);

/* Whether @profile is one of @provider: stored, of auth.profiles, or "PROVIDER:env" and
 * "PROVIDER:config", which may come to be. */
gboolean ocg_credentials_has_profile (OcgCredentials *self, OcgProvider *provider,
                                      const char *profile);
/* Whether @provider has another profile than those in @tried (of char*) that can be used for @model
 * at once: one that is not locked and does not cool down. */
gboolean ocg_credentials_has_other (OcgCredentials *self, OcgProvider *provider, const char *model,
                                    GPtrArray *tried);
/* What the provider said to @profile, and so how long it is left alone. @model: an id;
 * @retry_after_ms: -1 when not known; @took_ms: how long ago the attempt began. */
void ocg_credentials_note_success (OcgCredentials *self, const char *profile, const char *model);
void ocg_credentials_note_failure (OcgCredentials *self, OcgProvider *provider,
                                   const char *profile, const char *model, OcgError code,
                                   gint64 retry_after_ms, gint64 took_ms);
/* For whoever gives @profile another secret, or takes it away. @profile: (nullable) all of them */
void ocg_credentials_clear_cooldown (OcgCredentials *self, const char *profile);

/* Whether @provider has a stored profile of another region than @region, beside @profile. */
gboolean ocg_credentials_has_other_region (OcgCredentials *self, OcgProvider *provider,
                                           const char *profile, const char *region);

/* After OCG_ERROR_CREDENTIAL_REJECTED: the other origin that the first stored profile (or @profile)
 * is bound to. NULL when that was not the reason: the key has characters that no header may have,
 * or is another provider's. (transfer full) */
char *ocg_credentials_find_other_origin (OcgCredentials *self, OcgProvider *provider,
                                         const char *profile);

/* The same of the place that a login came from, see ocg_token_keeper_find_other_endpoint(). */
char *ocg_credentials_find_other_endpoint (OcgCredentials *self, OcgProvider *provider,
                                           const char *profile);
/* After OCG_ERROR_CREDENTIAL_EXPIRED: the first stored profile (or @profile) that has ended.
 * @is_login: (out) there is somebody to log in to. (transfer full) (nullable) */
char *ocg_credentials_find_ended (OcgCredentials *self, OcgProvider *provider,
                                  const char *profile, gboolean *is_login);

/* The plugin that has to be enabled before anybody can log in to @provider. (nullable) */
const char *ocg_credentials_find_disabled_plugin (OcgCredentials *self, OcgProvider *provider);

/* The dictionaries of ListCredentials(), as aa{sv}. @provider: (nullable). Floating. */
GVariant *ocg_credentials_list (OcgCredentials *self, OcgCatalog *catalog, const char *provider);
