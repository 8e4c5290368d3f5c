/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-notifier.h"

#define SERVER_NAME "org.freedesktop.Notifications"
#define SERVER_PATH "/org/freedesktop/Notifications"
#define APP_NAME "OpenClaw Gateway"
#define APP_ICON "org.openclaw.Gateway"

/* A server may have to be started first. */
#define ANSWER_MS (20 * 1000)
#define SERVER_DECIDES -1

struct _OcgNotifier
{
  GDBusConnection *connection; /* (owned) */
  OcgNoticeWantedFunc wanted;
  gpointer user_data;
  GHashTable *notices; /* key -> Notice */
  GCancellable *cancellable;
  guint owner_watch; /* 0: nothing has been shown yet */
};

/* What stands, or is about to stand, under one key. */
typedef struct
{
  OcgNotifier *notifier;
  char *key;
  guint32 id;           /* the server's; 0: not shown */
  gboolean is_asking;   /* the server has not told the id yet */
  gboolean is_unwanted; /* withdrawn meanwhile */
  char *title;          /* (nullable) to be shown as soon as the id is known */
  char *body;
} Notice;

static void
notice_free (gpointer data)
{
  Notice *notice = data;

  g_free (notice->key);
  g_free (notice->title);
  g_free (notice->body);
  g_free (notice);
}

OcgNotifier *
ocg_notifier_new (GDBusConnection *connection, OcgNoticeWantedFunc wanted, gpointer user_data)
{
  OcgNotifier *self = g_new0 (OcgNotifier, 1);

  self->connection = g_object_ref (connection);
  self->wanted = wanted;
  self->user_data = user_data;
  self->notices = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, notice_free);
  self->cancellable = g_cancellable_new ();
  return self;
}

void
ocg_notifier_free (OcgNotifier *self)
{
  if (self->owner_watch != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->owner_watch);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->notices);
  g_object_unref (self->connection);
  g_free (self);
}

/* The ids of a server that is gone may be those of somebody else's notifications at the next one.
 */
static void
on_owner_changed (GDBusConnection *connection, const char *sender, const char *path,
                  const char *interface, const char *signal, GVariant *parameters,
                  gpointer user_data)
{
  OcgNotifier *self = user_data;
  GHashTableIter iter;
  gpointer notice;

  g_hash_table_iter_init (&iter, self->notices);
  while (g_hash_table_iter_next (&iter, NULL, &notice))
    ((Notice *) notice)->id = 0;
}

static void
watch_owner (OcgNotifier *self)
{
  if (self->owner_watch == 0)
    self->owner_watch = g_dbus_connection_signal_subscribe (
        self->connection, "org.freedesktop.DBus", "org.freedesktop.DBus", "NameOwnerChanged",
        "/org/freedesktop/DBus", SERVER_NAME, G_DBUS_SIGNAL_FLAGS_NONE, on_owner_changed, self,
        NULL);
}

static void
close_notice (OcgNotifier *self, Notice *notice)
{
  if (notice->id != 0)
    g_dbus_connection_call (self->connection, SERVER_NAME, SERVER_PATH, SERVER_NAME,
                            "CloseNotification", g_variant_new ("(u)", notice->id), NULL,
                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
  g_hash_table_remove (self->notices, notice->key);
}

/* A body may be taken for markup, whatever the server says that it can do. */
static char *
escape (const char *text)
{
  GString *escaped = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (*text == '&')
      g_string_append (escaped, "&amp;");
    else if (*text == '<')
      g_string_append (escaped, "&lt;");
    else if (*text == '>')
      g_string_append (escaped, "&gt;");
    else
      g_string_append_c (escaped, *text);
  return g_string_free (escaped, FALSE);
}

static void send_notice (Notice *notice, const char *title, const char *body);

static void
shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Notice *notice = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                              &error);
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  /* Then the notifier is gone, and the notice with it. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  notice->is_asking = FALSE;
  if (reply != NULL)
    g_variant_get (reply, "(u)", &notice->id);
  else
    g_debug ("no notification: %s", error->message);
  title = g_steal_pointer (&notice->title);
  body = g_steal_pointer (&notice->body);
  if (notice->is_unwanted)
    close_notice (notice->notifier, notice);
  else if (title != NULL)
    send_notice (notice, title, body);
}

static void
send_notice (Notice *notice, const char *title, const char *body)
{
  OcgNotifier *self = notice->notifier;
  const char *const no_actions[] = { NULL };
  g_autofree char *escaped = escape (body);

  notice->is_asking = TRUE;
  g_dbus_connection_call (
      self->connection, SERVER_NAME, SERVER_PATH, SERVER_NAME, "Notify",
      g_variant_new ("(susss^as@a{sv}i)", APP_NAME, notice->id, APP_ICON, title, escaped,
                     no_actions, g_variant_new ("a{sv}", NULL), SERVER_DECIDES),
      G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, ANSWER_MS, self->cancellable, shown, notice);
}

void
ocg_notifier_show (
    OcgNotifier *self, OcgNoticeKind kind, const char *key, const char *title, const char *body)
{
  Notice *notice = NULL;

  if (!self->wanted (kind, self->user_data))
    return;
  watch_owner (self);
  notice = g_hash_table_lookup (self->notices, key);
  if (notice == NULL)
    {
      notice = g_new0 (Notice, 1);
      notice->notifier = self;
      notice->key = g_strdup (key);
      g_hash_table_insert (self->notices, notice->key, notice);
    }
  notice->is_unwanted = FALSE;
  if (!notice->is_asking)
    {
      send_notice (notice, title, body);
      return;
    }
  /* Only the server knows what it would take the place of. */
  g_free (notice->title);
  g_free (notice->body);
  notice->title = g_strdup (title);
  notice->body = g_strdup (body);
}

void
ocg_notifier_withdraw (OcgNotifier *self, const char *key)
{
  Notice *notice = g_hash_table_lookup (self->notices, key);

  if (notice == NULL)
    return;
  notice->is_unwanted = notice->is_asking;
  if (!notice->is_asking)
    close_notice (self, notice);
}
