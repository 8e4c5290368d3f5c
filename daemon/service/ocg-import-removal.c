/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-import-removal.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#include "../../dbus/ocg-error.h"

#define MAX_TRIES 20
#define PAUSE_US (50 * 1000)

typedef struct
{
  OcgConfig *config;
  GPtrArray *entries;
  locale_t locale;
  GError *error; /* of .env */
} Removal;

/* The lines of a .env, for the thread. */
typedef struct
{
  char *path;
  GPtrArray *finds;
} Lines;

static void
removal_free (Removal *removal)
{
  g_object_unref (removal->config);
  g_ptr_array_unref (removal->entries);
  g_clear_error (&removal->error);
  g_free (removal);
}

static void
lines_free (Lines *lines)
{
  g_free (lines->path);
  g_ptr_array_unref (lines->finds);
  g_free (lines);
}

static gboolean
goes (const OcgImportEntry *entry, OcgPlaintextFormat format)
{
  return entry->find->format == format && ocg_import_entry_is_removable (entry)
         && (entry->outcome == OCG_IMPORT_STORED || entry->outcome == OCG_IMPORT_THERE);
}

static void
mark (Removal *removal, OcgPlaintextFormat format)
{
  for (guint i = 0; i < removal->entries->len; i++)
    {
      OcgImportEntry *entry = g_ptr_array_index (removal->entries, i);

      entry->removed = entry->removed || goes (entry, format);
    }
}

static void
reloaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Removal *removal = g_task_get_task_data (task);

  /* What is wrong in another file is told by those who ask for it. */
  ocg_config_reload_finish (OCG_CONFIG (source), result, NULL);
  if (removal->error != NULL)
    g_task_return_error (task, g_steal_pointer (&removal->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
lines_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Removal *removal = g_task_get_task_data (task);
  Lines *lines = g_task_get_task_data (G_TASK (result));
  int problem = (int) g_task_propagate_int (G_TASK (result), NULL);
  OCG_LOCALE_SCOPE (removal->locale);

  if (problem == 0)
    mark (removal, OCG_PLAINTEXT_DOTENV);
  else
    g_set_error (&removal->error, OCG_ERROR, OCG_ERROR_CONFIG_CONFLICT,
                 _ ("%s cannot be written: %s."), lines->path, g_strerror (problem));
  ocg_config_reload_async (removal->config, reloaded, g_steal_pointer (&task));
}

static void
remove_lines_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Lines *lines = data;
  int problem = EAGAIN;

  /* Somebody else may be writing there. */
  for (guint i = 0; i < MAX_TRIES && (problem == EAGAIN || problem == ESTALE); i++)
    {
      if (i > 0)
        g_usleep (PAUSE_US);
      problem = ocg_plaintext_files_remove_lines (lines->path, lines->finds);
    }
  g_task_return_int (task, problem);
}

/* Then .env, of which there is one. Takes @task. */
static void
remove_lines (GTask *task)
{
  g_autoptr (GTask) mine = task;
  Removal *removal = g_task_get_task_data (mine);
  Lines *lines = g_new0 (Lines, 1);
  g_autoptr (GTask) work = g_task_new (removal->config, NULL, lines_removed, g_object_ref (mine));

  lines->finds = g_ptr_array_new ();
  for (guint i = 0; i < removal->entries->len; i++)
    {
      OcgImportEntry *entry = g_ptr_array_index (removal->entries, i);

      if (!goes (entry, OCG_PLAINTEXT_DOTENV))
        continue;
      g_ptr_array_add (lines->finds, (gpointer) entry->find);
      g_free (lines->path);
      lines->path = g_strdup (entry->find->file);
    }
  g_task_set_task_data (work, lines, (GDestroyNotify) lines_free);
  if (lines->finds->len > 0)
    g_task_run_in_thread (work, remove_lines_in_thread);
  else
    g_task_return_int (work, 0);
}

static void
written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Removal *removal = g_task_get_task_data (task);
  OCG_LOCALE_SCOPE (removal->locale);

  if (!ocg_config_write_finish (OCG_CONFIG (source), result, &removal->error))
    {
      g_task_return_error (task, g_steal_pointer (&removal->error));
      return;
    }
  mark (removal, OCG_PLAINTEXT_CONFIG);
  remove_lines (g_steal_pointer (&task));
}

/* OpenClaw knows by this that there is a credential, and of which kind. */
static void
add_reference (Removal *removal, const OcgImportEntry *entry, GPtrArray *edits)
{
  const char *path[] = { "auth", "profiles", entry->profile, NULL };
  g_autoptr (JsonNode) there = ocg_config_dup_value (removal->config, path);
  JsonObject *profile = NULL;

  if (there != NULL
      || ocg_config_get_state (removal->config, OCG_CONFIG_OPENCLAW) == OCG_CONFIG_MISSING)
    return;
  profile = json_object_new ();
  json_object_set_string_member (profile, "provider", entry->provider->id);
  json_object_set_string_member (profile, "mode", entry->find->kind);
  g_ptr_array_add (edits,
                   ocg_config_edit_new (path, json_node_init_object (json_node_alloc (), profile)));
  json_object_unref (profile);
}

