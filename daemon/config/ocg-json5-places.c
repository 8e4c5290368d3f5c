/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-places.h"

#include <stdlib.h>

typedef struct
{
  JsonNode *node; /* (unowned) */
  guint32 name, value;
} Place;

G_STATIC_ASSERT (OCG_JSON5_MAX_SIZE <= G_MAXUINT32);

struct _OcgJson5Places
{
  GArray *places;     /* of Place; by the addresses of the nodes once it is finished */
  GArray *duplicates; /* of OcgJson5Duplicate */
  GStringChunk *names;
  GPtrArray *overridden; /* kept, so that no other node gets their address */
};

OcgJson5Places *
ocg_json5_places_new (void)
{
  OcgJson5Places *self = g_new0 (OcgJson5Places, 1);
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  self->duplicates = g_array_new (FALSE, FALSE, sizeof (OcgJson5Duplicate));
  self->names = g_string_chunk_new (64);
  self->overridden = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  return self;
}

void
ocg_json5_places_free (OcgJson5Places *self)
{
  g_array_unref (self->places);
  g_array_unref (self->duplicates);
  g_string_chunk_free (self->names);
  g_ptr_array_unref (self->overridden);
  g_free (self);
}

void
ocg_json5_places_add (OcgJson5Places *self, JsonNode *node, gsize name, gsize value)
{
  Place place = { .node = node, .name = (guint32) name, .value = (guint32) value };
  g_array_append_val (self->places, place);
}

void
ocg_json5_places_add_duplicate (OcgJson5Places *self, JsonNode *object, const char *name,
                                JsonNode *old, gsize offset)
{
  g_ptr_array_add (self->overridden, json_node_ref (old));
  if (self->duplicates->len >= OCG_JSON5_MAX_DUPLICATES)
    return;

  OcgJson5Duplicate duplicate = {
    .object = object,
    .name = g_string_chunk_insert_const (self->names, name),
    .offset = offset,
  };
  g_array_append_val (self->duplicates, duplicate);
}

static int
compare_nodes (const void *a, const void *b)
{
  const Place *x = a;
  const Place *y = b;
  return ((guintptr) x->node > (guintptr) y->node) - ((guintptr) x->node < (guintptr) y->node);
}

void
ocg_json5_places_finish (OcgJson5Places *self)
{
  qsort (self->places->data, self->places->len, sizeof (Place), compare_nodes);
  for (guint i = 0; i < self->duplicates->len; i++)
    {
      OcgJson5Duplicate *duplicate = &g_array_index (self->duplicates, OcgJson5Duplicate, i);
      ocg_json5_places_find (self, self->overridden->pdata[i], &duplicate->overridden, NULL);
    }
}

gboolean
ocg_json5_places_find (const OcgJson5Places *self, JsonNode *node, gsize *name, gsize *value)
{
  const Place wanted = { .node = node };
  const Place *place = self->places->len == 0
                           ? NULL
                           : bsearch (&wanted, self->places->data, self->places->len,
                                      sizeof (Place), compare_nodes);
  if (place == NULL)
    return FALSE;
  if (name != NULL)
    *name = place->name;
  if (value != NULL)
    *value = place->value;
  return TRUE;
}

guint
ocg_json5_places_get_n_duplicates (const OcgJson5Places *self)
{
  return self->duplicates->len;
}

const OcgJson5Duplicate *
ocg_json5_places_get_duplicate (const OcgJson5Places *self, guint i)
{
  return &g_array_index (self->duplicates, OcgJson5Duplicate, i);
}
