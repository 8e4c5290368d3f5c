/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-dry-run.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../net/ocg-http-headers.h"
#include "ocg-key-header.h"

#define MASK "********"

/* An array of D-Bus holds 64 MiB: a larger one would cost the gateway its connection. */
#define MAX_BODY_SIZE (48 * 1024 * 1024)

static gboolean
has_header (GHashTable *headers, const char *name)
{
  GHashTableIter iter;
  gpointer key;

  if (headers == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, headers);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_ascii_strcasecmp (key, name) == 0)
      return TRUE;
  return FALSE;
}

/* People put keys into headers of the settings, under any name. */
static gboolean
is_secret (OcgModel *model, const char *name)
{
  return has_header (model->provider->headers, name) || has_header (model->headers, name);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GVariant *
describe_headers (SoupMessageHeaders *headers, OcgModel *model)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GVariantBuilder builder;
  SoupMessageHeadersIter iter;
  const char *name, *value;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_ptr_array_add (names, g_ascii_strdown (name, -1));
  g_ptr_array_sort (names, compare_names);

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; i < names->len; i++)
    {
      name = g_ptr_array_index (names, i);
      value = soup_message_headers_get_one (headers, name);
      g_variant_builder_add (&builder, "{ss}", name,
                             is_secret (model, name) && !g_str_equal (value, "Bearer " MASK)
                                 ? MASK : value);
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

OcgDryRun *
ocg_dry_run_new (const OcgWire *wire, OcgModel *model, OcgChat *chat, OcgSecret *key,
                 OcgFailure **failure)
{
  g_autoptr (OcgWireRequest) request = ocg_wire_build (wire, model, chat);
  g_autoptr (SoupMessageHeaders) headers
      = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  OcgAuthHeader auth_header = ocg_key_header_choose (request, model, key);
  gboolean has_key = key != NULL || model->provider->needs_key;
  g_autoptr (OcgSecret) mask = has_key ? ocg_secret_new (MASK, -1) : NULL;
  gsize size;
  const char *body = g_bytes_get_data (request->body, &size);
  OcgDryRun *self;

  if (size > MAX_BODY_SIZE)
    {
      *failure = ocg_failure_new (OCG_ERROR_INVALID_REQUEST,
                                  N_ ("The request for {model} is larger than 48 MiB, which is too "
                                      "large to be shown. Leave out some of the images."),
                                  "model", model->ref, NULL);
      return NULL;
    }
  ocg_http_headers_fill (headers, request, auth_header, mask);
  self = g_new0 (OcgDryRun, 1);
  self->url = g_strdup (request->url);
  self->headers = describe_headers (headers, model);
  self->body = g_strndup (body, size);
  return self;
}

void
ocg_dry_run_free (OcgDryRun *self)
{
  g_free (self->url);
  g_variant_unref (self->headers);
  g_free (self->body);
  g_free (self);
}
