/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-quota-look.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../credentials/ocg-key-text.h"
#include "../net/ocg-fetch.h"
#include "ocg-quota-minimax.h"
#include "ocg-quota-place.h"

#define ANSWER_MS (10 * 1000)

struct _OcgQuotaLook
{
  OcgHttp *http;
  OcgProvider *provider;
  OcgQuotaLookFunc func;
  gpointer user_data;
  GCancellable *cancellable;
  OcgCredential *credential; /* (nullable) until it is there */
  OcgQuotaPlace *place;      /* (nullable) the same */
  guint next;                /* of place->plan_urls */
  gboolean is_balance;       /* what is under way asks for that */
};

static void
look_free (OcgQuotaLook *self)
{
  ocg_provider_unref (self->provider);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->credential, ocg_credential_free);
  g_clear_pointer (&self->place, ocg_quota_place_free);
  g_free (self);
}

/* What is under way frees it. */
void
ocg_quota_look_cancel (OcgQuotaLook *self)
{
  g_cancellable_cancel (self->cancellable);
}

/* Takes @report. */
static void
look_end (OcgQuotaLook *self, OcgQuotaReport *report)
{
  if (self->place != NULL)
    report->region = g_strdup (self->place->region);
  if (self->credential != NULL)
    report->is_of_plan = self->provider->login != NULL
                         || ocg_key_text_is_plan_key (self->credential->secret);
  self->func (report, NULL, self->user_data);
  ocg_quota_report_unref (report);
  look_free (self);
}

static void
look_end_with (OcgQuotaLook *self, OcgQuotaState state, const char *msgid)
{
  OcgQuotaReport *report = ocg_quota_report_new (self->is_balance ? OCG_QUOTA_BALANCE
                                                                  : OCG_QUOTA_PLAN);

  ocg_quota_report_set_state (report, state,
                              ocg_failure_new (OCG_ERROR_PROVIDER_ERROR, msgid, NULL));
  look_end (self, report);
}

static void look_ask (OcgQuotaLook *self);

static gboolean
is_page (const OcgFetchReply *reply)
{
  const char *type = g_hash_table_lookup (reply->headers, "content-type");
  const char *text = reply->text;

  while (g_ascii_isspace (*text))
    text++;
  return *text == '<' || (type != NULL && g_ascii_strncasecmp (type, "text/html", 9) == 0);
}

/* Older addresses say the same, where the new one is not there yet. */
static gboolean
is_not_there (const OcgFetchReply *reply)
{
  return reply->status == 404 || reply->status == 405
         || (reply->status / 100 == 2 && is_page (reply));
}

static void
take_answer (OcgQuotaLook *self, const OcgFetchReply *reply)
{
  const char *secret = ocg_secret_peek (self->credential->secret);

  if (self->is_balance)
    look_end (self, ocg_quota_minimax_read_balance (reply->text, reply->length, secret));
  else
    look_end (self, ocg_quota_minimax_read_plan (reply->text, reply->length, secret));
}

static void
take_reply (OcgQuotaLook *self, const OcgFetchReply *reply)
{
  if (is_not_there (reply))
    look_ask (self);
  else if (reply->status == 401 || reply->status == 403)
    look_end_with (self, OCG_QUOTA_ERROR,
                   N_ ("The provider refused the credential, or there is no plan behind it."));
  else if (reply->status == 429)
    look_end_with (self, OCG_QUOTA_ERROR,
                   N_ ("The provider was asked too often. Try again in a minute."));
  else if (reply->status / 100 != 2)
    look_end_with (self, OCG_QUOTA_UNKNOWN, N_ ("The provider did not say how much is left."));
  else
    take_answer (self, reply);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgQuotaLook *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OcgFetchReply) reply = ocg_fetch_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    look_free (self);
  else if (reply != NULL)
    take_reply (self, reply);
  else
    {
      g_debug ("%s: quota: %s", self->provider->id, error->message);
      look_end_with (self, OCG_QUOTA_UNKNOWN,
                     g_error_matches (error, OCG_ERROR, OCG_ERROR_PROTOCOL_VIOLATION)
                         ? N_ ("The answer of the provider is too long.")
                         : N_ ("The provider could not be reached."));
    }
}

/* Asks the next address. */
static void
look_ask (OcgQuotaLook *self)
{
  g_autoptr (GHashTable) headers = g_hash_table_new (g_str_hash, g_str_equal);
  OcgFetchRequest request = { .headers = headers,
                              .auth_header = OCG_AUTH_BEARER,
                              .secret = self->credential->secret,
                              .timeout_ms = ANSWER_MS };

  if (!self->is_balance)
    request.url = self->place->plan_urls[self->next++];
  else if (self->next++ == 0)
    request.url = self->place->balance_url;
  if (request.url == NULL)
    {
      look_end_with (self, OCG_QUOTA_UNKNOWN, N_ ("The provider did not say how much is left."));
      return;
    }
  g_hash_table_insert (headers, (gpointer) "mm-api-source", (gpointer) "OpenClaw");
  ocg_fetch_async (self->http, &request, self->cancellable, on_fetched, self);
}

static void
fail_credential (OcgQuotaLook *self, const GError *error)
{
  g_debug ("%s: quota: %s", self->provider->id, error->message);
  if (g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING))
    {
      self->func (NULL, error, self->user_data);
      look_free (self);
    }
  else if (g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_EXPIRED))
    look_end_with (self, OCG_QUOTA_ERROR, N_ ("The login has expired. Log in again."));
  else if (g_error_matches (error, OCG_ERROR, OCG_ERROR_KEYRING_LOCKED))
    look_end_with (self, OCG_QUOTA_UNKNOWN, N_ ("The keyring is locked."));
  else
    look_end_with (self, OCG_QUOTA_UNKNOWN,
                   N_ ("The credential cannot be used. See: openclawctl models auth list"));
}

static void
on_credential (GObject *credentials, GAsyncResult *result, gpointer user_data)
{
  OcgQuotaLook *self = user_data;
  g_autoptr (GError) error = NULL;

  self->credential = ocg_credentials_get_finish (OCG_CREDENTIALS (credentials), result, &error);
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      look_free (self);
      return;
    }
  if (self->credential == NULL)
    {
      fail_credential (self, error);
      return;
    }
  ocg_provider_unref (self->provider);
  self->provider = ocg_provider_ref (self->credential->provider);
  self->place = ocg_quota_place_find (self->provider, self->provider->base_url);
  if (self->place == NULL || self->credential->secret == NULL)
    {
      look_end_with (self, OCG_QUOTA_UNKNOWN,
                     N_ ("It is not known where this server says how much is left."));
      return;
    }
  /* A key that is paid by use has no plan. */
  self->is_balance = self->place->balance_url != NULL
                     && g_str_has_prefix (ocg_secret_peek (self->credential->secret), "sk-api-");
  look_ask (self);
}

OcgQuotaLook *
ocg_quota_look_start (OcgCredentials *credentials, OcgHttp *http, OcgProvider *provider,
                      const char *profile, gboolean quiet, OcgQuotaLookFunc func,
                      gpointer user_data)
{
  OcgQuotaLook *self = g_new0 (OcgQuotaLook, 1);

  self->http = http;
  self->provider = ocg_provider_ref (provider);
  self->func = func;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  if (quiet)
    ocg_credentials_get_quietly_async (credentials, provider, profile, self->cancellable,
                                       on_credential, self);
  else
    ocg_credentials_get_async (credentials, provider, profile, self->cancellable, on_credential,
                               self);
  return self;
}
