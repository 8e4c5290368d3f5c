/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-systemd-unit.h"

#include "ocg-error.h"
#include "ocg-names.h"

#include <glib/gi18n.h>

#define SYSTEMD "org.freedesktop.systemd1"
#define MANAGER_PATH "/org/freedesktop/systemd1"
#define MANAGER SYSTEMD ".Manager"
#define UNIT_NAME "openclaw-gatewayd.service"
#define CALL_TIMEOUT_MS 5000
#define JOB_TIMEOUT_S 60

struct _OcgSystemdUnit
{
  GDBusConnection *connection;
  char *path;
};

/* A job that is waited for. Its end may be told before its name is known here. */
typedef struct
{
  GHashTable *results; /* of all jobs that have ended: path -> result */
  gboolean is_late;
} Wait;

static GVariant *
call (GDBusConnection *connection, const char *path, const char *interface, const char *method,
      GVariant *parameters, const char *reply_type, GError **error)
{
  g_autoptr (GVariantType) type = reply_type != NULL ? g_variant_type_new (reply_type) : NULL;

  return g_dbus_connection_call_sync (connection, SYSTEMD, path, interface, method, parameters,
                                      type, G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_TIMEOUT_MS, NULL,
                                      error);
}

/* (nullable) */
static GVariant *
get (OcgSystemdUnit *self, const char *interface, const char *name)
{
  g_autoptr (GVariant) reply
      = call (self->connection, self->path, "org.freedesktop.DBus.Properties", "Get",
              g_variant_new ("(ss)", interface, name), "(v)", NULL);
  GVariant *value = NULL;

  if (reply != NULL)
    g_variant_get (reply, "(v)", &value);
  return value;
}

static gboolean
has (OcgSystemdUnit *self, const char *interface, const char *name, const char *wanted)
{
  g_autoptr (GVariant) value = get (self, interface, name);

  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
         && g_str_equal (g_variant_get_string (value, NULL), wanted);
}

OcgSystemdUnit *
ocg_systemd_unit_find (GDBusConnection *connection)
{
  g_autoptr (OcgSystemdUnit) self = g_new0 (OcgSystemdUnit, 1);
  g_autoptr (GVariant) reply = call (connection, MANAGER_PATH, MANAGER, "LoadUnit",
                                     g_variant_new ("(s)", UNIT_NAME), "(o)", NULL);

  self->connection = g_object_ref (connection);
  if (reply == NULL)
    return NULL;
  g_variant_get (reply, "(o)", &self->path);
  if (!has (self, SYSTEMD ".Unit", "LoadState", "loaded")
      || !has (self, SYSTEMD ".Service", "BusName", OCG_BUS_NAME))
    return NULL;
  return g_steal_pointer (&self);
}

void
ocg_systemd_unit_free (OcgSystemdUnit *self)
{
  g_object_unref (self->connection);
  g_free (self->path);
  g_free (self);
}

guint32
ocg_systemd_unit_get_pid (OcgSystemdUnit *self)
{
  g_autoptr (GVariant) value = get (self, SYSTEMD ".Service", "MainPID");

  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32)
             ? g_variant_get_uint32 (value)
             : 0;
}

static void
job_removed (GDBusConnection *connection, const char *sender, const char *path,
             const char *interface, const char *signal, GVariant *parameters, gpointer user_data)
{
  Wait *wait = user_data;
  const char *job = NULL;
  const char *result = NULL;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(uoss)")))
    return;
  g_variant_get (parameters, "(u&o&s&s)", NULL, &job, NULL, &result);
  g_hash_table_replace (wait->results, g_strdup (job), g_strdup (result));
}

static gboolean
on_late (gpointer user_data)
{
  ((Wait *) user_data)->is_late = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
wait_for_job (Wait *wait, const char *job, GError **error)
{
  guint timer = g_timeout_add_seconds (JOB_TIMEOUT_S, on_late, wait);
  const char *result = NULL;

  while ((result = g_hash_table_lookup (wait->results, job)) == NULL && !wait->is_late)
    g_main_context_iteration (NULL, TRUE);
  if (!wait->is_late)
    g_source_remove (timer);
  if (g_strcmp0 (result, "done") == 0)
    return TRUE;
  if (result == NULL)
    g_set_error (error, OCG_ERROR, OCG_ERROR_TIMEOUT,
                 _ ("systemd has not finished within 60 seconds. To see what it does: systemctl "
                    "--user status %s"),
                 UNIT_NAME);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 /* TRANSLATORS: %1$s is a word of systemd such as failed, %2$s a unit. */
                 _ ("systemd could not do it (%1$s). To see why: journalctl --user -u %2$s"),
                 result, UNIT_NAME);
  return FALSE;
}

gboolean
ocg_systemd_unit_run (OcgSystemdUnit *self, const char *method, GError **error)
{
  g_autoptr (GHashTable) results = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Wait wait = { results, FALSE };
  guint subscription = g_dbus_connection_signal_subscribe (
      self->connection, SYSTEMD, MANAGER, "JobRemoved", MANAGER_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, job_removed, &wait, NULL);
  /* Without this, systemd tells of no jobs; it may have been done already. */
  G_GNUC_UNUSED g_autoptr (GVariant) ignored
      = call (self->connection, MANAGER_PATH, MANAGER, "Subscribe", NULL, NULL, NULL);
  g_autoptr (GVariant) reply
      = call (self->connection, MANAGER_PATH, MANAGER, method,
              g_variant_new ("(ss)", UNIT_NAME, "replace"), "(o)", error);
  gboolean ok = FALSE;

  if (reply != NULL)
    {
      const char *job = NULL;

      g_variant_get (reply, "(&o)", &job);
      ok = wait_for_job (&wait, job, error);
    }
  g_dbus_connection_signal_unsubscribe (self->connection, subscription);
  /* What is under way must not come when the results are gone. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return ok;
}
