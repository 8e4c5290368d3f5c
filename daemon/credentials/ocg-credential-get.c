/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One credential for one request: profile after profile until one can be used. */

#include "ocg-credentials-private.h"

#include <string.h>

#include "ocg-credential-place.h"
#include "ocg-error.h"
#include "ocg-key-text.h"
#include "ocg-login-token.h"

/* One ocg_credentials_get_async(). */
typedef struct
{
  OcgProvider *provider;
  OcgSettings *settings; /* (nullable) those it began with */
  gboolean chosen;       /* the caller named the profile */
  gboolean quiet;        /* nobody is asked to unlock the keyring */
  char *model;           /* (nullable) the id of the model that it is for */
  GPtrArray *tried;      /* (nullable) of char*: profiles to leave out */
  gboolean as_stored;    /* nothing is renewed */
  OcgSecret *refused;    /* (nullable) another one than this is wanted */
  GPtrArray *order;      /* of char* */
  guint next;
  OcgProvider *place;    /* (nullable) @provider, where the one that is tried belongs */
  gboolean skip_keyring; /* it is locked or not there: do not ask again */
  gboolean guessed;      /* there was nothing to try, so the keyring was asked for a likely name */
  gboolean reread;       /* and then there was something */
  GError *error;         /* the first one */
} Getting;

static void
getting_free (Getting *getting)
{
  ocg_provider_unref (getting->provider);
  g_clear_pointer (&getting->place, ocg_provider_unref);
  g_clear_pointer (&getting->settings, ocg_settings_unref);
  g_free (getting->model);
  g_clear_pointer (&getting->tried, g_ptr_array_unref);
  g_clear_pointer (&getting->refused, ocg_secret_unref);
  g_ptr_array_unref (getting->order);
  g_clear_error (&getting->error);
  g_free (getting);
}

static void get_continue (GTask *task);

static void
note_use (OcgCredentials *self, const char *profile)
{
  gint64 *time = g_new (gint64, 1);

  *time = ocg_clock_now (self->clock);
  g_hash_table_replace (self->last_used, g_strdup (profile), time);
}

static void
get_return (GTask *task, const char *profile, OcgSecret *secret, gboolean renewable)
{
  Getting *getting = g_task_get_task_data (task);
  OcgCredential *credential = g_new0 (OcgCredential, 1);

  if (!getting->quiet)
    note_use (g_task_get_source_object (task), profile);
  credential->provider
      = ocg_provider_ref (getting->place != NULL ? getting->place : getting->provider);
  credential->profile = g_strdup (profile);
  credential->secret = secret;
  credential->renewable = renewable;
  g_task_return_pointer (task, credential, (GDestroyNotify) ocg_credential_free);
}

/* @error: (transfer full) */
static void
get_remember_error (Getting *getting, GError *error)
{
  if (getting->error == NULL)
    getting->error = error;
  else
    g_error_free (error);
}

/* Takes @text as the key of @profile, or remembers why not. */
static gboolean
get_take_text (GTask *task, const char *profile, const char *text, gboolean renewable)
{
  Getting *getting = g_task_get_task_data (task);
  OcgKeyTextState state = ocg_key_text_check (text);

  if (state == OCG_KEY_TEXT_USABLE)
    {
      get_return (task, profile, ocg_key_text_to_secret (text), renewable);
      return TRUE;
    }
  if (state == OCG_KEY_TEXT_BAD)
    get_remember_error (getting,
                        g_error_new (OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED,
                                     "The key of %s has characters that no key has", profile));
  else
    get_remember_error (getting, g_error_new (OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING,
                                              "There is no key behind %s", profile));
  return FALSE;
}

static GError *
origin_error (OcgProvider *provider, const char *profile, const char *origin)
{
  return g_error_new (OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED,
                      "%s is bound to %s and is not sent to %s (%s)", profile,
                      origin != NULL ? origin : "no address", provider->origin, provider->id);
}

static void
get_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Getting *getting = g_task_get_task_data (task);
  const char *profile = getting->order->pdata[getting->next - 1];
  GError *error = NULL;
  g_autoptr (OcgSecret) access = ocg_token_keeper_get_finish (OCG_TOKEN_KEEPER (source), result,
                                                              &error);

  if (access != NULL && get_take_text (task, profile, ocg_secret_peek (access), TRUE))
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  if (error != NULL)
    get_remember_error (getting, error);
  get_continue (task);
}

