/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-gateway-process.h"

#include "ocg-error.h"
#include "ocg-names.h"
#include "ocg-systemd-unit.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define DAEMON_NAME "openclaw-gatewayd"
#define COMM_LENGTH 15 /* what the kernel keeps of a name */
#define START_TIMEOUT_MS (30 * 1000)
#define STOP_TIMEOUT_MS (30 * 1000)
#define NAME_TIMEOUT_MS 5000 /* for the bus to notice that a process has ended */
#define NAME_PAUSE_US (10 * 1000)

static GVariant *
call_bus (GDBusConnection *connection, const char *method, GVariant *parameters,
          const char *reply_type, int timeout_ms, GError **error)
{
  g_autoptr (GVariantType) type = g_variant_type_new (reply_type);

  return g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                      "org.freedesktop.DBus", method, parameters, type,
                                      G_DBUS_CALL_FLAGS_NONE, timeout_ms, NULL, error);
}

/* Who owns the name: FALSE on errors; @owner is NULL when nobody does. */
static gboolean
get_owner (GDBusConnection *connection, char **owner, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GVariant) reply = call_bus (connection, "GetNameOwner",
                                         g_variant_new ("(s)", OCG_BUS_NAME), "(s)", -1,
                                         &local_error);

  *owner = NULL;
  if (reply != NULL)
    g_variant_get (reply, "(s)", owner);
  else if (!g_error_matches (local_error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

/* The process and user of @owner; 0 is no process. */
static gboolean
get_process (GDBusConnection *connection, const char *owner, guint32 *pid, guint32 *uid,
             GError **error)
{
  g_autoptr (GVariant) reply = call_bus (connection, "GetConnectionCredentials",
                                         g_variant_new ("(s)", owner), "(a{sv})", -1, error);
  g_autoptr (GVariant) credentials = NULL;

  *pid = 0;
  *uid = (guint32) -1;
  if (reply == NULL)
    return FALSE;
  credentials = g_variant_get_child_value (reply, 0);
  g_variant_lookup (credentials, "ProcessID", "u", pid);
  g_variant_lookup (credentials, "UnixUserID", "u", uid);
  return TRUE;
}

/* The gateway hides its memory, and with that the link to its executable, from programs of the same
 * user: its name is all that can be seen. */
static gboolean
looks_like_gateway (guint32 pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%u/comm", pid);
  g_autofree char *name = NULL;

  return g_file_get_contents (path, &name, NULL, NULL)
         && strncmp (g_strchomp (name), DAEMON_NAME, COMM_LENGTH) == 0;
}

static gboolean
fail_foreign (guint32 pid, GError **error)
{
  g_set_error (error, OCG_ERROR, OCG_ERROR_ACCESS_DENIED,
               /* TRANSLATORS: %u is the number of a process. */
               _ ("What answers as the gateway is the process %u, which is not %s of your user, "
                  "or cannot be seen from here. End it where it was started."),
               pid, DAEMON_NAME);
  return FALSE;
}

/* Waits for the end of the process behind @pidfd. */
static gboolean
wait_for_end (int pidfd, guint32 pid, GError **error)
{
  struct pollfd poll_fd = { .fd = pidfd, .events = POLLIN };
  gint64 deadline = g_get_monotonic_time () + STOP_TIMEOUT_MS * G_GINT64_CONSTANT (1000);

  for (;;)
    {
      gint64 left = (deadline - g_get_monotonic_time ()) / 1000;
      int n = poll (&poll_fd, 1, (int) MAX (left, 0));

      if (n > 0)
        return TRUE;
      if (n == 0 || errno != EINTR)
        break;
    }
  g_set_error (error, OCG_ERROR, OCG_ERROR_TIMEOUT,
               /* TRANSLATORS: %u is the number of a process. */
               _ ("The gateway was told to end and still runs after 30 seconds. To end it by force: "
                  "kill -KILL %u"),
               pid);
  return FALSE;
}

/* The bus takes a moment to notice. */
static void
wait_for_name (GDBusConnection *connection, const char *owner)
{
  for (guint waited_ms = 0; waited_ms < NAME_TIMEOUT_MS; waited_ms += NAME_PAUSE_US / 1000)
    {
      g_autofree char *now = NULL;

      if (!get_owner (connection, &now, NULL) || g_strcmp0 (now, owner) != 0)
        return;
      g_usleep (NAME_PAUSE_US);
    }
}

/* Between our look and our signal the process could have ended and its number be another's; the bus
 * is asked again while we hold it. */
static gboolean
is_still (GDBusConnection *connection, const char *owner, guint32 pid)
{
  g_autofree char *now = NULL;
  guint32 pid_now = 0;
  guint32 uid = 0;

  return get_owner (connection, &now, NULL) && g_strcmp0 (now, owner) == 0
         && get_process (connection, owner, &pid_now, &uid, NULL) && pid_now == pid;
}

static gboolean
end_process (GDBusConnection *connection, const char *owner, guint32 pid, guint32 uid,
             GError **error)
{
  int pidfd = -1;
  gboolean ended = FALSE;

  if (pid == 0 || uid != getuid () || !looks_like_gateway (pid))
    return fail_foreign (pid, error);
  pidfd = (int) syscall (SYS_pidfd_open, (pid_t) pid, 0);
  if (pidfd < 0 && errno == ESRCH)
    return TRUE;
  if (pidfd < 0)
    return fail_foreign (pid, error);
  if (!is_still (connection, owner, pid))
    ended = TRUE;
  else if (syscall (SYS_pidfd_send_signal, pidfd, SIGTERM, NULL, 0) == 0 || errno == ESRCH)
    ended = wait_for_end (pidfd, pid, error);
  else
    fail_foreign (pid, error);
  close (pidfd);
  return ended;
}

gboolean
ocg_gateway_process_start (GDBusConnection *connection, OcgGatewayProcess *result, GError **error)
{
  g_autoptr (OcgSystemdUnit) unit = ocg_systemd_unit_find (connection);
  g_autofree char *owner = NULL;
  g_autoptr (GVariant) reply = NULL;

  if (!get_owner (connection, &owner, error))
    return FALSE;
  result->was_running = owner != NULL;
  result->by_systemd = unit != NULL;
  if (owner != NULL)
    return TRUE;
  if (unit != NULL)
    return ocg_systemd_unit_run (unit, "StartUnit", error);
  reply = call_bus (connection, "StartServiceByName", g_variant_new ("(su)", OCG_BUS_NAME, 0),
                    "(u)", START_TIMEOUT_MS, error);
  return reply != NULL;
}

gboolean
ocg_gateway_process_stop (GDBusConnection *connection, OcgGatewayProcess *result, GError **error)
{
  g_autoptr (OcgSystemdUnit) unit = ocg_systemd_unit_find (connection);
  g_autofree char *owner = NULL;
  guint32 pid = 0;
  guint32 uid = 0;
  gboolean stopped = FALSE;

  if (!get_owner (connection, &owner, error))
    return FALSE;
  result->was_running = owner != NULL;
  if (owner == NULL)
    return TRUE;
  if (!get_process (connection, owner, &pid, &uid, error))
    return FALSE;
  result->by_systemd = unit != NULL && ocg_systemd_unit_get_pid (unit) == pid;
  stopped = result->by_systemd ? ocg_systemd_unit_run (unit, "StopUnit", error)
                               : end_process (connection, owner, pid, uid, error);
  if (stopped)
    wait_for_name (connection, owner);
  return stopped;
}
