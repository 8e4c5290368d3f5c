/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-client.h"

#include "ocg-error.h"
#include "ocg-locale.h"
#include "ocg-names.h"

#include <glib/gi18n.h>
#include <unistd.h>

/* Nothing but what the commands ask for goes over the bus. */
#define PROXY_FLAGS                                                                                \
  (G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES | G_DBUS_PROXY_FLAGS_DO_NOT_CONNECT_SIGNALS           \
   | G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START_AT_CONSTRUCTION)

struct _OcgClient
{
  GDBusConnection *connection;
  OcgDbusGateway *gateway;
  OcgDbusGatewayConfig *config;
  OcgDbusGatewayCredentials *credentials;
  OcgDbusGatewayUsage *usage;
  OcgDbusGatewayPlugins *plugins;
};

static void
set_no_bus (const GError *reason, GError **error)
{
  const char *address = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  g_autofree char *socket = g_strdup_printf ("/run/user/%u/bus", (guint) getuid ());

  if (address != NULL && *address != '\0')
    g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_SERVER,
                 /* TRANSLATORS: %s is the reason that the system gave. */
                 _ ("The D-Bus session bus named by DBUS_SESSION_BUS_ADDRESS cannot be reached "
                    "(%s). Log in again, or run: dbus-run-session -- openclawctl ..."),
                 reason->message);
  else if (g_file_test (socket, G_FILE_TEST_EXISTS))
    g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_SERVER,
                 _ ("This terminal does not know the D-Bus session bus. Run: "
                    "export DBUS_SESSION_BUS_ADDRESS=unix:path=%s"),
                 socket);
  else
    g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_SERVER,
                         _ ("There is no D-Bus session bus here. Log in to a desktop session, or "
                            "run: dbus-run-session -- openclawctl ..."));
}

OcgClient *
ocg_client_new (GError **error)
{
  g_autoptr (OcgClient) self = g_new0 (OcgClient, 1);
  g_autoptr (GError) reason = NULL;

  self->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &reason);
  if (self->connection == NULL)
    {
      set_no_bus (reason, error);
      return NULL;
    }
  /* A bus that goes away is an error to report, not a reason to be killed. */
  g_dbus_connection_set_exit_on_close (self->connection, FALSE);
  return g_steal_pointer (&self);
}

void
ocg_client_free (OcgClient *self)
{
  g_clear_object (&self->gateway);
  g_clear_object (&self->config);
  g_clear_object (&self->credentials);
  g_clear_object (&self->usage);
  g_clear_object (&self->plugins);
  g_clear_object (&self->connection);
  g_free (self);
}

GDBusConnection *
ocg_client_get_connection (OcgClient *self)
{
  return self->connection;
}

OcgDbusGateway *
ocg_client_get_gateway (OcgClient *self, GError **error)
{
  if (self->gateway == NULL)
    self->gateway = ocg_dbus_gateway_proxy_new_sync (self->connection, PROXY_FLAGS, OCG_BUS_NAME,
                                                     OCG_OBJECT_PATH, NULL, error);
  return self->gateway;
}

OcgDbusGatewayConfig *
ocg_client_get_config (OcgClient *self, GError **error)
{
  if (self->config == NULL)
    self->config = ocg_dbus_gateway_config_proxy_new_sync (
        self->connection, PROXY_FLAGS, OCG_BUS_NAME, OCG_OBJECT_PATH, NULL, error);
  return self->config;
}

OcgDbusGatewayCredentials *
ocg_client_get_credentials (OcgClient *self, GError **error)
{
  if (self->credentials == NULL)
    self->credentials = ocg_dbus_gateway_credentials_proxy_new_sync (
        self->connection, PROXY_FLAGS, OCG_BUS_NAME, OCG_OBJECT_PATH, NULL, error);
  return self->credentials;
}

OcgDbusGatewayUsage *
ocg_client_get_usage (OcgClient *self, GError **error)
{
  if (self->usage == NULL)
    self->usage = ocg_dbus_gateway_usage_proxy_new_sync (
        self->connection, PROXY_FLAGS, OCG_BUS_NAME, OCG_OBJECT_PATH, NULL, error);
  return self->usage;
}

OcgDbusGatewayPlugins *
ocg_client_get_plugins (OcgClient *self, GError **error)
{
  if (self->plugins == NULL)
    self->plugins = ocg_dbus_gateway_plugins_proxy_new_sync (
        self->connection, PROXY_FLAGS, OCG_BUS_NAME, OCG_OBJECT_PATH, NULL, error);
  return self->plugins;
}

GVariant *
ocg_client_get_properties (OcgClient *self, const char *interface, gboolean autostart,
                           GError **error)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      self->connection, OCG_BUS_NAME, OCG_OBJECT_PATH, "org.freedesktop.DBus.Properties", "GetAll",
      g_variant_new ("(s)", interface), G_VARIANT_TYPE ("(a{sv})"),
      autostart ? G_DBUS_CALL_FLAGS_NONE : G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, error);

  return reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
}

char *
ocg_client_describe_config (GVariant *properties)
{
  const char *path = "";
  const char *state = "";

  if (properties != NULL)
    {
      g_variant_lookup (properties, "Path", "&s", &path);
      g_variant_lookup (properties, "State", "&s", &state);
    }
  if (*path == '\0')
    return g_strdup ("-");
  if (g_str_equal (state, "ok"))
    /* TRANSLATORS: %s is a file. */
    return g_strdup_printf (_ ("%s (ok)"), path);
  if (g_str_equal (state, "missing"))
    /* TRANSLATORS: %s is a file. */
    return g_strdup_printf (_ ("%s (missing)"), path);
  if (g_str_equal (state, "invalid"))
    /* TRANSLATORS: %s is a file. */
    return g_strdup_printf (_ ("%s (invalid; to see what is wrong: openclawctl config validate)"),
                            path);
  return *state != '\0' ? g_strdup_printf ("%s (%s)", path, state) : g_strdup (path);
}

static GVariant *
call_bus (OcgClient *self, const char *method, GVariant *parameters, const char *reply_type,
          GError **error)
{
  g_autoptr (GVariantType) type = g_variant_type_new (reply_type);

  return g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus",
                                      "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
                                      parameters, type, G_DBUS_CALL_FLAGS_NONE, -1, NULL, error);
}

gboolean
ocg_client_get_presence (OcgClient *self, gboolean *running, gboolean *activatable, GError **error)
{
  g_autoptr (GVariant) owned
      = call_bus (self, "NameHasOwner", g_variant_new ("(s)", OCG_BUS_NAME), "(b)", error);
  g_autoptr (GVariant) names = NULL;
  g_autofree const char **list = NULL;

  if (owned == NULL)
    return FALSE;
  names = call_bus (self, "ListActivatableNames", NULL, "(as)", error);
  if (names == NULL)
    return FALSE;
  g_variant_get (owned, "(b)", running);
  g_variant_get (names, "(^a&s)", &list);
  *activatable = g_strv_contains (list, OCG_BUS_NAME);
  return TRUE;
}

GVariantBuilder *
ocg_client_new_options (void)
{
  GVariantBuilder *builder = g_variant_builder_new (G_VARIANT_TYPE_VARDICT);

  g_variant_builder_add (builder, "{sv}", "locale",
                         g_variant_new_string (ocg_locale_get_language ()));
  return builder;
}

GVariant *
ocg_client_options (void)
{
  g_autoptr (GVariantBuilder) builder = ocg_client_new_options ();

  return g_variant_builder_end (builder);
}
