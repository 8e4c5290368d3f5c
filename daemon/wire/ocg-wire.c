/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-wire.h"

#include "ocg-wire-apis.h"

static const OcgWire *const wires[] = {
  &ocg_wire_anthropic_messages,
  &ocg_wire_openai_completions,
  &ocg_wire_openai_responses,
};

const OcgWire *
ocg_wire_find (const char *api)
{
  for (guint i = 0; i < G_N_ELEMENTS (wires); i++)
    if (g_strcmp0 (wires[i]->api, api) == 0)
      return wires[i];
  return NULL;
}

GStrv
ocg_wire_list (void)
{
  GStrv names = g_new0 (char *, G_N_ELEMENTS (wires) + 1);

  for (guint i = 0; i < G_N_ELEMENTS (wires); i++)
    names[i] = g_strdup (wires[i]->api);
  return names;
}

static void
add_headers (GHashTable *into, GHashTable *headers)
{
  GHashTableIter iter;
  gpointer name, value;

  if (headers == NULL)
    return;
  g_hash_table_iter_init (&iter, headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_replace (into, g_ascii_strdown (name, -1), g_strdup (value));
}

OcgWireRequest *
ocg_wire_build (const OcgWire *wire, OcgModel *model, OcgChat *chat)
{
  return ocg_wire_build_mended (wire, model, chat, 0);
}

OcgWireRequest *
ocg_wire_build_mended (const OcgWire *wire, OcgModel *model, OcgChat *chat, OcgMends mends)
{
  OcgWireRequest *self = g_new0 (OcgWireRequest, 1);

  self->mends = mends;
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->url = wire->get_url (model);
  g_hash_table_replace (self->headers, g_strdup ("accept"),
                        g_strdup (chat->stream ? "text/event-stream" : "application/json"));
  wire->build (self, model, chat);
  add_headers (self->headers, model->provider->headers);
  add_headers (self->headers, model->headers);
  return self;
}

void
ocg_wire_request_free (OcgWireRequest *self)
{
  g_free (self->url);
  g_hash_table_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}
