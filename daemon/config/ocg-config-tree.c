/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-config-tree-private.h"

#include <string.h>

#include "ocg-config-include.h"
#include "ocg-config-path.h"
#include "ocg-config-tree-merge.h"

/* Nobody corrects more at once. */
#define MAX_FAULTS 100

static void
fault_clear (gpointer data)
{
  OcgConfigFault *fault = data;

  g_free (fault->path);
  g_free (fault->file);
}

/* That of the one file, or one over those of all. */
static char *
compute_hash (OcgConfigTree *self)
{
  g_autoptr (GChecksum) checksum = NULL;

  if (self->documents->len == 1)
    return g_strdup (ocg_config_tree_get_source (self, 0)->document.hash);
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  for (guint i = 0; i < self->documents->len; i++)
    {
      const char *hash = ocg_config_tree_get_source (self, i)->document.hash;
      g_autofree char *none = g_strnfill (*hash == '\0' ? 64 : 0, '0');

      g_checksum_update (checksum, (const guchar *) hash, -1);
      g_checksum_update (checksum, (const guchar *) none, -1);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

OcgConfigTree *
ocg_config_tree_load_part (const char *path, const char *top, OcgConfigReadFunc read,
                           gpointer user_data)
{
  OcgConfigTree *self = g_new0 (OcgConfigTree, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->top = top != NULL ? ocg_config_path_parse (top, NULL) : NULL;
  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_source_free);
  self->includes
      = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) ocg_config_include_free);
  self->spliced = g_hash_table_new (NULL, NULL);
  self->faults = g_array_new (FALSE, TRUE, sizeof (OcgConfigFault));
  g_array_set_clear_func (self->faults, fault_clear);

  ocg_config_include_read (self, path, read, user_data);
  if (self->faults->len == 0)
    self->root = ocg_config_tree_merge (self);
  self->hash = compute_hash (self);
  return self;
}

OcgConfigTree *
ocg_config_tree_load (const char *path, OcgConfigReadFunc read, gpointer user_data)
{
  return ocg_config_tree_load_part (path, NULL, read, user_data);
}

OcgConfigTree *
ocg_config_tree_ref (OcgConfigTree *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ocg_config_tree_unref (OcgConfigTree *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->root, json_node_unref);
  g_hash_table_unref (self->includes);
  g_hash_table_unref (self->spliced);
  g_ptr_array_unref (self->documents);
  g_array_unref (self->faults);
  g_strfreev (self->top);
  g_free (self->hash);
  g_free (self);
}

const char *
ocg_config_tree_get_path (OcgConfigTree *self)
{
  return ocg_config_tree_get_source (self, 0)->document.path;
}

char *
ocg_config_tree_dup_id (OcgConfigTree *self)
{
  g_autofree char *name = g_path_get_basename (ocg_config_tree_get_path (self));

  return g_strndup (name, strlen (name) - (g_str_has_suffix (name, ".json") ? strlen (".json") : 0));
}

gboolean
ocg_config_tree_exists (OcgConfigTree *self)
{
  return ocg_config_tree_get_source (self, 0)->document.exists;
}

gboolean
ocg_config_tree_is_valid (OcgConfigTree *self)
{
  return self->root != NULL;
}

const char *
ocg_config_tree_get_hash (OcgConfigTree *self)
{
  return self->hash;
}

JsonNode *
ocg_config_tree_get_root (OcgConfigTree *self)
{
  return self->root;
}

GPtrArray *
ocg_config_tree_get_documents (OcgConfigTree *self)
{
  return self->documents;
}

OcgConfigSource *
ocg_config_tree_get_source (OcgConfigTree *self, guint document)
{
  return g_ptr_array_index (self->documents, document);
}

gboolean
ocg_config_tree_place_node (OcgConfigTree *self, guint document, JsonNode *node,
                            OcgConfigPlace *place)
{
  OcgConfigSource *source = ocg_config_tree_get_source (self, document);
  gsize name = 0;

  *place = (OcgConfigPlace) { .document = document };
  if (source->places == NULL
      || !ocg_json5_places_find (source->places, node, &name, &place->offset))
    return FALSE;
  ocg_json5_lines_locate (source->lines, name, &place->line, &place->column);
  return TRUE;
}

OcgConfigFault *
ocg_config_tree_add_fault (OcgConfigTree *self, OcgConfigFaultCode code, guint document,
                           JsonNode *node, char *path, char *file)
{
  OcgConfigFault fault = { .code = code, .document = document, .path = path, .file = file };
  OcgConfigPlace place = { 0 };

  if (self->faults->len >= MAX_FAULTS)
    {
      fault_clear (&fault);
      return NULL;
    }
  if (node != NULL && ocg_config_tree_place_node (self, document, node, &place))
    {
      fault.line = place.line;
      fault.column = place.column;
    }
  g_array_append_val (self->faults, fault);
  return &g_array_index (self->faults, OcgConfigFault, self->faults->len - 1);
}
