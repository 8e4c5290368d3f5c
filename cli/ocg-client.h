/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The connection to the gateway. */

#pragma once

#include "ocg-dbus-generated.h"

typedef struct _OcgClient OcgClient;

/* Connects to the session bus. Fails with G_DBUS_ERROR_NO_SERVER and what to do about it. */
OcgClient *ocg_client_new (GError **error);
void ocg_client_free (OcgClient *self);

GDBusConnection *ocg_client_get_connection (OcgClient *self);

/* The interfaces of the gateway. A call starts the gateway if the bus can. (transfer none) */
OcgDbusGateway *ocg_client_get_gateway (OcgClient *self, GError **error);
OcgDbusGatewayConfig *ocg_client_get_config (OcgClient *self, GError **error);
OcgDbusGatewayCredentials *ocg_client_get_credentials (OcgClient *self, GError **error);
OcgDbusGatewayUsage *ocg_client_get_usage (OcgClient *self, GError **error);
OcgDbusGatewayPlugins *ocg_client_get_plugins (OcgClient *self, GError **error);

/* All properties of @interface, as a{sv}; @autostart: start the gateway for it. */
GVariant *ocg_client_get_properties (OcgClient *self, const char *interface, gboolean autostart,
                                     GError **error);
/* The configuration file and its state for people; @properties: (nullable) of OCG_IFACE_CONFIG. */
char *ocg_client_describe_config (GVariant *properties);
/* Whether the gateway is running, and whether the bus could start it. */
gboolean ocg_client_get_presence (OcgClient *self, gboolean *running, gboolean *activatable,
                                  GError **error);

/* The options that go into every call, as an open a{sv}: the language of messages. */
GVariantBuilder *ocg_client_new_options (void);
/* The same, closed. Floating. */
GVariant *ocg_client_options (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgClient, ocg_client_free)
