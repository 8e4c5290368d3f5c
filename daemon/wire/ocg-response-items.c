/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-response-items.h"

#define MAX_INDEX (G_MAXINT / OCG_PIECE_N_TYPES - 1)

typedef enum
{
  BY_ID,
  BY_INDEX,
  BY_ORDER, /* it is the only one that is left */
} Match;

static void
piece_free (OcgPiece *piece)
{
  g_string_free (piece->text, TRUE);
  g_free (piece);
}

static void
item_free (OcgItem *item)
{
  g_clear_pointer (&item->pieces, g_hash_table_unref);
  g_clear_pointer (&item->call, ocg_wire_call_free);
  g_free (item->id);
  g_free (item);
}

void
ocg_response_items_init (OcgResponseItems *self)
{
  for (guint kind = 0; kind < OCG_ITEM_N_KINDS; kind++)
    {
      self->items[kind] = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
      self->by_id[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      self->by_index[kind] = g_hash_table_new (NULL, NULL);
    }
  self->by_call_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
ocg_response_items_clear (OcgResponseItems *self)
{
  for (guint kind = 0; kind < OCG_ITEM_N_KINDS; kind++)
    {
      g_hash_table_unref (self->by_id[kind]);
      g_hash_table_unref (self->by_index[kind]);
      g_ptr_array_unref (self->items[kind]);
    }
  g_hash_table_unref (self->by_call_id);
}

static gboolean
is_said (const char *id)
{
  return id != NULL && *id != '\0';
}

static gboolean
has_index (const OcgItemKey *key)
{
  return key->index >= 0 && key->index <= MAX_INDEX;
}

/* Notes what @key says and nobody knew yet. Ids that change are not followed: the first holds. */
static void
learn (OcgResponseItems *self, OcgItem *item, OcgItemEvent event, const OcgItemKey *key)
{
  if (item->id == NULL && is_said (key->id))
    {
      item->id = g_strdup (key->id);
      g_hash_table_replace (self->by_id[item->kind], g_strdup (key->id), item);
    }
  /* A place in the list is not always the index of the stream. */
  if (has_index (key) && event != OCG_ITEM_LISTED)
    g_hash_table_replace (self->by_index[item->kind], GUINT_TO_POINTER ((guint) key->index), item);
  if (item->call != NULL && item->call->id == NULL && is_said (key->call_id))
    {
      ocg_wire_call_set_id (item->call, key->call_id);
      g_hash_table_replace (self->by_call_id, g_strdup (key->call_id), item);
    }
}

static OcgItem *
add_item (OcgResponseItems *self, OcgItemKind kind)
{
  OcgItem *item = g_new0 (OcgItem, 1);

  item->kind = kind;
  if (kind == OCG_ITEM_CALL)
    item->call = ocg_wire_call_new (NULL, NULL);
  g_ptr_array_add (self->items[kind], item);
  return item;
}

static gboolean
fits (OcgItem *item, OcgItemEvent event, const OcgItemKey *key, Match match)
{
  if (item == NULL)
    return FALSE;
  /* Ids of calls do not change: this is another call. */
  if (item->call != NULL && item->call->id != NULL && is_said (key->call_id)
      && !g_str_equal (item->call->id, key->call_id))
    return FALSE;
  switch (event)
    {
    case OCG_ITEM_FRAGMENT:
      return match == BY_ID || !item->finished || (match == BY_INDEX && !is_said (key->id));
    case OCG_ITEM_ANNOUNCED:
      return !item->finished && (match == BY_ID || !item->announced);
    case OCG_ITEM_WHOLE:
      return match == BY_ID || !item->finished;
    case OCG_ITEM_LISTED:
      return !item->listed;
    }
  return FALSE;
}

static OcgItem *
find_by_id (OcgResponseItems *self, OcgItemKind kind, OcgItemEvent event, const OcgItemKey *key)
{
  OcgItem *item = is_said (key->id) ? g_hash_table_lookup (self->by_id[kind], key->id) : NULL;

  if (fits (item, event, key, BY_ID))
    return item;
  item = kind == OCG_ITEM_CALL && is_said (key->call_id)
             ? g_hash_table_lookup (self->by_call_id, key->call_id)
             : NULL;
  return fits (item, event, key, BY_ID) ? item : NULL;
}

/* The first that is not listed yet, or the last of all when the event says nothing of which. */
static OcgItem *
find_by_order (OcgResponseItems *self, OcgItemKind kind, OcgItemEvent event, const OcgItemKey *key)
{
  GPtrArray *items = self->items[kind];
  guint at = items->len - 1;

  if (event == OCG_ITEM_LISTED)
    {
      at = self->n_listed[kind];
      while (at < items->len && ((OcgItem *) g_ptr_array_index (items, at))->listed)
        at++;
      self->n_listed[kind] = at;
    }
  else if (is_said (key->id) || has_index (key))
    {
      return NULL;
    }
  if (at >= items->len || !fits (g_ptr_array_index (items, at), event, key, BY_ORDER))
    return NULL;
  return g_ptr_array_index (items, at);
}

OcgItem *
ocg_response_items_get (OcgResponseItems *self, OcgItemKind kind, OcgItemEvent event,
                        const OcgItemKey *key)
{
  OcgItem *item = find_by_id (self, kind, event, key);

  if (item != NULL && event == OCG_ITEM_FRAGMENT)
    return item;
  if (item == NULL && has_index (key))
    {
      item = g_hash_table_lookup (self->by_index[kind], GUINT_TO_POINTER ((guint) key->index));
      item = fits (item, event, key, BY_INDEX) ? item : NULL;
    }
  if (item == NULL)
    item = find_by_order (self, kind, event, key);
  if (item == NULL)
    item = add_item (self, kind);
  learn (self, item, event, key);
  return item;
}

OcgPiece *
ocg_item_get_piece (OcgItem *item, OcgPieceType type, gint64 index)
{
  guint place = (guint) CLAMP (index, 0, MAX_INDEX) * OCG_PIECE_N_TYPES + type;
  OcgPiece *piece;

  if (item->pieces == NULL)
    item->pieces = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) piece_free);
  piece = g_hash_table_lookup (item->pieces, GUINT_TO_POINTER (place));
  if (piece != NULL)
    return piece;
  piece = g_new0 (OcgPiece, 1);
  piece->item = item;
  piece->type = type;
  piece->text = g_string_new (NULL);
  g_hash_table_insert (item->pieces, GUINT_TO_POINTER (place), piece);
  return piece;
}
