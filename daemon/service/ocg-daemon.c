/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-daemon.h"

#include "../../dbus/ocg-names.h"
#include "../catalog/ocg-validator.h"
#include "../credentials/ocg-login-places.h"
#include "ocg-config-object.h"
#include "ocg-credentials-object.h"
#include "ocg-dbus-generated.h"
#include "ocg-gateway.h"
#include "ocg-login-notices.h"
#include "ocg-login-shell.h"
#include "ocg-logins.h"
#include "ocg-plugins-object.h"
#include "ocg-problem-log.h"
#include "ocg-quota-notices.h"
#include "ocg-service.h"
#include "ocg-usage-object.h"

/* How long the last lines may take to be read when the gateway stops. */
#define STOP_MS 1500
#define STOP_STEP_MS 20

/* How long the keyring and the login shell may take to tell what they hold before the gateway starts
 * without it. */
#define START_MS 400

struct _OcgDaemon
{
  OcgService service;
  OcgHttp *http;
  OcgLoginNotices *login_notices;
  GHashTable *places; /* where logins lead, see ocg-login-places.h */
  OcgGateway *gateway;
  OcgCredentialsObject *credentials_object;
  OcgConfigObject *config_object;
  OcgUsageObject *usage_object;
  OcgQuotaNotices *quota_notices;
  OcgPluginsObject *plugins_object;
  OcgLogins *logins;
  OcgLoginShell *login_shell;
  OcgProblemLog *problem_log;
  gboolean is_taking; /* new settings */
  guint starting; /* answers that the first reply should know of */
  guint name_id;
  guint start_source;
  gboolean is_stopping;
  gint64 stop_deadline; /* monotonic, microseconds */
  OcgDaemonFunc lost;
  gpointer lost_data;
  OcgDaemonFunc stopped;
  gpointer stopped_data;
};

/* An OcgConfigValidateFunc. */
static OcgProblems *
validate (const OcgSettingsSources *sources, gpointer user_data)
{
  OcgDaemon *self = user_data;
  OcgProblems *problems = ocg_problems_new ();
  const OcgSettingsSources with_places
      = { sources->files, sources->process, sources->shell, self->places };
  G_GNUC_UNUSED g_autoptr (OcgCatalog) catalog = ocg_validator_run (
      &with_places, ocg_discovery_get_served (self->service.discovery), problems);

  return problems;
}

/* An OcgNoticeWantedFunc. */
static gboolean
wants_notice (OcgNoticeKind kind, gpointer user_data)
{
  OcgDaemon *self = user_data;
  const OcgDesktop *desktop
      = ocg_catalog_get_settings (ocg_engine_get_catalog (self->service.engine))->desktop;

  if (!desktop->notify)
    return FALSE;
  switch (kind)
    {
    case OCG_NOTICE_LOGIN:
      return desktop->notify_login;
    case OCG_NOTICE_QUOTA:
      return desktop->notify_quota;
    case OCG_NOTICE_FALLBACK:
      return desktop->notify_fallback;
    }
  return FALSE;
}

/* An OcgQuotaWantedFunc. */
static gboolean
wants_quota_notice (gpointer user_data)
{
  return wants_notice (OCG_NOTICE_QUOTA, user_data);
}

/* An OcgQuotaFunc. */
static void
on_quota (OcgProvider *provider, const char *profile, OcgQuotaReport *report, gpointer user_data)
{
  OcgDaemon *self = user_data;

  ocg_quota_notices_take (self->quota_notices, provider, profile, report);
}

static void
use_catalog (OcgDaemon *self, OcgCatalog *catalog)
{
  ocg_engine_set_catalog (self->service.engine, catalog);
  ocg_discovery_set_catalog (self->service.discovery, catalog);
  ocg_token_keeper_set_catalog (self->service.keeper, catalog);
}

