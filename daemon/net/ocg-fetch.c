/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-fetch.h"

#include <stdarg.h>
#include <string.h>

#include "../../dbus/ocg-error.h"
#include "../catalog/ocg-base-url.h"
#include "../config/ocg-wipe.h"

#define FIRST_SIZE (16 * 1024)
#define MAX_SIZE (256 * 1024)

typedef struct
{
  GTask *task; /* (owned) while the call runs */
  OcgHttpCall *call;
  char *text;
  gsize length, size;
  gsize max_size;
  guint timer;
  GCancellable *cancellable; /* (nullable) */
  gulong cancel_handler;
  guint cancel_source;
} Fetch;

void
ocg_fetch_reply_free (OcgFetchReply *self)
{
  ocg_wipe (self->text, self->length);
  g_hash_table_unref (self->headers);
  g_free (self);
}

/* Ends @fetch; what its task gets is up to the caller. */
static GTask *
fetch_end (Fetch *fetch)
{
  GTask *task = fetch->task;

  g_clear_handle_id (&fetch->timer, g_source_remove);
  g_clear_handle_id (&fetch->cancel_source, g_source_remove);
  if (fetch->cancellable != NULL)
    g_signal_handler_disconnect (fetch->cancellable, fetch->cancel_handler);
  g_clear_object (&fetch->cancellable);
  g_clear_pointer (&fetch->call, ocg_http_call_free);
  ocg_wipe (fetch->text, fetch->length);
  g_free (fetch);
  return task;
}

static void
fetch_fail (Fetch *fetch, GError *error)
{
  g_autoptr (GTask) task = fetch_end (fetch);

  g_task_return_error (task, error);
}

