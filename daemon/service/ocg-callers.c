/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-callers.h"

#include <sys/syscall.h>
#include <unistd.h>

#include "../../dbus/ocg-error.h"
#include "ocg-sandbox.h"

#define DBUS_NAME "org.freedesktop.DBus"
#define DBUS_PATH "/org/freedesktop/DBus"
#define DBUS_TIMEOUT_MS 5000

typedef struct
{
  GFunc gone;
  gpointer user_data;
} Watch;

typedef struct
{
  char *name;
  guint bus_watch;
  gboolean is_known; /* sandbox has been found out */
  OcgSandbox sandbox;
  gboolean is_looking;
  GQueue waiting;  /* of GTask (owned): they asked while somebody looked, and keep their order */
  GArray *watches; /* of Watch */
} Caller;

struct _OcgCallers
{
  GDBusConnection *connection;
  GHashTable *callers; /* unique name -> Caller */
};

/* One look at a caller, step by step. */
typedef struct
{
  OcgCallers *callers;
  char *name;
  guint32 pid;
  int pidfd;
  OcgSandbox sandbox;
} Look;

static void
answer (GTask *task, const char *name, OcgSandbox sandbox)
{
  if (sandbox == OCG_SANDBOX_NONE)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, OCG_ERROR, OCG_ERROR_ACCESS_DENIED,
                             "%s is in a sandbox, or may be", name);
}

/* To all who have asked before this began; more may ask meanwhile. */
static void
answer_waiting (GQueue *queue, const char *name, OcgSandbox sandbox)
{
  GQueue waiting = *queue;
  GTask *task = NULL;

  g_queue_init (queue);
  while ((task = g_queue_pop_head (&waiting)) != NULL)
    {
      answer (task, name, sandbox);
      g_object_unref (task);
    }
}

static void
caller_free (Caller *caller)
{
  answer_waiting (&caller->waiting, caller->name, OCG_SANDBOX_UNKNOWN);
  g_bus_unwatch_name (caller->bus_watch);
  g_array_unref (caller->watches);
  g_free (caller->name);
  g_free (caller);
}

OcgCallers *
ocg_callers_new (GDBusConnection *connection)
{
  OcgCallers *self = g_new0 (OcgCallers, 1);

  self->connection = g_object_ref (connection);
  self->callers
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) caller_free);
  return self;
}

void
ocg_callers_free (OcgCallers *self)
{
  g_hash_table_unref (self->callers);
  g_object_unref (self->connection);
  g_free (self);
}

static void
on_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  OcgCallers *self = user_data;
  Caller *caller = NULL;

  if (!g_hash_table_steal_extended (self->callers, name, NULL, (gpointer *) &caller))
    return;
  /* Those who are told may unwatch others, which looks up the caller and no longer finds it. */
  for (guint i = 0; i < caller->watches->len; i++)
    {
      Watch watch = g_array_index (caller->watches, Watch, i);

      watch.gone (watch.user_data, (gpointer) name);
    }
  caller_free (caller);
}

static Caller *
ensure_caller (OcgCallers *self, const char *name)
{
  Caller *caller = g_hash_table_lookup (self->callers, name);

  if (caller != NULL)
    return caller;
  caller = g_new0 (Caller, 1);
  caller->name = g_strdup (name);
  caller->watches = g_array_new (FALSE, FALSE, sizeof (Watch));
  g_queue_init (&caller->waiting);
  g_hash_table_insert (self->callers, caller->name, caller);
  caller->bus_watch
      = g_bus_watch_name_on_connection (self->connection, name, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                        NULL, on_vanished, self, NULL);
  return caller;
}

void
ocg_callers_watch (OcgCallers *self, const char *sender, GFunc gone, gpointer user_data)
{
  Caller *caller = ensure_caller (self, sender);
  Watch watch = { gone, user_data };

  g_array_append_val (caller->watches, watch);
}

