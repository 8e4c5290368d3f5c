/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-config-watch.h"

#include <gio/gio.h>
#include <string.h>

/* An editor that renames its new file into place does so in several steps. */
#define REST_MS 100
/* However busy a file is, it is looked at this often. */
#define LONGEST_MS 1000

#define MAX_SYMLINKS 40

struct _OcgConfigWatch
{
  OcgConfigWatchFunc changed;
  gpointer user_data;
  GHashTable *monitors; /* path -> GFileMonitor: of a file or folder that is wanted */
  GHashTable *parents;  /* path -> GFileMonitor: of the folder above a folder on the way to one of
                           these, which may come, go, or be another one */
  gboolean is_elsewhere; /* the paths may lead to other folders than when the monitors were made */
  guint source;
  gint64 first; /* monotonic, microseconds: when the changes began; 0: none */
};

static void
monitor_free (GFileMonitor *monitor)
{
  g_signal_handlers_disconnect_matched (monitor, G_SIGNAL_MATCH_ID,
                                        g_signal_lookup ("changed", G_TYPE_FILE_MONITOR), 0, NULL,
                                        NULL, NULL);
  g_file_monitor_cancel (monitor);
  g_object_unref (monitor);
}

static GHashTable *
monitors_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) monitor_free);
}

OcgConfigWatch *
ocg_config_watch_new (OcgConfigWatchFunc changed, gpointer user_data)
{
  OcgConfigWatch *self = g_new0 (OcgConfigWatch, 1);

  self->changed = changed;
  self->user_data = user_data;
  self->monitors = monitors_new ();
  self->parents = monitors_new ();
  return self;
}

void
ocg_config_watch_free (OcgConfigWatch *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_hash_table_unref (self->monitors);
  g_hash_table_unref (self->parents);
  g_free (self);
}

static gboolean
on_rest (gpointer user_data)
{
  OcgConfigWatch *self = user_data;

  self->source = 0;
  self->first = 0;
  self->changed (self->user_data);
  return G_SOURCE_REMOVE;
}

static void
note_change (OcgConfigWatch *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->first == 0)
    self->first = now;
  else if (now - self->first > LONGEST_MS * G_TIME_SPAN_MILLISECOND && self->source != 0)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (REST_MS, on_rest, self);
}

void
ocg_config_watch_look_again (OcgConfigWatch *self, guint ms)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (ms, on_rest, self);
}

static void
on_changed (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
            OcgConfigWatch *self)
{
  /* What follows when a writer closes its file says that it is complete. */
  if (event != G_FILE_MONITOR_EVENT_PRE_UNMOUNT)
    note_change (self);
}

/* Only what is on the way to a file that is wanted counts: the folder may be the home folder. */
static void
on_parent_changed (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
                   OcgConfigWatch *self)
{
  const char *wanted = g_object_get_data (G_OBJECT (monitor), "wanted");
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *other_path = other != NULL ? g_file_get_path (other) : NULL;

  if (g_strcmp0 (path, wanted) != 0 && g_strcmp0 (other_path, wanted) != 0)
    return;
  self->is_elsewhere = TRUE;
  note_change (self);
}

/* GIO asks only now and then whether what its monitor could not find has come. */
static gboolean
is_blind (const char *path, gboolean is_folder)
{
  g_autofree char *folder = is_folder ? g_strdup (path) : g_path_get_dirname (path);

  return !g_file_test (folder, G_FILE_TEST_IS_DIR);
}

/* Keeps the monitor of @path that is in @old, or makes one. */
static void
add_monitor (OcgConfigWatch *self, GHashTable *old, const char *path, gboolean is_folder)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gpointer key = NULL, value = NULL;
  GFileMonitor *monitor = NULL;

  if (g_hash_table_contains (self->monitors, path) || is_blind (path, is_folder))
    return;
  if (g_hash_table_steal_extended (old, path, &key, &value))
    {
      g_hash_table_insert (self->monitors, key, value);
      return;
    }
  monitor = is_folder
                ? g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL)
                : g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (monitor == NULL)
    return;
  g_signal_connect (monitor, "changed", G_CALLBACK (on_changed), self);
  g_hash_table_insert (self->monitors, g_strdup (path), monitor);
}

/* Watches for another folder in the place of that of @path; where that is missing, the one above it
 * that is there for the next step. */
static void
add_parent (OcgConfigWatch *self, const char *path)
{
  g_autofree char *wanted = g_path_get_dirname (path);
  g_autofree char *folder = g_path_get_dirname (wanted);
  g_autoptr (GFile) file = NULL;
  GFileMonitor *monitor = NULL;

  while (!g_file_test (folder, G_FILE_TEST_IS_DIR) && strcmp (folder, "/") != 0)
    {
      g_free (wanted);
      wanted = folder;
      folder = g_path_get_dirname (wanted);
    }
  if (strcmp (wanted, folder) == 0 || g_hash_table_contains (self->parents, wanted))
    return;
  file = g_file_new_for_path (folder);
  monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (monitor == NULL)
    return;
  g_object_set_data_full (G_OBJECT (monitor), "wanted", g_strdup (wanted), g_free);
  g_signal_connect (monitor, "changed", G_CALLBACK (on_parent_changed), self);
  g_hash_table_insert (self->parents, g_strdup (wanted), monitor);
}

/* The file, and everything that the symlinks at its place lead through. */
static void
add_file (OcgConfigWatch *self, GHashTable *old, const char *path)
{
  g_autofree char *at = g_strdup (path);

  for (guint i = 0; i < MAX_SYMLINKS; i++)
    {
      g_autofree char *link = g_file_read_link (at, NULL);
      g_autofree char *folder = g_path_get_dirname (at);

      add_monitor (self, old, at, FALSE);
      add_parent (self, at);
      if (link == NULL)
        return;
      g_free (at);
      at = g_path_is_absolute (link) ? g_strdup (link) : g_build_filename (folder, link, NULL);
    }
}

void
ocg_config_watch_set (OcgConfigWatch *self, const char *const *files, const char *const *folders)
{
  g_autoptr (GHashTable) old = self->monitors;

  self->monitors = monitors_new ();
  if (self->is_elsewhere)
    g_hash_table_remove_all (old);
  self->is_elsewhere = FALSE;
  g_hash_table_remove_all (self->parents);
  for (guint i = 0; files[i] != NULL; i++)
    add_file (self, old, files[i]);
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *inside = g_build_filename (folders[i], "*", NULL);

      add_monitor (self, old, folders[i], TRUE);
      add_parent (self, inside);
    }
}
