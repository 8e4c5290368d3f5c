/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-login.h"

#include "ocg-browser.h"
#include "ocg-error.h"
#include "ocg-login-page.h"
#include "ocg-names.h"
#include "ocg-output.h"
#include "ocg-records.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* How long the gateway may take to say that it has cancelled. */
#define CANCEL_SECONDS 2

typedef struct
{
  GDBusConnection *bus;
  OcgDialog *dialog;
  const OcgLoginOptions *options;
  GMainLoop *loop;
  GCancellable *cancellable; /* of the call of BeginLogin() */
  char *path;                /* of the login; NULL until it has begun */
  OcgLoginPage *page;        /* NULL until then */
  gboolean is_cancelled;
  guint patience;   /* runs out after the cancellation; 0: is not there */
  GVariant *result; /* one of these is set at the end */
  GError *error;
} Login;

static void
finish (Login *self)
{
  if (self->page != NULL)
    ocg_login_page_end (self->page);
  g_main_loop_quit (self->loop);
}

static gboolean
is_over (Login *self)
{
  return self->result != NULL || self->error != NULL;
}

static void
fail (Login *self, GError *error)
{
  if (is_over (self))
    {
      g_error_free (error);
      return;
    }
  self->error = error;
  finish (self);
}

static void
fail_as_cancelled (Login *self)
{
  fail (self, g_error_new_literal (OCG_ERROR, OCG_ERROR_CANCELLED,
                                   _ ("Cancelled. Nothing has been changed.")));
}

static gboolean
on_patience_ended (gpointer user_data)
{
  Login *self = user_data;

  self->patience = 0;
  fail_as_cancelled (self);
  return G_SOURCE_REMOVE;
}

