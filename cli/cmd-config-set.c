/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-config-document.h"
#include "ocg-error.h"
#include "ocg-input.h"
#include "ocg-json-text.h"
#include "ocg-output.h"
#include "ocg-problem-list.h"
#include "ocg-sealed-file.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define ALLOWLIST "agents.defaults.models"

/* What is piped in ends in a line end that is not meant to be part of the value. */
static int
read_value (GError **error)
{
  g_autoptr (GString) bytes = NULL;
  int fd = ocg_input_open ("-", error);
  int file = -1;

  if (fd == -1)
    return -1;
  bytes = ocg_input_read (fd, "-", OCG_CONFIG_DOCUMENT_MAX_SIZE, error);
  close (fd);
  if (bytes == NULL)
    return -1;
  while (bytes->len > 0 && strchr ("\r\n", bytes->str[bytes->len - 1]) != NULL)
    g_string_truncate (bytes, bytes->len - 1);
  if (bytes->len <= OCG_CONFIG_DOCUMENT_MAX_SIZE)
    file = ocg_sealed_file_new (bytes->str, bytes->len, "-", error);
  else
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("The value is larger than %u MiB. Shorten it."),
                 OCG_CONFIG_DOCUMENT_MAX_SIZE / 1024 / 1024);
  explicit_bzero (bytes->str, bytes->allocated_len);
  return file;
}

/* Whether it begins with a bracket or a quote: then it is no plain string that lacks its quotes,
 * but JSON5, perhaps with a mistake in it. */
static gboolean
begins_as_json5 (int value)
{
  char first = ocg_sealed_file_get_first (value);

  return first != '\0' && strchr ("{[\"'", first) != NULL;
}

/* The options of a change: with the value in a descriptor, which this takes. -1: there is none. */
static GVariantBuilder *
new_options (OcgCli *cli, int value, GUnixFDList **fds)
{
  GVariantBuilder *options = ocg_client_new_options ();

  if (ocg_cli_has (cli, "if-hash"))
    g_variant_builder_add (options, "{sv}", "if-hash",
                           g_variant_new_string (ocg_cli_get (cli, "if-hash")));
  if (value != -1)
    {
      *fds = g_unix_fd_list_new_from_array (&value, 1);
      g_variant_builder_add (options, "{sv}", "value", g_variant_new_handle (0));
    }
  return options;
}

/* FALSE: it is there, or nobody can tell. */
static gboolean
lacks_allowlist (OcgDbusGatewayConfig *config)
{
  g_autoptr (GError) error = NULL;

  ocg_dbus_gateway_config_call_get_sync (config, ALLOWLIST, ocg_client_options (), NULL, NULL,
                                         &error);
  return g_error_matches (error, OCG_ERROR, OCG_ERROR_NOT_FOUND);
}

static gboolean
has_allowlist (OcgDbusGatewayConfig *config)
{
  return ocg_dbus_gateway_config_call_get_sync (config, ALLOWLIST, ocg_client_options (), NULL,
                                                NULL, NULL);
}

/* What a change may make worse; fields are empty where nobody can tell. */
typedef struct
{
  OcgProblemList *known; /* (nullable) */
  gboolean may_make_allowlist;
} Before;

static void
before_clear (Before *self)
{
  g_clear_pointer (&self->known, ocg_problem_list_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Before, before_clear)

static void
before_init (Before *self, OcgCli *cli, OcgDbusGatewayConfig *config, OcgConfigDocument document)
{
  self->known = ocg_problem_list_fetch (cli->client, -1, "openclaw", NULL);
  self->may_make_allowlist = document == OCG_CONFIG_DOCUMENT_OPENCLAW && lacks_allowlist (config);
}

/* What there is to say after the change, of char*. */
static GPtrArray *
list_warnings (const Before *before, OcgCli *cli, OcgDbusGatewayConfig *config)
{
  g_autoptr (OcgProblemList) problems
      = before->known != NULL ? ocg_problem_list_fetch (cli->client, -1, "openclaw", NULL) : NULL;
  GPtrArray *warnings = NULL;

  if (problems != NULL)
    {
      ocg_problem_list_subtract (problems, before->known);
      warnings = ocg_problem_list_describe_all (problems);
    }
  else
    warnings = g_ptr_array_new_with_free_func (g_free);
  if (before->may_make_allowlist && has_allowlist (config))
    g_ptr_array_add (
        warnings,
        g_strdup (_ ("This made the list of allowed models, agents.defaults.models: from now on "
                     "only the models on it, the default model and the fallbacks may be used. To "
                     "allow all models again: openclawctl config unset agents.defaults.models")));
  return warnings;
}

/* Adds @warnings to @root, or shows them. */
static void
warn (OcgCli *cli, GPtrArray *warnings, JsonObject *root)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < warnings->len; i++)
    if (ocg_cli_has (cli, "json"))
      json_array_add_string_element (array, g_ptr_array_index (warnings, i));
    else
      ocg_output_complain (g_ptr_array_index (warnings, i));
  if (json_array_get_length (array) > 0)
    json_object_set_array_member (root, "warnings", json_array_ref (array));
}