/* (nullable) (transfer none) */
static const char *
get_text (JsonNode *node)
{
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* An order that was set leaves out what is not on it, and the key was used without being on it. */
static void
add_to_order (Removal *removal, const OcgImportEntry *entry, GPtrArray *edits)
{
  const char *path[] = { "auth", "order", NULL };
  g_autoptr (JsonNode) orders = ocg_config_dup_value (removal->config, path);
  JsonObjectIter iter;
  const char *id = NULL;
  JsonNode *order = NULL;

  if (orders == NULL || !JSON_NODE_HOLDS_OBJECT (orders))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (orders));
  while (json_object_iter_next_ordered (&iter, &id, &order))
    {
      const char *end[] = { "auth", "order", id, "-", NULL };
      JsonArray *array = JSON_NODE_HOLDS_ARRAY (order) ? json_node_get_array (order) : NULL;
      gboolean is_on_it = array == NULL || json_array_get_length (array) == 0;

      if (!ocg_provider_is_named (entry->provider, id))
        continue;
      for (guint i = 0; !is_on_it && i < json_array_get_length (array); i++)
        is_on_it = g_strcmp0 (get_text (json_array_get_element (array, i)), entry->profile) == 0;
      if (!is_on_it)
        g_ptr_array_add (edits,
                         ocg_config_edit_new (end, json_node_init_string (json_node_alloc (),
                                                                          entry->profile)));
    }
}

/* Whether an earlier entry of @entries has the same profile. */
static gboolean
is_told (const OcgImportEntry *entry, GPtrArray *entries)
{
  for (guint i = 0; g_ptr_array_index (entries, i) != entry; i++)
    {
      const OcgImportEntry *earlier = g_ptr_array_index (entries, i);

      if (g_strcmp0 (earlier->profile, entry->profile) == 0
          && (goes (earlier, OCG_PLAINTEXT_CONFIG) || goes (earlier, OCG_PLAINTEXT_DOTENV)))
        return TRUE;
    }
  return FALSE;
}

static void
add_edits (Removal *removal, const OcgImportEntry *entry, GPtrArray *edits)
{
  GPtrArray *entries = removal->entries;

  for (guint i = 0; entry->places != NULL && i < entry->places->len; i++)
    g_ptr_array_add (edits,
                     ocg_config_edit_new (g_ptr_array_index (entry->places, i), NULL));
  if (entry->find->segments != NULL)
    g_ptr_array_add (edits,
                     ocg_config_edit_new ((const char *const *) entry->find->segments, NULL));
  add_reference (removal, entry, edits);
  if (!is_told (entry, entries))
    add_to_order (removal, entry, edits);
}

/* The user may have had all the time that it takes to unlock a keyring to change the file. */
static void
check_is_there (Removal *removal, OcgImportEntry *entry)
{
  const OcgPlaintext *find = entry->find;
  g_autoptr (JsonNode) value
      = ocg_config_dup_value (removal->config, (const char *const *) find->segments);
  const char *text = value != NULL ? get_text (value) : NULL;

  entry->is_changed = text == NULL || strstr (text, ocg_secret_peek (find->secret)) == NULL;
}

/* First openclaw.json: what refers to a variable has to go before the variable does. */
static void
looked_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Removal *removal = g_task_get_task_data (task);
  OCG_LOCALE_SCOPE (removal->locale);
  g_autoptr (GPtrArray) edits
      = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_edit_free);
  OcgConfigWrite write = { .id = OCG_CONFIG_OPENCLAW, .edits = edits };
  GError *error = NULL;

  ocg_config_reload_finish (OCG_CONFIG (source), result, NULL);
  if (ocg_config_get_state (removal->config, OCG_CONFIG_OPENCLAW) == OCG_CONFIG_INVALID
      && !ocg_config_check (removal->config, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < removal->entries->len; i++)
    {
      OcgImportEntry *entry = g_ptr_array_index (removal->entries, i);

      if (goes (entry, OCG_PLAINTEXT_CONFIG))
        check_is_there (removal, entry);
      if (goes (entry, OCG_PLAINTEXT_CONFIG) || goes (entry, OCG_PLAINTEXT_DOTENV))
        add_edits (removal, entry, edits);
    }
  write.if_hash = ocg_config_get_hash (removal->config, OCG_CONFIG_OPENCLAW);
  if (edits->len > 0)
    ocg_config_write_async (removal->config, &write, NULL, written, g_steal_pointer (&task));
  else
    remove_lines (g_steal_pointer (&task));
}

void
ocg_import_removal_async (OcgConfig *config, GPtrArray *entries, locale_t locale,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Removal *removal = g_new0 (Removal, 1);

  removal->config = g_object_ref (config);
  removal->entries = g_ptr_array_ref (entries);
  removal->locale = locale;
  g_task_set_task_data (task, removal, (GDestroyNotify) removal_free);
  ocg_config_reload_async (config, looked_again, task);
}

gboolean
ocg_import_removal_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
