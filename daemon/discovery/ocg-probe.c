/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-probe.h"

#define CONNECT_MS 500
#define TOTAL_MS 2000
#define MAX_BODY_SIZE (1024 * 1024)

struct _OcgProbe
{
  OcgProvider *provider;
  OcgHttp *http;
  OcgCredentials *credentials;
  OcgProbeFunc done;
  gpointer user_data;

  OcgListFormat order[OCG_N_LISTS];
  guint n_lists;
  guint next; /* in order */
  GCancellable *cancellable; /* of the search for the credential */
  OcgCredential *credential; /* (nullable) */
  OcgHttpCall *call;         /* (nullable) */
  GByteArray *body;
  guint timer;
  gboolean refused;
};

static void ask_next (OcgProbe *self);

/* Frees @self, if its user does. */
static void
end (OcgProbe *self, OcgProbeEnd how, GPtrArray *models, OcgListFormat format)
{
  g_autoptr (GPtrArray) mine = models;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->call, ocg_http_call_free);
  g_cancellable_cancel (self->cancellable);
  self->done (self, how, mine, format, self->user_data);
}

static gboolean
on_timeout (gpointer user_data)
{
  OcgProbe *self = user_data;

  self->timer = 0;
  end (self, OCG_PROBE_SILENT, NULL, OCG_N_LISTS);
  return G_SOURCE_REMOVE;
}

static void
on_credential (GObject *credentials, GAsyncResult *result, gpointer user_data)
{
  OcgProbe *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OcgCredential) credential
      = ocg_credentials_get_finish (OCG_CREDENTIALS (credentials), result, &error);

  /* The probe may be gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (credential == NULL)
    g_debug ("%s wants a key for its list: %s", self->provider->id, error->message);
  /* Some servers want one for some of their lists only: without it the others are still asked. */
  if (credential != NULL && credential->secret != NULL && credential->provider == self->provider)
    {
      self->credential = g_steal_pointer (&credential);
      self->next = 0;
    }
  ask_next (self);
}

static void
take_refusal (OcgProbe *self)
{
  gboolean is_first = !self->refused;

  self->refused = TRUE;
  if (is_first)
    ocg_credentials_get_quietly_async (self->credentials, self->provider, NULL, self->cancellable,
                                       on_credential, self);
  else
    ask_next (self);
}

static void
on_headers (OcgHttpCall *call, gpointer user_data)
{
}

static gboolean
on_bytes (OcgHttpCall *call, const char *bytes, gsize length, gpointer user_data)
{
  OcgProbe *self = user_data;

  if (self->body->len + length <= MAX_BODY_SIZE)
    {
      g_byte_array_append (self->body, (const guint8 *) bytes, (guint) length);
      return TRUE;
    }
  g_debug ("%s: its list is too long", self->provider->id);
  g_clear_pointer (&self->call, ocg_http_call_free);
  ask_next (self);
  return FALSE;
}

static void
take_answer (OcgProbe *self, OcgListFormat format, guint status)
{
  const char *text = self->body->len > 0 ? (const char *) self->body->data : "";
  GPtrArray *models = NULL;

  if (status / 100 == 2)
    models = ocg_list_format_parse (format, text, self->body->len);
  if (models != NULL)
    end (self, OCG_PROBE_FOUND, models, format);
  else if (status == 401 || status == 403)
    take_refusal (self);
  else
    ask_next (self);
}

static void
on_end (OcgHttpCall *call, OcgHttpEnd http_end, const char *detail, gpointer user_data)
{
  OcgProbe *self = user_data;
  guint status = ocg_http_call_get_status (call);

  g_clear_pointer (&self->call, ocg_http_call_free);
  switch (http_end)
    {
    case OCG_HTTP_COMPLETE:
      take_answer (self, self->order[self->next - 1], status);
      return;
    case OCG_HTTP_BROKEN:
      ask_next (self);
      return;
    case OCG_HTTP_TIMEOUT:
    case OCG_HTTP_NO_ROOM:
      end (self, OCG_PROBE_SILENT, NULL, OCG_N_LISTS);
      return;
    case OCG_HTTP_NETWORK:
    case OCG_HTTP_TLS:
      g_debug ("%s: %s", self->provider->id, detail);
      end (self, OCG_PROBE_NOTHING, NULL, OCG_N_LISTS);
      return;
    }
}

static void
add_header (GHashTable *headers, const char *name, const char *value)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  g_hash_table_replace (headers, g_steal_pointer (&lower), g_strdup (value));
}

static GHashTable *
new_headers (OcgProvider *provider)
{
  GHashTable *headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer name, value;

  add_header (headers, "accept", "application/json");
  if (provider->headers == NULL)
    return headers;
  g_hash_table_iter_init (&iter, provider->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    add_header (headers, name, value);
  return headers;
}

static void
ask_next (OcgProbe *self)
{
  static const OcgHttpHandlers handlers = { on_headers, on_bytes, on_end };
  g_autofree char *url = NULL;
  g_autoptr (GHashTable) headers = NULL;
  OcgWireRequest request = { 0 };

  if (self->next >= self->n_lists)
    {
      end (self, self->refused ? OCG_PROBE_REFUSED : OCG_PROBE_NOTHING, NULL, OCG_N_LISTS);
      return;
    }
  url = ocg_list_format_get_url (self->order[self->next++], self->provider);
  headers = new_headers (self->provider);
  request.url = url;
  request.headers = headers;
  g_byte_array_set_size (self->body, 0);
  self->call = ocg_http_start (self->http, &request, self->provider->auth_header,
                               self->credential != NULL ? self->credential->secret : NULL,
                               CONNECT_MS, 0, &handlers, self);
}

/* Moves @first to the front. */
static void
prefer (OcgProbe *self, OcgListFormat first)
{
  guint place = 0;

  while (place < self->n_lists && self->order[place] != first)
    place++;
  if (place == self->n_lists)
    return;
  for (; place > 0; place--)
    self->order[place] = self->order[place - 1];
  self->order[0] = first;
}

OcgProbe *
ocg_probe_start (OcgProvider *provider, OcgListFormat first, OcgHttp *http,
                 OcgCredentials *credentials, OcgProbeFunc done, gpointer user_data)
{
  OcgProbe *self = g_new0 (OcgProbe, 1);

  self->provider = ocg_provider_ref (provider);
  self->http = http;
  self->credentials = g_object_ref (credentials);
  self->done = done;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->body = g_byte_array_new ();
  self->n_lists = ocg_list_format_get_order (provider, self->order);
  prefer (self, first);
  self->timer = g_timeout_add (TOTAL_MS, on_timeout, self);
  ask_next (self);
  return self;
}

void
ocg_probe_free (OcgProbe *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->call, ocg_http_call_free);
  g_clear_pointer (&self->credential, ocg_credential_free);
  g_byte_array_unref (self->body);
  g_object_unref (self->cancellable);
  g_object_unref (self->credentials);
  ocg_provider_unref (self->provider);
  g_free (self);
}