/* Prints @root or @text, and what the change has made worse. */
static void
report (OcgCli *cli, OcgDbusGatewayConfig *config, const Before *before, JsonObject *root,
        const char *text)
{
  g_autoptr (GPtrArray) warnings = list_warnings (before, cli, config);

  warn (cli, warnings, root);
  if (ocg_cli_has (cli, "json"))
    ocg_cli_print_json (cli, json_node_init_object (json_node_alloc (), root));
  else
    ocg_cli_print (cli, "%s\n", text);
}

/* Adds what was changed to @root. Returns the file, or NULL. */
static char *
describe_target (OcgCli *cli, const char *path, JsonObject *root, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  g_autoptr (GVariant) all = client != NULL ? ocg_config_document_get_all (client, error) : NULL;
  const char *file = NULL;

  if (all == NULL)
    return NULL;
  file = ocg_config_document_get_path (all, ocg_config_document_of_path (path));
  json_object_set_string_member (root, "path", path);
  json_object_set_string_member (root, "file", file);
  return g_strdup (file);
}

/* Takes @value. */
static void
set_value (OcgCli *cli, int value, JsonObject *root, const char *file, GError **error)
{
  const char *path = ocg_cli_operand (cli, 0);
  OcgDbusGatewayConfig *config = ocg_client_get_config (cli->client, error);
  gboolean is_json5 = begins_as_json5 (value);
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariantBuilder) options = new_options (cli, value, &fds);
  g_auto (Before) before = { 0 };
  g_autofree char *text = NULL;

  if (config == NULL)
    return;
  before_init (&before, cli, config, ocg_config_document_of_path (path));
  if (!is_json5)
    g_variant_builder_add (options, "{sv}", "or-string", g_variant_new_boolean (TRUE));
  if (!ocg_dbus_gateway_config_call_set_sync (config, path, "", g_variant_builder_end (options),
                                              fds, NULL, NULL, error))
    return;
  /* TRANSLATORS: a place in the settings, then a file. */
  text = g_strdup_printf (_ ("%s is set. The settings are in %s."), path, file);
  report (cli, config, &before, root, text);
}

int
ocg_config_set (OcgCli *cli, GError **error)
{
  const char *path = ocg_cli_operand (cli, 0);
  const char *typed = ocg_cli_operand (cli, 1);
  g_autoptr (JsonObject) root = json_object_new ();
  g_autofree char *file = NULL;
  int value = ocg_input_is_standard (typed) ? read_value (error)
                                            : ocg_sealed_file_new (typed, strlen (typed), "-",
                                                                   error);

  if (value == -1)
    return 0;
  file = describe_target (cli, path, root, error);
  if (file != NULL)
    set_value (cli, value, root, file, error);
  else
    close (value);
  return 0;
}

int
ocg_config_unset (OcgCli *cli, GError **error)
{
  const char *path = ocg_cli_operand (cli, 0);
  g_autoptr (JsonObject) root = json_object_new ();
  g_autofree char *file = describe_target (cli, path, root, error);
  OcgDbusGatewayConfig *config = file != NULL ? ocg_client_get_config (cli->client, error) : NULL;
  g_autoptr (GVariantBuilder) options = new_options (cli, -1, NULL);
  g_auto (Before) before = { 0 };
  g_autofree char *text = NULL;

  if (config == NULL)
    return 0;
  before_init (&before, cli, config, ocg_config_document_of_path (path));
  if (!ocg_dbus_gateway_config_call_unset_sync (config, path, g_variant_builder_end (options),
                                                NULL, error))
    return 0;
  /* TRANSLATORS: a place in the settings, then a file. */
  text = g_strdup_printf (_ ("%s is taken away. The settings are in %s."), path, file);
  report (cli, config, &before, root, text);
  return 0;
}

int
ocg_config_patch (OcgCli *cli, GError **error)
{
  g_autoptr (JsonObject) root = json_object_new ();
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariantBuilder) options = NULL;
  g_auto (Before) before = { 0 };
  OcgDbusGatewayConfig *config = NULL;
  int patch = ocg_sealed_file_new_from_input (ocg_cli_operand (cli, 0),
                                              OCG_CONFIG_DOCUMENT_MAX_SIZE, error);

  if (patch == -1)
    return 0;
  options = new_options (cli, patch, &fds);
  if (ocg_cli_connect (cli, error) == NULL
      || (config = ocg_client_get_config (cli->client, error)) == NULL)
    return 0;
  before_init (&before, cli, config, OCG_CONFIG_DOCUMENT_OPENCLAW);
  if (ocg_dbus_gateway_config_call_patch_sync (config, "", g_variant_builder_end (options), fds,
                                               NULL, NULL, error))
    report (cli, config, &before, root, _ ("The settings are changed as the patch says."));
  return 0;
}
