/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-config-tree-source.h"

#include <string.h>

#include "ocg-json5-edit.h"
#include "ocg-wipe.h"

OcgConfigSource *
ocg_config_source_new (const char *path, char *at)
{
  OcgConfigSource *self = g_new0 (OcgConfigSource, 1);

  self->document.path = g_strdup (path);
  self->at = at;
  self->targets = g_array_new (FALSE, FALSE, sizeof (guint));
  self->n_reads = 1;
  return self;
}

void
ocg_config_source_free (OcgConfigSource *self)
{
  OcgConfigDocument *document = &self->document;

  g_clear_pointer (&self->places, ocg_json5_places_free);
  g_clear_pointer (&self->lines, ocg_json5_lines_free);
  g_clear_pointer (&self->root, json_node_unref);
  g_array_unref (self->targets);
  g_free (self->at);
  /* Keys may stand in it. */
  ocg_wipe (document->text, document->length);
  g_free (document->path);
  g_free (document->hash);
  g_free (self);
}

void
ocg_config_source_read (OcgConfigSource *self, OcgConfigReadFunc read, gpointer user_data)
{
  OcgConfigDocument *document = &self->document;
  g_auto (OcgConfigFile) file = { 0 };

  self->error_number = read != NULL ? read (&file, document->path, user_data)
                                    : ocg_config_file_read (&file, document->path);
  document->exists = self->error_number == 0 && file.exists;
  document->text = file.text != NULL ? g_steal_pointer (&file.text) : g_strdup ("");
  document->length = file.length;
  document->hash = file.hash != NULL ? g_steal_pointer (&file.hash) : g_strdup ("");
  self->device = file.stat.st_dev;
  self->inode = document->exists ? file.stat.st_ino : 0;
}

gboolean
ocg_config_source_parse (OcgConfigSource *self, OcgJson5Problem *problem)
{
  const OcgConfigDocument *document = &self->document;

  if (strlen (document->text) == document->length && ocg_json5_is_blank (document->text))
    {
      g_autoptr (JsonObject) object = json_object_new ();
      self->root = json_node_init_object (json_node_alloc (), object);
      return TRUE;
    }
  self->root = ocg_json5_read_places (document->text, (gssize) document->length, &self->places,
                                      problem);
  if (self->root != NULL)
    self->lines = ocg_json5_lines_new (document->text, document->length);
  return self->root != NULL;
}

gboolean
ocg_config_source_is_same (const OcgConfigSource *self, const OcgConfigSource *other)
{
  return self == other
         || (self->inode != 0 && self->inode == other->inode && self->device == other->device);
}
