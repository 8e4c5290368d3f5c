/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-failure.h"

#include "ocg-error.h"
#include "ocg-json-text.h"
#include "ocg-names.h"

#include <glib/gi18n.h>
#include <string.h>

#define BUS_ERROR "org.freedesktop.DBus.Error."

enum
{
  EXIT_OTHER = 1,
  EXIT_USAGE = 2,
  EXIT_NO_GATEWAY = 5,
  EXIT_AFTER_CONTENT = 7,
};

/* What the bus says when there is no gateway to talk to; the first row that matches counts. */
typedef struct
{
  const char *name; /* one that ends in "." stands for all that begin so */
  int exit_code;
  const char *message; /* (nullable) instead of the bus's own; its own is added after a colon when
                          this ends in one */
} BusErrorRow;

static const BusErrorRow bus_errors[] = {
  { BUS_ERROR "ServiceUnknown", EXIT_NO_GATEWAY,
    N_ ("The gateway is not running, and the session bus does not know how to start it. Start it "
        "with: openclawctl gateway run") },
  { BUS_ERROR "NameHasNoOwner", EXIT_NO_GATEWAY,
    N_ ("The gateway is not running. Start it with: openclawctl gateway run") },
  { BUS_ERROR "Spawn.", EXIT_NO_GATEWAY,
    N_ ("The session bus could not start the gateway. To see why, start it with “openclawctl "
        "gateway run”. The bus says:") },
  { "org.freedesktop.systemd1.", EXIT_NO_GATEWAY,
    N_ ("systemd could not start the gateway. To see why, start it with “openclawctl gateway "
        "run”. systemd says:") },
  { BUS_ERROR "NoReply", EXIT_NO_GATEWAY,
    N_ ("The gateway stopped or did not answer in time. Try again, or start it with: openclawctl "
        "gateway run") },
  { BUS_ERROR "TimedOut", EXIT_NO_GATEWAY,
    N_ ("The gateway did not start in time. To see why, start it with: openclawctl gateway run") },
  { BUS_ERROR "Timeout", EXIT_NO_GATEWAY,
    N_ ("The gateway did not answer in time. Try again, or restart it.") },
  { BUS_ERROR "Disconnected", EXIT_NO_GATEWAY,
    N_ ("The session bus closed the connection. Log in again if it has ended.") },
  { BUS_ERROR "NoServer", EXIT_NO_GATEWAY, NULL },
  { BUS_ERROR "UnknownMethod", EXIT_OTHER,
    N_ ("The gateway that is running does not know this command. Restart it, so that it is of the "
        "same version as openclawctl.") },
  { BUS_ERROR "UnknownInterface", EXIT_OTHER,
    N_ ("The gateway that is running does not know this command. Restart it, so that it is of the "
        "same version as openclawctl.") },
  { BUS_ERROR "InvalidArgs", EXIT_USAGE, NULL },
};

static const BusErrorRow *
find_bus_error (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (bus_errors); i++)
    if (g_str_has_suffix (bus_errors[i].name, ".") ? g_str_has_prefix (name, bus_errors[i].name)
                                                   : g_str_equal (name, bus_errors[i].name))
      return &bus_errors[i];
  return NULL;
}

