/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-wire.h"

#include <string.h>

#include "ocg-json.h"
#include "ocg-wire-apis.h"

static const OcgWire *const wires[] = {
  &ocg_wire_anthropic_messages,
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
  OcgWireRequest *self = g_new0 (OcgWireRequest, 1);

  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->url = wire->get_url (model);
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

OcgDecoder *
ocg_decoder_new (const OcgWire *wire, OcgModel *model, OcgEventFunc emit, gpointer user_data)
{
  OcgDecoder *self = g_malloc0 (wire->decoder_size);

  self->wire = wire;
  self->model = ocg_model_ref (model);
  self->emit = emit;
  self->user_data = user_data;
  wire->decoder_init (self);
  return self;
}

void
ocg_decoder_free (OcgDecoder *self)
{
  self->wire->decoder_clear (self);
  ocg_model_unref (self->model);
  g_clear_pointer (&self->error, ocg_error_reply_free);
  g_free (self);
}

static void
break_off (OcgDecoder *self, const char *problem)
{
  self->state = OCG_DECODER_BROKEN;
  self->problem = problem;
}

/* Providers answer 200 and put the error into the body or into the stream. */
static gboolean
take_error (OcgDecoder *self, JsonObject *root)
{
  self->error = ocg_error_reply_new_from_json (0, root);
  if (self->error == NULL)
    return FALSE;
  self->state = OCG_DECODER_ERROR;
  return TRUE;
}

void
ocg_decoder_take_event (OcgDecoder *self, const char *data, gsize length)
{
  g_autoptr (JsonObject) event = NULL;

  if (self->state != OCG_DECODER_RUNNING || strcmp (data, "[DONE]") == 0)
    return;
  event = ocg_json_parse_object (data, (gssize) length, NULL);
  if (event == NULL)
    break_off (self, "an event of the stream is not a JSON object");
  else if (!take_error (self, event))
    self->wire->decode_event (self, event);
}

void
ocg_decoder_take_body (OcgDecoder *self, const char *body, gsize length)
{
  g_autofree char *text = g_utf8_make_valid (body, (gssize) length);
  g_autoptr (JsonObject) root = NULL;

  if (self->state != OCG_DECODER_RUNNING)
    return;
  root = ocg_json_parse_object (text, -1, NULL);
  if (root == NULL)
    break_off (self, *g_strstrip (text) == '\0' ? "the answer is empty"
                                                : "the answer is not a JSON object");
  else if (!take_error (self, root))
    self->wire->decode_body (self, root);
}
