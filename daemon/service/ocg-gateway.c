/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-gateway.h"

#include <string.h>

#include "../../dbus/ocg-names.h"
#include "../wire/ocg-wire.h"
#include "ocg-completions.h"
#include "ocg-dbus-generated.h"
#include "ocg-defaults.h"
#include "ocg-model-list.h"
#include "ocg-record.h"

/* In Features: the models of servers on this machine appear by themselves. */
#define FEATURE_DISCOVERY "model-discovery"
/* In Features: BeginLogin(), and plugins that turn logins on. */
#define FEATURE_LOGIN "login"

struct _OcgGateway
{
  OcgService *service;
  OcgDbusGateway *skeleton;
  OcgModelList *models;
  GHashTable *served; /* requested reference -> the one that answered instead */
};

static gboolean
on_list_models (OcgDbusGateway *skeleton, GDBusMethodInvocation *invocation, GVariant *options,
                OcgGateway *self)
{
  g_autoptr (GError) error = NULL;
  GVariant *models = NULL;
  locale_t locale;
  gboolean found = ocg_service_find_locale (self->service, options, &locale, &error);
  OCG_LOCALE_SCOPE (locale);

  ocg_discovery_note_use (self->service->discovery);
  if (found)
    models = ocg_model_list_query (self->models, options, &error);
  if (models == NULL)
    ocg_service_return_error (invocation, error);
  else
    ocg_dbus_gateway_complete_list_models (skeleton, invocation, models);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_resolve_model (OcgDbusGateway *skeleton, GDBusMethodInvocation *invocation,
                  const char *reference, GVariant *options, OcgGateway *self)
{
  OcgEngine *engine = self->service->engine;
  g_autoptr (GError) error = NULL;
  g_autoptr (OcgModel) model = NULL;
  locale_t locale;
  gboolean found = ocg_service_find_locale (self->service, options, &locale, &error);
  OCG_LOCALE_SCOPE (locale);

  ocg_discovery_note_use (self->service->discovery);
  if (found)
    model = ocg_engine_resolve (engine, reference, &error);
  if (model == NULL)
    {
      ocg_service_explain_error (self->service, &error);
      ocg_service_return_error (invocation, error);
    }
  else
    {
      g_autofree char *credential
          = ocg_credentials_peek (self->service->credentials, model->provider);

      ocg_dbus_gateway_complete_resolve_model (
          skeleton, invocation,
          ocg_record_model (model, ocg_engine_get_catalog (engine), credential));
    }
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* A RefreshModels() that waits for servers. */
typedef struct
{
  OcgService *service;
  GDBusMethodInvocation *invocation;
} Refreshing;

static void
on_refreshed (gpointer user_data)
{
  g_autofree Refreshing *refreshing = user_data;
  GDBusMethodInvocation *invocation
      = ocg_service_take (refreshing->service, &refreshing->invocation);

  if (invocation != NULL)
    g_dbus_method_invocation_return_value (invocation, NULL);
}

static gboolean
on_refresh_models (OcgDbusGateway *skeleton, GDBusMethodInvocation *invocation, GVariant *options,
                   OcgGateway *self)
{
  g_autoptr (GError) error = NULL;
  OcgProvider *provider = NULL;
  Refreshing *refreshing = NULL;
  locale_t locale;
  gboolean found = ocg_service_find_locale (self->service, options, &locale, &error);
  OCG_LOCALE_SCOPE (locale);

  if (!found || !ocg_model_list_find_provider (self->models, options, &provider, &error))
    {
      ocg_service_return_error (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  refreshing = g_new0 (Refreshing, 1);
  refreshing->service = self->service;
  refreshing->invocation = invocation;
  ocg_service_hold (self->service, &refreshing->invocation);
  ocg_discovery_note_use (self->service->discovery);
  ocg_discovery_refresh (self->service->discovery, provider, on_refreshed, refreshing);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
set_default_model (OcgManagedCall *call)
{
  ocg_defaults_set_model (call, call->data);
}

static gboolean
on_set_default_model (OcgDbusGateway *skeleton, GDBusMethodInvocation *invocation,
                      const char *reference, GVariant *options, OcgGateway *self)
{
  ocg_service_manage (self->service, invocation, options, self, g_strdup (reference), g_free,
                      set_default_model);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
set_fallback_models (OcgManagedCall *call)
{
  ocg_defaults_set_fallbacks (call, call->data);
}

static gboolean
on_set_fallback_models (OcgDbusGateway *skeleton, GDBusMethodInvocation *invocation,
                        const char *const *references, GVariant *options, OcgGateway *self)
{
  ocg_service_manage (self->service, invocation, options, self, g_strdupv ((GStrv) references),
                      (GDestroyNotify) g_strfreev, set_fallback_models);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
set_alias (OcgManagedCall *call)
{
  GStrv words = call->data;

  ocg_defaults_set_alias (call, words[0], words[1]);
}

static gboolean
on_set_alias (OcgDbusGateway *skeleton, GDBusMethodInvocation *invocation, const char *reference,
              const char *alias, GVariant *options, OcgGateway *self)
{
  const char *words[] = { reference, alias, NULL };

  ocg_service_manage (self->service, invocation, options, self, g_strdupv ((GStrv) words),
                      (GDestroyNotify) g_strfreev, set_alias);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* An answer that nobody will see is not worth its price. */
static gboolean
wants_no_reply (GDBusMethodInvocation *invocation)
{
  GDBusMessage *message = g_dbus_method_invocation_get_message (invocation);

  return (g_dbus_message_get_flags (message) & G_DBUS_MESSAGE_FLAGS_NO_REPLY_EXPECTED) != 0;
}

static gboolean
on_complete (OcgDbusGateway *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds,
             const char *model, GVariant *messages, GVariant *options, OcgGateway *self)
{
  if (wants_no_reply (invocation))
    g_object_unref (invocation);
  else
    ocg_completions_handle (self->service, OCG_COMPLETION_COMPLETE, invocation, fds, model,
                            messages, options);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_stream (OcgDbusGateway *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds,
           const char *model, GVariant *messages, GVariant *options, OcgGateway *self)
{
  if (wants_no_reply (invocation))
    g_object_unref (invocation);
  else
    ocg_completions_handle (self->service, OCG_COMPLETION_STREAM, invocation, fds, model, messages,
                            options);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_submit (OcgDbusGateway *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds,
           const char *model, GVariant *messages, GVariant *options, OcgGateway *self)
{
  ocg_completions_handle (self->service, OCG_COMPLETION_SUBMIT, invocation, fds, model, messages,
                          options);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* Tells the desktop when a model begins, or ceases, to be stood in for. */
static void
note_served (OcgRequest *request, OcgGateway *self)
{
  const char *requested = request->requested->ref;
  const char *served = request->model->ref;
  const char *before = g_hash_table_lookup (self->served, requested);
  OcgAttemptRecord *last;

  if (g_str_equal (requested, served))
    {
      if (before != NULL)
        ocg_dbus_gateway_emit_fallback_changed (self->skeleton, requested, requested, "");
      g_hash_table_remove (self->served, requested);
      return;
    }
  if (g_strcmp0 (before, served) == 0)
    return;
  g_hash_table_replace (self->served, g_strdup (requested), g_strdup (served));
  last = g_ptr_array_index (request->attempts, request->attempts->len - 1);
  ocg_dbus_gateway_emit_fallback_changed (self->skeleton, requested, served,
                                          ocg_error_get_name (last->failure->code));
}

static void
doubt_list_of (OcgDiscovery *discovery, const char *ref)
{
  g_autofree char *provider_id = g_strndup (ref, strcspn (ref, "/"));

  ocg_discovery_doubt (discovery, provider_id);
}

/* A server that cannot be reached, or has not what its list says, or has what it does not say. */
static void
doubt_lists (OcgDiscovery *discovery, OcgRequest *ended)
{
  for (guint i = 0; i < ended->attempts->len; i++)
    {
      OcgFailure *failure = ((OcgAttemptRecord *) g_ptr_array_index (ended->attempts, i))->failure;

      if (failure->code == OCG_ERROR_NETWORK || failure->code == OCG_ERROR_UNKNOWN_MODEL)
        doubt_list_of (discovery, failure->model);
    }
  if (ended->failure == NULL && !ended->model->listed)
    doubt_list_of (discovery, ended->model->ref);
  if (ended->model->loaded_context == 0)
    ocg_discovery_note_load (discovery, ended->model->provider->id);
}

static void
on_requests_changed (OcgRequest *ended, gpointer user_data)
{
  OcgGateway *self = user_data;

  ocg_dbus_gateway_set_active_requests (self->skeleton,
                                        ocg_engine_count_requests (self->service->engine));
  ocg_discovery_note_use (self->service->discovery);
  if (ended == NULL)
    return;
  doubt_lists (self->service->discovery, ended);
  if (ended->failure == NULL)
    note_served (ended, self);
}

/* Names of wire APIs, and what else is optional. */
static void
set_features (OcgGateway *self)
{
  g_auto (GStrv) apis = ocg_wire_list ();
  g_autoptr (GStrvBuilder) features = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  g_strv_builder_addv (features, (const char **) apis);
  g_strv_builder_add (features, FEATURE_DISCOVERY);
  g_strv_builder_add (features, FEATURE_LOGIN);
  list = g_strv_builder_end (features);
  ocg_dbus_gateway_set_features (self->skeleton, (const char *const *) list);
}

OcgGateway *
ocg_gateway_new (OcgService *service)
{
  OcgGateway *self = g_new0 (OcgGateway, 1);

  self->service = service;
  self->models = ocg_model_list_new (service->engine);
  self->served = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->skeleton = ocg_dbus_gateway_skeleton_new ();
  ocg_dbus_gateway_set_version (self->skeleton, OCG_VERSION);
  ocg_dbus_gateway_set_api_version (self->skeleton, OCG_API_VERSION);
  set_features (self);

  g_signal_connect (self->skeleton, "handle-list-models", G_CALLBACK (on_list_models), self);
  g_signal_connect (self->skeleton, "handle-resolve-model", G_CALLBACK (on_resolve_model), self);
  g_signal_connect (self->skeleton, "handle-refresh-models", G_CALLBACK (on_refresh_models), self);
  g_signal_connect (self->skeleton, "handle-set-default-model", G_CALLBACK (on_set_default_model),
                    self);
  g_signal_connect (self->skeleton, "handle-set-fallback-models",
                    G_CALLBACK (on_set_fallback_models), self);
  g_signal_connect (self->skeleton, "handle-set-alias", G_CALLBACK (on_set_alias), self);
  g_signal_connect (self->skeleton, "handle-complete", G_CALLBACK (on_complete), self);
  g_signal_connect (self->skeleton, "handle-stream", G_CALLBACK (on_stream), self);
  g_signal_connect (self->skeleton, "handle-submit", G_CALLBACK (on_submit), self);
  ocg_engine_set_observer (service->engine, on_requests_changed, self);
  return self;
}

void
ocg_gateway_free (OcgGateway *self)
{
  ocg_engine_set_observer (self->service->engine, NULL, NULL);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
  g_object_unref (self->skeleton);
  g_hash_table_unref (self->served);
  ocg_model_list_free (self->models);
  g_free (self);
}

gboolean
ocg_gateway_export (OcgGateway *self, GError **error)
{
  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton),
                                           self->service->connection, OCG_OBJECT_PATH, error);
}

void
ocg_gateway_refresh (OcgGateway *self)
{
  OcgService *service = self->service;
  OcgSettings *settings = ocg_catalog_get_settings (ocg_engine_get_catalog (service->engine));
  g_autoptr (OcgModel) model = ocg_engine_resolve (service->engine, "", NULL);
  g_autofree char *profile
      = model != NULL ? ocg_credentials_peek (service->credentials, model->provider) : NULL;
  const char *primary = settings->primary != NULL ? settings->primary : "";

  ocg_dbus_gateway_set_default_model (self->skeleton, model != NULL ? model->ref : primary);
  ocg_dbus_gateway_set_fallback_models (self->skeleton, (const char *const *) settings->fallbacks);
  ocg_dbus_gateway_set_ready (self->skeleton, profile != NULL);
  if (ocg_model_list_refresh (self->models))
    ocg_dbus_gateway_emit_models_changed (self->skeleton);
}
