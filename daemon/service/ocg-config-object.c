/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config-object.h"

#include "../../dbus/ocg-names.h"
#include "ocg-dbus-generated.h"

struct _OcgConfigObject
{
  OcgService *service;
  OcgDbusGatewayConfig *skeleton;
};

static void
get_value (OcgManagedCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = ocg_config_get_value (call->service->config, call->data, &error);

  if (json != NULL)
    {
      ocg_managed_call_return (call, g_variant_new ("(s)", json));
      return;
    }
  ocg_service_explain_error (call->service, &error);
  ocg_managed_call_return_error (call, error);
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
reload (OcgManagedCall *call)
{
  OcgConfigObject *self = call->owner;
  g_autoptr (GError) error = NULL;
  gboolean good = ocg_config_load (call->service->config, &error);

  ocg_config_object_refresh (self);
  if (good)
    ocg_managed_call_return (call, NULL);
  else
    ocg_managed_call_return_error (call, error);
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
  ocg_config_object_refresh (self);
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
ocg_config_object_refresh (OcgConfigObject *self)
{
  static const char *const states[] = {
    [OCG_CONFIG_OK] = "ok",
    [OCG_CONFIG_MISSING] = "missing",
    [OCG_CONFIG_INVALID] = "invalid",
  };
  OcgConfig *config = self->service->config;

  ocg_dbus_gateway_config_set_path (self->skeleton, ocg_config_get_path (config, OCG_CONFIG_OPENCLAW));
  ocg_dbus_gateway_config_set_hash (self->skeleton, ocg_config_get_hash (config, OCG_CONFIG_OPENCLAW));
  ocg_dbus_gateway_config_set_state (self->skeleton, states[ocg_config_get_state (config, OCG_CONFIG_OPENCLAW)]);
}