/* Where what is stored as @profile belongs. A login says so itself. Whether it may go there. */
static gboolean
get_place (GTask *task, const char *profile, const OcgLoginToken *token, const char *origin)
{
  OcgCredentials *self = g_task_get_source_object (task);
  Getting *getting = g_task_get_task_data (task);
  const OcgKeyringItem *item = ocg_keyring_find (self->keyring, profile);
  const char *region = token->region != NULL ? token->region
                       : item != NULL        ? item->region
                                             : NULL;

  getting->place = ocg_credential_place (getting->provider, region, token->base_url, origin);
  if (ocg_provider_accepts_origin (getting->place, origin))
    return TRUE;
  get_remember_error (getting, origin_error (getting->place, profile, origin));
  return FALSE;
}

/* What the keyring has for @profile: a key, or a token that may have to be renewed. Whether that
 * was the end, or something is under way. */
static gboolean
get_take_stored (GTask *task, const char *profile, OcgSecret *secret, const char *origin)
{
  OcgCredentials *self = g_task_get_source_object (task);
  Getting *getting = g_task_get_task_data (task);
  g_autoptr (OcgLoginToken) token = ocg_login_token_parse (secret);
  gboolean ends = token != NULL && (token->expires > 0 || token->refresh != NULL);

  if (token == NULL)
    {
      get_remember_error (getting, g_error_new (OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED,
                                                "What is stored as %s is damaged", profile));
      return FALSE;
    }
  if (!get_place (task, profile, token, origin))
    return FALSE;
  if (!ends || getting->as_stored)
    return get_take_text (task, profile, ocg_secret_peek (token->access), ends);
  ocg_token_keeper_get_async (self->keeper, getting->place, profile, token, getting->refused,
                              g_task_get_cancellable (task), get_kept, g_object_ref (task));
  return TRUE;
}

/* A login whose last renewal the keyring did not take works all the same. */
static gboolean
get_from_memory (GTask *task, const char *profile)
{
  OcgCredentials *self = g_task_get_source_object (task);
  Getting *getting = g_task_get_task_data (task);
  const char *origin = NULL;
  const OcgLoginToken *token
      = ocg_token_keeper_find_unsaved (self->keeper, profile, &origin);

  return token != NULL
         && (getting->refused == NULL
             || !g_str_equal (ocg_secret_peek (getting->refused), ocg_secret_peek (token->access)))
         && get_place (task, profile, token, origin)
         && get_take_text (task, profile, ocg_secret_peek (token->access), TRUE);
}

static void
get_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Getting *getting = g_task_get_task_data (task);
  const char *profile = getting->order->pdata[getting->next - 1];
  g_autofree char *origin = NULL;
  GError *error = NULL;
  g_autoptr (OcgSecret) secret = ocg_keyring_lookup_finish (OCG_KEYRING (source), result, &origin,
                                                            &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  if (error != NULL && !g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING)
      && get_from_memory (task, profile))
    {
      g_error_free (error);
      return;
    }
  if (error != NULL)
    {
      /* What is missing or damaged is so alone. */
      getting->skip_keyring = !g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING)
                              && !g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED);
      get_remember_error (getting, error);
    }
  else if (get_take_stored (task, profile, secret, origin))
    return;
  get_continue (task);
}

/* Whether a lookup is under way. */
static gboolean
get_from_keyring (GTask *task, const char *profile)
{
  OcgCredentials *self = g_task_get_source_object (task);
  Getting *getting = g_task_get_task_data (task);
  const OcgKeyringItem *item = ocg_keyring_find (self->keyring, profile);

  if (getting->skip_keyring)
    return FALSE;
  if (item != NULL && !ocg_credentials_is_bound_to (self, item, getting->provider))
    {
      get_remember_error (getting, origin_error (getting->provider, profile, item->origin));
      return FALSE;
    }
  if (getting->quiet)
    ocg_keyring_lookup_quietly_async (self->keyring, profile, g_task_get_cancellable (task),
                                      get_looked_up, g_object_ref (task));
  else
    ocg_keyring_lookup_async (self->keyring, profile, g_task_get_cancellable (task),
                              get_looked_up, g_object_ref (task));
  return TRUE;
}

/* Tries the next one; TRUE when the task is over or waits. */
static gboolean
get_try (GTask *task, const char *profile)
{
  Getting *getting = g_task_get_task_data (task);
  OcgCredentialSource source = ocg_credential_source (getting->provider, profile);

  g_clear_pointer (&getting->place, ocg_provider_unref);
  if (source == OCG_CREDENTIAL_FROM_KEYRING)
    return get_from_keyring (task, profile);
  if (source != OCG_CREDENTIAL_FROM_NOWHERE)
    return get_take_text (task, profile,
                          ocg_credential_text (getting->provider, getting->settings, source),
                          FALSE);
  if (getting->provider->needs_key)
    return FALSE;
  get_return (task, profile, NULL, FALSE);
  return TRUE;
}

