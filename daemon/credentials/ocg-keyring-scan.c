/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-keyring-scan.h"

#include <string.h>

#include "ocg-error.h"
#include "ocg-keyring-collection.h"
#include "ocg-names.h"
#include "ocg-secret-bus.h"

/* gnome-keyring keeps hashes of the attributes outside the encrypted part of a collection and tells
 * those until the collection is unlocked for the first time. */
#define HASH_PREFIX "gkr:compat:hashed:"

typedef struct
{
  GDBusCallFlags flags;
  OcgKeyringScan *scan;
  guint pending; /* items that are being read */
  GError *error; /* the first one among them */
} Reading;

typedef struct
{
  GTask *task;
  char *path;
} ReadingItem;

static void
entry_free (OcgKeyringEntry *self)
{
  g_free (self->item.profile);
  g_free (self->item.provider);
  g_free (self->item.kind);
  g_free (self->item.origin);
  g_free (self->item.region);
  g_free (self->path);
  g_clear_pointer (&self->hashes, g_hash_table_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgKeyringEntry, entry_free)

static gboolean
hash_matches (GHashTable *hashes, const char *attribute, const char *value)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_MD5, value, -1);

  return g_strcmp0 (g_hash_table_lookup (hashes, attribute), hash) == 0;
}

gboolean
ocg_keyring_entry_is (OcgKeyringEntry *self, const char *profile)
{
  static const char *const kinds[] = { "api_key", "token", "oauth" };
  const char *colon = strchr (profile, ':');
  g_autofree char *provider = NULL;

  if (self->item.profile != NULL)
    return strcmp (self->item.profile, profile) == 0;
  if (colon == NULL || !hash_matches (self->hashes, "profile", profile))
    return FALSE;

  provider = g_strndup (profile, (gsize) (colon - profile));
  self->item.profile = g_strdup (profile);
  if (hash_matches (self->hashes, "provider", provider))
    self->item.provider = g_steal_pointer (&provider);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (hash_matches (self->hashes, "kind", kinds[i]))
      self->item.kind = g_strdup (kinds[i]);
  return TRUE;
}

gint
ocg_keyring_entry_compare (gconstpointer a, gconstpointer b)
{
  const OcgKeyringEntry *first = *(OcgKeyringEntry *const *) a;
  const OcgKeyringEntry *second = *(OcgKeyringEntry *const *) b;
  int order = g_strcmp0 (first->item.profile, second->item.profile);

  if (order != 0)
    return order;
  return (first->modified < second->modified) - (first->modified > second->modified);
}

void
ocg_keyring_scan_free (OcgKeyringScan *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self->collection);
  g_free (self);
}

static void
reading_free (Reading *reading)
{
  g_clear_pointer (&reading->scan, ocg_keyring_scan_free);
  g_clear_error (&reading->error);
  g_free (reading);
}

/* KWallet keeps no schema; the label then tells that an item is ours. */
static gboolean
is_labelled_as_ours (GVariant *properties, const char *profile)
{
  g_autofree char *expected = g_strconcat (OCG_SECRET_LABEL, profile, NULL);
  const char *label = NULL;

  g_variant_lookup (properties, "Label", "&s", &label);
  return g_strcmp0 (label, expected) == 0;
}

/* Any program may store an item with our attributes; lists are read line by line. */
static gboolean
is_profile (const char *text)
{
  const char *at = text;

  while (g_ascii_isgraph (*at))
    at++;
  return *at == '\0' && *text != ':' && strchr (text, ':') != NULL;
}

static gboolean
is_ours (GHashTable *attributes, GVariant *properties)
{
  const char *schema = g_hash_table_lookup (attributes, "xdg:schema");
  const char *profile = g_hash_table_lookup (attributes, "profile");

  if (profile == NULL || !is_profile (profile)
      || g_strcmp0 (g_hash_table_lookup (attributes, "generation"), OCG_SECRET_GENERATION) != 0)
    return FALSE;
  return schema != NULL ? strcmp (schema, OCG_SECRET_SCHEMA) == 0
                        : is_labelled_as_ours (properties, profile);
}

/* NULL when the item is not one of ours: a locked collection finds more than was asked for, and
 * some services whatever they have. @locked: what is so where the item does not say. */
static OcgKeyringEntry *
entry_new (const char *path, GVariant *properties, gboolean locked)
{
  g_autoptr (OcgKeyringEntry) self = g_new0 (OcgKeyringEntry, 1);
  g_autoptr (GVariantIter) attributes = NULL;
  g_autoptr (GHashTable) plain = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *name;
  const char *value;

  if (!g_variant_lookup (properties, "Attributes", "a{ss}", &attributes))
    return NULL;
  while (g_variant_iter_next (attributes, "{&s&s}", &name, &value))
    if (g_str_has_prefix (name, HASH_PREFIX))
      g_hash_table_insert (hashes, g_strdup (name + strlen (HASH_PREFIX)), g_strdup (value));
    else
      g_hash_table_insert (plain, g_strdup (name), g_strdup (value));

  self->path = g_strdup (path);
  self->item.locked = locked;
  g_variant_lookup (properties, "Locked", "b", &self->item.locked);
  g_variant_lookup (properties, "Modified", "t", &self->modified);
  if (hash_matches (hashes, "xdg:schema", OCG_SECRET_SCHEMA))
    {
      self->hashes = g_steal_pointer (&hashes);
      return g_steal_pointer (&self);
    }
  if (!is_ours (plain, properties))
    return NULL;

  self->item.profile = g_strdup (g_hash_table_lookup (plain, "profile"));
  self->item.provider = g_strdup (g_hash_table_lookup (plain, "provider"));
  self->item.kind = g_strdup (g_hash_table_lookup (plain, "kind"));
  self->item.origin = g_strdup (g_hash_table_lookup (plain, "origin"));
  self->item.region = g_strdup (g_hash_table_lookup (plain, "region"));
  return g_steal_pointer (&self);
}