/* on_begun() or Finished() follows. A second Ctrl-C does not wait for the latter. */
static gboolean
on_interrupt (gpointer user_data)
{
  Login *self = user_data;

  g_cancellable_cancel (self->cancellable);
  if (self->path == NULL)
    return G_SOURCE_CONTINUE;
  if (self->is_cancelled)
    {
      fail_as_cancelled (self);
      return G_SOURCE_CONTINUE;
    }
  self->is_cancelled = TRUE;
  g_dbus_connection_call (self->bus, OCG_BUS_NAME, self->path, OCG_IFACE_LOGIN, "Cancel", NULL,
                          NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
  self->patience = g_timeout_add_seconds (CANCEL_SECONDS, on_patience_ended, self);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_tick (gpointer user_data)
{
  Login *self = user_data;

  if (self->page != NULL)
    ocg_login_page_tick (self->page);
  return G_SOURCE_CONTINUE;
}

/* A line on the terminal: "q" is for the QR code. */
static gboolean
on_typed (int fd, GIOCondition condition, gpointer user_data)
{
  Login *self = user_data;
  char line[64];
  gssize n = read (fd, line, sizeof line);

  if (n <= 0)
    return G_SOURCE_REMOVE;
  if (self->page != NULL && memchr (line, 'q', (gsize)n) != NULL)
    ocg_login_page_show_qr (self->page);
  return G_SOURCE_CONTINUE;
}

/* Takes @details. */
static void
succeed (Login *self, const char *message, GVariant *details)
{
  GVariantDict dict;

  if (is_over (self))
    return;
  g_variant_dict_init (&dict, details);
  if (*message != '\0')
    g_variant_dict_insert (&dict, "message", "s", message);
  self->result = g_variant_ref_sink (g_variant_dict_end (&dict));
  finish (self);
}

static void
on_finished (Login *self, GVariant *parameters)
{
  g_autoptr (GVariant) details = NULL;
  const char *name = NULL;
  const char *message = NULL;
  gboolean ok = FALSE;

  g_variant_get (parameters, "(b&s&s@a{sv})", &ok, &name, &message, &details);
  if (ok)
    succeed (self, message, details);
  else if (self->is_cancelled)
    fail_as_cancelled (self);
  else
    fail (self, g_dbus_error_new_for_dbus_error (
                    g_dbus_is_name (name) ? name : "org.freedesktop.DBus.Error.Failed", message));
}

/* Of all logins that are ours; there is only the one. */
static void
on_signal (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
           const char *name, GVariant *parameters, gpointer user_data)
{
  Login *self = user_data;

  if (g_strcmp0 (path, self->path) != 0)
    return;
  if (g_str_equal (name, "Finished")
      && g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(bssa{sv})")))
    on_finished (self, parameters);
  else if (g_str_equal (name, "Progress") && self->page != NULL
           && g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv})")))
    {
      g_autoptr (GVariant) details = NULL;
      const char *state = NULL;

      g_variant_get (parameters, "(&s@a{sv})", &state, &details);
      ocg_login_page_set_state (self->page, state, details);
    }
}

static void
on_gateway_vanished (GDBusConnection *bus, const char *name, gpointer user_data)
{
  Login *self = user_data;

  /* Before it has begun the reply, or its error, tells. */
  if (self->path != NULL)
    fail (self, g_dbus_error_new_for_dbus_error ("org.freedesktop.DBus.Error.NoReply", ""));
}

static void
show_page (Login *self, GVariant *details)
{
  const OcgLoginOptions *options = self->options;
  gboolean can_ask = ocg_output_is_terminal (STDIN_FILENO);
  gboolean has_browser = options->opens_browser && ocg_browser_is_possible ();

  self->page = ocg_login_page_new (self->dialog, details, &self->error);
  if (self->page == NULL)
    {
      finish (self);
      return;
    }
  ocg_login_page_show (self->page, has_browser, can_ask);
  if (options->shows_qr)
    ocg_login_page_show_qr (self->page);
  if (has_browser)
    ocg_browser_open (self->bus, ocg_login_page_get_url (self->page));
  ocg_login_page_set_state (self->page, "waiting", details);
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Login *self = user_data;
  g_autoptr (GVariant) details = NULL;
  g_autoptr (GError) error = NULL;

  if (!ocg_dbus_gateway_credentials_call_begin_login_finish (OCG_DBUS_GATEWAY_CREDENTIALS (source),
                                                             &self->path, &details, result, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        fail_as_cancelled (self);
      else
        fail (self, g_steal_pointer (&error));
      return;
    }
  if (!is_over (self))
    show_page (self, details);
}

static void
begin (Login *self, OcgDbusGatewayCredentials *credentials)
{
  const OcgLoginOptions *options = self->options;
  g_autoptr (GVariantBuilder) builder = ocg_client_new_options ();

  g_variant_builder_add (builder, "{sv}", "provider", g_variant_new_string (options->provider));
  g_variant_builder_add (builder, "{sv}", "set-default",
                         g_variant_new_boolean (options->set_default));
  if (options->region != NULL)
    g_variant_builder_add (builder, "{sv}", "region", g_variant_new_string (options->region));
  if (options->name != NULL)
    g_variant_builder_add (builder, "{sv}", "profile", g_variant_new_string (options->name));
  /* The gateway's own limits decide how long it takes. */
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (credentials), G_MAXINT);
  ocg_dbus_gateway_credentials_call_begin_login (credentials, options->method,
                                                 g_variant_builder_end (builder), self->cancellable,
                                                 on_begun, self);
}

/* Runs until it is over. */
static void
run (Login *self, OcgDbusGatewayCredentials *credentials)
{
  guint subscription = g_dbus_connection_signal_subscribe (
      self->bus, OCG_BUS_NAME, OCG_IFACE_LOGIN, NULL, NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
      on_signal, self, NULL);
  guint watch = g_bus_watch_name_on_connection (self->bus, OCG_BUS_NAME,
                                                G_BUS_NAME_WATCHER_FLAGS_NONE, NULL,
                                                on_gateway_vanished, self, NULL);
  guint interrupt = g_unix_signal_add (SIGINT, on_interrupt, self);
  guint tick = g_timeout_add_seconds (1, on_tick, self);
  guint typed = ocg_output_is_terminal (STDIN_FILENO)
                    ? g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, on_typed, self)
                    : 0;

  begin (self, credentials);
  while (!is_over (self))
    g_main_loop_run (self->loop);
  if (typed > 0 && g_main_context_find_source_by_id (NULL, typed) != NULL)
    g_source_remove (typed);
  g_source_remove (tick);
  g_source_remove (interrupt);
  g_bus_unwatch_name (watch);
  g_dbus_connection_signal_unsubscribe (self->bus, subscription);
}

GVariant *
ocg_login_run (OcgClient *client, OcgDialog *dialog, const OcgLoginOptions *options, GError **error)
{
  OcgDbusGatewayCredentials *credentials = ocg_client_get_credentials (client, error);
  Login self = { .dialog = dialog, .options = options };

  if (credentials == NULL)
    return NULL;
  self.bus = ocg_client_get_connection (client);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.cancellable = g_cancellable_new ();
  run (&self, credentials);

  if (self.error != NULL)
    g_propagate_error (error, self.error);
  g_clear_pointer (&self.page, ocg_login_page_free);
  g_clear_handle_id (&self.patience, g_source_remove);
  g_main_loop_unref (self.loop);
  g_object_unref (self.cancellable);
  g_free (self.path);
  return self.result;
}

void
ocg_login_report (OcgDialog *dialog, GVariant *details)
{
  const char *message = ocg_record_get_string (details, "message");
  g_autofree const char **warnings = ocg_record_get_strv (details, "warnings");

  if (*message != '\0')
    /* TRANSLATORS: %s is a text in any language. */
    ocg_dialog_say (dialog, _ ("The provider says: %s"), message);
  for (guint i = 0; warnings != NULL && warnings[i] != NULL; i++)
    ocg_output_complain (warnings[i]);
}