/* Whether logins lead elsewhere than before. */
static gboolean
find_places (OcgDaemon *self)
{
  OcgCatalog *catalog = ocg_engine_get_catalog (self->service.engine);
  GHashTable *places
      = ocg_login_places_find (catalog, ocg_catalog_get_settings (catalog),
                               self->service.keyring, self->service.keeper);
  gboolean changed = !ocg_login_places_equal (places, self->places);

  g_hash_table_unref (self->places);
  self->places = places;
  return changed;
}

static void
read_settings (OcgDaemon *self)
{
  OcgService *service = &self->service;
  OcgSettingsSources sources = ocg_config_get_sources (service->config);
  g_autoptr (OcgProblems) of_good = ocg_problems_new ();
  g_autoptr (OcgProblems) of_read = NULL;
  g_autoptr (OcgCatalog) catalog = NULL;

  sources.places = self->places;
  catalog = ocg_validator_run (&sources, ocg_discovery_get_served (service->discovery), of_good);
  use_catalog (self, catalog);
  /* Of a file that cannot be read something older is in force. */
  if (!ocg_config_is_good (service->config))
    of_read = ocg_config_validate (service->config);
  ocg_problem_log_take (self->problem_log, of_read != NULL ? of_read : of_good);
  self->is_taking = TRUE;
  ocg_credentials_set_settings (service->credentials, ocg_catalog_get_settings (catalog));
  self->is_taking = FALSE;
}

static void
take_settings (OcgDaemon *self)
{
  read_settings (self);
  /* The settings say which regions there are, and which login comes first. */
  if (find_places (self))
    read_settings (self);
}

static void
on_config_changed (OcgConfig *config, GStrv paths, OcgDaemon *self)
{
  take_settings (self);
  ocg_login_shell_update (self->login_shell, ocg_engine_get_catalog (self->service.engine));
  ocg_gateway_refresh (self->gateway);
  ocg_config_object_refresh (self->config_object, (const char *const *) paths);
  ocg_discovery_ask (self->service.discovery);
}

/* What is wrong in the settings has been said when they were read. */
static void
on_models_found (gpointer user_data)
{
  OcgDaemon *self = user_data;
  OcgSettings *settings
      = ocg_catalog_get_settings (ocg_engine_get_catalog (self->service.engine));
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgCatalog) catalog = ocg_catalog_new (
      settings, ocg_discovery_get_served (self->service.discovery), problems);

  use_catalog (self, catalog);
  ocg_gateway_refresh (self->gateway);
}

static void
on_credentials_changed (OcgCredentials *credentials, OcgDaemon *self)
{
  /* Who takes new settings does that afterwards. */
  if (!self->is_taking)
    {
      if (find_places (self))
        read_settings (self);
      ocg_gateway_refresh (self->gateway);
    }
  ocg_discovery_note_credentials (self->service.discovery);
}

static void
on_name_lost (GDBusConnection *connection, const char *name, gpointer user_data)
{
  OcgDaemon *self = user_data;

  /* A bus that is gone is another matter. */
  if (!self->is_stopping && !g_dbus_connection_is_closed (self->service.connection))
    self->lost (self->lost_data);
}

static void
own_name (OcgDaemon *self)
{
  g_clear_handle_id (&self->start_source, g_source_remove);
  if (self->is_stopping || self->name_id != 0)
    return;
  self->name_id = g_bus_own_name_on_connection (self->service.connection, OCG_BUS_NAME,
                                                G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE, NULL,
                                                on_name_lost, self, NULL);
}

static gboolean
on_start_timeout (gpointer user_data)
{
  OcgDaemon *self = user_data;

  self->start_source = 0;
  own_name (self);
  return G_SOURCE_REMOVE;
}

/* One of the answers that the start waits for. */
static void
note_answer (OcgDaemon *self)
{
  if (self->starting > 0 && --self->starting == 0)
    own_name (self);
}

static void
on_shell_answered (gpointer user_data)
{
  note_answer (user_data);
}