static void
scan_finish_items (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);

  if (reading->pending > 0)
    return;
  if (reading->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&reading->error));
      return;
    }
  g_ptr_array_sort (reading->scan->entries, ocg_keyring_entry_compare);
  g_task_return_pointer (task, g_steal_pointer (&reading->scan),
                         (GDestroyNotify) ocg_keyring_scan_free);
}

static void
scan_got_item (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ReadingItem *item = user_data;
  g_autoptr (GTask) task = item->task;
  g_autofree char *path = item->path;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = ocg_secret_bus_call_finish (G_DBUS_CONNECTION (source), result,
                                                           &error);
  g_autoptr (GVariant) properties = NULL;
  OcgKeyringEntry *entry;
  Reading *reading = g_task_get_task_data (task);

  g_free (item);
  reading->pending--;
  if (reply != NULL)
    {
      properties = g_variant_get_child_value (reply, 0);
      entry = entry_new (path, properties, reading->scan->locked);
      if (entry != NULL)
        g_ptr_array_add (reading->scan->entries, entry);
    }
  else if (reading->error == NULL && !g_error_matches (error, OCG_ERROR, OCG_ERROR_NOT_FOUND)
           && !g_error_matches (error, OCG_ERROR, OCG_ERROR_ACCESS_DENIED))
    {
      /* An item that is not there any more was deleted since the search, and one that may not be
       * looked at is none of ours: no errors. */
      reading->error = g_steal_pointer (&error);
    }
  scan_finish_items (task);
}

static void
scan_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GDBusConnection *bus = G_DBUS_CONNECTION (source);
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GVariant) reply = ocg_secret_bus_call_finish (bus, result, &error);
  g_autoptr (GVariantIter) paths = NULL;
  const char *path;

  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_variant_get (reply, "(ao)", &paths);
  while (g_variant_iter_next (paths, "&o", &path))
    {
      const OcgSecretBusMethod get_all = { path, OCG_SECRET_IFACE_PROPERTIES, "GetAll", "(a{sv})" };
      ReadingItem *item = g_new0 (ReadingItem, 1);

      item->task = g_object_ref (task);
      item->path = g_strdup (path);
      reading->pending++;
      ocg_secret_bus_call (bus, &get_all, g_variant_new ("(s)", OCG_SECRET_IFACE_ITEM),
                           reading->flags, NULL, scan_got_item, item);
    }
  scan_finish_items (task);
}

static void
scan_got_collection (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GDBusConnection *bus = G_DBUS_CONNECTION (source);
  Reading *reading = g_task_get_task_data (task);
  OcgKeyringScan *scan = reading->scan;
  const OcgSecretBusMethod search = { scan->collection, OCG_SECRET_IFACE_COLLECTION, "SearchItems",
                                      "(ao)" };
  GError *error = NULL;
  g_autoptr (GVariant) reply = ocg_secret_bus_call_finish (bus, result, &error);
  g_autoptr (GVariant) properties = NULL;
  g_autoptr (GVariant) items = NULL;
  GVariantBuilder attributes;

  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  properties = g_variant_get_child_value (reply, 0);
  g_variant_lookup (properties, "Locked", "b", &scan->locked);
  items = g_variant_lookup_value (properties, "Items", G_VARIANT_TYPE ("ao"));
  scan->opaque = scan->locked && (items == NULL || g_variant_n_children (items) == 0);

  g_variant_builder_init (&attributes, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&attributes, "{ss}", "generation", OCG_SECRET_GENERATION);
  ocg_secret_bus_call (bus, &search, g_variant_new ("(a{ss})", &attributes), reading->flags, NULL,
                       scan_found, g_steal_pointer (&task));
}

static void
scan_found_collection (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Reading *reading = g_task_get_task_data (task);
  OcgSecretBusMethod get_all = { NULL, OCG_SECRET_IFACE_PROPERTIES, "GetAll", "(a{sv})" };
  GError *error = NULL;

  reading->scan->collection = ocg_keyring_collection_find_finish (result, &error);
  if (reading->scan->collection == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  get_all.path = reading->scan->collection;
  ocg_secret_bus_call (G_DBUS_CONNECTION (source), &get_all,
                       g_variant_new ("(s)", OCG_SECRET_IFACE_COLLECTION), reading->flags, NULL,
                       scan_got_collection, g_steal_pointer (&task));
}

void
ocg_keyring_scan_async (GDBusConnection *bus, GDBusCallFlags flags, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (bus, NULL, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  g_task_set_source_tag (task, ocg_keyring_scan_async);
  reading->flags = flags;
  reading->scan = g_new0 (OcgKeyringScan, 1);
  reading->scan->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  ocg_keyring_collection_find_async (bus, flags, scan_found_collection, task);
}

OcgKeyringScan *
ocg_keyring_scan_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local = NULL;
  OcgKeyringScan *scan;

  g_return_val_if_fail (g_async_result_is_tagged (result, ocg_keyring_scan_async), NULL);

  scan = g_task_propagate_pointer (G_TASK (result), &local);
  if (scan == NULL)
    /* One answer for all: to read the attributes a collection need not be unlocked, and one whose
     * objects are not there is not usable. */
    g_set_error (error, OCG_ERROR, OCG_ERROR_KEYRING_UNAVAILABLE, "%s", local->message);
  return scan;
}
