/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-quota.h"

#include <glib/gi18n.h>

#include "../credentials/ocg-credential-order.h"
#include "ocg-quota-headers.h"
#include "ocg-quota-look.h"
#include "ocg-quota-place.h"

#define FRESH_MS (60 * 1000)
#define UNASKED_MS (10 * 60 * 1000)

struct _OcgQuota
{
  OcgCredentials *credentials; /* (owned) */
  OcgHttp *http;
  OcgClock *clock;
  GHashTable *entries; /* profile -> Entry; those of credentials that there are, or were */
  gulong changed_handler;
  OcgQuotaFunc func; /* (nullable) */
  OcgQuotaWantedFunc wanted;
  gpointer user_data;
};

/* What is known of one credential. */
typedef struct
{
  OcgQuota *quota;
  char *profile;
  char *base_url;          /* (nullable) where requests went when it was asked */
  OcgQuotaReport *report;  /* (nullable) what the provider said when it was asked */
  OcgQuotaReport *headers; /* (nullable) what answers said, last */
  gint64 looked_at;        /* Unix ms; 0: not yet, or it does not count any more */
  OcgQuotaLook *look;      /* (nullable) under way */
  OcgProvider *provider;   /* (nullable) whose look it is */
  GPtrArray *waiting;      /* of GTask */
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->look, ocg_quota_look_cancel);
  g_clear_pointer (&entry->provider, ocg_provider_unref);
  for (guint i = 0; i < entry->waiting->len; i++)
    g_task_return_new_error (entry->waiting->pdata[i], G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             "cancelled");
  g_ptr_array_unref (entry->waiting);
  g_clear_pointer (&entry->report, ocg_quota_report_unref);
  g_clear_pointer (&entry->headers, ocg_quota_report_unref);
  g_free (entry->base_url);
  g_free (entry->profile);
  g_free (entry);
}

/* Another key may stand behind the same name now. */
static void
on_credentials_changed (OcgQuota *self)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    ((Entry *) entry)->looked_at = 0;
}

OcgQuota *
ocg_quota_new (OcgCredentials *credentials, OcgHttp *http, OcgClock *clock)
{
  OcgQuota *self = g_new0 (OcgQuota, 1);

  self->credentials = g_object_ref (credentials);
  self->http = http;
  self->clock = clock;
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  self->changed_handler = g_signal_connect_swapped (credentials, "changed",
                                                    G_CALLBACK (on_credentials_changed), self);
  return self;
}

void
ocg_quota_free (OcgQuota *self)
{
  g_signal_handler_disconnect (self->credentials, self->changed_handler);
  g_hash_table_unref (self->entries);
  g_object_unref (self->credentials);
  g_free (self);
}

void
ocg_quota_set_observer (OcgQuota *self, OcgQuotaFunc func, OcgQuotaWantedFunc wanted,
                        gpointer user_data)
{
  self->func = func;
  self->wanted = wanted;
  self->user_data = user_data;
}

static Entry *
find_or_add (OcgQuota *self, const char *profile)
{
  Entry *entry = g_hash_table_lookup (self->entries, profile);

  if (entry != NULL)
    return entry;
  entry = g_new0 (Entry, 1);
  entry->quota = self;
  entry->profile = g_strdup (profile);
  entry->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_insert (self->entries, entry->profile, entry);
  return entry;
}

/* A clock that was set back makes everything old. */
static gboolean
is_younger (Entry *entry, gint64 ms)
{
  gint64 age = ocg_clock_now (entry->quota->clock) - entry->looked_at;

  return entry->looked_at != 0 && age >= 0 && age < ms;
}

static void
return_report (GTask *task, OcgQuotaReport *report)
{
  g_task_return_pointer (task, ocg_quota_report_ref (report),
                         (GDestroyNotify) ocg_quota_report_unref);
}

static void
tell_waiting (GPtrArray *waiting, OcgQuotaReport *report, const GError *error)
{
  for (guint i = 0; i < waiting->len; i++)
    if (report != NULL)
      return_report (waiting->pdata[i], report);
    else
      g_task_return_error (waiting->pdata[i], g_error_copy (error));
}

/* An OcgQuotaLookFunc. */
static void
on_looked (OcgQuotaReport *report, const GError *error, gpointer user_data)
{
  Entry *entry = user_data;
  OcgQuota *self = entry->quota;
  g_autoptr (OcgProvider) provider = g_steal_pointer (&entry->provider);
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&entry->waiting);

  entry->look = NULL;
  entry->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_clear_pointer (&entry->report, ocg_quota_report_unref);
  if (report != NULL)
    {
      report->updated = ocg_clock_now (self->clock);
      entry->report = ocg_quota_report_ref (report);
    }
  else
    entry->looked_at = 0;
  tell_waiting (waiting, report, error);
  if (report != NULL && self->func != NULL)
    self->func (provider, entry->profile, report, self->user_data);
  /* Callers may ask for whatever names they like, and a keyring that is locked or not there does
   * not say that there is no such profile. */
  if (entry->look == NULL && entry->headers == NULL
      && !ocg_credentials_has_profile (self->credentials, provider, entry->profile))
    g_hash_table_remove (self->entries, entry->profile);
}

