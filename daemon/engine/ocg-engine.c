/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-engine.h"

#include <glib/gi18n.h>

#include "ocg-router.h"

struct _OcgEngine
{
  OcgCredentials *credentials;
  OcgCatalog *catalog;
  OcgHttp *http;
  GPtrArray *requests; /* of OcgRequest, those under way */
  OcgRequestFunc observer; /* (nullable) */
  gpointer observer_data;
  OcgAnswerNoteFunc note_answer; /* (nullable) */
  gpointer note_data;
  gboolean is_shut_down;
};

OcgEngine *
ocg_engine_new (OcgCredentials *credentials, OcgHttp *http)
{
  OcgEngine *self = g_new0 (OcgEngine, 1);

  self->credentials = g_object_ref (credentials);
  self->http = http;
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_request_unref);
  return self;
}

void
ocg_engine_free (OcgEngine *self)
{
  ocg_engine_shut_down (self);
  g_ptr_array_unref (self->requests);
  g_clear_pointer (&self->catalog, ocg_catalog_unref);
  g_object_unref (self->credentials);
  g_free (self);
}

void
ocg_engine_set_catalog (OcgEngine *self, OcgCatalog *catalog)
{
  g_clear_pointer (&self->catalog, ocg_catalog_unref);
  self->catalog = ocg_catalog_ref (catalog);
}

OcgCatalog *
ocg_engine_get_catalog (OcgEngine *self)
{
  return self->catalog;
}

OcgCredentials *
ocg_engine_get_credentials (OcgEngine *self)
{
  return self->credentials;
}

OcgHttp *
ocg_engine_get_http (OcgEngine *self)
{
  return self->http;
}

static gboolean
assume_credential (OcgProvider *provider, gpointer user_data)
{
  return TRUE;
}

/* A default model whose provider has no key yet still has the fallbacks that the user listed for
 * just such a case. NULL when none of them can be used. */
static OcgModel *
resolve_default_for_its_fallbacks (OcgEngine *self)
{
  const char *primary = ocg_catalog_get_settings (self->catalog)->primary;
  g_autoptr (OcgModel) model
      = ocg_catalog_resolve_any (self->catalog, primary, assume_credential, NULL, NULL);
  g_autoptr (GPtrArray) fallbacks = NULL;

  if (model == NULL)
    return NULL;
  fallbacks = ocg_catalog_get_fallbacks (self->catalog, model, ocg_credentials_has,
                                         self->credentials);
  return fallbacks->len > 0 ? g_steal_pointer (&model) : NULL;
}

OcgModel *
ocg_engine_resolve (OcgEngine *self, const char *reference, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  OcgModel *model = ocg_catalog_resolve (self->catalog, reference, ocg_credentials_has,
                                         self->credentials, &local_error);

  if (model == NULL && *reference == '\0'
      && g_error_matches (local_error, OCG_ERROR, OCG_ERROR_UNKNOWN_MODEL))
    model = resolve_default_for_its_fallbacks (self);
  if (model == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return model;
}

OcgModel *
ocg_engine_resolve_any (OcgEngine *self, const char *reference, GError **error)
{
  return ocg_catalog_resolve_any (self->catalog, reference, ocg_credentials_has,
                                  self->credentials, error);
}

void
ocg_engine_set_observer (OcgEngine *self, OcgRequestFunc func, gpointer user_data)
{
  self->observer = func;
  self->observer_data = user_data;
}

void
ocg_engine_set_answer_observer (OcgEngine *self, OcgAnswerNoteFunc func, gpointer user_data)
{
  self->note_answer = func;
  self->note_data = user_data;
}

static void
tell_observer (OcgEngine *self, OcgRequest *ended)
{
  if (self->observer != NULL)
    self->observer (ended, self->observer_data);
}

gboolean
ocg_engine_check_busy (OcgEngine *self, GError **error)
{
  if (self->is_shut_down)
    g_set_error_literal (error, OCG_ERROR, OCG_ERROR_BUSY,
                         _ ("The gateway is shutting down. Try again in a moment."));
  else if (self->requests->len >= OCG_ENGINE_MAX_REQUESTS)
    g_set_error (error, OCG_ERROR, OCG_ERROR_BUSY,
                 ngettext ("The gateway is busy with %d request. Try again in a moment.",
                           "The gateway is busy with %d requests. Try again in a moment.",
                           OCG_ENGINE_MAX_REQUESTS),
                 OCG_ENGINE_MAX_REQUESTS);
  else
    return TRUE;
  return FALSE;
}

guint
ocg_engine_count_requests (OcgEngine *self)
{
  return self->requests->len;
}

static void
on_request_ended (OcgRequest *request, gpointer user_data)
{
  OcgEngine *self = user_data;

  /* The caller holds a reference. */
  g_ptr_array_remove_fast (self->requests, request);
  tell_observer (self, request);
}

void
ocg_engine_run (OcgEngine *self, OcgRequest *request)
{
  request->note_answer = self->note_answer;
  request->note_data = self->note_data;
  ocg_request_on_ended (request, on_request_ended, self);
  g_ptr_array_add (self->requests, ocg_request_ref (request));
  tell_observer (self, NULL);
  ocg_router_run (request, self->credentials, self->http);
}

void
ocg_engine_shut_down (OcgEngine *self)
{
  self->is_shut_down = TRUE;
  while (self->requests->len > 0)
    ocg_request_shut_down (g_ptr_array_index (self->requests, 0));
}
