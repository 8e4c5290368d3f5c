/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The gateway with a clock that stands still until somebody on the bus moves it: days of tokens in
 * seconds. Only for tests.
 *
 * /org/openclaw/Gateway/TestClock, org.openclaw.Gateway.TestClock: Now() -> x (Unix ms), and
 * Advance (x ms), which answers when that time has passed: each alarm has rung at its time, and what
 * it began about tokens is over. OCG_TEST_NOW (Unix ms) is when it starts. */

#include "config.h"

#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>

#include "net/ocg-http.h"
#include "service/ocg-daemon.h"

/* How often it is looked whether what an alarm began is over. */
#define LOOK_MS 2

static const char introspection[]
    = "<node><interface name='org.openclaw.Gateway.TestClock'>"
      "<method name='Now'><arg type='x' direction='out'/></method>"
      "<method name='Advance'><arg type='x' direction='in'/></method>"
      "</interface></node>";

typedef struct
{
  guint id;
  gint64 at;
  OcgClockFunc func;
  gpointer user_data;
} Alarm;

typedef struct
{
  gint64 now;
  GArray *alarms; /* of Alarm, in the order of their times */
  guint last_id;
  gint64 target;
  GDBusMethodInvocation *advance; /* (nullable) under way */
  OcgDaemon *daemon;
  GMainLoop *loop;
} TestClock;

static gint64
get_now (gpointer data)
{
  return ((TestClock *) data)->now;
}

static guint
add_alarm (gpointer data, gint64 at, OcgClockFunc func, gpointer user_data)
{
  TestClock *self = data;
  const Alarm alarm = { ++self->last_id, at, func, user_data };
  guint i = 0;

  while (i < self->alarms->len && g_array_index (self->alarms, Alarm, i).at <= at)
    i++;
  g_array_insert_val (self->alarms, i, alarm);
  return alarm.id;
}

static void
remove_alarm (gpointer data, guint id)
{
  TestClock *self = data;

  for (guint i = 0; i < self->alarms->len; i++)
    if (g_array_index (self->alarms, Alarm, i).id == id)
      {
        g_array_remove_index (self->alarms, i);
        return;
      }
}

/* Lets the next alarm ring that is due on the way. */
static gboolean
on_look (gpointer user_data)
{
  TestClock *self = user_data;
  Alarm alarm;

  if (ocg_daemon_is_busy (self->daemon))
    return G_SOURCE_CONTINUE;
  if (self->alarms->len == 0 || g_array_index (self->alarms, Alarm, 0).at > self->target)
    {
      self->now = MAX (self->now, self->target);
      g_dbus_method_invocation_return_value (g_steal_pointer (&self->advance), NULL);
      return G_SOURCE_REMOVE;
    }
  alarm = g_array_index (self->alarms, Alarm, 0);
  g_array_remove_index (self->alarms, 0);
  self->now = MAX (self->now, alarm.at);
  alarm.func (alarm.user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
         const char *method, GVariant *parameters, GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  TestClock *self = user_data;
  gint64 ms = 0;

  if (g_str_equal (method, "Now"))
    {
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(x)", self->now));
      return;
    }
  g_variant_get (parameters, "(x)", &ms);
  if (self->advance != NULL || ms < 0)
    {
      g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR,
                                                     G_DBUS_ERROR_INVALID_ARGS,
                                                     "only forwards, and once at a time");
      return;
    }
  self->target = self->now + ms;
  self->advance = invocation;
  g_timeout_add (LOOK_MS, on_look, self);
}

static void
on_stopped (gpointer user_data)
{
  g_main_loop_quit (((TestClock *) user_data)->loop);
}

static gboolean
on_terminate (gpointer user_data)
{
  TestClock *self = user_data;

  ocg_daemon_stop (self->daemon, on_stopped, self);
  return G_SOURCE_CONTINUE;
}

static void
on_lost (gpointer user_data)
{
  on_terminate (user_data);
}

static void
export_clock (TestClock *self, GDBusConnection *connection, GDBusNodeInfo *node)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_call };
  g_autoptr (GError) error = NULL;

  g_dbus_connection_register_object (connection, "/org/openclaw/Gateway/TestClock",
                                     node->interfaces[0], &vtable, self, NULL, &error);
  g_assert_no_error (error);
}

int
main (void)
{
  static const OcgClockClass class = { get_now, add_alarm, remove_alarm };
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GArray) alarms = g_array_new (FALSE, FALSE, sizeof (Alarm));
  const char *now = g_getenv ("OCG_TEST_NOW");
  TestClock self = { .alarms = alarms, .loop = loop };
  g_autoptr (OcgClock) clock = ocg_clock_new_with_class (&class, &self);
  g_autoptr (OcgDaemon) daemon = NULL;

  setlocale (LC_ALL, "");
  ocg_http_prepare_process ();
  signal (SIGPIPE, SIG_IGN);
  self.now = now != NULL ? g_ascii_strtoll (now, NULL, 10) : g_get_real_time () / 1000;
  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  self.daemon = daemon = ocg_daemon_new (connection, clock, on_lost, &self);
  export_clock (&self, connection, node);
  g_unix_signal_add (SIGTERM, on_terminate, &self);
  if (!ocg_daemon_start (daemon, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}