/* The D-Bus name of any error. */
static char *
name_error (const GError *error)
{
  if (g_dbus_error_is_remote_error (error))
    return g_dbus_error_get_remote_error (error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_strdup (BUS_ERROR "Timeout");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    return g_strdup (BUS_ERROR "Disconnected");
  if (error->domain == OCG_ERROR || error->domain == G_DBUS_ERROR)
    return g_dbus_error_encode_gerror (error);
  return g_strdup (BUS_ERROR "Failed");
}

static char *
describe_error (const GError *error, const BusErrorRow *row)
{
  g_autoptr (GError) copy = g_error_copy (error);
  const char *message = row != NULL && row->message != NULL ? _ (row->message) : NULL;

  g_dbus_error_strip_remote_error (copy);
  if (message == NULL)
    return g_strdup (copy->message);
  if (g_str_has_suffix (row->message, ":"))
    /* TRANSLATORS: our line, which ends in a colon, and what the bus says. */
    return g_strdup_printf (C_ ("after a colon", "%s %s"), message, copy->message);
  return g_strdup (message);
}

/* The name of the error that the last attempt ended with, or NULL. (transfer none) */
static const char *
get_last_attempt_error (JsonObject *object)
{
  JsonArray *attempts = ocg_json_get_array (object, "attempts");
  guint length = attempts != NULL ? json_array_get_length (attempts) : 0;
  JsonNode *last = length > 0 ? json_array_get_element (attempts, length - 1) : NULL;

  if (last == NULL || !JSON_NODE_HOLDS_OBJECT (last))
    return NULL;
  return ocg_json_get_string (json_node_get_object (last), "error");
}

static int
get_exit_code (JsonObject *object)
{
  const char *name = ocg_json_get_string (object, "name");
  const BusErrorRow *row = find_bus_error (name);
  OcgError code;

  if (row != NULL)
    return row->exit_code;
  if (!ocg_error_from_name (name, &code))
    return EXIT_OTHER;
  if (code == OCG_ERROR_ALL_FAILED)
    {
      const char *last = get_last_attempt_error (object);

      if (last == NULL || !ocg_error_from_name (last, &code))
        return EXIT_OTHER;
    }
  /* A request that a provider refused is no mistake on the command line. */
  if (code == OCG_ERROR_INVALID_REQUEST && json_object_has_member (object, "http-status"))
    return EXIT_OTHER;
  return ocg_error_get_exit_code (code);
}

OcgFailure *
ocg_failure_new_from_error (const GError *error)
{
  OcgFailure *self = g_new0 (OcgFailure, 1);
  g_autofree char *name = name_error (error);
  /* What we say ourselves is not replaced. */
  gboolean is_ours = error->domain == G_DBUS_ERROR && !g_dbus_error_is_remote_error (error);
  g_autofree char *message = describe_error (error, is_ours ? NULL : find_bus_error (name));

  self->object = json_object_new ();
  json_object_set_string_member (self->object, "name", name);
  json_object_set_string_member (self->object, "message", message);
  self->exit_code = get_exit_code (self->object);
  self->is_usage = g_error_matches (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS)
                   && !g_dbus_error_is_remote_error (error);
  return self;
}

OcgFailure *
ocg_failure_new_from_event (JsonObject *event)
{
  OcgFailure *self = g_new0 (OcgFailure, 1);
  g_autoptr (GList) members = json_object_get_members (event);

  self->object = json_object_new ();
  for (GList *l = members; l != NULL; l = l->next)
    if (!g_str_equal (l->data, "type"))
      json_object_set_member (self->object, l->data, json_object_dup_member (event, l->data));
  if (ocg_json_get_string (self->object, "name") == NULL)
    json_object_set_string_member (self->object, "name", BUS_ERROR "Failed");
  self->exit_code = get_exit_code (self->object);
  return self;
}

void
ocg_failure_set_delivered (OcgFailure *self, const char *text, const char *thinking)
{
  JsonObject *partial = ocg_json_get_object (self->object, "partial");

  if (!ocg_failure_is (self, OCG_ERROR_CANCELLED))
    self->exit_code = EXIT_AFTER_CONTENT;
  if (partial == NULL)
    {
      partial = json_object_new ();
      json_object_set_object_member (self->object, "partial", partial);
    }
  if (!json_object_has_member (partial, "text"))
    json_object_set_string_member (partial, "text", text);
  if (!json_object_has_member (partial, "thinking"))
    json_object_set_string_member (partial, "thinking", thinking);
}

void
ocg_failure_free (OcgFailure *self)
{
  json_object_unref (self->object);
  g_free (self);
}

void
ocg_failure_set_message (OcgFailure *self, const char *message)
{
  json_object_set_string_member (self->object, "message", message);
}

const char *
ocg_failure_get_name (const OcgFailure *self)
{
  return ocg_json_get_string (self->object, "name");
}

const char *
ocg_failure_get_message (const OcgFailure *self)
{
  const char *message = ocg_json_get_string (self->object, "message");

  return message != NULL && *message != '\0' ? message : ocg_failure_get_name (self);
}

gboolean
ocg_failure_is (const OcgFailure *self, int ocg_error_code)
{
  const char *name = ocg_error_get_name ((OcgError) ocg_error_code);

  return g_strcmp0 (ocg_failure_get_name (self), name) == 0;
}

JsonNode *
ocg_failure_to_json (const OcgFailure *self)
{
  g_autoptr (JsonObject) root = json_object_new ();

  json_object_set_object_member (root, "error", json_object_ref (self->object));
  return json_node_init_object (json_node_alloc (), root);
}