OcgDaemon *
ocg_daemon_new (GDBusConnection *connection, OcgClock *clock, OcgDaemonFunc lost,
                gpointer user_data)
{
  OcgDaemon *self = g_new0 (OcgDaemon, 1);
  OcgService *service = &self->service;

  self->lost = lost;
  self->lost_data = user_data;
  service->connection = g_object_ref (connection);
  service->clock = ocg_clock_ref (clock);
  service->locales = ocg_locales_new ();
  service->notifier = ocg_notifier_new (connection, wants_notice, self);
  service->config = ocg_config_new (NULL);
  ocg_config_set_validator (service->config, validate, self);
  service->keyring = ocg_keyring_new (connection);
  self->places = g_hash_table_new (g_str_hash, g_str_equal);
  self->http = ocg_http_new ();
  service->keeper = ocg_token_keeper_new (service->keyring, self->http, clock);
  service->credentials = ocg_credentials_new (service->keyring, service->keeper, clock);
  service->engine = ocg_engine_new (service->credentials, self->http);
  service->discovery = ocg_discovery_new (ocg_engine_get_http (service->engine),
                                          service->credentials, on_models_found, self);
  service->quota = ocg_quota_new (service->credentials, ocg_engine_get_http (service->engine),
                                  service->clock);
  self->quota_notices = ocg_quota_notices_new (service->notifier, service->clock);
  ocg_quota_set_observer (service->quota, on_quota, wants_quota_notice, self);
  ocg_engine_set_answer_observer (service->engine, ocg_quota_note_answer, service->quota);
  service->callers = ocg_callers_new (connection);
  service->objects = ocg_private_objects_new (connection, OCG_REQUEST_PATH,
                                              ocg_dbus_gateway_request_interface_info ());
  service->pending = g_ptr_array_new ();
  self->login_shell = ocg_login_shell_new (service->config, on_shell_answered, self);
  self->problem_log = ocg_problem_log_new ();
  return self;
}

void
ocg_daemon_free (OcgDaemon *self)
{
  OcgService *service = &self->service;

  g_clear_handle_id (&self->start_source, g_source_remove);
  g_clear_handle_id (&self->name_id, g_bus_unown_name);
  ocg_login_shell_free (self->login_shell);
  ocg_problem_log_free (self->problem_log);
  ocg_config_set_validator (service->config, NULL, NULL);
  g_signal_handlers_disconnect_by_data (service->config, self);
  g_signal_handlers_disconnect_by_data (service->credentials, self);
  ocg_engine_shut_down (service->engine);
  g_clear_pointer (&self->usage_object, ocg_usage_object_free);
  g_clear_pointer (&self->plugins_object, ocg_plugins_object_free);
  g_clear_pointer (&self->config_object, ocg_config_object_free);
  g_clear_pointer (&self->credentials_object, ocg_credentials_object_free);
  g_clear_pointer (&self->gateway, ocg_gateway_free);
  g_clear_pointer (&self->logins, ocg_logins_free);
  ocg_service_answer_pending (service);
  ocg_private_objects_free (service->objects);
  ocg_callers_free (service->callers);
  ocg_quota_free (service->quota);
  ocg_quota_notices_free (self->quota_notices);
  ocg_discovery_free (service->discovery);
  ocg_engine_free (service->engine);
  g_clear_pointer (&self->login_notices, ocg_login_notices_free);
  g_object_unref (service->credentials);
  g_object_unref (service->keeper);
  ocg_http_free (self->http);
  g_hash_table_unref (self->places);
  g_object_unref (service->keyring);
  g_object_unref (service->config);
  ocg_notifier_free (service->notifier);
  ocg_locales_free (service->locales);
  g_ptr_array_unref (service->pending);
  ocg_clock_unref (service->clock);
  g_object_unref (service->connection);
  g_free (self);
}

static void
tokens_seen (GObject *keeper, GAsyncResult *result, gpointer user_data)
{
  OcgDaemon *self = user_data;

  ocg_token_keeper_look_finish (OCG_TOKEN_KEEPER (keeper), result);
  if (!self->is_stopping)
    note_answer (self);
}

