/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-config-overlay.h"

#include <string.h>

struct _OcgConfigOverlay
{
  GHashTable *old;   /* path -> OcgConfigFile */
  GHashTable *texts; /* path -> GBytes, with a zero byte behind them */
  GHashTable *errors; /* path -> errno: what could not be read */
};

static void
file_free (OcgConfigFile *file)
{
  ocg_config_file_clear (file);
  g_free (file);
}

static void
wipe (gpointer text)
{
  explicit_bzero (text, strlen (text));
  g_free (text);
}

OcgConfigOverlay *
ocg_config_overlay_new (void)
{
  OcgConfigOverlay *self = g_new0 (OcgConfigOverlay, 1);

  self->old = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) file_free);
  self->texts
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->errors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
ocg_config_overlay_free (OcgConfigOverlay *self)
{
  g_hash_table_unref (self->old);
  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->errors);
  g_free (self);
}

static int
read_old (OcgConfigOverlay *self, const char *path, OcgConfigFile **old)
{
  g_auto (OcgConfigFile) file = { 0 };
  int problem = 0;

  *old = g_hash_table_lookup (self->old, path);
  if (*old != NULL)
    return 0;
  problem = ocg_config_file_read (&file, path);
  if (problem != 0)
    {
      g_hash_table_insert (self->errors, g_strdup (path), GINT_TO_POINTER (problem));
      return problem;
    }
  *old = g_memdup2 (&file, sizeof file);
  file = (OcgConfigFile){ 0 };
  g_hash_table_insert (self->old, g_strdup (path), *old);
  return 0;
}

int
ocg_config_overlay_read (OcgConfigFile *file, const char *path, gpointer user_data)
{
  OcgConfigOverlay *self = user_data;
  GBytes *text = g_hash_table_lookup (self->texts, path);
  OcgConfigFile *old = NULL;
  int problem = read_old (self, path, &old);

  *file = (OcgConfigFile){ 0 };
  if (problem != 0 && text == NULL)
    return problem;
  if (old != NULL)
    *file = *old;
  if (text != NULL)
    {
      file->exists = TRUE;
      file->length = g_bytes_get_size (text);
      file->text = g_memdup2 (g_bytes_get_data (text, NULL), file->length + 1);
      file->hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, text);
      return 0;
    }
  /* With the zero byte behind it; there may be more of them inside. */
  file->text = g_memdup2 (old->text, old->length + 1);
  file->hash = g_strdup (old->hash);
  return 0;
}

void
ocg_config_overlay_set_text (OcgConfigOverlay *self, const char *path, const char *text,
                             gsize length)
{
  char *copy = g_malloc (length + 1);

  memcpy (copy, text, length);
  copy[length] = '\0';
  g_hash_table_insert (self->texts, g_strdup (path),
                       g_bytes_new_with_free_func (copy, length, wipe, copy));
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
ocg_config_overlay_get_changed (OcgConfigOverlay *self)
{
  GPtrArray *paths = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer path = NULL, text = NULL;

  g_hash_table_iter_init (&iter, self->texts);
  while (g_hash_table_iter_next (&iter, &path, &text))
    {
      const OcgConfigFile *old = g_hash_table_lookup (self->old, path);

      if (old == NULL || !old->exists || old->length != g_bytes_get_size (text)
          || memcmp (old->text, g_bytes_get_data (text, NULL), old->length) != 0)
        g_ptr_array_add (paths, path);
    }
  g_ptr_array_sort (paths, compare_paths);
  return paths;
}

int
ocg_config_overlay_get_error (OcgConfigOverlay *self, const char *path)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->errors, path));
}

const OcgConfigFile *
ocg_config_overlay_get_old (OcgConfigOverlay *self, const char *path)
{
  return g_hash_table_lookup (self->old, path);
}

GBytes *
ocg_config_overlay_get_text (OcgConfigOverlay *self, const char *path)
{
  return g_hash_table_lookup (self->texts, path);
}
