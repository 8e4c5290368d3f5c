/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config-banner.h"

#include "ocg-names.h"
#include "ocg-output.h"
#include "ocg-problem-list.h"
#include "ocg-records.h"

#include <glib/gi18n.h>
#include <string.h>

#define PATIENCE_MS 1000

struct _OcgConfigBanner
{
  OcgClient *client; /* not owned */
  GCancellable *cancellable;
  GVariant *properties; /* (nullable) */
  gboolean was_running; /* when it was asked */
  gboolean has_reply;
};

static void
on_reply (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgConfigBanner *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  self->was_running = !g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
                      && !g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER);
  if (reply != NULL)
    self->properties = g_variant_get_child_value (reply, 0);
  self->has_reply = TRUE;
}

/* Without starting the gateway: some commands only tell whether it runs. */
static void
ask (OcgConfigBanner *self)
{
  self->has_reply = FALSE;
  g_clear_pointer (&self->properties, g_variant_unref);
  g_dbus_connection_call (ocg_client_get_connection (self->client), OCG_BUS_NAME, OCG_OBJECT_PATH,
                          "org.freedesktop.DBus.Properties", "GetAll",
                          g_variant_new ("(s)", OCG_IFACE_CONFIG), G_VARIANT_TYPE ("(a{sv})"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, PATIENCE_MS, self->cancellable,
                          on_reply, self);
}

static void
await_reply (OcgConfigBanner *self)
{
  while (!self->has_reply)
    g_main_context_iteration (NULL, TRUE);
}

OcgConfigBanner *
ocg_config_banner_new (OcgClient *client)
{
  OcgConfigBanner *self = g_new0 (OcgConfigBanner, 1);

  self->client = client;
  self->cancellable = g_cancellable_new ();
  ask (self);
  return self;
}

void
ocg_config_banner_free (OcgConfigBanner *self)
{
  g_cancellable_cancel (self->cancellable);
  await_reply (self);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->properties, g_variant_unref);
  g_free (self);
}

static gboolean
is_invalid (OcgConfigBanner *self, const char *state)
{
  return g_str_equal (ocg_record_get_string (self->properties, state), "invalid");
}

/* @other: the other document, whose mistakes are not meant. */
static void
show (OcgProblemList *problems, const char *file, const char *other, const char *said)
{
  g_autofree char *problem
      = problems != NULL ? ocg_problem_list_describe_first (problems, file, other) : NULL;
  g_autoptr (GString) place = g_string_new (problem);
  g_autofree char *line = NULL;

  if (problem == NULL)
    ocg_output_append_clean (place, file, FALSE);
  else if (said != NULL && strstr (said, problem) != NULL)
    return;
  line = g_strdup_printf (
      /* TRANSLATORS: %s is FILE:LINE:COLUMN: what is wrong there. */
      _ ("%s (The last good settings, if any, are in use. To see all that is wrong: openclawctl "
         "config validate)"),
      place->str);
  ocg_output_complain (line);
}

void
ocg_config_banner_show (OcgConfigBanner *self, const char *said)
{
  g_autoptr (OcgProblemList) problems = NULL;
  OcgDbusGatewayConfig *config = NULL;
  const char *path = NULL;
  const char *desktop_path = NULL;

  await_reply (self);
  if (!self->was_running)
    {
      /* The command may have started it since. */
      ask (self);
      await_reply (self);
    }
  if (self->properties == NULL
      || (!is_invalid (self, "State") && !is_invalid (self, "DesktopState")))
    return;

  config = ocg_client_get_config (self->client, NULL);
  if (config != NULL)
    {
      g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (config), PATIENCE_MS);
      problems = ocg_problem_list_fetch (self->client, -1, "openclaw", NULL);
      /* The problems are those of the files as they are now. */
      ask (self);
      await_reply (self);
      if (self->properties == NULL)
        return;
    }
  path = ocg_record_get_string (self->properties, "Path");
  desktop_path = ocg_record_get_string (self->properties, "DesktopPath");
  if (is_invalid (self, "State"))
    show (problems, path, desktop_path, said);
  if (is_invalid (self, "DesktopState"))
    show (problems, desktop_path, path, said);
}
