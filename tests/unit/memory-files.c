/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "memory-files.h"

#include <errno.h>
#include <string.h>

#include "config/ocg-json5-edit.h"

MemoryFiles *
memory_files_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
memory_files_set (MemoryFiles *self, const char *path, const char *text)
{
  g_hash_table_insert (self, g_strdup (path), g_strdup (text));
}

MemoryFiles *
memory_files_new_with (const char *name, ...)
{
  MemoryFiles *self = memory_files_new ();
  va_list rest;

  va_start (rest, name);
  for (; name != NULL; name = va_arg (rest, const char *))
    {
      g_autofree char *path = g_canonicalize_filename (name, "/m");
      memory_files_set (self, path, va_arg (rest, const char *));
    }
  va_end (rest);
  return self;
}

int
memory_files_read (OcgConfigFile *file, const char *path, gpointer self)
{
  const char *text = g_hash_table_lookup (self, path);

  *file = (OcgConfigFile) { .exists = text != NULL };
  if (text == NULL && g_hash_table_contains (self, path))
    return EACCES;
  file->text = g_strdup (text != NULL ? text : "");
  file->length = strlen (file->text);
  file->hash = text != NULL ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1)
                            : g_strdup ("");
  return 0;
}

OcgConfigTree *
memory_files_load (MemoryFiles *self)
{
  return ocg_config_tree_load ("/m/main.json", memory_files_read, self);
}

gboolean
memory_files_apply (MemoryFiles *self, OcgConfigTree *tree, const OcgConfigTarget *target,
                    JsonNode *value)
{
  const OcgConfigDocument *document
      = g_ptr_array_index (ocg_config_tree_get_documents (tree), target->document);
  const char *now = g_hash_table_lookup (self, document->path);
  OcgJson5Problem problem;
  g_autofree char *text = ocg_json5_edit (now != NULL ? now : "",
                                          (const char *const *) target->segments, value, &problem);

  if (text != NULL)
    memory_files_set (self, document->path, text);
  return text != NULL;
}
