/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-reasoning-details.h"

#include <string.h>

#include "ocg-json-writer.h"
#include "ocg-json.h"

/* Members that come in pieces; the others are there once. */
static const struct
{
  const char *name;
  gboolean is_for_people;
} growing[] = { { "text", TRUE }, { "summary", TRUE }, { "data", FALSE } };

typedef struct
{
  JsonObject *rest;
  GString *grown[G_N_ELEMENTS (growing)]; /* (nullable) */
} Detail;

static Detail *
detail_new (void)
{
  Detail *detail = g_new0 (Detail, 1);

  detail->rest = json_object_new ();
  return detail;
}

static void
detail_free (Detail *detail)
{
  json_object_unref (detail->rest);
  for (guint i = 0; i < G_N_ELEMENTS (growing); i++)
    if (detail->grown[i] != NULL)
      g_string_free (detail->grown[i], TRUE);
  g_free (detail);
}

static gboolean
same_string (JsonObject *a, JsonObject *b, const char *member)
{
  const char *x = ocg_json_get_string (a, member);
  const char *y = ocg_json_get_string (b, member);

  return x == NULL || y == NULL || g_str_equal (x, y);
}

/* Whether @piece goes on where @last ends. */
static gboolean
continues (JsonObject *last, JsonObject *piece)
{
  gint64 x = -1, y = -1;

  ocg_json_get_int (last, "index", &x);
  ocg_json_get_int (piece, "index", &y);
  return x == y && same_string (last, piece, "type") && same_string (last, piece, "id");
}

/* Returns the part of @piece that is new. Only servers that are known for it send snapshots: what
 * has been signed must not be changed on a guess. */
static const char *
grow (GString **grown, const char *piece, gboolean may_be_snapshot)
{
  gsize length = *grown != NULL ? (*grown)->len : 0;

  if (*grown == NULL)
    *grown = g_string_new (NULL);
  if (may_be_snapshot && length > 0 && strlen (piece) > length && memcmp (piece, (*grown)->str, length) == 0)
    piece += length;
  g_string_append (*grown, piece);
  return piece;
}

static gboolean
is_growing (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (growing); i++)
    if (g_str_equal (growing[i].name, name))
      return TRUE;
  return FALSE;
}

static void
merge (OcgReasoningDetails *self, Detail *detail, JsonObject *piece, gboolean may_be_snapshot,
       GString *text)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  for (guint i = 0; i < G_N_ELEMENTS (growing); i++)
    {
      const char *value = ocg_json_get_string (piece, growing[i].name);
      const char *added
          = value != NULL ? grow (&detail->grown[i], value, may_be_snapshot) : "";

      self->n_added += strlen (added);
      if (growing[i].is_for_people)
        g_string_append (text, added);
    }
  json_object_iter_init (&iter, piece);
  while (json_object_iter_next (&iter, &name, &node))
    if (!is_growing (name) && !JSON_NODE_HOLDS_NULL (node))
      json_object_set_member (detail->rest, name, json_node_copy (node));
}

static Detail *
find_last (OcgReasoningDetails *self, JsonObject *piece)
{
  for (guint i = self->details->len; i > 0; i--)
    {
      Detail *detail = g_ptr_array_index (self->details, i - 1);

      if (continues (detail->rest, piece))
        return detail;
      /* Without an index only the last one can go on. */
      if (!json_object_has_member (piece, "index") || i + 8 < self->details->len)
        break;
    }
  return NULL;
}

char *
ocg_reasoning_details_add (OcgReasoningDetails *self, JsonArray *pieces, gboolean may_be_snapshot)
{
  GString *text = g_string_new (NULL);

  self->n_added = 0;
  for (guint i = 0; pieces != NULL && i < json_array_get_length (pieces); i++)
    {
      JsonObject *piece = ocg_json_array_get_object (pieces, i);
      Detail *last;

      if (piece == NULL)
        continue;
      if (self->details == NULL)
        self->details = g_ptr_array_new_with_free_func ((GDestroyNotify) detail_free);
      last = find_last (self, piece);
      if (last == NULL)
        {
          last = detail_new ();
          g_ptr_array_add (self->details, last);
        }
      merge (self, last, piece, may_be_snapshot, text);
    }
  return g_string_free (text, FALSE);
}

static void
write_detail (OcgJsonWriter *writer, Detail *detail)
{
  for (guint i = 0; i < G_N_ELEMENTS (growing); i++)
    if (detail->grown[i] != NULL)
      json_object_set_string_member (detail->rest, growing[i].name, detail->grown[i]->str);
  ocg_json_object (writer, detail->rest);
}

char *
ocg_reasoning_details_dup_json (OcgReasoningDetails *self)
{
  GString *out;
  OcgJsonWriter writer;

  if (self->details == NULL)
    return NULL;
  out = g_string_new (NULL);
  writer = (OcgJsonWriter) OCG_JSON_WRITER_INIT (out);
  ocg_json_open (&writer, '{');
  ocg_json_key (&writer, "reasoning_details");
  ocg_json_open (&writer, '[');
  for (guint i = 0; i < self->details->len; i++)
    write_detail (&writer, g_ptr_array_index (self->details, i));
  ocg_json_close (&writer, ']');
  ocg_json_close (&writer, '}');
  return g_string_free (out, FALSE);
}

void
ocg_reasoning_details_clear (OcgReasoningDetails *self)
{
  g_clear_pointer (&self->details, g_ptr_array_unref);
}
