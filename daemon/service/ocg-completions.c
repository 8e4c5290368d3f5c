/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-completions.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n.h>

#include "../../dbus/ocg-names.h"
#include "../engine/ocg-candidates.h"
#include "ocg-chat-reader.h"
#include "ocg-options.h"
#include "ocg-sinks.h"

/* Streams that have ended but are not read to their end: each may hold a whole answer. */
#define MAX_LINGERING 256

/* One call on its way to a running request. */
typedef struct
{
  OcgService *service;
  OcgCompletionKind kind;
  GDBusMethodInvocation *invocation; /* held by the service; NULL once it has been answered */
  char *sender;
  char *reference;
  locale_t locale;
  OcgCall *call;
} Start;

/* What is undone when the request ends. */
typedef struct
{
  OcgService *service;
  OcgRequest *request; /* (not owned) */
  char *sender;
  gboolean is_watched;
  gboolean is_exported;
} Tie;

static void
start_free (Start *self)
{
  g_assert (self->invocation == NULL);
  g_clear_pointer (&self->call, ocg_call_free);
  g_free (self->sender);
  g_free (self->reference);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Start, start_free)

static void
return_error (Start *self, const GError *error)
{
  GDBusMethodInvocation *invocation = ocg_service_take (self->service, &self->invocation);

  if (invocation != NULL)
    ocg_service_return_error (invocation, error);
}

static void
cancel_request (gpointer request)
{
  ocg_request_cancel (request);
}

static void
on_sender_gone (gpointer data, gpointer name)
{
  Tie *tie = data;

  ocg_request_cancel (tie->request);
}

static void
on_request_ended (OcgRequest *request, gpointer user_data)
{
  Tie *tie = user_data;

  if (tie->is_watched)
    ocg_callers_unwatch (tie->service->callers, tie->sender, tie);
  if (tie->is_exported)
    ocg_private_objects_remove (tie->service->objects, request->id);
  g_free (tie->sender);
  g_free (tie);
}

/* Complete and Submit end when their caller leaves; a stream belongs to whoever holds its pipe. */
static void
tie_request (Start *self, OcgRequest *request)
{
  Tie *tie = g_new0 (Tie, 1);

  tie->service = self->service;
  tie->request = request;
  tie->sender = g_strdup (self->sender);
  tie->is_watched = self->kind != OCG_COMPLETION_STREAM;
  tie->is_exported = self->kind != OCG_COMPLETION_COMPLETE;
  if (tie->is_watched)
    ocg_callers_watch (self->service->callers, self->sender, on_sender_gone, tie);
  if (tie->is_exported)
    ocg_private_objects_add (self->service->objects, self->sender, request->id, cancel_request,
                             request);
  ocg_request_on_ended (request, on_request_ended, tie);
}

static OcgRequest *
new_request (Start *self, const char *path, OcgModel *model, const OcgSink *sink_class,
             gpointer sink)
{
  return ocg_request_new (path, ocg_engine_get_catalog (self->service->engine), model,
                          self->call->chat, &self->call->options, sink_class, sink);
}

static void
run_complete (Start *self, const char *path, OcgModel *model)
{
  gpointer sink = ocg_reply_sink_new (ocg_service_take (self->service, &self->invocation),
                                      self->locale);
  g_autoptr (OcgRequest) request
      = new_request (self, path, model, &ocg_reply_sink_class, sink);

  tie_request (self, request);
  ocg_engine_run (self->service->engine, request);
}

static void
run_submit (Start *self, const char *path, OcgModel *model)
{
  gpointer sink = ocg_signal_sink_new (self->service->connection, self->sender, path,
                                       self->locale);
  g_autoptr (OcgRequest) request
      = new_request (self, path, model, &ocg_signal_sink_class, sink);

  tie_request (self, request);
  /* The reply is queued before any signal can be. */
  g_dbus_method_invocation_return_value (ocg_service_take (self->service, &self->invocation),
                                         g_variant_new ("(o)", path));
  ocg_engine_run (self->service->engine, request);
}

/* The connection owns the read end from here on and closes it when the reply is on its way. */
static void
return_stream (Start *self, const char *path, int read_end)
{
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new_from_array (&read_end, 1);

  g_dbus_method_invocation_return_value_with_unix_fd_list (
      ocg_service_take (self->service, &self->invocation), g_variant_new ("(oh)", path, 0), fds);
}