static void
get_fail (GTask *task)
{
  Getting *getting = g_task_get_task_data (task);

  /* That the settings name a variable which is not set is the better explanation. */
  if (getting->guessed && getting->provider->missing_variable != NULL
      && !g_error_matches (getting->error, OCG_ERROR, OCG_ERROR_KEYRING_LOCKED))
    g_clear_error (&getting->error);

  if (getting->error != NULL)
    g_task_return_error (task, g_steal_pointer (&getting->error));
  else
    g_task_return_new_error (task, OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING,
                             "There is no credential for %s", getting->provider->id);
}

/* (transfer full) */
static GPtrArray *
get_order (OcgCredentials *self, const Getting *getting)
{
  GPtrArray *order = ocg_credentials_get_turns (self, getting->provider, getting->settings,
                                                getting->model);

  for (guint i = order->len; getting->tried != NULL && i > 0; i--)
    if (g_ptr_array_find_with_equal_func (getting->tried, order->pdata[i - 1], g_str_equal, NULL))
      g_ptr_array_remove_index (order, i - 1);
  return order;
}

static void
get_continue (GTask *task)
{
  OcgCredentials *self = g_task_get_source_object (task);
  Getting *getting = g_task_get_task_data (task);

  while (getting->next < getting->order->len)
    if (get_try (task, getting->order->pdata[getting->next++]))
      return;

  if (getting->error == NULL && !getting->guessed && !getting->chosen)
    {
      /* The keyring tells whether there is no key, or it is locked so that nobody knows, or it is
       * not there. */
      getting->guessed = TRUE;
      g_ptr_array_add (getting->order,
                       ocg_credential_order_guess (getting->provider, getting->settings));
      get_continue (task);
      return;
    }
  if (getting->guessed && !getting->reread
      && g_error_matches (getting->error, OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING)
      && ocg_credentials_has (getting->provider, self))
    {
      getting->reread = TRUE;
      g_clear_error (&getting->error);
      g_ptr_array_unref (getting->order);
      getting->order = get_order (self, getting);
      getting->next = 0;
      get_continue (task);
      return;
    }
  get_fail (task);
}

/* Takes @new_task and @getting. */
static void
get_start (OcgCredentials *self, GTask *new_task, Getting *getting, OcgProvider *provider,
           const char *profile)
{
  g_autoptr (GTask) task = new_task;

  g_task_set_source_tag (task, ocg_credentials_get_async);
  getting->provider = ocg_provider_ref (provider);
  getting->settings = self->settings != NULL ? ocg_settings_ref (self->settings) : NULL;
  getting->chosen = profile != NULL;
  if (profile != NULL)
    {
      getting->order = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (getting->order, g_strdup (profile));
    }
  else
    getting->order = get_order (self, getting);
  g_task_set_task_data (task, getting, (GDestroyNotify) getting_free);
  get_continue (task);
}

void
ocg_credentials_get_async (OcgCredentials *self, OcgProvider *provider, const char *profile,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  get_start (self, g_task_new (self, cancellable, callback, user_data), g_new0 (Getting, 1),
             provider, profile);
}

void
ocg_credentials_get_for_async (OcgCredentials *self, OcgProvider *provider, const char *model,
                               GPtrArray *tried, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  Getting *getting = g_new0 (Getting, 1);

  getting->model = g_strdup (model);
  getting->tried = g_ptr_array_ref (tried);
  get_start (self, g_task_new (self, cancellable, callback, user_data), getting, provider, NULL);
}

void
ocg_credentials_refresh_async (OcgCredentials *self, OcgProvider *provider,
                               const OcgCredential *refused, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  Getting *getting = g_new0 (Getting, 1);

  getting->refused = ocg_secret_ref (refused->secret);
  get_start (self, g_task_new (self, cancellable, callback, user_data), getting, provider,
             refused->profile);
}

void
ocg_credentials_get_quietly_async (OcgCredentials *self, OcgProvider *provider,
                                   const char *profile, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  Getting *getting = g_new0 (Getting, 1);

  getting->quiet = TRUE;
  get_start (self, g_task_new (self, cancellable, callback, user_data), getting, provider, profile);
}

void
ocg_credentials_get_stored_async (OcgCredentials *self, OcgProvider *provider,
                                  const char *profile, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  Getting *getting = g_new0 (Getting, 1);

  getting->quiet = getting->as_stored = TRUE;
  get_start (self, g_task_new (self, cancellable, callback, user_data), getting, provider, profile);
}

OcgCredential *
ocg_credentials_get_finish (OcgCredentials *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
