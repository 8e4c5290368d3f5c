/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-private-objects.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../../dbus/ocg-error.h"

typedef struct
{
  OcgPrivateFunc cancel;
  gpointer user_data;
} Entry;

/* All objects of one sender: a subtree, because GDBus dispatches one level below its root. */
typedef struct
{
  OcgPrivateObjects *objects;
  char *sender;
  guint registration;
  GHashTable *entries; /* token -> Entry */
} Folder;

struct _OcgPrivateObjects
{
  GDBusConnection *connection;
  const char *root;
  GDBusInterfaceInfo *interface;
  GHashTable *folders; /* path of the sender's folder -> Folder */
  guint filter;
};

static void
folder_free (Folder *folder)
{
  if (folder->registration != 0)
    g_dbus_connection_unregister_subtree (folder->objects->connection, folder->registration);
  g_hash_table_unref (folder->entries);
  g_free (folder->sender);
  g_free (folder);
}

/* ":1.42" -> "/org/openclaw/Gateway/request/1_42" */
static char *
make_folder_path (const char *root, const char *sender)
{
  g_autofree char *name = g_strdup (sender[0] == ':' ? sender + 1 : sender);

  g_strdelimit (name, ".", '_');
  return g_strconcat (root, "/", name, NULL);
}

static gboolean
is_hidden_from (const char *root, const char *path, const char *sender)
{
  g_autofree char *own = NULL;

  if (path == NULL || sender == NULL || !g_str_has_prefix (path, root))
    return FALSE;
  if (path[strlen (root)] != '\0' && path[strlen (root)] != '/')
    return FALSE;
  own = make_folder_path (root, sender);
  return !g_str_has_prefix (path, own)
         || (path[strlen (own)] != '/' && path[strlen (own)] != '\0');
}

/* What is not the caller's own does not exist, whether it does or not. GDBus would tell other
 * things for folders with objects than for those without. Runs in the thread of GDBus, and looks at
 * nothing but the message and the root. */
static GDBusMessage *
hide_from_strangers (GDBusConnection *connection, GDBusMessage *message, gboolean incoming,
                     gpointer user_data)
{
  g_autoptr (GDBusMessage) reply = NULL;

  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL
      || !is_hidden_from (user_data, g_dbus_message_get_path (message),
                          g_dbus_message_get_sender (message)))
    return message;

  if ((g_dbus_message_get_flags (message) & G_DBUS_MESSAGE_FLAGS_NO_REPLY_EXPECTED) == 0)
    {
      reply = g_dbus_message_new_method_error_literal (
          message, "org.freedesktop.DBus.Error.UnknownObject", "No such object");
      g_dbus_connection_send_message (connection, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL,
                                      NULL);
    }
  g_object_unref (message);
  return NULL;
}

OcgPrivateObjects *
ocg_private_objects_new (GDBusConnection *connection, const char *root,
                         GDBusInterfaceInfo *interface)
{
  OcgPrivateObjects *self = g_new0 (OcgPrivateObjects, 1);

  self->connection = g_object_ref (connection);
  self->root = root;
  self->interface = interface;
  self->folders
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) folder_free);
  self->filter
      = g_dbus_connection_add_filter (connection, hide_from_strangers, (gpointer) root, NULL);
  return self;
}

void
ocg_private_objects_free (OcgPrivateObjects *self)
{
  g_dbus_connection_remove_filter (self->connection, self->filter);
  g_hash_table_unref (self->folders);
  g_object_unref (self->connection);
  g_free (self);
}

static void
handle_method (GDBusConnection *connection, const char *sender, const char *path,
               const char *interface, const char *method, GVariant *parameters,
               GDBusMethodInvocation *invocation, gpointer user_data)
{
  Folder *folder = user_data;
  Entry *found = g_hash_table_lookup (folder->entries, strrchr (path, '/') + 1);
  Entry entry = { 0 };

  if (found == NULL || !g_str_equal (sender, folder->sender))
    {
      g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR,
                                             G_DBUS_ERROR_UNKNOWN_OBJECT, "No such object");
      return;
    }
  g_dbus_method_invocation_return_value (invocation, NULL);
  /* It may be gone before that returns. */
  entry = *found;
  entry.cancel (entry.user_data);
}

