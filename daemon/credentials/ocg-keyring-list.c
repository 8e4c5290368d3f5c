/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-keyring-list.h"

#include <string.h>

#include "ocg-error.h"
#include "ocg-secret-bus.h"

/* Signals come in bursts: locking a collection sends three an item. */
#define REREAD_DELAY_MS 50
/* A service that was silent sends none when it answers again, so it is asked: after one second, two,
 * four, … */
#define SILENCE_MS 1000
#define LONGEST_SILENCE_MS (60 * 1000)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_TOUCHED,
  SIGNAL_SECRETS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _OcgKeyringList
{
  GObject parent_instance;

  GDBusConnection *bus;
  guint subscriptions[4];

  OcgKeyringScan *scan; /* (nullable) */
  GPtrArray *items;     /* of OcgKeyringItem*, parts of @scan */
  GHashTable *names;    /* profiles that were seen, to tell hashes by */
  guint64 epoch;
  guint64 scan_epoch; /* when @scan was begun */

  gboolean reading;
  gint64 reading_begun; /* monotonic, µs */
  guint64 reading_epoch;
  gboolean reread;         /* once more, when the one under way is over */
  GPtrArray *waiters;      /* of GTask: for the reading under way */
  GPtrArray *next_waiters; /* of GTask: for the one after it */
  guint reread_id;
  guint silence_ms; /* the next pause after a silence; 0: it answered last time */
};

G_DEFINE_FINAL_TYPE (OcgKeyringList, ocg_keyring_list, G_TYPE_OBJECT)

/* Everything that "changed" is about. */
static char *
list_describe (OcgKeyringList *self)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%d", self->scan != NULL ? 1 + self->scan->locked : 0);
  for (guint i = 0; i < self->items->len; i++)
    {
      const OcgKeyringItem *item = self->items->pdata[i];

      g_string_append_printf (text, "\n%s\t%s\t%s\t%s\t%d", item->profile,
                              item->kind != NULL ? item->kind : "",
                              item->origin != NULL ? item->origin : "",
                              item->region != NULL ? item->region : "", item->locked);
    }
  return g_string_free (text, FALSE);
}

static void
list_index (OcgKeyringList *self)
{
  const char *last = NULL;

  g_ptr_array_set_size (self->items, 0);
  if (self->scan == NULL)
    return;

  g_ptr_array_sort (self->scan->entries, ocg_keyring_entry_compare);
  for (guint i = 0; i < self->scan->entries->len; i++)
    {
      OcgKeyringEntry *entry = self->scan->entries->pdata[i];

      if (entry->item.profile == NULL || g_strcmp0 (entry->item.profile, last) == 0)
        continue;
      last = entry->item.profile;
      g_ptr_array_add (self->items, &entry->item);
    }
}

/* Gives the items of which only hashes are known the names that fit; TRUE if there were any. */
static gboolean
list_name_items (OcgKeyringList *self, const char *name)
{
  gboolean named = FALSE;

  for (guint i = 0; self->scan != NULL && i < self->scan->entries->len; i++)
    {
      OcgKeyringEntry *entry = self->scan->entries->pdata[i];

      if (entry->item.profile == NULL && ocg_keyring_entry_is (entry, name))
        named = TRUE;
    }
  return named;
}

/* @scan: (transfer full) (nullable) */
static void
list_take_scan (OcgKeyringList *self, OcgKeyringScan *scan)
{
  g_autofree char *before = list_describe (self);
  g_autofree char *after = NULL;
  g_autofree gpointer *names = NULL;
  gboolean touched = self->scan_epoch != self->reading_epoch;

  for (guint i = 0; i < self->items->len; i++)
    g_hash_table_add (self->names, g_strdup (((OcgKeyringItem *) self->items->pdata[i])->profile));
  g_clear_pointer (&self->scan, ocg_keyring_scan_free);
  self->scan = scan;
  self->scan_epoch = self->reading_epoch;

  names = g_hash_table_get_keys_as_array (self->names, NULL);
  for (guint i = 0; names[i] != NULL; i++)
    list_name_items (self, names[i]);
  list_index (self);

  after = list_describe (self);
  if (strcmp (before, after) != 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  else if (touched)
    g_signal_emit (self, signals[SIGNAL_SECRETS_CHANGED], 0);
}

static void list_read (OcgKeyringList *self);
static gboolean list_on_reread (gpointer user_data);

static void
list_resume (GPtrArray *waiters, const GError *error)
{
  for (guint i = 0; i < waiters->len; i++)
    if (error != NULL)
      g_task_return_error (waiters->pdata[i], g_error_copy (error));
    else
      g_task_return_boolean (waiters->pdata[i], TRUE);
}

static GPtrArray *
list_take_waiters (GPtrArray **waiters)
{
  GPtrArray *taken = *waiters;

  *waiters = g_ptr_array_new_with_free_func (g_object_unref);
  return taken;
}

/* Nothing but asking again tells when a service that was silent answers. */
static void
list_ask_again_later (OcgKeyringList *self)
{
  self->silence_ms = CLAMP (2 * self->silence_ms, SILENCE_MS, LONGEST_SILENCE_MS);
  if (self->reread_id == 0)
    self->reread_id = g_timeout_add (self->silence_ms, list_on_reread, self);
}

static void
list_was_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OcgKeyringList) self = user_data;
  g_autoptr (GPtrArray) waiters = list_take_waiters (&self->waiters);
  g_autoptr (GPtrArray) next_waiters = NULL;
  g_autoptr (GError) error = NULL;
  OcgKeyringScan *scan = ocg_keyring_scan_finish (result, &error);
  gint64 took = (g_get_monotonic_time () - self->reading_begun) / 1000;

  self->reading = FALSE;
  if (scan == NULL)
    g_debug ("%s", error->message);
  /* From a service that does not answer nobody waits for a second silence. */
  if (scan == NULL && took >= OCG_SECRET_BUS_TIMEOUT_MS)
    {
      next_waiters = list_take_waiters (&self->next_waiters);
      list_ask_again_later (self);
    }
  else
    self->silence_ms = 0;

  list_take_scan (self, scan);
  list_resume (waiters, error);
  if (next_waiters != NULL)
    list_resume (next_waiters, error);
  if (self->reread || self->next_waiters->len > 0)
    list_read (self);
}