/* Which profiles exist is known now, so the first answer is a true one. */
static void
keyring_started (GObject *keyring, GAsyncResult *result, gpointer user_data)
{
  OcgDaemon *self = user_data;

  ocg_keyring_start_finish (OCG_KEYRING (keyring), result);
  if (self->is_stopping)
    return;
  ocg_gateway_refresh (self->gateway);
  ocg_token_keeper_look_async (self->service.keeper, tokens_seen, self);
}

gboolean
ocg_daemon_start (OcgDaemon *self, GError **error)
{
  OcgService *service = &self->service;

  /* The gateway runs without good settings too: it can say what is wrong with them. */
  ocg_config_load (service->config, NULL);
  take_settings (self);

  self->logins = ocg_logins_new (service);
  self->gateway = ocg_gateway_new (service);
  self->credentials_object = ocg_credentials_object_new (service, self->logins);
  self->config_object = ocg_config_object_new (service);
  self->usage_object = ocg_usage_object_new (service);
  self->plugins_object = ocg_plugins_object_new (service);
  ocg_gateway_refresh (self->gateway);
  if (!ocg_gateway_export (self->gateway, error)
      || !ocg_credentials_object_export (self->credentials_object, error)
      || !ocg_config_object_export (self->config_object, error)
      || !ocg_usage_object_export (self->usage_object, error)
      || !ocg_plugins_object_export (self->plugins_object, error))
    return FALSE;

  g_signal_connect (service->config, "changed", G_CALLBACK (on_config_changed), self);
  ocg_config_watch (service->config);
  self->login_notices = ocg_login_notices_new (service->keeper, service->notifier);
  g_signal_connect (service->credentials, "changed", G_CALLBACK (on_credentials_changed), self);
  self->starting = 1;
  if (ocg_login_shell_update (self->login_shell, ocg_engine_get_catalog (service->engine)))
    self->starting++;
  ocg_keyring_start_async (service->keyring, keyring_started, self);
  ocg_discovery_ask (service->discovery);
  self->start_source = g_timeout_add (START_MS, on_start_timeout, self);
  return TRUE;
}

void
ocg_daemon_reload (OcgDaemon *self)
{
  ocg_config_reload_async (self->service.config, NULL, NULL);
}

gboolean
ocg_daemon_is_busy (OcgDaemon *self)
{
  return ocg_token_keeper_is_busy (self->service.keeper)
         || (self->is_stopping && self->logins != NULL && ocg_logins_is_busy (self->logins));
}

static void
flushed (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  OcgDaemon *self = user_data;

  g_dbus_connection_flush_finish (G_DBUS_CONNECTION (connection), result, NULL);
  self->stopped (self->stopped_data);
}

/* Waits for those who are still reading their last lines, but not for those who have stopped; and for
 * a new token that is about to be stored. */
static gboolean
finish_stopping (gpointer user_data)
{
  OcgDaemon *self = user_data;

  if ((self->service.lingering > 0 || ocg_daemon_is_busy (self))
      && g_get_monotonic_time () < self->stop_deadline)
    return G_SOURCE_CONTINUE;
  /* Not before: clients match signals by the name of their sender. */
  g_clear_handle_id (&self->name_id, g_bus_unown_name);
  g_dbus_connection_flush (self->service.connection, NULL, flushed, self);
  return G_SOURCE_REMOVE;
}

void
ocg_daemon_stop (OcgDaemon *self, OcgDaemonFunc done, gpointer user_data)
{
  if (self->is_stopping)
    return;
  self->is_stopping = TRUE;
  self->stopped = done;
  self->stopped_data = user_data;
  self->stop_deadline = g_get_monotonic_time () + STOP_MS * G_TIME_SPAN_MILLISECOND;
  ocg_service_answer_pending (&self->service);
  if (self->logins != NULL)
    ocg_logins_shut_down (self->logins);
  ocg_engine_shut_down (self->service.engine);
  ocg_token_keeper_save (self->service.keeper);
  g_timeout_add (STOP_STEP_MS, finish_stopping, self);
}
