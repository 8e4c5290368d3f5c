/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-doctor.h"

#include "ocg-json-text.h"
#include "ocg-names.h"

#include <glib/gi18n.h>
#include <string.h>

#define CONNECT_TIMEOUT_MS 3000
#define CALL_TIMEOUT_MS 3000

typedef struct
{
  GCancellable *cancellable;
  GDBusConnection *connection;
  GError *error;
  gboolean is_done;
} Connecting;

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Connecting *connecting = user_data;

  connecting->connection = g_dbus_connection_new_for_address_finish (result, &connecting->error);
  connecting->is_done = TRUE;
}

static gboolean
on_timeout (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

/* g_bus_get_sync() would wait for ever for a bus that accepts and says nothing, and start one of
 * its own where there is none. */
static void
connect (OcgDoctor *self)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSource) timeout = g_timeout_source_new (CONNECT_TIMEOUT_MS);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Connecting connecting = { .cancellable = cancellable };

  g_main_context_push_thread_default (context);
  g_source_set_callback (timeout, on_timeout, cancellable, NULL);
  g_source_attach (timeout, context);
  g_dbus_connection_new_for_address (self->address,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                         | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                     NULL, cancellable, on_connected, &connecting);
  while (!connecting.is_done)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (timeout);
  g_main_context_pop_thread_default (context);
  self->connection = connecting.connection;
  self->connection_error = connecting.error;
}

static char *
find_address (void)
{
  const char *named = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");
  g_autofree char *socket = NULL;
  g_autofree char *escaped = NULL;

  if (named != NULL && *named != '\0')
    return g_strdup (named);
  if (runtime == NULL || *runtime == '\0')
    return NULL;
  socket = g_build_filename (runtime, "bus", NULL);
  if (!g_file_test (socket, G_FILE_TEST_EXISTS))
    return NULL;
  escaped = g_dbus_address_escape_value (socket);
  return g_strconcat ("unix:path=", escaped, NULL);
}

GVariant *
ocg_doctor_call (OcgDoctor *self, const char *name, const char *path, const char *interface,
                 const char *method, GVariant *parameters, const char *reply_type, GError **error)
{
  GVariant *reply = g_dbus_connection_call_sync (
      self->connection, name, path, interface, method, parameters,
      reply_type != NULL ? G_VARIANT_TYPE (reply_type) : NULL,
      g_str_equal (name, OCG_BUS_NAME) ? G_DBUS_CALL_FLAGS_NONE : G_DBUS_CALL_FLAGS_NO_AUTO_START,
      CALL_TIMEOUT_MS, NULL, error);

  if (reply == NULL && error != NULL)
    g_dbus_error_strip_remote_error (*error);
  return reply;
}

GVariant *
ocg_doctor_call_bus (OcgDoctor *self, const char *method, GVariant *parameters,
                     const char *reply_type, GError **error)
{
  return ocg_doctor_call (self, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", method, parameters, reply_type, error);
}

gboolean
ocg_doctor_is_running (OcgDoctor *self, const char *name)
{
  g_autoptr (GVariant) reply
      = ocg_doctor_call_bus (self, "NameHasOwner", g_variant_new ("(s)", name), "(b)", NULL);
  gboolean running = FALSE;

  if (reply != NULL)
    g_variant_get (reply, "(b)", &running);
  return running;
}

gboolean
ocg_doctor_is_activatable (OcgDoctor *self, const char *name)
{
  g_autoptr (GVariant) reply
      = ocg_doctor_call_bus (self, "ListActivatableNames", NULL, "(as)", NULL);
  g_autofree const char **names = NULL;

  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(^a&s)", &names);
  return g_strv_contains (names, name);
}

static GVariant *
get_properties (OcgDoctor *self, const char *interface, GError **error)
{
  g_autoptr (GVariant) reply
      = ocg_doctor_call (self, OCG_BUS_NAME, OCG_OBJECT_PATH, "org.freedesktop.DBus.Properties",
                         "GetAll", g_variant_new ("(s)", interface), "(a{sv})", error);

  return reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
}

static void
ask_gateway (OcgDoctor *self)
{
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  g_autoptr (GVariant) models = NULL;
  g_autoptr (GVariant) settings = NULL;
  const char *json = NULL;

  self->gateway = get_properties (self, OCG_IFACE_GATEWAY, &self->gateway_error);
  if (self->gateway == NULL)
    return;
  self->config = get_properties (self, OCG_IFACE_CONFIG, NULL);
  g_variant_builder_add (options, "{sv}", "all", g_variant_new_boolean (TRUE));
  models = ocg_doctor_call (self, OCG_BUS_NAME, OCG_OBJECT_PATH, OCG_IFACE_GATEWAY, "ListModels",
                            g_variant_new ("(@a{sv})", g_variant_builder_end (options)),
                            "(aa{sv})", NULL);
  if (models != NULL)
    self->models = g_variant_get_child_value (models, 0);
  settings = ocg_doctor_call (self, OCG_BUS_NAME, OCG_OBJECT_PATH, OCG_IFACE_CONFIG, "Get",
                              g_variant_new ("(s@a{sv})", "", ocg_client_options ()), "(s)", NULL);
  if (settings == NULL)
    return;
  g_variant_get (settings, "(&s)", &json);
  self->settings = ocg_json_parse (json, strlen (json), NULL);
}

OcgDoctor *
ocg_doctor_new (void)
{
  OcgDoctor *self = g_new0 (OcgDoctor, 1);

  self->address = find_address ();
  if (self->address != NULL)
    connect (self);
  if (self->connection == NULL)
    return self;
  ask_gateway (self);
  self->client = ocg_client_new (NULL);
  return self;
}

void
ocg_doctor_free (OcgDoctor *self)
{
  g_free (self->address);
  g_clear_error (&self->connection_error);
  g_clear_error (&self->gateway_error);
  g_clear_pointer (&self->client, ocg_client_free);
  g_clear_pointer (&self->gateway, g_variant_unref);
  g_clear_pointer (&self->config, g_variant_unref);
  g_clear_pointer (&self->models, g_variant_unref);
  g_clear_pointer (&self->settings, json_node_unref);
  g_clear_object (&self->connection);
  g_free (self);
}

gboolean
ocg_doctor_has_bus (OcgDoctor *self, OcgFinding *finding)
{
  if (self->connection == NULL)
    ocg_finding_set (finding, OCG_CHECK_NOTE, "%s", _ ("Skipped: there is no session bus."));
  return self->connection != NULL;
}

gboolean
ocg_doctor_has_gateway (OcgDoctor *self, OcgFinding *finding)
{
  if (!ocg_doctor_has_bus (self, finding))
    return FALSE;
  if (self->gateway == NULL)
    ocg_finding_set (finding, OCG_CHECK_NOTE, "%s", _ ("Skipped: the gateway does not answer."));
  return self->gateway != NULL;
}

JsonNode *
ocg_doctor_get_setting (OcgDoctor *self, const char *member, ...)
{
  JsonNode *node = self->settings;
  va_list members;

  va_start (members, member);
  for (; node != NULL && member != NULL; member = va_arg (members, const char *))
    node = JSON_NODE_HOLDS_OBJECT (node)
               ? json_object_get_member (json_node_get_object (node), member)
               : NULL;
  va_end (members);
  return node;
}