static void
list_read (OcgKeyringList *self)
{
  GPtrArray *waiters = self->waiters;
  GDBusCallFlags flags;

  if (self->reading)
    return;

  self->reading = TRUE;
  self->reread = FALSE;
  self->reading_begun = g_get_monotonic_time ();
  self->reading_epoch = self->epoch;
  self->waiters = self->next_waiters;
  self->next_waiters = waiters;
  /* A service that somebody stopped is started again when it is needed, not to look at it. */
  flags = self->waiters->len > 0 ? G_DBUS_CALL_FLAGS_NONE : G_DBUS_CALL_FLAGS_NO_AUTO_START;
  ocg_keyring_scan_async (self->bus, flags, list_was_read, g_object_ref (self));
}

static gboolean
list_on_reread (gpointer user_data)
{
  OcgKeyringList *self = user_data;

  self->reread_id = 0;
  self->reread = TRUE;
  list_read (self);
  return G_SOURCE_REMOVE;
}

static void
list_reread_soon (OcgKeyringList *self)
{
  if (self->reread_id == 0)
    self->reread_id = g_timeout_add (REREAD_DELAY_MS, list_on_reread, self);
}

static void
list_touch (OcgKeyringList *self, gboolean service_changed)
{
  self->epoch++;
  list_reread_soon (self);
  g_signal_emit (self, signals[SIGNAL_TOUCHED], 0, service_changed);
}