static gboolean
on_timeout (gpointer user_data)
{
  Fetch *fetch = user_data;

  fetch->timer = 0;
  fetch_fail (fetch, g_error_new (OCG_ERROR, OCG_ERROR_TIMEOUT, "no answer in time"));
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled_idle (gpointer user_data)
{
  Fetch *fetch = user_data;

  fetch->cancel_source = 0;
  fetch_fail (fetch, g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled"));
  return G_SOURCE_REMOVE;
}

/* A handler must not disconnect itself, so the end comes a moment later. */
static void
on_cancelled (GCancellable *cancellable, Fetch *fetch)
{
  if (fetch->cancel_source == 0)
    fetch->cancel_source = g_idle_add_full (G_PRIORITY_HIGH, on_cancelled_idle, fetch, NULL);
}

static void
on_headers (OcgHttpCall *call, gpointer user_data)
{
}

/* Leaves no copy of what it has moved: it may be a token. */
static void
append (Fetch *fetch, const char *bytes, gsize length)
{
  if (fetch->length + length > fetch->size)
    {
      char *larger;

      fetch->size = MAX (fetch->length + length, MAX (2 * fetch->size, FIRST_SIZE));
      larger = g_malloc (fetch->size);
      if (fetch->length > 0)
        memcpy (larger, fetch->text, fetch->length);
      ocg_wipe (fetch->text, fetch->length);
      fetch->text = larger;
    }
  memcpy (fetch->text + fetch->length, bytes, length);
  fetch->length += length;
}

static gboolean
on_bytes (OcgHttpCall *call, const char *bytes, gsize length, gpointer user_data)
{
  Fetch *fetch = user_data;

  if (length <= fetch->max_size - fetch->length)
    {
      append (fetch, bytes, length);
      return TRUE;
    }
  fetch_fail (fetch,
              g_error_new (OCG_ERROR, OCG_ERROR_PROTOCOL_VIOLATION, "the answer is too long"));
  return FALSE;
}

static OcgFetchReply *
new_reply (Fetch *fetch)
{
  OcgFetchReply *reply = g_new0 (OcgFetchReply, 1);

  reply->status = ocg_http_call_get_status (fetch->call);
  reply->headers = ocg_http_call_dup_headers (fetch->call);
  reply->length = fetch->length;
  reply->text = g_malloc (reply->length + 1);
  if (reply->length > 0)
    memcpy (reply->text, fetch->text, reply->length);
  reply->text[reply->length] = '\0';
  return reply;
}

static void
on_end (OcgHttpCall *call, OcgHttpEnd end, const char *detail, gpointer user_data)
{
  static const OcgError codes[] = {
    [OCG_HTTP_NETWORK] = OCG_ERROR_NETWORK, [OCG_HTTP_NO_ROOM] = OCG_ERROR_NETWORK,
    [OCG_HTTP_BROKEN] = OCG_ERROR_NETWORK,  [OCG_HTTP_TLS] = OCG_ERROR_TLS,
    [OCG_HTTP_TIMEOUT] = OCG_ERROR_TIMEOUT,
  };
  Fetch *fetch = user_data;
  g_autoptr (GTask) task = NULL;
  OcgFetchReply *reply = NULL;

  fetch->call = call;
  if (end != OCG_HTTP_COMPLETE)
    {
      fetch_fail (fetch, g_error_new_literal (OCG_ERROR, (int) codes[end],
                                              detail != NULL ? detail : "no connection"));
      return;
    }
  reply = new_reply (fetch);
  task = fetch_end (fetch);
  g_task_return_pointer (task, reply, (GDestroyNotify) ocg_fetch_reply_free);
}

static void
add_headers (GHashTable *headers, const OcgFetchRequest *request)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_replace (headers, g_strdup ("accept"), g_strdup ("application/json"));
  if (request->body_type != NULL)
    g_hash_table_replace (headers, g_strdup ("content-type"), g_strdup (request->body_type));
  if (request->headers == NULL)
    return;
  g_hash_table_iter_init (&iter, request->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_replace (headers, g_strdup (name), g_strdup (value));
}

void
ocg_fetch_async (OcgHttp *http, const OcgFetchRequest *request, GCancellable *cancellable,
                 GAsyncReadyCallback callback, gpointer user_data)
{
  static const OcgHttpHandlers handlers = { on_headers, on_bytes, on_end };
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  OcgWireRequest wire_request = { .url = (char *) request->url, .headers = headers,
                                  .body = request->body, .once = request->once };
  g_autofree char *origin = NULL;
  Fetch *fetch = NULL;

  g_task_set_source_tag (task, ocg_fetch_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  origin = ocg_base_url_get_origin (request->url);
  if (origin == NULL || !g_uri_is_valid (request->url, G_URI_FLAGS_NONE, NULL))
    {
      g_task_return_new_error (task, OCG_ERROR, OCG_ERROR_NETWORK, "not an address");
      return;
    }
  add_headers (headers, request);
  fetch = g_new0 (Fetch, 1);
  fetch->task = g_steal_pointer (&task);
  fetch->max_size = request->max_size > 0 ? request->max_size : MAX_SIZE;
  fetch->timer = g_timeout_add (MAX (request->timeout_ms, 1), on_timeout, fetch);
  if (cancellable != NULL)
    {
      fetch->cancellable = g_object_ref (cancellable);
      fetch->cancel_handler
          = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled), fetch);
    }
  fetch->call = ocg_http_start (http, &wire_request, request->auth_header, request->secret, 0, 0,
                                &handlers, fetch);
}

OcgFetchReply *
ocg_fetch_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ocg_fetch_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
free_form (gpointer text)
{
  ocg_wipe_text (text);
}

GBytes *
ocg_fetch_new_form (const char *name, ...)
{
  GString *form = g_string_sized_new (4096);
  va_list arguments;
  gsize length;

  va_start (arguments, name);
  for (; name != NULL; name = va_arg (arguments, const char *))
    {
      char *escaped = g_uri_escape_string (va_arg (arguments, const char *), NULL, FALSE);

      g_string_append_printf (form, "%s%s=%s", form->len > 0 ? "&" : "", name, escaped);
      ocg_wipe_text (escaped);
    }
  va_end (arguments);
  length = form->len;
  name = g_string_free (form, FALSE);
  return g_bytes_new_with_free_func (name, length, free_form, (gpointer) name);
}