void
ocg_callers_unwatch (OcgCallers *self, const char *sender, gpointer user_data)
{
  Caller *caller = g_hash_table_lookup (self->callers, sender);

  for (guint i = 0; caller != NULL && i < caller->watches->len; i++)
    if (g_array_index (caller->watches, Watch, i).user_data == user_data)
      {
        g_array_remove_index_fast (caller->watches, i);
        return;
      }
}

static void
look_free (Look *look)
{
  if (look->pidfd >= 0)
    close (look->pidfd);
  g_free (look->name);
  g_free (look);
}

static void
return_sandbox (GTask *task, OcgSandbox sandbox)
{
  Look *look = g_task_get_task_data (task);
  Caller *caller = g_hash_table_lookup (look->callers->callers, look->name);

  /* "Unknown" may be a hiccup: it is asked again the next time. */
  if (caller != NULL && sandbox != OCG_SANDBOX_UNKNOWN)
    {
      caller->is_known = TRUE;
      caller->sandbox = sandbox;
    }
  answer (task, look->name, sandbox);
  /* Answering may have changed everything. */
  caller = g_hash_table_lookup (look->callers->callers, look->name);
  if (caller == NULL)
    return;
  caller->is_looking = FALSE;
  answer_waiting (&caller->waiting, look->name, sandbox);
}

static void
inspect_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Look *look = data;

  look->sandbox = ocg_sandbox_inspect ((int) look->pid, look->pidfd);
  g_task_return_boolean (task, TRUE);
}

static void
inspected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  return_sandbox (task, ((Look *) g_task_get_task_data (G_TASK (result)))->sandbox);
}

/* The process was held by its pidfd before the bus was asked again: the same pid now means that the
 * pidfd is the caller's. */
static void
got_pid_again (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Look *look = g_task_get_task_data (task);
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, NULL);
  g_autoptr (GTask) inner = NULL;
  guint32 pid = 0;

  if (reply != NULL)
    g_variant_get (reply, "(u)", &pid);
  if (reply == NULL || pid != look->pid)
    {
      return_sandbox (task, OCG_SANDBOX_UNKNOWN);
      return;
    }
  inner = g_task_new (NULL, NULL, inspected, g_object_ref (task));
  g_task_set_task_data (inner, look, NULL);
  g_task_run_in_thread (inner, inspect_in_thread);
}

static void
ask_pid (GTask *task, GAsyncReadyCallback callback)
{
  Look *look = g_task_get_task_data (task);

  g_dbus_connection_call (look->callers->connection, DBUS_NAME, DBUS_PATH, DBUS_NAME,
                          "GetConnectionUnixProcessID", g_variant_new ("(s)", look->name),
                          G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, DBUS_TIMEOUT_MS, NULL,
                          callback, task);
}

static void
got_pid (GObject *connection, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Look *look = g_task_get_task_data (task);
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, NULL);

  if (reply != NULL)
    g_variant_get (reply, "(u)", &look->pid);
  if (look->pid > 0)
    look->pidfd = (int) syscall (SYS_pidfd_open, (pid_t) look->pid, 0);
  if (look->pidfd < 0)
    return_sandbox (task, OCG_SANDBOX_UNKNOWN);
  else
    ask_pid (g_steal_pointer (&task), got_pid_again);
}

void
ocg_callers_check_unsandboxed_async (OcgCallers *self, const char *sender,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Caller *caller = ensure_caller (self, sender);
  Look *look = g_new0 (Look, 1);

  look->callers = self;
  look->name = g_strdup (sender);
  look->pidfd = -1;
  g_task_set_source_tag (task, ocg_callers_check_unsandboxed_async);
  g_task_set_task_data (task, look, (GDestroyNotify) look_free);
  if (caller->is_known && !caller->is_looking)
    answer (task, sender, caller->sandbox);
  else if (caller->is_looking)
    g_queue_push_tail (&caller->waiting, g_steal_pointer (&task));
  else
    {
      caller->is_looking = TRUE;
      ask_pid (g_steal_pointer (&task), got_pid);
    }
}

gboolean
ocg_callers_check_unsandboxed_finish (OcgCallers *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
