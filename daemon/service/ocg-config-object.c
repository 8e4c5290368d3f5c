/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config-object.h"

#include "../../dbus/ocg-names.h"
#include "ocg-config-calls.h"
#include "ocg-dbus-generated.h"

struct _OcgConfigObject
{
  OcgService *service;
  OcgDbusGatewayConfig *skeleton;
};

static void
looked_again (GObject *config, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  OCG_LOCALE_SCOPE (call->locale);
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  ocg_config_reload_finish (OCG_CONFIG (config), result, NULL);
  json = ocg_config_get_value (OCG_CONFIG (config), call->data, &error);
  if (json != NULL)
    {
      ocg_managed_call_return (call, g_variant_new ("(s)", json));
      return;
    }
  ocg_service_explain_error (call->service, &error);
  ocg_managed_call_return_error (call, error);
}

/* Of the files as they are now: a change may not have been noticed yet. */
static void
get_value (OcgManagedCall *call)
{
  ocg_config_reload_async (call->service->config, looked_again, call);
}

static gboolean
on_get (OcgDbusGatewayConfig *skeleton, GDBusMethodInvocation *invocation, const char *path,
        GVariant *options, OcgConfigObject *self)
{
  ocg_service_manage (self->service, invocation, options, self, g_strdup (path), g_free,
                      get_value);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
reloaded (GObject *config, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  OCG_LOCALE_SCOPE (call->locale);
  g_autoptr (GError) error = NULL;

  if (ocg_config_reload_finish (OCG_CONFIG (config), result, &error))
    ocg_managed_call_return (call, NULL);
  else
    ocg_managed_call_return_error (call, error);
}

static void
reload (OcgManagedCall *call)
{
  ocg_config_reload_async (call->service->config, reloaded, call);
}

static gboolean
on_reload (OcgDbusGatewayConfig *skeleton, GDBusMethodInvocation *invocation, GVariant *options,
           OcgConfigObject *self)
{
  ocg_service_manage (self->service, invocation, options, self, NULL, NULL, reload);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

OcgConfigObject *
ocg_config_object_new (OcgService *service)
{
  OcgConfigObject *self = g_new0 (OcgConfigObject, 1);

  self->service = service;
  self->skeleton = ocg_dbus_gateway_config_skeleton_new ();
  g_signal_connect (self->skeleton, "handle-get", G_CALLBACK (on_get), self);
  g_signal_connect (self->skeleton, "handle-reload", G_CALLBACK (on_reload), self);
  ocg_config_calls_connect (self->skeleton, service);
  ocg_config_object_refresh (self, NULL);
  return self;
}

void
ocg_config_object_free (OcgConfigObject *self)
{
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
  g_object_unref (self->skeleton);
  g_free (self);
}

gboolean
ocg_config_object_export (OcgConfigObject *self, GError **error)
{
  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton),
                                           self->service->connection, OCG_OBJECT_PATH, error);
}

void
ocg_config_object_refresh (OcgConfigObject *self, const char *const *paths)
{
  static const char *const states[] = {
    [OCG_CONFIG_OK] = "ok",
    [OCG_CONFIG_MISSING] = "missing",
    [OCG_CONFIG_INVALID] = "invalid",
  };
  OcgConfig *config = self->service->config;
  OcgDbusGatewayConfig *skeleton = self->skeleton;
  const char *state = states[ocg_config_get_state (config, OCG_CONFIG_OPENCLAW)];
  const char *desktop_state = states[ocg_config_get_state (config, OCG_CONFIG_DESKTOP)];
  gboolean is_other = g_strcmp0 (ocg_dbus_gateway_config_get_state (skeleton), state) != 0
                      || g_strcmp0 (ocg_dbus_gateway_config_get_desktop_state (skeleton),
                                    desktop_state) != 0;

  ocg_dbus_gateway_config_set_path (skeleton, ocg_config_get_path (config, OCG_CONFIG_OPENCLAW));
  ocg_dbus_gateway_config_set_hash (skeleton, ocg_config_get_hash (config, OCG_CONFIG_OPENCLAW));
  ocg_dbus_gateway_config_set_state (skeleton, state);
  ocg_dbus_gateway_config_set_desktop_path (skeleton,
                                            ocg_config_get_path (config, OCG_CONFIG_DESKTOP));
  ocg_dbus_gateway_config_set_desktop_hash (skeleton,
                                            ocg_config_get_hash (config, OCG_CONFIG_DESKTOP));
  ocg_dbus_gateway_config_set_desktop_state (skeleton, desktop_state);
  /* A comment that changes is nobody's business. */
  if (paths != NULL && (paths[0] != NULL || is_other))
    {
      g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (skeleton));
      ocg_dbus_gateway_config_emit_changed (skeleton, paths);
    }
}
