/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-call-list.h"

OcgCallList *
ocg_call_list_new (void)
{
  OcgCallList *self = g_new0 (OcgCallList, 1);

  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_wire_call_free);
  self->by_index = g_hash_table_new (NULL, NULL);
  return self;
}

void
ocg_call_list_free (OcgCallList *self)
{
  g_ptr_array_unref (self->calls);
  g_hash_table_unref (self->by_index);
  g_free (self);
}

static OcgWireCall *
add_call (OcgCallList *self, gint64 index, const char *id, const char *name)
{
  OcgWireCall *call = ocg_wire_call_new (id, name);

  g_ptr_array_add (self->calls, call);
  g_hash_table_replace (self->by_index, GINT_TO_POINTER ((int) index), call);
  return call;
}

static gboolean
is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

OcgWireCall *
ocg_call_list_get (OcgCallList *self, gint64 index, const char *id, const char *name)
{
  gboolean has_index = index >= 0 && index < G_MAXINT;
  OcgWireCall *call = NULL;
  gboolean is_other;

  if (has_index)
    call = g_hash_table_lookup (self->by_index, GINT_TO_POINTER ((int) index));
  else if (self->calls->len > 0)
    call = g_ptr_array_index (self->calls, self->calls->len - 1);
  if (!has_index)
    index = OCG_NO_INDEX;

  /* Another id without an index begins another call; so does another id and a name, for servers
   * that give every call the index 0. */
  is_other = call != NULL && is_set (id) && call->id != NULL && !g_str_equal (id, call->id)
             && (!has_index || is_set (name));
  if (call == NULL || is_other)
    return add_call (self, index, id, name);
  if (!call->started)
    {
      ocg_wire_call_set_id (call, id);
      ocg_wire_call_set_name (call, name);
    }
  return call;
}