static void
run_stream (Start *self, const char *path, OcgModel *model)
{
  g_autoptr (OcgRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  int ends[2];

  if (self->service->lingering >= MAX_LINGERING || !g_unix_open_pipe (ends, FD_CLOEXEC, &error)
      || !g_unix_set_fd_nonblocking (ends[1], TRUE, &error))
    {
      g_autoptr (GError) busy
          = g_error_new_literal (OCG_ERROR, OCG_ERROR_BUSY,
                                 _ ("The gateway has too many open streams. Try again in a "
                                    "moment."));

      g_warning ("no stream: %s", error != NULL ? error->message : "too many are unread");
      return_error (self, busy);
      return;
    }
  request = new_request (self, path, model, &ocg_pipe_sink_class,
                         ocg_pipe_sink_new (ends[1], self->locale,
                                            &self->service->lingering));
  tie_request (self, request);
  return_stream (self, path, ends[0]);
  ocg_engine_run (self->service->engine, request);
}

/* A credential chosen by hand must be one of the model's provider: another would be ignored, and the
 * bill would go to an account that nobody named. */
static gboolean
check_profile (OcgCall *call, OcgModel *model, GError **error)
{
  const char *profile = call->options.profile;
  g_autofree char *prefix = g_strconcat (model->provider->id, ":", NULL);
  g_autofree char *message = NULL;

  if (profile == NULL || g_str_has_prefix (profile, prefix))
    return TRUE;
  /* TRANSLATORS: a profile id, a model reference, and the id of a provider. */
  message = g_strdup_printf (_ ("“%s” is not a profile for %s. Use one of the provider %s, such as "
                                "%s:default."),
                             profile, model->ref, model->provider->id, model->provider->id);
  ocg_options_fail (error, "", "profile", message);
  return FALSE;
}

/* The limits of the settings, where the call is silent. Options of the conversation are filled in for
 * each candidate. */
static void
apply_settings (Start *self)
{
  OcgSettings *settings
      = ocg_catalog_get_settings (ocg_engine_get_catalog (self->service->engine));
  OcgCall *call = self->call;

  if (call->has_timeout)
    return;
  if (self->kind == OCG_COMPLETION_COMPLETE)
    call->options.timeout_ms = OCG_COMPLETE_TIMEOUT_MS;
  else if (settings->timeout_seconds <= G_MAXUINT / 1000)
    call->options.timeout_ms = settings->timeout_seconds * 1000;
}

static OcgModel *
choose_model (Start *self, GError **error)
{
  OcgEngine *engine = self->service->engine;
  g_autoptr (OcgModel) model = ocg_engine_resolve (engine, self->reference, error);

  if (model == NULL)
    return NULL;
  return ocg_candidates_choose (model, *self->reference == '\0', self->call->chat,
                                ocg_engine_get_catalog (engine),
                                ocg_engine_get_credentials (engine),
                                &self->call->options.image_model, error);
}

static void
run (Start *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OcgModel) model = NULL;
  g_autofree char *path = NULL;

  if (self->invocation == NULL)
    return;
  if (!ocg_engine_check_busy (self->service->engine, &error)
      || (model = choose_model (self, &error)) == NULL
      || !check_profile (self->call, model, &error)
      || (path = ocg_private_objects_choose_path (self->service->objects, self->sender,
                                                  self->call->handle_token, &error))
             == NULL)
    {
      ocg_service_explain_error (self->service, &error);
      return_error (self, error);
      return;
    }
  apply_settings (self);
  switch (self->kind)
    {
    case OCG_COMPLETION_COMPLETE:
      run_complete (self, path, model);
      break;
    case OCG_COMPLETION_STREAM:
      run_stream (self, path, model);
      break;
    case OCG_COMPLETION_SUBMIT:
      run_submit (self, path, model);
      break;
    }
}

static void
on_images_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Start) self = user_data;
  OCG_LOCALE_SCOPE (self->locale);
  g_autoptr (GError) error = NULL;

  if (ocg_call_read_images_finish (self->call, result, &error))
    run (self);
  else
    return_error (self, error);
}

static void
proceed (Start *start)
{
  g_autoptr (Start) self = start;

  if (self->call->images->len > 0)
    {
      OcgCall *call = self->call;

      ocg_call_read_images_async (call, on_images_read, g_steal_pointer (&self));
      return;
    }
  run (self);
}

/* Choosing a credential, and seeing what is sent, are for callers outside of sandboxes. */
static void
on_caller_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Start) self = user_data;
  OCG_LOCALE_SCOPE (self->locale);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;

  if (ocg_callers_check_unsandboxed_finish (self->service->callers, result, &error))
    {
      proceed (g_steal_pointer (&self));
      return;
    }
  refusal = g_error_new_literal (OCG_ERROR, OCG_ERROR_ACCESS_DENIED,
                                 _ ("Apps in a sandbox may not use the options profile and "
                                    "dry-run. Leave them out."));
  return_error (self, refusal);
}

void
ocg_completions_handle (OcgService *service, OcgCompletionKind kind,
                        GDBusMethodInvocation *invocation, GUnixFDList *fds, const char *model,
                        GVariant *messages, GVariant *options)
{
  g_autoptr (Start) self = g_new0 (Start, 1);
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  self->service = service;
  self->kind = kind;
  self->invocation = invocation;
  ocg_service_hold (service, &self->invocation);
  self->sender = g_strdup (g_dbus_method_invocation_get_sender (invocation));
  self->reference = g_strdup (model);
  found = ocg_service_find_locale (service, options, &self->locale, &error);
  {
    OCG_LOCALE_SCOPE (self->locale);

    if (found)
      self->call = ocg_call_read (messages, options, fds, &error);
    if (self->call == NULL)
      {
        return_error (self, error);
        return;
      }
    if (self->call->options.profile == NULL && !self->call->options.dry_run)
      {
        proceed (g_steal_pointer (&self));
        return;
      }
  }
  ocg_callers_check_unsandboxed_async (service->callers, self->sender, on_caller_checked, self);
  g_steal_pointer (&self);
}