static const GDBusInterfaceVTable interface_vtable = { .method_call = handle_method };

static char **
enumerate (GDBusConnection *connection, const char *sender, const char *path, gpointer user_data)
{
  Folder *folder = user_data;
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer token;

  g_hash_table_iter_init (&iter, folder->entries);
  while (g_str_equal (sender, folder->sender) && g_hash_table_iter_next (&iter, &token, NULL))
    g_ptr_array_add (names, g_strdup (token));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

static GDBusInterfaceInfo **
introspect (GDBusConnection *connection, const char *sender, const char *path, const char *node,
            gpointer user_data)
{
  Folder *folder = user_data;
  GDBusInterfaceInfo **infos = g_new0 (GDBusInterfaceInfo *, 2);

  if (node != NULL && g_str_equal (sender, folder->sender))
    infos[0] = g_dbus_interface_info_ref (folder->objects->interface);
  return infos;
}

static const GDBusInterfaceVTable *
dispatch (GDBusConnection *connection, const char *sender, const char *path,
          const char *interface, const char *node, gpointer *out_user_data, gpointer user_data)
{
  *out_user_data = user_data;
  return &interface_vtable;
}

static const GDBusSubtreeVTable subtree_vtable = { enumerate, introspect, dispatch };

char *
ocg_private_objects_choose_path (OcgPrivateObjects *self, const char *sender, const char *token,
                                 GError **error)
{
  g_autofree char *folder_path = make_folder_path (self->root, sender);
  Folder *folder = g_hash_table_lookup (self->folders, folder_path);
  g_autofree char *random = NULL;

  if (token == NULL)
    token = random = g_strdup_printf ("r%08x%08x", g_random_int (), g_random_int ());
  if (folder != NULL && g_hash_table_contains (folder->entries, token))
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                   _ ("“%s%s”: %s"), "", "handle_token", _ ("a request of yours uses it now."));
      return NULL;
    }
  return g_strconcat (folder_path, "/", token, NULL);
}

static Folder *
ensure_folder (OcgPrivateObjects *self, const char *sender)
{
  g_autofree char *path = make_folder_path (self->root, sender);
  Folder *folder = g_hash_table_lookup (self->folders, path);

  if (folder != NULL)
    return folder;
  folder = g_new0 (Folder, 1);
  folder->objects = self;
  folder->sender = g_strdup (sender);
  folder->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  folder->registration = g_dbus_connection_register_subtree (
      self->connection, path, &subtree_vtable,
      G_DBUS_SUBTREE_FLAGS_DISPATCH_TO_UNENUMERATED_NODES, folder, NULL, NULL);
  g_hash_table_insert (self->folders, g_steal_pointer (&path), folder);
  return folder;
}

void
ocg_private_objects_add (OcgPrivateObjects *self, const char *sender, const char *path,
                         OcgPrivateFunc cancel, gpointer user_data)
{
  Folder *folder = ensure_folder (self, sender);
  Entry *entry = g_new0 (Entry, 1);

  entry->cancel = cancel;
  entry->user_data = user_data;
  g_hash_table_insert (folder->entries, g_strdup (strrchr (path, '/') + 1), entry);
}

void
ocg_private_objects_remove (OcgPrivateObjects *self, const char *path)
{
  const char *token = strrchr (path, '/');
  g_autofree char *folder_path = g_strndup (path, (gsize) (token - path));
  Folder *folder = g_hash_table_lookup (self->folders, folder_path);

  if (folder == NULL)
    return;
  g_hash_table_remove (folder->entries, token + 1);
  if (g_hash_table_size (folder->entries) == 0)
    g_hash_table_remove (self->folders, folder_path);
}
