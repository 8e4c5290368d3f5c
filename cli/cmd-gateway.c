/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-error.h"
#include "ocg-json-text.h"
#include "ocg-names.h"
#include "ocg-records.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <unistd.h>

#define DAEMON_NAME "openclaw-gatewayd"

typedef struct
{
  gboolean running;
  gboolean activatable;
  GVariant *gateway; /* properties; NULL when it does not run */
  GVariant *config;  /* properties; NULL when they may not be read */
} Status;

static void
status_clear (Status *self)
{
  g_clear_pointer (&self->gateway, g_variant_unref);
  g_clear_pointer (&self->config, g_variant_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Status, status_clear)

static OcgFailure *
new_not_there (void)
{
  g_autoptr (GError) error = g_error_new_literal (
      G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN,
      _ ("The gateway is not running, and the session bus does not know how to start it. Start it "
         "with: openclawctl gateway run"));

  return ocg_failure_new_from_error (error);
}

/* @failure: (nullable) goes in as "error". */
static JsonNode *
status_to_json (const Status *status, const OcgFailure *failure)
{
  g_autoptr (JsonObject) root = json_object_new ();
  gint64 api_version = 0;

  json_object_set_boolean_member (root, "running", status->running);
  json_object_set_boolean_member (root, "activatable", status->activatable);
  if (status->gateway != NULL)
    {
      json_object_set_string_member (root, "version",
                                     ocg_record_get_string (status->gateway, "Version"));
      if (ocg_record_get_integer (status->gateway, "ApiVersion", &api_version))
        json_object_set_int_member (root, "api-version", api_version);
      json_object_set_string_member (root, "default",
                                     ocg_record_get_string (status->gateway, "DefaultModel"));
      json_object_set_boolean_member (root, "ready",
                                      ocg_record_get_boolean (status->gateway, "Ready", FALSE));
    }
  if (status->config != NULL)
    {
      JsonObject *config = json_object_new ();

      json_object_set_string_member (config, "path",
                                     ocg_record_get_string (status->config, "Path"));
      json_object_set_string_member (config, "state",
                                     ocg_record_get_string (status->config, "State"));
      json_object_set_object_member (root, "config", config);
    }
  if (failure != NULL)
    json_object_set_object_member (root, "error", json_object_ref (failure->object));
  return json_node_init_object (json_node_alloc (), root);
}

static void
print_status (OcgCli *cli, const Status *status)
{
  const char *model = NULL;

  if (!status->running)
    {
      ocg_cli_print (cli, "%s\n", _ ("The gateway is not running; it starts when it is needed."));
      return;
    }
  ocg_cli_print (cli, _ ("The gateway is running, version %s.\n"),
                 ocg_record_get_string (status->gateway, "Version"));
  model = ocg_record_get_string (status->gateway, "DefaultModel");
  if (*model == '\0')
    ocg_cli_print (cli, "%s\n",
                   _ ("No default model is set. To set one: openclawctl models set REF"));
  else if (ocg_record_get_boolean (status->gateway, "Ready", FALSE))
    ocg_cli_print (cli, _ ("Default model: %s\n"), model);
  else
    ocg_cli_print (cli, _ ("Default model: %s (not ready; see: openclawctl models status)\n"),
                   model);
  if (status->config != NULL)
    {
      g_autofree char *config = ocg_client_describe_config (status->config);

      /* TRANSLATORS: %s is a file and its state. */
      ocg_cli_print (cli, _ ("Configuration: %s\n"), config);
    }
}

int
ocg_gateway_status (OcgCli *cli, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  g_auto (Status) status = { 0 };

  if (client == NULL
      || !ocg_client_get_presence (client, &status.running, &status.activatable, error))
    return 0;
  if (status.running)
    {
      status.gateway = ocg_client_get_properties (client, OCG_IFACE_GATEWAY, FALSE, error);
      if (status.gateway == NULL)
        return 0;
      status.config = ocg_client_get_properties (client, OCG_IFACE_CONFIG, FALSE, NULL);
    }
  if (!status.running && !status.activatable)
    cli->failure = new_not_there ();
  if (ocg_cli_has (cli, "json"))
    {
      ocg_cli_print_json (cli, status_to_json (&status, cli->failure));
      cli->failure_is_shown = TRUE;
    }
  else if (cli->failure == NULL)
    print_status (cli, &status);
  return 0;
}

/* The daemon that belongs to this program: that of its build tree, if it is in one, whatever is
 * installed, or else that of its installation. */
static char *
find_daemon (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  g_autofree char *build = g_build_filename (folder, "..", "daemon", NULL);
  g_autofree char *libexec = g_build_filename (folder, "..", "libexec", NULL);
  const char *folders[] = { g_getenv ("OCG_LIBEXECDIR"), build, OCG_LIBEXECDIR, libexec };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path
          = folders[i] != NULL ? g_build_filename (folders[i], DAEMON_NAME, NULL) : NULL;

      if (path != NULL && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_canonicalize_filename (path, NULL);
    }
  return NULL;
}

int
ocg_gateway_run (OcgCli *cli, GError **error)
{
  g_autofree char *daemon = find_daemon ();
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  if (daemon == NULL)
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_FOUND,
                   _ ("%s is not in %s. Install it, or set OCG_LIBEXECDIR to its folder."),
                   DAEMON_NAME, OCG_LIBEXECDIR);
      return 0;
    }
  g_ptr_array_add (argv, daemon);
  for (guint i = 0; i < cli->args->operands->len; i++)
    g_ptr_array_add (argv, g_ptr_array_index (cli->args->operands, i));
  g_ptr_array_add (argv, NULL);
  execv (daemon, (char **) argv->pdata);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _ ("%s cannot be run: %s."),
               daemon, g_strerror (errno));
  return 0;
}