/* Whether what happens to the object @path may concern an item of ours. */
static gboolean
list_has_path (OcgKeyringList *self, const char *path)
{
  if (self->scan == NULL || self->reading)
    return TRUE;
  for (guint i = 0; i < self->scan->entries->len; i++)
    if (strcmp (((OcgKeyringEntry *) self->scan->entries->pdata[i])->path, path) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
list_is_collection (OcgKeyringList *self, const char *path)
{
  return self->scan == NULL || strcmp (self->scan->collection, path) == 0;
}

/* ItemCreated, ItemDeleted and ItemChanged. */
static void
list_on_item_signal (GDBusConnection *bus, const char *sender, const char *path,
                     const char *interface, const char *signal, GVariant *parameters,
                     gpointer user_data)
{
  OcgKeyringList *self = user_data;
  const char *item;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(o)")))
    return;
  g_variant_get (parameters, "(&o)", &item);

  /* gnome-keyring says ItemCreated of an item that is replaced, too. */
  if (list_has_path (self, item))
    list_touch (self, FALSE);
  else if (strcmp (signal, "ItemCreated") == 0)
    list_reread_soon (self);
}

/* CollectionCreated, CollectionDeleted and CollectionChanged. */
static void
list_on_collection_signal (GDBusConnection *bus, const char *sender, const char *path,
                           const char *interface, const char *signal, GVariant *parameters,
                           gpointer user_data)
{
  OcgKeyringList *self = user_data;
  const char *collection;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(o)")))
    return;
  g_variant_get (parameters, "(&o)", &collection);
  if (list_is_collection (self, collection))
    list_touch (self, FALSE);
}

static void
list_on_properties_changed (GDBusConnection *bus, const char *sender, const char *path,
                            const char *interface, const char *signal, GVariant *parameters,
                            gpointer user_data)
{
  OcgKeyringList *self = user_data;
  g_autoptr (GVariant) changed = NULL;
  g_autoptr (GVariant) locked = NULL;
  const char *of;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  g_variant_get (parameters, "(&s@a{sv}as)", &of, &changed, NULL);
  locked = g_variant_lookup_value (changed, "Locked", NULL);

  /* A collection's Items change with everything that anybody stores. */
  if (strcmp (of, OCG_SECRET_IFACE_ITEM) == 0 ? list_has_path (self, path)
                                              : locked != NULL && list_is_collection (self, path))
    list_touch (self, FALSE);
}

static void
list_on_owner_changed (GDBusConnection *bus, const char *sender, const char *path,
                       const char *interface, const char *signal, GVariant *parameters,
                       gpointer user_data)
{
  list_touch (user_data, TRUE);
}

static void
list_subscribe (OcgKeyringList *self)
{
  self->subscriptions[0] = g_dbus_connection_signal_subscribe (
      self->bus, OCG_SECRET_BUS_NAME, OCG_SECRET_IFACE_COLLECTION, NULL, NULL, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, list_on_item_signal, self, NULL);
  self->subscriptions[1] = g_dbus_connection_signal_subscribe (
      self->bus, OCG_SECRET_BUS_NAME, OCG_SECRET_IFACE_SERVICE, NULL, NULL, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, list_on_collection_signal, self, NULL);
  self->subscriptions[2] = g_dbus_connection_signal_subscribe (
      self->bus, OCG_SECRET_BUS_NAME, OCG_SECRET_IFACE_PROPERTIES, "PropertiesChanged", NULL,
      "org.freedesktop.Secret", G_DBUS_SIGNAL_FLAGS_MATCH_ARG0_NAMESPACE,
      list_on_properties_changed, self, NULL);
  self->subscriptions[3] = g_dbus_connection_signal_subscribe (
      self->bus, "org.freedesktop.DBus", "org.freedesktop.DBus", "NameOwnerChanged",
      "/org/freedesktop/DBus", OCG_SECRET_BUS_NAME, G_DBUS_SIGNAL_FLAGS_NONE, list_on_owner_changed,
      self, NULL);
}

static void
ocg_keyring_list_init (OcgKeyringList *self)
{
  self->items = g_ptr_array_new ();
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->waiters = g_ptr_array_new_with_free_func (g_object_unref);
  self->next_waiters = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
ocg_keyring_list_finalize (GObject *object)
{
  OcgKeyringList *self = OCG_KEYRING_LIST (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->subscriptions); i++)
    g_dbus_connection_signal_unsubscribe (self->bus, self->subscriptions[i]);
  g_clear_handle_id (&self->reread_id, g_source_remove);
  g_ptr_array_unref (self->waiters);
  g_ptr_array_unref (self->next_waiters);
  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->scan, ocg_keyring_scan_free);
  g_hash_table_unref (self->names);
  g_object_unref (self->bus);
  G_OBJECT_CLASS (ocg_keyring_list_parent_class)->finalize (object);
}

static void
ocg_keyring_list_class_init (OcgKeyringListClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ocg_keyring_list_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", OCG_TYPE_KEYRING_LIST, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TOUCHED] = g_signal_new ("touched", OCG_TYPE_KEYRING_LIST, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_SECRETS_CHANGED]
      = g_signal_new ("secrets-changed", OCG_TYPE_KEYRING_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);
}

OcgKeyringList *
ocg_keyring_list_new (GDBusConnection *bus)
{
  OcgKeyringList *self = g_object_new (OCG_TYPE_KEYRING_LIST, NULL);

  self->bus = g_object_ref (bus);
  list_subscribe (self);
  return self;
}

void
ocg_keyring_list_read_async (OcgKeyringList *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, ocg_keyring_list_read_async);
  g_ptr_array_add (self->next_waiters, task);
  list_read (self);
}

gboolean
ocg_keyring_list_read_finish (OcgKeyringList *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

GPtrArray *
ocg_keyring_list_get_items (OcgKeyringList *self)
{
  return self->items;
}

const OcgKeyringScan *
ocg_keyring_list_get_scan (OcgKeyringList *self)
{
  return self->scan;
}

const OcgKeyringEntry *
ocg_keyring_list_find (OcgKeyringList *self, const char *profile)
{
  if (list_name_items (self, profile))
    list_index (self);
  for (guint i = 0; self->scan != NULL && i < self->scan->entries->len; i++)
    {
      const OcgKeyringEntry *entry = self->scan->entries->pdata[i];

      if (g_strcmp0 (entry->item.profile, profile) == 0)
        return entry;
    }
  return NULL;
}

void
ocg_keyring_list_note_write (OcgKeyringList *self)
{
  self->epoch++;
}

gboolean
ocg_keyring_list_remembers (OcgKeyringList *self, const char *provider)
{
  g_autofree char *prefix = g_strconcat (provider, ":", NULL);
  GHashTableIter iter;
  gpointer name = NULL;

  g_hash_table_iter_init (&iter, self->names);
  while (self->scan == NULL && g_hash_table_iter_next (&iter, &name, NULL))
    if (g_ascii_strncasecmp (name, prefix, strlen (prefix)) == 0)
      return TRUE;
  return FALSE;
}

guint64
ocg_keyring_list_get_epoch (OcgKeyringList *self)
{
  return self->epoch;
}

gboolean
ocg_keyring_list_is_fresh (OcgKeyringList *self)
{
  return self->scan != NULL && self->scan_epoch == self->epoch;
}