static void
start_look (Entry *entry, OcgProvider *provider, gboolean quiet)
{
  OcgQuota *self = entry->quota;

  entry->looked_at = ocg_clock_now (self->clock);
  g_free (entry->base_url);
  entry->base_url = g_strdup (provider->base_url);
  entry->provider = ocg_provider_ref (provider);
  entry->look = ocg_quota_look_start (self->credentials, self->http, provider, entry->profile,
                                      quiet, on_looked, entry);
}

static gboolean
is_limit (const OcgFailure *failure)
{
  return failure != NULL
         && (failure->code == OCG_ERROR_RATE_LIMITED || failure->code == OCG_ERROR_QUOTA_EXCEEDED);
}

/* Nobody waits for this look. */
static void
look_unasked (Entry *entry, OcgProvider *provider, gboolean is_stopped)
{
  OcgQuota *self = entry->quota;
  /* What is paid by use has no windows. */
  gboolean has_windows = entry->report == NULL || entry->report->source == OCG_QUOTA_PLAN;

  if (self->wanted == NULL || !self->wanted (self->user_data) || !has_windows || entry->look != NULL
      || is_younger (entry, is_stopped ? FRESH_MS : UNASKED_MS))
    return;
  start_look (entry, provider, TRUE);
}

void
ocg_quota_note_answer (const OcgAnswerNote *note, gpointer user_data)
{
  OcgQuota *self = user_data;
  OcgProvider *provider = note->model->provider;
  gboolean is_answered = note->status / 100 == 2 || note->status == 429;
  OcgQuotaReport *headers = is_answered ? ocg_quota_headers_read (note->get_header, note->headers,
                                                                  ocg_clock_now (self->clock))
                                        : NULL;
  gboolean is_of_plan = (note->failure == NULL || is_limit (note->failure))
                        && ocg_quota_place_exists (provider);
  Entry *entry = NULL;

  if (headers == NULL && !is_of_plan)
    return;
  entry = find_or_add (self, note->profile);
  if (headers != NULL)
    {
      g_clear_pointer (&entry->headers, ocg_quota_report_unref);
      entry->headers = headers;
    }
  if (is_of_plan)
    look_unasked (entry, provider, note->failure != NULL);
}

gboolean
ocg_quota_has (OcgQuota *self, OcgProvider *provider)
{
  g_autofree char *profile = ocg_credentials_peek (self->credentials, provider);
  Entry *entry = profile != NULL ? g_hash_table_lookup (self->entries, profile) : NULL;

  if (profile == NULL || g_str_equal (profile, OCG_CREDENTIAL_NONE_NEEDED))
    return FALSE;
  return ocg_quota_place_exists (provider) || (entry != NULL && entry->headers != NULL);
}

static OcgQuotaReport *
new_unknown (void)
{
  OcgQuotaReport *report = ocg_quota_report_new (OCG_QUOTA_HEADERS);

  ocg_quota_report_set_state (
      report, OCG_QUOTA_UNKNOWN,
      ocg_failure_new (OCG_ERROR_PROVIDER_ERROR,
                       N_ ("The provider has not said yet how much is left."), NULL));
  return report;
}

/* Of a provider that cannot be asked. */
static void
return_headers (OcgQuota *self, GTask *task, const char *profile)
{
  Entry *entry = g_hash_table_lookup (self->entries, profile);
  g_autoptr (OcgQuotaReport) unknown = NULL;

  if (entry == NULL || entry->headers == NULL)
    unknown = new_unknown ();
  return_report (task, unknown != NULL ? unknown : entry->headers);
}

void
ocg_quota_get_async (OcgQuota *self, OcgProvider *provider, const char *profile, gboolean refresh,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  char *name = profile != NULL ? g_strdup (profile)
                               : ocg_credentials_peek (self->credentials, provider);
  Entry *entry = NULL;

  g_task_set_source_tag (task, ocg_quota_get_async);
  g_task_set_task_data (task, name, g_free);
  if (name == NULL)
    {
      g_task_return_new_error (task, OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING,
                               "there is no credential for %s", provider->id);
      return;
    }
  if (!ocg_quota_place_exists (provider))
    {
      return_headers (self, task, name);
      return;
    }
  entry = find_or_add (self, name);
  if (entry->look == NULL && !refresh && entry->report != NULL && is_younger (entry, FRESH_MS)
      && g_strcmp0 (entry->base_url, provider->base_url) == 0)
    {
      return_report (task, entry->report);
      return;
    }
  g_ptr_array_add (entry->waiting, g_steal_pointer (&task));
  if (entry->look == NULL)
    start_look (entry, provider, FALSE);
}

OcgQuotaReport *
ocg_quota_get_finish (OcgQuota *self, GAsyncResult *result, char **profile, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ocg_quota_get_async), NULL);
  *profile = g_strdup (g_task_get_task_data (G_TASK (result)));
  return g_task_propagate_pointer (G_TASK (result), error);
}
